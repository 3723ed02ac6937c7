"""Liquibase: changelogs in XML, YAML, JSON and formatted SQL, replayed changeset by changeset in the order of their root.

A change is turned into the SQL that Liquibase 4.33 sends for it to the source's server (`render`), which is then read like
any other SQL: what a server makes of it, and what it refuses, is known there. Every word of that SQL remembers the attribute
that it comes from, so that findings point into the changelog.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemalint.histories.changelogs import FORMATTED
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_TELLING = b"databaseChangeLog"
_STARTS = {
    ".xml": re.compile(rb"<(?:\w+:)?databaseChangeLog\b"),
    ".yaml": re.compile(rb"^[\"']?databaseChangeLog[\"']?[ \t]*:", re.M),
    ".yml": re.compile(rb"^[\"']?databaseChangeLog[\"']?[ \t]*:", re.M),
    ".json": re.compile(rb"[\"']databaseChangeLog[\"'][ \t\r\n]*:"),
}


class Liquibase:
    """Reads changelogs. See `schemalint.parsers.Parser`."""

    name = "liquibase"
    kind = SourceKind.MIGRATIONS
    needs_dialect = False
    endings = frozenset({"sql", *(suffix[1:] for suffix in _STARTS)})

    def claims(self, path: str, content: bytes) -> bool:
        """XML, YAML and JSON with a databaseChangeLog, SQL whose first line says that it is formatted."""
        if path.endswith(".sql"):
            return FORMATTED.match(content) is not None
        pattern = _STARTS.get(path[path.rfind(".") :])
        return pattern is not None and _TELLING in content and pattern.search(content) is not None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        """The elements of one changelog with their places."""
        from schemalint.parsers.liquibase import formatted, xmltext, yamlnodes
        from schemalint.parsers.liquibase.nodes import Unreadable, encode

        try:
            if file.path.endswith(".sql"):
                return {"root": encode(formatted.read(file))}
            return {"root": encode((xmltext if file.path.endswith(".xml") else yamlnodes).read(file))}
        except Unreadable as error:
            return {"error": {"start": error.at, "end": error.at + 1, "why": error.why}}

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        """One source a root changelog."""
        if extracts:
            from schemalint.parsers.liquibase.link import sources

            yield from sources(extracts, project)


PARSER = Liquibase()
