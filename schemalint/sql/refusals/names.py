"""Names that need quotes: reserved words, and MySQL's double quotes."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.patterns import Match
from schemalint.sql.refusals.phrases import Layout
from schemalint.sql.refusals.reserved import RESERVED, SOME
from schemalint.sql.refusals.say import says_ansi, stumbles
from schemalint.sql.tokens import END, PUNCT, STRING, WORD

_QUOTE_MARKS = frozenset("\"'[`")
_DROPPED = ("COLUMN", "CONSTRAINT")
_QUOTES = {"postgres": '"{}"', "mysql": "`{}`", "sqlite": '"{}"', "tsql": "[{}]"}


def reserved(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """Tables, columns and constraints that are named by a reserved word without quotes."""
    words, some = RESERVED.get(cursor.family), SOME.get(cursor.family, {})
    if words is None:
        return
    tokens, values = cursor.tokens, made.values
    for at, what in _names(cursor, made):
        word = values[at]
        if (word not in words and word not in some) or tokens[at][0] != WORD:
            continue
        written = cursor.raw(at, at + 1)
        quoted = _QUOTES[cursor.family].format(written)
        reason = f"{written} is a reserved word: as the name of a {what} it needs quotes, {quoted}"
        yield Match(at, at + 1, reason, stumbles(cursor, at), some.get(word, ()) if word not in words else ())


def _names(cursor: Cursor, made: Layout) -> Iterator[tuple[int, str]]:
    """The first words of unqualified names of tables, the names of columns, and what an action drops."""
    tokens = cursor.tokens
    if made.kind and not made.qualified:
        yield made.table, "table"
    elif tokens[0][1] == "CREATE" and "INDEX" in (tokens[1][1], tokens[2][1] if tokens[1][1] == "UNIQUE" else ""):
        at = next((n for n, token in enumerate(tokens[:12]) if token[1] == "ON" and token[0] == WORD), None)
        if at is not None and at > 2 and tokens[at - 1][1] not in (".", "EXISTS"):
            at += 1 + (tokens[at + 1][1] == "ONLY")
            if tokens[at][0] != END and tokens[at + 1][0] == PUNCT and tokens[at + 1][1] == "(":
                yield at, "table"
    elif tokens[0][1] == "DROP" and tokens[1][1] == "TABLE" and len(tokens) > 3:
        at = 4 if tokens[2][1] == "IF" and tokens[3][1] == "EXISTS" else 2
        if tokens[at][0] == WORD and (tokens[at + 1][0] == END or tokens[at + 1][1] == ","):
            yield at, "table"
    for start, end in made.actions:
        if tokens[start][1] == "DROP" and tokens[start + 1][1] in _DROPPED and tokens[start + 1][0] == WORD:
            at = start + (4 if tokens[start + 2][1] == "IF" and tokens[start + 3][1] == "EXISTS" else 2)
            if at < end:
                yield at, tokens[start + 1][1].lower()
        to = end - 2  # the new name stands alone: others keep a part of the old one's clause behind it
        if tokens[start][1] == "RENAME" and to > start and tokens[to][1] == "TO" and cursor.family == "postgres":
            yield end - 1, "column" if to > start + 1 else "table"
    for start, end in made.columns:
        # a word alone may be anything; a name has a type behind it
        unnamed = tokens[start][1] == "NOT" and tokens[start + 1][1] == "NULL"  # a constraint without a name
        if start + 1 < end and tokens[start + 1][0] == WORD and not unnamed:
            yield start, "column"


_MISQUOTED = {
    "postgres": ("PostgreSQL", "double quotes"),
    "mysql": ("MySQL", "backquotes"),
    "tsql": ("SQL Server", "brackets"),
}


def misquoted(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """Names in quotes that make a text of them, or in brackets. MySQL's mode ANSI_QUOTES lets double quotes make names."""
    if cursor.family not in _MISQUOTED or not made.kind:
        return
    title, quotes = _MISQUOTED[cursor.family]
    named = [start for start, end in (*made.elements, *made.columns) if start < end]
    keys = [start + 1 for start, _ in made.elements if made.values[start] == "CONSTRAINT"]
    for at in [made.table, *named, *keys]:
        if made.values[at] not in _QUOTE_MARKS:
            continue
        kind, value, _, _ = cursor.tokens[at]
        if kind == STRING and value == '"' and says_ansi(cursor.text):
            return
        if kind == STRING and value == '"':
            reason = "what stands in double quotes is a text, unless the server runs with ANSI_QUOTES: backquotes quote names"
        elif kind == STRING and value == "'":
            reason = f"what stands in single quotes is a text: {title} quotes names with {quotes}"
        elif kind == PUNCT and value == "[":
            reason = f"{title} quotes names with {quotes}, not with brackets"
        elif kind == PUNCT and value == "`":
            reason = f"{title} quotes names with {quotes}, not with backquotes"
        else:
            continue
        yield Match(at, at + 1, reason, stumbles(cursor, at), ())
        return
