"""What is done inside `createTable('t', (table) => …)` and `alterTable`: chains of calls on the table builder → facts.

Knex writes the columns first, then everything else in the order of the calls. Names it makes itself are
`<table>_<columns>_<kind>` in lower case, PostgreSQL's primary keys `<table>_pkey`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from schemalint.dialects import Dialect, NameKind
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.jssource.history import Unread, guarded
from schemalint.model.clauses import Guard
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropIndex,
    Fact,
    Opaque,
    RenameColumn,
)
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Check, Column, Expr, ForeignKey, Index, IndexPart, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.parsers.knex.types import COUNTED, METHODS, Argument, written

_SILENT = {"comment", "engine", "charset", "collate", "queryContext", "collation"}
_MODIFIERS = (
    {"notNullable", "notNull", "nullable", "defaultTo", "unsigned", "comment", "primary", "unique", "index"}
    | {"references", "inTable", "on", "onDelete", "onUpdate", "withKeyName", "alter", "first", "after", "collate"}
    | {"deferrable"}
)


@dataclass(slots=True)
class _Reference:
    """`references(…).inTable(…)` while its chain is read."""

    columns: list[tuple[str, Span]]
    name: str | None
    span: Span
    others: list[tuple[str, Span]] = field(default_factory=list)
    table: tuple[TableName, Span] | None = None
    on_delete: str | None = None
    on_update: str | None = None


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
            yield CreateTable(
                self.place,
                self.statement,
                self.table,
                tuple(column for column, _, _ in plain),
                PrimaryKey(None, (keyed[0].name,), keyed[0].span) if keyed else None,
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
        yield from self._later
        yield from self._unread

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
            self._foreign(calls)
        elif method in {"unique", "index", "primary"}:
            self._key(method, self._names(arguments[:1]), arguments[1:], calls[0])
        elif method in _DROPS:
            getattr(self, _DROPS[method])(calls[0], arguments)
        elif method not in _SILENT:
            raise Unread(f"{method} is not read")

    # Arguments

    def _texts(self, here: Here) -> list[tuple[str, Span]]:
        found = self.evaluator.follow(here)
        items = found.arguments() if found.kind == "arr" else [here]
        texts = [(self.evaluator.text(item), item.span) for item in items]
        if not texts or any(text is None for text, _ in texts):
            raise Unread("a column's name is computed")
        return [(text, span) for text, span in texts if text is not None]

    def _names(self, arguments: list[Here]) -> list[tuple[str, Span]]:
        return [text for argument in arguments for text in self._texts(argument)]

    def _literal(self, here: Here) -> Argument:
        found = self.evaluator.follow(here)
        if found.kind in {"str", "num"}:
            return str(found.value["v"])
        if found.kind == "bool":
            return bool(found.value["v"])
        if found.kind in {"null", "undef", "obj", "arr"}:
            return None
        raise Unread("an argument is computed")

    def _options(self, here: Here | None) -> dict[str, Here]:
        if here is None or self.evaluator.follow(here).kind != "obj":
            return {}
        entries, unread = self.evaluator.entries(here)
        if unread:
            raise Unread("options are computed")
        return {key: entry.value for key, entry in entries.items()}

    def _flag(self, options: dict[str, Here], key: str) -> Argument:
        return self._literal(options[key]) if key in options else None

    # Columns

    def _column(self, method: str, calls: list[Here], guard: Guard | None) -> None:
        arguments = calls[0].arguments()
        counted = method in COUNTED
        if not arguments and counted:
            text, span = "id", calls[0].span
        elif arguments:
            ((text, span),) = self._texts(arguments[0])[:1]
        else:
            raise Unread("a column without a name")
        options = self._options(arguments[-1]) if len(arguments) > 1 else {}
        checks: tuple[Check, ...] = ()
        made = None
        if method in {"enu", "enum"}:
            made, checks = self._enum(text, span, arguments, options)
        else:
            literals = {key: self._flag(options, key) for key in ("precision", "useTz")}
            args = [self._literal(argument) for argument in arguments[1:]]
            told = written(method, self.dialect.family, args, {k: v for k, v in literals.items() if v is not None})
            made = told
        if counted and self._flag(options, "primaryKey") is False:
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
        reference: _Reference | None = None
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
                    self._key(name, names, call.arguments(), call)
            elif name in {"references", "inTable", "on", "onDelete", "onUpdate", "withKeyName"}:
                reference = self._referring(reference or _Reference(names, None, span), name, call)
            elif name in _MODIFIERS:
                column = self._modified(column, name, call)
            else:
                raise Unread(f"{name} is not read")
        if reference is not None:
            self._refer(reference)
        self._columns.append((column, checks, counted, alter, guard))

    def _modified(self, column: Column, name: str, call: Here) -> Column:
        arguments = call.arguments()
        if name in {"notNullable", "notNull"}:
            return replace(column, nullable=False)
        if name == "nullable":
            return replace(column, nullable=not arguments or self._literal(arguments[0]) is not False)
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
        if self._flag(options, "useNative") is True and self.dialect.family == "postgres":
            raise Unread("an enum type of its own")
        values = self._texts(arguments[1]) if len(arguments) > 1 else []
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
        options = self._options(arguments[0]) if arguments else {}
        if options:
            flags = [self._flag(options, key) for key in ("useTimestamps", "defaultToNow", "useCamelCase")]
        else:
            flags = [self._literal(argument) for argument in arguments]
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

    # Keys

    def _inferred(self, kind: str, columns: list[tuple[str, Span]]) -> str:
        table = self.table.name.text.replace(".", "_").replace("-", "_")
        return f"{table}_{'_'.join(text for text, _ in columns)}_{kind}".lower()

    def _identifiers(self, columns: list[tuple[str, Span]]) -> tuple[Name, ...]:
        return tuple(self.dialect.identifier(text, quoted=True) for text, _ in columns)

    def _named(self, text: str, kind: NameKind) -> Name:
        return self.dialect.identifier(text, quoted=True, kind=kind)

    def _key(self, kind: str, columns: list[tuple[str, Span]], rest: list[Here], call: Here) -> None:
        """unique, index and primary, on a column or on the table."""
        options = self._options(rest[0]) if rest else {}
        given = options.get("indexName") or options.get("constraintName")
        if rest and not options and self.evaluator.follow(rest[0]).kind not in {"undef", "null"}:
            given = rest[0]
        told = None if given is None else self.evaluator.text(given)
        if given is not None and told is None:
            raise Unread("a key's name is computed")
        names, place = self._identifiers(columns), given.span if given is not None else call.at(call.value["f"]).span
        if kind == "primary":
            text = told or f"{self.table.name.text}_pkey"
            name = self._named(text, NameKind.CONSTRAINT) if self.dialect.family == "postgres" else None
            self._later.append(AddConstraint(place, self.statement, self.table, PrimaryKey(name, names, place)))
            return
        text = told or self._inferred(kind, columns)
        partial = "predicate" in options or any(
            self.evaluator.follow(one).kind == "obj" and "predicate" in self._options(one) for one in rest
        )
        if partial:
            raise Unread("the index's predicate is computed")
        constraint = (
            self.dialect.family in {"postgres", "generic"} and self._flag(options, "useConstraint") is not False
        )
        if kind == "unique" and constraint:
            key = UniqueConstraint(self._named(text, NameKind.CONSTRAINT), names, place, tuple(s for _, s in columns))
            self._later.append(AddConstraint(place, self.statement, self.table, key))
            return
        parts = tuple(IndexPart(span, name) for name, (_, span) in zip(names, columns, strict=True))
        index = Index(
            self._named(text, NameKind.INDEX), parts, place, unique=kind == "unique", method=self._method(rest)
        )
        self._later.append(CreateIndex(place, self.statement, self.table, self.place, index))

    def _method(self, rest: list[Here]) -> str | None:
        """`index(columns, name, 'GIN')`: in PostgreSQL the method, elsewhere a kind of index."""
        if len(rest) < 2:
            return None
        told = self.evaluator.text(rest[1])
        return None if told is None or told.lower() == "btree" else told.lower()

    def _foreign(self, calls: list[Here]) -> None:
        arguments = calls[0].arguments()
        columns = self._names(arguments[:1])
        name = self.evaluator.text(arguments[1]) if len(arguments) > 1 else None
        reference = _Reference(columns, name, columns[0][1])
        for call in calls[1:]:
            reference = self._referring(reference, str(call.value["f"].get("p")), call)
        self._refer(reference)

    def _referring(self, reference: _Reference, name: str, call: Here) -> _Reference:
        arguments = call.arguments()
        if name == "references" and arguments:
            reference.others = self._names(arguments[:1])
            if len(reference.others) == 1 and "." in reference.others[0][0]:
                ((text, span),) = reference.others
                *table, column = text.split(".")
                reference.others = [(column, span)]
                reference.table = self._other(".".join(table), span)
        elif name in {"inTable", "on"} and arguments:
            ((text, span),) = self._texts(arguments[0])[:1]
            reference.table = self._other(text, span)
        elif name in {"onDelete", "onUpdate"} and arguments:
            action = self.evaluator.text(arguments[0])
            if name == "onDelete":
                reference.on_delete = None if action is None else action.upper()
            else:
                reference.on_update = None if action is None else action.upper()
        elif name == "withKeyName" and arguments:
            reference.name = self.evaluator.text(arguments[0])
        elif name not in _MODIFIERS:
            raise Unread(f"{name} is not read")
        return reference

    def _other(self, text: str, span: Span) -> tuple[TableName, Span]:
        schema, _, table = text.rpartition(".")
        return self.dialect.table_name(table, quoted=True, schema=schema or None, schema_quoted=True), span

    def _refer(self, reference: _Reference) -> None:
        if reference.table is None:
            raise Unread("the table that a key points at is not said")
        table, span = reference.table
        text = reference.name or self._inferred("foreign", reference.columns)
        nameless = self.dialect.family == "sqlite" and reference.name is None
        key = ForeignKey(
            None if nameless else self._named(text, NameKind.CONSTRAINT),
            self._identifiers(reference.columns),
            table,
            self._identifiers(reference.others),
            reference.span,
            span,
            reference.on_delete,
            reference.on_update,
        )
        self._later.append(AddConstraint(reference.span, self.statement, self.table, key))

    # Dropping and renaming

    def _drop_columns(self, call: Here, arguments: list[Here]) -> None:
        for text, span in self._names(arguments):
            name = self.dialect.identifier(text, quoted=True)
            self._later.append(DropColumn(span, self.statement, self.table, name))

    def _drop_timestamps(self, call: Here, arguments: list[Here]) -> None:
        options = self._options(arguments[0]) if arguments else {}
        camel = self._flag(options, "useCamelCase") if options else self._literal(arguments[0]) if arguments else None
        for text in ("createdAt", "updatedAt") if camel is True else ("created_at", "updated_at"):
            name = self.dialect.identifier(text, quoted=True)
            self._later.append(DropColumn(call.span, self.statement, self.table, name))

    def _rename_column(self, call: Here, arguments: list[Here]) -> None:
        (old, place), (new, new_place) = self._names(arguments[:2])
        names = self._identifiers([(old, place), (new, new_place)])
        self._later.append(RenameColumn(place, self.statement, self.table, names[0], names[1], new_place))

    def _drop_key(self, call: Here, arguments: list[Here]) -> None:
        """dropUnique, dropIndex, dropForeign: by the name given, else by the one that Knex makes."""
        kind = {"dropUnique": "unique", "dropIndex": "index", "dropForeign": "foreign"}[call.value["f"]["p"]]
        given = self.evaluator.text(arguments[1]) if len(arguments) > 1 else None
        if len(arguments) > 1 and given is None and self.evaluator.follow(arguments[1]).kind not in {"undef", "null"}:
            raise Unread("a key's name is computed")
        columns = self._names(arguments[:1]) if given is None else []
        text = given or self._inferred(kind, columns)
        place = arguments[-1].span if given is not None else columns[0][1]
        if kind == "foreign" or (kind == "unique" and self.dialect.family in {"postgres", "generic"}):
            name = self._named(text, NameKind.CONSTRAINT)
            what = "foreign key" if kind == "foreign" else "unique"
            if self.dialect.family == "sqlite":
                raise Unread("SQLite's table is made anew")
            self._later.append(DropConstraint(place, self.statement, self.table, name, what))
            return
        schema = self.table.schema if self.dialect.family == "postgres" else None
        index = TableName(schema, self._named(text, NameKind.INDEX))
        table = self.table if self.dialect.family in {"mysql", "tsql", "generic"} else None
        self._later.append(DropIndex(place, self.statement, index, table))

    def _drop_primary(self, call: Here, arguments: list[Here]) -> None:
        if self.dialect.family == "mysql":
            self._later.append(DropConstraint(call.span, self.statement, self.table, None, "primary key"))
            return
        if self.dialect.family != "postgres":
            raise Unread("SQLite's table is made anew")
        text = self.evaluator.text(arguments[0]) if arguments else f"{self.table.name.text}_pkey"
        if text is None:
            raise Unread("a key's name is computed")
        name = self._named(text, NameKind.CONSTRAINT)
        self._later.append(DropConstraint(call.span, self.statement, self.table, name, "primary key"))

    def _set_null(self, call: Here, arguments: list[Here]) -> None:
        nullable = call.value["f"]["p"] == "setNullable"
        for text, span in self._names(arguments[:1]):
            name = self.dialect.identifier(text, quoted=True)
            self._later.append(AlterColumn(span, self.statement, self.table, name, nullable=nullable))


_DROPS = {
    "dropColumn": "_drop_columns",
    "dropColumns": "_drop_columns",
    "dropTimestamps": "_drop_timestamps",
    "renameColumn": "_rename_column",
    "dropUnique": "_drop_key",
    "dropIndex": "_drop_key",
    "dropForeign": "_drop_key",
    "dropPrimary": "_drop_primary",
    "setNullable": "_set_null",
    "dropNullable": "_set_null",
}
