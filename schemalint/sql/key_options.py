"""What may stand behind a key or an index without changing what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from schemalint.model.frozen import replace
from schemalint.model.schema import Index
from schemalint.sql.cursor import Cursor
from schemalint.sql.tokens import END, PUNCT, STRING, string_text

_MARKS = frozenset({"CLUSTERED", "NONCLUSTERED", "DEFERRABLE", "ENFORCED"})
_SEEN = frozenset({"VISIBLE", "INVISIBLE", "IGNORED"})
_SETTINGS = frozenset({"INITIALLY", "KEY_BLOCK_SIZE", "TABLESPACE"})
_ENDS = frozenset({",", ")"})


_CLUSTERS = frozenset({"CLUSTERED", "NONCLUSTERED"})


def read_clustering(cursor: Cursor) -> bool | None:
    """SQL Server: whether a key says CLUSTERED; None where it says neither that nor NONCLUSTERED."""
    word = cursor.take_any(_CLUSTERS)
    return word == "CLUSTERED" if word else None


@dataclass(slots=True)
class KeyOptions:
    """What MySQL keeps of it: see `Index`."""

    comment: str | None = None
    hidden: bool = False
    splitter: str | None = None


def read_key_options(cursor: Cursor) -> KeyOptions | None:
    """Steps over options, up to the comma or to what is none; gives what is kept of them, None for nothing."""
    said: KeyOptions | None = None
    while True:
        kind, value, _, _ = cursor.tokens[cursor.at]
        if kind == END or (kind == PUNCT and value in _ENDS):
            return said
        if cursor.take_any(_MARKS):
            continue
        if cursor.word() == "NOT" and cursor.word(1) in ("DEFERRABLE", "VALID", "ENFORCED"):
            cursor.at += 2
        elif cursor.take("NO", "INHERIT") or cursor.take("NOT", "FOR", "REPLICATION"):
            continue
        elif (kept := read_key_option(cursor, said)) is not None:
            said = kept
        elif cursor.take_any(_SETTINGS):
            cursor.take("=")
            cursor.advance()
        elif cursor.take("USING", "INDEX", "TABLESPACE") or cursor.take("USING"):
            cursor.advance()
        elif cursor.take("WITH") or cursor.take("INCLUDE"):
            cursor.skip_parens()
        elif cursor.take("ON", "CONFLICT"):
            cursor.advance()
        elif cursor.family == "tsql" and cursor.take("ON"):
            cursor.advance()
            if cursor.value == "(":
                cursor.skip_parens()
        else:
            return said


def read_key_option(cursor: Cursor, said: KeyOptions | None) -> KeyOptions | None:
    """Reads an option that is kept, if one comes next, and adds it to what has been said; None where none does."""
    made = said or KeyOptions()
    if cursor.take("COMMENT"):
        cursor.take("=")
        if cursor.kind == STRING:
            made.comment = text_here(cursor)
        cursor.advance()
    elif seen := cursor.take_any(_SEEN):
        made.hidden = seen != "VISIBLE"
    elif cursor.take("NOT", "IGNORED"):
        made.hidden = False
    elif cursor.take("WITH", "PARSER"):
        made.splitter, _, _ = cursor.written()
    else:
        return None
    return made


def text_here(cursor: Cursor) -> str:
    """The text of the literal that comes next, which is not stepped over."""
    start, end = cursor.tokens[cursor.at][2:]
    return string_text(cursor.text[start:end], cursor.script.lexicon)


def described(index: Index, said: KeyOptions) -> Index:
    """The index with what its options say."""
    return replace(index, comment=said.comment or None, hidden=said.hidden, splitter=said.splitter)
