"""What is done inside `createTable('t', (table) => …)` and `alterTable`: chains of calls on the table builder → facts.

Knex writes the columns first, then everything else in the order of the calls. Names it makes itself are
`<table>_<columns>_<kind>` in lower case, PostgreSQL's primary keys `<table>_pkey`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from schemalint.dialects import Dialect
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.jssource.history import Unread, guarded
from schemalint.model.clauses import Guard
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateTable,
    DropColumn,
    Fact,
    Opaque,
    RenameColumn,
)
from schemalint.model.names import TableName
from schemalint.model.schema import Check, Column, Expr, PrimaryKey
from schemalint.model.span import Span
from schemalint.parsers.knex.arguments import Arguments
from schemalint.parsers.knex.checks import COLUMN_CHECKS, Checks
from schemalint.parsers.knex.keys import MODIFIERS, Keys, Reference
from schemalint.parsers.knex.types import COUNTED, METHODS, written

_SILENT = {"comment", "engine", "charset", "collate", "queryContext", "collation"}


class Change:
    """Gathers what one table is given."""

    def __init__(
        self, evaluator: Evaluator, dialect: Dialect, table: TableName, place: Span, statement: Span, method: str
    ) -> None:
        self.evaluator, self.dialect, self.table, self.place, self.statement = (
            evaluator,
            dialect,
            table,
            place,
            statement,
        )
        self.creates = method.startswith("createTable")
        self.if_not_exists = method == "createTableIfNotExists"
        self._arguments = Arguments(evaluator, dialect, table)
        self._keys = Keys(self._arguments, place, statement)
        self._checks = Checks(self._arguments, statement)
        self._columns: list[tuple[Column, tuple[Check, ...], bool, bool, Guard | None]] = []
        self._later: list[Fact] = []
        self._unread: list[Fact] = []

    def facts(self) -> Iterator[Fact]:
        """The columns, then the rest."""
        added = [
            (column, checks, counted, guard) for column, checks, counted, alter, guard in self._columns if not alter
        ]
        if self.creates:
            plain = [(column, checks, counted) for column, checks, counted, guard in added if guard is None]
            keyed = [column for column, _, counted in plain if counted]
            columns = tuple(column for column, _, _ in plain)
            primary = PrimaryKey(None, (keyed[0].name,), keyed[0].span) if keyed else self._sqlite_key()
            yield CreateTable(
                self.place,
                self.statement,
                self.table,
                columns if keyed or primary is None else tuple(_of_key(column, primary) for column in columns),
                primary,
                checks=tuple(check for _, checks, _ in plain for check in checks),
                if_not_exists=self.if_not_exists,
            )
            added = [one for one in added if one[3] is not None]
        for column, checks, counted, guard in added:
            key = PrimaryKey(None, (column.name,), column.span) if counted else None
            fact = AddColumn(column.span, self.statement, self.table, column, primary_key=key, checks=checks)
            yield guarded(fact, guard)
        for column, _, _, alter, guard in self._columns:
            if alter:
                fact_of = AlterColumn(column.span, self.statement, self.table, column.name, replacement=column)
                yield guarded(fact_of, guard)
        yield from self._unread  # a column among it may be what a later index needs
        yield from self._later

    def _sqlite_key(self) -> PrimaryKey | None:
        """SQLite gets the primary key with its table, and takes NULL in it, but for a row id."""
        for fact in self._later if self.dialect.family == "sqlite" else ():
            if isinstance(fact, AddConstraint) and isinstance(fact.constraint, PrimaryKey) and fact.guard is None:
                self._later.remove(fact)
                return fact.constraint
        return None

    def unread(self, span: Span, why: str) -> None:
        """Notes something about the table that is not known."""
        self._unread.append(Opaque(span, self.statement, why, (self.table,)))

    def add(self, calls: list[Here], guard: Guard | None) -> None:
        """Takes in one chain of calls on the table builder."""
        before = len(self._later)
        try:
            self._chain(calls, guard)
        except Unread as unread:
            self.unread(calls[0].span, unread.why)
        self._later[before:] = [guarded(fact, guard) for fact in self._later[before:]]

    def _chain(self, calls: list[Here], guard: Guard | None) -> None:
        method = str(calls[0].value["f"].get("p"))
        arguments = calls[0].arguments()
        if method in METHODS:
            self._column(method, calls, guard)
        elif method == "timestamps":
            self._timestamps(calls[0], guard)
        elif method == "foreign":
            self._later += self._keys.foreign(calls)
        elif method in {"unique", "index", "primary"}:
            self._later += self._keys.key(method, self._arguments.names(arguments[:1]), arguments[1:], calls[0])
        elif method in {"dropUnique", "dropIndex", "dropForeign"}:
            self._later += self._keys.drop_key(calls[0], arguments)
        elif method == "dropPrimary":
            self._later += self._keys.drop_primary(calls[0], arguments)
        elif method in _DROPS:
            getattr(self, _DROPS[method])(calls[0], arguments)
        elif method == "check":
            self._later.append(self._checks.of_table(calls[0]))
        elif method == "dropChecks":
            self._later += self._checks.dropped(calls[0])
        elif method not in _SILENT:
            raise Unread(f"{method} is not read")

    # Columns

    def _column(self, method: str, calls: list[Here], guard: Guard | None) -> None:
        arguments = calls[0].arguments()
        counted = method in COUNTED
        if not arguments and counted:
            text, span = "id", calls[0].span
        elif arguments:
            ((text, span),) = self._arguments.texts(arguments[0])[:1]
        else:
            raise Unread("a column without a name")
        options = self._arguments.options(arguments[-1]) if len(arguments) > 1 else {}
        checks: tuple[Check, ...] = ()
        made = None
        if method in {"enu", "enum"}:
            made, checks = self._enum(text, span, arguments, options)
        else:
            literals = {key: self._arguments.flag(options, key) for key in ("precision", "useTz")}
            args = [self._arguments.literal(argument) for argument in arguments[1:]]
            told = written(method, self.dialect.family, args, {k: v for k, v in literals.items() if v is not None})
            made = told
        if counted and self._arguments.flag(options, "primaryKey") is False:
            raise Unread("a counted column without a key")
        column = Column(
            self.dialect.identifier(text, quoted=True),
            span,
            type=None if made is None else self.dialect.column_type(made),
            type_span=calls[0].span,
            nullable=not counted,
            has_default=False,
            identity=counted,
        )
        names = [(text, span)]
        alter = False
        reference: Reference | None = None
        for call in calls[1:]:
            name = str(call.value["f"].get("p"))
            if name == "alter":
                if call.arguments():
                    raise Unread("only parts of the column are altered")
                alter = True
            elif name == "unsigned" and self.dialect.family == "mysql" and made is not None:
                made = f"{made} unsigned"
                column = replace(column, type=self.dialect.column_type(made))
            elif name in {"unique", "index", "primary"}:
                if not counted:
                    self._later += self._keys.key(name, names, call.arguments(), call)
            elif name in {"references", "inTable", "on", "onDelete", "onUpdate", "withKeyName"}:
                reference = self._keys.referring(reference or Reference(names, None, span), name, call)
            elif name in MODIFIERS:
                column = self._modified(column, name, call)
            elif name in COLUMN_CHECKS:
                checks = (*checks, self._checks.of_column(column, call))
            else:
                self.unread(call.at(call.value["f"]).span, f"{name} is not read")
        if reference is not None:
            self._later += self._keys.refer(reference)
        self._columns.append((column, checks, counted, alter, guard))

    def _modified(self, column: Column, name: str, call: Here) -> Column:
        arguments = call.arguments()
        if name in {"notNullable", "notNull"}:
            return replace(column, nullable=False)
        if name == "nullable":
            return replace(column, nullable=not arguments or self._arguments.literal(arguments[0]) is not False)
        if name == "defaultTo" and arguments:
            return self._defaulted(column, arguments[0])
        return column

    def _defaulted(self, column: Column, here: Here) -> Column:
        found = self.evaluator.follow(here)
        kind, value = found.kind, found.value
        if kind in {"null", "undef"}:
            return replace(column, default=None, has_default=False)
        text = None
        if kind == "num":
            text = value["v"]
        elif kind == "str":
            text = "'" + value["v"].replace("'", "''") + "'"
        elif kind == "bool":
            text = str(value["v"]).lower() if self.dialect.family == "postgres" else str(int(value["v"]))
        elif kind == "call":
            text = self._called(found)
        if kind in {"num", "bool"} and self.dialect.family == "sqlite":
            text = f"'{text}'"  # as Knex writes it everywhere, and SQLite alone keeps it
        return replace(column, default=None if text is None else Expr(text.lower(), text), has_default=True)

    def _called(self, call: Here) -> str | None:
        callee = call.value["f"]
        if callee.get("p") == "now":
            return "CURRENT_TIMESTAMP"
        if callee.get("p") == "raw" and call.arguments():
            return self.evaluator.text(call.arguments()[0])
        return None

    def _enum(
        self, text: str, span: Span, arguments: list[Here], options: dict[str, Here]
    ) -> tuple[str | None, tuple[Check, ...]]:
        if self._arguments.flag(options, "useNative") is True and self.dialect.family == "postgres":
            raise Unread("an enum type of its own")
        values = self._arguments.texts(arguments[1]) if len(arguments) > 1 else []
        if not values:
            raise Unread("the values of an enum are computed")
        quoted = ", ".join("'" + value.replace("'", "''") + "'" for value, _ in values)
        if self.dialect.family == "mysql":
            return f"enum({quoted})", ()
        name = self.dialect.identifier(text, quoted=True)
        raw = f"{self.dialect.quote(text)} in ({quoted})"
        return "text", (Check(None, Expr(raw.lower(), raw), span, ((name, span),)),)

    def _timestamps(self, call: Here, guard: Guard | None) -> None:
        """`created_at` and `updated_at`."""
        arguments = call.arguments()
        options = self._arguments.options(arguments[0]) if arguments else {}
        if options:
            flags = [self._arguments.flag(options, key) for key in ("useTimestamps", "defaultToNow", "useCamelCase")]
        else:
            flags = [self._arguments.literal(argument) for argument in arguments]
        use, now, camel = (*(flag is True for flag in flags), False, False, False)[:3]
        type = written("timestamp" if use else "datetime", self.dialect.family, (), {})
        for text in ("createdAt", "updatedAt") if camel else ("created_at", "updated_at"):
            default = Expr("current_timestamp", "CURRENT_TIMESTAMP") if now else None
            column = Column(
                self.dialect.identifier(text, quoted=True),
                call.span,
                type=self.dialect.column_type(type or ""),
                type_span=call.span,
                nullable=not now,
                default=default,
                has_default=now,
                identity=False,
            )
            self._columns.append((column, (), False, False, guard))

    # Dropping and renaming

    def _drop_columns(self, call: Here, arguments: list[Here]) -> None:
        for text, span in self._arguments.names(arguments):
            name = self.dialect.identifier(text, quoted=True)
            self._later.append(DropColumn(span, self.statement, self.table, name))

    def _drop_timestamps(self, call: Here, arguments: list[Here]) -> None:
        options = self._arguments.options(arguments[0]) if arguments else {}
        camel = (
            self._arguments.flag(options, "useCamelCase")
            if options
            else self._arguments.literal(arguments[0])
            if arguments
            else None
        )
        for text in ("createdAt", "updatedAt") if camel is True else ("created_at", "updated_at"):
            name = self.dialect.identifier(text, quoted=True)
            self._later.append(DropColumn(call.span, self.statement, self.table, name))

    def _rename_column(self, call: Here, arguments: list[Here]) -> None:
        (old, place), (new, new_place) = self._arguments.names(arguments[:2])
        names = self._arguments.identifiers([(old, place), (new, new_place)])
        self._later.append(RenameColumn(place, self.statement, self.table, names[0], names[1], new_place))

    def _set_null(self, call: Here, arguments: list[Here]) -> None:
        nullable = call.value["f"]["p"] == "setNullable"
        for text, span in self._arguments.names(arguments[:1]):
            name = self.dialect.identifier(text, quoted=True)
            self._later.append(AlterColumn(span, self.statement, self.table, name, nullable=nullable))


_DROPS = {
    "dropColumn": "_drop_columns",
    "dropColumns": "_drop_columns",
    "dropTimestamps": "_drop_timestamps",
    "renameColumn": "_rename_column",
    "setNullable": "_set_null",
    "dropNullable": "_set_null",
}


def _of_key(column: Column, key: PrimaryKey) -> Column:
    rowid = key.columns == (column.name,) and column.type is not None and column.type.name.upper() == "INTEGER"
    return replace(column, nullable=False, identity=True) if rowid else column
