"""Indexes on expressions that MySQL does not take: MySQL 9.7 Reference Manual 15.1.18, "Functional Key Parts", and the server."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.facts import Servers
from schemalint.model.names import Name
from schemalint.model.schema import IndexPart
from schemalint.sql.refusals.mysql_expressions import MOMENT
from schemalint.sql.refusals.say import MYSQL, Found

_SINCE = (Servers("mysql", (8, 0, 13)),)
_BARE = re.compile(r"`[^`]+`|[^\W\d]\w*")
_TEXT = re.compile(r"'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\"", re.DOTALL)
_PATH = re.compile(r"(?:`[^`]+`|[^\W\d]\w*)\s*(->>?)\s*''")
_CALL = re.compile(r"(JSON_UNQUOTE|JSON_EXTRACT)\s*(\(.*\))", re.IGNORECASE | re.DOTALL)
_CALLED = re.compile(r"([^\W\d]\w*)\s*\(")


def of_expression(part: IndexPart, automatic: frozenset[Name]) -> Iterator[Found]:
    """What is wrong with one part of an index, an expression; `automatic` are the columns with AUTO_INCREMENT, where they are
    known."""
    raw = _unwrapped(_TEXT.sub("''", part.expr.raw if part.expr is not None else ""))
    path, call = _PATH.fullmatch(raw), _CALL.fullmatch(raw)
    json = path is not None and path[1] == "->"
    text = path is not None and path[1] == "->>"
    if call is not None and _unwrapped(call[2]) != call[2].strip():
        json, text = call[1].upper() == "JSON_EXTRACT", call[1].upper() == "JSON_UNQUOTE"
    changing = next((name for name in _CALLED.findall(raw) if name.upper() in MOMENT), None)
    counted = next((name for name, _ in part.mentions if name in automatic), None)
    if _BARE.fullmatch(raw):
        words = "Functional index on a column is not supported. Consider using a regular index instead. (3762)"
        yield part.span, "a column alone stands in no parentheses of its own", words, _SINCE
    elif json:
        words = "Cannot create a functional index on a function that returns a JSON or GEOMETRY value. (3753)"
        yield part.span, f"this is JSON, which has no index: {_CAST}", words, _SINCE
    elif text:
        words = "Cannot create a functional index on an expression that returns a BLOB or TEXT. (3757)"
        yield part.span, f"this is a text without a length: {_CAST}", words, _SINCE
    elif changing is not None:
        words = "Expression of functional index '…' contains a disallowed function. (3758)"
        yield part.span, f"{changing.upper()} has another value at another time", words, MYSQL
    elif counted is not None:
        words = "Functional index '…' cannot refer to an auto-increment column. (3754)"
        yield part.span, f"{counted} has AUTO_INCREMENT, and no expression in an index may speak of it", words, _SINCE


_CAST = "CAST(… AS CHAR(64)) makes one that can be indexed"


def _unwrapped(raw: str) -> str:
    """An expression without the parentheses that stand around all of it."""
    raw = raw.strip()
    for _ in range(8):
        depth, first = 0, -1
        for at, mark in enumerate(raw):
            depth += (mark == "(") - (mark == ")")
            if depth == 0:
                first = at
                break
        if not raw.startswith("(") or first != len(raw) - 1:
            break
        raw = raw[1:-1].strip()
    return raw
