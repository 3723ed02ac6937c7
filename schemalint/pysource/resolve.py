"""Names across the files of a repository: what `sa.Column`, `Base` or `Color` means in a given file.

Imports are followed by path within the repository; what is not found there is `External`, with its full dotted name.
Files no parser claimed (an `__init__.py` that only passes names on, enumerations) are read when a name leads there.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from posixpath import basename, dirname
from typing import Any, Protocol

from schemalint.model.frozen import frozen
from schemalint.model.span import SourceFile, Span
from schemalint.pysource.modules import Unreadable, module, parse
from schemalint.pysource.nodes import (
    Attr,
    Call,
    Dict,
    Elsewhere,
    Join,
    Node,
    Op,
    Ref,
    Star,
    Sub,
    Text,
    display,
    node,
    replaced,
)
from schemalint.pysource.texts import put_together

MAX_HOPS = 24
MAX_FOLDED = 6  # texts inside texts
MAX_ON_DEMAND = 1_000_000  # characters; a longer file is no file of names

LIBRARIES = frozenset(
    {
        "sqlalchemy",
        "sqlmodel",
        "flask_sqlalchemy",
        "flask_sqlalchemy_lite",
        "gino",
        "alembic",
        "geoalchemy2",
        "pgvector",
    }
    | {"sqlalchemy_utils", "flask_appbuilder", "quart_sqlalchemy", "clickhouse_sqlalchemy"}
)
"""Never looked for in the repository, where a folder called `alembic` is usual."""


class Files(Protocol):
    """The files of a project, as far as names are followed through them."""

    @property
    def paths(self) -> tuple[str, ...]: ...

    def file(self, path: str) -> SourceFile | None: ...


@frozen
class External:
    """A name from outside the repository: "sqlalchemy.orm.mapped_column"."""

    dotted: str

    @property
    def last(self) -> str:
        return self.dotted.rpartition(".")[2]

    @property
    def library(self) -> str:
        return self.dotted.partition(".")[0]


@dataclass(frozen=True, slots=True, eq=False)
class ClassDef:
    """A class of the repository."""

    path: str
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.data["name"])

    @property
    def span(self) -> Span:
        start, end = self.data["span"]
        return Span(self.path, start, end)

    @property
    def key(self) -> tuple[str, int]:
        return self.path, self.data["span"][0]


@frozen
class Value:
    """What a module-level name is set to. `name_span` is the name as written there."""

    path: str
    value: Node
    name_span: Span
    name: str


@frozen
class ModuleAt:
    path: str


@frozen
class Function:
    """A function that a file of the repository defines at module level."""

    path: str
    name: str


Found = External | ClassDef | Value | ModuleAt


class Modules:
    """All Python files of a tree, by what they define."""

    def __init__(self, tree: Files, extracts: Mapping[str, Mapping[str, Any]]) -> None:
        self._tree = tree
        self._read: dict[str, Mapping[str, Any] | None] = {
            path: extract.get("module") for path, extract in extracts.items()
        }
        self._index: dict[str, list[str]] | None = None
        self._found: dict[tuple[str, str], Found | Function | None] = {}
        self._places: dict[tuple[str, str], str | None] = {}
        self._meant: dict[tuple[str, tuple[str, ...]], Found | Function | None] = {}

    def module(self, path: str) -> Mapping[str, Any] | None:
        """What a file defines, None when it cannot be read."""
        if path not in self._read:
            self._read[path] = None
            file = self._tree.file(path)
            if file is not None and len(file.text) <= MAX_ON_DEMAND:
                try:
                    self._read[path] = module(*parse(file))
                except Unreadable:
                    self._read[path] = None
        return self._read[path]

    def file(self, path: str) -> SourceFile | None:
        return self._tree.file(path)

    def resolve(self, path: str, item: Node) -> Found | None:
        """What a name in a file means; None when that is not known."""
        if isinstance(item, Elsewhere):
            path, item = item.path, item.value
        if isinstance(item, Ref):
            found = self._meaning(path, item.parts)
            return None if isinstance(found, Function) else found
        if isinstance(item, Attr) and isinstance(item.base, Call):
            made = self.resolve(path, item.base.func)
            return External(f"{made.dotted}.{item.name}") if isinstance(made, External) else None
        return None

    def function(self, path: str, item: Node) -> Function | None:
        """The function of the repository that a name means."""
        found = self._meaning(path, item.parts) if isinstance(item, Ref) else None
        return found if isinstance(found, Function) else None

    def value(self, path: str, item: Node) -> tuple[str, Node]:
        """The expression a name stands for, with the file it stands in: texts put together from names, and members of
        dictionaries, included. Anything else is given back as it is."""
        return self._value(path, item, MAX_FOLDED)

    def _value(self, path: str, item: Node, left: int) -> tuple[str, Node]:
        for _ in range(MAX_HOPS):
            if isinstance(item, Elsewhere):
                path, item = item.path, item.value
                continue
            if isinstance(item, Call):
                made = self._returned(path, item)
                if made is None:
                    break
                path, item = made
                continue
            found = self.resolve(path, item) if isinstance(item, Ref) else None
            if not isinstance(found, Value):
                break
            path, item = found.path, found.value
        if left <= 0:
            return path, item
        if isinstance(item, (Join, Op)):
            text = put_together(item, path, partial(self._value, left=left - 1))
            if text is not None:
                return path, text
        if isinstance(item, Sub) and isinstance(item.index, Text):
            where, held = self._value(path, item.base, left - 1)
            if isinstance(held, Dict) and all(isinstance(key, Text) for key, _ in held.items):
                for key, value in reversed(held.items):
                    if isinstance(key, Text) and key.value == item.index.value:
                        return self._value(where, value, left - 1)
        return path, display(item)

    def _returned(self, path: str, call: Call) -> tuple[str, Node] | None:
        """What a call of a function that does nothing but return gives back, its parameters replaced; None for any other."""
        found = self.function(path, call.func)
        data = None if found is None else self.module(found.path)
        made = None if found is None or data is None else data["returns"].get(found.name)
        if found is None or made is None:
            return None
        names, only, defaults, value = made
        bound = {name: Elsewhere(call.start, call.end, found.path, node(default)) for name, default in defaults}
        if len(call.args) > len(names) or any(isinstance(arg, Star) for arg in call.args):
            return None
        for name, arg in zip(names, call.args, strict=False):
            bound[name] = Elsewhere(arg.start, arg.end, path, arg)
        for word, arg in call.keywords:
            if word not in names and word not in only:
                return None
            bound[word] = Elsewhere(arg.start, arg.end, path, arg)
        if not bound.keys() >= {*names, *only}:
            return None
        return found.path, replaced(node(value), bound)

    def _meaning(self, path: str, parts: tuple[str, ...]) -> Found | Function | None:
        """What a dotted name in a file means; each is asked for many times."""
        key = (path, parts)
        if key not in self._meant:
            self._meant[key] = self._dotted(path, parts, MAX_HOPS)
        return self._meant[key]

    def _dotted(self, path: str, parts: tuple[str, ...], hops: int) -> Found | Function | None:
        found = self._name(path, parts[0], hops)
        for at, part in enumerate(parts[1:], 1):
            hops -= 1
            if found is None or hops <= 0:
                return None
            if isinstance(found, External):
                return External(".".join((found.dotted, *parts[at:])))
            found = self._member(found, part, hops)
        return found

    def _member(self, found: Found | Function, part: str, hops: int) -> Found | Function | None:
        if isinstance(found, ModuleAt):
            inside = self._name(found.path, part, hops)
            if inside is None:
                below = self._submodule(found.path, part)
                return ModuleAt(below) if below else None
            return inside
        if isinstance(found, ClassDef):
            for inner in found.data["inner"]:
                if inner["name"] == part:
                    return ClassDef(found.path, inner)
            for name, span, _, value, decorators, _ in found.data["body"]:
                if name == part and value is not None and decorators is None:
                    return Value(found.path, node(value), Span(found.path, *span), name)
            return None
        if isinstance(found, Value):
            if isinstance(found.value, Ref):
                target = self._dotted(found.path, found.value.parts, hops - 1)
                if isinstance(target, External):
                    return External(f"{target.dotted}.{part}")
                return None if target is None else self._member(target, part, hops - 1)
            if isinstance(found.value, Call):
                maker = self._origin(found.path, found.value.func, hops - 1)
                return External(f"{maker.dotted}.{part}") if maker else None
        return None

    def _origin(self, path: str, func: Node, hops: int) -> External | None:
        """The library's class that a call makes an object of, through subclasses in the repository."""
        found = self._dotted(path, func.parts, hops) if isinstance(func, Ref) else None
        while isinstance(found, ClassDef) and hops > 0:
            hops -= 1
            base = next((node(base) for base in found.data["bases"]), None)
            found = self._dotted(found.path, base.parts, hops) if isinstance(base, Ref) else None
        return found if isinstance(found, External) else None

    def _name(self, path: str, name: str, hops: int) -> Found | Function | None:
        key = (path, name)
        if key in self._found:
            return self._found[key]
        self._found[key] = None  # a circle of imports ends here
        found = self._look_up(path, name, hops)
        self._found[key] = found
        return found

    def _look_up(self, path: str, name: str, hops: int) -> Found | Function | None:
        data = self.module(path)
        if data is None or hops <= 0:
            return None
        values = data["values"].get(name)
        if values:
            if any(value[0][3:] != values[0][0][3:] for value in values[1:]):
                return None  # set twice: which one counts is not known
            return Value(path, node(values[0][0]), Span(path, *values[0][1]), name)
        for each in data["classes"]:
            if each["name"] == name:
                return ClassDef(path, each)
        if name in data["imports"]:
            dotted, attribute, level = data["imports"][name]
            return self._imported(path, dotted, attribute, level, hops - 1)
        if name in data["functions"]:
            return Function(path, name)
        outside: External | None = None
        for dotted, level in data["stars"]:
            place = self.place(path, dotted, level)
            if place is None:
                outside = outside or External(f"{dotted}.{name}")
            elif place != path and (found := self._name(place, name, hops - 1)) is not None:
                return found
        return outside

    def _imported(
        self, path: str, dotted: str, attribute: str | None, level: int, hops: int
    ) -> Found | Function | None:
        place = self.place(path, dotted, level)
        if attribute is None:
            return ModuleAt(place) if place else External(dotted)
        if place is not None:
            if place != path and (found := self._name(place, attribute, hops)) is not None:
                return found
            below = self._submodule(place, attribute)
            return ModuleAt(below) if below else None
        # A folder without __init__.py is a package all the same.
        below = self.place(path, f"{dotted}.{attribute}" if dotted else attribute, level)
        if below is not None:
            return ModuleAt(below)
        return External(f"{'.' * level}{dotted}.{attribute}")

    def _submodule(self, package: str, name: str) -> str | None:
        if basename(package) != "__init__.py":
            return None
        folder = dirname(package)
        stem = f"{folder}/{name}" if folder else name
        return self._first(stem)

    def _first(self, stem: str) -> str | None:
        known = self._by_name().get(basename(stem), ())
        for candidate in (f"{stem}/__init__.py", f"{stem}.py"):
            if candidate in known:
                return candidate
        return None

    def _by_name(self) -> dict[str, list[str]]:
        """Python files by the last part of their module's name."""
        if self._index is None:
            self._index = {}
            for path in self._tree.paths:
                if path.endswith(".py"):
                    name = basename(path)
                    last = basename(dirname(path)) if name == "__init__.py" else name.removesuffix(".py")
                    self._index.setdefault(last, []).append(path)
        return self._index

    def place(self, path: str, dotted: str, level: int) -> str | None:
        """The file of a module, None when it is not in the repository."""
        folder = dirname(path)
        if level:
            for _ in range(level - 1):
                folder = dirname(folder)
            stem = "/".join(part for part in (folder, *dotted.split(".")) if part)
            if not dotted:
                init = f"{folder}/__init__.py" if folder else "__init__.py"
                return init if init in self._by_name().get(basename(folder), ()) else None
            return self._first(stem)
        key = (folder, dotted)
        if key not in self._places:
            self._places[key] = self._absolute(folder, dotted)
        return self._places[key]

    def _absolute(self, folder: str, dotted: str) -> str | None:
        top = dotted.partition(".")[0]
        if top in LIBRARIES or top in sys.stdlib_module_names:
            return None
        tail = dotted.replace(".", "/")
        best: tuple[int, str] | None = None
        elsewhere: list[str] = []
        for candidate in self._by_name().get(basename(tail), ()):
            stem = candidate.removesuffix("/__init__.py") if candidate.endswith("/__init__.py") else candidate[:-3]
            if stem != tail and not stem.endswith(f"/{tail}"):
                continue
            root = stem[: len(stem) - len(tail)].rstrip("/")
            if root == "" or folder == root or folder.startswith(f"{root}/"):
                if best is None or len(root) > best[0]:
                    best = (len(root), candidate)
            else:
                elsewhere.append(candidate)
        if best is not None:
            return best[1]
        # `src/app/db.py` imported from `migrations/env.py`: sure only when one file fits and its name says enough.
        return elsewhere[0] if len(elsewhere) == 1 and "/" in tail else None
