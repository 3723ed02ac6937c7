"""PostgreSQL's storage parameters: `WITH (fillfactor = 70)` behind a table or an index, SET (…) and RESET (…) of either; and what
else ALTER TABLE sets of a table as a whole."""

from __future__ import annotations

from schemalint.model.described import AlterSettings
from schemalint.model.names import TableName
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor

_GONE = frozenset({"oids"})
"""What newer versions take no more (12 and later)."""


def read_storage(cursor: Cursor) -> tuple[tuple[str, str], ...]:
    """`(name = value, …)`, each with its value as written; "true" where none is. What RESET names has none, either."""
    cursor.need("(")
    found: list[tuple[str, str]] = []
    while not cursor.done and cursor.value != ")":
        start = cursor.at
        while not cursor.done and cursor.value not in (",", ")", "="):
            cursor.at += 1
        name = cursor.raw(start, cursor.at).lower()
        start = cursor.at + 1
        if cursor.take("="):
            while not cursor.done and cursor.value not in (",", ")"):
                cursor.at += 1
        value = cursor.raw(start, cursor.at) if cursor.at > start else "true"
        if name and name not in _GONE:
            found.append((name, value))
        cursor.take(",")
    cursor.need(")")
    return tuple(found)


def read_set_storage(cursor: Cursor) -> tuple[tuple[str, str], ...]:
    """What stands behind ALTER TABLE or ALTER INDEX where it is SET (…) or RESET (…): a value of "" takes a parameter away."""
    if cursor.ahead(1)[1] != "(" or cursor.word() not in ("SET", "RESET"):
        return ()
    off = cursor.take("RESET")
    cursor.take("SET")
    found = read_storage(cursor)
    return tuple((name, "") for name, _ in found) if off else found


_SECURED = "ROW LEVEL SECURITY"
_OPTIONS = {
    "SET LOGGED": ("UNLOGGED", False),
    "SET UNLOGGED": ("UNLOGGED", True),
    f"ENABLE {_SECURED}": (_SECURED, True),
    f"DISABLE {_SECURED}": (_SECURED, False),
    f"FORCE {_SECURED}": (f"FORCE {_SECURED}", True),
    f"NO FORCE {_SECURED}": (f"FORCE {_SECURED}", False),
}
_BEGINNINGS = frozenset(text.split(" ")[0] for text in _OPTIONS)


def _option(cursor: Cursor) -> tuple[str, bool] | None:
    """The option of `Table.options` that an action of ALTER TABLE gives to a table, or takes away."""
    if cursor.word() not in _BEGINNINGS:
        return None
    for text, option in _OPTIONS.items():
        if cursor.take(*text.split(" ")):
            return option
    return None


def read_setting(cursor: Cursor, table: TableName, span: Span) -> AlterSettings | None:
    """What an action of ALTER TABLE sets of the table as a whole; None where it does something else."""
    settings = read_set_storage(cursor)
    option = None if settings else _option(cursor)
    if not settings and option is None:
        return None
    return AlterSettings(span, cursor.statement, table, settings=settings, option=option, guard=cursor.guard)
