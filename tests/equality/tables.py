"""The tables of pairs: text files of blocks, whose form the head of defaults_postgres.txt tells."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from schemalint.model.types import Outcome

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Block:
    """`title` is what stands in brackets; every group holds spellings of one thing; `open` are the undecided pairs."""

    title: str
    groups: tuple[tuple[str, ...], ...]
    open: tuple[tuple[str, str], ...]

    @property
    def spellings(self) -> list[str]:
        """Every spelling once."""
        found = [each for group in (*self.groups, *self.open) for each in group]
        return list(dict.fromkeys(found))

    @property
    def pairs(self) -> dict[tuple[str, str], Outcome]:
        """What is expected of each pair that the table decides or leaves open."""
        made: dict[tuple[str, str], Outcome] = {}
        for group in self.groups:
            made |= dict.fromkeys(combinations(group, 2), Outcome.SAME)
        for one, other in combinations(self.groups, 2):
            made |= {(left, right): Outcome.DIFFERENT for left in one for right in other}
        return made | dict.fromkeys(self.open, Outcome.UNKNOWN)


def blocks(name: str) -> list[Block]:
    """The blocks of one file."""
    found: list[Block] = []
    for line in (FOLDER / f"{name}.txt").read_text().splitlines():
        if line.startswith("["):
            found.append(Block(line[1:-1], (), ()))
        elif line and not line.startswith("#"):
            last = found.pop()
            spellings = tuple(line.removeprefix("? ").split(" | "))
            assert len(set(spellings)) == len(spellings), line
            if line.startswith("? "):
                one, other = spellings
                found.append(Block(last.title, last.groups, (*last.open, (one, other))))
            else:
                found.append(Block(last.title, (*last.groups, spellings), last.open))
    return found
