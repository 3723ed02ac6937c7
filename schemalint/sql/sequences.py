"""The sequences that columns name: in a default, and among the options of an identity column."""

from __future__ import annotations

from collections.abc import Mapping

from schemalint.model.names import TableName
from schemalint.sql.cursor import Cursor, Script, Unreadable
from schemalint.sql.tokens import PUNCT, QUOTED, STRING, WORD, name_text, string_text, tokenize, words

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


def identity_options(cursor: Cursor) -> tuple[TableName | None, tuple[tuple[str, str | None], ...]]:
    """The parenthesis behind IDENTITY: the sequence that its options name, `(SEQUENCE NAME name …)`, and how it counts;
    SQL Server says where it starts, and by how much."""
    start = cursor.at
    cursor.skip_parens()
    end = cursor.at
    if cursor.family == "tsql":
        numbers = cursor.raw(start + 1, end - 1).split(",")
        said = dict(zip(("start", "increment"), (number.strip() for number in numbers), strict=False))
        return None, ordered(said)
    cursor.at = start + 1
    name, options = sequence_options(cursor, end - 1)
    cursor.at = end
    return name, options


def sequence_options(cursor: Cursor, end: int) -> tuple[TableName | None, tuple[tuple[str, str | None], ...]]:
    """What stands up to that token of the options of a sequence: its name, among those of an identity column, and how it
    counts. What is not understood here says nothing of it."""
    name: TableName | None = None
    said: dict[str, str | None] = {}
    while cursor.at < end and not cursor.done:
        word = cursor.word()
        cursor.advance()
        if word == "SEQUENCE" and cursor.take("NAME"):
            name, _ = cursor.qualified()
        elif word == "NO" and cursor.word() in _REFUSABLE:
            said[cursor.word().lower()] = None
            cursor.advance()
        elif word in ("NOCACHE", "NOCYCLE", "NOMINVALUE", "NOMAXVALUE"):  # MariaDB
            said[word[2:].lower()] = None
        elif word == "CYCLE":
            said["cycle"] = ""
        elif word in _COUNTS:
            cursor.take("BY")
            cursor.take("WITH")
            cursor.take("=")
            start = cursor.at
            cursor.take("-")
            cursor.advance()
            said[word.lower()] = cursor.raw(start, cursor.at).replace(" ", "")
        elif word == "RESTART" and cursor.take("WITH"):
            cursor.take("-")
    return name, ordered(said)


_COUNTS = words("AS START INCREMENT MINVALUE MAXVALUE CACHE")
_REFUSABLE = words("MINVALUE MAXVALUE CACHE CYCLE")
_ORDER = ("as", "start", "increment", "minvalue", "maxvalue", "cache", "cycle")


def ordered(said: Mapping[str, str | None]) -> tuple[tuple[str, str | None], ...]:
    """The options in one order."""
    return tuple((word, said[word]) for word in _ORDER if word in said)
