"""One call of a migration that changes a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from schemalint.jssource.here import Entry, Here
from schemalint.model.frozen import frozen
from schemalint.model.names import TableName
from schemalint.model.span import Span


@frozen
class Operation:
    """The call, its arguments, and the table that it works on: as folded, as written, and where. `schema` is what the tool is
    told apart from the name, `entries` what an object says that stands for the table."""

    call: Here
    arguments: list[Here]
    table: TableName
    text: str
    place: Span
    schema: str | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def argument(self, at: int) -> Here | None:
        """The argument of that number, None where there are fewer."""
        return self.arguments[at] if at < len(self.arguments) else None
