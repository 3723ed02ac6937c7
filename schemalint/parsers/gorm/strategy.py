"""The naming strategy that a module's code gives to gorm.Config."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.naming import Naming
from schemalint.parsers.gorm.world import World

_LITERAL = re.compile(r"&?(?:\w+\.)?NamingStrategy\{|\w+$")
_KEYS = frozenset({"TablePrefix", "SingularTable", "NameReplacer", "NoLowerCase", "IdentifierMaxLength"})


def strategy(extracts: Mapping[str, Data], given: Iterable[str], world: World, longest: int) -> tuple[Naming, bool]:
    """The strategy of a module's NamingStrategy literals, and whether the names it derives can be told: not where several
    differ, a part is computed, or `given` (what `NamingStrategy:` is set to) is a type of the project's own. `longest` is
    IdentifierMaxLength where none is set."""
    found = {
        _read(literal, path, world, longest) for path, extract in extracts.items() for literal in extract["naming"]
    }
    own = any(not _LITERAL.match(value) for value in given)
    if len(found) > 1 or own:
        return Naming(longest=longest), False
    only = found.pop() if found else Naming(longest=longest)
    return only or Naming(longest=longest), only is not None


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
