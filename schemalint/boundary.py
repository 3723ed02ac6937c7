"""The boundary at which a mistake of ours is caught: it is named with its place, and the rest of the run goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")


class Boundary:
    """Collects what went wrong inside schemalint, a line each, in `broken`."""

    def __init__(self) -> None:
        self.broken: list[str] = []

    def attempt(self, what: str, work: Callable[[], Made]) -> Made | None:
        """What the work gives, or None when it raised."""
        try:
            return work()
        except Exception as mistake:
            at = mistake.__traceback__
            while at is not None and at.tb_next is not None:
                at = at.tb_next
            where = f" ({at.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{at.tb_lineno})" if at else ""
            line = f"{what}: {type(mistake).__name__}: {mistake}{where}"
            if line not in self.broken:
                self.broken.append(line)
            return None
