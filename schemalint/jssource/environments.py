"""Conditions on NODE_ENV: whether what stands under one runs in production."""

from __future__ import annotations

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here

_PRODUCTION = {"production", "prod"}
_DEVELOPMENT = {"development", "dev", "local", "test", "testing"}
_DEEPEST = 12


def environment(evaluator: Evaluator, condition: Here, holds: bool, depth: int = 0) -> str | None:
    """ "development" when the condition keeps the call out of production, "production" when it runs there only."""
    if depth > _DEEPEST:
        return None
    value = condition.value
    kind = value["t"]
    if kind == "un" and value["op"] == "!":
        return environment(evaluator, condition.at(value["v"]), not holds, depth + 1)
    if kind == "bin" and value["op"] in {"&&", "||"}:
        sides = {environment(evaluator, condition.at(value[side]), holds, depth + 1) for side in ("l", "r")}
        if (value["op"] == "&&") == holds:  # both hold
            return next((one for one in ("development", "production") if one in sides), None)
        return sides.pop() if len(sides) == 1 else None
    if kind == "bin" and value["op"] in {"===", "==", "!==", "!="}:
        return _compared(evaluator, condition, holds == (value["op"] in {"===", "=="}))
    if kind == "call" and value["f"].get("p") == "includes":
        return _listed(evaluator, condition, holds)
    found = evaluator.follow(condition)
    return None if found == condition else environment(evaluator, found, holds, depth + 1)


def _compared(evaluator: Evaluator, condition: Here, equal: bool) -> str | None:
    sides = [condition.at(condition.value[side]) for side in ("l", "r")]
    if not any(_is_environment(evaluator, side) for side in sides):
        return None
    named = (text for side in sides if (text := evaluator.text(side)) is not None)
    return next((where for text in named if (where := _where({text}, equal)) is not None), None)


def _listed(evaluator: Evaluator, call: Here, among: bool) -> str | None:
    """`['development', 'test'].includes(process.env.NODE_ENV)`."""
    arguments = call.arguments()
    given = evaluator.follow(call.at(call.value["f"]["o"]))
    if given.kind != "arr" or len(arguments) != 1 or not _is_environment(evaluator, arguments[0]):
        return None
    texts = [evaluator.text(item) for item in given.arguments()]
    known = {text for text in texts if text is not None}
    return _where(known, among) if known and len(known) == len(set(texts)) else None


def _where(named: set[str], among: bool) -> str | None:
    """Where NODE_ENV is one of these, or is none of them."""
    if not among:
        return "development" if named & _PRODUCTION else None
    if named <= _PRODUCTION:
        return "production"
    return "development" if named <= _DEVELOPMENT else None


def _is_environment(evaluator: Evaluator, here: Here) -> bool:
    """`process.env.NODE_ENV`, `config.get('NODE_ENV')`, or a name that stands for either, with or without a default."""
    for found in evaluator.choices(here):
        value = found.value
        if value["t"] == "mem" and value["p"] == "NODE_ENV":
            return True
        if value["t"] == "call" and value["a"] and found.arguments()[0].value.get("v") == "NODE_ENV":
            return True
    return False
