"""node-pg-migrate: SQL files with `-- Up Migration` and `-- Down Migration`, and JavaScript or TypeScript files that call `pgm`,
by the number that begins their names; PostgreSQL only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from posixpath import basename, dirname
from typing import TYPE_CHECKING

from schemalint import histories
from schemalint.histories.owners import WAY_MIGRATION
from schemalint.loaded import absent
from schemalint.model.source import Ignored, Script, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

if TYPE_CHECKING:
    from schemalint.parsers.node_pg_migrate.code import Reader as CodeReader

_NUMBER = re.compile(r"[0-9]+")
_CODE = (".js", ".ts", ".cjs", ".mjs", ".cts", ".mts")
_PGM = re.compile(rb"\bpgm\b|node-pg-migrate")
_WAY = re.compile(rb"exports\.up\b|\bup\s*[:(=,}]|function\s+up\b")
_DECAMELIZE = re.compile(rb"""decamelize["']?\s*:\s*true|--decamelize""")
_LARGEST = 1_000_000
_UP = re.compile(r"^\s*--[\s-]*up\s+migration", re.I | re.M)
_DOWN = re.compile(r"^\s*--[\s-]*down\s+migration", re.I | re.M)
_NO_NUMBER = "its name begins with no number, and the tool then runs nothing"
_NO_CODE = "the tool takes it for code that it cannot load, and then runs nothing"

_IGNORES = re.compile(rb"ignore-pattern|ignorePattern")
_TWO_FILES = (
    "by default .up.sql and .down.sql are two migrations, which both go up; a loader of the project may pair them"
)


def _told(pattern: re.Pattern[bytes], folder: str, project: Project) -> bool:
    """Whether the project tells the tool something where it keeps its settings."""
    unit = project.unit(folder)
    names = ("package.json", ".node-pg-migraterc", ".node-pg-migraterc.json", "config/default.json")
    files = (project.tree.read(f"{unit}/{name}" if unit else name) or b"" for name in names)
    return any(pattern.search(content) is not None for content in files)


def _folders(extracts: Mapping[str, Extract], project: Project) -> list[str]:
    """The folders that hold SQL files of the tool, or code that calls it."""
    found = [folder for folder, _ in histories.owned("node-pg-migrate", project)]
    return sorted({*found, *(dirname(path) for path in extracts if path.endswith(_CODE))})


def _order(path: str) -> tuple[float, str]:
    """The number that the name begins with; one of seventeen digits is a date and a time with milliseconds (src/utils)."""
    match = _NUMBER.match(basename(path))
    written = match[0][:400] if match else "0"
    if len(written) != 17:
        return float(written), basename(path)
    year, month, day, hour, minute, second = (int(written[at:end]) for at, end in pairwise((0, 4, 6, 8, 10, 12, 14)))
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return float(written), basename(path)
    return moment.timestamp() * 1000 + int(written[14:]), basename(path)


def _label(path: str) -> str:
    match = _NUMBER.match(basename(path))
    return match[0] if match else ""


class NodePgMigrate:
    """Reads migrations of node-pg-migrate."""

    name = "node-pg-migrate"
    kind = SourceKind.MIGRATIONS
    needs_dialect = False
    endings = frozenset({"sql", "js", "ts", "cjs", "mjs", "cts", "mts"})

    def claims(self, path: str, content: bytes) -> bool:
        if _NUMBER.match(basename(path)) is None:
            return False
        if path.endswith(_CODE):
            return len(content) <= _LARGEST and _PGM.search(content) is not None and _WAY.search(content) is not None
        return path.endswith(".sql") and b"igration" in content and WAY_MIGRATION.search(content) is not None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        if file.path.endswith(_CODE):
            from schemalint.jssource.files import read

            return read(file)
        up, down = _UP.search(file.text), _DOWN.search(file.text)
        size = len(file.text)
        first, last = up.start() if up else 0, down.start() if down else size
        # Without a mark for it, the way up is the whole file, the way back with it.
        forth = (first, last if up and last > first else size)
        back = [(last, first if first > last else size)] if down else None
        return histories.parts(file, "postgres", [forth], back)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder in _folders(extracts, project):
            every = [path for path in project.tree.within(folder) if basename(path)[0] != "."]
            picky = _told(_IGNORES, folder, project)
            code_reader = self._reader(folder, extracts, project)
            scripts, ignored = [], []
            for path in sorted(every, key=_order):
                numbered, code = _NUMBER.match(basename(path)) is not None, path.endswith(_CODE)
                if numbered and (code or path.lower().endswith(".sql")):
                    read = code_reader.script(path, _label(path)) if code and code_reader is not None else None
                    scripts.append(read or self._script(path, code, extracts.get(path), project))
                elif not picky:
                    why = _NO_CODE if numbered else _NO_NUMBER
                    ignored.append(Ignored(histories.first_line(path, project), why))
            ignored += absent(scripts)
            yield histories.history(
                self.name, folder, "postgres", "node-pg-migrate is for PostgreSQL", scripts, tuple(ignored)
            )

    def _reader(self, folder: str, extracts: Mapping[str, Extract], project: Project) -> CodeReader | None:
        """What reads the code of a folder, None where it has none."""
        code = {path: extract for path, extract in extracts.items() if path.endswith(_CODE)}
        if not any(dirname(path) == folder for path in code):
            return None
        from schemalint.parsers.node_pg_migrate.code import Reader

        return Reader(code, project, _told(_DECAMELIZE, folder, project))

    def _script(self, path: str, code: bool, extract: Extract | None, project: Project) -> Script:
        label, file = _label(path), project.tree.file(path)
        if code or file is None:
            return Script(path, label, histories.opaque(path, "code that exports no way up that is followed", project))
        if path.endswith((".up.sql", ".down.sql")):
            return Script(path, label, histories.opaque(path, _TWO_FILES, project))
        return histories.two_way(path, label, extract or self.extract(file, "postgres"), "postgres")


PARSER = NodePgMigrate()
