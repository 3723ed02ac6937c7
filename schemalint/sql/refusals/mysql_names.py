"""What stands in MySQL and MariaDB where a name has to, and is none: reserved words, texts, numbers, hyphens. `names` looks at
the names of tables and of new columns. Put to MySQL 5.6 and 9.7 and MariaDB 10.11."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.commas import WORDS as TYPES
from schemalint.sql.refusals.patterns import Match
from schemalint.sql.refusals.phrases import Layout
from schemalint.sql.refusals.reserved import MYSQL as RESERVED
from schemalint.sql.refusals.reserved import SOME
from schemalint.sql.refusals.say import MYSQL_SYNTAX
from schemalint.sql.tokens import NUMBER, PUNCT, STRING, WORD

_KINDS = frozenset({"PRIMARY", "UNIQUE", "FOREIGN", "CHECK"})
_SOME = SOME["mysql"]
_ENDS = frozenset({",", ")", "(", "ASC", "DESC"})
_NOUNS = frozenset({"TABLE", "TABLES", "VIEW", "TRIGGER", "PROCEDURE", "EVENT"})
_DROPPED = frozenset({"PRIMARY", "FOREIGN", "INDEX", "KEY", "CONSTRAINT", "CHECK", "PARTITION", "SYSTEM", "PERIOD"})
_REACH = 16
WORDS = (
    _NOUNS
    | _DROPPED
    | _KINDS
    | {
        "FUNCTION",
        "MODIFY",
        "CHANGE",
        "RENAME",
        "AFTER",
        "AS",
        "TO",
        "CONSTRAINT",
        "KEY",
        "INDEX",
        "FULLTEXT",
        "SPATIAL",
        "ADD",
        "USING",
        "REFERENCES",
        "TABLES",
        "DATABASE",
        "SCHEMA",
    }
)
"""All words that are asked for here."""


def stray_names(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """The first name of a statement that is none."""
    tokens, values = cursor.tokens, made.values
    at = _hyphened(cursor, made)
    if at:
        written = cursor.text[tokens[at - 1][2] : tokens[at + 1][3]]
        reason = f"a name with a hyphen stands in backquotes: `{written}`"
        yield Match(at - 1, at + 2, reason, MYSQL_SYNTAX, ())
    for start in (made.table, *(start for start, end in made.elements if start + 1 < end)) if made.kind else ():
        if tokens[start][0] == NUMBER:
            behind = values[start + 1]
            if behind == "(" or behind in TYPES:
                reason = f"a name that is made of digits alone stands in backquotes: `{cursor.raw(start, start + 1)}`"
                yield Match(start, start + 1, reason, MYSQL_SYNTAX, ())
    for at, what in (*_of_statements(made), *_of_actions(made), *_of_keys(made), *_in_keys(cursor, made)):
        word = values[at]
        if tokens[at][0] == WORD and (word in RESERVED or word in _SOME):
            written = cursor.raw(at, at + 1)
            reason = f"{written} is a reserved word: as the name of {what} it needs quotes, `{written}`"
            yield Match(at, at + 1, reason, MYSQL_SYNTAX, () if word in RESERVED else _SOME[word])
        elif tokens[at][0] == STRING:
            marks = (
                "single quotes is a text"
                if word == "'"
                else "double quotes is a text, unless the server runs with ANSI_QUOTES"
            )
            yield Match(at, at + 1, f"what stands in {marks}: backquotes quote the name of {what}", MYSQL_SYNTAX, ())


def _hyphened(cursor: Cursor, made: Layout) -> int:
    """Where a hyphen stands in the name of a table or database that a statement begins with."""
    values = made.values
    at = made.table if made.kind else 0
    if not at and values[0] in ("CREATE", "DROP", "ALTER") and values[1] in ("TABLE", "TABLES", "DATABASE", "SCHEMA"):
        at = 2
        at += 3 * (values[at : at + 3] == ["IF", "NOT", "EXISTS"])
        at += 2 * (values[at : at + 2] == ["IF", "EXISTS"])
    if not at or at + 2 >= len(values) or values[at + 1] != "-" or cursor.tokens[at + 1][0] != PUNCT:
        return 0
    return at + 1 if cursor.tokens[at][0] in (WORD, NUMBER) and cursor.tokens[at + 2][0] in (WORD, NUMBER) else 0


def _past(values: list[str], at: int) -> int:
    """Where the name stands, or what stands before it."""
    at += 3 * (values[at : at + 3] == ["IF", "NOT", "EXISTS"])
    return at + 2 * (values[at : at + 2] == ["IF", "EXISTS"])


def _alone(values: list[str], at: int) -> bool:
    """Whether a name has no other before or behind it: behind a point any word is one."""
    return at + 1 < len(values) and values[at + 1] != "."


def _of_statements(made: Layout) -> Iterator[tuple[int, str]]:
    """The names that statements about tables, views and the like begin with."""
    values = made.values
    yield from (
        (at + 1, "a table") for at in range(len(values) - 2) if values[at] == "REFERENCES" and values[at + 2] != "."
    )
    if made.kind:
        return
    nouns = _NOUNS | {"INDEX"} if values[0] == "DROP" else _NOUNS
    noun = next((at for at, word in enumerate(values[1:_REACH], 1) if word in nouns), 0)
    what = f"a {values[noun].lower().removesuffix('s')}"
    if noun and values[0] in ("CREATE", "DROP"):
        at = _past(values, noun + 1)
        if _alone(values, at) and (values[0] == "CREATE" or values[at + 1] in (",", ";", "", "ON")):
            yield at, what
    elif noun and values[0] == "RENAME":
        for to in [at for at, word in enumerate(values) if word == "TO"]:
            if _alone(values, to + 1) and values[to + 2] in (",", ";", ""):
                yield to + 1, what


def _of_actions(made: Layout) -> Iterator[tuple[int, str]]:
    """The columns and tables that actions of ALTER TABLE name; what they add or drop is looked at elsewhere too."""
    values = made.values
    for start, end in made.actions:
        at = start + 1
        if end - start < 2:
            continue
        if values[start] in ("MODIFY", "CHANGE"):
            at = _past(values, at + (values[at] == "COLUMN"))
            changes = values[start] == "CHANGE"
            yield from ((at + n, "a column") for n in range(1 + changes) if at + n + 1 < end)
        elif values[start] == "DROP" and values[at] not in _DROPPED:
            at = _past(values, at + (values[at] == "COLUMN"))
            if at + 1 == end:
                yield at, "a column"
        elif values[start] == "RENAME" and values[end - 2] in ("TO", "AS"):
            yield end - 1, "a column" if end - start > 3 else "a table"
        if values[end - 2] == "AFTER" and values[start] in ("ADD", "MODIFY", "CHANGE"):
            yield end - 1, "a column"


def _of_keys(made: Layout) -> Iterator[tuple[int, str]]:
    """The names of constraints and indexes."""
    values = made.values
    if not made.kind:
        at = 2 + (values[1] in ("UNIQUE", "FULLTEXT", "SPATIAL"))
        if values[0] == "CREATE" and values[at - 1 : at] == ["INDEX"] and values[at + 1 : at + 2] == ["ON"]:
            yield at, "an index"
        return
    defined = {start for start, _ in made.columns}
    for start, end in (*made.elements, *made.actions):
        at = start + (bool(made.actions) and values[start] == "ADD")
        if start in defined or at in defined or at + 1 >= end:
            continue
        if values[at] == "CONSTRAINT":
            if values[at + 2] in _KINDS:
                yield at + 1, "a constraint"
            continue
        if values[at] in ("UNIQUE", "FULLTEXT", "SPATIAL"):
            at += 1 + (values[at + 1] in ("KEY", "INDEX"))
        elif values[at] in ("KEY", "INDEX"):
            at += 1
        elif values[at : at + 2] == ["FOREIGN", "KEY"]:
            at += 2
        else:
            continue
        if at + 1 < end and values[at + 1] in ("(", "USING"):
            yield at, "an index"


def _in_keys(cursor: Cursor, made: Layout) -> Iterator[tuple[int, str]]:
    """The columns that keys and indexes name."""
    values, tokens = made.values, cursor.tokens
    for opens in key_lists(made):
        close = made.partners.get(opens, opens)
        at = opens + 1
        while at < close:
            if values[at + 1] in _ENDS:
                yield at, "a column"
            while at < close and not (values[at] == "," and tokens[at][0] == PUNCT):
                at = made.partners.get(at, at) + 1
            at += 1


def key_lists(made: Layout) -> Iterator[int]:
    """Where the columns of keys and indexes are listed: the parentheses that open. No form of them has another before it."""
    values = made.values
    if not made.kind:
        if values[0] == "CREATE" and "INDEX" in values[1:3] and "ON" in values[3:5]:
            on = values.index("ON", 3)
            opens = next((at for at in range(on + 2, min(on + 6, len(values))) if values[at] == "("), 0)
            if opens:
                yield opens
        return
    defined = {start for start, _ in made.columns}
    for start, end in (*made.elements, *made.actions):
        at = start + (bool(made.actions) and values[start] == "ADD")
        if start in defined or at in defined or at >= end:
            continue
        at += 2 * (values[at] == "CONSTRAINT" and values[at + 1] not in _KINDS)
        at += values[at] == "CONSTRAINT"
        if at < end and values[at] in ("PRIMARY", "UNIQUE", "FOREIGN", "KEY", "INDEX", "FULLTEXT", "SPATIAL"):
            opens = next((n for n in range(at + 1, min(at + 8, end)) if values[n] == "("), 0)
            if opens:
                yield opens
