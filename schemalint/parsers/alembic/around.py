"""What stands around a statement of a revision, and the step that a call makes there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from schemalint.model.frozen import frozen, replace
from schemalint.pysource.nodes import Plain

Step = dict[str, Any]
"""Plain data: {"call", "if", "handler", "dialects", "assigned", "engine"}."""


@frozen
class Around:
    """The span of the condition, of the handler and its block; the dialects it is for;
    the local names that are known."""

    condition: tuple[int, int] | None = None
    block: tuple[int, int] | None = None
    handler: tuple[int, int] | None = None
    dialects: tuple[tuple[tuple[str, ...], bool], ...] = ()
    known: Mapping[str, Plain] = field(default_factory=dict)
    engine: tuple[str, int, int] | None = None  # of several databases: its name, and the call that chooses it
    several: bool = False  # some of these names may be one of several things
    depth: int = 0  # of helpers
    level: int = 0  # of blocks


def conditional(around: Around, place: tuple[int, int]) -> Around:
    return replace(around, condition=around.condition or place)


def lost_step(start: int, end: int, why: str) -> Step:
    """A step that stands for what is not known."""
    return step(["other", start, end, why], Around())


def step(call: Plain, around: Around) -> Step:
    return {
        "call": call,
        "if": None if around.condition is None else list(around.condition),
        "handler": None if around.handler is None else [list(around.handler), list(around.block or around.handler)],
        "dialects": [[list(names), positive] for names, positive in around.dialects],
        "assigned": False,
        "engine": None if around.engine is None else list(around.engine),
    }
