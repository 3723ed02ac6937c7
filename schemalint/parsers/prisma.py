"""Prisma Migrate: a folder a migration, `NAME/migration.sql` beside migration_lock.toml, in the order of their names.
There is no way back. The database is the one that migration_lock.toml names.

Prisma lists the folders in JavaScript since 6.7 (`listMigrations` of @prisma/migrate), in the order of a dictionary: what is no
letter or digit comes first, and case counts last. Before, its engine went by bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.source import Ignored, Source, SourceKind
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
_NO_FILE = "there is no migration.sql in this folder, and Prisma stops at it"
_OLD = re.compile(rb'"@?prisma(?:/client)?"\s*:\s*"[~^>=]{0,2}\s*([2-5])\.')
"""A dependency on Prisma before 6."""


class Prisma:
    """Reads migration folders of Prisma."""

    name = "prisma"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True
    endings = frozenset({"sql"})

    def claims(self, path: str, content: bytes) -> bool:
        return path.endswith("migration.sql") and basename(path) == "migration.sql"

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return histories.reading(file, dialect)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for root, paths in histories.owned(self.name, project):
            dialect, why = _dialect(root, project)
            scripts = []
            by_bytes = _OLD.search(_manifest(root, project)) is not None
            for path in sorted(paths, key=(lambda one: ((), dirname(one))) if by_bytes else _place):
                extract = histories.extract_of(path, dialect, extracts.get(path), project)
                scripts.append(histories.one_way(path, basename(dirname(path)), extract))
            ignored = (*histories.beside(root, (), _WHY, project), *_unfilled(root, project))
            yield histories.history(self.name, root, dialect, why, scripts, ignored)


def _place(path: str) -> tuple[tuple[tuple[int, str], ...], str]:
    """Where a migration stands in the order of a dictionary; among names that differ in case only, small letters come first."""
    name = basename(dirname(path))
    return tuple((1 if one.isdigit() else 2 if one.isalpha() else 0, one.lower()) for one in name), name.swapcase()


def _manifest(root: str, project: Project) -> bytes:
    unit = project.unit(root)
    return project.tree.read(f"{unit}/package.json" if unit else "package.json") or b""


def _unfilled(root: str, project: Project) -> Iterator[Ignored]:
    """The first file of every folder that is no migration, where the folder has Prisma's own name: a program of the project may
    go through any other."""
    if basename(root) != "migrations":
        return
    start = f"{root}/" if root else ""
    first: dict[str, str] = {}
    for path in project.tree.paths:
        folder, slash, name = path.removeprefix(start).partition("/")
        if path.startswith(start) and slash and first.get(folder) != "":
            first[folder] = "" if name == "migration.sql" else first.get(folder, path)
    yield from (Ignored(histories.first_line(path, project), _NO_FILE) for path in first.values() if path)


def _dialect(root: str, project: Project) -> tuple[str | None, str]:
    lock = f"{root}/migration_lock.toml" if root else "migration_lock.toml"
    file = project.tree.file(lock)
    provider = _PROVIDER.search(file.text) if file else None
    if provider is not None and provider[1] in _DIALECTS:
        return _DIALECTS[provider[1]], f"the provider in {lock}"
    choice = project.dialect_of(root)
    return choice.name, choice.why


PARSER = Prisma()
