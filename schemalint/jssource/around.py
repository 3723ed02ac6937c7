"""A call in the body of a function, and what stands around it."""

from __future__ import annotations

from dataclasses import replace

from schemalint.jssource.here import Here
from schemalint.jssource.together import Together
from schemalint.model.clauses import Guard
from schemalint.model.frozen import frozen
from schemalint.model.span import Span


@frozen
class Around:
    """What stands around a statement: the nearest condition, the handler that swallows and its block, the sets of what is
    started together. `level` counts blocks; `held`: within the function of `transaction(…)`."""

    condition: Span | None = None
    handler: Span | None = None
    block: Span | None = None
    level: int = 0
    together: Together = ()
    held: bool = False

    def item(self, place: Span, number: int) -> Around:
        """An item of what is started together."""
        return replace(self, together=(*self.together, (place, number)))

    @property
    def guard(self) -> Guard | None:
        if self.handler is not None and self.block is not None:
            return Guard(self.block, self.condition is not None, self.handler)
        return None if self.condition is None else Guard(self.condition, True)

    def under(self, condition: Span) -> Around:
        return replace(self, condition=self.condition or condition)

    def deeper(self) -> Around:
        return replace(self, level=self.level + 1)


@frozen
class Step:
    """A call that is not followed further. `result` is whether something is made of what it returns."""

    call: Here
    around: Around
