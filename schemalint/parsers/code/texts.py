"""Texts of a program with the place of every character, so that what a statement names is shown where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from schemalint.model.clauses import Guard
from schemalint.model.described import Comment, CommentOn
from schemalint.model.facts import Fact, Invalid, Opaque
from schemalint.model.frozen import frozen
from schemalint.model.objects import (
    Alone,
    CallRoutine,
    KeyChecks,
    LegacyRenames,
    RefreshView,
    SearchPath,
    Transaction,
    Write,
)
from schemalint.sql import HOLE, read_made
from schemalint.sql.plain import encode

LONGEST = 400_000
"""Characters of one text, so that pieces that name each other do not grow without end."""

_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|U([0-9a-fA-F]{8})|([0-7]{1,3})|(\r?\n)|(.))",
    re.S,
)
_BEARS = re.compile(
    r"\b(?:CREATE|ALTER|DROP|RENAME)\s+(?:OR\s+REPLACE\s+)?(?:(?:UNIQUE|UNLOGGED|VIRTUAL|MATERIALIZED|FULLTEXT|SPATIAL)\s+)?"
    r"(?:TABLE|INDEX|TYPE|DOMAIN|VIEW)\b",
    re.I,
)
_ALTERS = re.compile(rf"\b(?:ALTER|RENAME)\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?[^\s;(]*{HOLE}|^\s*{HOLE}", re.I)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_ASIDE = (
    Alone
    | RefreshView
    | Write
    | CallRoutine
    | Transaction
    | Comment
    | CommentOn
    | KeyChecks
    | LegacyRenames
    | SearchPath
)
"""What a program may do to rows and sessions is none of the schema."""
_MADE = "the program puts the statement together while it runs"


@frozen
class Text:
    """A text and where each of its characters starts and ends in the file. `HOLE` stands for what is not known."""

    value: str
    starts: Sequence[int]
    ends: Sequence[int]


@frozen
class Step:
    """One text that is run. `certain`: nothing may keep it from running, and the program stops if it fails."""

    text: Text
    certain: bool


@dataclass(slots=True)
class Run:
    """What one function runs, in order."""

    name: str
    steps: list[Step] = field(default_factory=list)


def bears(text: Text) -> bool:
    """Whether a text may make or change tables."""
    return _BEARS.search(text.value) is not None


def alters(text: Text) -> bool:
    """Whether a text may change a table of which it does not say the name."""
    return HOLE in text.value and _ALTERS.search(text.value) is not None


def verbatim(value: str, at: int) -> Text:
    """A text that stands at an offset just as it is."""
    return Text(value, range(at, at + len(value)), range(at + 1, at + len(value) + 1))


def unknown(start: int, end: int) -> Text:
    """An expression whose value is not known."""
    return Text(HOLE, (start,), (end,))


def escaped(raw: str, at: int, indented: bool = False) -> Text:
    """What a literal's inside means when a backslash escapes. `indented`: behind one at the end of a line, the blanks that
    begin the next one go too (Rust)."""
    if "\\" not in raw:
        return verbatim(raw, at)
    value: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    here = 0
    for match in _ESCAPE.finditer(raw):
        _copy(raw, here, match.start(), at, value, starts, ends)
        here = match.end()
        number = match[1] or match[2] or match[3] or match[4]
        if match[6]:
            while indented and raw[here : here + 1].isspace():
                here += 1
            continue
        code = int(number, 16) if number else int(match[5], 8) if match[5] else None
        meant = _LETTERS.get(match[7], match[7]) if code is None else chr(code) if code < 0x110000 else HOLE
        value.append(meant)
        starts.append(at + match.start())
        ends.append(at + match.end())
    _copy(raw, here, len(raw), at, value, starts, ends)
    return Text("".join(value), starts, ends)


def _copy(raw: str, start: int, end: int, at: int, value: list[str], starts: list[int], ends: list[int]) -> None:
    value.append(raw[start:end])
    starts.extend(range(at + start, at + end))
    ends.extend(range(at + start + 1, at + end + 1))


def joined(pieces: Iterable[Text]) -> Text | None:
    """Texts one behind the other; None when they are too long together."""
    value: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in pieces:
        value.append(piece.value)
        starts.extend(piece.starts)
        ends.extend(piece.ends)
        if len(starts) > LONGEST:
            return None
    return Text("".join(value), starts, ends)


def filled(text: Text, places: re.Pattern[str]) -> Text:
    """The text with a hole for each place that a function fills in (`%s`, `{}`); a doubled mark stands for itself."""
    value: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    here = 0
    for match in places.finditer(text.value):
        start, end = match.span()
        value += (text.value[here:start], match[0][0] if match[0] in ("%%", "{{", "}}") else HOLE)
        starts += (*text.starts[here:start], text.starts[start])
        ends += (*text.ends[here:start], text.ends[end - 1])
        here = end
    value.append(text.value[here:])
    return Text("".join(value), (*starts, *text.starts[here:]), (*ends, *text.ends[here:]))


def facts(path: str, text: Text, dialect: str | None, certain: bool, trusted: bool) -> list[dict[str, Any]]:
    """What the statements of a text say, as plain data with places in the file. `certain`: they run, and the program stops
    where one fails; of others, those that the server refuses are meant for another one, or to fail. `trusted`: the dialect
    is beyond doubt, so that what its server refuses may be told."""
    made = read_made(path, text.value, dialect).facts
    refused = {fact.statement for fact in made if isinstance(fact, Invalid)} if trusted and not certain else frozenset()
    found = [
        encode(_worded(fact) if certain else guarded(_worded(fact)))
        for fact in made
        if not isinstance(fact, _ASIDE) and fact.statement not in refused and (trusted or not isinstance(fact, Invalid))
    ]
    return [_placed(one, text) for one in found]


def _worded(fact: Fact) -> Fact:
    """What is not known for a hole, in the words of code."""
    return replace(fact, why=_MADE) if isinstance(fact, Opaque) and fact.why.startswith("a template") else fact


def guarded(fact: Fact) -> Fact:
    """The fact as one that may or may not run."""
    if fact.guard is not None and fact.guard.conditional:
        return fact
    return replace(fact, guard=Guard(fact.statement, True))


def _placed(data: Any, text: Text) -> Any:
    """Plain data with offsets into the text turned into offsets into the file."""
    if isinstance(data, list):
        return [_placed(item, text) for item in data]
    if not isinstance(data, dict):
        return data
    place = data.get("@")
    if place is not None:
        return {"@": [place[0], *_range(text, place[1], place[2])]}
    if data.get("") == "Invalid":
        data = {**data, "line": ""}
    return {key: _placed(item, text) for key, item in data.items()}


def _range(text: Text, start: int, end: int) -> tuple[int, int]:
    if start >= len(text.value):
        return (text.ends[-1], text.ends[-1]) if text.value else (0, 0)
    first = text.starts[start]
    if end <= start:
        return first, first
    last = text.ends[min(end, len(text.value)) - 1]
    return first, last if last > first else text.ends[start]  # pieces need not stand in the order they are joined in
