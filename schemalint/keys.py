"""What a table keeps as an index, and whether all of it is known."""

from __future__ import annotations

from schemalint.model.schema import Index, PrimaryKey, Table, UniqueConstraint
from schemalint.model.span import Span

Key = PrimaryKey | UniqueConstraint | Index

_SHORTEST = 8
"""No operator class, collation or NULLS FIRST is shorter, with the comma or parenthesis around it."""


def title(key: Key) -> str:
    """What a message calls a key."""
    if isinstance(key, PrimaryKey):
        return "the primary key"
    kind = "unique constraint" if isinstance(key, UniqueConstraint) else f"{'unique ' if key.unique else ''}index"
    return f"{kind} {key.name}" if key.name else f"a {kind}"


def unmodelled(index: Index, table: Table) -> str | None:
    """The lengths of what stands between and behind an index's columns, "" when there is no room for anything but commas,
    None when that is not known. Operator classes, collations and NULLS FIRST are not kept, and equal lengths are as good as
    equal texts."""
    statement = next((span for span in table.history if _within(index.span, span)), None)
    if statement is None or not all(_within(part.span, statement) for part in index.parts):
        return None
    ends = [part.span.start for part in index.parts[1:]] + [statement.end]
    rooms = [end - part.span.end for part, end in zip(index.parts, ends, strict=True)]
    return "" if all(room < _SHORTEST for room in rooms) else ",".join(map(str, rooms))


def _within(inner: Span, outer: Span) -> bool:
    return inner.path == outer.path and outer.start <= inner.start and inner.end <= outer.end
