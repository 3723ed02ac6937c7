"""Refusals as data: where in a statement to look, what stands there, and what the server says to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from schemalint.model.facts import Servers
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.phrases import Layout, Phrase, phrase
from schemalint.sql.refusals.say import stumbles
from schemalint.sql.tokens import QUOTED, STRING, WORD


class Where(Enum):
    """What a pattern is matched against, from its beginning."""

    STATEMENT = "statement"
    ACTION = "action"  # of ALTER TABLE, from its keyword
    COLUMN = "column"  # a definition in CREATE TABLE or ADD COLUMN, from the column's name
    CONSTRAINT = "constraint"  # an element of CREATE TABLE that is no column
    OPTIONS = "options"  # what follows the columns of CREATE TABLE


@dataclass(frozen=True, slots=True)
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
    return Pattern(where, re.compile(regex.replace("NAME", r"\S+(?: \. \S+)*")), reason, words, only)


NOT_COLUMNS = frozenset(
    [
        "CONSTRAINT",
        "PRIMARY",
        "UNIQUE",
        "FOREIGN",
        "CHECK",
        "EXCLUDE",
        "LIKE",
        "INDEX",
        "KEY",
        "FULLTEXT",
        "SPATIAL",
        "PERIOD",
        "PARTITION",
    ]
)
"""First words of elements that are no columns."""


def columns(cursor: Cursor, made: Layout) -> Iterator[tuple[int, int]]:
    """Where column definitions stand, from the name on."""
    tokens = cursor.tokens
    for start, end in made.elements:
        if start < end and tokens[start][0] in (WORD, QUOTED, STRING):
            if tokens[start][0] == WORD and tokens[start][1] in NOT_COLUMNS:
                continue
            yield start, end
    for start, end in made.actions:
        if start >= end or tokens[start][1] != "ADD" or tokens[start][0] != WORD:
            continue
        at = start + 1
        stated = tokens[at][1] == "COLUMN" and tokens[at][0] == WORD
        at += stated
        if [token[1] for token in tokens[at : at + 3]] == ["IF", "NOT", "EXISTS"]:
            at += 3
        named = at < end and tokens[at][0] in (WORD, QUOTED, STRING)
        if named and (stated or not (tokens[at][0] == WORD and tokens[at][1] in NOT_COLUMNS)):
            yield at, end


def matches(cursor: Cursor, made: Layout, table: tuple[Pattern, ...]) -> Iterator[Match]:
    """Every row of a table of refusals that applies, once."""
    phrases: dict[Where, list[Phrase]] = {
        Where.STATEMENT: [made.head],
        Where.ACTION: [phrase(cursor.tokens, made.partners, *piece) for piece in made.actions],
        Where.COLUMN: [phrase(cursor.tokens, made.partners, *piece) for piece in columns(cursor, made)],
    }
    defined = {start for start, _ in columns(cursor, made)}
    others = [piece for piece in made.elements if piece[0] not in defined and piece[0] < piece[1]]
    phrases[Where.CONSTRAINT] = [phrase(cursor.tokens, made.partners, *piece) for piece in others]
    if made.closes > 0:
        phrases[Where.OPTIONS] = [phrase(cursor.tokens, made.partners, made.closes + 1, len(cursor.tokens) - 1)]
    for row in table:
        for one in phrases.get(row.where, ()):
            found = row.regex.match(one.text)
            if found is not None:
                yield _match(cursor, made, row, one, found)
                break


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
