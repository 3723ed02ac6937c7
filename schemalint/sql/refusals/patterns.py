"""Refusals as data: where in a statement to look, what stands there, and what the server says to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from schemalint.model.facts import Servers
from schemalint.model.frozen import frozen
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.needs import Needs, needs
from schemalint.sql.refusals.phrases import Layout, Phrase, phrase
from schemalint.sql.refusals.say import stumbles
from schemalint.sql.refusals.shapes import spelled
from schemalint.sql.tokens import QUOTED, STRING


class Where(StrEnum):
    """What a pattern is matched against, from its beginning."""

    STATEMENT = "statement"
    ACTION = "action"  # of ALTER TABLE, from its keyword
    COLUMN = "column"  # a definition in CREATE TABLE or ADD COLUMN, from the column's name
    CONSTRAINT = "constraint"  # an element of CREATE TABLE that is no column
    OPTIONS = "options"  # what follows the columns of CREATE TABLE


@dataclass(frozen=True, eq=False)
class Pattern:
    """The named group `near` is the token the server stumbles over, `at` what is underlined (without it: that token).
    In `reason`, `{at}` stands for what is underlined; `words` are the server's where they are not those of a syntax error at
    `near`: there `{lower}` and `{upper}` are what is underlined, `{name}` the name that the phrase begins with, folded, and
    `{spelled}` as written. Most rows are never tried in a run: what follows from `text` is made when it is asked for."""

    where: Where
    text: str
    reason: str
    words: str | None = None
    only: tuple[Servers, ...] = ()

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.text)

    @cached_property
    def needs(self) -> Needs:
        return needs(self.text)

    @cached_property
    def excluded(self) -> frozenset[str]:
        """Words that a place it applies to does not begin with."""
        found = _EXCLUDED.match(self.text)
        return frozenset(found[1].split("|")) if found else frozenset()


@frozen
class Match:
    """A refusal that was found: the tokens to underline, and what to say."""

    start: int
    end: int
    reason: str
    words: str | None
    only: tuple[Servers, ...]


def pattern(where: Where, regex: str, reason: str, words: str | None = None, only: tuple[Servers, ...] = ()) -> Pattern:
    """A row of a table of refusals. `NAME` in the regex is a name, qualified or not."""
    if "NAME" in regex:
        regex = re.sub(r"\bNAME\b", r"\\S+(?: \\. \\S+)*", regex)
    return Pattern(where, regex, reason, words, only)


_EXCLUDED = re.compile(r"\(\?P<\w+>\(\?!\(\?:([A-Z|]+)\) \)")


Ranked = tuple[tuple[int, Pattern], ...]
"""Rows, each with its rank: earlier rows of a table rank before later ones."""


class Rows:
    """The rows for one family, asked by the words that stand in a statement or place: what is common is to have none to try.
    `telling` are words that a row for columns mentions, so that it may matter when a column is named so; `words` are those
    that any row mentions."""

    def __init__(self, *tables: tuple[Pattern, ...]) -> None:
        self._rows: Ranked = tuple(enumerate(row for table in tables for row in table))
        self._plans: dict[frozenset[str], Mapping[Where, Ranked]] = {}

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(word for _, row in self._rows for clause in row.needs for word in clause)

    @cached_property
    def telling(self) -> frozenset[str]:
        return spelled(row.text for _, row in self._rows if row.where is Where.COLUMN)

    @cached_property
    def words(self) -> frozenset[str]:
        return spelled(row.text for _, row in self._rows)

    def plan(self, values: list[str]) -> Mapping[Where, Ranked]:
        """The rows that may match where these values of tokens stand, by the kind of place they are for."""
        words = self._vocabulary.intersection(values)
        found = self._plans.get(words)
        if found is None:
            rows = [one for one in self._rows if all(not clause.isdisjoint(words) for clause in one[1].needs)]
            found = {where: some for where in Where if (some := tuple(one for one in rows if one[1].where is where))}
            if len(self._plans) >= _MOST_KEPT:
                self._plans.clear()
            self._plans[words] = found
        return found


_STATEMENT_REACH = 60
_MOST_KEPT = 5_000


def matches(cursor: Cursor, made: Layout, rows: Rows) -> list[Match]:
    """Every row that applies, once, where it applies first."""
    found: dict[int, Match] = {}
    for where in rows.plan(made.values):
        for start, end in _places(made, where):
            possible = rows.plan(made.values[start:end]).get(where)
            if possible is not None:
                _try(cursor, made, possible, start, end, found)
    return [found[rank] for rank in sorted(found)]


def _try(cursor: Cursor, made: Layout, possible: Ranked, start: int, end: int, found: dict[int, Match]) -> None:
    """Tries rows at a place and keeps what is new."""
    first = made.values[start]
    possible = tuple([one for one in possible if first not in one[1].excluded])
    if not possible:
        return
    reach = _STATEMENT_REACH if possible[0][1].where is Where.STATEMENT else end - start
    one = phrase(cursor.tokens, made.partners, start, end, reach)
    for rank, row in possible:
        match = row.regex.match(one.text)
        if match is not None and rank not in found:
            found[rank] = _match(cursor, made, row, one, match)


def _places(made: Layout, where: Where) -> Iterator[tuple[int, int]]:
    """The parts of a statement that rows of a kind are matched against."""
    last = len(made.values) - 1
    if where is Where.STATEMENT:
        yield 0, last
    elif where is Where.ACTION:
        yield from made.actions
    elif where is Where.COLUMN:
        yield from made.strange
    elif where is Where.CONSTRAINT and made.closes > 0:
        defined = {start for start, _ in made.columns}
        yield from ((start, end) for start, end in made.elements if start < end and start not in defined)
    elif where is Where.OPTIONS and 0 < made.closes < last - 1:
        yield made.closes + 1, last


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
