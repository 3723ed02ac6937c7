"""What each operation of Alembic does to the schema: `op.create_table(…)`, `batch_op.add_column(…)` and the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from schemalint.dialects import NameKind
from schemalint.model.described import Comment
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
    RenameTable,
)
from schemalint.model.frozen import replace
from schemalint.model.names import TableName
from schemalint.model.span import Span
from schemalint.parsers.alembic.altering import Altering
from schemalint.parsers.alembic.enumtypes import EnumTypes
from schemalint.parsers.alembic.operation import Operation, Unknown
from schemalint.parsers.alembic.tenants import Tenants
from schemalint.pysource.columns import CheckRead, ColumnRead, ColumnReader, ForeignRead, Given, Target
from schemalint.pysource.constraints import ConstraintReader, KeyRead, Read
from schemalint.pysource.naming import Named, name_of
from schemalint.pysource.nodes import Call, Const, Node, Seq, Star, Text, span
from schemalint.pysource.tables import Builder, TableRead

IGNORED = frozenset(
    {"get_bind", "get_context", "bulk_insert", "f", "batch_alter_table", "inline_literal", "implementation_for"}
    | {"create_exclude_constraint", "create_sequence", "drop_sequence", "configure"}
)
"""Operations that leave tables, columns, keys and indexes as they are."""

_KINDS = {"foreignkey": "foreign key", "primary": "primary key", "unique": "unique", "check": "check"}
_CONVENTION = {"foreignkey": "fk", "primary": "pk", "unique": "uq", "check": "ck"}


class Operations:
    """Turns operations into facts, for one dialect and naming convention."""

    def __init__(self, columns: ColumnReader, builder: Builder, tenants: Tenants) -> None:
        self.columns, self.tenants = columns, tenants
        self.constraints = ConstraintReader(columns)
        self.modules = columns.modules
        self.types = columns.types
        self.builder = builder
        self.altering = Altering(columns, builder)
        types = EnumTypes(columns, builder)
        self._types_made: set[TableName] = set()
        self._do: dict[str, Callable[[Operation], Iterator[Fact]]] = {
            "create_table": self._create_table,
            "drop_table": self._drop_table,
            "rename_table": self._rename_table,
            "add_column": self._add_column,
            "drop_column": self._drop_column,
            "alter_column": self._alter_column,
            "create_index": self._create_index,
            "drop_index": self._drop_index,
            "create_unique_constraint": partial(self._key, primary=False),
            "create_primary_key": partial(self._key, primary=True),
            "create_foreign_key": self._create_foreign_key,
            "create_check_constraint": self._create_check,
            "drop_constraint": self._drop_constraint,
            "create_table_comment": self._comment,
            "drop_table_comment": self._comment,
            "create_geospatial_table": self._create_table,  # of GeoAlchemy2, with the arguments of the plain ones
            "drop_geospatial_table": self._drop_table,
            "add_geospatial_column": self._add_column,
            "drop_geospatial_column": self._drop_column,
            "create_geospatial_index": self._create_index,
            "drop_geospatial_index": self._drop_index,
            "sync_enum_values": types.sync,
            "add_enum_value": types.add,
        }

    def knows(self, name: str) -> bool:
        return name in self._do

    def facts(self, operation: Operation) -> Iterator[Fact]:
        """What an operation does; Opaque where that is computed."""
        try:
            yield from list(self._do[operation.name](operation))
        except Unknown as unknown:
            touches = None if unknown.table is None else (unknown.table,)
            place = span(operation.path, operation.call.func)
            yield Opaque(place, operation.statement, f"{operation.name}: {unknown.why}", touches)

    # Names

    def _given(self, op: Operation, item: Node | None, what: str, table: TableName | None = None) -> Given:
        given = self.columns.name(op.path, item)
        if not given.known:
            raise Unknown(f"{what} is computed", table)
        return given

    def _text(self, op: Operation, item: Node | None, what: str, table: TableName | None = None) -> tuple[str, Span]:
        given = self._given(op, item, what, table)
        if given.text is None:
            raise Unknown(f"{what} is not given", table)
        return given.text, given.span or span(op.path, op.call)

    def _schema(self, op: Operation, table: str | None, word: str = "schema") -> str | None:
        """The schema of a table; one that is computed is the usual one."""
        item = op.batch.argument(1, "schema") if op.batch is not None else op.call.keyword(word)
        given = self.columns.name(op.path, item)
        if not given.known and (table is None or table in self.tenants.plain):
            raise Unknown("the schema is computed", None if table is None else self.builder.table_name(table))
        self.tenants.met = self.tenants.met or not given.known
        return given.text

    def _table(self, op: Operation, position: int = 0, word: str = "table_name") -> tuple[str, str | None, Span]:
        """The table's name and schema as written, and where."""
        item = op.call.argument(position, word) if op.batch is None else op.batch.argument(0, "table_name")
        text, place = self._text(op, item, "the table's name")
        return text, self._schema(op, text), place

    def _flag(self, op: Operation, word: str) -> bool:
        value = op.call.keyword(word)
        return isinstance(value, Const) and value.value is True

    def _made(
        self, op: Operation, table: tuple[str, str | None, Span], columns: tuple[ColumnRead, ...], *reads: Read
    ) -> CreateTable:
        """A table with just these columns and constraints, named as SQLAlchemy names them."""
        read = TableRead(table[0], table[1], table[2], op.statement, columns, reads)
        return self.builder.table(read, lambda target: None)

    def _name(self, table: tuple[str, str | None, Span]) -> TableName:
        return self.builder.table_name(table[0], table[1])

    # Tables

    def _create_table(self, op: Operation) -> Iterator[Fact]:
        text, place = self._text(op, op.call.argument(0, "table_name"), "the table's name")
        schema = self._schema(op, text)
        columns: list[ColumnRead] = []
        reads: list[Read] = []
        unread: list[Span] = []
        for item in op.call.args[1:]:
            if isinstance(item, Star):
                where, starred = self.modules.value(op.path, item.value)
                if not isinstance(starred, Seq):
                    unread.append(span(op.path, item))
                    continue
                elements = [self.modules.value(where, each) for each in starred.items]
            else:
                elements = [self.modules.value(op.path, item)]
            for path, each in elements:
                self._table_element(path, each, columns, reads, unread)
        unread += [span(op.path, value) for word, value in op.call.keywords if word is None]
        prefixes = op.call.keyword("prefixes")
        temporary = isinstance(prefixes, Seq) and any(
            isinstance(each, Text) and each.value.upper() == "TEMPORARY" for each in prefixes.items
        )
        read = TableRead(
            text,
            schema,
            place,
            op.statement,
            tuple(columns),
            tuple(reads),
            tuple(unread),
            if_not_exists=self._flag(op, "if_not_exists"),
            temporary=temporary,
        )
        yield from self._types(read)
        yield self.builder.table(self._inline(read), lambda target: None)

    def _inline(self, read: TableRead) -> TableRead:
        """The table without the keys that `use_alter` leaves out of CREATE TABLE; SQLite, which can add none, gets them all."""
        if self.builder.family == "sqlite":
            return read
        columns = tuple(
            replace(column, foreign_keys=tuple(key for key in column.foreign_keys if not key.later))
            for column in read.columns
        )
        kept = tuple(one for one in read.constraints if not (isinstance(one, ForeignRead) and one.later))
        return replace(read, columns=columns, constraints=kept)

    def _types(self, read: TableRead) -> Iterator[Fact]:
        """The types that `create_table` makes first, without looking whether they are there; of one name once a run."""
        for enum in self.builder.enums(read):
            if enum.name not in self._types_made:
                self._types_made.add(enum.name)
                yield replace(enum, if_not_exists=False)

    def start_run(self) -> None:
        """Forgets what an earlier run of Alembic has made: it keeps a list of types for as long as it runs."""
        self._types_made.clear()

    def _table_element(
        self, path: str, item: Node, columns: list[ColumnRead], reads: list[Read], unread: list[Span]
    ) -> None:
        kind = self.constraints.kind(path, item)
        if isinstance(item, Call) and kind is not None:
            read = self.constraints.read(path, item, kind)
            if isinstance(read, Span):
                unread.append(read)
            elif read is not None:
                reads.append(read)
        elif isinstance(item, Call) and self.columns.is_column(path, item):
            columns.append(self.columns.column(path, item))
        elif not (isinstance(item, Const) and item.value is None):
            unread.append(span(path, item))

    def _drop_table(self, op: Operation) -> Iterator[Fact]:
        table = self._table(op)
        yield DropTable(table[2], op.statement, self._name(table), self._flag(op, "if_exists"))

    def _rename_table(self, op: Operation) -> Iterator[Fact]:
        table = self._table(op, 0, "old_table_name")
        text, place = self._text(op, op.call.argument(1, "new_table_name"), "the new name", self._name(table))
        new = self.builder.table_name(text, table[1])
        yield RenameTable(table[2], op.statement, self._name(table), new, place)

    def _comment(self, op: Operation) -> Iterator[Fact]:
        table = self._table(op)
        yield Comment(table[2], op.statement, self._name(table))

    # Columns

    def _add_column(self, op: Operation) -> Iterator[Fact]:
        table = self._table(op)
        name = self._name(table)
        item = op.argument(0, "column")
        path, meant = (op.path, None) if item is None else self.modules.value(op.path, item)
        if not isinstance(meant, Call) or not self.columns.is_column(path, meant):
            raise Unknown("the column is computed", name)
        read = self.columns.column(path, meant)
        if read.name is None:
            raise Unknown("the column's name is computed", name)
        spatial, read = read.type.spatial, replace(read, type=replace(read.type, spatial=False))
        made = self._made(op, table, (read,))
        yield AddColumn(
            read.span,
            op.statement,
            name,
            made.columns[0],
            made.primary_key if self._flag(op, "inline_primary_key") else None,
            made.uniques,
            made.foreign_keys,
            made.checks,
            if_not_exists=self._flag(op, "if_not_exists"),
        )
        for index in made.indexes:
            yield CreateIndex(index.span, op.statement, name, table[2], index)
        if spatial:  # 0.20 makes one, early versions did not
            yield Opaque(read.span, op.statement, "GeoAlchemy2 may add an index to a new column", (name,))
        for place in made.unread:
            yield Opaque(place, op.statement, "a part of the column was not understood", (name,))

    def _drop_column(self, op: Operation) -> Iterator[Fact]:
        table = self._table(op)
        column, place = self._text(op, op.argument(0, "column_name"), "the column's name", self._name(table))
        yield DropColumn(
            place,
            op.statement,
            self._name(table),
            self.builder.name(column),
            self._flag(op, "if_exists"),
            remakes=op.batch is not None and not _is(op.batch.keyword("recreate"), "never"),
        )

    def _alter_column(self, op: Operation) -> Iterator[Fact]:
        name = self._name(self._table(op))
        text, place = self._text(op, op.argument(0, "column_name"), "the column's name", name)
        new = op.call.keyword("new_column_name") or op.call.keyword("name")
        new_text, new_place = (None, place) if new is None else self._text(op, new, "the new name", name)
        if any(word is None for word, _ in op.call.keywords):
            raise Unknown("keywords are computed", name)
        yield from self.altering.facts(op, name, text, place, new_text, new_place)

    # Indexes and constraints

    def _create_index(self, op: Operation) -> Iterator[Fact]:
        batch = op.batch is not None
        table = self._table(op, 1)
        name = self._name(table)
        given = self._given(op, op.call.argument(0, "index_name"), "the index's name", name)
        item = op.call.argument(1 if batch else 2, "columns")
        where, meant = (op.path, None) if item is None else self.modules.value(op.path, item)
        if not isinstance(meant, Seq):
            raise Unknown("the index's columns are computed", name)
        read = self.constraints.indexed(where, op.call, given, meant.items)
        made = self._made(op, table, (), replace(read, table=None))
        if not made.indexes:
            raise Unknown("a part of the index was not understood", name)
        concurrently = self._flag(op, "postgresql_concurrently")
        if_not_exists = self._flag(op, "if_not_exists")
        yield CreateIndex(read.span, op.statement, name, table[2], made.indexes[0], if_not_exists, concurrently)

    def _drop_index(self, op: Operation) -> Iterator[Fact]:
        item = op.batch.argument(0, "table_name") if op.batch is not None else op.call.argument(1, "table_name")
        owner = None if item is None else self._given(op, item, "the table's name").text
        schema = self._schema(op, owner)
        table = None if owner is None else self.builder.table_name(owner, schema)
        text, place = self._text(op, op.call.argument(0, "index_name"), "the index's name", table)
        index = self.builder.table_name(text, schema)
        folded = TableName(index.schema, self.builder.name(text, NameKind.INDEX))
        yield DropIndex(place, op.statement, folded, table, self._flag(op, "if_exists"))

    def _key(self, op: Operation, primary: bool) -> Iterator[Fact]:
        table = self._table(op, 1)
        name = self._name(table)
        given = self._given(op, op.call.argument(0, "constraint_name"), "the constraint's name", name)
        columns = self.constraints.names(op.path, op.call.argument(1 if op.batch is not None else 2, "columns"))
        if columns is None:
            raise Unknown("the constraint's columns are computed", name)
        place = given.span or span(op.path, op.call.func)
        made = self._made(op, table, (), KeyRead(primary, columns, given, place))
        self._check_named(made.unread, name)
        constraint = made.primary_key if primary else made.uniques[0]
        assert constraint is not None
        yield AddConstraint(place, op.statement, name, constraint)

    def _check_named(self, unread: tuple[Span, ...], table: TableName) -> None:
        if unread:
            raise Unknown("the name is made by a convention that is not known", table)

    def _create_foreign_key(self, op: Operation) -> Iterator[Fact]:
        batch = op.batch is not None
        if batch:
            table = self._table(op)
        else:
            text, place = self._text(op, op.call.argument(1, "source_table"), "the table's name")
            table = (text, self._schema(op, text, "source_schema"), place)
        name = self._name(table)
        given = self._given(op, op.call.argument(0, "constraint_name"), "the constraint's name", name)
        at = 1 if batch else 2
        other, other_place = self._text(op, op.call.argument(at, "referent_table"), "the other table's name", name)
        local = self.constraints.names(op.path, op.call.argument(at + 1, "local_cols"))
        remote = self.constraints.names(op.path, op.call.argument(at + 2, "remote_cols"))
        if local is None or remote is None or not local or len(local) != len(remote):
            raise Unknown("the key's columns are computed", name)
        schema = self._schema(replace(op, batch=None), other, "referent_schema")
        place = given.span or span(op.path, op.call.func)
        read = ForeignRead(
            local,
            tuple(Target(schema, other, column, at_, other_place) for column, at_ in remote),
            given,
            place,
            self.columns.action(op.path, op.call.keyword("ondelete")),
            self.columns.action(op.path, op.call.keyword("onupdate")),
        )
        made = self._made(op, table, (), read)
        self._check_named(made.unread, name)
        yield AddConstraint(place, op.statement, name, made.foreign_keys[0])

    def _create_check(self, op: Operation) -> Iterator[Fact]:
        table = self._table(op, 1)
        name = self._name(table)
        given = self._given(op, op.call.argument(0, "constraint_name"), "the constraint's name", name)
        condition = op.call.argument(1 if op.batch is not None else 2, "condition")
        text = None if condition is None else self.columns.sql(op.path, condition)
        place = given.span or span(op.path, op.call.func)
        made = self._made(op, table, (), CheckRead(text, given, place))
        if not made.checks:
            raise Unknown("the condition is computed", name)
        self._check_named(made.unread, name)
        yield AddConstraint(place, op.statement, name, made.checks[0])

    def _drop_constraint(self, op: Operation) -> Iterator[Fact]:
        table = self._table(op, 1)
        name = self._name(table)
        given = self._given(op, op.call.argument(0, "constraint_name"), "the constraint's name", name)
        item = op.call.argument(1 if op.batch is not None else 2, "type_")
        _, kind_node = (op.path, None) if item is None else self.modules.value(op.path, item)
        kind = kind_node.value if isinstance(kind_node, Text) else None
        if given.text is None:
            if kind == "primary" and self.builder.family == "mysql":
                yield DropConstraint(span(op.path, op.call.func), op.statement, name, None, "primary key")
                return
            raise Unknown("the constraint has no name", name)
        if kind in _CONVENTION:
            # With a convention that uses constraint_name, the name given here is made longer as well.
            about = Named(table[0], table[1], ())
            given = name_of(self.builder.convention, _CONVENTION[kind], given, lambda: about, self.builder.family)
            if not given.known:
                raise Unknown("the name is made by a convention that is not known", name)
        yield DropConstraint(
            given.span or op.statement,
            op.statement,
            name,
            self.builder.name(given.text or "", NameKind.CONSTRAINT),
            _KINDS.get(kind or ""),
            self._flag(op, "if_exists"),
        )


def _is(item: Node | None, word: str) -> bool:
    return isinstance(item, Text) and item.value == word
