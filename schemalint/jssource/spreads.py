"""What is spread into an object on a condition: `...(onServer && { ssl: true })`."""

from __future__ import annotations

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here

_DEEPEST = 12


def lacks(evaluator: Evaluator, here: Here, key: str, depth: int = 0) -> bool:
    """Whether an object, or what is spread into one, has no such key on any way."""
    found = evaluator.follow(here)
    value = found.value
    if depth > _DEEPEST:
        return False
    if found.kind == "obj":
        own = all(name is not None and name != key for name, _, _, _ in value["p"])
        return own and keeps(evaluator, found, key, depth)
    if found.kind == "cond" or (found.kind == "bin" and value["op"] in {"&&", "||", "??"}):
        sides = ("r",) if value.get("op") == "&&" else ("l", "r")  # what is not true is spread to nothing
        return all(lacks(evaluator, found.at(value[side]), key, depth + 1) for side in sides)
    return found.kind in {"undef", "null", "bool", "num", "str"}


def keeps(evaluator: Evaluator, here: Here, key: str, depth: int = 0) -> bool:
    """Whether nothing that is spread into an object can change what it says of the key itself."""
    found = evaluator.follow(here)
    if found.kind != "obj" or any(name is None for name, _, _, _ in found.value["p"]):
        return False
    spread = (found.at(one) for name, _, _, one in found.value["p"] if name == "...")
    return all(lacks(evaluator, one, key, depth + 1) for one in spread)
