"""Keys on columns too large for one. MySQL: TEXT, BLOB and JSON. It wants to know how much of a text a key holds, and indexes no
JSON at all. (Put to MySQL 5.6 and 9.7, errors 1170 and 3152; MariaDB cuts the text, or makes a hash of it.) SQL Server sorts no
text, ntext, image, xml and nothing of (max) ("CREATE INDEX (Transact-SQL)", error 1919). What CREATE TABLE says in one go is
judged where it is read; models have rules of their own."""

from __future__ import annotations

from collections.abc import Iterable

from schemalint.model.catalog import Refusal
from schemalint.model.names import Name
from schemalint.model.schema import Column, ForeignKey, Index, PrimaryKey, Table
from schemalint.model.span import Span
from schemalint.model.types import Family
from schemalint.replay.parts import Key, keys
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles


def unsized(state: State, table: Table, key: Key | ForeignKey, span: Span) -> Troubles:
    """Why a new key of a table is refused. Of a primary key it is not known what lengths it states."""
    if not _asks(state) or (isinstance(key, PrimaryKey) and state.dialect.family == "mysql"):
        return
    large = _large if state.dialect.family == "mysql" else never_sorted
    for name in () if isinstance(key, ForeignKey) and large is never_sorted else _whole(key):
        if large(table.columns.get(name)):
            yield Trouble(Refusal.KEY_UNSIZED, span, table.name, name, existing=table, taken=table.columns[name].span)
            return


def unsized_column(state: State, table: Table, column: Column, span: Span) -> Troubles:
    """Why a column of a table cannot become what it is changed to."""
    if not _asks(state) or state.dialect.family != "mysql" or not _large(column):
        return
    for key in keys(table):
        if not (isinstance(key, PrimaryKey) and key.prefixes) and column.name in _whole(key):
            changed = {**table.columns, column.name: column}
            existing = Table(table.name, table.span, table.source, changed)
            yield Trouble(Refusal.KEY_UNSIZED, span, table.name, column.name, existing=existing, taken=key.span)
            return


def _asks(state: State) -> bool:
    server = state.server
    if state.dialect.family == "tsql":
        return not state.models
    return state.dialect.name == "mysql" and server is not None and server.certain_family and not state.models


def _whole(key: Key | ForeignKey) -> Iterable[Name]:
    """The columns that a key holds in full."""
    if not isinstance(key, Index):
        return key.columns or ()
    if key.method is not None and key.method in _OTHER_KINDS:
        return ()
    return [part.column for part in key.parts if part.column is not None and part.prefix is None]


_OTHER_KINDS = frozenset({"fulltext", "spatial", "columnstore", "xml", "json"})


def never_sorted(column: Column | None) -> bool:
    """SQL Server: whether a column is of a type that no key can hold."""
    kind = column.type if column is not None else None
    return kind is not None and (kind.name in ("text", "ntext", "image", "xml") or kind.name.endswith("(max)"))


def _large(column: Column | None) -> bool:
    kind = column.type if column is not None else None
    if kind is None or kind.family is Family.JSON:
        return kind is not None
    return kind.family in (Family.TEXT, Family.BINARY) and kind.name.endswith(("text", "blob"))
