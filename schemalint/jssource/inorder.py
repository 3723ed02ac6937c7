"""Names that are assigned anew: which value holds where one is used, as far as the order of statements tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from schemalint.jssource.values import Value


def latest(values: Sequence[Value], at: int, functions: Sequence[Any]) -> list[Value]:
    """Of the values that a name is bound to in a file, the one that holds at this place; empty where that is not certain.

    All of them must be bound by statements of one block, around the place. A function that is made in the block runs later than
    it stands, so nothing may be bound behind it, and one that is there from the start may run before.
    """
    blocks = {tuple(value.get("in_order", ())) for value in values}
    block = blocks.pop()
    if blocks or not block or not block[0] <= at <= block[1]:
        return []
    around = [(start, early) for start, end, early in functions if block[0] <= start <= at <= end]
    if around:
        start, early = min(around)
        if early or any(value["e"] > start for value in values):
            return []
    return sorted((value for value in values if value["e"] <= at), key=lambda value: value["s"])[-1:]
