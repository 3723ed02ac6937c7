"""Times that can be compared: CPU seconds, the shortest of several turns, taken by turns on a machine that others use."""

from __future__ import annotations

import time
from collections.abc import Callable


def best(*works: Callable[[], object], rounds: int = 5) -> list[float]:
    """The shortest run of each of several works, in CPU seconds. They take turns, so that a busy minute hits them all."""
    shortest = [float("inf")] * len(works)
    for _ in range(rounds):
        for at, work in enumerate(works):
            start = time.process_time()
            work()
            shortest[at] = min(shortest[at], time.process_time() - start)
    return shortest
