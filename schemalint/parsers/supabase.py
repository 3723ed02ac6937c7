"""Supabase: `supabase/migrations/VERSION_title.sql` on PostgreSQL, by version as text; no way back.

Schemas of the platform (`auth`, `storage`, …) are there before the first of them runs. A migration is one transaction, but for
statements that cannot run in one, which releases from 2.109 on run by themselves, and older ones refuse behind others. What older
releases wrote as the first file, `…_init.sql` of before 9 December 2021, is passed over (list.go of the CLI's migration package;
1.226.4 and 3.1.0 were run). Where one version begins another (`10`, `100`), 1.x sorts by the whole name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.facts import CreateIndex, DropIndex
from schemalint.model.objects import Alone
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_WHY = "it only takes VERSION_title.sql, where the version is a number"
_INIT = re.compile(r"(\d{14})_init\.sql", re.ASCII)
_TODAY = 20211209000000
_OLD = "as the first file, it is taken for the schema that releases before 9 December 2021 wrote"


class Supabase:
    """Reads the migrations of Supabase projects."""

    name = "supabase"
    kind = SourceKind.MIGRATIONS
    needs_dialect = False
    endings = frozenset({"sql"})

    def claims(self, path: str, content: bytes) -> bool:
        if "supabase/migrations/" not in path or not path.endswith(".sql"):
            return False
        return f"/{dirname(path)}".endswith("/supabase/migrations")

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return {**histories.reading(file, "postgres"), "transaction": not histories.unwrapped(file.text)}

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, paths in histories.owned(self.name, project):
            old = _old_init(folder, project)
            scripts = []
            for label, path in sorted((basename(path).split("_")[0], path) for path in paths if path != old):
                extract = extracts.get(path)
                scripts.append(histories.one_way(path, label, extract, _wrapped(extract)))
            yield histories.history(
                self.name,
                folder,
                "postgres",
                "Supabase is PostgreSQL",
                scripts,
                (
                    *histories.beside(folder, paths, _WHY, project),
                    *([] if old is None else [histories.passed_over(old, _OLD, project)]),
                ),
                histories.duplicates(((one.label, one.label, one.path) for one in scripts), project),
            )


def _old_init(folder: str, project: Project) -> str | None:
    """The first file of a folder, where it is what old releases wrote."""
    first = min(project.tree.within(folder), key=basename)
    match = _INIT.match(basename(first))
    return first if match is not None and int(match[1]) < _TODAY else None


def _wrapped(extract: Extract | None) -> bool | None:
    """Whether a migration is undone as a whole: not where it ends a transaction by hand, or where a statement runs by itself."""
    for fact in histories.facts(extract):
        match fact:
            case Alone() | CreateIndex(concurrently=True) | DropIndex(concurrently=True):
                return None
            case _:
                pass
    return True if extract is not None and extract["transaction"] else None


PARSER = Supabase()
