"""The methods of TypeORM's QueryRunner as facts (TypeORM 0.2 and 0.3). What has no name gets one made of a hash of the table and
its columns (DefaultNamingStrategy)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from schemalint.dialects import NameKind
from schemalint.dialects import dialect as dialect_named
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.hashednames import hashed
from schemalint.jssource.here import Here
from schemalint.jssource.history import Unread
from schemalint.jssource.operation import Operation
from schemalint.model.facts import (
    AddColumn,
    CreateTable,
    DropColumn,
    DropTable,
    Fact,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.names import TableName
from schemalint.model.objects import CreateEnum
from schemalint.model.schema import Column, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.parsers.typeorm.arguments import Arguments, Entries
from schemalint.parsers.typeorm.keys import Keys

_RENAMED = "keys and indexes whose names TypeORM made are renamed as well"


class Operations:
    """Makes facts of calls for one dialect."""

    def __init__(self, evaluator: Evaluator, dialect: str | None) -> None:
        self.evaluator = evaluator
        self.dialect = dialect_named(dialect)
        self._arguments = Arguments(evaluator, self.dialect)
        self._keys = Keys(self._arguments)
        self._methods: dict[str, Callable[[Operation], Iterator[Fact]]] = {
            "createTable": self._create_table,
            "dropTable": self._drop_table,
            "renameTable": self._rename_table,
            "addColumn": self._add_columns,
            "addColumns": self._add_columns,
            "dropColumn": self._drop_columns,
            "dropColumns": self._drop_columns,
            "renameColumn": self._rename_column,
            "changeColumn": self._unread,
            "changeColumns": self._unread,
            "createIndex": self._keys.create_indices,
            "createIndices": self._keys.create_indices,
            "dropIndex": self._keys.drop_index,
            "createForeignKey": self._keys.create_foreign_keys,
            "createForeignKeys": self._keys.create_foreign_keys,
            "dropForeignKey": self._keys.drop_foreign_key,
            "createUniqueConstraint": self._keys.create_unique,
            "dropUniqueConstraint": self._keys.drop_unique,
            "createPrimaryKey": self._unread,
            "updatePrimaryKeys": self._unread,
            "dropPrimaryKey": self._unread,
            "createCheckConstraint": self._unread,
            "dropCheckConstraint": self._unread,
            "dropForeignKeys": self._unread,
            "dropIndices": self._unread,
            "clearTable": lambda op: iter(()),
        }

    def knows(self, method: str) -> bool:
        """Whether a method changes one table."""
        return method in self._methods

    def facts(self, method: str, call: Here) -> Iterator[Fact]:
        """The facts of a call of one of these methods. Raises Unread where its arguments are not known."""
        arguments = call.arguments()
        text, place, entries = self._arguments.table(arguments[0])
        yield from self._methods[method](
            Operation(call, arguments, self._arguments.named(text), text, place, entries=entries)
        )

    def _unread(self, op: Operation) -> Iterator[Fact]:
        raise Unread("a change that is not read", op.table)

    # Tables

    def _create_table(self, op: Operation) -> Iterator[Fact]:
        if not op.entries:
            raise Unread("the table is computed", op.table)
        if "columns" not in op.entries or {"exclusions", "checks"} & op.entries.keys():
            raise Unread("a part of the table is computed", op.table)
        columns: list[Column] = []
        primary: list[tuple[str, Span]] = []
        uniques: list[UniqueConstraint] = []
        key_name = None
        for item in self._arguments.items(op.entries["columns"].value, op.table):
            entries = self._arguments.made(item, op.table)
            column, enum = self._column(op, entries)
            if enum is not None:
                yield enum
            columns.append(column)
            if self._arguments.flag(entries, "isPrimary", op.table):
                primary.append((str(column.name), column.span))
                key_name = self._arguments.text(entries, "primaryKeyConstraintName", op.table) or key_name
            if self._arguments.flag(entries, "isUnique", op.table):
                uniques.append(self._keys.unique(op, None, [(str(column.name), column.span)], column.span))
        for item in self._arguments.items(op.entries["uniques"].value, op.table) if "uniques" in op.entries else ():
            uniques.append(self._keys.unique_of(op, self._arguments.made(item, op.table), item.span))
        keys = [
            self._keys.foreign_key(op, self._arguments.made(item, op.table), item.span)
            for item in (
                self._arguments.items(op.entries["foreignKeys"].value, op.table) if "foreignKeys" in op.entries else ()
            )
        ]
        indexes = [
            self._keys.index(op, self._arguments.made(item, op.table), item.span)
            for item in (
                self._arguments.items(op.entries["indices"].value, op.table) if "indices" in op.entries else ()
            )
        ]
        names = self._arguments.column_names(primary)
        keyed = None
        if primary:
            made = hashed("PK", op.text, [text for text, _ in primary], 27)
            named = (
                self._arguments.name(key_name or made, NameKind.CONSTRAINT)
                if self.dialect.family == "postgres"
                else None
            )
            keyed = PrimaryKey(named, names, primary[0][1])
            columns = [replace(one, nullable=False) if one.name in names else one for one in columns]
        yield CreateTable(
            op.place,
            op.call.span,
            op.table,
            tuple(columns),
            keyed,
            tuple(uniques),
            tuple(indexes),
            tuple(keys),
            if_not_exists=self._arguments.argument_flag(op, 1),
        )

    def _drop_table(self, op: Operation) -> Iterator[Fact]:
        yield DropTable(op.place, op.call.span, op.table, if_exists=self._arguments.argument_flag(op, 1))

    def _rename_table(self, op: Operation) -> Iterator[Fact]:
        """Its keys and indexes with names of TypeORM's own are renamed, too: they are not known afterwards."""
        text = self.evaluator.text(op.arguments[1]) if len(op.arguments) > 1 else None
        if text is None:
            raise Unread("the new name is computed")
        schema, _, _ = op.text.rpartition(".")
        new = self._arguments.named(f"{schema}.{text}" if schema and "." not in text else text)
        yield RenameTable(op.place, op.call.span, op.table, new, op.arguments[1].span)
        yield Opaque(op.place, op.call.span, _RENAMED, (new,))

    # Columns

    def _column(self, op: Operation, entries: Entries) -> tuple[Column, CreateEnum | None]:
        text = self._arguments.text(entries, "name", op.table)
        type = self._arguments.text(entries, "type", op.table)
        if text is None or type is None or {"asExpression", "generatedType"} & entries.keys():
            raise Unread("a column is computed", op.table)
        enum = None
        if "enum" in entries:
            type, enum = self._enum(op, entries, text)
        generated = self._arguments.flag(entries, "isGenerated", op.table)
        strategy = self._arguments.text(entries, "generationStrategy", op.table)
        counted = generated and strategy in {"increment", "identity", None}
        written = self._type(op, entries, type)
        default = self._default(entries, op.table)
        if generated and strategy == "uuid" and self.dialect.family == "postgres":
            default = default or "uuid_generate_v4()"
        column = Column(
            self.dialect.identifier(text, quoted=True),
            entries["name"].value.span,
            type=self.dialect.column_type(written),
            type_span=entries["type"].value.span,
            nullable=self._arguments.flag(entries, "isNullable", op.table),
            default=None if default is None else self._arguments.expression(default),
            has_default=default is not None,
            identity=counted,
        )
        return column, enum

    def _default(self, entries: Entries, table: TableName) -> str | None:
        """A default as TypeORM writes it: text verbatim, other values in SQL's spelling."""
        found = None if "default" not in entries else self.evaluator.follow(entries["default"].value)
        if found is not None and found.kind == "bool":
            return str(found.value["v"]).lower()
        return self._arguments.text(entries, "default", table)

    def _type(self, op: Operation, entries: Entries, type: str) -> str:
        length, precision, scale = (
            self._arguments.text(entries, key, op.table) for key in ("length", "precision", "scale")
        )
        if length:
            type += f"({length})"
        elif precision and scale:
            type += f"({precision},{scale})"
        elif precision and type.lower() in {"decimal", "numeric", "dec", "datetime", "time"}:
            type += f"({precision})"
        elif precision and type.lower().startswith("timestamp"):
            word, space, rest = type.partition(" ")
            type = f"{word}({precision}){space}{rest}"
        if self._arguments.flag(entries, "unsigned", op.table) and self.dialect.family == "mysql":
            type += " unsigned"
        return type + ("[]" if self._arguments.flag(entries, "isArray", op.table) else "")

    def _enum(self, op: Operation, entries: Entries, column: str) -> tuple[str, CreateEnum | None]:
        values = [text for text, _ in self._arguments.texts(entries["enum"].value, op.table)]
        if self.dialect.family == "mysql":
            return "enum(" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + ")", None
        if self.dialect.family != "postgres":
            return "varchar", None
        name = self._arguments.text(entries, "enumName", op.table) or f"{op.table.name.text}_{column}_enum"
        quoted = self.dialect.quote(name)
        schema = None if op.table.schema is None else op.table.schema.text
        written = quoted if schema is None else f"{self.dialect.quote(schema)}.{quoted}"
        table = self.dialect.table_name(name, quoted=True, schema=schema, schema_quoted=True)
        made = CreateEnum(entries["name"].value.span, op.call.span, table, tuple(values), if_not_exists=True)
        return written, made

    def _add_columns(self, op: Operation) -> Iterator[Fact]:
        for item in self._arguments.items(op.arguments[1], op.table) if len(op.arguments) > 1 else ():
            entries = self._arguments.made(item, op.table)
            if self._arguments.flag(entries, "isPrimary", op.table):
                raise Unread("a column of the primary key is added", op.table)
            column, enum = self._column(op, entries)
            if enum is not None:
                yield enum
            uniques: tuple[UniqueConstraint, ...] = ()
            if self._arguments.flag(entries, "isUnique", op.table):
                uniques = (self._keys.unique(op, None, [(str(column.name), column.span)], column.span),)
            yield AddColumn(column.span, op.call.span, op.table, column, uniques=uniques)

    def _drop_columns(self, op: Operation) -> Iterator[Fact]:
        """A column by name or as `new TableColumn({name})`. Keys and indexes on it are dropped before it."""
        for item in self._arguments.items(op.arguments[1], op.table) if len(op.arguments) > 1 else ():
            text, span = self._arguments.name_of(item, op.table)
            yield DropColumn(span, op.call.span, op.table, self.dialect.identifier(text, quoted=True), keys_first=True)

    def _rename_column(self, op: Operation) -> Iterator[Fact]:
        if len(op.arguments) < 3:
            raise Unread("the new name is not given", op.table)
        (old, place), (new, new_place) = (self._arguments.name_of(one, op.table) for one in op.arguments[1:3])
        if self.evaluator.text(op.arguments[2]) is None:
            raise Unread("the column is renamed and may be changed", op.table)
        before, after = self._arguments.column_names([(old, place), (new, new_place)])
        yield RenameColumn(place, op.call.span, op.table, before, after, new_place)
        yield Opaque(place, op.call.span, _RENAMED, (op.table,))
