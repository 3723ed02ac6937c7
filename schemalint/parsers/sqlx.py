"""sqlx: `VERSION_title.sql`, or `.up.sql` and `.down.sql`, by version as a number (sqlx-core, src/migrate/source.rs)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import basename

from schemalint import histories
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_NAME = re.compile(r"([0-9]+)_(.*)\.sql$")
_LARGEST = 2**63
_WHY = "it only takes VERSION_title.sql, where the version is a number"


def _version(path: str) -> int | None:
    match = _NAME.match(basename(path))
    return int(match[1]) if match and len(match[1]) < 40 and int(match[1]) < _LARGEST else None


class Sqlx:
    """Reads migration folders of sqlx. Whether a file with such a name is one shows only when the whole project is seen."""

    name = "sqlx"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True
    endings = frozenset({"sql"})

    def claims(self, path: str, content: bytes) -> bool:
        return _version(path) is not None and histories.marked(path, content) is None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        whole = histories.reading(file, dialect)
        return {**whole, "transaction": not file.text.startswith("-- no-transaction")}

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, paths in histories.owned(self.name, project):
            choice = project.dialect_of(folder)
            steps = sorted(
                (version, path)
                for path in paths
                if (version := _version(path)) is not None and not path.endswith(".down.sql")
            )
            downs = {_version(path): path for path in paths if path.endswith(".down.sql")}
            mine = [path for path in paths if _version(path) is not None]
            scripts = []
            for version, path in steps:
                back = downs.get(version)
                extract = extracts.get(path)
                down = None if back is None else extracts.get(back)
                wrapped = histories.transactional(choice.name, extract["transaction"] if extract else True)
                script = histories.one_way(path, str(version), extract, wrapped, back, down)
                if down is not None:
                    wrapped = histories.transactional(choice.name, down["transaction"])
                scripts.append(histories.at_once(replace(script, down_transactional=wrapped), choice.name))
            if scripts:
                yield histories.history(
                    self.name,
                    folder,
                    choice.name,
                    choice.why,
                    scripts,
                    histories.beside(folder, mine, _WHY, project),
                    histories.duplicates(((version, str(version), path) for version, path in steps), project),
                )


PARSER = Sqlx()
