"""A column's type as written: where it ends, and what the dialect makes of it."""

from __future__ import annotations

from schemalint.model.span import Span
from schemalint.model.types import ColumnType
from schemalint.sql.cursor import Cursor
from schemalint.sql.tokens import END, PUNCT, QUOTED, WORD, Token, words

_ENDS = words(
    """
    NOT NULL DEFAULT PRIMARY UNIQUE REFERENCES CHECK CONSTRAINT GENERATED COLLATE AUTO_INCREMENT AUTOINCREMENT
    COMMENT DEFERRABLE INITIALLY AS IDENTITY STORAGE COMPRESSION ON AFTER FIRST KEY VISIBLE INVISIBLE CHARSET
    SPARSE ROWGUIDCOL COLUMN_FORMAT SRID VIRTUAL STORED PERSISTED ENFORCED MASKED ENCRYPTED OPTIONS HIDDEN USING
    WITHOUT ENGINE_ATTRIBUTE EXCLUDE FOREIGN INDEX
    """
)
"""Words that end a type (`WITHOUT TIME ZONE` and `CHARACTER VARYING` are looked at apart)."""
_MAY_END = _ENDS | {"CHARACTER", "WITH"}


def read_type(cursor: Cursor) -> tuple[ColumnType | None, Span | None, int]:
    """A type as written → what it is, where it stands, and the index of its first token. No type gives None."""
    start = at = cursor.at
    tokens = cursor.tokens
    depth = 0
    while True:
        kind, value, _, _ = tokens[at]
        if kind == WORD:
            if depth == 0 and value in _MAY_END and _ends(tokens, at, start):
                break
        elif kind == PUNCT:
            if value in ("(", "["):
                depth += 1
            elif value in (")", "]"):
                if depth == 0:
                    break
                depth -= 1
            elif depth == 0 and value != ".":
                break
        elif kind == END or (depth == 0 and kind != QUOTED):
            break
        at += 1
    if at == start:
        return None, None, start
    cursor.at = at
    return cursor.dialect.column_type(cursor.raw(start, at)), cursor.span(start, at), start


def _ends(tokens: list[Token], at: int, start: int) -> bool:
    """Whether a word that may end a type does; `start` is where the type starts."""
    value = tokens[at][1]
    following = tokens[at + 1][1] if tokens[at + 1][0] == WORD else ""
    if at == start:
        return value in _ENDS
    if value == "CHARACTER":
        return following == "SET" and (tokens[at - 1][0] != WORD or tokens[at - 1][1] != "NATIONAL")
    if value == "WITH":
        return following not in ("TIME", "LOCAL")
    return value != "WITHOUT" or following != "TIME"


_NATIONAL = frozenset({"NCHAR", "NVARCHAR", "NATIONAL"})
_LETTERS = {"ASCII": "latin1", "UNICODE": "ucs2"}


def own_letters(cursor: Cursor, first: int) -> str | None:
    """MySQL: the character set that a type from that token up to here brings along."""
    tokens = cursor.tokens
    return "utf8mb3" if tokens[first][1] in _NATIONAL else _LETTERS.get(tokens[cursor.at - 1][1])
