"""The naming strategy that a module's code gives to gorm.Config."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.naming import Naming
from schemalint.parsers.gorm.world import World

_LITERAL = re.compile(r"&?(?:\w+\.)?NamingStrategy\{|\w+$")
_KEYS = frozenset({"TablePrefix", "SingularTable", "NameReplacer", "NoLowerCase", "IdentifierMaxLength"})


def strategy(
    extracts: Mapping[str, Data],
    given: Iterable[str],
    world: World,
    longest: int,
    others: Collection[tuple[Data, str]] = (),
) -> tuple[Naming, bool]:
    """The strategy of a module's NamingStrategy literals, and whether the names it derives can be told: not where several
    differ, a part is computed, or `given` (what `NamingStrategy:` is set to) is a type of the project's own. `longest` is
    IdentifierMaxLength where none is set. Literals that are given to `others`, which open other databases, do not count; each
    comes with its file."""
    found = {
        _read(literal["keys"], path, world, longest)
        for path, extract in extracts.items()
        for literal in extract["naming"]
        if not any(_belongs(literal, path, one, place) for one, place in others)
    }
    own = any(not _LITERAL.match(value) for value in given)
    if len(found) > 1 or own:
        return Naming(longest=longest), False
    only = found.pop() if found else Naming(longest=longest)
    return only or Naming(longest=longest), only is not None


def _belongs(literal: Data, path: str, opened: Data, place: str) -> bool:
    """Whether a literal is a part of what a `gorm.Open` is given, written there or in a variable."""
    if path != place:
        return False
    if opened["at"][0] <= literal["at"][0] < opened["at"][1]:
        return True
    named = opened["config"] is not None and opened["config"] == literal["target"]
    return named and literal["function"] in (opened["function"], 0)


def _read(literal: Mapping[str, Any], path: str, world: World, longest: int) -> Naming | None:
    """One literal, None where a part of it could not be told."""
    singular, plain = literal.get("SingularTable", False), literal.get("NoLowerCase", False)
    prefix = world.text(literal["TablePrefix"], path) if literal.get("TablePrefix", "") != "" else ""
    most = literal.get("IdentifierMaxLength", 0)
    pairs = literal.get("NameReplacer", {"pairs": []})
    if not _KEYS.issuperset(literal) or prefix is None or not isinstance(most, int) or isinstance(most, bool):
        return None
    if not isinstance(singular, bool) or not isinstance(plain, bool) or not isinstance(pairs, dict):
        return None
    if "pairs" not in pairs:
        return None
    replaced = tuple(zip(pairs["pairs"][::2], pairs["pairs"][1::2], strict=True))
    return Naming(prefix, singular, plain, most or longest, replaced)
