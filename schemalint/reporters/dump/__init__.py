"""What every source adds up to: one module a format, each with `render(catalogs, files, out)`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from typing import TextIO

from schemalint.dialects import dialect
from schemalint.model.catalog import Catalog
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Index, IndexPart, Table, UniqueConstraint, View
from schemalint.model.source import Source
from schemalint.model.span import SourceFile
from schemalint.model.types import ColumnType
from schemalint.replay.queries import understood
from schemalint.replay.state import State

Catalogs = Sequence[tuple[Source, Catalog]]
Dump = Callable[[Catalogs, Mapping[str, SourceFile], TextIO], None]


def formats() -> tuple[str, ...]:
    """The names of the formats there are."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def dumper(name: str) -> Dump:
    """The function that writes catalogs in that format (one of `formats()`)."""
    render: Dump = importlib.import_module(f"{__name__}.{name}").render
    return render


def family(source: Source) -> str:
    """The family of databases a source is written for."""
    return dialect(source.dialect).family


def stored(name: Name, source: Source) -> str:
    """A name as the server stores it: postgres folds it, the others keep the author's spelling."""
    return name.key if family(source) == "postgres" else name.text


def keys(table: Table, source: Source) -> tuple[list[UniqueConstraint | Index], list[Index]]:
    """Unique keys and other indexes. MySQL knows no difference between a unique constraint and a unique index."""
    uniques: list[UniqueConstraint | Index] = list(table.uniques)
    indexes = []
    for index in table.indexes:
        if index.unique and index.columns is not None and family(source) == "mysql":
            uniques.append(index)
        else:
            indexes.append(index)
    return uniques, indexes


def views(source: Source, catalog: Catalog) -> dict[TableName, View]:
    """The views with their columns and what they read, as far as their queries are understood."""
    state = State(dialect(source.dialect), closed=False, tables=dict(catalog.tables))
    for name, view in catalog.views.items():
        state.views[name] = understood(state, view)
    return state.views


_USUAL = {
    "smallint": "int2_ops",
    "integer": "int4_ops",
    "bigint": "int8_ops",
    "real": "float4_ops",
    "double precision": "float8_ops",
    "boolean": "bool_ops",
    "bytea": "bytea_ops",
    "character": "bpchar_ops",
    "character varying": "text_ops",
    "timestamp with time zone": "timestamptz_ops",
    "time with time zone": "timetz_ops",
}
"""PostgreSQL's own operator classes where they are not called after the type (`pg_opclass.opcdefault`)."""


def options(part: IndexPart, type_: ColumnType | None) -> str:
    """What stands behind a column or expression in an index, as PostgreSQL's `pg_get_indexdef` prints it: only what is not
    usual. `type_` is the column's."""
    text = f" COLLATE {part.collation}" if part.collation else ""
    name = type_.name.split("(")[0] if type_ else ""
    usual = _USUAL.get(name) or ("array_ops" if name.endswith("[]") else f"{name}_ops")
    if part.opclass and part.opclass.lower().removeprefix("pg_catalog.") != usual:
        text += f" {part.opclass}"
    if part.descending:
        text += " DESC"
    if part.nulls == ("last" if part.descending else "first"):  # NULLs are larger than anything
        text += f" NULLS {part.nulls.upper()}"
    return text


def bare(raw: str) -> str:
    """The expression without parentheses around all of it (a few of them: each costs a walk over the text)."""
    text = raw.strip()
    for _ in range(3):
        if not (text.startswith("(") and text.endswith(")")):
            break
        depth = 0
        for at, sign in enumerate(text):
            depth += (sign == "(") - (sign == ")")
            if depth == 0 and at < len(text) - 1:
                return text
        text = text[1:-1].strip()
    return text
