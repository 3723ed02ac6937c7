"""One call of an operation, and how its arguments are found."""

from __future__ import annotations

from schemalint.model.frozen import frozen
from schemalint.model.names import TableName
from schemalint.model.span import Span
from schemalint.pysource.nodes import Call, Node, Star, span


class Unknown(Exception):
    """An argument that decides what the operation does is computed. `table` is set when at least that is known."""

    def __init__(self, why: str, table: TableName | None = None) -> None:
        super().__init__(why)
        self.why, self.table = why, table


@frozen
class Operation:
    """One call of an operation: `batch` is the `batch_alter_table` call that it stands in."""

    path: str
    name: str
    call: Call
    batch: Call | None

    @property
    def statement(self) -> Span:
        return span(self.path, self.call)

    def argument(self, position: int, *names: str) -> Node | None:
        """An argument by its position among those after the table (which a batch operation leaves out)."""
        for name in names:
            given = self.call.keyword(name)
            if given is not None:
                return given
        at = position if self.batch is not None else position + 1
        if at < len(self.call.args) and not any(isinstance(each, Star) for each in self.call.args[: at + 1]):
            return self.call.args[at]
        return None
