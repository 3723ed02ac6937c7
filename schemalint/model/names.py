"""Names, folded once at the door. Only `schemalint.dialects` makes them, so `==` and look-up are right everywhere else."""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from schemalint.model.frozen import frozen


@frozen
class Name:
    """`key` is what the database resolves; `text` is the author's spelling, for messages, and takes no part in `==`."""

    key: str
    text: str = field(compare=False)

    # Names are looked up by the million: these are what a dataclass would say, said in fewer steps.
    def __eq__(self, other: object) -> bool:
        return self is other or (other.__class__ is Name and self.key == other.key)

    def __hash__(self) -> int:
        return hash(self.key)

    def __str__(self) -> str:
        return self.text


@frozen
class TableName:
    """A table (view, type) with its schema; `schema` is None for the dialect's default schema."""

    schema: Name | None
    name: Name

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, TableName):
            return NotImplemented
        return self.name.key == other.name.key and self.schema == other.schema

    def __hash__(self) -> int:
        return hash(self.name.key)  # tables of one name in two schemas are few

    @property
    def key(self) -> str:
        """One string for sorting and fingerprints."""
        return f"{self.schema.key}.{self.name.key}" if self.schema else self.name.key

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}" if self.schema else str(self.name)


class ObjectKind(Enum):
    """Kinds of things that are known by name only."""

    SEQUENCE = "sequence"
    SCHEMA = "schema"
    FUNCTION = "function"
    PROCEDURE = "procedure"
    TRIGGER = "trigger"
    EXTENSION = "extension"
