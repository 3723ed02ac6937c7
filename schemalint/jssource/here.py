"""A value of a source file with the file it stands in, and a key of an object with what stands behind it."""

from __future__ import annotations

from schemalint.jssource.values import Value
from schemalint.model.frozen import frozen
from schemalint.model.span import Span


@frozen
class Here:
    """A value and the file it stands in."""

    path: str
    value: Value

    @property
    def kind(self) -> str:
        return str(self.value["t"])

    @property
    def span(self) -> Span:
        return Span(self.path, self.value["s"], self.value["e"])

    def at(self, value: Value) -> Here:
        """Another value of the same file."""
        return Here(self.path, value)

    def arguments(self) -> list[Here]:
        """The arguments of a call."""
        return [self.at(one) for one in self.value.get("a", ()) if isinstance(one, dict)]


@frozen
class Entry:
    """A key of an object with where it is written and what stands behind it."""

    key: str
    span: Span
    value: Here
    sure: bool = True  # False when a part after it that was not read may overwrite it
