"""The order in which Alembic runs the revisions of a graph: parents first, never by file name."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Protocol, TypeVar


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
    """Every revision after what it follows and depends on. What hangs on a parent that is missing comes after all that does
    not, what stands in a circle last, by path. Of two branches the one that begins earlier by path is finished first."""
    known: dict[str, T] = {}
    for each in revisions:
        known.setdefault(each.name, each)
    by_short = {name: name for name in known}
    waiting = {
        id(each): {_full(parent, by_short) for parent in (*each.parents, *each.depends)} & known.keys()
        for each in revisions
    }
    children: dict[str, list[T]] = {}
    for each in revisions:
        for parent in waiting[id(each)]:
            children.setdefault(parent, []).append(each)
    ready = sorted(
        (each for each in revisions if not waiting[id(each)]),
        key=lambda each: (is_orphan(each, known), each.path),
        reverse=True,
    )
    ordered: list[T] = []
    placed: set[int] = set()
    while ready:
        each = ready.pop()
        if id(each) in placed:
            continue
        ordered.append(each)
        placed.add(id(each))
        if known[each.name] is not each:
            continue
        for child in sorted(children.get(each.name, ()), key=lambda child: child.path, reverse=True):
            waiting[id(child)].discard(each.name)
            if not waiting[id(child)]:
                ready.append(child)
    return [*ordered, *sorted((each for each in revisions if id(each) not in placed), key=lambda each: each.path)]


def is_orphan(each: Placed, known: Container[str]) -> bool:
    """Whether what a revision follows is not there."""
    return any(parent not in known for parent in each.parents)


def _full(name: str, known: dict[str, str]) -> str:
    """A revision may be named by the beginning of its identifier where that is unique."""
    if name in known or len(name) < 4:
        return name
    fitting = [each for each in known if each.startswith(name)]
    return fitting[0] if len(fitting) == 1 else name
