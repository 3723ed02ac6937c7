"""Plain SQL files: init scripts, dumps, schema files.

Those that compose mounts for a database's first start are one source, in the order in which the image's entrypoint runs
them. The files of a history whose tool is not read yet are one source too, of which nothing is asserted: which of them
run, and in which order, only the tool knows. Every other file is a source of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import basename, dirname, join, normpath
from typing import Any

from schemalint import histories
from schemalint.dialects import dialect as named
from schemalint.model.clauses import Guard
from schemalint.model.facts import Fact, Invalid, Opaque
from schemalint.model.objects import CreateObject
from schemalint.model.source import Part, Script, Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, Project
from schemalint.sql import read
from schemalint.sql.client import Line, client_lines, without

_MIGRATION = re.compile(r"^[0-9]+_.*\.(?:up|down)\.sql$")
_INIT = "/docker-entrypoint-initdb.d"
_RUN = (".sql", ".sh", ".sql.gz", ".sql.xz", ".sql.zst")
"""What the entrypoints of the postgres, mysql and mariadb images run; anything else they pass over."""
_HISTORIES = frozenset(
    {
        "migration", "migrations", "migrate", "upgrade", "upgrades", "update", "updates", "patches",
        "versions", "changelog", "changelogs", "changes", "evolutions", "revisions",
    }
)  # fmt: skip
"""Names of folders whose files are steps of a history."""
_STEP = re.compile(r"^(?:[VUR]?\d[\d._-]*[^\d.]|R__|\d+\.sql$)")
_STEPS = frozenset({"up.sql", "down.sql", "migration.sql"})
"""Names of steps whose folder bears the version (diesel, Prisma)."""
_MARKED = re.compile(r"^--[ \t]*(?:\+goose|\+migrate|\+micrate|migrate:)[ \t]*up\b", re.I | re.M)
_DOWN = re.compile(r"^--[ \t]*(?:\+goose|\+migrate|migrate:)[ \t]*down\b", re.I | re.M)


_DEEPEST, _MOST = 20, 1000
"""How deep scripts may run each other, and how many of them are read for one source."""


class Sql:
    """Reads .sql files that belong to no migration tool."""

    name = "sql"
    kind = SourceKind.SCHEMA
    needs_dialect = True

    def claims(self, path: str, content: bytes) -> bool:
        if not path.endswith(".sql") or path.endswith(".down.sql") or _MIGRATION.match(basename(path)):
            return False
        return histories.marked(path, content) is None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        lines = tuple(client_lines(file.text, named(dialect).family))
        if lines:
            return self._with_lines(file, dialect, lines)
        down = _DOWN.search(file.text)  # a tool's way back is not run with the way up
        marked = _MARKED.search(file.text) is not None
        if down is None:
            return {**histories.reading(file, dialect), "marked": marked}
        reading = read(file, dialect, 0, down.start())
        return {
            "facts": reading.facts,
            "statements": reading.statements,
            "ddl": reading.ddl,
            "marked": marked,
        }

    def _with_lines(self, file: SourceFile, dialect: str | None, lines: tuple[Line, ...]) -> Extract:
        """What a script says that runs others, or changes to another database."""
        plain = SourceFile(file.path, without(file.text, lines), file.cuts, file.gaps)
        reading = read(plain, dialect)
        facts = _of_one_database(file.path, reading.facts, lines)
        return {
            "facts": tuple(facts),
            "statements": reading.statements,
            "ddl": reading.ddl,
            "marked": False,
            "runs": [[line.start, line.end, line.verb, line.what] for line in lines if line.verb != "connect"],
        }

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        known = frozenset(project.tree.paths)
        inner = _run_by_others(extracts, known)
        used: set[str] = set()
        owned = histories.owners(project)
        folders = {
            dirname(path) for path in owned
        }  # what bears a tool's marks there, and is none of its steps, never runs
        for root, paths in _mounted(project):
            if any(path in extracts and _says(extracts[path]) for path in paths):
                used.update(paths)
                yield self._source(f"sql:{root or '.'}", root, paths, extracts, project, known)
        rest = {
            path: extract
            for path, extract in extracts.items()
            if path not in used
            and path not in inner
            and path not in owned
            and not (extract["marked"] and dirname(path) in folders)
            and _says(extract)
        }
        read = {dirname(path) for path in project.tree.paths if _MIGRATION.match(basename(path))}
        for folder, paths in _histories({path: rest[path] for path in rest if dirname(path) not in read}):
            used.update(paths)
            whole = self._source(f"sql:{folder or '.'}", folder, paths, extracts, project, known)
            yield replace(whole, scripts=_unasserted(whole.scripts))
        for path in rest:
            if path not in used:
                yield self._source(f"sql:{path}", path, (path,), extracts, project, known)

    def _source(
        self,
        id_: str,
        root: str,
        paths: tuple[str, ...],
        extracts: Mapping[str, Extract],
        project: Project,
        known: frozenset[str],
    ) -> Source:
        choice = project.dialect_of(next((path for path in paths if path in extracts), root))
        scripts = []
        played = _Runs(extracts, known)
        for path in paths:
            extract = extracts.get(path)
            facts = _unread(path) if extract is None else tuple(played.facts(path))
            if extract is None or facts:
                scripts.append(Script(path=path, label=basename(path), facts=facts))
        return Source(
            id=id_,
            kind=SourceKind.SCHEMA,
            parser=self.name,
            root=root,
            dialect=choice.name,
            dialect_why=choice.why,
            states=frozenset(Part),
            scripts=tuple(scripts),
            files=tuple(dict.fromkeys((*paths, *played.read))),
        )


def _says(extract: Extract) -> bool:
    return bool(extract["ddl"] or extract.get("runs"))


class _Runs:
    """The facts of scripts with those of the scripts that they run, at the place where they run them. `read` are the
    latter."""

    def __init__(self, extracts: Mapping[str, Extract], known: frozenset[str]) -> None:
        self._extracts = extracts
        self._known = known
        self.read: list[str] = []

    def facts(self, path: str, around: tuple[str, ...] = ()) -> Iterator[Fact]:
        """The facts in the order in which the client runs them. `around` are the scripts that run this one."""
        extract = self._extracts[path]
        waiting = list(reversed(extract.get("runs", ())))
        for fact in extract["facts"]:
            while waiting and waiting[-1][0] < fact.statement.start:
                yield from self._inner(path, waiting.pop(), around)
            yield fact
        while waiting:
            yield from self._inner(path, waiting.pop(), around)

    def _inner(self, path: str, line: list[Any], around: tuple[str, ...]) -> Iterator[Fact]:
        start, end, verb, what = line
        target, trouble = _target(path, verb, what, self._known)
        if target is not None and (target == path or target in around):
            trouble = "runs a script that is under way already"
        elif target is not None and target not in self._extracts:
            trouble = f"{what} is not read, so what it runs is not known"
        elif len(around) >= _DEEPEST or len(self.read) >= _MOST:
            trouble = "too many scripts run each other here"
        if trouble or target is None:
            span = Span(path, start, end)
            yield Opaque(span, span, trouble, None)
            return
        self.read.append(target)
        yield from self.facts(target, (*around, path))


def _target(path: str, verb: str, what: str, known: frozenset[str]) -> tuple[str | None, str]:
    """The script that a line names, or why it is not known. The client's working folder is not known: the folder of the
    script and the checked root are tried."""
    if what.startswith(("/", "~", "|")) or "`" in what or ":" in what:
        return None, f"{what} is not below the checked folder, so what it runs is not known"
    places = {normpath(join(dirname(path), what))}
    if all(place.startswith("../") for place in places):
        return None, f"{what} is not below the checked folder, so what it runs is not known"
    if verb == "include":
        places.add(normpath(what))
    found = sorted(places & known)
    if len(found) == 1:
        return found[0], ""
    why = "may be one of two files" if found else "is not there"
    return None, f"{what} {why}, so what it runs is not known"


def _run_by_others(extracts: Mapping[str, Extract], known: frozenset[str]) -> set[str]:
    """The scripts that others run: they are no sources of their own. Of those that only run each other, the first is."""
    runs: dict[str, set[str]] = {}
    for path, extract in extracts.items():
        found = (_target(path, verb, what, known)[0] for _, _, verb, what in extract.get("runs", ()))
        runs[path] = {target for target in found if target is not None and target in extracts and target != path}
    inner = {target for targets in runs.values() for target in targets}
    reached: set[str] = set()
    starts: set[str] = set()
    for path in sorted(runs, key=lambda path: (path in inner, path)):
        if path in reached:
            continue
        starts.add(path)
        todo = [path]
        while todo:
            at = todo.pop()
            if at not in reached:
                reached.add(at)
                todo += runs[at]
    return inner - starts


def _of_one_database(path: str, facts: tuple[Fact, ...], lines: tuple[Line, ...]) -> Iterator[Fact]:
    """The facts without those for another database than the first that bears any."""
    connects = [line for line in lines if line.verb == "connect"]
    main: str | None = None
    current = ""
    at = 0
    for fact in facts:
        while at < len(connects) and connects[at].start < fact.statement.start:
            current = connects[at].what
            at += 1
            if main is not None and current != main:
                span = Span(path, connects[at - 1].start, connects[at - 1].end)
                yield Opaque(span, span, f"what follows is for the database {current} and is not read", ())
        if main is None and not isinstance(fact, Opaque | Invalid | CreateObject):
            main = current
        if main is None or current == main:
            yield fact


def _histories(extracts: Mapping[str, Extract]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Folders whose files are steps of a history, with those files in name order."""
    folders: dict[str, list[str]] = {}
    certain = set()
    for path, extract in sorted(extracts.items()):
        parts = path.split("/")[:-1]
        versioned = basename(path) in _STEPS and bool(parts) and parts[-1][:1].isdigit()
        named = any(part.lower() in _HISTORIES for part in parts)
        if not (versioned or named or extract["marked"] or _STEP.match(basename(path))):
            continue
        folder = "/".join(parts[:-1] if versioned else parts)
        if named or extract["marked"]:
            certain.add(folder)
        folders.setdefault(folder, []).append(path)
    for folder, paths in folders.items():
        if folder in certain or len(paths) > 1:
            yield folder, tuple(paths)


def _unasserted(scripts: tuple[Script, ...]) -> tuple[Script, ...]:
    """The scripts of a history that is not read as its tool would: what they say is applied where it applies, and nothing
    is missed or compared. What the server refuses in any order stays."""
    touched = dict.fromkeys(
        table for script in scripts for fact in script.facts if (table := getattr(fact, "table", None)) is not None
    )
    span = scripts[0].facts[0].span
    why = "a history of migrations whose tool is not read yet"
    ending = Opaque(span, span, why, tuple(touched)), Opaque(span, span, why, None)
    loose = [
        replace(
            script,
            facts=tuple(
                fact if isinstance(fact, Invalid) else replace(fact, guard=Guard(fact.statement, True))
                for fact in script.facts
            ),
        )
        for script in scripts
    ]
    loose[-1] = replace(loose[-1], facts=(*loose[-1].facts, *ending))
    return tuple(loose)


def _unread(path: str) -> tuple[Fact, ...]:
    """A shell script or packed file that the entrypoint runs: it may touch any table."""
    span = Span(path, 0, 0)
    return (Opaque(span, span, f"{basename(path)} runs at first start and is not read yet", None),)


def _mounted(project: Project) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For every service with mounts into the entrypoint's folder: what stands for it, its files in running order."""
    seen: set[tuple[str, ...]] = set()
    for compose in project.deployment.compose:
        for service in compose.services:
            files: dict[str, str] = {}  # name inside the container → path
            roots: list[str] = []
            for mount in service.mounts:
                target = mount.target.rstrip("/")
                if mount.source is None:
                    continue
                if target == _INIT:
                    roots.append(mount.source)
                    for path in project.tree.paths:
                        if dirname(path) == mount.source.rstrip("/") and path.endswith(_RUN):
                            files.setdefault(basename(path), path)
                elif dirname(target) == _INIT and target.endswith(_RUN):
                    files[basename(target)] = mount.source
            paths = tuple(path for _, path in sorted(files.items()) if path in project.tree.paths)
            if not paths or paths in seen:
                continue
            seen.add(paths)
            if len(paths) == 1 and not roots:
                yield paths[0], paths
            else:
                yield roots[0] if roots else dirname(paths[0]), paths


PARSER = Sql()
