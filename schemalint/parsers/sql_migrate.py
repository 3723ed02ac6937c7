"""sql-migrate: every .sql file of the folder with `-- +migrate Up` and `-- +migrate Down`, by the number that begins its
name, then by name. The whole name is the version: two files may have one number (migrate.go, sqlparse/sqlparse.go).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.source import Script, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_NUMBER = re.compile(r"[0-9]+")
_UP = re.compile(r"^-- \+migrate[ \t]+Up\b[^\n]*$", re.M)
_DOWN = re.compile(r"^-- \+migrate[ \t]+Down\b[^\n]*$", re.M)


def _order(path: str) -> tuple[bool, int, str]:
    """Files with a number come first, by that number."""
    match = _NUMBER.match(basename(path))
    return match is None, int(match[0][:40]) if match else 0, basename(path)


class SqlMigrate:
    """Reads migration folders of sql-migrate."""

    name = "sql-migrate"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True

    def claims(self, path: str, content: bytes) -> bool:
        return histories.marked(path, content) == self.name

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        ups, downs = _UP.findall(file.text), _DOWN.findall(file.text)
        if len(ups) > 1 or len(downs) > 1:
            return histories.refused(file, "it goes up and down in several places")
        wrapped = None if histories.unwrapped(file.text) else True
        return {
            **histories.sections(file, dialect, _UP, _DOWN),
            "transaction": wrapped if "notransaction" not in ups[0].split() else False,
            "down_transaction": wrapped if not downs or "notransaction" not in downs[0].split() else False,
        }

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, _ in histories.owned(self.name, project):
            choice = project.dialect_of(folder)
            paths = (path for path in project.tree.paths if dirname(path) == folder and path.endswith(".sql"))
            scripts = []
            for path in sorted(paths, key=_order):
                extract = extracts.get(path)
                if extract is None:
                    why = "it has no number or no `-- +migrate Up`, without which sql-migrate stops"
                    scripts.append(Script(path, basename(path), histories.opaque(path, why, project)))
                    continue
                scripts.append(histories.two_way(path, basename(path), extract, choice.name))
            yield histories.history(self.name, folder, choice.name, choice.why, scripts)


PARSER = SqlMigrate()
