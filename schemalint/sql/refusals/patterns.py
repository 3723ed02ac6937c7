"""Refusals as data: where in a statement to look, what stands there, and what the server says to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from schemalint.model.facts import Servers
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.needs import Needs, needs
from schemalint.sql.refusals.phrases import Layout, Phrase, phrase
from schemalint.sql.refusals.say import stumbles
from schemalint.sql.tokens import QUOTED, STRING


class Where(StrEnum):
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
    needs: Needs = frozenset()
    excluded: frozenset[str] = frozenset()  # words that a place it applies to does not begin with


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
    excluded = _EXCLUDED.match(regex)
    first = frozenset(excluded[1].split("|")) if excluded else frozenset()
    return Pattern(where, compiled, reason, words, only, needs(compiled.pattern), first)


_EXCLUDED = re.compile(r"\(\?P<\w+>\(\?!\(\?:([A-Z|]+)\) \)")


class Rows:
    """Rows of one kind of place, asked by the words that stand there: what is common is to have none to try."""

    __slots__ = ("_known", "_rows", "mentioned", "quiet", "vocabulary")

    def __init__(self, rows: Sequence[tuple[int, Pattern]]) -> None:
        self._rows = tuple(rows)
        self._known: dict[frozenset[str], tuple[tuple[int, Pattern], ...]] = {}
        self.vocabulary = frozenset(word for _, row in rows for clause in row.needs for word in clause)
        self.mentioned = frozenset(word for _, row in rows for word in _WORDS.findall(row.regex.pattern))
        self.quiet: set[str | None] = set()  # the values of places to which no row applies

    def possible(self, words: frozenset[str]) -> tuple[tuple[int, Pattern], ...]:
        """The rows that may match where these words of the vocabulary stand, each with its rank."""
        found = self._known.get(words)
        if found is None:
            found = tuple(one for one in self._rows if all(not clause.isdisjoint(words) for clause in one[1].needs))
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[words] = found
        return found

    def remember(self, shape: str) -> None:
        """No row applies to a place with these values."""
        if len(shape) <= _LONGEST_KEPT:
            if len(self.quiet) >= _MOST_KEPT:
                self.quiet.clear()
            self.quiet.add(shape)


_WORDS = re.compile(r"[A-Z][A-Z_\d]+")
_STATEMENT_REACH = 60
_MOST_WORDS, _LONGEST_KEPT, _MOST_KEPT = 60, 400, 5_000
_SEVERAL_KINDS = frozenset("[$bBeEnNuUxX")
"""Values that tokens of several kinds have: a text or a quoted name has its first character for its value."""


def ranked(*tables: tuple[Pattern, ...]) -> Mapping[Where, Rows]:
    """The rows of tables by the kind of place they are for. Earlier rows rank before later ones."""
    rows = list(enumerate(row for table in tables for row in table))
    return {where: Rows([one for one in rows if one[1].where is where]) for where in Where}


def matches(cursor: Cursor, made: Layout, rows: Mapping[Where, Rows]) -> list[Match]:
    """Every row that applies, once, where it applies first."""
    found: dict[int, Match] = {}
    for where, start, end in _places(made):
        asked = rows[where]
        values = made.values[start:end]
        possible = asked.possible(asked.vocabulary.intersection(values))
        if not possible:
            continue
        if where is Where.COLUMN and values[0] not in asked.mentioned:
            values[0] = ""  # columns recur, but for their names
        shape = " ".join(values) if len(values) <= _MOST_WORDS and _SEVERAL_KINDS.isdisjoint(values) else None
        if shape not in asked.quiet and _try(cursor, made, possible, where, start, end, found) and shape is not None:
            asked.remember(shape)
    return [found[rank] for rank in sorted(found)]


def _try(
    cursor: Cursor,
    made: Layout,
    possible: tuple[tuple[int, Pattern], ...],
    where: Where,
    start: int,
    end: int,
    found: dict[int, Match],
) -> bool:
    """Tries rows at a place, keeps what is new, and says whether none of them applies."""
    first = made.values[start]
    if all(first in row.excluded for _, row in possible):
        return True
    quiet = True
    one = phrase(
        cursor.tokens, made.partners, start, end, _STATEMENT_REACH if where is Where.STATEMENT else end - start
    )
    for rank, row in possible:
        match = row.regex.match(one.text)
        if match is not None:
            quiet = False
            if rank not in found:
                found[rank] = _match(cursor, made, row, one, match)
    return quiet


def _places(made: Layout) -> Iterator[tuple[Where, int, int]]:
    """The parts of a statement that rows are matched against."""
    last = len(made.values) - 1
    yield Where.STATEMENT, 0, last
    for start, end in made.actions:
        yield Where.ACTION, start, end
    for start, end in made.columns:
        yield Where.COLUMN, start, end
    if made.closes > 0:
        defined = {start for start, _ in made.columns}
        for start, end in made.elements:
            if start < end and start not in defined:
                yield Where.CONSTRAINT, start, end
        if made.closes + 1 < last:
            yield Where.OPTIONS, made.closes + 1, last


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
