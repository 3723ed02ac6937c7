"""sql-migrate: every .sql file of the folder with `-- +migrate Up` and `-- +migrate Down`, by the number that begins its
name, then by name. The whole name is the version: two files may have one number (migrate.go, sqlparse/sqlparse.go).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from schemalint import histories
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_NUMBER = re.compile(r"[0-9]+")
_LARGEST = 2**63
_MARK = "-- +migrate "
_UNFINISHED = "it misses the semicolon of the last statement"
_CUT = "it ends a statement with every line that ends with a semicolon, without `-- +migrate StatementBegin` and `StatementEnd`"
_BEFORE = "what stands before the first mark is passed over"


def _order(path: str) -> tuple[bool, int, str]:
    """Files with a number come first, by that number."""
    match = _NUMBER.match(basename(path))
    return match is None, int(match[0][:40]) if match else 0, basename(path)


class SqlMigrate:
    """Reads migration folders of sql-migrate."""

    name = "sql-migrate"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True
    endings = frozenset({"sql"})

    def claims(self, path: str, content: bytes) -> bool:
        return histories.marked(path, content) == self.name

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        number = _NUMBER.match(basename(file.path))
        if number is not None and (len(number[0]) > 40 or int(number[0]) >= _LARGEST):
            return histories.refused(file, self.name, "the number of its name is too large")
        found = _Marks(len(file.text))
        for start, line in histories.lines(file.text):
            why = found.take(start, line)
            if why is not None:
                return histories.refused(file, self.name, why, start, start + len(line))
        why = found.end()
        if why is not None:
            return histories.refused(file, self.name, why, *found.last)
        cuts = (histories.cut(file, dialect, stretch, found.whole) for stretch in (*found.up, *found.down))
        parts = histories.parts(file, dialect, found.up, found.down or None)
        by_hand = histories.unwrapped(file.text)
        made = {
            **parts,
            "transaction": None if by_hand else found.transaction,
            "down_transaction": None if by_hand else found.down_transaction,
            "cut": next((cut for cut in cuts if cut is not None), None),
        }
        return made if found.lost is None else histories.noted(made, _BEFORE, *found.lost, what="this part of the file")

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, _ in histories.owned(self.name, project):
            choice = project.dialect_of(folder)
            paths = (path for path in project.tree.within(folder) if path.endswith(".sql"))
            known = dict(extracts)
            scripts = []
            itself = not _is_another(folder, project)
            for path in sorted(paths, key=_order):
                file = project.tree.file(path)
                if path not in known and file is not None:  # without the marks it was not claimed
                    known[path] = self.extract(file, choice.name)
                if file is not None and itself and (cut := known.get(path, {}).get("cut")) is not None:
                    known[path] = histories.refused(file, self.name, _CUT, *cut)
                if path in known:
                    scripts.append(histories.two_way(path, basename(path), known[path], choice.name))
            ignored = tuple(histories.stops([script.path for script in scripts], known))
            yield histories.history(self.name, folder, choice.name, choice.why, scripts, ignored)


def _is_another(folder: str, project: Project) -> bool:
    """Whether the folder's Go module does without sql-migrate and nothing calls it: another program goes by the same marks,
    and how it cuts a file into statements is its own affair."""
    modules = [one for one in project.deployment.go_modules if not one.root or f"{folder}/".startswith(f"{one.root}/")]
    needed = any("rubenv/sql-migrate" in one.name for module in modules for one in module.requires)
    called = any(call.tool == SqlMigrate.name for call in project.deployment.tool_calls)
    return bool(modules) and not needed and not called


class _Marks:
    """The marks of a file line by line, as the tool takes them (sqlparse/sqlparse.go of sql-migrate 1.8): `up` and `down` are
    the stretches of both ways, of which there may be several, `whole` those between StatementBegin and StatementEnd, `lost`
    the first line of code before any mark."""

    def __init__(self, size: int) -> None:
        self.up: list[tuple[int, int]] = []
        self.down: list[tuple[int, int]] = []
        self.whole: list[tuple[int, int]] = []
        self.lost: tuple[int, int] | None = None
        self.last = (0, 0)
        self.transaction = self.down_transaction = True
        self._size = size
        self._way: list[tuple[int, int]] | None = None
        self._begun: int | None = None
        self._open = False  # a statement that no semicolon has ended yet

    def take(self, start: int, line: str) -> str | None:
        """Takes the next line; why the tool stops at it, None when it does not."""
        if line.startswith(_MARK):
            return self._mark(start, start + len(line), line[len(_MARK) :].split())
        if line.startswith("-- ") or not line.strip():
            return None
        if self._way is None:
            if self.lost is None and not line.startswith("--"):
                self.lost = (start, start + len(line))
            return None
        self.last = (start, start + len(line))
        if self._begun is None:
            self._open = not histories.closes(line)
        return None

    def _mark(self, start: int, end: int, words: list[str]) -> str | None:
        if not words:
            return "its mark says nothing"
        if words[0] in ("Up", "Down"):
            if self._open:
                return _UNFINISHED
            self._close(start)
            self._way = self.up if words[0] == "Up" else self.down
            self._way.append((end, self._size))
            if "notransaction" in words:
                self.transaction &= words[0] != "Up"
                self.down_transaction &= words[0] != "Down"
        elif self._way is not None and words[0] == "StatementBegin":
            self._begun, self.last = start, (start, end)
        elif self._begun is not None and words[0] == "StatementEnd":
            self.whole.append((self._begun, start))
            self._begun, self._open = None, False
        return None

    def _close(self, at: int) -> None:
        if self._way is not None:
            self._way[-1] = (self._way[-1][0], at)

    def end(self) -> str | None:
        """Takes the end of the file; why the tool stops there, None when it does not."""
        if self._way is None:
            return "it has neither `-- +migrate Up` nor `-- +migrate Down`"
        if self._begun is not None:
            return "`-- +migrate StatementEnd` is missing"
        return _UNFINISHED if self._open else None


PARSER = SqlMigrate()
