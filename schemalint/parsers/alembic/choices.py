"""Local names after an `if` whose branches set them to different things: what uses one is done for each of them.

A value that may be several is plain data, ["either", start, end, [[dialects, value], …]]: the condition, and for each branch the
dialects that it is for (None where the condition asks for something else) with what the name is there. It stands for nothing
by itself: `expanded` makes one expression of each branch before anybody reads it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from schemalint.pysource.nodes import Plain

MAX_WAYS = 8  # of one expression
MAX_NESTED = 6  # conditions that decide what a name is

Known = dict[str, Plain]
Dialects = tuple[tuple[str, ...], bool]
Branch = tuple[tuple[int, int], Dialects | None]
"""The condition, and the dialects that a branch is for."""


def either(place: tuple[int, int], dialects: Dialects | None, then: Known | None, other: Known | None) -> Known:
    """What is known after an `if`, of what is known after each branch; None is a branch that leaves the function or loop."""
    if then is None or other is None:
        return dict(then if then is not None else other or {})
    against = None if dialects is None else (dialects[0], not dialects[1])
    made = dict(then)
    for name in then.keys() | other.keys():
        if then.get(name) is other.get(name):
            continue
        made.pop(name, None)
        ways = [(sign, side[name]) for sign, side in ((dialects, then), (against, other)) if name in side]
        if any(_nested(value) >= MAX_NESTED for _, value in ways):
            continue
        same = len(ways) == 2 and ways[0][1] == ways[1][1]
        made[name] = ways[0][1] if same else ["either", *place, [list(way) for way in ways]]
    return made


def bound(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Every name that statements set, however deep."""
    for statement in body:
        for item in ast.walk(statement):
            if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store):
                yield item.id


def undecided(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> bool:
    """Whether a name that has changed may be several things."""
    return any(before.get(name) is not value and _first(value) is not None for name, value in after.items())


def expanded(item: Plain, every: bool) -> Iterator[tuple[tuple[Branch, ...], Plain]]:
    """An expression for each way through the conditions that decide it; only the first few where there are very many. Unless
    it is to be `every` way, what no dialect decides is unknown."""
    left = MAX_WAYS
    waiting: list[tuple[tuple[Branch, ...], Plain]] = [((), item)]
    while waiting and left:
        taken, here = waiting.pop()
        found = _first(here)
        if found is None:
            left -= 1
            yield taken, here
            continue
        place = found[1], found[2]
        if not every and found[3][0][0] is None:
            waiting.append((taken, _decided(here, place, None)))
            continue
        for at in reversed(range(len(found[3]))):
            waiting.append(((*taken, (place, found[3][at][0])), _decided(here, place, at)))


def _first(item: Any) -> Plain | None:
    if not isinstance(item, (list, tuple)):
        return None
    if item and item[0] == "either":
        return list(item)
    return next((found for each in item if (found := _first(each)) is not None), None)


def _nested(item: Any) -> int:
    """How many conditions decide an expression, one inside the other."""
    if not isinstance(item, (list, tuple)):
        return 0
    return max((_nested(each) for each in item), default=0) + (bool(item) and item[0] == "either")


def _decided(item: Any, place: tuple[int, int], at: int | None) -> Any:
    """The expression with one branch of a condition taken wherever that decides; None is any of them."""
    if not isinstance(item, (list, tuple)):
        return item
    if item and item[0] == "either" and (item[1], item[2]) == place:
        return ["other", *place, "several things"] if at is None else item[3][min(at, len(item[3]) - 1)][1]
    return [_decided(each, place, at) for each in item]
