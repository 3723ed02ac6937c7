"""SELECT where it bears schema: `SELECT … INTO table FROM …`."""

from __future__ import annotations

import re

from schemalint.model.clauses import Query
from schemalint.model.facts import CreateTable
from schemalint.sql.cursor import Cursor
from schemalint.sql.tokens import PUNCT, WORD

SELECTS = frozenset({"SELECT", "WITH"})
"""First words of the statements that are read here."""
INTO = re.compile(r"\bINTO\b", re.I)


def read_select(cursor: Cursor) -> None:
    """A whole SELECT. PostgreSQL and SQL Server make a table of `SELECT … INTO [TEMP] table FROM …`; MySQL's INTO fills
    variables and files."""
    if cursor.family not in ("postgres", "tsql"):
        return
    at = _into(cursor)
    if at is None:
        return
    cursor.at = at + 1
    temporary = bool(cursor.take_any(frozenset({"TEMP", "TEMPORARY"})))
    cursor.take_any(frozenset({"UNLOGGED"}))
    cursor.take("TABLE")
    table, span = cursor.qualified()
    temporary = temporary or (cursor.family == "tsql" and table.name.text.startswith("#"))
    cursor.script.created[table] = None
    cursor.emit(
        CreateTable(
            span,
            cursor.statement,
            table,
            (),
            temporary=temporary,
            query=_query(cursor, at),
            guard=cursor.guard,
        )
    )


def _into(cursor: Cursor) -> int | None:
    """Where the INTO of the outermost SELECT stands, which only its list comes before."""
    depth = 0
    selected = False
    for at, (kind, value, _, _) in enumerate(cursor.tokens):
        if kind == PUNCT:
            depth += (value == "(") - (value == ")")
        elif kind == WORD and depth == 0:
            if value == "INTO":
                return at if selected else None
            if value in ("FROM", "WHERE", "UNION", "EXCEPT", "INTERSECT"):
                return None
            selected = selected or value == "SELECT"
    return None


def _query(cursor: Cursor, into: int) -> Query:
    """The statement with blanks for `INTO table`, so that what is left stands where it stood."""
    last = len(cursor.tokens) - 1
    text = cursor.raw(0, last)
    first = cursor.tokens[0][2]
    start, end = cursor.tokens[into][2] - first, cursor.tokens[cursor.at - 1][3] - first
    blank = " " * (end - start)
    return Query(cursor.span(0, last), text[:start] + blank + text[end:], cursor.script.schema)
