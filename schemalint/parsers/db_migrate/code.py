"""Migrations of db-migrate in JavaScript: calls on `db` → the facts of the SQL that the drivers for PostgreSQL and MySQL send.

What is called afterwards is followed: callbacks, promises, and lists of functions that the library `async` goes through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import basename
from typing import Any

from schemalint import histories
from schemalint.dialects import Dialect, dialect
from schemalint.jssource.around import Around, Step
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.files import Files
from schemalint.jssource.here import Here
from schemalint.jssource.history import Receivers, Unread, decider, inside, left_out, sql, tool, ways
from schemalint.jssource.literals import Literals
from schemalint.jssource.running import Runner
from schemalint.jssource.values import Value
from schemalint.model.facts import CreateTable, Fact, Opaque
from schemalint.model.source import Script
from schemalint.model.span import Span
from schemalint.parsers import Project
from schemalint.parsers.db_migrate.writing import CONSTANTS, QUIET, Driver, Sql
from schemalint.sql import read_literal

FAMILIES = frozenset({"postgres", "mysql"})
_SERIES = frozenset({"series", "waterfall", "parallel", "eachSeries", "mapSeries"})
_NO_ERROR = {"t": "bool", "v": False, "s": 0, "e": 0}
_RAW = frozenset({"String"})


class Reader:
    """Reads the files of one history."""

    def __init__(self, extracts: Mapping[str, Mapping[str, Any]], project: Project, server: Dialect) -> None:
        self.project = project
        self.server = server
        self.evaluator = Evaluator(Files(extracts, project.tree))
        self.driver = Driver(server.family, Literals(self.evaluator, _RAW, CONSTANTS))
        self.receivers = Receivers(self.evaluator, {})
        self.runner = Runner(self.evaluator, decider(self.evaluator, server.name), self._is_step, tool("db"))

    def script(self, path: str) -> Script | None:
        """What a file does, None where it exports no way up."""
        up, down = ways(self.evaluator, path)
        if up is None:
            return None
        forth = tuple(self._way(up))
        if self.evaluator.broken(path):
            at = histories.first_line(path, self.project)
            forth = (left_out(at, "its syntax is not understood in every place"), *forth)
        back = None if down is None else tuple(self._way(down))
        back = None if forth and not back else back
        whole = histories.transactional(self.server.name)
        label = basename(path).removesuffix(".js")
        return Script(path, label, forth, back, None if back is None else path, whole, whole)

    def _is_step(self, call: Here) -> bool:
        return self.receivers.called(call) is not None or self._is_series(call)

    def _is_series(self, call: Here) -> bool:
        callee, arguments = call.value["f"], call.arguments()
        named = callee.get("t") == "mem" and callee["p"] in _SERIES
        return named and bool(arguments) and self.evaluator.follow(arguments[0]).kind == "arr"

    def _way(self, function: Here) -> Iterator[Fact]:
        given = [function.at(tool("db")), function.at(tool("callback"))]
        for step in self.runner.run(function, given):
            yield from self._taken(step)

    def _taken(self, step: Step | Span) -> Iterator[Fact]:
        if isinstance(step, Span):
            yield left_out(step, "a part of the migration that is not followed")
            return
        call, around = step.call, step.around
        if self._is_series(call):
            yield from self._series(call, around)
            return
        called = self.receivers.called(call)
        if called is not None and called[0] == "db":
            yield from inside(self._operation(called[1], call), around.guard)
            yield from self._afterwards(call, around)
        elif called is None and self._hands_over(call):
            yield left_out(call.span, "a function from elsewhere is given the database")
        elif called is None and _is_computed(call.value["f"]):
            yield left_out(call.span, "a step that is computed")

    def _hands_over(self, call: Here) -> bool:
        return any(self.receivers.of(argument) == "db" for argument in call.arguments())

    def _afterwards(self, call: Here, around: Around) -> Iterator[Fact]:
        """A function that stands last among the arguments is called when it is done, without an error."""
        arguments = call.arguments()
        function = self.evaluator.follow(arguments[-1]) if arguments else None
        if function is not None and function.kind == "fn":
            for step in self.runner.body(function, [call.at(_NO_ERROR)], Around(level=around.level)):
                yield from self._taken(step)

    def _series(self, call: Here, around: Around) -> Iterator[Fact]:
        """`async.series([db.createTable.bind(db, …), function (done) { … }], callback)`."""
        arguments = call.arguments()
        for item in self.evaluator.follow(arguments[0]).arguments():
            bound = self._bound(item) or self._bound(self.evaluator.follow(item))
            if bound is not None:
                yield from self._taken(Step(bound, around))
            elif (function := self._function(item)).kind == "fn":
                for step in self.runner.body(function, [item.at(tool("callback"))], around):
                    yield from self._taken(step)
            else:
                yield left_out(item.span, "a step that is computed")
        yield from self._afterwards(call, around)

    def _function(self, item: Here) -> Here:
        """A function that is a step of a list, perhaps bound to what it calls `this`."""
        callee = item.value.get("f", {})
        if item.kind == "call" and callee.get("p") == "bind" and len(item.value["a"]) == 1:
            return self.evaluator.follow(item.at(callee["o"]))
        return self.evaluator.follow(item)

    def _bound(self, item: Here) -> Here | None:
        """`db.addColumn.bind(db, 'a', 'b', 'int')` as the call that it becomes."""
        callee = item.value.get("f", {})
        if item.kind != "call" or callee.get("t") != "mem" or callee["p"] != "bind" or callee["o"].get("t") != "mem":
            return None
        return item.at({**item.value, "f": callee["o"], "a": item.value["a"][1:]})

    def _operation(self, name: str, call: Here) -> Iterator[Fact]:
        arguments = call.arguments()
        if name in QUIET:
            return
        if name == "runSql":
            if arguments:
                yield from sql(self.evaluator, self.project.tree, arguments[0], self.server.name, call.span)
            return
        try:
            for made in list(self.driver.write(name, call)):
                yield from self._facts(made, call)
        except Unread as unread:
            told = self.evaluator.text(arguments[0]) if arguments else None
            touches = None if told is None else (self.server.table_name(told, True),)
            yield replace(unread.fact(call), touches=touches)

    def _facts(self, made: Sql, call: Here) -> Iterator[Fact]:
        file = self.project.tree.file(call.path)
        if file is None:
            return
        for fact in read_literal(file, made.span.start, made.text, self.server.name, made.span).facts:
            if isinstance(fact, CreateTable):
                placed = (replace(one, span=made.columns.get(one.name.text, one.span)) for one in fact.columns)
                fact = replace(fact, columns=tuple(placed))
            yield fact
        for span in made.lost:
            touched = dialect(self.server.name).table_name(made.table[1:-1], True)
            yield Opaque(span, call.span, "a column that is computed", (touched,))


def _is_computed(callee: Value) -> bool:
    """Whether what is called is an item of something: `steps[0](…)`, `steps[at](…)`."""
    return bool(callee["t"] == "sub" or (callee["t"] == "mem" and callee["p"].isdigit()))
