"""The collector of cycles, kept from looking at the same many objects again and again.

Reading and replaying make hundreds of thousands of objects that stay and hardly a cycle. The collector, which looks for
cycles each time some hundred objects more are alive, took a quarter of the time of a long history.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_SELDOM = (
    100_000  # objects more between two looks at the young ones; Python's own 700 are for programs that throw most away
)


@contextmanager
def seldom() -> Iterator[None]:
    """Lets it look seldom. What is thrown away in cycles (trees of parsed queries) is still found in the end."""
    usual = gc.get_threshold()
    gc.set_threshold(max(_SELDOM, usual[0]) if usual[0] else 0, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


_MANY = 20_000  # young objects, nearly all of them made by such works, that stay


def never(work: Callable[P, T]) -> Callable[P, T]:
    """Keeps it away from a work that makes no cycles at all, and is soon over. When many such works, or one, have made many
    objects, these are old at once: the look at the young that would be due would find nothing in them."""

    @wraps(work)
    def alone(*args: P.args, **options: P.kwargs) -> T:
        if not gc.isenabled():
            return work(*args, **options)
        gc.disable()
        try:
            return work(*args, **options)
        finally:
            if gc.get_count()[0] > _MANY and not gc.get_freeze_count():  # what others have frozen stays so
                gc.freeze()
                gc.unfreeze()
            gc.enable()

    return alone
