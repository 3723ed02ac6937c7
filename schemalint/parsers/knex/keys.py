"""Keys and indexes of Knex's table builder as facts: on a column, on the table, and what drops them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from schemalint.dialects import NameKind
from schemalint.jssource.here import Here
from schemalint.jssource.history import Unread
from schemalint.model.facts import AddConstraint, CreateIndex, DropConstraint, DropIndex, Fact
from schemalint.model.names import TableName
from schemalint.model.schema import ForeignKey, Index, IndexPart, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.parsers.knex.arguments import Arguments

MODIFIERS = (
    {"notNullable", "notNull", "nullable", "defaultTo", "unsigned", "comment", "primary", "unique", "index"}
    | {"references", "inTable", "on", "onDelete", "onUpdate", "withKeyName", "alter", "first", "after", "collate"}
    | {"deferrable"}
)
"""What may follow a column in its chain."""


@dataclass(slots=True)
class Reference:
    """`references(…).inTable(…)` while its chain is read."""

    columns: list[tuple[str, Span]]
    name: str | None
    span: Span
    others: list[tuple[str, Span]] = field(default_factory=list)
    table: tuple[TableName, Span] | None = None
    on_delete: str | None = None
    on_update: str | None = None


class Keys:
    """Makes the keys of one table. Raises Unread where arguments are not known."""

    def __init__(self, arguments: Arguments, place: Span, statement: Span) -> None:
        self._arguments, self.place, self.statement = arguments, place, statement
        self.evaluator, self.dialect, self.table = arguments.evaluator, arguments.dialect, arguments.table

    def key(self, kind: str, columns: list[tuple[str, Span]], rest: list[Here], call: Here) -> Iterator[Fact]:
        """unique, index and primary, on a column or on the table."""
        options = self._arguments.options(rest[0]) if rest else {}
        given = options.get("indexName") or options.get("constraintName")
        if rest and not options and self.evaluator.follow(rest[0]).kind not in {"undef", "null"}:
            given = rest[0]
        told = None if given is None else self.evaluator.text(given)
        if given is not None and told is None:
            raise Unread("a key's name is computed")
        names = self._arguments.identifiers(columns)
        place = given.span if given is not None else call.at(call.value["f"]).span
        if kind == "primary":
            text = told or f"{self.table.name.text}_pkey"
            name = self._arguments.named(text, NameKind.CONSTRAINT) if self.dialect.family == "postgres" else None
            yield AddConstraint(place, self.statement, self.table, PrimaryKey(name, names, place))
            return
        text = told or self._arguments.inferred(kind, columns)
        partial = "predicate" in options or any(
            self.evaluator.follow(one).kind == "obj" and "predicate" in self._arguments.options(one) for one in rest
        )
        if partial:
            raise Unread("the index's predicate is computed")
        constraint = (
            self.dialect.family in {"postgres", "generic"}
            and self._arguments.flag(options, "useConstraint") is not False
        )
        if kind == "unique" and constraint:
            key = UniqueConstraint(
                self._arguments.named(text, NameKind.CONSTRAINT), names, place, tuple(s for _, s in columns)
            )
            yield AddConstraint(place, self.statement, self.table, key)
            return
        parts = tuple(IndexPart(span, name) for name, (_, span) in zip(names, columns, strict=True))
        index = Index(
            self._arguments.named(text, NameKind.INDEX),
            parts,
            place,
            unique=kind == "unique",
            method=self._method(rest),
        )
        yield CreateIndex(place, self.statement, self.table, self.place, index)

    def _method(self, rest: list[Here]) -> str | None:
        """`index(columns, name, 'GIN')`: in PostgreSQL the method, elsewhere a kind of index."""
        if len(rest) < 2:
            return None
        told = self.evaluator.text(rest[1])
        return None if told is None or told.lower() == "btree" else told.lower()

    def foreign(self, calls: list[Here]) -> Iterator[Fact]:
        """`table.foreign(columns).references(…).inTable(…)`."""
        arguments = calls[0].arguments()
        columns = self._arguments.names(arguments[:1])
        name = self.evaluator.text(arguments[1]) if len(arguments) > 1 else None
        reference = Reference(columns, name, columns[0][1])
        for call in calls[1:]:
            reference = self.referring(reference, str(call.value["f"].get("p")), call)
        yield from self.refer(reference)

    def referring(self, reference: Reference, name: str, call: Here) -> Reference:
        """Takes one call of a chain into a reference."""
        arguments = call.arguments()
        if name == "references" and arguments:
            reference.others = self._arguments.names(arguments[:1])
            if len(reference.others) == 1 and "." in reference.others[0][0]:
                ((text, span),) = reference.others
                *table, column = text.split(".")
                reference.others = [(column, span)]
                reference.table = self._other(".".join(table), span)
        elif name in {"inTable", "on"} and arguments:
            ((text, span),) = self._arguments.texts(arguments[0])[:1]
            reference.table = self._other(text, span)
        elif name in {"onDelete", "onUpdate"} and arguments:
            action = self.evaluator.text(arguments[0])
            if name == "onDelete":
                reference.on_delete = None if action is None else action.upper()
            else:
                reference.on_update = None if action is None else action.upper()
        elif name == "withKeyName" and arguments:
            reference.name = self.evaluator.text(arguments[0])
        elif name not in MODIFIERS:
            raise Unread(f"{name} is not read")
        return reference

    def _other(self, text: str, span: Span) -> tuple[TableName, Span]:
        schema, _, table = text.rpartition(".")
        return self.dialect.table_name(table, quoted=True, schema=schema or None, schema_quoted=True), span

    def refer(self, reference: Reference) -> Iterator[Fact]:
        """The key of a reference that is read."""
        if reference.table is None:
            raise Unread("the table that a key points at is not said")
        table, span = reference.table
        text = reference.name or self._arguments.inferred("foreign", reference.columns)
        nameless = self.dialect.family == "sqlite" and reference.name is None
        key = ForeignKey(
            None if nameless else self._arguments.named(text, NameKind.CONSTRAINT),
            self._arguments.identifiers(reference.columns),
            table,
            self._arguments.identifiers(reference.others),
            reference.span,
            span,
            reference.on_delete,
            reference.on_update,
        )
        yield AddConstraint(reference.span, self.statement, self.table, key)

    def drop_key(self, call: Here, arguments: list[Here]) -> Iterator[Fact]:
        """dropUnique, dropIndex, dropForeign: by the name given, else by the one that Knex makes."""
        kind = {"dropUnique": "unique", "dropIndex": "index", "dropForeign": "foreign"}[call.value["f"]["p"]]
        given = self.evaluator.text(arguments[1]) if len(arguments) > 1 else None
        if len(arguments) > 1 and given is None and self.evaluator.follow(arguments[1]).kind not in {"undef", "null"}:
            raise Unread("a key's name is computed")
        columns = self._arguments.names(arguments[:1]) if given is None else []
        text = given or self._arguments.inferred(kind, columns)
        place = arguments[-1].span if given is not None else columns[0][1]
        if kind == "foreign" or (kind == "unique" and self.dialect.family in {"postgres", "generic"}):
            name = self._arguments.named(text, NameKind.CONSTRAINT)
            what = "foreign key" if kind == "foreign" else "unique"
            sqlite = self.dialect.family == "sqlite"  # it writes the table anew without a key of that name
            if sqlite and given is None:
                raise Unread("SQLite's table is made anew")
            yield DropConstraint(place, self.statement, self.table, name, what, if_exists=sqlite)
            return
        schema = self.table.schema if self.dialect.family == "postgres" else None
        index = TableName(schema, self._arguments.named(text, NameKind.INDEX))
        table = self.table if self.dialect.family in {"mysql", "tsql", "generic"} else None
        yield DropIndex(place, self.statement, index, table)

    def drop_primary(self, call: Here, arguments: list[Here]) -> Iterator[Fact]:
        """dropPrimary, by the name given, else by the one that PostgreSQL makes."""
        if self.dialect.family == "mysql":
            yield DropConstraint(call.span, self.statement, self.table, None, "primary key")
            return
        if self.dialect.family != "postgres":
            raise Unread("SQLite's table is made anew")
        text = self.evaluator.text(arguments[0]) if arguments else f"{self.table.name.text}_pkey"
        if text is None:
            raise Unread("a key's name is computed")
        name = self._arguments.named(text, NameKind.CONSTRAINT)
        yield DropConstraint(call.span, self.statement, self.table, name, "primary key")
