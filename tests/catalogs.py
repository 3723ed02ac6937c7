"""The canonical text of catalogs that parser pages are written in. See tests/parsers/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.catalog import Catalog
from schemalint.model.facts import CreateTable, Opaque
from schemalint.model.report import Report
from schemalint.model.schema import Column, ForeignKey, Index, IndexPart, Table
from schemalint.model.source import Source


def canonical(report: Report) -> str:
    """All sources of a report, by id."""
    lines: list[str] = []
    for source, catalog in report.catalogs:
        for line in _source(source, catalog, report):
            if not line.startswith("!") or line not in lines:
                lines.append(line)
    return "\n".join(lines) + "\n"


def normalised(text: str) -> str:
    """Text with runs of two or more spaces inside a line made two, and trailing space cut."""
    lines = []
    for line in text.strip("\n").split("\n"):
        indent = len(line) - len(line.lstrip())
        lines.append(" " * indent + re.sub(r" {2,}", "  ", line.strip()))
    return "\n".join(lines) + "\n"


def _source(source: Source, catalog: Catalog, report: Report) -> Iterator[str]:
    yield f"# {source.id}" + (f" ({source.dialect})" if source.dialect else "")
    for table in catalog.tables.values():
        yield from _table(table)
    for enum in catalog.enums.values():
        yield f"enum {enum.name} ({', '.join(repr(value) for value in enum.values)})"
    for view in catalog.views:
        yield f"view {view}"
    for fact in source.facts:
        if isinstance(fact, Opaque):
            yield f"! {_place(fact.span.path, fact.span.start, report)} {fact.why}"
        elif isinstance(fact, CreateTable):
            for span in fact.unread:
                yield f"! {_place(span.path, span.start, report)} {fact.unread_why}"
    for ignored in source.ignored:
        yield f"ignored {ignored.span.path} {ignored.why}"
    for call in source.calls:
        tables = "all" if call.tables is None else ", ".join(str(table) for table in call.tables)
        yield f"call {call.text} -> {tables}" + (f" when {call.condition}" if call.condition else "")


def _place(path: str, start: int, report: Report) -> str:
    file = report.files.get(path)
    return f"{path}:{file.position(start)[0]}" if file else path


def _table(table: Table) -> Iterator[str]:
    yield f"{table.name}" + ("  incomplete" if table.incomplete else "")
    for column in table.columns.values():
        yield "  " + "  ".join(_column(column))
    if table.primary_key:
        yield f"  primary key ({_names(table.primary_key.columns)})"
    for key in table.uniques:
        yield f"  unique{_called(key.name)} ({_names(key.columns)})"
    for index in table.indexes:
        yield f"  {_index(index)}"
    for foreign in table.foreign_keys:
        yield f"  {_foreign(foreign)}"
    for check in table.checks:
        yield f"  check{_called(check.name)} ({check.expr.raw})"


def _column(column: Column) -> Iterator[str]:
    yield str(column.name)
    yield column.type.name if column.type else "?"
    if column.nullable is not None:
        yield "null" if column.nullable else "not null"
    if column.default is not None:
        yield f"default {column.default.raw}"
    if column.identity:
        yield "identity"
    if column.generated is not None:
        yield f"generated {column.generated.raw}"


def _index(index: Index) -> str:
    parts = ", ".join(_part(part) for part in index.parts)
    where = f" where {index.where.raw}" if index.where else ""
    return f"{'unique ' if index.unique else ''}index{_called(index.name)} ({parts}){where}"


def _part(part: IndexPart) -> str:
    text = str(part.column) if part.column else part.expr.raw if part.expr else "?"
    return text + (f"({part.prefix})" if part.prefix else "") + (" desc" if part.descending else "")


def _foreign(key: ForeignKey) -> str:
    columns = f" ({_names(key.ref_columns)})" if key.ref_columns else ""
    actions = (f" on delete {key.on_delete}" if key.on_delete else "") + (
        f" on update {key.on_update}" if key.on_update else ""
    )
    return f"foreign key{_called(key.name)} ({_names(key.columns)}) -> {key.ref_table}{columns}{actions}"


def _names(names: tuple[object, ...]) -> str:
    return ", ".join(str(name) for name in names)


def _called(name: object) -> str:
    return f" {name}" if name else ""
