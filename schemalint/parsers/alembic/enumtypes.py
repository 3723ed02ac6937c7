"""Operations that other packages add for types of PostgreSQL.

`sync_enum_values` and `add_enum_value` of alembic-postgresql-enum (1.11.0 read), and the `sync_enum_values` of
alembic-autogenerate-enums (0.1.2 read), which takes the old values before the new ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import AlterColumn, Fact
from schemalint.model.names import TableName
from schemalint.model.objects import AddEnumValue, CreateEnum, DropType, RenameType
from schemalint.model.span import Span
from schemalint.parsers.alembic.operation import Operation, Unknown
from schemalint.pysource.columns import ColumnReader
from schemalint.pysource.nodes import Call, Const, Node, Seq, Text, span
from schemalint.pysource.tables import Builder

_REFERENCE = ("table_name", "column_name", "table_schema", "column_type")  # the fields of a TableReference


class EnumTypes:
    """Reads these operations for one dialect; on any but PostgreSQL they do nothing."""

    def __init__(self, columns: ColumnReader, builder: Builder) -> None:
        self.modules, self.types, self.builder = columns.modules, columns.types, builder

    def add(self, op: Operation) -> Iterator[Fact]:
        """`op.add_enum_value(schema, type, value, before)`."""
        if self.builder.family != "postgres":
            return
        value = self._text(op, op.call.argument(2, "new_value"))
        before = op.call.argument(3, "before_value")
        beside = None if before is None or _is_none(before) else self._text(op, before)
        yield AddEnumValue(self._place(op), op.statement, self._type(op), value, before=beside)

    def sync(self, op: Operation) -> Iterator[Fact]:
        """`op.sync_enum_values(…)` of either package."""
        if self.builder.family != "postgres":
            return
        affected = op.call.argument(3, "affected_columns")
        words = {word for word, _ in op.call.keywords}
        listed = None if affected is None else self._items(op.path, affected)
        if "old_values" in words or (
            "affected_columns" not in words and listed and all(isinstance(each, Text) for _, each in listed)
        ):
            yield from self._grown(op)
        elif listed is None or ("affected_columns" not in words and not listed):
            raise Unknown("it is not known which package adds this operation")
        else:
            values = self._texts(op, op.call.argument(2, "new_values"))
            yield from self._remade(op, values, [self._reference(op, *each) for each in listed])

    def _grown(self, op: Operation) -> Iterator[Fact]:
        """alembic-autogenerate-enums adds what is new, and takes nothing away unless it is told to."""
        old, new = (
            self._texts(op, op.call.argument(2, "old_values")),
            self._texts(op, op.call.argument(3, "new_values")),
        )
        columns, whole = op.call.argument(4, "affected_columns"), op.call.argument(5, "should_reverse")
        if isinstance(whole, Const) and whole.value is True and columns is not None and not _is_none(columns):
            listed = self._items(op.path, columns)
            if listed is None:
                raise Unknown("the columns are computed")
            yield from self._remade(op, tuple(sorted(set(new))), [self._reference(op, *each) for each in listed])
            return
        for value in new:
            if value not in old:
                yield AddEnumValue(self._place(op), op.statement, self._type(op), value)

    def _remade(
        self, op: Operation, values: tuple[str, ...], columns: list[tuple[TableName, str, bool]]
    ) -> Iterator[Fact]:
        """The type is renamed, made anew, given to its columns, and the old one is dropped."""
        name, place, statement = self._type(op), self._place(op), op.statement
        schema = None if name.schema is None else name.schema.text
        old = self.builder.table_name(f"{name.name.text}_old", schema)
        yield RenameType(place, statement, name, old, place)
        yield CreateEnum(place, statement, name, values)
        for table, column, array in columns:
            kind = self.types.of_ddl(f"{name}[]" if array else str(name)).type
            yield AlterColumn(place, statement, table, self.builder.name(column), kind)
        yield DropType(place, statement, old)

    def _reference(self, op: Operation, path: str, item: Node) -> tuple[TableName, str, bool]:
        """One of the columns: `("days", "mood")`, or a TableReference; and whether it is an array of the type."""
        given: dict[str, Node] = {}
        if isinstance(item, Seq):
            given = dict(zip(("table_name", "column_name", "column_type"), item.items, strict=False))
        elif isinstance(item, Call):
            given = dict(zip(_REFERENCE, item.args, strict=False)) | {
                word: value for word, value in item.keywords if word
            }
        texts = {word: self.modules.value(path, value)[1] for word, value in given.items()}
        table, column, schema = (texts.get(word) for word in _REFERENCE[:3])
        if not isinstance(table, Text) or not isinstance(column, Text):
            raise Unknown("the columns are computed")
        own = schema.value if isinstance(schema, Text) else self._text(op, op.call.argument(0, "enum_schema"))
        array = getattr(given.get("column_type"), "parts", ("",))[-1] == "ARRAY"
        return self.builder.table_name(table.value, own), column.value, array

    def _type(self, op: Operation) -> TableName:
        schema = op.call.argument(0, "enum_schema") or op.call.keyword("schema")
        name = op.call.argument(1, "enum_name") or op.call.keyword("name")
        return self.builder.table_name(self._text(op, name), self._text(op, schema))

    def _place(self, op: Operation) -> Span:
        return span(op.path, op.call.argument(1, "enum_name") or op.call.keyword("name") or op.call)

    def _text(self, op: Operation, item: Node | None) -> str:
        meant = None if item is None else self.modules.value(op.path, item)[1]
        if not isinstance(meant, Text):
            raise Unknown("the type, or a value of it, is computed", None)
        return meant.value

    def _texts(self, op: Operation, item: Node | None) -> tuple[str, ...]:
        listed = None if item is None else self._items(op.path, item)
        if listed is None or not all(isinstance(each, Text) for _, each in listed):
            raise Unknown("the values are computed")
        return tuple(each.value for _, each in listed if isinstance(each, Text))

    def _items(self, path: str, item: Node) -> list[tuple[str, Node]] | None:
        where, meant = self.modules.value(path, item)
        return [self.modules.value(where, each) for each in meant.items] if isinstance(meant, Seq) else None


def _is_none(item: Node) -> bool:
    return isinstance(item, Const) and item.value is None
