"""tern: `NUMBER_title.sql`, by number, up above and down below a line between them; PostgreSQL only (migrate/migrate.go)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from schemalint import histories
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_NAME = re.compile(r"([0-9]+)_.+\.sql$")
_LARGEST = 2**31
_START = re.compile(r"\A")
_DOWN = re.compile(r"^---- create above / drop below ----[^\n]*$", re.M)
_NO_TRANSACTION = re.compile(r"^---- tern: disable-tx ----$", re.M)
_WHY = "it only takes NUMBER_title.sql"


def _version(path: str) -> int | None:
    match = _NAME.match(basename(path))
    return int(match[1]) if match and len(match[1]) < 40 and 0 < int(match[1]) < _LARGEST else None


class Tern:
    """Reads migration folders of tern."""

    name = "tern"
    kind = SourceKind.MIGRATIONS
    needs_dialect = False

    def claims(self, path: str, content: bytes) -> bool:
        return histories.marked(path, content) == self.name

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        if "{{" in file.text:
            return histories.refused(file, "a template of tern is not read")
        down = _DOWN.search(file.text)
        above, below = (file.text[: down.start()], file.text[down.end() :]) if down else (file.text, "")
        return {
            **histories.sections(file, "postgres", _START, _DOWN),
            "transaction": _NO_TRANSACTION.search(above) is None,
            "down_transaction": _NO_TRANSACTION.search(below) is None,
        }

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, paths in histories.owned(self.name, project):
            steps = sorted((version, path) for path in paths if (version := _version(path)) is not None)
            scripts = []
            for version, path in steps:
                extract = extracts.get(path)
                if extract is None:  # without the line between them, all of it is up
                    file = project.tree.file(path)
                    if file is None:
                        continue
                    extract = self.extract(file, "postgres")
                scripts.append(histories.two_way(path, str(version), extract, "postgres"))
            yield histories.history(
                self.name,
                folder,
                "postgres",
                "tern is for PostgreSQL",
                scripts,
                histories.beside(folder, (path for _, path in steps), _WHY, project),
                histories.duplicates(((version, str(version), path) for version, path in steps), project),
            )


PARSER = Tern()
