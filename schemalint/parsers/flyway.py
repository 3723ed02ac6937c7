"""Flyway's SQL: `V1_2__title.sql` by version, part by part as numbers, then `R__title.sql` by title; `U1_2__title.sql` is the
way back. Folders below the location count too. Java migrations are steps that are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from schemalint import histories
from schemalint.model.facts import Fact
from schemalint.model.source import Ignored, Script, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_NAME = re.compile(r"(?:([VU])([0-9]+(?:[._][0-9]+)*)|(R))__(.*)\.(?:sql|java|kt)$")
_CALLBACK = re.compile(r"(?:before|after|create)[A-Z]\w*\.sql$")
_NOT_WRAPPED = re.compile(r"^[ \t]*executeInTransaction[ \t]*=[ \t]*false", re.M)
_WHY = "it only takes V1__title.sql, U1__title.sql and R__title.sql"


def _version(written: str) -> tuple[int, ...]:
    """1.0 and 1 are one version."""
    parts = [int(part[:40]) for part in re.split(r"[._]", written)]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


class Flyway:
    """Reads SQL migrations of Flyway."""

    name = "flyway"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True

    def claims(self, path: str, content: bytes) -> bool:
        return path.endswith(".sql") and _NAME.match(basename(path)) is not None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return {**histories.reading(file, dialect), "filled": "${" in file.text}

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for root, paths in histories.owned(self.name, project):
            yield self._source(root, paths, extracts, project)

    def _source(self, root: str, paths: list[str], extracts: Mapping[str, Extract], project: Project) -> Source:
        choice = project.dialect_of(root)
        code = _code_folders(root)
        both = [*paths, *(path for path in project.tree.paths if code and path.startswith(code))]
        steps, again, backs = [], [], {}
        for path in both:
            match = _NAME.match(basename(path))
            if match is None:
                continue
            if match[1] == "V":
                steps.append((_version(match[2]), match[2].replace("_", "."), path))
            elif match[1] == "U":
                backs[_version(match[2])] = path
            elif match[3]:
                again.append((match[4], path))
        scripts = []
        for version, label, path in sorted(steps):
            back = backs.get(version)
            down = None if back is None else _facts(back, extracts, project)
            wrapped = histories.transactional(choice.name, _wrapped(path, project))
            facts = _facts(path, extracts, project)
            scripts.append(Script(path, label, facts, down, back, wrapped))
        for title, path in sorted(again):
            wrapped = histories.transactional(choice.name, _wrapped(path, project))
            scripts.append(Script(path, f"R {title}", _facts(path, extracts, project), transactional=wrapped))
        faults = histories.duplicates(steps, project)
        ignored = tuple(_passed_over(root, paths, project))
        return histories.history(self.name, root, choice.name, choice.why, scripts, ignored, faults)


def _code_folders(root: str) -> tuple[str, ...]:
    """Where the build puts Java or Kotlin migrations of the same location."""
    before, resources, after = f"/{root}".partition("/resources/")
    return tuple(f"{before}/{language}/{after}/".lstrip("/") for language in ("java", "kotlin")) if resources else ()


def _facts(path: str, extracts: Mapping[str, Extract], project: Project) -> tuple[Fact, ...]:
    if not path.endswith(".sql"):
        return histories.opaque(path, "a migration in code is not read", project)
    extract = extracts.get(path)
    if extract is None or extract["filled"]:
        return histories.opaque(path, "Flyway puts values of its configuration into it", project)
    return histories.facts(extract)


def _wrapped(path: str, project: Project) -> bool:
    file = project.tree.file(f"{path}.conf")
    return file is None or _NOT_WRAPPED.search(file.text) is None


def _passed_over(root: str, paths: list[str], project: Project) -> Iterator[Ignored]:
    for one in histories.beside(root, paths, _WHY, project):
        if not _CALLBACK.match(basename(one.span.path)):
            yield one


PARSER = Flyway()
