"""Objects that `_.merge` of lodash and deepmerge put together: where both have an object under a key, the two are merged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from schemalint.jssource.here import Entry, Here
from schemalint.model.span import Span

if TYPE_CHECKING:
    from schemalint.jssource.evaluate import Evaluator

_DEEP = frozenset({"merge", "deepmerge"})
_LODASH = ("lodash", "lodash-es")
_ALONE = frozenset({"lodash.merge", "lodash/merge", "lodash/merge.js", "lodash-es/merge", "deepmerge"})
_MOST = 8


def merges(evaluator: Evaluator, call: Here) -> bool:
    """Whether a call merges deeply, whoever gives the function."""
    callee = call.value["f"]
    name = callee.get("p", callee.get("v"))
    if name in _DEEP:
        return True
    return callee["t"] == "id" and _library(evaluator, call) in _ALONE


def merged(evaluator: Evaluator, call: Here, depth: int) -> tuple[dict[str, Entry], list[Span]]:
    """The keys of the objects that such a call is given, and what is not known of them. Two arrays are not taken together, and
    two objects only where it is lodash or deepmerge that does it."""
    known = "h" in call.value or _library(evaluator, call) is not None
    entries: dict[str, Entry] = {}
    unread: list[Span] = []
    for argument in call.value.get("h") or call.arguments():
        if depth > _MOST:
            return entries, [*unread, argument.span]
        found, rest = evaluator.entries(argument, depth + 1)
        unread += rest
        if rest:
            entries = {key: replace(entry, sure=False) for key, entry in entries.items()}
        for key, entry in found.items():
            old = entries.get(key)
            if old is None:
                entries[key] = entry
                continue
            kinds = {_kind(evaluator, one.value) for one in (old, entry)}
            if kinds == {"obj"} and known:
                entries[key] = replace(entry, value=_both(call, old, entry), sure=old.sure and entry.sure)
            elif kinds <= {"obj", "arr"} and len(kinds) == 1:
                entries[key] = replace(entry, sure=False)
                unread.append(entry.span)
            elif evaluator.follow(entry.value).kind != "undef":
                entries[key] = entry
    return entries, unread


def _kind(evaluator: Evaluator, here: Here) -> str:
    """A merge gives an object; what other calls give is none that is merged: a data type."""
    found = evaluator.follow(here)
    return "obj" if found.kind == "call" and merges(evaluator, found) else found.kind


def _both(call: Here, old: Entry, new: Entry) -> Here:
    here = new.value
    callee = {"t": "id", "v": "merge", "s": here.value["s"], "e": here.value["e"]}
    return here.at({**here.value, "t": "call", "f": callee, "a": [], "h": (old.value, here)})


def _library(evaluator: Evaluator, call: Here) -> str | None:
    """The package that the function comes from, where it is one of those."""
    callee = call.value["f"]
    root = evaluator.follow(call.at(callee["o"] if callee["t"] == "mem" else callee))
    if root.kind != "imp":
        return None
    module = root.value.get("m")
    if module in _ALONE or (module in _LODASH and "merge" in (callee.get("p"), root.value.get("n"))):
        return str(module)
    return None
