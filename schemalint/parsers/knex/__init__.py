"""Migrations of Knex: files that export `up(knex)` and `down(knex)`, in the order of their names, each in a transaction of its
own unless the file exports `config = {transaction: false}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

KNEXFILE = re.compile(r"(^|/)knexfile\.[cm]?[jt]s$")
_CODE = (".js", ".cjs", ".mjs", ".ts")
_LARGEST = 1_000_000
_UP = re.compile(rb"exports\.up\b|\bup\s*[:(=,}]|function\s+up\b")
_ASIDE = re.compile(r"(^|/)(seeds?|seeders?|node_modules|tests?|__tests__)/|\.d\.ts$|\.(test|spec)\.[cm]?[jt]s$")


class Knex:
    """See `schemalint.parsers.Parser`."""

    name = "knex"
    kind = SourceKind.MIGRATIONS
    needs_dialect = False
    endings = frozenset({"js", "cjs", "mjs", "ts", "cts", "mts"})

    def claims(self, path: str, content: bytes) -> bool:
        """A program that exports a way up and speaks of knex and its schema builder; and what configures it."""
        if KNEXFILE.search(path) is not None and _ASIDE.search(path) is None:
            return len(content) <= _LARGEST and b"client" in content
        if not path.endswith(_CODE) or len(content) > _LARGEST or _ASIDE.search(path) is not None:
            return False
        if b"nex" not in content or b"queryInterface" in content or b"MigrationInterface" in content:
            return False
        return (b".schema" in content or b".raw(" in content) and _UP.search(content) is not None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        from schemalint.jssource.files import read

        return read(file)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        """One source a folder."""
        if extracts:
            from schemalint.parsers.knex.history import sources

            yield from sources(extracts, project)


PARSER = Knex()
