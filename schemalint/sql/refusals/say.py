"""How a refusal is said: the `Invalid` fact, the line it stands on, and the server's own words."""

from __future__ import annotations

from functools import lru_cache

from schemalint.model.facts import Invalid, Servers
from schemalint.model.names import TableName
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor

Found = tuple[Span, str, str, tuple[Servers, ...]]
"""What to underline, the reason, the server's words, and the servers that refuse it (see `Invalid`)."""
MYSQL = (Servers("mysql"),)
"""What MySQL refuses and MariaDB takes."""
MYSQL_SYNTAX = "You have an error in your SQL syntax"


def refuse(
    cursor: Cursor,
    kind: str,
    span: Span,
    reason: str,
    server: str | None,
    table: TableName | None,
    only: tuple[Servers, ...] = (),
) -> None:
    """Says once a statement that the server refuses it for this kind of mistake."""
    if kind not in cursor.refused:
        cursor.refused.add(kind)
        cursor.emit(invalid(cursor, span, reason, server, table, only))


def invalid(
    cursor: Cursor,
    span: Span,
    reason: str,
    server: str | None,
    table: TableName | None,
    only: tuple[Servers, ...] = (),
) -> Invalid:
    """The fact that the server refuses the statement."""
    return Invalid(span, cursor.statement, reason, server, table, cursor.guard, _line(cursor, span), only)


_LONGEST_LINE = 1000


def _line(cursor: Cursor, span: Span) -> str:
    """The line of the text on which a span starts; of a line without end, what stands at the span."""
    if cursor.script.pin is not None:
        return ""
    at = span.start - cursor.script.base
    start = cursor.text.rfind("\n", max(0, at - _LONGEST_LINE), at) + 1
    if start == 0 and at > _LONGEST_LINE:
        start = at
    end = cursor.text.find("\n", at, at + _LONGEST_LINE)
    return cursor.text[start : end if end >= 0 else at + _LONGEST_LINE].strip()


def stumbles(cursor: Cursor, at: int) -> str:
    """What the server says when it stumbles over a token."""
    if cursor.family == "mysql":
        return MYSQL_SYNTAX
    if cursor.family == "tsql":
        return "Incorrect syntax near " + f"'{cursor.raw(at, at + 1)}'"
    if cursor.family == "sqlite":
        return f'near "{cursor.raw(at, at + 1)}": syntax error'
    return f'syntax error at or near "{cursor.raw(at, at + 1)}"'


def uncertain(cursor: Cursor) -> bool:
    """Whether the server may never come across the statement, or not across all of it: `/*!80000 … */` is read by some
    versions only."""
    if cursor.guard is not None and cursor.guard.conditional:
        return True
    if cursor.family != "mysql":
        return False
    start, end = cursor.tokens[0][2], cursor.tokens[-1][3]
    at = cursor.text.find("/*", start, end)
    return at >= 0 and any(cursor.text.find(mark, at, end) >= 0 for mark in ("/*!", "/*M!"))


@lru_cache(maxsize=4)
def says_ansi(text: str) -> bool:
    """MySQL's mode ANSI_QUOTES lets double quotes make names: once for all statements of a script."""
    return "ANSI" in text.upper()
