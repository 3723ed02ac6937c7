"""Catalogs as JSON. Version 1 only grows: keys keep their names, order and meaning."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from schemalint.dialects.charsets import letters
from schemalint.model.catalog import Catalog
from schemalint.model.facts import CreateTable, Opaque
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.schema import (
    Column,
    Counting,
    Exclusion,
    ForeignKey,
    Index,
    IndexPart,
    OtherType,
    Table,
    UniqueConstraint,
)
from schemalint.model.source import Source
from schemalint.model.span import SourceFile, Span
from schemalint.reporters.dump import Catalogs, bare, keys, options, stored, views


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
            "view_columns": {
                self._name(view.name): None if view.columns is None else self._texts(view.columns)
                for view in views(source, catalog).values()
            },
            "sequences": self._sequences(),
            "types": [self._type(kind) for kind in catalog.types.values()],
            "view_comments": {self._name(view.name): view.comment for view in catalog.views.values() if view.comment},
        }

    def _type(self, kind: OtherType) -> dict[str, Any]:
        """A type by name, with its attributes, or with what a domain says of its values; null where that is not known."""
        shape = kind.shape
        columns = None if shape is None else [self._column(shape, column) for column in shape.columns.values()]
        base = columns[0] if kind.domain and columns else None
        return {
            "name": self._name(kind.name),
            "domain": kind.domain,
            "attributes": None
            if kind.domain or columns is None
            else [{key: one[key] for key in ("name", "type")} for one in columns],
            "type": base and base["type"],
            "nullable": base and base["nullable"],
            "default": base and base["default"],
            "checks": self._checks(shape) if base and shape else None,
        }

    def _checks(self, table: Table) -> list[dict[str, Any]]:
        """Those of the table, then those that MariaDB keeps with its columns."""
        places: dict[Name | None, int] = {name: at for at, name in enumerate(table.columns)}
        return [
            {
                "name": self._optional(one.name or one.of),
                "expression": bare(one.expr.raw),
                "inherited": one.inherited,
                "validated": one.validated,
                "column": self._optional(one.of),
                "enforced": one.enforced,
            }
            for one in sorted(table.checks, key=lambda check: places.get(check.of, -1))
        ]

    def _sequences(self) -> list[dict[str, Any]]:
        """The sequences by name, each with the column that it goes with."""
        found = [thing for thing in self._catalog.things if thing.kind is ObjectKind.SEQUENCE]
        return [
            {
                "name": self._name(thing.name),
                "owned_by": thing.table
                and thing.column
                and {"table": self._name(thing.table), "column": self._text(thing.column)},
                "options": {
                    word: value for word, value in _options(thing.counting).items() if word != "as" or not thing.table
                },
            }
            for thing in sorted(found, key=lambda thing: thing.name.key)
        ]

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
            "columns": [self._column(table, column) for column in table.columns.values()],
            "primary_key": table.primary_key
            and {
                "name": self._optional(table.primary_key.name),
                "columns": self._texts(table.primary_key.columns),
                "include": self._texts(table.primary_key.include),
                "deferrable": table.primary_key.deferrable,
                "deferred": table.primary_key.deferred,
                "prefixes": list(table.primary_key.prefixes),
                "descending": list(table.primary_key.descending),
            },
            "unique": [self._unique(unique, table) for unique in uniques],
            "indexes": [self._index(index, table) for index in indexes],
            "foreign_keys": [self._foreign_key(key) for key in table.foreign_keys],
            "checks": self._checks(table),
            "exclusions": [self._exclusion(one, table) for one in table.exclusions],
            "parents": [self._name(parent) for parent in table.parents],
            "partition": table.partition,
            "bound": table.bound,
            "partition_by": table.partition_by,
            "of": table.of and self._name(table.of),
            "options": list(table.options),
            "comment": table.comment,
            "settings": dict(table.settings),
            "partitions": [text for _, text in table.partitions],
        }

    def _unique(self, unique: UniqueConstraint | Index, table: Table) -> dict[str, Any]:
        include = unique.include if isinstance(unique, UniqueConstraint) else [name for name, _ in unique.include]
        return {
            "name": self._optional(unique.name),
            "columns": self._texts(unique.columns or ()),
            "include": self._texts(include),
            "nulls_distinct": unique.nulls_distinct,
            "deferrable": isinstance(unique, UniqueConstraint) and unique.deferrable,
            "deferred": isinstance(unique, UniqueConstraint) and unique.deferred,
            "parts": [self._part(part, table) for part in unique.parts]
            if isinstance(unique, Index)
            else self._texts(unique.columns),
            "comment": unique.comment if isinstance(unique, Index) else None,
            "invisible": isinstance(unique, Index) and unique.hidden,
        }

    def _exclusion(self, one: Exclusion, table: Table) -> dict[str, Any]:
        parts = zip(one.parts, one.operators, strict=True)
        return {
            "name": self._optional(one.name),
            "method": one.method or "btree",
            "parts": [f"{self._part(part, table)} WITH {operator}" for part, operator in parts],
            "where": one.where and bare(one.where.raw),
            "deferrable": one.deferrable,
            "deferred": one.deferred,
        }

    def _column(self, table: Table, column: Column) -> dict[str, Any]:
        charset, collation = letters(table, column)
        return {
            "name": self._text(column.name),
            "type": column.type and column.type.name,
            "nullable": column.nullable,
            "default": column.default and column.default.raw,
            "generated": column.generated and column.generated.raw,
            "identity": bool(column.identity),
            "stored": column.stored if column.generated else None,
            "sequence": column.sequence and self._name(column.sequence),
            "on_update": column.on_update and column.on_update.raw,
            "identity_always": column.counting.always if column.identity and column.counting else None,
            "identity_options": _options(column.counting) if column.identity else {},
            "autoincrement": bool(column.counting and column.counting.once),
            "comment": column.comment or None,
            "charset": charset,
            "collation": collation,
            "marks": list(column.marks),
        }

    def _index(self, index: Index, table: Table) -> dict[str, Any]:
        return {
            "name": self._optional(index.name),
            "unique": index.unique,
            "parts": [self._part(part, table) for part in index.parts],
            "where": index.where and index.where.raw,
            "method": index.method,
            "include": self._texts(name for name, _ in index.include),
            "nulls_distinct": index.nulls_distinct,
            "comment": index.comment,
            "invisible": index.hidden,
            "parser": index.splitter,
            "settings": dict(index.settings),
        }

    def _part(self, part: IndexPart, table: Table) -> str:
        column = None if part.column is None else table.columns.get(part.column)
        if part.column is not None:
            text = self._text(part.column) + (f"({part.prefix})" if part.prefix else "")
        else:
            text = f"({bare(part.expr.raw) if part.expr else ''})"
        return text + options(part, column.type if column else None)

    def _foreign_key(self, key: ForeignKey) -> dict[str, Any]:
        target = self._catalog.tables.get(key.ref_table)
        columns = key.ref_columns or (target.primary_key.columns if target and target.primary_key else ())
        return {
            "name": self._optional(key.name),
            "columns": self._texts(key.columns),
            "references": {"table": self._name(key.ref_table), "columns": self._texts(columns)},
            "on_delete": key.on_delete,
            "on_update": key.on_update,
            "deferrable": key.deferrable,
            "deferred": key.deferred,
            "match_full": key.full,
            "validated": key.validated,
            "enforced": key.enforced,
        }


def _options(counting: Counting | None) -> dict[str, str | bool]:
    """The options of a sequence that are not the usual ones, by their first words."""
    return {word: value or True for word, value in counting.options} if counting else {}


def _unread(source: Source) -> Iterator[tuple[Span, str]]:
    for fact in source.facts:
        if isinstance(fact, Opaque):
            yield fact.span, fact.why
        elif isinstance(fact, CreateTable):
            yield from ((span, fact.unread_why) for span in fact.unread)


def _line(span: Span, files: Mapping[str, SourceFile]) -> int:
    file = files.get(span.path)
    return file.position(span.start)[0] if file else 1
