"""goose: `NUMBER_title.sql` with `-- +goose Up` and `-- +goose Down`, and Go files that register functions, by number.

A number that is no positive 64-bit integer, or no underscore behind it, and the file is not run: the library's provider
passes it over, the command and the older functions stop with an error (migration.go, provider_collect.go, migrate.go).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_NAME = re.compile(r"([0-9]+)_.*\.(?:sql|go)$")
_LARGEST = 2**63
_MARKS = frozenset({"up", "down", "statementbegin", "statementend", "no transaction", "envsub on", "envsub off"})
_VARIABLE = re.compile(r"\$(?!\{)")
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
    endings = frozenset({"sql", "go"})

    def claims(self, path: str, content: bytes) -> bool:
        if path.endswith(".go"):
            return _version(path) is not None and _REGISTERED.search(content) is not None
        return histories.marked(path, content) == self.name

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        if file.path.endswith(".go"):
            return histories.unread(file, "a migration in Go code is not read")
        found = _Marks()
        for start, line in histories.lines(file.text):
            why = found.take(start, line)
            if why is not None:
                return histories.refused(file, self.name, why, start, start + len(line))
        why = found.end(len(file.text))
        if why is not None:
            return histories.refused(file, self.name, why, *found.last)
        up = found.up or (0, 0)
        cut = histories.cut(file, dialect, up, found.whole)
        if cut is not None:
            return histories.refused(file, self.name, _CUT, *cut)
        if found.filled:
            return histories.unread(file, "goose puts values of the environment into it")
        parts = histories.parts(file, dialect, [up], None if found.down is None else [found.down])
        return {**parts, "transaction": None if histories.unwrapped(file.text) else found.transaction}

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, paths in histories.owned(self.name, project):
            code = [path for path in extracts if path.endswith(".go") and dirname(path) == folder]
            steps = sorted((version, path) for path in (*paths, *code) if (version := _version(path)) is not None)
            known = self._all(paths, extracts, project)
            yield self._source(folder, [step for step in steps if step[1] in known], known, project)

    def _all(self, paths: list[str], extracts: Mapping[str, Extract], project: Project) -> Mapping[str, Extract]:
        """The extracts, with those of files that bear no marks and were not claimed."""
        files = (file for path in paths if path not in extracts and (file := project.tree.file(path)) is not None)
        return {**extracts, **{file.path: self.extract(file, None) for file in files}}

    def _source(
        self, folder: str, steps: list[tuple[int, str]], extracts: Mapping[str, Extract], project: Project
    ) -> Source:
        choice = project.dialect_of(folder)
        scripts = []
        for version, path in steps:
            scripts.append(histories.two_way(path, str(version), extracts[path], choice.name))
        mine = [path for _, path in steps]
        ignored = (*histories.beside(folder, mine, _WHY, project), *histories.stops(mine, extracts))
        return histories.history(
            self.name,
            folder,
            choice.name,
            choice.why,
            scripts,
            ignored,
            histories.duplicates(((version, str(version), path) for version, path in steps), project),
        )


_CUT = "it ends a statement with every line that ends with a semicolon, without `-- +goose StatementBegin` and `StatementEnd`"


class _Marks:
    """The marks of a file line by line, as the tool takes them (internal/sqlparser/parser.go of goose 3.29): `up` and `down`
    are the stretches of both ways, `whole` those between StatementBegin and StatementEnd; `filled` tells that a line holds
    `$name`, which the tool replaces and our reader would not see."""

    def __init__(self) -> None:
        self.up: tuple[int, int] | None = None
        self.down: tuple[int, int] | None = None
        self.whole: list[tuple[int, int]] = []
        self.last = (0, 0)
        self.transaction = True
        self.filled = False
        self._begun: tuple[int, int] | None = None
        self._open = False  # a statement of the way up that no semicolon has ended yet
        self._environment = False

    def take(self, start: int, line: str) -> str | None:
        """Takes the next line; why the tool stops at it, None when it does not."""
        if line.lstrip().startswith("--") and "+goose" in line:
            return self._mark(start, line)
        if self.up is None:
            code = line.strip() and not line.lstrip().startswith("--")
            return "nothing may stand before `-- +goose Up`" if code else None
        self.filled |= self._environment and _VARIABLE.search(line) is not None
        if self._begun is None and self.down is None and line.strip():
            if self._open or not line.lstrip().startswith("--"):
                self._open = not histories.closes(line)
            if self._open:
                self.last = (start, start + len(line))
        return None

    def _mark(self, start: int, line: str) -> str | None:
        mark = line.replace("--", "").replace("+goose", "", 1).strip().lower()
        if line[0].isspace():
            return "a mark must stand at the start of its line"
        if mark not in _MARKS:
            return "it does not know this mark"
        match mark:
            case "up":
                if self.up is not None:
                    return "there is a second `-- +goose Up`"
                self.up = (start + len(line), start + len(line))
            case "down":
                if self.up is None or self.down is not None or self._begun is not None:
                    return "`-- +goose Down` must stand once, behind `-- +goose Up`"
                if self._open:
                    return _UNFINISHED
                self.up, self.down = (self.up[0], start), (start + len(line), start + len(line))
            case "statementbegin":
                if self.up is None or self._begun is not None:
                    return "`StatementBegin` must stand behind `-- +goose Up` or `-- +goose Down`"
                self._begun = self.last = (start, start + len(line))
            case "statementend":
                if self._begun is None:
                    return "`StatementEnd` must stand behind `StatementBegin`"
                self.whole.append((self._begun[0], start))
                self._begun, self._open = None, False
            case "no transaction":
                self.transaction = False
            case _:
                self._environment = mark == "envsub on"
        return None

    def end(self, size: int) -> str | None:
        """Takes the end of the file; why the tool stops there, None when it does not."""
        if self.up is None:
            return "it has no `-- +goose Up`"
        if self._begun is not None:
            return "`StatementEnd` is missing"
        if self.down is not None:
            self.down = (self.down[0], size)
        else:
            self.up = (self.up[0], size)
            if self._open:
                return _UNFINISHED
        return None


_UNFINISHED = "it misses the semicolon of the last statement"

PARSER = Goose()
