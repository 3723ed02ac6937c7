"""Refusals as data: where in a statement to look, what stands there, and what the server says to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from schemalint.model.facts import Servers
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.phrases import Layout, Phrase, phrase
from schemalint.sql.refusals.say import stumbles
from schemalint.sql.tokens import PUNCT, QUOTED, STRING, WORD


class Where(Enum):
    """What a pattern is matched against, from its beginning."""

    STATEMENT = "statement"
    ACTION = "action"  # of ALTER TABLE, from its keyword
    COLUMN = "column"  # a definition in CREATE TABLE or ADD COLUMN, from the column's name
    CONSTRAINT = "constraint"  # an element of CREATE TABLE that is no column
    OPTIONS = "options"  # what follows the columns of CREATE TABLE


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """The named group `near` is the token the server stumbles over, `at` what is underlined (without it: that token).
    In `reason`, `{at}` stands for what is underlined; `words` are the server's where they are not those of a syntax error at
    `near`: there `{lower}` and `{upper}` are what is underlined, `{name}` the name that the phrase begins with, folded, and
    `{spelled}` as written."""

    where: Where
    regex: re.Pattern[str]
    reason: str
    words: str | None = None
    only: tuple[Servers, ...] = ()
    telling: frozenset[str] | None = None  # one of these words stands in every statement it applies to; None: not known


@dataclass(frozen=True, slots=True)
class Match:
    """A refusal that was found: the tokens to underline, and what to say."""

    start: int
    end: int
    reason: str
    words: str | None
    only: tuple[Servers, ...]


def pattern(where: Where, regex: str, reason: str, words: str | None = None, only: tuple[Servers, ...] = ()) -> Pattern:
    """A row of a table of refusals. `NAME` in the regex is a name, qualified or not."""
    compiled = re.compile(re.sub(r"\bNAME\b", r"\\S+(?: \\. \\S+)*", regex))
    return Pattern(where, compiled, reason, words, only, _telling(regex))


_GROUP = re.compile(r"\(\?P<(?:at|near)>")
_FIRST = re.compile(r"(?:\(\?(?:P<\w+>|:))*([A-Z][A-Z_\d]*)(?=[ |)]|$)")


def _telling(regex: str) -> frozenset[str] | None:
    """Words of which every statement that a row applies to holds one: those that what is underlined begins with, where they
    are written out, else one that stands outside of every group. Most statements hold none of them."""
    outside, depth = "", 0
    for at, mark in enumerate(regex):
        escaped = at > 0 and regex[at - 1] == "\\"
        depth += {"(": 1, ")": -1}.get(mark, 0) if not escaped else 0
        outside += mark if depth == 0 else " "
    must = re.findall(r"(?<!\\)\b[A-Z][A-Z_]+(?= )", outside.replace("NAME", " "))
    group = _GROUP.search(regex)
    inside = _inside(regex, group.end()) if group is not None else r"\w"
    parts = [] if r"\w" in inside else inside.split("|")  # a word that is written in part tells nothing
    firsts = [_FIRST.match(part) for part in parts]
    found = frozenset(first[1] for first in firsts if first is not None)
    if firsts and None not in firsts:
        return found
    if parts == [r"\["]:
        return frozenset("[")
    return frozenset(must[-1:]) or None


def _inside(regex: str, start: int) -> str:
    """The text of a group from behind its opening to before the parenthesis that closes it."""
    depth, end = 1, start
    while depth and end < len(regex):
        depth += {"(": 1, ")": -1}.get(regex[end], 0) if regex[end - 1] != "\\" else 0
        end += 1
    return regex[start : end - 1]


def indexed(*tables: tuple[Pattern, ...]) -> Mapping[str, tuple[Pattern, ...]]:
    """The rows of tables by the words that tell of them; "" for those without such words."""
    found: dict[str, list[Pattern]] = {}
    for row in (row for table in tables for row in table):
        for word in row.telling if row.telling is not None else ("",):
            found.setdefault(word, []).append(row)
    return {word: tuple(rows) for word, rows in found.items()}


def matches(cursor: Cursor, made: Layout, rows: Mapping[str, tuple[Pattern, ...]]) -> Iterator[Match]:
    """Every row that applies, once; `rows` are indexed."""
    told = {token[1] for token in cursor.tokens if token[0] in (WORD, PUNCT)} & rows.keys()
    wanted = [row for word in sorted(told) for row in rows[word]] + list(rows.get("", ()))
    known: dict[str, list[Phrase]] = {}
    for row in dict.fromkeys(wanted):
        where = row.where.value
        if where not in known:
            known[where] = [phrase(cursor.tokens, made.partners, *place) for place in _places(cursor, made, row.where)]
        for one in known[where]:
            found = row.regex.match(one.text)
            if found is not None:
                yield _match(cursor, made, row, one, found)
                break


def _places(cursor: Cursor, made: Layout, where: Where) -> Sequence[tuple[int, int]]:
    """The parts of a statement that a row is matched against."""
    if where is Where.STATEMENT:
        return [(0, min(len(cursor.tokens) - 1, 60))]
    if where is Where.ACTION:
        return made.actions
    if where is Where.COLUMN:
        return made.columns
    if where is Where.OPTIONS:
        return [(made.closes + 1, len(cursor.tokens) - 1)] if made.closes > 0 else ()
    defined = {start for start, _ in made.columns}
    return [piece for piece in made.elements if piece[0] not in defined and piece[0] < piece[1]]


def _match(cursor: Cursor, made: Layout, row: Pattern, one: Phrase, found: re.Match[str]) -> Match:
    groups = row.regex.groupindex
    near = one.token(found.start("near")) if "near" in groups and found["near"] is not None else None
    group = "at" if "at" in groups else "near"
    start = one.token(found.start(group))
    last = one.token(found.end(group) - 1)
    end = made.partners.get(last, last) + 1
    written = " ".join(cursor.raw(start, end).upper().split())
    words = row.words
    if words is None and near is not None:
        words = stumbles(cursor, near)
    elif words is not None:
        first = one.tokens[0]
        spelled, quoted = _name(cursor, first)
        name = cursor.dialect.identifier(spelled, quoted).key
        shown = cursor.raw(start, end)
        words = (
            words.replace("{name}", name)
            .replace("{spelled}", spelled)
            .replace("{lower}", shown.lower())
            .replace("{upper}", shown.upper())
        )
    return Match(start, end, row.reason.replace("{at}", written), words, row.only)


def _name(cursor: Cursor, at: int) -> tuple[str, bool]:
    raw = cursor.raw(at, at + 1)
    quoted = cursor.tokens[at][0] in (QUOTED, STRING)
    return (raw[1:-1], True) if quoted else (raw, False)
