"""Which of a module's calls migrate which of its databases.

Two databases are told apart by the dialect that each is opened with, or where one program opens both and their addresses
certainly differ. Two programs may well reach one database by different variables; and of two ways to open what gets the same
models, one is the other's stand-in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from posixpath import dirname

from schemalint.model.frozen import frozen
from schemalint.parsers.gorm.dsn import differ, label, variable
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.handles import DRIVERS, Handle, Handles
from schemalint.parsers.gorm.world import World

MOST_DATABASES = 30


@frozen
class Opened:
    """The calls that migrate one database, by path and where they begin; its dialect, a name that no other database of the module
    has, and the environment variable that holds its address. `places` are the `gorm.Open`s that lead to it, `loose` the calls of
    which it is not known to which database they belong."""

    name: str
    dialect: str
    calls: frozenset[tuple[str, int]]
    places: frozenset[tuple[str, int]]
    variable: str | None = None
    loose: frozenset[tuple[str, int]] = frozenset()


def opened(
    handles: Handles, calls: Iterable[tuple[str, Data, frozenset[str]]], programs: Programs
) -> tuple[Opened, ...]:
    """The databases that the calls of a module migrate; none unless there are several. Each call comes with the structs that it
    migrates."""
    structs: dict[Handle, set[str]] = {}
    made: dict[Handle, set[tuple[str, int]]] = {}
    for path, call, given in calls:
        found = handles.of(path, call)
        if found and all(_dialect(one) is not None for one in found):
            for one in found:
                structs.setdefault(one, set()).update(given)
                made.setdefault(one, set()).add((path, call["at"][0]))
    groups: list[Opened] = []
    for dialect in sorted({dialect for one in made if (dialect := _dialect(one)) is not None}):
        mine = [one for one in made if _dialect(one) == dialect]
        clusters = _clusters(mine, structs, programs)
        for cluster in clusters or [mine]:
            at = frozenset[tuple[str, int]]().union(*(made[one] for one in cluster))
            places = frozenset((span.path, span.start) for one in cluster for span in one.opened)
            names = {variable(json.loads(one.address)) for one in cluster}
            groups.append(
                Opened(
                    _called(cluster) if clusters else dialect,
                    dialect,
                    at,
                    places,
                    names.pop() if len(names) == 1 else None,
                )
            )
    return tuple(_distinct(groups)) if 1 < len(groups) <= MOST_DATABASES else ()


def _distinct(groups: list[Opened]) -> Iterator[Opened]:
    """The databases by name; of one that several would have, the later ones are numbered."""
    counts: dict[str, int] = {}
    for one in sorted(groups, key=lambda one: (one.name, sorted(one.places))):
        counts[one.name] = counts.get(one.name, 0) + 1
        yield one if counts[one.name] == 1 else replace(one, name=f"{one.name}-{counts[one.name]}")


def _dialect(handle: Handle) -> str | None:
    """The one dialect of a connection."""
    found = {DRIVERS.get(driver or "") for driver in handle.drivers}
    return found.pop() if len(found) == 1 else None


def _clusters(handles: list[Handle], structs: Mapping[Handle, set[str]], programs: Programs) -> list[list[Handle]]:
    """Connections of one dialect by the databases that they lead to, none unless there are several. A connection whose address is
    not known leads to any of them, and is in none."""
    known = [one for one in handles if one.address != "null"]
    clusters: list[list[Handle]] = []
    for one in known:
        same = [cluster for cluster in clusters if any(not _apart(one, other, structs, programs) for other in cluster)]
        clusters = [cluster for cluster in clusters if cluster not in same]
        clusters.append([one, *(other for cluster in same for other in cluster)])
    return clusters if len(clusters) > 1 else []


def _apart(one: Handle, other: Handle, structs: Mapping[Handle, set[str]], programs: Programs) -> bool:
    """Whether two connections certainly lead to two databases."""
    mine, theirs = structs[one], structs[other]
    if mine <= theirs or theirs <= mine or not programs.share(one.folders, other.folders):
        return False
    return differ(json.loads(one.address), json.loads(other.address))


def _called(cluster: list[Handle]) -> str:
    """What a database is called: after its address, else after the variable that holds the connection."""
    names = sorted({label(json.loads(one.address)) for one in cluster} - {""})
    return names[0] if names else sorted(one.name for one in cluster)[0]


class Programs:
    """Which packages one program may hold together, by what they import."""

    def __init__(self, extracts: Mapping[str, Data], world: World) -> None:
        self._needs: dict[str, set[str]] = {}
        for path in extracts:
            needs = self._needs.setdefault(dirname(path), set())
            needs.update(f for one in world.imports(path).values() if (f := world.folder(one)) is not None)
        self._reached: dict[str, set[str]] = {}

    def share(self, one: frozenset[str], other: frozenset[str]) -> bool:
        """Whether a package needs all of both."""
        return any(one | other <= self._reach(folder) for folder in self._needs)

    def _reach(self, folder: str) -> set[str]:
        if folder not in self._reached:
            found, pending = {folder}, [folder]
            while pending:
                new = self._needs.get(pending.pop(), set()) - found
                found |= new
                pending.extend(new)
            self._reached[folder] = found
        return self._reached[folder]
