"""Drizzle Kit: the files that `meta/_journal.json` lists, in the order of its entries; there is no way back. The journal
also names the database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from posixpath import basename
from typing import Any

from schemalint import histories
from schemalint.model.source import Ignored, Script, Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, Project

_NAME = re.compile(r"[0-9]{4,}_[^/]*\.sql$")
_DIALECTS = {
    "postgresql": "postgres",
    "pg": "postgres",
    "mysql": "mysql",
    "singlestore": "mysql",
    "sqlite": "sqlite",
    "turso": "sqlite",
}
_WHY = "meta/_journal.json does not list it"


class Drizzle:
    """Reads migration folders of Drizzle Kit."""

    name = "drizzle"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True
    endings = frozenset({"sql", "json"})

    def claims(self, path: str, content: bytes) -> bool:
        if path.endswith("meta/_journal.json"):
            return True
        return _NAME.match(basename(path)) is not None and histories.marked(path, content) is None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return {} if file.path.endswith(".json") else histories.reading(file, dialect)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, paths in histories.owned(self.name, project):
            journal = f"{folder}/meta/_journal.json" if folder else "meta/_journal.json"
            said = _journal(journal, project)
            if said is None:
                what = Script(
                    journal, "meta/_journal.json", histories.opaque(journal, "it lists no migrations", project)
                )
                choice = project.dialect_of(folder)
                yield histories.history(self.name, folder, choice.name, choice.why, [what])
                continue
            kind, tags = said
            choice = project.dialect_of(folder)
            dialect, why = _DIALECTS.get(kind, choice.name), choice.why
            if kind in _DIALECTS:
                why = f"the dialect in {journal}"
            mine = [f"{folder}/{tag}.sql" if folder else f"{tag}.sql" for tag in tags]
            scripts, missing = [], []
            for path in mine:
                if path not in paths:
                    missing.append(_named(journal, basename(path).removesuffix(".sql"), project))
                    continue
                extract = histories.extract_of(path, dialect, extracts.get(path), project)
                label = basename(path).removesuffix(".sql")
                scripts.append(histories.one_way(path, label, extract, _wrapped(path, dialect, project)))
            ignored = (*histories.beside(folder, mine, _WHY, project), *missing)
            yield histories.history(self.name, folder, dialect, why, scripts, ignored)


def _named(journal: str, tag: str, project: Project) -> Ignored:
    """Where the journal names a file that is not there: the tool then runs none at all."""
    file = project.tree.file(journal)
    at = file.text.find(json.dumps(tag)) if file else -1
    place = histories.first_line(journal, project) if at < 0 else Span(journal, at, at + len(json.dumps(tag)))
    return Ignored(place, f"{tag}.sql is not there, and without it the tool runs nothing", what="what this entry names")


def _wrapped(path: str, dialect: str | None, project: Project) -> bool | None:
    """All migrations of a run are in one transaction, unless a script ends it (PgDialect.migrate)."""
    file = project.tree.file(path)
    return histories.transactional(dialect, None if file is None or histories.unwrapped(file.text) else True)


def _journal(path: str, project: Project) -> tuple[str, list[str]] | None:
    """The dialect and the names of the files in order; None when the journal is not what Drizzle writes."""
    file = project.tree.file(path)
    try:
        data: Any = json.loads(file.text) if file else None
    except (ValueError, RecursionError):
        return None
    entries = data.get("entries") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        return None
    tags = [entry.get("tag") if isinstance(entry, dict) else None for entry in entries]
    named = [tag for tag in tags if isinstance(tag, str)]
    return (str(data.get("dialect")), named) if len(named) == len(tags) else None


PARSER = Drizzle()
