"""The names SQLAlchemy gives to what has none: `MetaData(naming_convention={…})` and the default for indexes.

After sqlalchemy/sql/naming.py; generated names that are too long are cut and get the end of their MD5 digest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import field

from schemalint.model.frozen import frozen
from schemalint.pysource.columns import Given
from schemalint.pysource.nodes import Const, Dict, Node, Other, Text
from schemalint.pysource.resolve import Modules

DEFAULT = {"ix": "ix_%(column_0_label)s"}
_LIMITS = {"postgres": 63, "mysql": 64, "tsql": 128}
_TOKEN = re.compile(r"%\((\w+)\)s")
_JOIN = re.compile(
    r"""lambda\s+(\w+)\s*,\s*\w+\s*:\s*(['"])([^'"\\{}%]*)\2\.join\(\s*\[?\s*(?:str\(\s*)?(\w+)\.name\s*\)?\s+"""
    r"""for\s+\4\s+in\s+\1\.columns(?:\.values\(\))?,?\s*\]?,?\s*\)"""
)
"""`lambda constraint, table: "_".join(column.name for column in constraint.columns.values())`, as a list or without one."""
_COLUMN_TOKEN = re.compile(r"(referred_)?column_(\d+)(_?N)?_(name|key|label)")


@frozen
class Convention:
    """Templates by "ix", "uq", "ck", "fk", "pk". `known` False: there is one, and it is computed. `joins` are tokens of the
    project's own that put the names of all columns together, each with what stands between them."""

    templates: Mapping[str, str]
    known: bool = True
    joins: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> object:
        """The same for conventions that make the same names."""
        return tuple(sorted(self.templates.items())), self.known, tuple(sorted(self.joins.items()))


NO_CONVENTION = Convention(DEFAULT)
UNKNOWN_CONVENTION = Convention({}, known=False)


@frozen
class Named:
    """What a convention speaks about."""

    table: str
    schema: str | None
    columns: tuple[tuple[str, str], ...]  # name and key
    referred_table: str = ""
    referred_columns: tuple[str, ...] = ()


_LONG_WORDS = {
    "Index": "ix",
    "UniqueConstraint": "uq",
    "CheckConstraint": "ck",
    "ForeignKeyConstraint": "fk",
    "PrimaryKeyConstraint": "pk",
}


def convention(modules: Modules, path: str, item: Node) -> Convention:
    """`naming_convention=`: a literal dictionary, by name or in place."""
    where, meant = modules.value(path, item)
    if isinstance(meant, Const) and meant.value is None:
        return NO_CONVENTION
    if not isinstance(meant, Dict):
        return UNKNOWN_CONVENTION
    templates: dict[str, str] = dict(DEFAULT) if not meant.items else {}
    joins: dict[str, str] = {}
    for key, value in meant.items:
        _, template = modules.value(where, value)
        if key is None:
            return UNKNOWN_CONVENTION
        _, word = modules.value(where, key)
        name = word.value if isinstance(word, Text) else getattr(key, "parts", ("",))[-1]
        name = _LONG_WORDS.get(name, name)
        if isinstance(template, Text):
            templates[name] = template.value
        elif name in _LONG_WORDS.values():
            return UNKNOWN_CONVENTION
        elif isinstance(template, Other) and (join := _JOIN.fullmatch(template.text.strip())):
            joins[name] = join[3]
    return Convention(templates, joins=joins)


def name_of(convention: Convention, kind: str, given: Given, about: Callable[[], Named | None], family: str) -> Given:
    """The name that a constraint or index gets; `known` False when that cannot be told. No name and known: the server
    names it."""
    if not given.known or given.final:
        return given
    if not convention.known:
        return given if given.text is not None and kind not in ("ck", "pk") else Given(given.text, given.span, False)
    template = convention.templates.get(kind)
    if template is None or (given.text is not None and "constraint_name" not in template):
        return given
    named = about()
    if named is None:
        return Given(given.text, given.span, known=False)
    parts: list[str] = []
    at = 0
    for token in _TOKEN.finditer(template):
        join = convention.joins.get(token[1])
        value = _token(token[1], named, given) if join is None else join.join(name for name, _ in named.columns)
        if value is None:
            return Given(None, given.span, known=False)
        parts += [template[at : token.start()], value]
        at = token.end()
    name = "".join((*parts, template[at:]))
    if "%" in name:
        return Given(None, given.span, known=False)
    return Given(shortened(name, family), given.span, final=True)


def shortened(name: str, family: str) -> str:
    """A generated name, cut as SQLAlchemy cuts it where it is too long for the database."""
    limit = _LIMITS.get(family)
    if limit is None or len(name) <= limit:
        return name
    digest = hashlib.md5(name.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
    return f"{name[: limit - 8]}_{digest[-4:]}"


def _token(token: str, named: Named, given: Given) -> str | None:
    if token == "table_name":
        return named.table
    if token == "constraint_name":
        return given.text
    if token == "referred_table_name":
        return named.referred_table
    column = _COLUMN_TOKEN.fullmatch(token)
    if column is None:
        return None
    if column[1]:
        values = named.referred_columns
    elif column[4] == "label":
        prefix = f"{named.schema}_{named.table}" if named.schema else named.table
        values = tuple(f"{prefix}_{name}" for name, _ in named.columns)
    else:
        values = tuple(name if column[4] == "name" else key for name, key in named.columns)
    if column[3]:
        return ("_" if column[3].startswith("_") else "").join(values)
    index = int(column[2]) if len(column[2]) < 4 else len(values)
    return values[index] if index < len(values) else ""
