"""The sequences that columns name: in a default, and among the options of an identity column."""

from __future__ import annotations

from schemalint.model.names import TableName
from schemalint.sql.cursor import Cursor, Script, Unreadable
from schemalint.sql.tokens import PUNCT, QUOTED, STRING, WORD, name_text, string_text, tokenize

_SERIALS = frozenset({"SERIAL", "SERIAL2", "SERIAL4", "SERIAL8", "BIGSERIAL", "SMALLSERIAL"})


def is_serial(cursor: Cursor, first: int) -> bool:
    """Whether the type that was read from that token on stands for a column with a sequence of its own."""
    kind, value, start, end = cursor.tokens[first]
    if cursor.at != first + 1:
        return False
    if kind == QUOTED:  # postgres compares the bare name of the type
        text, _ = name_text(cursor.text[start:end])
        return cursor.family == "postgres" and text == text.lower() and text.upper() in _SERIALS
    if kind != WORD or value not in _SERIALS:
        return False
    return cursor.family in ("postgres", "generic") or (cursor.family == "mysql" and value == "SERIAL")


def is_sequence(cursor: Cursor, at: int) -> bool:
    """Whether a default is the next value of a sequence: what SERIAL stands for, and how dumps write it."""
    tokens = cursor.tokens
    while tokens[at][0] == PUNCT and tokens[at][1] == "(":
        at += 1
    if tokens[at][1] == "PG_CATALOG" and tokens[at + 1][1] == ".":
        at += 2
    return tokens[at][0] == WORD and tokens[at][1] == "NEXTVAL"


def sequence_of(cursor: Cursor, start: int, end: int) -> TableName | None:
    """The sequence that `nextval('name'::regclass)` names, None when it is computed."""
    for at in range(start, end):
        kind, value, begin, stop = cursor.tokens[at]
        if kind == STRING and value == "'":
            text = string_text(cursor.text[begin:stop], cursor.family)
            inner = Script(
                cursor.script.path,
                text,
                cursor.dialect,
                pin=cursor.span(at),
                schema=cursor.script.schema,
                created=cursor.script.created,
            )
            tokens = tokenize(text, 0, len(text), inner.lexicon)
            try:
                return Cursor(inner, tokens, cursor.statement).qualified()[0]
            except Unreadable:
                return None
        if kind == WORD and at + 2 < end and cursor.tokens[at + 1][1] == "FROM":
            return None
    return None


def identity_sequence(cursor: Cursor) -> TableName | None:
    """The sequence that the options of an identity column name: `(SEQUENCE NAME name …)`."""
    start = cursor.at
    cursor.skip_parens()
    end = cursor.at
    at = next((at for at in range(start, end - 3) if cursor.tokens[at][1] == "SEQUENCE"), None)
    if at is None or cursor.tokens[at + 1][1] != "NAME":
        return None
    cursor.at = at + 2
    name, _ = cursor.qualified()
    cursor.at = end
    return name
