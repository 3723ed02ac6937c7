"""Two aligned things of two catalogs, one side of which may be absent. `compare` makes them, drift rules judge them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from schemalint.model.catalog import Catalog, DeploymentPath
from schemalint.model.frozen import frozen
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Column, Table
from schemalint.model.source import Call, Source


@frozen
class SpokenOf:
    """What others than some sources speak of. It is asked for one by one: a set of it for each of a thousand comparisons
    would hold a million names. `by`: who speaks of a table, or of a table's column; `but`: who does not count."""

    by: Mapping[Any, Set[str]]
    but: frozenset[str]

    def __contains__(self, what: object) -> bool:
        return not self.by.get(what, frozenset()) <= self.but


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is lined up with what. `reference` may be the outcome of several steps (`reference_sources`); `calls` are the
    syncs of a models source that follow on the path, or that stand somewhere in its code where no path is known. `peers`
    are the catalogs of the database's other models sources, `besides` the tables that a program's own SQL makes or changes.
    `proved`: the reference is what the models certainly meet, for a deployment runs it or it is the project's history, and
    no tool that is not read changes it. A lone script may be old, partial, or of another use."""

    database: str
    dialect: str | None
    reference: Catalog
    reference_sources: tuple[Source, ...]
    other: Catalog
    other_source: Source
    path: DeploymentPath | None = None
    calls: tuple[Call, ...] = ()
    peers: tuple[Catalog, ...] = ()
    besides: Container[TableName] = frozenset()
    proved: bool = False
    elsewhere: Container[TableName] = frozenset()  # tables that SQL makes which is not part of the reference
    unplaced: frozenset[TableName] = frozenset()  # and what SQL makes of which nothing tells where
    begun: bool = False  # the reference was begun on a database that something else had filled
    added: Container[tuple[TableName, Name]] = frozenset()  # columns that such SQL adds to tables

    shared: int = field(init=False, default=0, compare=False)  # tables that both have; every pair asks for it

    def __post_init__(self) -> None:
        object.__setattr__(self, "shared", len(self.reference.tables.keys() & self.other.tables.keys()))

    @property
    def covered(self) -> bool:
        """Whether most of the other side's tables are in the reference: otherwise the two speak of different databases, or
        the reference only of a part."""
        return self.shared * 2 >= len(self.other.tables)

    @property
    def relevant(self) -> bool:
        """Whether the two certainly speak of the tables they share: most of either side's are shared, or the models sync on
        the path. A history that begins after its first tables were made has few of the models' tables, and the models all
        of its."""
        part = self.shared >= 3 and self.shared * 2 >= len(self.reference.tables)
        return self.covered or part or (self.path is not None and bool(self.calls))

    def sync_of(self, table: TableName) -> Call | None:
        """The call that changes this table most, None when no call works on it."""
        calls = [call for call in self.calls if call.tables is None or table in call.tables]
        return max(calls, key=lambda call: call.sync.strength, default=None)

    def remade(self, table: TableName) -> bool:
        """Whether a call drops this table on every start, so that it is the model's at once, whatever SQL made."""
        call = self.sync_of(table)
        return call is not None and call.sync.drops_tables and call.condition is None

    def cleared(self, table: TableName) -> bool:
        """Whether a call drops what the model lacks of this table on every start."""
        call = self.sync_of(table)
        return call is not None and call.condition is None and (call.sync.drops_columns or call.sync.drops_tables)


@frozen
class ColumnPair:
    """A column of both sides, or of one."""

    name: Name
    reference: Column | None
    other: Column | None


@frozen
class TablePair:
    """A table of both sides, or of one. `near` is the reference table that a lone other table was probably meant to be."""

    comparison: Comparison
    reference: Table | None
    other: Table | None
    columns: tuple[ColumnPair, ...] = ()
    near: Table | None = None
