"""ON CONFLICT behind the rows of an INSERT: by which key a row is told to be there already.

PostgreSQL: "INSERT", conflict_target; SQLite: "UPSERT". Both take the clause behind the rows, which may be many: only the
end of the statement is looked at, and only where the whole is short enough to be read.
"""

from __future__ import annotations

from schemalint.model.names import Name
from schemalint.model.objects import OnConflict
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor, Script, Unreadable
from schemalint.sql.tokens import END, PUNCT, WORD, tokenize

_LONGEST = 20_000  # code points of an INSERT that are read


def may_upsert(script: Script, start: int, end: int) -> bool:
    """Whether the text may hold such a clause and is short enough to be read."""
    return end - start <= _LONGEST and "conflict" in script.text[start:end].lower()


def on_conflict(script: Script, start: int, end: int) -> OnConflict | None:
    """The first ON CONFLICT of a statement that names its key plainly."""
    tokens = tokenize(script.text, start, end, script.lexicon)
    cursor = Cursor(script, tokens, script.span(start, end))
    depth = 0
    while tokens[cursor.at][0] != END:
        kind, value, _, _ = tokens[cursor.at]
        if kind == PUNCT:
            depth += (value == "(") - (value == ")")
        elif kind == WORD and depth == 0 and value == "ON" and cursor.take("ON", "CONFLICT"):
            try:
                return _target(cursor)
            except Unreadable:
                return None
        cursor.at += 1
    return None


def _target(cursor: Cursor) -> OnConflict | None:
    """What stands behind ON CONFLICT; None where it is no list of plain columns and no name: any key then, an expression, an
    operator class."""
    at = cursor.at
    if cursor.take("ON", "CONSTRAINT"):
        name, span = cursor.name()
        return OnConflict(span, (), name) if cursor.word() == "DO" else None
    if not (cursor.kind == PUNCT and cursor.value == "("):
        return None
    columns: list[tuple[Name, Span]] = []
    cursor.at += 1
    while True:
        columns.append(cursor.name())
        if not cursor.take(","):
            break
    if not cursor.take(")") or cursor.word() not in ("DO", "WHERE"):
        return None
    span = cursor.script.span(cursor.tokens[at][2], cursor.tokens[cursor.at - 1][3])
    return OnConflict(span, tuple(columns), partial=cursor.word() == "WHERE")
