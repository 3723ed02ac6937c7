"""Folders of TypeORM migrations as histories. All pending ones run in one transaction unless the project says otherwise; a class
may ask for none with `transaction = false`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname

from schemalint import histories
from schemalint.jssource.called import facts_of
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.files import CODE, Files
from schemalint.jssource.here import Here
from schemalint.jssource.history import Receivers, decider, inside, left_out, tool, with_what_was_there
from schemalint.jssource.running import Runner
from schemalint.loaded import absent
from schemalint.model.facts import Fact
from schemalint.model.frozen import frozen
from schemalint.model.source import Script, Source
from schemalint.model.span import Span
from schemalint.parsers import Extract, Project
from schemalint.parsers.typeorm.operations import Operations
from schemalint.parsers.typeorm.taken import roots, takes

_STAMP = re.compile(r"[0-9]{13}$")
_MEMBERS = {
    ("queryRunner", "manager"): "manager",
    ("queryRunner", "connection"): "connection",
    ("manager", "connection"): "connection",
    ("connection", "manager"): "manager",
}
_QUIET = {"hasTable", "hasColumn", "getTable", "getTables", "hasDatabase", "hasSchema", "getView", "getViews"} | {
    "startTransaction",
    "commitTransaction",
    "rollbackTransaction",
    "release",
    "connect",
    "createSchema",
    "createDatabase",
    "clearSqlMemory",
    "getCurrentDatabase",
    "getCurrentSchema",
    "isTransactionActive",
    "enableSqlMemory",
    "disableSqlMemory",
}


_ALONE = "a migration far from the others: when, and on which server, is the program's affair"
_LEFT = "no data source takes migrations from this folder"


@frozen
class _Migration:
    """A class that is a migration."""

    stamp: int
    name: str
    path: str
    up: Here
    down: Here | None
    transaction: bool


def sources(extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
    """One source a folder that has migrations."""
    evaluator = Evaluator(Files(extracts, project.tree))
    folders: dict[str, list[_Migration]] = {}
    for path in extracts:
        for migration in _migrations(evaluator, path):
            folders.setdefault(dirname(path), []).append(migration)
    modes = _other_modes(project) if folders else False
    kept = {project.unit(folder) for folder, migrations in folders.items() if len(migrations) > 1}
    told = {unit: roots(project, unit) for unit in map(project.unit, folders)}
    for folder, migrations in sorted(folders.items()):
        choice = project.dialect_of(folder)
        reader = _Reader(evaluator, project, choice.name)
        ordered = sorted(migrations, key=lambda one: (one.stamp, one.name))
        if len(ordered) == 1 and project.unit(folder) in kept:
            one = ordered[0]
            scripts = [Script(one.path, one.name, histories.opaque(one.path, _ALONE, project))]
        elif not takes(told[project.unit(folder)], folder):
            scripts = [Script(one.path, one.name, histories.opaque(one.path, _LEFT, project)) for one in ordered]
        else:
            scripts = [reader.script(migration, modes) for migration in ordered]
        scripts = with_what_was_there(scripts, project.tree)
        if scripts:
            yield histories.history("typeorm", folder, choice.name, choice.why, scripts, absent(scripts))


def _migrations(evaluator: Evaluator, path: str) -> Iterator[_Migration]:
    """The classes of a file whose name (the field's, else the class's) ends in a time: TypeORM refuses any other."""
    for held in evaluator.classes(path):
        name = held["name"] or ""
        if "name" in held["fields"]:
            name = evaluator.text(Here(path, held["fields"]["name"])) or name
        stamp = _STAMP.search(name)
        methods = held["methods"]
        if stamp is None or "up" not in methods:
            continue
        up, down = (
            Here(path, {"t": "fn", "s": methods[way], "e": methods[way]}) if way in methods else None
            for way in ("up", "down")
        )
        told = held["fields"].get("transaction", {})
        if up is not None:
            yield _Migration(int(stamp[0]), name, path, up, down, told.get("v") is not False)


def _other_modes(project: Project) -> bool:
    """Whether the project chooses another transaction mode than TypeORM's usual one."""
    return any(
        b"migrationsTransactionMode" in content or b"migrations-transaction-mode" in content
        for path in project.tree.paths
        if path.endswith((*CODE, "package.json"))
        if (content := project.tree.read(path)) is not None
    )


class _Reader:
    """Turns migrations of one folder into scripts."""

    def __init__(self, evaluator: Evaluator, project: Project, dialect: str | None) -> None:
        self.evaluator, self.project, self.dialect = evaluator, project, dialect
        self.receivers = Receivers(evaluator, _MEMBERS)
        self.operations = Operations(evaluator, dialect)
        self.runner = Runner(
            evaluator, decider(evaluator, dialect), lambda call: self.receivers.called(call) is not None
        )

    def script(self, migration: _Migration, modes: bool) -> Script:
        """What one migration does, both ways."""
        forth = tuple(self._way(migration.up))
        if self.evaluator.broken(migration.path):
            at = histories.first_line(migration.path, self.project)
            forth = (left_out(at, "its syntax is not understood in every place"), *forth)
        back = None if migration.down is None else tuple(self._way(migration.down))
        if forth and not back:
            back = None
        whole = histories.transactional(self.dialect, None if modes else migration.transaction)
        down_path = None if back is None else migration.path
        return Script(migration.path, migration.name, forth, back, down_path, whole, whole)

    def _way(self, function: Here) -> Iterator[Fact]:
        for step in self.runner.run(function, [function.at(tool("queryRunner"))]):
            if isinstance(step, Span):
                yield left_out(step, "a part of the migration that is not followed")
            else:
                facts = facts_of(step.call, self.receivers, self.project.tree, self.dialect, self._method)
                yield from inside(facts, step.around.guard)

    def _method(self, owner: str, method: str, call: Here) -> Iterator[Fact]:
        if owner != "queryRunner" or method in _QUIET:
            return
        if self.operations.knows(method) and call.arguments():
            yield from self.operations.facts(method, call)
        else:
            yield left_out(call.span, f"{method} is not read")
