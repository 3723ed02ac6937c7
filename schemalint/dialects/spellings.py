"""What one database takes for the same: other words for a type, for a moment, for a truth value. Data only; the room
`equality` compares with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from schemalint.model.frozen import frozen
from schemalint.model.types import Family


@frozen
class Spellings:
    """What each field holds:

    `exact`: a type's name is the server's own, so two names are two types. `types`: names that mean another, for the other
    members of the family spell them so. `alike`: groups of types (without what stands in parentheses) that hold the same
    values, and that the server still tells apart by name.

    `clocks`: a call without blanks (`now()`, `now(p)` where it takes a precision) → the moment it gives. `on`: what moments
    become in a column of a family, and of its `with_tz` or of any. `apart`: pairs of moments that certainly differ. `finest`:
    the digits of a clock that states none; but by `widened` that moment gets as many digits as a column of that family has.

    `truths`: the texts that a boolean column reads. `constants`: calls that always give one text. `pads`: blanks at the end
    of a CHAR do not count. `affinity`: where values are kept by affinity, that of a type's name: "integer", "text", "real",
    "blob".
    """

    exact: bool = True
    types: Mapping[str, str] = field(default_factory=dict)
    alike: tuple[frozenset[str], ...] = ()
    clocks: Mapping[str, str] = field(default_factory=dict)
    on: Mapping[tuple[Family, bool | None], Mapping[str, str]] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()
    finest: int | None = None
    widened: frozenset[tuple[Family, str]] = frozenset()
    truths: Mapping[str, bool] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    pads: bool = True
    affinity: Callable[[str], str] | None = (
        None  # "integer", "text", "real" or "blob": how values are kept, by type name
    )


def moments(**spelled: str) -> dict[str, str]:
    """The table `clocks` from moments with their spellings, divided by `|`."""
    return {one: moment for moment, spellings in spelled.items() for one in spellings.split("|")}


def pairs(*names: str) -> frozenset[frozenset[str]]:
    """Pairs of names, each written `one other`."""
    return frozenset(frozenset(pair.split()) for pair in names)
