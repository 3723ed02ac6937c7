"""What follows REFERENCES and CHECK, in a column as in a table."""

from __future__ import annotations

from itertools import pairwise

from schemalint.model.names import Name
from schemalint.model.schema import Check, ForeignKey
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.expressions import expression, mentions
from schemalint.sql.storage import read_storage

_ACTIONS = frozenset({"CASCADE", "RESTRICT"})


def read_references(cursor: Cursor, name: Name | None, columns: tuple[Name, ...], span: Span) -> ForeignKey:
    """What follows REFERENCES."""
    target, target_span = cursor.qualified()
    wanted: tuple[Name, ...] = ()
    if cursor.value == "(":
        wanted = tuple(name for name, _ in cursor.names_in_parens())
    on_delete = on_update = None
    deferrable = deferred = full = False
    enforced = True
    while True:
        word, following = cursor.word(), cursor.word(1)
        if word == "ON" and following in ("DELETE", "UPDATE"):
            cursor.at += 2
            if following == "DELETE":
                on_delete = _action(cursor)
            else:
                on_update = _action(cursor)
        elif word in ("MATCH", "INITIALLY"):
            full = full or following == "FULL"
            deferred = deferred or following == "DEFERRED"
            cursor.at += 1
            cursor.advance()
        elif word == "NOT" and following in ("DEFERRABLE", "VALID", "ENFORCED"):
            enforced = enforced and following != "ENFORCED"
            cursor.at += 2
        elif word == "NOT" and following == "FOR":
            cursor.at = min(cursor.at + 3, len(cursor.tokens) - 1)
        elif word in ("DEFERRABLE", "ENFORCED"):
            deferrable = deferrable or word == "DEFERRABLE"
            cursor.at += 1
        else:
            break
    deferrable = deferrable or deferred
    return ForeignKey(
        name,
        columns,
        target,
        wanted,
        span,
        target_span,
        on_delete,
        on_update,
        deferrable,
        deferred,
        full,
        enforced=enforced,
    )


def key_storage(cursor: Cursor) -> tuple[tuple[str, str], ...]:
    """PostgreSQL: the parameters of a key's index, WITH (…), and its tablespace, which is not kept."""
    settings: tuple[tuple[str, str], ...] = ()
    if cursor.family != "postgres" or cursor.word() not in ("WITH", "USING"):
        return settings
    if cursor.word() == "WITH" and cursor.ahead(1)[1] == "(":
        cursor.at += 1
        settings = read_storage(cursor)
    if cursor.take("USING", "INDEX", "TABLESPACE"):
        cursor.advance()
    return settings


def deferral(cursor: Cursor) -> tuple[bool, bool]:
    """Whether the words that come next say DEFERRABLE, and INITIALLY DEFERRED, which means the former. They stay unread."""
    deferrable = deferred = False
    by = 0
    while (word := cursor.word(by)) in ("DEFERRABLE", "INITIALLY", "NOT"):
        following = cursor.word(by + 1)
        deferrable = deferrable or word == "DEFERRABLE"
        deferred = deferred or following == "DEFERRED"
        if word == "NOT" and following != "DEFERRABLE":
            break
        by += 1 if word == "DEFERRABLE" else 2
    return deferrable or deferred, deferred


def _action(cursor: Cursor) -> str:
    action = cursor.take_any(_ACTIONS)
    if action:
        return action
    if cursor.take("NO", "ACTION"):
        return "NO ACTION"
    if cursor.word() == "SET" and cursor.word(1) in ("NULL", "DEFAULT"):
        action = f"SET {cursor.word(1)}"
        cursor.at += 2
        if cursor.value == "(":
            cursor.skip_parens()
        return action
    raise Unreadable("unknown action")


def not_valid(cursor: Cursor, start: int) -> bool:
    """postgres: whether NOT VALID stands behind what was read from that token on."""
    values = [value for _, value, _, _ in cursor.tokens[max(start, cursor.at - 6) : cursor.at]]
    return "VALID" in values and ("NOT", "VALID") in pairwise(values)


def read_check(cursor: Cursor, name: Name | None, at: int, of: Name | None = None) -> Check:
    """What follows CHECK; `at` is the index of that word, `of` the column that keeps it."""
    cursor.take("NOT", "FOR", "REPLICATION")
    start = cursor.at
    cursor.skip_parens()
    stop = cursor.at
    inherited = not cursor.take("NO", "INHERIT")
    mentioned = mentions(cursor, start, stop)
    enforced = not cursor.take("NOT", "ENFORCED")
    made = expression(cursor, start, stop)
    return Check(name, made, cursor.span(at), mentioned, inherited, of=of, enforced=enforced)
