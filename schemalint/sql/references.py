"""What follows REFERENCES and CHECK, in a column as in a table."""

from __future__ import annotations

from schemalint.model.names import Name
from schemalint.model.schema import Check, ForeignKey
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.expressions import expression, mentions
from schemalint.sql.tokens import PUNCT


def read_references(cursor: Cursor, name: Name | None, columns: tuple[Name, ...], span: Span) -> ForeignKey:
    """What follows REFERENCES."""
    target, target_span = cursor.qualified()
    wanted: tuple[Name, ...] = ()
    if cursor.value == "(" and cursor.kind == PUNCT:
        wanted = tuple(name for name, _ in cursor.names_in_parens())
    on_delete = on_update = None
    deferrable = False
    while True:
        if cursor.take("ON", "DELETE"):
            on_delete = _action(cursor)
        elif cursor.take("ON", "UPDATE"):
            on_update = _action(cursor)
        elif cursor.take("MATCH"):
            cursor.advance()
        elif (cursor.word() == "NOT" and cursor.word(1) in ("DEFERRABLE", "VALID", "ENFORCED")) or (
            cursor.word() == "NOT" and cursor.word(1) == "FOR"
        ):
            cursor.at += 3 if cursor.word(1) == "FOR" else 2
        elif cursor.take("DEFERRABLE"):
            deferrable = True
        elif cursor.take("ENFORCED"):
            continue
        elif cursor.take("INITIALLY"):
            cursor.advance()
        else:
            break
    return ForeignKey(name, columns, target, wanted, span, target_span, on_delete, on_update, deferrable)


def _action(cursor: Cursor) -> str:
    if cursor.take("NO", "ACTION"):
        return "NO ACTION"
    if cursor.word() == "SET" and cursor.word(1) in ("NULL", "DEFAULT"):
        action = f"SET {cursor.word(1)}"
        cursor.at += 2
        if cursor.value == "(" and cursor.kind == PUNCT:
            cursor.skip_parens()
        return action
    action = cursor.take_any(frozenset({"CASCADE", "RESTRICT"}))
    if not action:
        raise Unreadable("unknown action")
    return action


def read_check(cursor: Cursor, name: Name | None, at: int) -> Check:
    """What follows CHECK; `at` is the index of that word."""
    cursor.take("NOT", "FOR", "REPLICATION")
    start = cursor.at
    cursor.skip_parens()
    stop = cursor.at
    inherited = not cursor.take("NO", "INHERIT")
    return Check(name, expression(cursor, start, stop), cursor.span(at), mentions(cursor, start, stop), inherited)
