"""`alter_column`: only what is given changes, but in MySQL, which takes the whole definition again."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import AlterColumn, Fact, Opaque, RenameColumn
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Column
from schemalint.model.span import Span
from schemalint.parsers.alembic.operation import Operation, Unknown
from schemalint.pysource.columns import ColumnReader, DefaultRead
from schemalint.pysource.nodes import Call, Const, Node, span
from schemalint.pysource.sqltypes import UNKNOWN
from schemalint.pysource.tables import Builder

_ASPECTS = (("nullable", "nullable"), ("default", "server_default"), ("identity", "autoincrement"))
"""What MySQL's MODIFY leaves out where neither the keyword nor its `existing_…` is given."""


class Altering:
    """Reads `alter_column` for one dialect."""

    def __init__(self, columns: ColumnReader, builder: Builder) -> None:
        self.columns, self.builder = columns, builder
        self.modules, self.types = columns.modules, columns.types

    def facts(
        self, op: Operation, name: TableName, text: str, place: Span, new_text: str | None, new_place: Span
    ) -> Iterator[Fact]:
        """What altering the column `text` of a table does; `new_text` is its new name."""
        column = self.builder.name(text)
        if self.builder.family == "mysql":
            yield from self._redefine(op, name, column, place, new_text)
            return
        altered = self._altered(op, name, column, place)
        if altered is not None:
            yield altered
        if new_text is not None and new_text != text:
            yield RenameColumn(place, op.statement, name, column, self.builder.name(new_text), new_place)

    def _altered(self, op: Operation, table: TableName, column: Name, place: Span) -> Fact | None:
        """Only what is given changes."""
        type_node, nullable_node = op.call.keyword("type_"), op.call.keyword("nullable")
        default_node = op.call.keyword("server_default")
        nullable: bool | None = None
        if nullable_node is not None:
            _, meant = self.modules.value(op.path, nullable_node)
            if not isinstance(meant, Const):
                raise Unknown("nullable is computed", table)
            nullable = None if meant.value is None else bool(meant.value)
        type_read = UNKNOWN if type_node is None else self.types.read(op.path, type_node)
        default, drop_default, identity = self._new_default(op, default_node)
        if type_node is not None and type_read.type is None:
            return Opaque(span(op.path, type_node), op.statement, "the column's new type is not known", (table,))
        if type_node is None and nullable is None and default_node is None:
            return None  # a comment
        return AlterColumn(
            place,
            op.statement,
            table,
            column,
            type_read.type,
            nullable,
            None if default is None or default.text is None else self.builder.sql(default.text, place)[0],
            drop_default,
            identity,
        )

    def _new_default(self, op: Operation, item: Node | None) -> tuple[DefaultRead | None, bool, bool | None]:
        """The new default, whether the old one is dropped, whether the column becomes an identity column."""
        if item is None:
            return None, False, None
        _, meant = self.modules.value(op.path, item)
        if isinstance(meant, Const):
            return None, meant.value is None, None
        read = self.columns.column(op.path, Call(op.call.start, op.call.end, op.call.func, (item,), ()), "")
        if read.identity:
            return None, False, True
        return self.columns.default(op.path, item), False, None

    def _redefine(self, op: Operation, table: TableName, column: Name, place: Span, new: str | None) -> Iterator[Fact]:
        """MySQL takes the whole definition: what is not given is taken from `existing_…`, and a column whose
        `existing_nullable` is not given becomes nullable."""
        given = {word: value for word, value in op.call.keywords if word}
        redefines = {"nullable", "type_", "autoincrement", "comment", "new_column_name", "name"} & given.keys()
        default_node = given.get("server_default")
        default, drop_default, _ = self._new_default(op, default_node)
        if not redefines:
            if default_node is not None:
                expr = None if default is None or default.text is None else self.builder.sql(default.text, place)[0]
                yield AlterColumn(place, op.statement, table, column, default=expr, drop_default=drop_default)
            return
        type_node = given.get("type_") or given.get("existing_type")
        read = UNKNOWN if type_node is None else self.types.read(op.path, type_node)
        nullable: bool | None = True
        for word in ("nullable", "existing_nullable"):
            if word in given:
                _, meant = self.modules.value(op.path, given[word])
                nullable = bool(meant.value) if isinstance(meant, Const) else None
                break
        stated = default
        if default_node is None:
            existing = given.get("existing_server_default")
            stated = DefaultRead(False) if existing is None else self.columns.default(op.path, existing)
        elif default is None:
            stated = DefaultRead(False)
        counted = given.get("autoincrement") or given.get("existing_autoincrement")
        replacement = Column(
            column if new is None else self.builder.name(new),
            place,
            read.type,
            None if type_node is None else span(op.path, type_node),
            nullable,
            self.builder.sql(stated.text, place)[0] if stated is not None and stated.text is not None else None,
            None if stated is None else stated.stated,
            isinstance(counted, Const) and counted.value is True,
        )
        unstated = tuple(what for what, word in _ASPECTS if not {word, f"existing_{word}"} & given.keys())
        yield AlterColumn(place, op.statement, table, column, replacement=replacement, unstated=unstated)
