"""What triggers of MySQL and MariaDB say of NEW and OLD and neither server takes. Put to MySQL 5.6 and 9.7 and MariaDB 10.11."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.patterns import Match
from schemalint.sql.refusals.phrases import Layout
from schemalint.sql.tokens import WORD

_EVENTS = frozenset({"INSERT", "UPDATE", "DELETE"})
_TIMES = frozenset({"BEFORE", "AFTER"})
_BEGIN = frozenset({"ROW", "BEGIN", ";", "THEN", "ELSE", "DO", "LOOP", "REPEAT"})
_REACH = 20
WORDS = _EVENTS | _TIMES | _BEGIN | {"TRIGGER", "NEW", "OLD", "SET"}
"""All words that are asked for here."""
_HAS_NONE = {("INSERT", "OLD"), ("DELETE", "NEW")}


def stray_rows(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """NEW and OLD where there is no such row, or where it cannot be changed."""
    values, tokens = made.values, cursor.tokens
    if values[0] != "CREATE" or "TRIGGER" not in values[1:_REACH]:
        return
    head = values.index("TRIGGER")
    when = next((at for at in range(head, min(head + 8, len(values) - 1)) if values[at] in _TIMES), 0)
    if not when or values[when + 1] not in _EVENTS or values[when + 2] != "ON":
        return
    time, event = values[when], values[when + 1]
    places = [at for at in range(when + 3, len(values) - 2) if values[at] in ("NEW", "OLD") and tokens[at][0] == WORD]
    if any(values[at + 1] != "." for at in places):
        return  # a query calls a table so
    for at in places:
        row = values[at]
        if (event, row) in _HAS_NONE:
            yield Match(at, at + 1, f"there is no {row} in a trigger for {event}", _words(f"no {row}", event), ())
            return
        if values[at - 1] == "SET" and values[at - 2] in _BEGIN and (time == "AFTER" or row == "OLD"):
            reason = f"{row} cannot be changed: only a BEFORE trigger changes a row, and only NEW"
            words = f"Updating of {row} row is not allowed in {'after ' if row == 'NEW' else ''}trigger (1362)"
            yield Match(at, at + 1, reason, words, ())
            return


def _words(row: str, event: str) -> str:
    return f"There is {row} row in on {event} trigger (1363)"
