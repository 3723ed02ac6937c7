"""What loops go through: the items of arrays that are written out."""

from __future__ import annotations

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.jssource.pieces import whole

_DEEPEST = 12


def items_of(evaluator: Evaluator, through: Here, depth: int = 0) -> list[Here] | None:
    """What a literal array holds, also by way of `Object.entries({…})` and the like; None when that is not known."""
    found = evaluator.follow(through)
    if found.kind == "arr" and depth < _DEEPEST:
        items: list[Here] = []
        for item in found.arguments():
            if item.kind == "spread":
                inner = items_of(evaluator, item.at(item.value["v"]), depth + 1)
                if inner is None:
                    return None
                items += inner
            else:
                items.append(item)
        return items
    if found.kind == "call" and found.value["f"]["t"] == "mem" and found.value["f"]["o"].get("v") == "Object":
        return _entries(evaluator, found)
    text = whole(evaluator, found)
    return None if text is None else [text]


def _entries(evaluator: Evaluator, call: Here) -> list[Here] | None:
    name = call.value["f"]["p"]
    if name not in {"keys", "values", "entries"} or len(call.arguments()) != 1:
        return None
    entries, unread = evaluator.entries(call.arguments()[0])
    if unread or not entries:
        return None
    if name == "values":
        return [entry.value for entry in entries.values()]
    keys = [
        Here(entry.span.path, {"t": "str", "v": key, "s": entry.span.start, "e": entry.span.end})
        for key, entry in entries.items()
    ]
    if name == "keys":
        return keys
    pairs = zip(keys, entries.values(), strict=True)
    return [key.at({"t": "arr", "a": [key.value, entry.value.value], "s": 0, "e": 0}) for key, entry in pairs]
