"""Indexes and constraints of Sequelize's queryInterface as facts, with the names that it makes up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from schemalint.dialects import Dialect, NameKind
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Entry, Here
from schemalint.jssource.history import Unread
from schemalint.jssource.inflection import underscore
from schemalint.jssource.operation import Operation
from schemalint.model.facts import AddConstraint, CreateIndex, DropConstraint, DropIndex, Fact
from schemalint.model.names import Name, TableName
from schemalint.model.objects import RemakeTable
from schemalint.model.schema import Check, Expr, ForeignKey, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.parsers.sequelize.arguments import Arguments
from schemalint.parsers.sequelize.indexes import IndexReader
from schemalint.parsers.sequelize.models import literal


class Keys:
    """Makes facts of addIndex, removeIndex, addConstraint and removeConstraint. Raises Unread where arguments are not known."""

    def __init__(self, evaluator: Evaluator, dialect: Dialect, arguments: Arguments) -> None:
        self.evaluator, self.dialect, self._arguments = evaluator, dialect, arguments
        self._written: set[Name | None] = set()  # what addConstraint called the constraints of this history

    def add_index(self, op: Operation) -> Iterator[Fact]:
        """`addIndex(table, columns, options)` or `addIndex(table, {fields, …})`."""
        second = op.argument(1)
        found = None if second is None else self.evaluator.follow(second)
        if found is None:
            raise Unread("the index's columns are not given", op.table)
        if found.kind in {"arr", "str"}:
            array: Here | None = (
                found if found.kind == "arr" else found.at({**found.value, "t": "arr", "a": [found.value]})
            )
            options = self._arguments.options(op, op.argument(2))
        else:
            options = self._arguments.options(op, second)
            array = None if "fields" not in options else self.evaluator.follow(options["fields"].value)
        if array is None or array.kind != "arr":
            raise Unread("the index's columns are computed", op.table)
        unread: list[Span] = []
        reader = IndexReader(self.evaluator, self.dialect, op.text, unread, self._arguments.major)
        index = reader.index(op.call, options, array)
        if index is None or unread:
            raise Unread("a part of the index is computed", op.table)
        concurrently = (
            "concurrently" in options
            and self.dialect.family == "postgres"
            and literal(self.evaluator, options["concurrently"].value) is True
        )
        yield CreateIndex(index.span, op.call.span, op.table, op.place, index, concurrently=concurrently)

    def remove_index(self, op: Operation) -> Iterator[Fact]:
        """`removeIndex(table, name)` or by its columns."""
        second = op.argument(1)
        if second is None:
            raise Unread("the index's name is not given", op.table)
        text = self.evaluator.text(second)
        place = second.span
        if text is None:
            found = self.evaluator.follow(second)
            if found.kind == "obj":
                entries, unread = self.evaluator.entries(found)
                named = entries.get("name")
                text = None if named is None or unread else self.evaluator.text(named.value)
                found = found if "fields" not in entries else self.evaluator.follow(entries["fields"].value)
            if text is None:
                columns = self._arguments.columns(found) if found.kind == "arr" else None
                if columns is None:
                    raise Unread("the index's name is computed", op.table)
                text = underscore(f"{op.text}_{'_'.join(str(name) for name, _ in columns)}")
        lenient = self.dialect.family not in {"mysql", "tsql"}
        table = op.table if self.dialect.family in {"mysql", "tsql", "generic"} else None
        schema = op.table.schema if self.dialect.family == "postgres" else None
        name = TableName(schema, self.dialect.identifier(text, quoted=True, kind=NameKind.INDEX))
        yield DropIndex(place, op.call.span, name, table, if_exists=lenient)

    def add_constraint(self, op: Operation) -> Iterator[Fact]:
        """`addConstraint(table, {fields, type, …})`."""
        second = op.argument(1)
        found = None if second is None else self.evaluator.follow(second)
        if second is None or found is None:
            raise Unread("the constraint is not given", op.table)
        if found.kind in {"arr", "str"}:  # Sequelize 5 also takes the columns first
            options, fields = self._arguments.options(op, op.argument(2)), found
        else:
            options = self._arguments.options(op, second)
            fields = found if "fields" not in options else options["fields"].value
        kind = self.evaluator.text(options["type"].value) if "type" in options else None
        columns = self._arguments.columns(fields)
        if kind is None or columns is None:
            raise Unread("the constraint is computed", op.table)
        name = None
        place = op.call.at(op.call.value["f"]).span
        if "name" in options:
            name = self.evaluator.text(options["name"].value)
            place = options["name"].value.span
            if name is None:
                raise Unread("the constraint's name is computed", op.table)
        made = self._constraint(op, kind.lower(), name, columns, options, place)
        if self._arguments.remakes:
            self._written.add(made.name)
            yield self._arguments.remake(op, RemakeTable(place, op.call.span, op.table, None), 2)
            yield AddConstraint(place, op.call.span, op.table, made)
            return
        yield from self._arguments.rebuilt(op, AddConstraint(place, op.call.span, op.table, made))

    def _constraint(
        self,
        op: Operation,
        kind: str,
        name: str | None,
        columns: list[tuple[Name, Span]],
        options: dict[str, Entry],
        place: Span,
    ) -> PrimaryKey | UniqueConstraint | ForeignKey | Check:
        names, spans = tuple(name for name, _ in columns), tuple(span for _, span in columns)
        inferred = f"{op.text}_{'_'.join(map(str, names))}"

        def called(ending: str) -> Name:
            return self.dialect.identifier(name or f"{inferred}_{ending}", quoted=True, kind=NameKind.CONSTRAINT)

        if kind == "unique":
            return UniqueConstraint(called("uk"), names, place, spans)
        if kind == "primary key":
            return PrimaryKey(None if self.dialect.family == "mysql" else called("pk"), names, place)
        if kind == "check":
            return Check(called("ck"), Expr(f"{op.call.path}:{op.call.value['s']}", "…"), place)
        if kind != "foreign key" or "references" not in options:
            raise Unread(f"a constraint of type {kind}", op.table)
        return self._foreign_key(op, called, names, options, place)

    def _foreign_key(
        self,
        op: Operation,
        called: Callable[[str], Name],
        names: tuple[Name, ...],
        options: dict[str, Entry],
        place: Span,
    ) -> ForeignKey:
        references, unread = self.evaluator.entries(options["references"].value)
        if "table" not in references or unread:
            raise Unread("the other table is computed", op.table)
        try:
            text, schema, target = self._arguments.table(references["table"].value)
        except Unread as inner:
            raise Unread("the other table is computed", op.table) from inner
        entry = references.get("fields") or references.get("field")
        others = None if entry is None else self._arguments.columns(entry.value)
        if others is None:
            raise Unread("the other table's columns are computed", op.table)

        def action(key: str) -> str | None:
            said = self.evaluator.text(options[key].value) if key in options else None
            return None if said is None else said.upper()

        return ForeignKey(
            called(f"{text}_fk"),
            names,
            self._arguments.named(text, schema if schema is not None else op.schema),
            tuple(name for name, _ in others),
            place,
            target,
            action("onDelete"),
            action("onUpdate"),
        )

    def remove_constraint(self, op: Operation) -> Iterator[Fact]:
        """`removeConstraint(table, name)`."""
        text, place = self._arguments.text(op, 1, "the constraint's name")
        name = self.dialect.identifier(text, quoted=True, kind=NameKind.CONSTRAINT)
        if self._arguments.remakes:
            written = name in self._written
            fact = RemakeTable(place, op.call.span, op.table, None, constraint=name, written=written)
            yield self._arguments.remake(op, fact, 2)
            return
        yield from self._arguments.rebuilt(op, DropConstraint(place, op.call.span, op.table, name))
