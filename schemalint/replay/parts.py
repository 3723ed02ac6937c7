"""The parts of a table that have names, by the namespace that these live in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemalint.model.names import Name
from schemalint.model.schema import Exclusion, ForeignKey, Index, PrimaryKey, Table, UniqueConstraint

Key = Index | UniqueConstraint | PrimaryKey | Exclusion
APART = frozenset({"mysql", "tsql"})
"""Families in which names of a table's parts belong to the schema, not to the table."""


def keys(table: Table) -> Iterator[Key]:
    """Everything of a table that lives in the index namespace."""
    if table.primary_key is not None:
        yield table.primary_key
    yield from table.uniques
    yield from table.indexes
    yield from table.exclusions


def named(table: Table) -> Iterator[str]:
    """The keys of every named object of a table."""
    objects: Iterable[Key | ForeignKey] = (*keys(table), *table.foreign_keys)
    for thing in objects:
        if thing.name is not None:
            yield thing.name.key
    for check in table.checks:
        if check.name is not None:
            yield check.name.key


def held_apart(table: Table, family: str) -> set[Name]:
    """The names of a table's parts that belong to the schema or the database: foreign keys and checks in MySQL, all
    constraints and defaults in SQL Server. Only these two have such parts."""
    named: set[Name | None] = {one.name for some in (table.foreign_keys, table.checks) for one in some}
    if family == "tsql":
        named |= {one.name for one in table.uniques} | {column.default_name for column in table.columns.values()}
        named.add(table.primary_key.name if table.primary_key is not None else None)
    return {name for name in named if name is not None}
