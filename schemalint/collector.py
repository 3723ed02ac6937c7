"""The collector of cycles, kept from looking at the same many objects again and again.

Reading and replaying make hundreds of thousands of objects that stay and hardly a cycle. The collector, which looks for
cycles each time some hundred objects more are alive, took a quarter of the time of a long history.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def never() -> Iterator[None]:
    """Keeps it away. For what makes no cycles at all, and is soon over."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
