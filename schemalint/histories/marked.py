"""Files whose marks part the way up from the way back, and what their tools refuse in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from schemalint.dialects import dialect as named
from schemalint.model.facts import Opaque
from schemalint.model.source import Ignored
from schemalint.model.span import SourceFile, Span
from schemalint.sql import read
from schemalint.sql.statements import split

Extract = dict[str, Any]
Stretch = tuple[int, int]
_LINE = re.compile(r"[^\n]*(?:\n|\Z)")


def parts(file: SourceFile, dialect: str | None, up: Iterable[Stretch], down: Iterable[Stretch] | None) -> Extract:
    """What these stretches of a file say: "facts" of the way up, "down" of the way back (None without one)."""
    forth = [read(file, dialect, *stretch) for stretch in up]
    back = None if down is None else [read(file, dialect, *stretch) for stretch in down]
    return {
        "facts": tuple(fact for one in forth for fact in one.facts),
        "down": None if back is None else tuple(fact for one in back for fact in one.facts),
        "statements": sum(one.statements for one in forth),
        "down_statements": None if back is None else sum(one.statements for one in back),
        "ddl": sum(one.ddl for one in forth),
    }


def unread(file: SourceFile, why: str) -> Extract:
    """The extract of a file that its tool runs and of which nothing is known, for that reason."""
    at = Span(file.path, 0, len(file.line(1)))
    return {"facts": (Opaque(at, at, why, None),), "down": None, "statements": 1, "ddl": 1}


def refused(file: SourceFile, tool: str, why: str, start: int = 0, end: int | None = None) -> Extract:
    """The extract of a file that its tool stops at, for that reason, at that place (the first line when none is given)."""
    place = start, len(file.line(1)) if end is None else end
    return noted(unread(file, f"{tool} stops here: {why}"), f"it stops here: {why}", *place)


def noted(extract: Extract, why: str, start: int, end: int, what: str = "this file") -> Extract:
    """The extract with a place that the tool objects to or passes over, though the rest is read as written."""
    return {**extract, "refused": [start, end, why, what]}


def stops(paths: Iterable[str], extracts: Mapping[str, Extract]) -> Iterator[Ignored]:
    """The files, or parts of files, that the tool does not run."""
    for path in paths:
        if "refused" in extracts.get(path, ()):
            start, end, why, what = extracts[path]["refused"]
            yield Ignored(Span(path, start, end), why, what=what)


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Every line without its end, with where it starts."""
    for match in _LINE.finditer(text):
        if match[0] or match.start() == 0:
            yield match.start(), match[0].rstrip("\r\n")


def closes(line: str) -> bool:
    """Whether a tool that reads line by line takes this one for the last of a statement: its last word before a comment ends
    with a semicolon (goose internal/sqlparser/parser.go and sql-migrate sqlparse/sqlparse.go, endsWithSemicolon)."""
    if ";" not in line:
        return False
    last = ""
    for word in line.split():
        if word.startswith("--"):
            break
        last = word
    return last.endswith(";")


def cut(file: SourceFile, dialect: str | None, stretch: Stretch, whole: Sequence[Stretch]) -> Stretch | None:
    """The first statement that such a tool cuts in two, since one of its lines ends with a semicolon; None where it cuts none.
    `whole` are the stretches that it is told to leave whole."""
    for statement in split(file.text, *stretch, named(dialect).family):
        at = file.text.find("\n", statement.start, statement.end)
        while at >= 0:
            begin = max(file.text.rfind("\n", 0, at) + 1, statement.start)
            if closes(file.text[begin:at]) and not any(start <= at < end for start, end in whole):
                return statement.start, at
            at = file.text.find("\n", at + 1, statement.end)
    return None
