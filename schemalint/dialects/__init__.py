"""One file a database: how it folds names, spells types, and what it names and adds by itself.

Dialects answer questions; they own no algorithm. `dialect(name)` is the only door. Names are made here and nowhere
else.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from enum import StrEnum
from functools import cache, lru_cache

from schemalint.dialects.spellings import Spellings
from schemalint.model.facts import Servers
from schemalint.model.frozen import frozen
from schemalint.model.names import Name, TableName
from schemalint.model.source import Server
from schemalint.model.types import ColumnType

NAMES = ("postgres", "mysql", "mariadb", "sqlite", "tsql", "generic")
"""Every dialect there is. `generic` is the one of a source whose database is not known: it folds nothing but case,
refuses nothing, and adds nothing."""


class NameKind(StrEnum):
    """Kinds of names that databases fold differently."""

    TABLE = "table"  # also views, types, sequences
    COLUMN = "column"
    INDEX = "index"
    CONSTRAINT = "constraint"
    SCHEMA = "schema"

    __hash__ = object.__hash__  # members are compared by identity anyway; Enum's own hash is Python code


Taken = Callable[[str], bool]
"""Answers whether a generated name is in use already, so that the server would count on."""


@frozen
class Dialect:
    """The answers of one database.

    `fold(text, quoted, kind)` gives the key a written name resolves to (truncated as the server does). The `*_name`
    functions give the name that the server makes for an unnamed object, as text, or None where it has no usable name;
    they take the table's text, the column texts and `taken`. `index_scope` is "schema" or "table". `unique_is_index`:
    unique constraints share the index namespace (they all do but where the server keeps them nameless).
    `transactional_ddl`: a failed script leaves nothing behind. `spellings`: what is the same to it. `names_not_null`:
    NOT NULL may be a constraint with a name, which can be dropped by it. `hands_identity_down`: a partition's column is an
    identity as its parent's is. `older`: how the servers before some version answer, the oldest first.
    """

    name: str
    title: str  # for messages: "PostgreSQL"
    family: str  # "postgres", "mysql", "sqlite", "tsql", "generic"
    default_schemas: frozenset[str]
    fold: Callable[[str, bool, NameKind], str]
    column_type: Callable[[str], ColumnType | None]
    primary_key_name: Callable[[str], str | None]
    unique_name: Callable[[str, tuple[str, ...], Taken], str | None]
    index_name: Callable[[str, tuple[str, ...], Taken], str | None]
    foreign_key_name: Callable[[str, tuple[str, ...], Taken], str | None]
    check_name: Callable[[str, tuple[str, ...], Taken], str | None]
    index_scope: str
    unique_is_index: bool
    transactional_ddl: bool
    quote: Callable[[str], str]
    spellings: Spellings
    exclusion_name: Callable[[str, tuple[str, ...], Taken], str | None] | None = None
    sequence_name: Callable[[str, tuple[str, ...], Taken], str | None] | None = None
    names_not_null: bool = True
    hands_identity_down: bool = True
    older: tuple[tuple[Servers, Dialect], ...] = ()

    def identifier(self, text: str, quoted: bool = False, kind: NameKind = NameKind.COLUMN) -> Name:
        """A name as written. ORMs quote what they emit: pass `quoted=True` for theirs."""
        return _name(self.fold, text, quoted, kind)

    def table_name(
        self, text: str, quoted: bool = False, schema: str | None = None, schema_quoted: bool = False
    ) -> TableName:
        """A table's name; the default schema becomes None."""
        return _table_name(self.fold, self.default_schemas, text, quoted, schema, schema_quoted)


@lru_cache(maxsize=20_000)
def _name(fold: Callable[[str, bool, NameKind], str], text: str, quoted: bool, kind: NameKind) -> Name:
    """Names recur: folding them once is a good part of reading a script."""
    return Name(fold(text, quoted, kind), text)


@lru_cache(maxsize=20_000)
def _table_name(
    fold: Callable[[str, bool, NameKind], str],
    default_schemas: frozenset[str],
    text: str,
    quoted: bool,
    schema: str | None,
    schema_quoted: bool,
) -> TableName:
    folded = None if schema is None else _name(fold, schema, schema_quoted, NameKind.SCHEMA)
    if folded is not None and folded.key in default_schemas:
        folded = None
    return TableName(folded, _name(fold, text, quoted, NameKind.TABLE))


@cache
def dialect(name: str | None) -> Dialect:
    """The dialect of that name (one of NAMES); None gives `generic`. Raises KeyError for any other."""
    name = name or "generic"
    if name not in NAMES:
        raise KeyError(name)
    found: Dialect = importlib.import_module(f"schemalint.dialects.{name}").DIALECT
    return found


def spoken(name: str | None, server: Server | None) -> Dialect:
    """The dialect of that name as a server speaks it, whose version may be old enough to answer otherwise."""
    found = dialect(name)
    return next((old for since, old in found.older if server is not None and server.is_one_of((since,))), found)


def server_title(server: Server) -> str:
    """A server for a sentence, with its version where it is known: "MySQL 8.0"."""
    if not server.certain_family and dialect(server.dialect).family == "mysql":
        title = "MySQL or MariaDB"
    else:
        title = dialect(server.dialect).title
    return title if server.version is None else f"{title} {'.'.join(map(str, server.version))}"
