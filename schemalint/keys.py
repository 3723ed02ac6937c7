"""What a table keeps as an index, as messages call it."""

from __future__ import annotations

from schemalint.model.schema import Index, PrimaryKey, UniqueConstraint

Key = PrimaryKey | UniqueConstraint | Index


def title(key: Key) -> str:
    """What a message calls a key."""
    if isinstance(key, PrimaryKey):
        return "the primary key"
    kind = "unique constraint" if isinstance(key, UniqueConstraint) else f"{'unique ' if key.unique else ''}index"
    return f"{kind} {key.name}" if key.name else f"a {kind}"
