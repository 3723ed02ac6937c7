"""What an expression stands for, followed through names, imports, members and plain functions. Nothing is run.

Evaluation ends at a literal, an object, an array, a function, a class,
a call or anything else that cannot be followed; it is bounded by a number of steps, so that hostile circles end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from posixpath import dirname
from typing import Any

from schemalint.jssource.files import Files
from schemalint.jssource.here import Entry, Here
from schemalint.jssource.inorder import latest
from schemalint.jssource.merging import merged, merges
from schemalint.jssource.modules import file_of, module, path_text
from schemalint.jssource.values import Value, callee, is_exports
from schemalint.model.span import Span

_STEPS = 60
_BUDGET = 4000
_DEEPEST = 60
_MERGES = {"assign", "extend"}
_ITSELF = {"freeze", "seal", "preventExtensions"}
"""Methods of Object that give back what they are given."""
_UNKNOWN: Value = {"t": "other", "s": 0, "e": 0}


class Evaluator:
    """Follows expressions through the extracts of one project's files."""

    def __init__(self, extracts: Mapping[str, Mapping[str, Any]]) -> None:
        self._extracts = extracts
        self._homes = extracts.homes if isinstance(extracts, Files) else {}
        self._names: dict[str, dict[str, list[tuple[int, int, Value | None]]]] = {}
        self._exports: dict[str, dict[str, Value]] = {}
        self._parts: dict[str, dict[tuple[str, str], list[Value]]] = {}
        self._modules: dict[tuple[str, str], str | None] = {}
        self._budget = _BUDGET
        self._depth = 0
        self.given: dict[tuple[str, int], list[Here]] = {}
        """What functions and loops that are gone through were given, by file and where the function or loop starts."""

    # The files

    def _names_of(self, path: str) -> dict[str, list[tuple[int, int, Value | None]]]:
        if path not in self._names:
            names: dict[str, list[tuple[int, int, Value | None]]] = {}
            for name, start, end, value in self._extracts.get(path, {}).get("names", ()):
                names.setdefault(name, []).append((start, end, value))
            self._names[path] = names
        return self._names[path]

    def _exports_of(self, path: str) -> dict[str, Value]:
        if path not in self._exports:
            self._exports[path] = dict(self._extracts.get(path, {}).get("exports", ()))
        return self._exports[path]

    def bodies(self, path: str) -> Mapping[str, list[Any]]:
        """The bodies of a file's functions by where each starts, as far as they were kept."""
        found: Mapping[str, list[Any]] = self._extracts.get(path, {}).get("bodies", {})
        return found

    def classes(self, path: str) -> list[dict[str, Any]]:
        """The classes of a file whose methods were kept."""
        found: list[dict[str, Any]] = self._extracts.get(path, {}).get("classes", [])
        return found

    def broken(self, path: str) -> bool:
        """Whether the syntax of a file was not understood in every place."""
        return bool(self._extracts.get(path, {}).get("broken"))

    def exported(self, path: str, name: str) -> Here | None:
        """What a file exports under a name, followed to its end; None without it."""
        found = self._exported(path, name)
        return None if found is None else self.follow(found)

    def _part(self, path: str, name: str, key: str) -> list[Value]:
        """What is assigned to `name.key` in a file."""
        if path not in self._parts:
            parts: dict[tuple[str, str], list[Value]] = {}
            for owner, part, value in self._extracts.get(path, {}).get("parts", ()):
                parts.setdefault((owner, part), []).append(value)
            self._parts[path] = parts
        return self._parts[path].get((name, key), [])

    def module(self, path: str, name: str) -> str | None:
        """The file that an import in `path` of the module `name` means, None for a package or a file not read."""
        key = dirname(path), name
        if key not in self._modules:
            self._modules[key] = module(self._extracts, path, name, self._homes)
        return self._modules[key]

    # Following

    def bound(self, path: str, name: str, at: int) -> list[Value] | None:
        """Everything that the name is bound to where it is used; None when this file does not bind it."""
        found = [entry for entry in self._names_of(path).get(name, ()) if entry[0] <= at <= entry[1]]
        declared = [(start, end) for start, end, value in found if not (value or {}).get("assigned")]
        if not declared:
            return None
        innermost = min(declared, key=lambda scope: scope[1] - scope[0])
        every = self._names_of(path)[name]
        values = [
            value for start, end, value in every if value is not None and innermost[0] <= start and end <= innermost[1]
        ]
        nested = [
            (start, end)
            for start, end, value in every
            if not (value or {}).get("assigned") and (start, end) != innermost and innermost[0] <= start <= innermost[1]
        ]
        if nested:  # an inner scope has a name of its own: only what is bound in this scope itself counts
            values = [value for start, end, value in every if value is not None and (start, end) == innermost]
        if len(values) < 2:
            return values
        return latest(values, at, self._extracts[path].get("functions", ())) or values

    def follow(self, here: Here) -> Here:
        """What the value stands for in the end."""
        if self._depth == 0:
            self._budget = _BUDGET
        for _ in range(_STEPS):
            further = self._step(here)
            if further is None:
                return here
            here = further
        return here.at(_UNKNOWN)

    def _step(self, here: Here) -> Here | None:
        if self._budget <= 0 or self._depth > _DEEPEST:
            return None
        self._budget -= 1
        self._depth += 1
        try:
            return self._further(here)
        finally:
            self._depth -= 1

    def _further(self, here: Here) -> Here | None:
        value = here.value
        kind = value["t"]
        if kind == "id":
            bound = self.bound(here.path, value["v"], value["s"])
            if bound is not None and len(bound) == 1:
                return here.at(bound[0])
        elif kind == "imp":
            return self._import(here)
        elif kind == "mem":
            return self._member(here)
        elif kind == "call":
            return self._result(here)
        elif kind in {"bin", "tmpl"}:
            folded = self._text(here)
            return None if folded is None else here.at({"t": "str", "v": folded, "s": value["s"], "e": value["e"]})
        elif kind == "sub":
            key = self.text(here.at(value["i"]))
            return self._agreed(here) if key is None else here.at(value | {"t": "mem", "p": key})
        elif kind == "un" and value["op"] == "!":
            inner = self.follow(here.at(value["v"]))
            return inner.at(inner.value | {"v": not inner.value["v"]}) if inner.kind == "bool" else None
        elif kind == "param":
            return self._given(here)
        elif kind == "at":
            further: Here = value["h"]
            return further
        return None

    def _given(self, here: Here) -> Here | None:
        """What a parameter stands for in the function or loop that is gone through now."""
        value = here.value
        given = self.given.get((here.path, value.get("in", -1)), ())
        if value["i"] >= len(given):
            return None
        found = given[value["i"]]
        for key in value.get("ks", ()):
            found = found.at({"t": "mem", "o": found.value, "p": key, "s": value["s"], "e": value["e"]})
        return found

    def _import(self, here: Here) -> Here | None:
        value = here.value
        name = value["m"]
        if name is None:
            told = path_text(here.at(value["v"]))
            path = None if told is None else file_of(self._extracts, told)
        else:
            path = self.module(here.path, name)
        if path is None:
            return None
        return self._exported(path, value["n"])

    def _exported(self, path: str, name: str) -> Here | None:
        seen: set[str] = set()
        waiting = [path]
        while waiting and len(seen) < _STEPS:
            path = waiting.pop(0)
            if path in seen:
                continue
            seen.add(path)
            exports = self._exports_of(path)
            if name in exports:
                return Here(path, exports[name])
            if "*" in exports:
                whole = Here(path, exports["*"])
                if name in {"*", "default"}:
                    return whole
                return Here(
                    path, {"t": "mem", "o": exports["*"], "p": name, "s": whole.value["s"], "e": whole.value["e"]}
                )
            if name == "*":
                return Here(path, {"t": "module", "s": 0, "e": 0})
            for star in self._extracts.get(path, {}).get("stars", ()):
                further = self.module(path, star)
                if further is not None:
                    waiting.append(further)
        return None

    def _member(self, here: Here) -> Here | None:
        value = here.value
        owner = here.at(value["o"])
        key = value["p"]
        for _ in range(_STEPS):
            if owner.kind == "id":
                parts = self._part(owner.path, owner.value["v"], key)
                if len(parts) == 1:
                    return owner.at(parts[0])
                if parts:
                    return None
            if is_exports(owner.value) and self.bound(owner.path, "exports", owner.value["s"]) is None:
                return self._exported(owner.path, key)
            if owner.kind in {"obj", "call"} and (found := self.entry(owner, key)) is not None:
                return found.value
            if owner.kind == "module":
                return self._exported(owner.path, key)
            if owner.kind == "arr" and key.isdigit():
                items = owner.arguments()[: int(key) + 1]
                whole = len(items) > int(key) and all(item.kind != "spread" for item in items)
                return items[-1] if whole else None
            further = self._step(owner)
            if further is None:
                break
            owner = further
        return None

    def _result(self, here: Here) -> Here | None:
        """What a call of a plain function of the project returns; None for every other call."""
        callee = here.at(here.value["f"])
        if callee.kind == "mem" and callee.value["p"] in _ITSELF and callee.value["o"].get("v") == "Object":
            return next(iter(here.arguments()), None)
        if callee.kind in {"id", "imp", "call"} or (callee.kind == "mem" and callee.value["p"] != "define"):
            function = self.follow(callee)
            if function.kind == "fn" and "r" in function.value:
                return function.at(self._with_arguments(function, here.arguments(), function.value["r"]))
        return None

    def _with_arguments(self, function: Here, arguments: list[Here], value: Any, depth: int = 0) -> Any:
        """What a function returns, with the arguments of a call in the places of its parameters, also where a name of its own
        stands for what is made of them."""
        if self._budget <= 0 or not arguments or depth > _DEEPEST:
            return value
        self._budget -= 1
        inner = partial(self._with_arguments, function, arguments, depth=depth + 1)
        if isinstance(value, list):
            return list(map(inner, value))
        if not isinstance(value, dict):
            return value
        if value.get("t") != "id":
            return dict(zip(value, map(inner, value.values()), strict=True))
        bound = self.bound(function.path, value["v"], value["s"]) or ()
        if len(bound) == 1 and bound[0]["t"] != "param" and function.value["s"] < bound[0]["s"] < function.value["e"]:
            return self._with_arguments(function, arguments, bound[0], depth + 1)
        if len(bound) != 1 or bound[0]["t"] != "param" or bound[0].get("in") != function.value["s"]:
            return value
        given = arguments[: bound[0]["i"] + 1]
        if len(given) <= bound[0]["i"] or any(one.kind == "spread" for one in given):
            return value
        place = {"s": value["s"], "e": value["e"]}
        made: Value = {"t": "at", "h": given[-1]} | place
        for key in bound[0].get("ks", ()):
            made = {"t": "mem", "o": made, "p": key} | place
        return made

    def _agreed(self, here: Here) -> Here | None:
        """`config[env]`: the one value that all entries of the object have, as far as what is asked of it goes."""
        owner = self.follow(here.at(here.value["o"]))
        if owner.kind != "obj":
            return None
        return owner.at({"t": "choice", "a": [entry[3] for entry in owner.value["p"]], "s": 0, "e": 0})

    # Text

    def text(self, here: Here) -> str | None:
        """The text that an expression certainly is."""
        found = self.follow(here)
        return found.value["v"] if found.kind == "str" else None

    def _text(self, here: Here, depth: int = 0) -> str | None:
        if depth > 20:
            return None
        value = here.value
        if value["t"] in {"str", "num"}:
            return str(value["v"])
        if value["t"] == "tmpl":
            parts = [part if isinstance(part, str) else self._folded(here.at(part), depth) for part in value["a"]]
        elif value["t"] == "bin" and value["op"] == "+":
            parts = [self._folded(here.at(value[side]), depth) for side in ("l", "r")]
        else:
            return None
        return None if None in parts else "".join(part for part in parts if part is not None)

    def _folded(self, here: Here, depth: int) -> str | None:
        if here.kind in {"bin", "tmpl", "str", "num"}:
            return self._text(here, depth + 1)
        found = self.follow(here)
        return str(found.value["v"]) if found.kind in {"str", "num"} else None

    # Objects

    def entry(self, here: Here, key: str) -> Entry | None:
        """The entry of that key, None when it is not there or not certain."""
        entries, _ = self.entries(here)
        return entries.get(key)

    def entries(self, here: Here, level: int = 0) -> tuple[dict[str, Entry], list[Span]]:
        """The keys of an object in order, spreads, `Object.assign` and `_.merge` taken in, and the parts that were not read."""
        entries: dict[str, Entry] = {}
        unread: list[Span] = []
        stack: list[tuple[Here, int]] = [(here, 0)]
        steps = 0
        while stack:
            one, depth = stack.pop()
            steps += 1
            if steps > 2000 or depth > 12:
                unread.append(one.span)
                entries = {key: replace(entry, sure=False) for key, entry in entries.items()}
                break
            if one.kind == "pair":
                key, start, end, value = one.value["p"]
                held = one.at(value)
                entries[key] = Entry(key, Span(one.path, start, end), held)
                continue
            found = self.follow(one)
            if found.kind == "obj":
                for key, start, end, value in reversed(found.value["p"]):
                    if key == "...":
                        stack.append((found.at(value), depth + 1))
                    else:
                        kind = "pair" if key is not None else "other"
                        entry = {"t": kind, "p": [key, start, end, value], "s": start, "e": end}
                        stack.append((found.at(entry), depth))
            elif found.kind == "call" and callee(found.value) in _MERGES:
                stack.extend((argument, depth + 1) for argument in reversed(found.arguments()))
            elif found.kind == "call" and merges(self, found):
                inner, rest = merged(self, found, level)
                unread += rest
                if rest:
                    entries = {key: replace(entry, sure=False) for key, entry in entries.items()}
                entries |= inner
            elif found.kind not in {"undef", "null", "bool"}:
                unread.append(one.span)
                entries = {key: replace(entry, sure=False) for key, entry in entries.items()}
        return entries, unread

    def choices(self, here: Here) -> Iterator[Here]:
        """The object, or each of the objects it may be: `config[env]`, a name bound on two branches, `a ? b : c`."""
        stack = [here]
        for _ in range(_STEPS):
            if not stack or self._depth > _DEEPEST:
                return
            found = self.follow(stack.pop())
            kind = found.kind
            if kind == "choice":
                stack.extend(found.at(one) for one in reversed(found.value["a"]))
            elif kind == "mem":
                self._depth += 1
                inner = [self.follow(one) for one in self.choices(found.at(found.value["o"]))]
                self._depth -= 1
                picked = [self.entry(one, found.value["p"]) for one in inner if one.kind == "obj"]
                if picked and len(picked) == len(inner):
                    stack.extend(one.value for one in reversed(picked) if one is not None)
                else:
                    yield found
            elif kind == "cond" or (kind == "bin" and found.value["op"] in {"||", "??"}):
                stack.extend(found.at(found.value[side]) for side in ("r", "l"))
            elif kind == "id" and (bound := self.bound(found.path, found.value["v"], found.value["s"])):
                if len(bound) == 1:
                    yield found
                else:
                    stack.extend(found.at(one) for one in reversed(bound))
            else:
                yield found
