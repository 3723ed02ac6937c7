"""node-pg-migrate: SQL files with `-- Up Migration` and `-- Down Migration`, and JavaScript or TypeScript files, by the
number that begins their names; PostgreSQL only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint import histories
from schemalint.histories.owners import UP_MIGRATION
from schemalint.model.source import Script, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_NAME = re.compile(r"([0-9]+)[^/]*\.(?:sql|[cm]?[jt]s)$")
_START = re.compile(r"\A")
_UP = re.compile(r"^[ \t]*--[ \t-]*up[ \t]+migration[^\n]*$", re.I | re.M)
_DOWN = re.compile(r"^[ \t]*--[ \t-]*down[ \t]+migration[^\n]*$", re.I | re.M)


class NodePgMigrate:
    """Reads SQL migrations of node-pg-migrate."""

    name = "node-pg-migrate"
    kind = SourceKind.MIGRATIONS
    needs_dialect = False

    def claims(self, path: str, content: bytes) -> bool:
        named = path.endswith(".sql") and _NAME.match(basename(path)) is not None
        return named and b"igration" in content and UP_MIGRATION.search(content) is not None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return histories.sections(file, "postgres", _UP if _UP.search(file.text) else _START, _DOWN)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, _ in histories.owned(self.name, project):
            steps = sorted(
                (int(match[1][:40]), basename(path), path)
                for path in project.tree.paths
                if dirname(path) == folder
                and not path.endswith(".d.ts")
                and (match := _NAME.match(basename(path))) is not None
            )
            scripts = []
            for version, _, path in steps:
                file = project.tree.file(path)
                if not path.endswith(".sql") or file is None:
                    why = "a migration in JavaScript code is not read"
                    scripts.append(Script(path, str(version), histories.opaque(path, why, project)))
                    continue
                extract = extracts.get(path) or self.extract(file, "postgres")
                scripts.append(histories.two_way(path, str(version), extract, "postgres"))
            yield histories.history(self.name, folder, "postgres", "node-pg-migrate is for PostgreSQL", scripts)


PARSER = NodePgMigrate()
