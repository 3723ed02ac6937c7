"""Commas and parentheses: a comma that is missing between two columns, one too many, a parenthesis that is not closed."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.sql.cursor import FILLED, Cursor
from schemalint.sql.refusals.patterns import Match
from schemalint.sql.refusals.phrases import Layout, phrase
from schemalint.sql.refusals.say import stumbles
from schemalint.sql.tokens import NUMBER, PUNCT, QUOTED, STRING, WORD, words

_TYPES = words(
    """
    INT INTEGER SMALLINT BIGINT TINYINT MEDIUMINT SERIAL BIGSERIAL TEXT VARCHAR CHAR BOOLEAN BOOL DATE TIMESTAMP
    TIMESTAMPTZ DATETIME UUID JSON JSONB DECIMAL NUMERIC FLOAT DOUBLE REAL BYTEA BLOB LONGTEXT MEDIUMTEXT
    """
)
"""Types that are their own first word, and that no clause begins with."""
_NO_NAMES = words("CHARACTER CHARSET WITH WITHOUT USING AS GENERATED COLLATE DEFAULT REFERENCES CHECK CONSTRAINT")
_ENDS = words("NULL UNIQUE KEY AUTO_INCREMENT AUTOINCREMENT CURRENT_TIMESTAMP TRUE FALSE CASCADE STORED VIRTUAL")
"""Words that a clause of a column ends with."""
_BEHIND_COLUMNS = words("FROM WHERE GROUP ORDER HAVING LIMIT UNION")
"""Reserved words that end a list of columns."""
WORDS = _TYPES | _NO_NAMES | _ENDS | _BEHIND_COLUMNS
"""All that is asked for here."""
_TEMPLATES = frozenset("{}$\\?%")
"""Marks of text that is not SQL yet."""

_LISTED = frozenset({"TABLE", "INDEX", "TYPE", "VIEW"})
_OPERATORS = frozenset({"::", "->", "->>", "#>", "#>>", "||", "+", "-", "*", "/"})


def commas(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """What is wrong with the commas between the elements of CREATE TABLE."""
    tokens = cursor.tokens
    for number, (start, end) in enumerate(made.elements):
        last = number == len(made.elements) - 1
        if start == end and not last:
            yield Match(end, end + 1, "a comma stands before nothing", stumbles(cursor, end), ())
            break
    for number, (start, end) in enumerate(made.actions):
        if start == end and number > 0:
            yield Match(start - 1, start, "a comma stands before nothing", None, ())
            break
    missing = list(second_columns(cursor, made))
    if missing:
        yield from missing
        return
    if cursor.family in ("postgres", "mysql") and made.elements and not _shaped_elsewhere(cursor, made):
        alone = [start for start, end in made.columns if end == start + 1]
        # PostgreSQL takes names alone for what a query gives.
        named = cursor.family != "mysql" and made.closes != len(tokens) - 2
        all_alone = named and len(alone) == len(made.elements)
        if alone and not all_alone and tokens[alone[0]][0] in (WORD, QUOTED):
            reason = f"column {cursor.raw(alone[0], alone[0] + 1)} has no type"
            yield Match(alone[0], alone[0] + 1, reason, None, ())


def second_columns(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """The first column that stands behind another without a comma."""
    for start, end in made.strange:
        at = _second_column(cursor, made, start, end)
        if at is not None:
            reason = f"a comma is missing before {cursor.raw(at, at + 1)}"
            yield Match(at, at + 1, reason, stumbles(cursor, at) if cursor.family != "mysql" else None, ())
            return


def _second_column(cursor: Cursor, made: Layout, start: int, end: int) -> int | None:
    """Where another column begins inside one: a name behind what ends a clause, with a type behind it. SQLite takes any
    words for a type."""
    tokens = cursor.tokens
    if _TYPES.isdisjoint(made.values[start + 2 : end]):
        return None
    level = phrase(tokens, made.partners, start, end).tokens
    clause = False
    for number, at in enumerate(level[:-1]):
        kind, value, _, _ = tokens[at]
        behind = tokens[level[number + 1]]
        before = level[number - 1]
        if number > 1 and (kind == QUOTED or (kind == WORD and value not in _NO_NAMES)) and behind[0] == WORD:
            ended = tokens[before][0] in (NUMBER, STRING) or tokens[before][1] in _ENDS or made.partners.get(before)
            ended = ended or (cursor.family != "sqlite" and number == 2 and tokens[before][1] in _TYPES)
            ended = ended and (clause or cursor.family != "sqlite" or bool(made.partners.get(before)))
            if ended and behind[1] in _TYPES:
                return at
        clause = clause or (kind == WORD and value in ("NOT", "NULL", "DEFAULT", "PRIMARY", "UNIQUE", "REFERENCES"))
    return None


def _shaped_elsewhere(cursor: Cursor, made: Layout) -> bool:
    """Whether columns come from somewhere else, so that those that are written may lack a type."""
    between = {token[1] for token in cursor.tokens[made.table : made.opens]}
    behind = {token[1] for token in cursor.tokens[made.closes + 1 : made.closes + 40]}
    return bool({"OF", "PARTITION"} & between or {"AS", "SELECT", "WITH"} & behind)


def parentheses(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """CREATE TABLE whose parenthesis is not closed, or closed twice."""
    tokens = cursor.tokens
    if made.kind != "create" or made.opens < 0 or cursor.script.in_code or cut_off(cursor):
        return
    if made.closes < 0:
        yield Match(made.opens, made.opens + 1, "this parenthesis is never closed", None, ())
    elif tokens[made.closes + 1][0] == PUNCT and tokens[made.closes + 1][1] == ")":
        at = made.closes + 1
        yield Match(at, at + 1, "this parenthesis closes nothing", stumbles(cursor, at), ())


def expressions(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """An operator behind a column in an index of PostgreSQL: what is more than a function's call needs parentheses."""
    tokens, values = cursor.tokens, made.values
    if cursor.family != "postgres" or values[0] != "CREATE" or "INDEX" not in values[1:3] or "ON" not in values:
        return
    opens = next(
        (at for at in range(values.index("ON"), len(values)) if tokens[at][0] == PUNCT and values[at] == "("), 0
    )
    closes = made.partners.get(opens, opens)
    at = opens + 1
    while 1 < at < closes:
        if tokens[at][0] in (WORD, QUOTED) and tokens[at + 1][0] == PUNCT and values[at + 1] in _OPERATORS:
            reason = "an expression in an index stands in parentheses of its own"
            yield Match(at + 1, at + 2, reason, stumbles(cursor, at + 1), ())
            return
        while at < closes and not (tokens[at][0] == PUNCT and values[at] == ","):
            at = made.partners.get(at, at) + 1
        at += 1


def hanging(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """PostgreSQL: a comma before the end of a list; two values of an enumeration without one; a parenthesis of a view that is not
    closed."""
    tokens, values = cursor.tokens, made.values
    if cursor.family != "postgres" or values[0] != "CREATE" or not _LISTED.intersection(values[1:4]):
        return
    for at in range(len(values) - 1):
        if values[at] != "," or tokens[at][0] != PUNCT:
            continue
        kind, value, _, _ = tokens[at + 1]
        if value == ")" if kind == PUNCT else kind == WORD and value in _BEHIND_COLUMNS:
            yield Match(at, at + 1, "a comma stands before nothing", stumbles(cursor, at + 1), ())
            return
    if "VIEW" in values[1:5] and not cursor.script.in_code and not cut_off(cursor):
        open_ = next((at for at, value in enumerate(values) if value == "(" and at not in made.partners), None)
        if open_ is not None and tokens[open_][0] == PUNCT:
            yield Match(open_, open_ + 1, "this parenthesis is never closed", None, ())
    if "ENUM" in values[2:7]:
        for at in range(len(values) - 1):
            between = cursor.text[tokens[at][3] : tokens[at + 1][2]]
            if tokens[at][0] == tokens[at + 1][0] == STRING and "\n" not in between:
                yield Match(at + 1, at + 2, "a comma is missing before this value", stumbles(cursor, at + 1), ())
                return


def key_expressions(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """A call, or a length as MySQL has it, among the columns of a key of PostgreSQL."""
    if cursor.family != "postgres" or not {"PRIMARY", "UNIQUE"} & set(made.values):
        return
    tokens, defined = cursor.tokens, {start for start, _ in made.columns}
    for start, end in (*made.elements, *made.actions):
        at = start + (tokens[start][1] == "ADD")
        at += 2 * (tokens[at][1] == "CONSTRAINT")
        at += 1 + (tokens[at][1] == "PRIMARY" and tokens[at + 1][1] == "KEY")
        if start in defined or tokens[at - 1][1] not in ("UNIQUE", "KEY") or tokens[at][1] != "(" or at >= end:
            continue
        for inner in range(at + 1, made.partners.get(at, at) - 1):
            if tokens[inner][0] in (WORD, QUOTED) and tokens[inner + 1][0] == PUNCT and tokens[inner + 1][1] == "(":
                reason = "a key is of columns alone: CREATE UNIQUE INDEX takes an expression"
                yield Match(inner, inner + 2, reason, stumbles(cursor, inner + 1), ())
                return


def cut_off(cursor: Cursor) -> bool:
    """Whether the statement ends within a text or a quoted name."""
    kind, _, start, end = cursor.tokens[-2]
    raw = cursor.text[start:end]
    return kind in (STRING, QUOTED) and not (len(raw) > 1 and raw[-1] in "'\"`]$")


def templated(cursor: Cursor, values: list[str]) -> bool:
    """Whether the statement holds what a program puts values into, so that it is not what the server gets. `values` are
    those of its tokens."""
    if filled(cursor):
        return True
    return not _TEMPLATES.isdisjoint(values) and any(
        kind == PUNCT and value in _TEMPLATES for kind, value, _, _ in cursor.tokens
    )


def filled(cursor: Cursor) -> bool:
    """Whether a template makes a part of the statement."""
    return cursor.text.find(FILLED, cursor.tokens[0][2], cursor.tokens[-1][3]) >= 0
