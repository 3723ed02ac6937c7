"""Migrations of node-pg-migrate in JavaScript and TypeScript: calls on `pgm` → the facts of the SQL that the tool sends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from schemalint import histories
from schemalint.dialects import NameKind, dialect
from schemalint.jssource.around import Step
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.files import Files
from schemalint.jssource.here import Here
from schemalint.jssource.history import Receivers, Unread, decider, inside, left_out, sql, tool, ways
from schemalint.jssource.literals import Literals, Plain
from schemalint.jssource.running import Runner
from schemalint.model.facts import AddColumn, AddConstraint, CreateTable, Fact, Opaque
from schemalint.model.names import TableName
from schemalint.model.schema import Check
from schemalint.model.source import Script
from schemalint.model.span import Span
from schemalint.parsers import Project
from schemalint.parsers.node_pg_migrate.operations import ALIASES, FINAL, QUIET, WRITES, Operation, Sql
from schemalint.parsers.node_pg_migrate.writing import Style
from schemalint.sql import read_literal

_MEMBERS = {("pgm", "db"): "db"}
_RAW = frozenset({"func", "create", "PgLiteral"})
_POSTGRES = "postgres"


class Reader:
    """Reads the files of one history, in its order: shorthands of one are known to those behind it."""

    def __init__(self, extracts: Mapping[str, Mapping[str, Any]], project: Project, decamelize: bool) -> None:
        self.project = project
        self.evaluator = Evaluator(Files(extracts, project.tree))
        self.literals = Literals(self.evaluator, _RAW)
        self.receivers = Receivers(self.evaluator, _MEMBERS)
        self.runner = Runner(self.evaluator, decider(self.evaluator, _POSTGRES), self._is_step, tool("pgm"))
        self.style = Style(decamelize)

    def script(self, path: str, label: str) -> Script | None:
        """What a file does, None where it exports no way up."""
        up, down = ways(self.evaluator, path)
        if up is None:
            return None
        self._shorten(path)
        parted = list(self._way(up, False))
        forth = [fact for facts, _ in parted for fact in facts]
        if self.evaluator.broken(path):
            at = histories.first_line(path, self.project)
            forth.insert(0, left_out(at, "its syntax is not understood in every place"))
        back = self._back(path, up, down)
        wrapped = not any(name == "noTransaction" for _, name in parted)
        whole = histories.transactional(_POSTGRES, wrapped)
        return Script(path, label, tuple(forth), back, None if back is None else path, whole, whole)

    def _back(self, path: str, up: Here, down: Here | None) -> tuple[Fact, ...] | None:
        """The way back: the file's own, or where it says nothing of one the tool's, which goes up backwards."""
        if down is not None:
            return tuple(fact for facts, _ in self._way(down, False) for fact in facts) or None
        told = self.evaluator.exported(path, "down")
        if told is not None and told.kind != "undef":
            return None
        parted = list(self._way(up, True))
        if any(name is None for _, name in parted):
            return None
        return tuple(fact for facts, _ in reversed(parted) for fact in facts)

    def _shorten(self, path: str) -> None:
        told = self.evaluator.exported(path, "shorthands")
        if told is None or told.kind in {"undef", "null"}:
            return
        try:
            more: Plain = self.literals.plain(told)
        except Unread:
            return
        if isinstance(more, dict):
            self.style = replace(self.style, shorthands={**self.style.shorthands, **more})

    def _is_step(self, call: Here) -> bool:
        return self.receivers.called(call) is not None

    def _way(self, function: Here, back: bool) -> Iterator[tuple[list[Fact], str | None]]:
        """The facts of each call, in order, with what was called; `back`: of what the tool does to take it back, None for what
        was called where it cannot."""
        for step in self.runner.run(function, [function.at(tool("pgm"))]):
            if isinstance(step, Span):
                yield [left_out(step, "a part of the migration that is not followed")], None
                continue
            called = self.receivers.called(step.call)
            if called is None:
                if self.receivers.handed(step.call):
                    yield [left_out(step.call.span, "a function from elsewhere is given the database")], None
                continue
            facts, name = self._step(step, *called, back)
            yield list(inside(facts, step.around.guard)), name

    def _step(self, step: Step, owner: str, name: str, back: bool) -> tuple[list[Fact], str | None]:
        call = step.call
        name = ALIASES.get(name, name)
        arguments = call.arguments()
        if owner == "db" or name == "sql":
            if not arguments or back:
                return [], None
            if name == "sql" and len(arguments) > 1:
                return [left_out(call.span, "SQL with names that are put in")], name
            return list(sql(self.evaluator, self.project.tree, arguments[0], _POSTGRES, call.span)), name
        if name in QUIET:
            return [], None if back and name.startswith(FINAL) else name
        forth, reverse = WRITES.get(name, (None, None))
        write = reverse if back else forth
        if write is None:
            return ([], None) if back else ([left_out(call.span, f"{name} is not read")], name)
        operation = Operation(name, call, self.literals, self.style)
        try:
            return [fact for made in list(write(operation)) for fact in self._facts(made, call)], name
        except Unread as unread:
            return [replace(unread.fact(call), touches=self._touched(operation))], None if back else name

    def _touched(self, operation: Operation) -> tuple[TableName, ...] | None:
        try:
            return (_named(operation.literal(0)),)
        except Unread:
            return None

    def _facts(self, made: Sql, call: Here) -> Iterator[Fact]:
        file = self.project.tree.file(call.path)
        if file is None:
            return
        checks: list[Fact] = []
        for fact in read_literal(file, made.span.start, made.text, _POSTGRES, made.span).facts:
            if isinstance(fact, CreateTable):
                placed = (replace(one, span=made.columns.get(one.name.text, one.span)) for one in fact.columns)
                fact = replace(fact, columns=tuple(placed))
            elif isinstance(fact, AddColumn):
                span = made.columns.get(fact.column.name.text, fact.span)
                checks += (_check(fact, check) for check in fact.checks)
                fact = replace(fact, span=span, column=replace(fact.column, span=span), checks=())
            yield fact
        yield from checks  # PostgreSQL adds all columns of a statement before it looks at their checks
        for span in made.lost:
            yield Opaque(span, call.span, "a column that is computed", (_named(made.table),))


def _check(fact: AddColumn, check: Check) -> AddConstraint:
    """A column's check as one of the table, under the name that it gets as the column's."""
    server = dialect(_POSTGRES)
    name = server.check_name(fact.table.name.text, (fact.column.name.text,), lambda _: False)
    named = check.name or (None if name is None else server.identifier(name, True, NameKind.CONSTRAINT))
    return AddConstraint(fact.span, fact.statement, fact.table, replace(check, name=named))


def _named(literal: str) -> TableName:
    """A name that stands in quotes, perhaps behind its schema."""
    parts = [part.strip('"') for part in literal.split('"."')]
    schema = parts[0] if len(parts) > 1 else None
    return dialect(_POSTGRES).table_name(parts[-1], True, schema, True)
