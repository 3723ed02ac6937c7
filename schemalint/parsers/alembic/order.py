"""The order in which Alembic runs the revisions of a graph: parents first, never by file name."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Protocol, TypeVar

MAX_LOOKS = 500_000
"""How many revisions are looked at for which branch has to go first, before any order of parents first will do."""

_Links = Mapping[int, Sequence[int]]


class Placed(Protocol):
    """A revision's place in the graph."""

    @property
    def path(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def parents(self) -> tuple[str, ...]: ...
    @property
    def depends(self) -> tuple[str, ...]: ...


T = TypeVar("T", bound=Placed)


def in_order(revisions: Sequence[T]) -> list[T]:
    """Every revision after what it follows and depends on, branches in the order in which Alembic 1.20 runs them on the way
    from nothing to all heads. What hangs on a parent that is missing comes after all that does not, what stands in a circle
    last, by path."""
    listed = sorted(revisions, key=lambda each: each.path)
    above = _above(listed)
    below: dict[int, list[int]] = {one: [] for one in above}
    for one, parents in above.items():
        for parent in parents:
            below[parent].append(one)
    sound = _parents_first(above, below)
    ordered = _as_alembic(sound, above, below)
    names = {each.name for each in listed}
    hanging = _reached([one for one in ordered if is_orphan(listed[one], names)], below)
    ordered = sorted(ordered, key=hanging.__contains__)
    return [listed[one] for one in (*ordered, *sorted(above.keys() - set(ordered)))]


def _above(listed: Sequence[Placed]) -> dict[int, list[int]]:
    """What each revision follows, then what it depends on besides. A name that stands twice means the first that has it."""
    known: dict[str, int] = {}
    for place, each in enumerate(listed):
        known.setdefault(each.name, place)
    by_short = {name: name for name in known}
    follows: dict[int, list[int]] = {}
    needs: dict[int, list[int]] = {}
    for place, each in enumerate(listed):
        for names, links in ((each.parents, follows), (each.depends, needs)):
            found = (known[full] for name in names if (full := _full(name, by_short)) in known)
            links[place] = [one for one in dict.fromkeys(found) if one != place]
    if sum(map(bool, needs.values())) * len(listed) <= MAX_LOOKS:
        needs = {place: _own(place, follows, needs) if needed else [] for place, needed in needs.items()}
    return {place: [*dict.fromkeys((*follows[place], *needs[place]))] for place in follows}


def _own(place: int, follows: _Links, needs: _Links) -> list[int]:
    """What a revision depends on that nothing it follows depends on."""
    earlier = _reached(follows[place], follows) - {place}
    return [one for one in needs[place] if all(one not in needs[each] for each in earlier)]


def _reached(start: Sequence[int], links: _Links) -> set[int]:
    seen: set[int] = set()
    waiting = list(start)
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += links[one]
    return seen


def _parents_first(above: _Links, below: _Links) -> list[int]:
    """What no circle holds up, parents before children."""
    missing = {one: len(parents) for one, parents in above.items()}
    found = [one for one, count in missing.items() if not count]
    for one in found:
        for child in below[one]:
            missing[child] -= 1
            if not missing[child]:
                found.append(child)
    return found


def _as_alembic(sound: Sequence[int], above: _Links, below: _Links) -> list[int]:
    """Alembic walks from the heads down to the bases and runs what it met the other way round. It stays on a branch until
    that comes to a revision which another branch still has to come down to; there it goes on with the first such branch."""
    waiting = set(sound)
    above_of = {one: len([child for child in below[one] if child in waiting]) for one in sound}
    tips = sorted(one for one, count in above_of.items() if not count)
    at = looks = 0
    met: list[int] = []
    while tips:
        tip = tips[at]
        if above_of[tip]:
            over = _over(tip, below, waiting)
            looks += len(over)
            if looks > MAX_LOOKS:
                return [*(one for one in sound if one in waiting), *reversed(met)]
            at = next(place for place, each in enumerate(tips) if each in over)
            continue
        met.append(tip)
        waiting.discard(tip)
        for parent in above[tip]:
            above_of[parent] -= 1
        more = [parent for parent in above[tip] if parent not in tips]
        if more:
            tips[at] = more[0]
            tips += more[1:]
        else:
            del tips[at]
            at = max(at - 1, 0)
    return met[::-1]


def _over(one: int, below: _Links, waiting: set[int]) -> set[int]:
    """What still has to be walked before a revision may be."""
    found: set[int] = set()
    open_ = [one]
    while open_:
        for child in below[open_.pop()]:
            if child in waiting and child not in found:
                found.add(child)
                open_.append(child)
    return found


def is_orphan(each: Placed, known: Container[str]) -> bool:
    """Whether what a revision follows is not there."""
    return any(parent not in known for parent in each.parents)


def _full(name: str, known: dict[str, str]) -> str:
    """A revision may be named by the beginning of its identifier where that is unique."""
    if name in known or len(name) < 4:
        return name
    fitting = [each for each in known if each.startswith(name)]
    return fitting[0] if len(fitting) == 1 else name
