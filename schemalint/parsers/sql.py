"""Plain SQL files: init scripts, dumps, schema files.

Those that compose mounts for a database's first start are one source, in the order in which the image's entrypoint runs
them. The files of a history whose tool is not read yet are one source too, of which nothing is asserted: which of them
run, and in which order, only the tool knows. Every other file is a source of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.clauses import Guard
from schemalint.model.facts import Fact, Invalid, Opaque
from schemalint.model.source import Part, Script, Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, Project
from schemalint.sql import read
from schemalint.sql.plain import decode, encode

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
        down = _DOWN.search(file.text)  # a tool's way back is not run with the way up
        marked = _MARKED.search(file.text) is not None
        if down is None:
            return {**histories.reading(file, dialect), "marked": marked}
        reading = read(file, dialect, 0, down.start())
        return {
            "facts": [encode(fact) for fact in reading.facts],
            "statements": reading.statements,
            "ddl": reading.ddl,
            "marked": marked,
        }

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        used: set[str] = set()
        owned = histories.owners(project)
        folders = {
            dirname(path) for path in owned
        }  # what bears a tool's marks there, and is none of its steps, never runs
        for root, paths in _mounted(project):
            if any(path in extracts and extracts[path]["ddl"] for path in paths):
                used.update(paths)
                yield self._source(f"sql:{root or '.'}", root, paths, extracts, project)
        rest = {
            path: extract
            for path, extract in extracts.items()
            if path not in used
            and path not in owned
            and not (extract["marked"] and dirname(path) in folders)
            and extract["ddl"]
        }
        read = {dirname(path) for path in project.tree.paths if _MIGRATION.match(basename(path))}
        for folder, paths in _histories({path: rest[path] for path in rest if dirname(path) not in read}):
            used.update(paths)
            whole = self._source(f"sql:{folder or '.'}", folder, paths, extracts, project)
            yield replace(whole, scripts=_unasserted(whole.scripts))
        for path in rest:
            if path not in used:
                yield self._source(f"sql:{path}", path, (path,), extracts, project)

    def _source(
        self, id_: str, root: str, paths: tuple[str, ...], extracts: Mapping[str, Extract], project: Project
    ) -> Source:
        choice = project.dialect_of(next((path for path in paths if path in extracts), root))
        scripts = []
        for path in paths:
            extract = extracts.get(path)
            facts = _unread(path) if extract is None else tuple(decode(fact) for fact in extract["facts"])
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
            files=paths,
        )


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
