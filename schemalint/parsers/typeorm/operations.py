"""The methods of TypeORM's QueryRunner as facts (TypeORM 0.2 and 0.3). What has no name gets one made of a hash of the table and
its columns (DefaultNamingStrategy)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from schemalint.dialects import NameKind
from schemalint.dialects import dialect as dialect_named
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Entry, Here
from schemalint.jssource.history import Unread
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropIndex,
    DropTable,
    Fact,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.names import Name, TableName
from schemalint.model.objects import CreateEnum
from schemalint.model.schema import Column, Expr, ForeignKey, Index, IndexPart, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.sql import expression

Entries = dict[str, Entry]
_RENAMED = "keys and indexes whose names TypeORM made are renamed as well"


@dataclass(frozen=True, slots=True)
class _Operation:
    """One call: its arguments and the table it works on."""

    call: Here
    arguments: list[Here]
    table: TableName
    text: str
    place: Span
    entries: Entries  # of `new Table({…})`


class Operations:
    """Makes facts of calls for one dialect."""

    def __init__(self, evaluator: Evaluator, dialect: str | None) -> None:
        self.evaluator = evaluator
        self.dialect = dialect_named(dialect)
        self._methods: dict[str, Callable[[_Operation], Iterator[Fact]]] = {
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
            "createIndex": self._create_indices,
            "createIndices": self._create_indices,
            "dropIndex": self._drop_index,
            "createForeignKey": self._create_foreign_keys,
            "createForeignKeys": self._create_foreign_keys,
            "dropForeignKey": self._drop_foreign_key,
            "createUniqueConstraint": self._create_unique,
            "dropUniqueConstraint": self._drop_unique,
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
        text, place, entries = self._table(arguments[0])
        yield from self._methods[method](_Operation(call, arguments, self._named(text), text, place, entries))

    def _unread(self, op: _Operation) -> Iterator[Fact]:
        raise Unread("a change that is not read", op.table)

    # Arguments

    def _table(self, here: Here) -> tuple[str, Span, Entries]:
        """A table by name, as `new Table({name})`, or as `await queryRunner.getTable('name')`."""
        found = self.evaluator.follow(here)
        entries: Entries = {}
        if found.kind == "call" and found.value["f"].get("p") == "getTable" and found.arguments():
            here = found.arguments()[0]
        elif found.kind == "new":
            entries = self._made(found)
            if "name" not in entries:
                raise Unread("the table's name is computed")
            here = entries["name"].value
        text = self.evaluator.text(here)
        if text is None:
            raise Unread("the table's name is computed")
        return text, here.span, entries

    def _made(self, here: Here, table: TableName | None = None) -> Entries:
        """The options of `new TableColumn({…})`, or of the plain object that may stand in its place."""
        found = self.evaluator.follow(here)
        if found.kind == "new":
            arguments = found.arguments()
            found = self.evaluator.follow(arguments[0]) if arguments else found
        if found.kind != "obj":
            raise Unread("what is made is computed", table)
        entries, unread = self.evaluator.entries(found)
        if unread:
            raise Unread("what is made is computed", table)
        return entries

    def _items(self, here: Here, table: TableName) -> list[Here]:
        found = self.evaluator.follow(here)
        if found.kind != "arr":
            return [here]
        items: list[Here] = []
        for item in found.arguments():
            if item.kind != "spread":
                items.append(item)
                continue
            inner = self.evaluator.follow(item.at(item.value["v"]))
            if inner.kind != "arr" or any(one.kind == "spread" for one in inner.arguments()):
                raise Unread("what is made is computed", table)
            items += inner.arguments()
        return items

    def _text(self, entries: Entries, key: str, table: TableName) -> str | None:
        if key not in entries:
            return None
        found = self.evaluator.follow(entries[key].value)
        if found.kind in {"undef", "null"}:
            return None
        if found.kind in {"str", "num"}:
            return str(found.value["v"])
        raise Unread(f"{key} is computed", table)

    def _flag(self, entries: Entries, key: str, table: TableName) -> bool:
        if key not in entries:
            return False
        found = self.evaluator.follow(entries[key].value)
        if found.kind in {"bool", "undef", "null"}:
            return bool(found.value.get("v"))
        raise Unread(f"{key} is computed", table)

    def _argument_flag(self, op: _Operation, at: int) -> bool:
        if at >= len(op.arguments):
            return False
        found = self.evaluator.follow(op.arguments[at])
        return found.kind == "bool" and bool(found.value["v"])

    def _texts(self, here: Here, table: TableName) -> list[tuple[str, Span]]:
        texts = [(self.evaluator.text(item), item.span) for item in self._items(here, table)]
        if any(text is None for text, _ in texts):
            raise Unread("a name is computed", table)
        return [(text, span) for text, span in texts if text is not None]

    def _names(self, entries: Entries, key: str, table: TableName) -> list[tuple[str, Span]]:
        if key not in entries:
            raise Unread(f"{key} are not given", table)
        return self._texts(entries[key].value, table)

    # Names

    def _named(self, text: str) -> TableName:
        schema, _, name = text.rpartition(".")
        return self.dialect.table_name(name, quoted=True, schema=schema or None, schema_quoted=True)

    def _column_names(self, texts: list[tuple[str, Span]]) -> tuple[Name, ...]:
        return tuple(self.dialect.identifier(text, quoted=True) for text, _ in texts)

    def _name(self, text: str, kind: NameKind) -> Name:
        return self.dialect.identifier(text, quoted=True, kind=kind)

    @staticmethod
    def _hashed(prefix: str, table: str, columns: list[str], length: int, where: str = "") -> str:
        """The name that DefaultNamingStrategy makes."""
        key = f"{table.replace('.', '_')}_{'_'.join(sorted(columns))}"
        key += f"_{where}" if where else ""
        return f"{prefix}_{hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()[:length]}"

    # Tables

    def _create_table(self, op: _Operation) -> Iterator[Fact]:
        if not op.entries:
            raise Unread("the table is computed", op.table)
        if "columns" not in op.entries or {"exclusions", "checks"} & op.entries.keys():
            raise Unread("a part of the table is computed", op.table)
        columns: list[Column] = []
        primary: list[tuple[str, Span]] = []
        uniques: list[UniqueConstraint] = []
        key_name = None
        for item in self._items(op.entries["columns"].value, op.table):
            entries = self._made(item, op.table)
            column, enum = self._column(op, entries)
            if enum is not None:
                yield enum
            columns.append(column)
            if self._flag(entries, "isPrimary", op.table):
                primary.append((str(column.name), column.span))
                key_name = self._text(entries, "primaryKeyConstraintName", op.table) or key_name
            if self._flag(entries, "isUnique", op.table):
                uniques.append(self._unique(op, None, [(str(column.name), column.span)], column.span))
        for item in self._items(op.entries["uniques"].value, op.table) if "uniques" in op.entries else ():
            uniques.append(self._unique_of(op, self._made(item, op.table), item.span))
        keys = [
            self._foreign_key(op, self._made(item, op.table), item.span)
            for item in (self._items(op.entries["foreignKeys"].value, op.table) if "foreignKeys" in op.entries else ())
        ]
        indexes = [
            self._index(op, self._made(item, op.table), item.span)
            for item in (self._items(op.entries["indices"].value, op.table) if "indices" in op.entries else ())
        ]
        names = self._column_names(primary)
        keyed = None
        if primary:
            made = self._hashed("PK", op.text, [text for text, _ in primary], 27)
            named = self._name(key_name or made, NameKind.CONSTRAINT) if self.dialect.family == "postgres" else None
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
            if_not_exists=self._argument_flag(op, 1),
        )

    def _drop_table(self, op: _Operation) -> Iterator[Fact]:
        yield DropTable(op.place, op.call.span, op.table, if_exists=self._argument_flag(op, 1))

    def _rename_table(self, op: _Operation) -> Iterator[Fact]:
        """Its keys and indexes with names of TypeORM's own are renamed, too: they are not known afterwards."""
        text = self.evaluator.text(op.arguments[1]) if len(op.arguments) > 1 else None
        if text is None:
            raise Unread("the new name is computed")
        schema, _, _ = op.text.rpartition(".")
        new = self._named(f"{schema}.{text}" if schema and "." not in text else text)
        yield RenameTable(op.place, op.call.span, op.table, new, op.arguments[1].span)
        yield Opaque(op.place, op.call.span, _RENAMED, (new,))

    # Columns

    def _column(self, op: _Operation, entries: Entries) -> tuple[Column, CreateEnum | None]:
        text = self._text(entries, "name", op.table)
        type = self._text(entries, "type", op.table)
        if text is None or type is None or {"asExpression", "generatedType"} & entries.keys():
            raise Unread("a column is computed", op.table)
        enum = None
        if "enum" in entries:
            type, enum = self._enum(op, entries, text)
        generated = self._flag(entries, "isGenerated", op.table)
        strategy = self._text(entries, "generationStrategy", op.table)
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
            nullable=self._flag(entries, "isNullable", op.table),
            default=None if default is None else self._expression(default),
            has_default=default is not None,
            identity=counted,
        )
        return column, enum

    def _default(self, entries: Entries, table: TableName) -> str | None:
        """A default as TypeORM writes it: text verbatim, other values in SQL's spelling."""
        found = None if "default" not in entries else self.evaluator.follow(entries["default"].value)
        if found is not None and found.kind == "bool":
            return str(found.value["v"]).lower()
        return self._text(entries, "default", table)

    def _expression(self, text: str) -> Expr:
        return expression(text, self.dialect.name)

    def _type(self, op: _Operation, entries: Entries, type: str) -> str:
        length, precision, scale = (self._text(entries, key, op.table) for key in ("length", "precision", "scale"))
        if length:
            type += f"({length})"
        elif precision and scale:
            type += f"({precision},{scale})"
        elif precision and type.lower() in {"decimal", "numeric", "dec", "datetime", "time"}:
            type += f"({precision})"
        elif precision and type.lower().startswith("timestamp"):
            word, space, rest = type.partition(" ")
            type = f"{word}({precision}){space}{rest}"
        if self._flag(entries, "unsigned", op.table) and self.dialect.family == "mysql":
            type += " unsigned"
        return type + ("[]" if self._flag(entries, "isArray", op.table) else "")

    def _enum(self, op: _Operation, entries: Entries, column: str) -> tuple[str, CreateEnum | None]:
        values = [text for text, _ in self._texts(entries["enum"].value, op.table)]
        if self.dialect.family == "mysql":
            return "enum(" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + ")", None
        if self.dialect.family != "postgres":
            return "varchar", None
        name = self._text(entries, "enumName", op.table) or f"{op.table.name.text}_{column}_enum"
        quoted = self.dialect.quote(name)
        schema = None if op.table.schema is None else op.table.schema.text
        written = quoted if schema is None else f"{self.dialect.quote(schema)}.{quoted}"
        table = self.dialect.table_name(name, quoted=True, schema=schema, schema_quoted=True)
        made = CreateEnum(entries["name"].value.span, op.call.span, table, tuple(values), if_not_exists=True)
        return written, made

    def _add_columns(self, op: _Operation) -> Iterator[Fact]:
        for item in self._items(op.arguments[1], op.table) if len(op.arguments) > 1 else ():
            entries = self._made(item, op.table)
            if self._flag(entries, "isPrimary", op.table):
                raise Unread("a column of the primary key is added", op.table)
            column, enum = self._column(op, entries)
            if enum is not None:
                yield enum
            uniques: tuple[UniqueConstraint, ...] = ()
            if self._flag(entries, "isUnique", op.table):
                uniques = (self._unique(op, None, [(str(column.name), column.span)], column.span),)
            yield AddColumn(column.span, op.call.span, op.table, column, uniques=uniques)

    def _drop_columns(self, op: _Operation) -> Iterator[Fact]:
        """A column by name or as `new TableColumn({name})`. Keys and indexes on it are dropped before it."""
        for item in self._items(op.arguments[1], op.table) if len(op.arguments) > 1 else ():
            text, span = self._name_of(item, op.table)
            yield DropColumn(span, op.call.span, op.table, self.dialect.identifier(text, quoted=True), keys_first=True)

    def _name_of(self, item: Here, table: TableName) -> tuple[str, Span]:
        text = self.evaluator.text(item)
        if text is not None:
            return text, item.span
        entries = self._made(item, table)
        text = self._text(entries, "name", table)
        if text is None:
            raise Unread("the name is not given", table)
        return text, entries["name"].value.span

    def _rename_column(self, op: _Operation) -> Iterator[Fact]:
        if len(op.arguments) < 3:
            raise Unread("the new name is not given", op.table)
        (old, place), (new, new_place) = (self._name_of(one, op.table) for one in op.arguments[1:3])
        if self.evaluator.text(op.arguments[2]) is None:
            raise Unread("the column is renamed and may be changed", op.table)
        before, after = self._column_names([(old, place), (new, new_place)])
        yield RenameColumn(place, op.call.span, op.table, before, after, new_place)
        yield Opaque(place, op.call.span, _RENAMED, (op.table,))

    # Indexes and keys

    def _index(self, op: _Operation, entries: Entries, place: Span) -> Index:
        columns = self._names(entries, "columnNames", op.table)
        where = self._text(entries, "where", op.table)
        if self._flag(entries, "isFulltext", op.table) or self._flag(entries, "isSpatial", op.table):
            raise Unread("an index of a special kind", op.table)
        given = self._text(entries, "name", op.table)
        name = given or self._hashed("IDX", op.text, [text for text, _ in columns], 26, where or "")
        span = place if given is None else entries["name"].value.span
        names = self._column_names(columns)
        parts = tuple(IndexPart(at, one) for one, (_, at) in zip(names, columns, strict=True))
        kept = None if where is None or self.dialect.family == "mysql" else self._expression(where)
        unique = self._flag(entries, "isUnique", op.table)
        return Index(self._name(name, NameKind.INDEX), parts, span, unique=unique, where=kept)

    def _create_indices(self, op: _Operation) -> Iterator[Fact]:
        for item in self._items(op.arguments[1], op.table) if len(op.arguments) > 1 else ():
            index = self._index(op, self._made(item, op.table), item.span)
            yield CreateIndex(index.span, op.call.span, op.table, op.place, index)

    def _drop_index(self, op: _Operation) -> Iterator[Fact]:
        text, span = self._name_of(op.arguments[1], op.table)
        schema = op.table.schema if self.dialect.family == "postgres" else None
        table = op.table if self.dialect.family in {"mysql", "tsql", "generic"} else None
        yield DropIndex(span, op.call.span, TableName(schema, self._name(text, NameKind.INDEX)), table)

    def _foreign_key(self, op: _Operation, entries: Entries, place: Span) -> ForeignKey:
        columns = self._names(entries, "columnNames", op.table)
        others = self._names(entries, "referencedColumnNames", op.table)
        target = self._text(entries, "referencedTableName", op.table)
        if target is None:
            raise Unread("the other table is computed", op.table)
        schema = self._text(entries, "referencedSchema", op.table)
        name = self._text(entries, "name", op.table) or self._hashed("FK", op.text, [text for text, _ in columns], 27)

        def action(key: str) -> str | None:
            told = self._text(entries, key, op.table)
            return None if told is None else told.upper()

        return ForeignKey(
            self._name(name, NameKind.CONSTRAINT),
            self._column_names(columns),
            self._named(f"{schema}.{target}" if schema else target),
            self._column_names(others),
            columns[0][1] if columns else place,
            entries["referencedTableName"].value.span,
            action("onDelete"),
            action("onUpdate"),
        )

    def _create_foreign_keys(self, op: _Operation) -> Iterator[Fact]:
        for item in self._items(op.arguments[1], op.table) if len(op.arguments) > 1 else ():
            key = self._foreign_key(op, self._made(item, op.table), item.span)
            yield AddConstraint(key.span, op.call.span, op.table, key)

    def _drop_foreign_key(self, op: _Operation) -> Iterator[Fact]:
        text, span = self._name_of(op.arguments[1], op.table)
        name = self._name(text, NameKind.CONSTRAINT)
        yield DropConstraint(span, op.call.span, op.table, name, "foreign key")

    def _unique(
        self, op: _Operation, name: str | None, columns: list[tuple[str, Span]], place: Span
    ) -> UniqueConstraint:
        text = name or self._hashed("UQ", op.text, [text for text, _ in columns], 27)
        spans = tuple(span for _, span in columns)
        return UniqueConstraint(self._name(text, NameKind.CONSTRAINT), self._column_names(columns), place, spans)

    def _unique_of(self, op: _Operation, entries: Entries, place: Span) -> UniqueConstraint:
        name = self._text(entries, "name", op.table)
        columns = self._names(entries, "columnNames", op.table)
        if name is None and self.dialect.family == "mysql":  # there it becomes an index, by an index's name
            name = self._hashed("IDX", op.text, [text for text, _ in columns], 26)
        return self._unique(op, name, columns, place)

    def _create_unique(self, op: _Operation) -> Iterator[Fact]:
        if self.dialect.family == "mysql":
            raise Unread("TypeORM makes no unique constraints in MySQL", op.table)
        key = self._unique_of(op, self._made(op.arguments[1], op.table), op.arguments[1].span)
        yield AddConstraint(key.span, op.call.span, op.table, key)

    def _drop_unique(self, op: _Operation) -> Iterator[Fact]:
        text, span = self._name_of(op.arguments[1], op.table)
        yield DropConstraint(span, op.call.span, op.table, self._name(text, NameKind.CONSTRAINT), "unique")
