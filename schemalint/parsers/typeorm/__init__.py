"""Migrations of TypeORM: classes that implement `MigrationInterface`, in the order of the thirteen digits that end
their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_CODE = (".js", ".cjs", ".mjs", ".ts", ".cts", ".mts")
_LARGEST = 1_000_000
_UP = re.compile(rb"\bup\s*\(")


class TypeORM:
    """See `schemalint.parsers.Parser`."""

    name = "typeorm"
    kind = SourceKind.MIGRATIONS
    needs_dialect = False
    endings = frozenset({"js", "cjs", "mjs", "ts", "cts", "mts"})

    def claims(self, path: str, content: bytes) -> bool:
        """A program that speaks of TypeORM's migrations: of their interface, or of the `queryRunner` that they are given."""
        if not path.endswith(_CODE) or path.endswith(".d.ts") or len(content) > _LARGEST:
            return False
        told = b"MigrationInterface" in content or (b"queryRunner" in content and b"class" in content)
        return told and _UP.search(content) is not None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        from schemalint.jssource.files import read

        return read(file)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        """One source a folder."""
        if extracts:
            from schemalint.parsers.typeorm.history import sources

            yield from sources(extracts, project)


PARSER = TypeORM()
