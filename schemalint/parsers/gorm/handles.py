"""Which of a module's databases a call migrates: connections followed to the `gorm.Open` that made them.

Only what is followed all the way counts. A connection that two calls of `gorm.Open` may have made, as where a configuration
chooses the driver, is one database of an unknown dialect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname

from schemalint.model.span import Span
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.legacy import LEGACY
from schemalint.parsers.gorm.world import World

DEEPEST = 6

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


@dataclass(frozen=True, slots=True)
class Handle:
    """A connection: its name, and the import paths of the drivers it may be opened with, each where that is written."""

    name: str
    drivers: frozenset[str | None]
    opened: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The calls that migrate databases of one dialect, by path and where they begin."""

    dialect: str
    calls: frozenset[tuple[str, int]]


def opened(handles: Handles, calls: Iterable[tuple[str, Data]]) -> tuple[Opened, ...]:
    """The dialects that the calls of a module migrate; none unless there are several. Two connections of one dialect may
    well lead to one database, from two programs: they are never told apart."""
    found: dict[str, set[tuple[str, int]]] = {}
    for path, call in calls:
        dialects = [{DRIVERS.get(driver or "") for driver in one.drivers} for one in handles.of(path, call)]
        if dialects and all(len(each) == 1 and None not in each for each in dialects):
            for name in set().union(*dialects):
                if name is not None:
                    found.setdefault(name, set()).add((path, call["at"][0]))
    if len(found) < 2:
        return ()
    return tuple(Opened(name, frozenset(found[name])) for name in sorted(found))


class Handles:
    """Of the files of one module."""

    def __init__(self, extracts: Mapping[str, Data], world: World) -> None:
        self._extracts = extracts
        self._world = world
        self._known: dict[tuple[Span, ...], Handle] = {}

    def of(self, path: str, call: Data) -> frozenset[Handle]:
        """The connections that a call is made on; none where that could not be told."""
        found: set[Handle] = set()
        if call["owner"] is None:
            return frozenset(self._named(path, call["root"], call["function"], 0))
        for there, site in self._world.calls_of(dirname(path), call["owner"]):
            text = site["arguments"][call["parameter"]] if call["parameter"] < len(site["arguments"]) else None
            here = set(self._named(there, text, site["function"], 0))
            if not here:
                return frozenset()  # one of its callers gives something unknown
            found |= here
        return frozenset(found)

    def _package(self, path: str, name: str | None) -> str | None:
        """The folder that a package's name leads to in a file."""
        if name is None:
            return dirname(path)
        imported = self._world.imports(path).get(name)
        return None if imported is None else self._world.folder(imported)

    def _named(self, path: str, text: str | None, function: int, depth: int) -> Iterator[Handle]:
        """The connection that a name stands for in a function of a file."""
        if text is None or depth > DEEPEST or path not in self._extracts:
            return
        extract = self._extracts[path]
        own = [one for one in extract["opens"] if one["handle"] == text and one["function"] == function]
        if own:
            yield self._handle(text, [(path, one) for one in own])
            return
        given = [one for one in extract["given"] if one["handle"] == text and one["function"] == function]
        if given:
            for one in given:
                yield from self._returned(path, one["from"], text)
            return
        package, _, name = text.rpartition(".")
        folder = self._package(path, package or None)
        if folder is None:
            return
        shared, returned = [], []
        for there, other in self._extracts.items():
            if dirname(there) == folder:
                shared += [(there, one) for one in other["opens"] if one["handle"] == name and not one["local"]]
                returned += [(there, one) for one in other["given"] if one["handle"] == name and not one["local"]]
        if shared:
            yield self._handle(name, shared)
        elif returned:
            for there, one in returned:
                yield from self._returned(there, one["from"], name)

    def _returned(self, path: str, function: list[str | None], name: str) -> Iterator[Handle]:
        """The connection that a function opens and returns."""
        folder = self._package(path, function[0])
        found = [
            (there, one)
            for there, extract in self._extracts.items()
            for one in extract["opens"]
            if one["gives"] is not None and one["gives"] == function[1] and dirname(there) == folder
        ]
        if found:
            yield self._handle(name, found)

    def _handle(self, name: str, opens: list[tuple[str, Data]]) -> Handle:
        spans = tuple(sorted(Span(path, *one["at"]) for path, one in opens))
        drivers = frozenset(self._world.imports(path).get(one["driver"] or "") for path, one in opens)
        return self._known.setdefault(spans, Handle(name, drivers, spans))
