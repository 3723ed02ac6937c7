"""Indexes, foreign keys and unique constraints of TypeORM's QueryRunner as facts."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.dialects import NameKind
from schemalint.jssource.hashednames import hashed
from schemalint.jssource.history import Unread
from schemalint.jssource.operation import Operation
from schemalint.model.facts import AddConstraint, CreateIndex, DropConstraint, DropIndex, Fact
from schemalint.model.names import Name, TableName
from schemalint.model.schema import ForeignKey, Index, IndexPart, UniqueConstraint
from schemalint.model.span import Span
from schemalint.parsers.typeorm.arguments import Arguments, Entries


class Keys:
    """Makes them of calls of their own, and of the parts of a new table. Raises Unread where arguments are not known."""

    def __init__(self, arguments: Arguments) -> None:
        self._arguments, self.dialect = arguments, arguments.dialect

    def _named(self, text: str) -> Name:
        return self._arguments.name(text, NameKind.CONSTRAINT)

    def index(self, op: Operation, entries: Entries, place: Span) -> Index:
        """`new TableIndex({…})`."""
        columns = self._arguments.names(entries, "columnNames", op.table)
        where = self._arguments.text(entries, "where", op.table)
        if self._arguments.flag(entries, "isFulltext", op.table) or self._arguments.flag(
            entries, "isSpatial", op.table
        ):
            raise Unread("an index of a special kind", op.table)
        given = self._arguments.text(entries, "name", op.table)
        name = given or hashed("IDX", op.text, [text for text, _ in columns], 26, where or "")
        span = place if given is None else entries["name"].value.span
        names = self._arguments.column_names(columns)
        parts = tuple(IndexPart(at, one) for one, (_, at) in zip(names, columns, strict=True))
        kept = None if where is None or self.dialect.family == "mysql" else self._arguments.expression(where)
        unique = self._arguments.flag(entries, "isUnique", op.table)
        return Index(self._arguments.name(name, NameKind.INDEX), parts, span, unique=unique, where=kept)

    def create_indices(self, op: Operation) -> Iterator[Fact]:
        """createIndex and createIndices."""
        for item in self._arguments.items(op.arguments[1], op.table) if len(op.arguments) > 1 else ():
            index = self.index(op, self._arguments.made(item, op.table), item.span)
            yield CreateIndex(index.span, op.call.span, op.table, op.place, index)

    def drop_index(self, op: Operation) -> Iterator[Fact]:
        """dropIndex, by name or by an object that bears it."""
        text, span = self._arguments.name_of(op.arguments[1], op.table)
        schema = op.table.schema if self.dialect.family == "postgres" else None
        table = op.table if self.dialect.family in {"mysql", "tsql", "generic"} else None
        yield DropIndex(span, op.call.span, TableName(schema, self._arguments.name(text, NameKind.INDEX)), table)

    def foreign_key(self, op: Operation, entries: Entries, place: Span) -> ForeignKey:
        """`new TableForeignKey({…})`."""
        columns = self._arguments.names(entries, "columnNames", op.table)
        others = self._arguments.names(entries, "referencedColumnNames", op.table)
        target = self._arguments.text(entries, "referencedTableName", op.table)
        if target is None:
            raise Unread("the other table is computed", op.table)
        schema = self._arguments.text(entries, "referencedSchema", op.table)
        name = self._arguments.text(entries, "name", op.table) or hashed(
            "FK", op.text, [text for text, _ in columns], 27
        )

        def action(key: str) -> str | None:
            told = self._arguments.text(entries, key, op.table)
            return None if told is None else told.upper()

        return ForeignKey(
            self._named(name),
            self._arguments.column_names(columns),
            self._arguments.named(f"{schema}.{target}" if schema else target),
            self._arguments.column_names(others),
            columns[0][1] if columns else place,
            entries["referencedTableName"].value.span,
            action("onDelete"),
            action("onUpdate"),
        )

    def create_foreign_keys(self, op: Operation) -> Iterator[Fact]:
        """createForeignKey and createForeignKeys."""
        for item in self._arguments.items(op.arguments[1], op.table) if len(op.arguments) > 1 else ():
            key = self.foreign_key(op, self._arguments.made(item, op.table), item.span)
            yield AddConstraint(key.span, op.call.span, op.table, key)

    def drop_foreign_key(self, op: Operation) -> Iterator[Fact]:
        """dropForeignKey, by name or by an object that bears it."""
        text, span = self._arguments.name_of(op.arguments[1], op.table)
        name = self._named(text)
        yield DropConstraint(span, op.call.span, op.table, name, "foreign key")

    def unique(self, op: Operation, name: str | None, columns: list[tuple[str, Span]], place: Span) -> UniqueConstraint:
        text = name or hashed("UQ", op.text, [text for text, _ in columns], 27)
        spans = tuple(span for _, span in columns)
        return UniqueConstraint(self._named(text), self._arguments.column_names(columns), place, spans)

    def unique_of(self, op: Operation, entries: Entries, place: Span) -> UniqueConstraint:
        """`new TableUnique({…})`."""
        name = self._arguments.text(entries, "name", op.table)
        columns = self._arguments.names(entries, "columnNames", op.table)
        if name is None and self.dialect.family == "mysql":  # there it becomes an index, by an index's name
            name = hashed("IDX", op.text, [text for text, _ in columns], 26)
        return self.unique(op, name, columns, place)

    def create_unique(self, op: Operation) -> Iterator[Fact]:
        """createUniqueConstraint."""
        if self.dialect.family == "mysql":
            raise Unread("TypeORM makes no unique constraints in MySQL", op.table)
        key = self.unique_of(op, self._arguments.made(op.arguments[1], op.table), op.arguments[1].span)
        yield AddConstraint(key.span, op.call.span, op.table, key)

    def drop_unique(self, op: Operation) -> Iterator[Fact]:
        """dropUniqueConstraint."""
        text, span = self._arguments.name_of(op.arguments[1], op.table)
        yield DropConstraint(span, op.call.span, op.table, self._named(text), "unique")
