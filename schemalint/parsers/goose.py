"""goose: `NUMBER_title.sql` with `-- +goose Up` and `-- +goose Down`, and Go files that register functions, by number.

A number that is no positive 64-bit integer, or no underscore behind it, and the file is not run: the library's provider
passes it over, the command and the older functions stop with an error (migration.go, provider_collect.go, migrate.go).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.source import Script, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_NAME = re.compile(r"([0-9]+)_.*\.(?:sql|go)$")
_LARGEST = 2**63
_UP = re.compile(r"^--[ \t]*\+goose[ \t]+up[ \t\r]*$", re.I | re.M)
_DOWN = re.compile(r"^--[ \t]*\+goose[ \t]+down[ \t\r]*$", re.I | re.M)
_NO_TRANSACTION = re.compile(r"^--[ \t]*\+goose[ \t]+no[ \t]+transaction[ \t\r]*$", re.I | re.M)
_ENVIRONMENT = re.compile(r"^--[ \t]*\+goose[ \t]+envsub[ \t]+on[ \t\r]*$", re.I | re.M)
_REGISTERED = re.compile(rb"\bgoose\.Add(?:Named)?Migration\w*\(")
_WHY = "it only takes NUMBER_title.sql with a number above zero, and its command line refuses the whole folder"


def _version(path: str) -> int | None:
    match = _NAME.match(basename(path))
    if match is None or len(match[1]) > 40 or path.endswith("_test.go"):
        return None
    return int(match[1]) if 0 < int(match[1]) < _LARGEST else None


class Goose:
    """Reads migration folders of goose."""

    name = "goose"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True

    def claims(self, path: str, content: bytes) -> bool:
        if path.endswith(".go"):
            return _version(path) is not None and _REGISTERED.search(content) is not None
        return histories.marked(path, content) == self.name

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        if file.path.endswith(".go"):
            return histories.refused(file, "a migration in Go code is not read")
        if _ENVIRONMENT.search(file.text) and "$" in file.text:
            return histories.refused(file, "goose puts values of the environment into it")
        if len(_UP.findall(file.text)) > 1 or len(_DOWN.findall(file.text)) > 1:
            return histories.refused(file, "goose refuses a file with a second `-- +goose Up` or `-- +goose Down`")
        found = histories.sections(file, dialect, _UP, _DOWN)
        by_hand = histories.unwrapped(file.text)
        return {**found, "transaction": None if by_hand else _NO_TRANSACTION.search(file.text) is None}

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, paths in histories.owned(self.name, project):
            code = [path for path in extracts if path.endswith(".go") and dirname(path) == folder]
            steps = sorted((version, path) for path in (*paths, *code) if (version := _version(path)) is not None)
            yield self._source(folder, steps, extracts, project)

    def _source(
        self, folder: str, steps: list[tuple[int, str]], extracts: Mapping[str, Extract], project: Project
    ) -> Source:
        choice = project.dialect_of(folder)
        scripts = []
        for version, path in steps:
            extract = extracts.get(path)
            if extract is None:
                why = "goose refuses a file without `-- +goose Up`"
                scripts.append(Script(path, str(version), histories.opaque(path, why, project)))
                continue
            scripts.append(histories.two_way(path, str(version), extract, choice.name))
        mine = [path for _, path in steps]
        return histories.history(
            self.name,
            folder,
            choice.name,
            choice.why,
            scripts,
            histories.beside(folder, mine, _WHY, project),
            histories.duplicates(((version, str(version), path) for version, path in steps), project),
        )


PARSER = Goose()
