"""Operations that Alembic or SQLAlchemy refuses to write for a database, whatever its state is.

Each was run with Alembic 1.20.1 and SQLAlchemy 2.1.9 in offline mode (`tests/test_alembic_unwritable.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.frozen import frozen
from schemalint.model.span import Span
from schemalint.parsers.alembic.operation import Operation
from schemalint.parsers.alembic.operations import Operations
from schemalint.pysource.nodes import Call, Const, Node, Ref, Star, span
from schemalint.pysource.sqltypes import SIZED

_BATCH = "stand it in `with op.batch_alter_table(…) as batch_op:`, which copies the table"
_CONSTRAINTS = frozenset(
    {
        "create_unique_constraint",
        "create_foreign_key",
        "create_check_constraint",
        "create_primary_key",
        "drop_constraint",
    }
)
_WRITTEN = frozenset(
    {
        "Integer",
        "BigInteger",
        "SmallInteger",
        "Boolean",
        "Text",
        "UnicodeText",
        "DateTime",
        "Date",
        "Time",
        "Float",
        "Numeric",
    }
    | {"JSON", "LargeBinary", "INTEGER", "TEXT", "TIMESTAMP", "BIGINT", "BOOLEAN"}
)
"""Types that SQLAlchemy writes for every database."""
_NAMED = {
    "create_unique_constraint": "uq",
    "create_foreign_key": "fk",
    "create_check_constraint": "ck",
    "create_primary_key": "pk",
}
_NAMELESS = "in a batch on SQLite, which copies the table, a constraint must have a name"
_LACKING = {
    "length": ("VARCHAR needs a length in MySQL", "write String(255), or Text()"),
    "name": ("an enumeration needs a name in PostgreSQL", "write Enum(…, name=…)"),
    "type": ("a column needs a type", "write the type that the column has in the database"),
}
"""What a type lacks, in the words of a finding: why it is refused, what to write."""
_REDEFINING = frozenset({"nullable", "new_column_name", "name", "comment", "autoincrement"})


@frozen
class Refused:
    """Where it stands, what is refused, and what to write instead."""

    place: Span
    why: str
    help: str


@frozen
class Unwritable:
    """What is refused in the revisions of one history. `batches`: they are certainly meant for SQLite; `convention`: their
    metadata certainly has the naming convention that was found."""

    operations: Operations
    batches: bool
    convention: bool

    def of(self, op: Operation) -> Iterator[Refused]:
        """What is refused of one operation."""
        family = self.operations.builder.family
        if any(isinstance(arg, Star) for arg in op.call.args) or any(word is None for word, _ in op.call.keywords):
            return
        if family == "mysql":
            yield from self._mysql(op)
        if family in ("mysql", "tsql") and op.name == "drop_index" and op.batch is None and _lacks_table(op):
            why = "DROP INDEX needs the table, without which Alembic writes `ON no_table`"
            yield Refused(op.statement, why, "give table_name=")
        if family == "tsql" and op.name == "alter_column" and "nullable" in _words(op) and not _typed(op):
            yield Refused(op.statement, "ALTER COLUMN of SQL Server needs the type", "give existing_type=")
        if family == "sqlite" and self.batches:
            yield from self._sqlite(op) if op.batch is None else self._copied(op)
        yield from self._types(op)
        if self.convention:
            yield from self._nameless(op)

    def _mysql(self, op: Operation) -> Iterator[Refused]:
        words = _words(op)
        if op.name == "drop_constraint" and op.call.argument(1 if op.batch is not None else 2, "type_") is None:
            help = 'give type_="foreignkey", "unique", "check" or "primary"'
            yield Refused(op.statement, "MySQL has no DROP CONSTRAINT of any kind, and no type_ is given", help)
        if op.name == "alter_column" and not _typed(op) and _REDEFINING & words:
            why = "MySQL takes the whole definition again, and no type is given"
            yield Refused(op.statement, why, "give existing_type=, and what else the column has")

    def _types(self, op: Operation) -> Iterator[Refused]:
        """Types that cannot be written. A key without a type of its own takes that of what it points at, where this is of
        the same table."""
        own = self.operations.columns.name(op.path, op.call.argument(0, "table_name")).text
        for path, column in self._columns(op):
            if self._plain(column):
                continue
            read = self.operations.columns.column(path, column)
            inside = any(target.table in (own, None) for key in read.foreign_keys for target in key.targets)
            lacks, what = read.type.lacks, f"{read.name} has none" if read.name else ""
            if not read.typed and not read.unread and not inside:
                lacks = "type"
            if lacks:
                yield _refused(lacks, read.type_span or read.span, what)
        given = op.call.keyword("type_") if op.name == "alter_column" else None
        if given is not None and (lacks := self.operations.types.read(op.path, given).lacks):
            yield _refused(lacks, span(op.path, given), "")

    def _plain(self, column: Call) -> bool:
        """Whether a column's type plainly is one that is always written, so that nothing more needs to be read."""
        given = column.args[1] if len(column.args) > 1 else None
        made = given.func if isinstance(given, Call) else given
        name = made.parts[-1] if isinstance(made, Ref) else ""
        return name in _WRITTEN or (name in SIZED and self.operations.builder.family != "mysql")

    def _copied(self, op: Operation) -> Iterator[Refused]:
        """What a batch on SQLite makes into the new table has to have a name."""
        convention = self.operations.builder.convention
        if not convention.known or (op.batch is not None and op.batch.keyword("naming_convention") is not None):
            return
        kind = _NAMED.get(op.name)
        if kind is not None and kind not in convention.templates:
            name = op.call.argument(0, "constraint_name")
            if isinstance(name, Const) and name.value is None:
                yield Refused(op.statement, f"{_NAMELESS}: None stands here", "give it a name")
        if op.name == "add_column":
            for path, column in self._columns(op):
                read = self.operations.columns.column(path, column)
                unnamed = any(key.name.known and key.name.text is None for key in read.foreign_keys)
                if unnamed and "fk" not in convention.templates:
                    yield Refused(
                        op.statement, f"{_NAMELESS}: the foreign key of {read.name} has none", "give it name="
                    )
                elif read.unique and not read.index and "uq" not in convention.templates:
                    help = "write batch_op.create_unique_constraint with a name instead"
                    yield Refused(op.statement, f"{_NAMELESS}: unique=True of {read.name} makes one without", help)

    def _sqlite(self, op: Operation) -> Iterator[Refused]:
        """What is left out: NOT NULL, which newer versions of SQLite can change."""
        if op.name in _CONSTRAINTS:
            yield Refused(op.statement, "SQLite cannot alter constraints", _BATCH)
        elif op.name == "alter_column" and (changed := _words(op) & {"type_", "server_default"}):
            what = "type" if "type_" in changed else "default"
            given = op.call.keyword("server_default")
            if "type_" in changed or not (isinstance(given, Const) and given.value is False):
                yield Refused(op.statement, f"SQLite cannot change the {what} of a column", _BATCH)
        elif op.name == "add_column":
            for path, column in self._columns(op):
                read = self.operations.columns.column(path, column)
                if read.foreign_keys or (read.unique and not read.index):
                    what = "a foreign key" if read.foreign_keys else "unique=True"
                    why = f"SQLite cannot alter constraints, and Alembic adds {what} of a new column as one"
                    yield Refused(op.statement, why, _BATCH)

    def _nameless(self, op: Operation) -> Iterator[Refused]:
        """An index that nothing names: a naming convention without "ix" takes the usual name away."""
        convention = self.operations.builder.convention
        if not convention.known or "ix" in convention.templates:
            return
        why = 'the index has no name, for the naming convention of the metadata has no "ix"'
        help = 'add "ix": "ix_%(column_0_label)s" to the naming convention, or name the index'
        if op.name == "create_index":
            given = op.call.argument(0, "index_name")
            if isinstance(given, Const) and given.value is None:
                yield Refused(op.statement, why, help)
        for path, column in self._columns(op):
            read = self.operations.columns.column(path, column)
            if read.index is not None:
                yield Refused(read.index, why, help)

    def _columns(self, op: Operation) -> Iterator[tuple[str, Call]]:
        """The columns that an operation makes."""
        given: tuple[Node | None, ...] = ()
        if op.name == "create_table":
            given = op.call.args[1:]
        elif op.name == "add_column":
            given = (op.argument(0, "column"),)
        for item in given:
            path, meant = (op.path, None) if item is None else self.operations.modules.value(op.path, item)
            if isinstance(meant, Call) and self.operations.columns.is_column(path, meant):
                yield path, meant


def _refused(lacks: str, place: Span, what: str) -> Refused:
    why, help = _LACKING[lacks]
    return Refused(place, f"{why}{what and f', {what}'}", help)


def _lacks_table(op: Operation) -> bool:
    return op.call.argument(1, "table_name") is None


def _typed(op: Operation) -> bool:
    return bool({"type_", "existing_type"} & _words(op))


def _words(op: Operation) -> set[str]:
    return {word for word, _ in op.call.keywords if word}
