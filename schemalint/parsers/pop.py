"""pop (gobuffalo/pop, its command soda, ory's popx): `VERSION_title[.DIALECT].up.sql` and `.down.sql`, by version as text,
in a folder and all below it.

A file that names a dialect is for that server only, and there it takes the place of the one without (match.go, migrator.go
and migration_info.go of pop 6; popx knows `.autocommit` besides). So one folder is a history for every server it names.
Each file is one command in a transaction of its own. Steps in fizz are listed as not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.facts import Opaque
from schemalint.model.frozen import frozen
from schemalint.model.source import Script, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_NAME = re.compile(r"(\d+)_([^./]+)(?:\.(?!autocommit\.)([a-z0-9]+))?(\.autocommit)?\.(up|down)\.(sql|fizz)")
_SERVERS = {
    **dict.fromkeys(("postgres", "postgresql", "pg"), "postgres"),
    **dict.fromkeys(("mysql", "mariadb"), "mysql"),
    **dict.fromkeys(("sqlite", "sqlite3"), "sqlite"),
    **dict.fromkeys(("cockroach", "cockroachdb", "crdb"), "generic"),
}
_WHY = "it only takes VERSION_title.up.sql and .down.sql, or VERSION_title.DIALECT.up.sql for one server"
_MERGE = b"fsx.Merge("
_OTHERS = "the code adds the migrations of other folders"
_FIZZ = "a step in fizz is not read"


@frozen
class _Step:
    """A file as its name says: `server` None is every server."""

    path: str
    version: str
    server: str | None
    autocommit: bool
    up: bool


def _step(path: str) -> _Step | None:
    match = _NAME.fullmatch(basename(path))
    if match is None or (match[3] is not None and match[3] not in _SERVERS):
        return None  # the tool passes over a server that it does not know
    server = None if match[3] is None else _SERVERS[match[3]]
    return _Step(path, match[1], server, match[4] is not None, match[5] == "up")


class Pop:
    """Reads the migrations of pop."""

    name = "pop"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True
    endings = frozenset({"sql"})

    def claims(self, path: str, content: bytes) -> bool:
        return path.endswith(".sql") and _step(path) is not None and histories.marked(path, content) is None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return histories.reading(file, dialect)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, owned in _folders(project):
            steps = [step for path in owned if (step := _step(path)) is not None]
            servers = sorted({step.server for step in steps if step.server is not None})
            ignored = histories.beside(folder, (step.path for step in steps), _WHY, project)
            choice = project.dialect_of(folder)
            merged = tuple(_merged(folder, project))
            for server in (*servers,) or (choice.name,):
                why = "the names of its files" if servers else choice.why
                scripts = (*merged, *_scripts(steps, server, extracts, project))
                faults = histories.duplicates(_versions(steps, server), project)
                made = histories.history(self.name, folder, server, why, scripts, ignored, faults)
                ignored = ()  # once is enough
                yield replace(made, id=f"{made.id}#{server}") if len(servers) > 1 else made


def _folders(project: Project) -> Iterator[tuple[str, list[str]]]:
    """The folders of histories with their files in SQL and fizz, which is no other tool's. What stands below one belongs to it
    (filepath.Walk in file_migrator.go)."""
    found = dict(histories.owned(Pop.name, project))
    for path in project.tree.paths:
        if path.endswith(".fizz") and _step(path) is not None:
            found.setdefault(dirname(path), []).append(path)
    whole: dict[str, list[str]] = {}
    for folder, paths in sorted(found.items()):
        root = folder
        while root and root not in whole:
            root = dirname(root)
        whole.setdefault(root if root in whole else folder, []).extend(paths)
    yield from whole.items()


def _versions(steps: list[_Step], server: str | None) -> Iterator[tuple[object, str, str]]:
    """The ways up that a server may get, by what the tool tells them apart by. Of two of one version it runs the one that it
    sorts first (`schema_migration` has the other already)."""
    for step in steps:
        if step.up and step.server in (None, server):
            yield (step.version, step.server), step.version, step.path


def _merged(folder: str, project: Project) -> Iterator[Script]:
    """Stands for the steps of other folders that Go code of the module puts before and between these (`fsx.Merge` of ory/x);
    which, is not read."""
    modules = [
        one.root for one in project.deployment.go_modules if not one.root or f"{folder}/".startswith(f"{one.root}/")
    ]
    below = f"{max(modules, key=len)}/".lstrip("/") if modules else None
    for path in project.tree.paths if below is not None else ():
        is_code = path.endswith(".go") and not path.endswith("_test.go") and path.startswith(below or "")
        if is_code and _MERGE in (project.tree.read(path) or b""):
            yield Script(path, "", histories.opaque(path, _OTHERS, project))
            return


def _scripts(
    steps: list[_Step], server: str | None, extracts: Mapping[str, Extract], project: Project
) -> Iterator[Script]:
    """What a server gets: of every version the file that is for it, else the one that is for all."""
    chosen: dict[tuple[str, bool], _Step] = {}
    for step in sorted(steps, key=lambda one: (one.server is not None, one.path)):
        if step.server in (None, server):
            chosen[step.version, step.up] = step
    for (version, up), step in sorted(chosen.items()):
        if not up:
            continue
        back = chosen.get((version, False))
        wrapped = histories.transactional(server, not step.autocommit)
        if step.path.endswith(".fizz"):
            yield Script(step.path, version, histories.opaque(step.path, _FIZZ, project), transactional=wrapped)
            continue
        down = None if back is None else _said(back, server, extracts, project)
        forth = _said(step, server, extracts, project)
        script = histories.one_way(step.path, version, forth, wrapped, back.path if back else None, down)
        undone = None if back is None else histories.transactional(server, not back.autocommit)
        yield replace(script, down_transactional=undone)


def _said(step: _Step, server: str | None, extracts: Mapping[str, Extract], project: Project) -> Extract | None:
    """What a file says to that server."""
    if step.path.endswith(".fizz"):
        at = histories.first_line(step.path, project)
        return {"facts": (Opaque(at, at, _FIZZ, None),)}
    return histories.extract_of(step.path, server, extracts.get(step.path), project)


PARSER = Pop()
