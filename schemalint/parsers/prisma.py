"""Prisma Migrate: a folder a migration, `NAME/migration.sql` beside migration_lock.toml, in the order of the names as text.
There is no way back. The database is the one that migration_lock.toml names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_PROVIDER = re.compile(r'^[ \t]*provider[ \t]*=[ \t]*"(\w+)"', re.M)
_DIALECTS = {
    "postgresql": "postgres",
    "postgres": "postgres",
    "cockroachdb": "postgres",
    "mysql": "mysql",
    "sqlite": "sqlite",
    "sqlserver": "tsql",
}
_WHY = "it only takes FOLDER/migration.sql"


class Prisma:
    """Reads migration folders of Prisma."""

    name = "prisma"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True

    def claims(self, path: str, content: bytes) -> bool:
        return basename(path) == "migration.sql"

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return histories.reading(file, dialect)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for root, paths in histories.owned(self.name, project):
            dialect, why = _dialect(root, project)
            scripts = []
            for path in sorted(paths, key=dirname):
                extract = histories.extract_of(path, dialect, extracts.get(path), project)
                scripts.append(histories.one_way(path, basename(dirname(path)), extract))
            ignored = histories.beside(root, (), _WHY, project)
            yield histories.history(self.name, root, dialect, why, scripts, ignored)


def _dialect(root: str, project: Project) -> tuple[str | None, str]:
    lock = f"{root}/migration_lock.toml" if root else "migration_lock.toml"
    file = project.tree.file(lock)
    provider = _PROVIDER.search(file.text) if file else None
    if provider is not None and provider[1] in _DIALECTS:
        return _DIALECTS[provider[1]], f"the provider in {lock}"
    choice = project.dialect_of(root)
    return choice.name, choice.why


PARSER = Prisma()
