"""Catalogs as JSON. Version 1 only grows: keys keep their names, order and meaning."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from schemalint.model.catalog import Catalog
from schemalint.model.facts import CreateTable, Opaque
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Column, ForeignKey, Index, IndexPart, Table
from schemalint.model.source import Source
from schemalint.model.span import SourceFile, Span
from schemalint.reporters.dump import Catalogs, bare, keys, stored


def render(catalogs: Catalogs, files: Mapping[str, SourceFile], out: TextIO) -> None:
    """Writes one object with every source."""
    data = {"version": 1, "sources": [_Writer(source, catalog).source(files) for source, catalog in catalogs]}
    json.dump(data, out, indent=2)
    out.write("\n")


class _Writer:
    """Writes the catalog of one source, whose dialect says how names are spelled."""

    def __init__(self, source: Source, catalog: Catalog) -> None:
        self._source = source
        self._catalog = catalog

    def source(self, files: Mapping[str, SourceFile]) -> dict[str, Any]:
        source, catalog = self._source, self._catalog
        return {
            "id": source.id,
            "kind": source.kind.value,
            "parser": source.parser,
            "dialect": source.dialect,
            "root": source.root,
            "tables": [self._table(table) for table in catalog.tables.values()],
            "enums": [{"name": self._name(enum.name), "values": list(enum.values)} for enum in catalog.enums.values()],
            "views": [self._name(view) for view in catalog.views],
            "unread": [{"path": span.path, "line": _line(span, files), "why": why} for span, why in _unread(source)],
        }

    def _name(self, name: TableName) -> str:
        """One string for a table or type, with its schema unless that is the default one."""
        return ".".join(self._text(part) for part in (name.schema, name.name) if part is not None)

    def _text(self, name: Name) -> str:
        return stored(name, self._source)

    def _texts(self, names: Iterable[Name]) -> list[str]:
        return [self._text(name) for name in names]

    def _optional(self, name: Name | None) -> str | None:
        return None if name is None else self._text(name)

    def _table(self, table: Table) -> dict[str, Any]:
        uniques, indexes = keys(table, self._source)
        return {
            "schema": self._optional(table.name.schema),
            "name": self._text(table.name.name),
            "incomplete": bool(table.incomplete),
            "columns": [self._column(column) for column in table.columns.values()],
            "primary_key": table.primary_key
            and {
                "name": self._optional(table.primary_key.name),
                "columns": self._texts(table.primary_key.columns),
            },
            "unique": [
                {"name": self._optional(unique.name), "columns": self._texts(unique.columns or ())}
                for unique in uniques
            ],
            "indexes": [self._index(index) for index in indexes],
            "foreign_keys": [self._foreign_key(key) for key in table.foreign_keys],
            "checks": [{"name": self._optional(one.name), "expression": bare(one.expr.raw)} for one in table.checks],
        }

    def _column(self, column: Column) -> dict[str, Any]:
        return {
            "name": self._text(column.name),
            "type": column.type and column.type.name,
            "nullable": column.nullable,
            "default": column.default and column.default.raw,
            "generated": column.generated and column.generated.raw,
            "identity": bool(column.identity),
        }

    def _index(self, index: Index) -> dict[str, Any]:
        return {
            "name": self._optional(index.name),
            "unique": index.unique,
            "parts": [self._part(part) for part in index.parts],
            "where": index.where and index.where.raw,
        }

    def _part(self, part: IndexPart) -> str:
        if part.column is not None:
            text = self._text(part.column) + (f"({part.prefix})" if part.prefix else "")
        else:
            text = f"({bare(part.expr.raw) if part.expr else ''})"
        return f"{text} DESC" if part.descending else text

    def _foreign_key(self, key: ForeignKey) -> dict[str, Any]:
        target = self._catalog.tables.get(key.ref_table)
        columns = key.ref_columns or (target.primary_key.columns if target and target.primary_key else ())
        return {
            "name": self._optional(key.name),
            "columns": self._texts(key.columns),
            "references": {"table": self._name(key.ref_table), "columns": self._texts(columns)},
            "on_delete": key.on_delete,
            "on_update": key.on_update,
        }


def _unread(source: Source) -> Iterator[tuple[Span, str]]:
    for fact in source.facts:
        if isinstance(fact, Opaque):
            yield fact.span, fact.why
        elif isinstance(fact, CreateTable):
            yield from ((span, "a clause that was not understood") for span in fact.unread)


def _line(span: Span, files: Mapping[str, SourceFile]) -> int:
    file = files.get(span.path)
    return file.position(span.start)[0] if file else 1
