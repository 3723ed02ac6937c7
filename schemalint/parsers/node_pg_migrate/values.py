"""What stands in the arguments of `pgm.…` as plain values: texts, truth values, lists, objects, and what the tool sends as it
stands (`pgm.func('now()')`, numbers)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.jssource.history import Unread
from schemalint.model.span import Span

_DEEPEST = 12
_LITERALS = frozenset({"func", "create", "PgLiteral"})


@dataclass(frozen=True, slots=True)
class Raw:
    """A text that goes into the SQL without quotes."""

    text: str


Plain = Any
"""str, bool, Raw, None, a list of them, or a dict from text to them. What is undefined is left out."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an object: its name, where that stands, and what stands behind it, not yet looked at."""

    name: str
    span: Span
    value: Here


def keys(evaluator: Evaluator, here: Here) -> Iterator[Key]:
    """The keys of an object, in order. Raises Unread where one of them is not certain."""
    found = evaluator.follow(here)
    if found.kind not in {"obj", "call"}:
        raise Unread("an object is computed")
    entries, unread = evaluator.entries(found)
    if unread or any(not entry.sure for entry in entries.values()):
        raise Unread("a part of an object is computed")
    for name, entry in entries.items():
        yield Key(name, entry.span, entry.value)


def plain(evaluator: Evaluator, here: Here, depth: int = 0) -> Plain:
    """The value that an expression certainly is. Raises Unread for any other."""
    found = evaluator.follow(here)
    kind, value = found.kind, found.value
    if kind == "str":
        return value["v"]
    if kind == "num":
        return Raw(value["v"])
    if kind == "bool":
        return bool(value["v"])
    if kind == "null":
        return None
    if depth < _DEEPEST:
        if kind == "arr":
            items = found.arguments()
            if all(item.kind != "spread" for item in items):
                return [plain(evaluator, item, depth + 1) for item in items]
        if kind == "obj":
            return {
                key.name: plain(evaluator, key.value, depth + 1)
                for key in keys(evaluator, found)
                if evaluator.follow(key.value).kind != "undef"
            }
        if kind in {"call", "new"}:
            callee = value["f"] if kind == "call" else value.get("c", {})
            arguments = found.arguments()
            text = evaluator.text(arguments[0]) if arguments else None
            if callee.get("p", callee.get("v")) in _LITERALS and text is not None:
                return Raw(text)
    raise Unread("an argument is computed")


def truth(options: Mapping[str, Plain], name: str) -> bool:
    """Whether an option is given and says yes."""
    value = options.get(name)
    return value.text not in ("0", "") if isinstance(value, Raw) else bool(value)
