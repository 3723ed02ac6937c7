"""INSERT, UPDATE, DELETE and TRUNCATE in words of other databases, which SQL Server refuses: the grammar of Microsoft's reference
has none of them ("INSERT", "UPDATE", "DELETE", "TRUNCATE TABLE (Transact-SQL)"), and an engine that speaks T-SQL refuses each
(tests/oracles/tsql)."""

from __future__ import annotations

import re

from schemalint.sql.cursor import Cursor, Script
from schemalint.sql.refusals.commas import cut_off, templated
from schemalint.sql.refusals.say import invalid
from schemalint.sql.tokens import NUMBER, PUNCT, WORD, tokenize

_LONGEST = 20_000
"""Code points of a statement that are looked at."""
_NAME = r"(?>(?:\[[^\]]*+\]|\"[^\"]*+\"|[\w@#$]++)(?:\s*+\.\s*+(?:\[[^\]]*+\]|\"[^\"]*+\"|[\w@#$]++))*)"
_HEADS = (
    ("REPLACE", re.compile(r"(REPLACE)\s++INTO\b", re.I), "SQL Server has no REPLACE INTO: MERGE does it"),
    (
        "INSERT",
        re.compile(r"INSERT\s++(IGNORE|LOW_PRIORITY|DELAYED|HIGH_PRIORITY|OR\s++\w++)\s++INTO\b", re.I),
        "SQL Server's INSERT has no {at}",
    ),
    ("TRUNCATE", re.compile(r"TRUNCATE\s++(?!TABLE\b)([\w\[\"]++)", re.I), "SQL Server writes it TRUNCATE TABLE"),
    (
        "TRUNCATE",
        re.compile(
            rf"TRUNCATE\s++TABLE\s++{_NAME}\s++(CASCADE|RESTRICT|RESTART\s++IDENTITY|CONTINUE\s++IDENTITY)\b", re.I
        ),
        "SQL Server's TRUNCATE takes no {at}",
    ),
)
_TOLD = re.compile(r"\b(?:LIMIT|RETURNING|CONFLICT|DUPLICATE)\b", re.I)


def rows(script: Script, start: int, end: int, head: str) -> None:
    """Says what SQL Server refuses of a statement between two offsets that changes rows; `head` is its first word."""
    for word, begins, reason in _HEADS:
        if word == head and (found := begins.match(script.text, start, end)) is not None:
            cursor = Cursor(
                script, tokenize(script.text, start, min(end, start + _LONGEST), "tsql"), script.span(start, end)
            )
            if not templated(cursor, [token[1] for token in cursor.tokens]):
                written = " ".join(found[1].upper().split())
                words = f"Incorrect syntax near '{found[1]}'" if head == "INSERT" and " " not in found[1] else None
                cursor.emit(invalid(cursor, script.span(*found.span(1)), reason.replace("{at}", written), words, None))
            return
    if head == "INSERT" and script.text[max(start, end - 3) : end].rstrip().endswith(")"):
        return  # as data ends, of which there is much
    if end - start <= _LONGEST and _TOLD.search(script.text, start, end) is not None:
        tokens = tokenize(script.text, start, end, "tsql")
        cursor = Cursor(script, tokens, script.span(start, end))
        if not cut_off(cursor) and not templated(cursor, [token[1] for token in tokens]):
            _tail(cursor)


def _tail(cursor: Cursor) -> None:
    """A clause at the end, outside of parentheses."""
    tokens, depth, listed = cursor.tokens, 0, False
    for at, (kind, value, _, _) in enumerate(tokens[:-2]):
        if kind == PUNCT and value in "()":
            depth += 1 if value == "(" else -1
        elif kind == WORD and depth == 0 and at > 2:
            before, behind, third = tokens[at - 1], tokens[at + 1], tokens[min(at + 2, len(tokens) - 1)]
            listed = listed or value == "VALUES"
            if value == "LIMIT" and behind[0] == NUMBER and before[1] not in (".", "AS", "="):
                _say(cursor, at, "SQL Server has no LIMIT: TOP (n) stands behind the first word")
                return
            if value == "RETURNING" and listed and before[1] == ")":
                _say(cursor, at, "SQL Server has no RETURNING: OUTPUT stands before VALUES")
                return
            if value == "ON" and (behind[1], third[1]) in (("CONFLICT", "DO"), ("CONFLICT", "("), ("DUPLICATE", "KEY")):
                _say(cursor, at, f"SQL Server has no ON {behind[1]}: MERGE does it")
                return


def _say(cursor: Cursor, at: int, reason: str) -> None:
    cursor.emit(invalid(cursor, cursor.span(at), reason, None, None))
