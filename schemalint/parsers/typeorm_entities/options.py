"""What stands in the objects that decorators are given: literals, nothing, or something that is not known."""

from __future__ import annotations

from enum import Enum

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Entry, Here
from schemalint.jssource.spreads import lacks
from schemalint.model.span import Span

_DEEPEST = 12


class Lack(Enum):
    """Why there is no value: nobody says one, or it is computed."""

    ABSENT = "absent"
    UNKNOWN = "unknown"


Literal = str | bool | float | None | Lack
"""None is JavaScript's null."""


class Options:
    """One object of options. `open`: a spread in it is not understood, so that any key may be there."""

    def __init__(self, evaluator: Evaluator, here: Here | None) -> None:
        self.evaluator = evaluator
        self.entries: dict[str, Entry] = {}
        self.open = False
        self.span = None if here is None else here.span
        self._whole = here
        if here is not None:
            found = evaluator.follow(here)
            if found.kind in {"obj", "call", "cond"}:
                self.entries, unread = evaluator.entries(found)
                self.open = bool(unread) or found.kind == "cond"
            elif found.kind not in {"undef", "null"}:
                self.open = True

    def here(self, key: str) -> Here | Lack:
        """What stands behind a key."""
        entry = self.entries.get(key)
        if entry is None:
            absent = not self.open or (self._whole is not None and lacks(self.evaluator, self._whole, key))
            return Lack.ABSENT if absent else Lack.UNKNOWN
        return self.evaluator.follow(entry.value) if entry.sure else Lack.UNKNOWN

    def place(self, key: str) -> Span | None:
        """Where the value of a key stands."""
        entry = self.entries.get(key)
        return None if entry is None else entry.value.span

    def literal(self, key: str) -> Literal:
        """The literal behind a key."""
        here = self.here(key)
        return here if isinstance(here, Lack) else literal(here)

    def text(self, key: str) -> str | Lack:
        """The same where only a text makes sense; an empty one is as good as none to TypeORM."""
        found = self.literal(key)
        if isinstance(found, str) and found:
            return found
        return Lack.ABSENT if found in (None, "", False) else _lack(found)

    def number(self, key: str) -> int | Lack | None:
        """The same where only a whole number makes sense, which may stand there as text. None is null."""
        found = self.literal(key)
        if found is None:
            return None
        if isinstance(found, (str, float)) and not isinstance(found, bool) and str(found).removesuffix(".0").isdigit():
            return int(float(found))
        return _lack(found)

    def flag(self, key: str, default: bool = False) -> bool | None:
        """Whether a key is true; None where that is not known."""
        found = self.literal(key)
        if found is Lack.UNKNOWN:
            return None
        return default if found is Lack.ABSENT else bool(found)


def literal(found: Here) -> Literal:
    """A value that was followed to its end, as a literal."""
    value = found.value
    if found.kind == "str":
        return str(value["v"])
    if found.kind == "num":
        try:
            return float(value["v"])
        except ValueError:
            return Lack.UNKNOWN
    if found.kind == "bool":
        return bool(value["v"])
    if found.kind == "undef" or (found.kind == "id" and value["v"] == "undefined"):
        return Lack.ABSENT
    return None if found.kind == "null" else Lack.UNKNOWN


def _lack(found: Literal) -> Lack:
    return found if isinstance(found, Lack) else Lack.UNKNOWN


def texts(evaluator: Evaluator, here: Here, depth: int = 0) -> list[str] | None:
    """The texts of an array, of an enumeration or of an object's values; None where they are not all known."""
    found = evaluator.follow(here)
    if depth > _DEEPEST:
        return None
    if found.kind == "call":
        return _of_values(evaluator, found, depth + 1)
    if found.kind == "obj":
        entries, unread = evaluator.entries(found)
        listed = [entry.value for entry in entries.values()]
        if unread or not all(entry.sure for entry in entries.values()):
            return None
    elif found.kind == "arr":
        listed = found.arguments()
    else:
        return None
    said: list[str] = []
    for one in listed:
        if one.kind == "spread":
            inner = texts(evaluator, one.at(one.value["v"]), depth + 1)
            if inner is None:
                return None
            said += inner
            continue
        end = evaluator.follow(one)
        if end.kind not in {"str", "num"}:
            return None
        said.append(str(end.value["v"]))
    return said


def _of_values(evaluator: Evaluator, call: Here, depth: int) -> list[str] | None:
    """`Object.values(Kind)`."""
    callee = call.value["f"]
    if callee["t"] == "mem" and callee["p"] in {"values", "keys"} and callee["o"].get("v") == "Object":
        arguments = call.arguments()
        if len(arguments) == 1 and callee["p"] == "values":
            return texts(evaluator, arguments[0], depth)
    return None
