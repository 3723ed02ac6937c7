"""A statement laid out for patterns: its tokens as words between blanks, and the parts it is made of.

A word is in upper case whether keyword or name; a quoted name is `"`, a text `'`, a number `0`. What stands in
parentheses is one word: `()` empty, `(0)` and `(0,0)` numbers, `(')` texts, `(OVERLAPS)` a key
without overlaps, `(…)` anything else. So a pattern sees one
level of a statement, and nothing that an expression or a text holds is taken for a clause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from schemalint.sql.cursor import Cursor
from schemalint.sql.tokens import END, NUMBER, PUNCT, QUOTED, STRING, WORD, Token


class Phrase(NamedTuple):
    """`text` ends with a blank; `tokens` says which token each of its words is."""

    text: str
    tokens: tuple[int, ...]

    def token(self, offset: int) -> int:
        """The index of the token at an offset of the text."""
        return self.tokens[self.text.count(" ", 0, offset)]


_OTHERS = {QUOTED: '"', STRING: "'", NUMBER: "0"}
LONGEST = 400
"""Words of a phrase: hostile input may have any number of them, and no clause stands that far back."""


def phrase(tokens: list[Token], partners: dict[int, int], start: int, end: int, reach: int = LONGEST) -> Phrase:
    """The tokens from one index to the one before `end`, of which only so many may begin a word; `partners` are the
    parentheses that close others."""
    words: list[str] = []
    indexes: list[int] = []
    at = start
    stop = min(end, start + reach)
    while at < stop and len(words) < LONGEST:
        kind, value, _, _ = tokens[at]
        indexes.append(at)
        if kind == WORD:
            words.append(value)
        elif kind == PUNCT:
            close = partners.get(at, at) if value == "(" else at
            if at < close < end:
                value = _inside(tokens, at + 1, close)
                at = close
            words.append(value)
        else:
            words.append(_OTHERS.get(kind, ""))
        at += 1
    words.append("")
    return Phrase(" ".join(words), tuple(indexes))


def _inside(tokens: list[Token], start: int, end: int) -> str:
    if start == end:
        return "()"
    if tokens[end - 1][1] == "OVERLAPS" and tokens[end - 2][1] == "WITHOUT":
        return "(OVERLAPS)"
    kinds = {kind for kind, value, _, _ in tokens[start : min(end, start + 9)] if value != ","}
    if kinds == {NUMBER}:
        return "(0)" if end == start + 1 else "(0,0)"
    return "(')" if kinds == {STRING} else "(…)"


_MARKS = frozenset({"(", ")", "[", "]", ","})


def _marks(tokens: list[Token], values: list[str]) -> list[tuple[int, str]]:
    """The parentheses, brackets and commas, each with its index. (A quoted name's value may be a bracket.)"""
    marks = [(at, value) for at, value in enumerate(values) if value in _MARKS]
    return [mark for mark in marks if tokens[mark[0]][0] == PUNCT] if "[" in values else marks


def _partnered(marks: list[tuple[int, str]]) -> dict[int, int]:
    """The parenthesis that closes each that is closed, by index."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for at, value in marks:
        if value == "(":
            opened.append(at)
        elif value == ")" and opened:
            found[opened.pop()] = at
    return found


def _pieces(marks: list[tuple[int, str]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces between the commas of this level, empty ones too."""
    depth, begin = 0, start
    for at, value in marks[bisect_left(marks, (start, "")) :]:
        if at >= end:
            break
        if value == ",":
            if depth == 0:
                yield begin, at
                begin = at + 1
        elif value in "([":
            depth += 1
        else:
            depth -= 1
    yield begin, end


class Layout(NamedTuple):
    """The parts of a statement. `values` are those of its tokens; `partners` are the parentheses that close others;
    `table` is the index of the first token of the table's name and `qualified` says that it has more than one;
    `elements` are those of CREATE TABLE (without the
    parentheses, which stand at `opens` and `closes`), `actions` those of ALTER TABLE."""

    values: list[str]
    partners: dict[int, int]
    kind: str  # "create", "alter", ""
    table: int = 0
    qualified: bool = False
    elements: tuple[tuple[int, int], ...] = ()
    actions: tuple[tuple[int, int], ...] = ()
    opens: int = -1
    closes: int = -1
    columns: tuple[tuple[int, int], ...] = ()  # definitions in either, from the name on
    strange: tuple[tuple[int, int], ...] = ()  # those of them whose text has not been looked at before


_MODIFIERS = frozenset({"TEMP", "TEMPORARY", "UNLOGGED", "GLOBAL", "LOCAL", "FOREIGN", "OR", "REPLACE", "EXTERNAL"})


def layout(cursor: Cursor, values: list[str], telling: frozenset[str] = frozenset()) -> Layout:
    """The parts of the statement that a cursor walks; `values` are those of its tokens, `telling` the words that make a
    difference where a column is named so."""
    tokens = cursor.tokens
    end = len(tokens) - 1
    words = values[:12]
    marks = _marks(tokens, values)
    partners = _partnered(marks)
    at = 1
    while words[0] == "CREATE" and at < len(words) and words[at] in _MODIFIERS:
        at += 1
    if at >= len(words) or words[at] != "TABLE" or words[0] not in ("CREATE", "ALTER"):
        return Layout(values, partners, "")
    at += 1
    for skipped in (["IF", "NOT", "EXISTS"], ["IF", "EXISTS"], ["ONLY"]):
        if words[at : at + len(skipped)] == skipped:
            at += len(skipped)
    if tokens[at][0] == END or words[at : at + 2] == ["ALL", "IN"]:  # ALTER TABLE ALL IN TABLESPACE
        return Layout(values, partners, "")
    table = at
    at += 1
    while tokens[at][0] == PUNCT and tokens[at][1] == "." and tokens[at + 1][0] != END:
        at += 2
    qualified = at > table + 1
    if words[0] == "ALTER":
        at += tokens[at][0] == PUNCT and tokens[at][1] == "*"
        actions = tuple(_pieces(marks, at, end))
        added = tuple(_columns(tokens, (), actions))
        strange = _strange(cursor, values, added, telling)
        return Layout(values, partners, "alter", table, qualified, actions=actions, columns=added, strange=strange)
    if not (tokens[at][0] == PUNCT and tokens[at][1] == "("):
        return Layout(values, partners, "create", table, qualified)
    closes = partners.get(at, at)
    if closes == at:
        return Layout(values, partners, "create", table, qualified, opens=at)
    elements = tuple(_pieces(marks, at + 1, closes))
    defined = tuple(_columns(tokens, elements, ()))
    strange = _strange(cursor, values, defined, telling)
    return Layout(values, partners, "create", table, qualified, elements, (), at, closes, defined, strange)


def _strange(
    cursor: Cursor, values: list[str], columns: tuple[tuple[int, int], ...], telling: frozenset[str]
) -> tuple[tuple[int, int], ...]:
    """The columns but for those of which all that stands behind the name is known to be right."""
    known = {at for at, tail in cursor.tails if tail.quiet and values[at] not in telling}
    return tuple([one for one in columns if one[0] not in known]) if known else columns


_NOT_COLUMNS = frozenset(
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
WORDS = _MODIFIERS | _NOT_COLUMNS
"""All that is asked for here and may be a name elsewhere."""


def _columns(
    tokens: list[Token], elements: tuple[tuple[int, int], ...], actions: tuple[tuple[int, int], ...]
) -> Iterator[tuple[int, int]]:
    """Where column definitions stand, from the name on."""
    for start, end in elements:
        if start < end and tokens[start][0] in (WORD, QUOTED, STRING):
            if tokens[start][0] == WORD and tokens[start][1] in _NOT_COLUMNS:
                continue
            yield start, end
    for start, end in actions:
        if start >= end or tokens[start][1] != "ADD" or tokens[start][0] != WORD:
            continue
        at = start + 1
        stated = tokens[at][1] == "COLUMN" and tokens[at][0] == WORD
        at += stated
        if [token[1] for token in tokens[at : at + 3]] == ["IF", "NOT", "EXISTS"]:
            at += 3
        named = at < end and tokens[at][0] in (WORD, QUOTED, STRING)
        if named and (stated or not (tokens[at][0] == WORD and tokens[at][1] in _NOT_COLUMNS)):
            yield at, end
