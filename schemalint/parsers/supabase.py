"""Supabase: `supabase/migrations/VERSION_title.sql` on PostgreSQL, in the order of the names as text; no way back.

Schemas of the platform (`auth`, `storage`, …) are there before the first of them runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_WHY = "it only takes VERSION_title.sql, where the version is a number"


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
        return histories.reading(file, "postgres")

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, paths in histories.owned(self.name, project):
            scripts = []
            for path in sorted(paths, key=basename):
                label = basename(path).split("_")[0]
                scripts.append(histories.one_way(path, label, extracts.get(path)))
            yield histories.history(
                self.name,
                folder,
                "postgres",
                "Supabase is PostgreSQL",
                scripts,
                histories.beside(folder, paths, _WHY, project),
                histories.duplicates(((one.label, one.label, one.path) for one in scripts), project),
            )


PARSER = Supabase()
