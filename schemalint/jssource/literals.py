"""Arguments of a migration tool's calls as plain values: texts, truth values, lists, objects, and what the tool sends as it
stands (`pgm.func('now()')`, `new String('now()')`, numbers)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.jssource.history import Unread
from schemalint.model.frozen import frozen
from schemalint.model.span import Span

_DEEPEST = 12


@frozen
class Raw:
    """A text that goes into the SQL without quotes."""

    text: str


Plain = Any
"""str, bool, Raw, None, a list of them, or a dict from text to them. What is undefined is left out."""


@frozen
class Key:
    """A key of an object: its name, where that stands, and what stands behind it, not yet looked at."""

    name: str
    span: Span
    value: Here


@frozen
class Literals:
    """Reads values of one tool: `raw` are the functions and classes of which the tool sends the text that they are given,
    `constants` texts by the names of members that stand for them (`type.STRING`)."""

    evaluator: Evaluator
    raw: frozenset[str] = frozenset()
    constants: Mapping[str, str] = field(default_factory=dict)

    def keys(self, here: Here) -> Iterator[Key]:
        """The keys of an object, in order. Raises Unread where one of them is not certain."""
        found = self.evaluator.follow(here)
        if found.kind not in {"obj", "call"}:
            raise Unread("an object is computed")
        entries, unread = self.evaluator.entries(found)
        if unread or any(not entry.sure for entry in entries.values()):
            raise Unread("a part of an object is computed")
        for name, entry in entries.items():
            yield Key(name, entry.span, entry.value)

    def plain(self, here: Here, depth: int = 0) -> Plain:
        """The value that an expression certainly is. Raises Unread for any other."""
        found = self.evaluator.follow(here)
        kind, value = found.kind, found.value
        if kind == "str":
            return value["v"]
        if kind == "num":
            return Raw(value["v"])
        if kind == "bool":
            return bool(value["v"])
        if kind == "null":
            return None
        if kind == "un" and value["op"] == "-":
            inner = self.plain(found.at(value["v"]), depth + 1)
            if isinstance(inner, Raw):
                return Raw(f"-{inner.text}")
        if kind == "mem" and value["p"] in self.constants:
            return self.constants[value["p"]]
        if depth < _DEEPEST and kind in {"arr", "obj", "call", "new"}:
            return self._held(found, depth + 1)
        raise Unread("an argument is computed")

    def _held(self, found: Here, depth: int) -> Plain:
        kind, arguments = found.kind, found.arguments() if found.kind != "obj" else []
        if kind == "arr" and all(item.kind != "spread" for item in arguments):
            return [self.plain(item, depth) for item in arguments]
        if kind == "obj":
            return {
                key.name: self.plain(key.value, depth)
                for key in self.keys(found)
                if self.evaluator.follow(key.value).kind != "undef"
            }
        if kind in {"call", "new"} and arguments:
            callee, text = found.value["f"], self.evaluator.text(arguments[0])
            name = callee.get("p", callee.get("v"))
            if isinstance(name, str) and name in self.raw and text is not None:
                return Raw(text)
        raise Unread("an argument is computed")


def truth(options: Mapping[str, Plain], name: str) -> bool:
    """Whether an option is given and says yes."""
    value = options.get(name)
    return value.text not in ("0", "") if isinstance(value, Raw) else bool(value)


def said(value: Plain) -> str:
    """What goes into the SQL as it stands. Raises Unread for what is no text."""
    if isinstance(value, Raw):
        return value.text
    if not isinstance(value, str):
        raise Unread("an argument is of another kind")
    return value


def keyed(value: Plain) -> dict[str, Plain]:
    """An object; empty where there is none. Raises Unread for anything else."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Unread("an argument is of another kind")
    return value
