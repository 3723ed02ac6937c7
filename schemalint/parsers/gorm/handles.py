"""The connections of a module, followed to the `gorm.Open` that made each and to the address that it was given.

Only what is followed all the way counts. A connection that two calls of `gorm.Open` may have made, as where a configuration
chooses the driver, has two drivers and no address."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from posixpath import dirname
from typing import Any

from schemalint.model.frozen import frozen
from schemalint.model.span import Span
from schemalint.parsers.gorm.dsn import filled
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.legacy import LEGACY
from schemalint.parsers.gorm.world import World

DEEPEST = 8
MOST_SITES = 50

DRIVERS = {
    "gorm.io/driver/mysql": "mysql",
    "gorm.io/driver/postgres": "postgres",
    "gorm.io/driver/sqlite": "sqlite",
    "gorm.io/driver/sqlserver": "tsql",
    "github.com/glebarez/sqlite": "sqlite",
    f"{LEGACY}/dialects/mysql": "mysql",
    f"{LEGACY}/dialects/postgres": "postgres",
    f"{LEGACY}/dialects/sqlite": "sqlite",
    f"{LEGACY}/dialects/mssql": "tsql",
}
"""The dialects of the drivers, by import path."""


@frozen
class Handle:
    """A connection: the import paths of the drivers it may be opened with, where that is written, its address as JSON (null where
    that could not be told), and the folders of the packages that open it and say its address. `name` is that of the variable."""

    name: str
    drivers: frozenset[str | None]
    opened: tuple[Span, ...]
    address: str
    folders: frozenset[str]


@frozen
class _Opening:
    """One `gorm.Open`, with its address as far as it is told."""

    path: str
    data: Data
    address: Any
    folders: frozenset[str]


_Found = Iterator[tuple[str, tuple[_Opening, ...] | None]]
"""What a connection is called, with what may have opened it: None where that is not known."""


class Handles:
    """Of the files of one module."""

    def __init__(self, extracts: Mapping[str, Data], world: World) -> None:
        self._extracts = extracts
        self._world = world
        self._opens: dict[tuple[str, int], Data] = {}
        self._held: dict[tuple[str, int, str], list[tuple[str, Data]]] = {}  # of a function
        self._shared: dict[tuple[str, str], list[tuple[str, Data]]] = {}  # of a package
        self._fields: dict[tuple[str, str, str], list[tuple[str, Data]]] = {}
        self._gives: dict[tuple[str, str], list[tuple[str, Data]]] = {}
        for path, extract in extracts.items():
            folder = dirname(path)
            for one in extract["opens"]:
                self._opens[path, one["at"][0]] = one
            for one in extract["gives"]:
                self._gives.setdefault((folder, one["gives"]), []).append((path, one))
            for one in extract["holds"]:
                self._hold(path, one)

    def _hold(self, path: str, one: Data) -> None:
        if "type" in one:
            owner, field = one["type"], one["field"]
        else:
            self._held.setdefault((path, one["function"], one["target"]), []).append((path, one))
            if not one["local"]:
                self._shared.setdefault((dirname(path), one["target"]), []).append((path, one))
            first, _, field = one["target"].partition(".")
            owner = one["types"].get(first)
        if owner is not None and field:
            folder = self._package(path, owner[0])
            if folder is not None:
                self._fields.setdefault((folder, owner[1], field), []).append((path, one))

    def of(self, path: str, call: Data) -> frozenset[Handle]:
        """The connections that a call is made on; none where that could not be told."""
        found: set[Handle] = set()
        for name, opened in self._from(path, call, call["from"], 0):
            if opened is None:
                return frozenset()
            found.add(self._handle(name, opened))
        return frozenset(found)

    def _package(self, path: str, name: str | None) -> str | None:
        """The folder that a package's name leads to in a file."""
        if name is None:
            return dirname(path)
        imported = self._world.imports(path).get(name)
        return None if imported is None else self._world.folder(imported)

    def _from(self, path: str, around: Data, origin: Data, depth: int) -> _Found:
        """The connections of that origin."""
        if depth > DEEPEST:
            yield "", None
        elif "open" in origin:
            data = self._opens.get((path, origin["open"]))
            yield "", None if data is None else (self._opening(path, data),)
        elif "call" in origin:
            yield from self._returned(path, origin, depth)
        elif "name" in origin:
            yield from self._named(path, around, origin["name"], depth)
        else:
            yield "", None

    def _opening(self, path: str, data: Data) -> _Opening:
        return _Opening(path, data, data["address"], frozenset({dirname(path)}))

    def _named(self, path: str, around: Data, text: str, depth: int) -> _Found:
        """The connection that a name stands for in a function of a file."""
        own = self._held.get((path, around["function"], text))
        if own:
            yield from self._merged(text, own, depth)
            return
        if around["declared"] is not None and text in around["parameters"]:
            yield from self._handed(path, around, around["parameters"].index(text), depth)
            return
        first, _, field = text.partition(".")
        owner = around["types"].get(first)
        if owner is not None:
            folder = self._package(path, owner[0])
            held = self._fields.get((folder or "", owner[1], field or "DB"), [])
            yield from self._merged(text, held, depth)
            return
        package, _, name = text.rpartition(".")
        folder = self._package(path, package or None)
        yield from self._merged(name, self._shared.get((folder, name), []) if folder is not None else [], depth)

    def _merged(self, name: str, held: list[tuple[str, Data]], depth: int) -> _Found:
        """One connection of everything that a variable is set to. What it is given by the callers of a function, one call after
        the other, are several."""
        if not held or len(held) > MOST_SITES:
            yield name, None
            return
        if len(held) == 1:
            path, one = held[0]
            yield from ((name, opened) for _, opened in self._from(path, one, one["from"], depth + 1))
            return
        together: list[_Opening] = []
        for path, one in held:
            for _, opened in self._from(path, one, one["from"], depth + 1):
                if opened is None:
                    yield name, None
                    return
                together.extend(opened)
        yield name, tuple(together)

    def _handed(self, path: str, around: Data, number: int, depth: int) -> _Found:
        """The connections that the callers of a function give for a parameter. Of a method they are all calls of its name, and
        only one connection is certainly its own."""
        if around["method"]:
            yield from self._of_method(around, number, depth)
            return
        sites = list(self._world.calls_of(dirname(path), around["declared"]))
        if not sites or len(sites) > MOST_SITES:
            yield "", None
        for there, site in sites:
            if number >= len(site["origins"]):
                yield "", None
            else:
                origin = site["origins"][number]
                for name, opened in self._from(there, site, origin, depth + 1):
                    yield origin.get("name", name), opened

    def _of_method(self, around: Data, number: int, depth: int) -> _Found:
        found: dict[Handle | None, tuple[str, tuple[_Opening, ...] | None]] = {}
        for there, site in islice(self._world.calls_of_method(around["declared"]), MOST_SITES):
            if number < len(site["origins"]):
                origin = site["origins"][number]
                for name, opened in self._from(there, site, origin, depth + 1):
                    key = None if opened is None else self._handle("", opened)
                    found.setdefault(key, (origin.get("name", name), opened))
        yield from found.values() if len(found) == 1 else [("", None)]

    def _returned(self, path: str, origin: Data, depth: int) -> _Found:
        """The connection that a function returns, with its parameters filled in."""
        package, name = origin["call"]
        folder = self._package(path, package)
        given = self._gives.get((folder, name), []) if folder is not None else []
        for _, opened in self._merged(name, given, depth):
            if opened is None:
                yield name, None
                continue
            yield (
                name,
                tuple(
                    replace(
                        one, address=filled(one.address, origin["arguments"]), folders=one.folders | {dirname(path)}
                    )
                    for one in opened
                ),
            )

    def _handle(self, name: str, opened: tuple[_Opening, ...]) -> Handle:
        spans = tuple(sorted({Span(one.path, *one.data["at"]) for one in opened}))
        drivers = frozenset(self._world.imports(one.path).get(one.data["driver"] or "") for one in opened)
        addresses = {json.dumps(one.address) for one in opened}
        address = addresses.pop() if len(addresses) == 1 else "null"
        folders = frozenset[str]().union(*(one.folders for one in opened))
        return Handle(name, drivers, spans, address, folders)
