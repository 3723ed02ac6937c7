"""Defaults that are the next value of a sequence."""

from __future__ import annotations

from schemalint.model.names import TableName
from schemalint.sql.cursor import Cursor, Script, Unreadable
from schemalint.sql.tokens import PUNCT, STRING, WORD, string_text, tokenize


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
    script = cursor.script
    for at in range(start, end):
        kind, value, begin, stop = cursor.tokens[at]
        if kind == STRING and value == "'":
            text = string_text(cursor.text[begin:stop], cursor.family)
            place = cursor.span(at)
            inner = Script(script.path, text, script.dialect, pin=place, schema=script.schema, created=script.created)
            tokens = tokenize(text, 0, len(text), inner.lexicon)
            try:
                return Cursor(inner, tokens, cursor.statement).qualified()[0]
            except Unreadable:
                return None
    return None
