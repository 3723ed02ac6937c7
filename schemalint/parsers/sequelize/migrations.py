"""Migrations of sequelize-cli and umzug: files that export `up(queryInterface, Sequelize)`, or take `{context}`, by name.

sequelize-cli 6 runs each file without a transaction of its own, in the order of the files' names (umzug 2).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from posixpath import basename, dirname, join
from typing import TYPE_CHECKING

from schemalint import histories
from schemalint.jssource.called import facts_of
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.files import CODE, Files
from schemalint.jssource.here import Here
from schemalint.jssource.history import (
    Receivers,
    decider,
    inside,
    left_out,
    tool,
    ways,
    with_what_was_there,
)
from schemalint.jssource.running import Runner
from schemalint.jssource.together import Together, unordered
from schemalint.loaded import absent
from schemalint.model.facts import Fact
from schemalint.model.objects import RemakeTable
from schemalint.model.source import Script, Source
from schemalint.model.span import Span
from schemalint.parsers import Extract, Project
from schemalint.parsers.sequelize.borrowed import Borrowed
from schemalint.parsers.sequelize.cli import Settings, settings
from schemalint.parsers.sequelize.operations import READS, Operations
from schemalint.parsers.sequelize.uniques import IgnoredUnique, ignored_uniques

if TYPE_CHECKING:
    from schemalint.parsers.sequelize.package import Package

TOOL = "sequelize-cli"
_CONFIGURES = (".json", ".js", ".cjs", ".mjs", ".ts", ".sequelizerc")
_UNCHECKED = re.compile(rb"\bforeignKeys[\"']?\s*+:\s*+(?!true\b)")
_WORDS = ("queryInterface", "QueryInterface", "query_interface")
_UP = re.compile(r"\bup\b")
_ASIDE = re.compile(r"(^|/)(seeders?|seeds?|node_modules|tests?|__tests__)/|\.d\.[cm]?ts$|\.(test|spec)\.[cm]?[jt]s$")
_MEMBERS = {
    ("context", "queryInterface"): "queryInterface",
    ("context", "sequelize"): "sequelize",
    ("context", "getQueryInterface()"): "queryInterface",
    ("context", "context"): "context",
    ("queryInterface", "sequelize"): "sequelize",
    ("queryInterface", "context"): "context",
    ("sequelize", "queryInterface"): "queryInterface",
    ("sequelize", "getQueryInterface()"): "queryInterface",
    ("sequelize", "sequelize"): "sequelize",
}
_QUIET = {"transaction", "commit", "rollback", "authenticate", "close", "getDialect", "literal", "fn", "col", "escape"}


def is_migration(path: str, content: str) -> bool:
    """Whether a source file looks like a migration: it speaks of a queryInterface and of a way up."""
    if not path.endswith(CODE) or _ASIDE.search(path) is not None:
        return False
    return any(word in content for word in _WORDS) and _UP.search(content) is not None


def histories_of(
    extracts: Mapping[str, Extract],
    project: Project,
    spoken: Mapping[str, tuple[str, str]],
    models_of: Callable[[str], Package],
) -> Iterator[Source]:
    """One source a folder of migrations. `spoken` is what the Sequelize of a package speaks, and where it says so; `models_of`
    gives the models of a package."""
    files = Files({path: each for path, each in extracts.items() if each.get("migration")}, project.tree)
    evaluator = Evaluator(files)
    folders: dict[str, list[str]] = {}
    tools: dict[str, Settings] = {}
    for path in list(files):
        unit = project.unit(path)
        if unit not in tools:
            tools[unit] = settings(extracts, unit)
        seeders = tools[unit].seeders
        if seeders is not None and path.startswith(f"{seeders}/"):
            continue
        if ways(evaluator, path)[0] is not None:
            folders.setdefault(dirname(path), []).append(path)
    for folder in sorted(folders):
        choice = project.dialect_of(folder)
        name, why = choice.name, choice.why
        if name is None:
            name, why = spoken.get(project.unit(folder), (name, why))
        name, why = tools[project.unit(folders[folder][0])].chosen(name, why)
        packages = _packages(extracts, project.unit(folder))
        older = "@sequelize/core" not in packages
        borrowed = Borrowed(partial(models_of, project.unit(folder)), name) if older else None
        operations = Operations(evaluator, name, 6 if older else 7, "@sequelize/sqlite3" in packages, borrowed)
        reader = _Reader(evaluator, project, name, operations)
        scripts = list(reader.scripts(folder))
        scripts = with_what_was_there(scripts, project.tree)
        if scripts:
            source = histories.history(TOOL, folder, name, why, scripts, absent(scripts))
            forth = (fact for script in scripts for fact in script.facts)
            yield replace(
                source,
                hazards=tuple(ignored_uniques(reader.ignored, forth)) if older else (),
                unchecked=name == "sqlite" and _unchecked(project, project.unit(folder)),
            )


def _unchecked(project: Project, unit: str) -> bool:
    """Whether a file of the package may tell the Sequelize that migrates not to check foreign keys."""
    paths = (path for path in project.tree.paths if path.endswith(_CONFIGURES) and project.unit(path) == unit)
    return any(
        _UNCHECKED.search(content) for path in paths if b"foreignKeys" in (content := project.tree.read(path) or b"")
    )


def _packages(extracts: Mapping[str, Extract], unit: str) -> frozenset[str]:
    """What a package requires of Sequelize: the 7 has a name of its own, and from alpha.40 on one for each database."""
    manifest = extracts.get(join(unit, "package.json"), {}).get("package", {})
    return frozenset(name for name, *_ in manifest.get("requires", ()))


class _Reader:
    """Turns the files of a folder into scripts."""

    def __init__(self, evaluator: Evaluator, project: Project, dialect: str | None, operations: Operations) -> None:
        self.evaluator, self.project, self.dialect = evaluator, project, dialect
        self.receivers = Receivers(evaluator, _MEMBERS)
        self.operations = operations
        self.ignored: list[IgnoredUnique] = []
        self.runner = Runner(evaluator, decider(evaluator, dialect), self._is_step)

    @cached_property
    def _passes_on(self) -> bool:
        """Whether Sequelize 7 gives its transaction to all that the function of `transaction(…)` does: unless told not to."""
        paths = (path for path in self.project.tree.paths if path.endswith(CODE))
        return all(b"disableClsTransactions" not in (self.project.tree.read(path) or b"") for path in paths)

    def _is_step(self, call: Here) -> bool:
        called = self.receivers.called(call)
        return called is not None and called[1] != "transaction"

    def scripts(self, folder: str) -> Iterator[Script]:
        """Every file of the folder that exports a way up, in the tool's order."""
        for path in self.project.tree.within(folder):
            if not path.endswith(CODE) or _ASIDE.search(path) is not None:
                continue
            up, down = ways(self.evaluator, path)
            if up is None:
                continue
            label = basename(path)
            self.operations.ignored.clear()
            forth = tuple(self._way(path, up))
            self.ignored += self.operations.ignored
            way_back = None if down is None else tuple(self._way(path, down))
            if self.evaluator.broken(path):
                at = histories.first_line(path, self.project)
                forth = (left_out(at, "its syntax is not understood in every place"), *forth)
            if down is not None and not way_back and forth and self._says_nothing(down):
                way_back = None
            yield Script(path, label, forth, way_back, None if way_back is None else path)

    def _says_nothing(self, down: Here) -> bool:
        """Whether a way back is empty or only throws: there is none."""
        body = self.evaluator.bodies(down.path).get(str(down.value["s"]), [])
        return all(statement[0] == "throw" or (statement[0] == "return" and len(body) == 1) for statement in body)

    def _way(self, path: str, function: Here) -> Iterator[Fact]:
        """Sequelize hands what is started together to several connections."""
        yield from unordered(list(self._facts(path, function)))

    def _facts(self, path: str, function: Here) -> Iterator[tuple[Fact, Together]]:
        given = [function.at(one) for one in (tool("queryInterface"), tool("Sequelize"))]
        for step in self.runner.run(function, given):
            if isinstance(step, Span):
                yield left_out(step, "a part of the migration that is not followed"), ()
            else:
                guard = step.around.guard
                if guard is not None and guard.handler is not None and self._by_itself(step.call):
                    guard = replace(guard, stays=True)
                facts = facts_of(step.call, self.receivers, self.project.tree, self.dialect, self._method)
                for fact in inside(facts, guard):
                    if isinstance(fact, RemakeTable) and fact.seven and step.around.held and self._passes_on:
                        fact = replace(fact, held=True)
                    yield fact, step.around.together

    def _by_itself(self, call: Here) -> bool:
        """Whether a call is given no transaction for sure, so that what it does is not undone."""
        given = [self.evaluator.follow(argument) for argument in call.arguments()]
        if any(one.kind in {"id", "param", "imp", "call", "spread", "other"} for one in given):
            return False
        return not any(one.kind == "obj" and "transaction" in self.evaluator.entries(one)[0] for one in given)

    def _method(self, owner: str, method: str, call: Here) -> Iterator[Fact]:
        if method in READS or method in _QUIET or owner == "Sequelize":
            return
        if self.operations.knows(method):
            yield from self.operations.facts(method, call)
        elif method in {"sync", "drop"}:
            yield left_out(call.span, f"{method}() works on models, which may have changed since")
        elif owner != "sequelize":
            yield left_out(call.span, f"{method} is no method that is known")
