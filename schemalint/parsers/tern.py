"""tern: `NUMBER_title.sql`, by number, up above and down below a line between them; PostgreSQL only (migrate/migrate.go)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from schemalint import histories
from schemalint.model.source import Ignored, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_NAME = re.compile(r"([0-9]+)_.+\.sql$")
_LARGEST = 2**31
_LINE = "---- create above / drop below ----"
_NO_TRANSACTION = re.compile(r"^---- tern: disable-tx ----$", re.M)
_SQL = re.compile(r"^(?![ \t\r]*(?:--|$))", re.M)
_WHY = "it only takes NUMBER_title.sql with a number from 1 on"


def _version(path: str) -> int | None:
    match = _NAME.match(basename(path))
    return int(match[1]) if match and len(match[1]) < 40 and 0 < int(match[1]) < _LARGEST else None


class Tern:
    """Reads migration folders of tern."""

    name = "tern"
    kind = SourceKind.MIGRATIONS
    needs_dialect = False
    endings = frozenset({"sql"})

    def claims(self, path: str, content: bytes) -> bool:
        return histories.marked(path, content) == self.name

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        if "{{" in file.text:
            return histories.unread(file, "a template of tern is not read")
        above, line, below = file.text.partition(_LINE)
        if _SQL.search(above) is None:
            return histories.refused(file, self.name, "there is no SQL above the line")
        end = len(above) + len(line)
        found = histories.parts(file, "postgres", [(0, len(above))], [(end, len(file.text))] if line else None)
        return {
            **found,
            "transaction": _NO_TRANSACTION.search(above) is None,
            "down_transaction": _NO_TRANSACTION.search(below) is None,
        }

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, paths in histories.owned(self.name, project):
            steps = sorted((version, path) for path in paths if (version := _version(path)) is not None)
            known = dict(extracts)
            scripts = []
            for version, path in steps:
                file = project.tree.file(path)
                if path not in known and file is not None:  # without the line between them, all of it is up
                    known[path] = self.extract(file, "postgres")
                if path in known:
                    scripts.append(histories.two_way(path, str(version), known[path], "postgres"))
            mine = [path for _, path in steps]
            ignored = (
                *histories.beside(folder, mine, _WHY, project),
                *histories.stops(mine, known),
                *_behind_gaps(steps, project),
            )
            faults = histories.duplicates(((version, str(version), path) for version, path in steps), project)
            yield histories.history(self.name, folder, "postgres", "tern is for PostgreSQL", scripts, ignored, faults)


def _behind_gaps(steps: list[tuple[int, str]], project: Project) -> Iterator[Ignored]:
    """The first file behind a gap: tern then runs none."""
    due = 1
    for version, path in steps:
        if version > due:
            why = f"it refuses a folder without number {due}"
            yield Ignored(histories.first_line(path, project), why)
            return
        due = version + 1


PARSER = Tern()
