"""What DROP COLUMN does: what stands in its way, and what goes with the column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemalint.model.facts import DropColumn
from schemalint.model.frozen import replace
from schemalint.model.names import Name
from schemalint.model.schema import (
    Index,
    PrimaryKey,
    Table,
    UniqueConstraint,
)
from schemalint.model.span import Span
from schemalint.replay.depends import (
    column_needed,
    computed_from,
    goes_along,
    named_in_expressions,
    referred,
    resting_on,
    without_keys,
)
from schemalint.replay.held import column_held
from schemalint.replay.mysqlchanges import columns_left
from schemalint.replay.parts import keys
from schemalint.replay.pgchanges import telling_refused
from schemalint.replay.readded import added_again, keys_kept
from schemalint.replay.readers import without_views
from schemalint.replay.sequences import (
    without_draws,
)
from schemalint.replay.state import State
from schemalint.replay.triggercolumns import without_triggers
from schemalint.replay.trouble import Troubles, missing_column, missing_table


def drop_column(state: State, fact: DropColumn, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        if not fact.table_if_exists:
            yield from missing_table(state, fact.table, fact.span)
        return
    if fact.column not in table.columns:
        if not fact.if_exists:
            yield from missing_column(state, table, fact.column, fact.span)
        return
    yield from telling_refused(state, table, fact)
    if fact.keys_first:
        table = replace(table, foreign_keys=tuple(key for key in table.foreign_keys if fact.column not in key.columns))
        state.put(table)
    if fact.remakes and state.dialect.family == "sqlite":
        table = _without_keys_of(table, fact.column)
        state.put(table)
    again = added_again(state, fact)
    if fact.cascade and state.dialect.family == "postgres":
        without_views(state, fact.table, fact.column)
        without_triggers(state, fact.table, fact.column)
        without_draws(state, table, fact.column)
        table = state.tables[fact.table]
        without_keys(
            state, [(t, key) for t, key in state.referencing(table.name) if fact.column in resting_on(key, table)]
        )
    else:
        refused = [
            *column_needed(state, table, fact.column, fact.span, again is not None),
            *named_in_expressions(state, table, fact.column, fact.span, renamed=False),
            *column_held(state, table, fact),
            *columns_left(state, table, fact),
        ]
        yield from refused
        if refused:
            going = {*_names(table)} - {*_names(without_column(state, table, fact.column, fact.statement))}
            state.taken_along |= {(table.name, name) for name in going}
    if (fact.cascade and state.dialect.family == "postgres") or goes_along(state):
        for computed in computed_from(state, table, fact.column):
            yield from drop_column(state, replace(fact, column=computed.name), source)
        table = state.tables[fact.table]
    for key, thing in list(state.things.items()):
        if thing.table == fact.table and thing.column == fact.column:
            del state.things[key]
    left = without_column(state, table, fact.column, fact.statement)
    if again is not None:
        left = yield from keys_kept(table, left, again, fact)
    state.put(left)


def _names(table: Table) -> Iterator[Name]:
    """What its keys and indexes are called."""
    for key in (*keys(table), *table.foreign_keys, *table.checks):
        if key.name is not None:
            yield key.name


def _without_keys_of(table: Table, column: Name) -> Table:
    """A table without the keys that hold a column, without the checks on it that have no name, and with what is left of its
    primary key: so a tool makes it anew. Indexes and named checks it tries to make again, and fails."""
    primary = table.primary_key
    left = tuple(name for name in primary.columns if name != column) if primary else ()
    return replace(
        table,
        primary_key=replace(primary, columns=left) if primary and left else None,
        uniques=tuple(key for key in table.uniques if column not in key.columns),
        foreign_keys=tuple(key for key in table.foreign_keys if column not in key.columns),
        checks=tuple(
            check
            for check in table.checks
            if check.name is not None or column not in {name for name, _ in check.mentions}
        ),
    )


def without_column(state: State, table: Table, column: Name, statement: Span) -> Table:
    """A table after a column went, with what goes along: whole keys and indexes, or in MySQL the column of them."""
    mysql = state.dialect.family == "mysql"

    def shortened(index: Index) -> Index | None:
        parts = tuple(part for part in index.parts if part.column != column)
        mentioned = (*index.where_mentions, *index.include, *(one for part in index.parts for one in part.mentions))
        if len(parts) == len(index.parts) and column not in {name for name, _ in mentioned}:
            return index
        return replace(index, parts=parts) if mysql and parts else None

    def kept(key: PrimaryKey | UniqueConstraint) -> Any:
        if column not in key.columns and column not in key.include:
            return key
        columns = tuple(name for name in key.columns if name != column)
        if not (mysql and columns):
            return None
        if isinstance(key, PrimaryKey) and key.prefixes:
            left = zip(key.columns, key.prefixes, strict=True)
            key = replace(key, prefixes=tuple(length for name, length in left if name != column))
        return replace(key, columns=columns)

    return replace(
        table,
        columns={name: value for name, value in table.columns.items() if name != column},
        primary_key=kept(table.primary_key) if table.primary_key else None,
        uniques=tuple(key for key in map(kept, table.uniques) if key is not None),
        indexes=tuple(index for index in map(shortened, table.indexes) if index is not None),
        exclusions=tuple(
            key
            for key in table.exclusions
            if column not in (key.columns or ())
            and column not in {name for part in key.parts for name, _ in part.mentions}
        ),
        foreign_keys=tuple(
            key
            for key in table.foreign_keys
            if column not in key.columns and (key.ref_table != table.name or column not in referred(key, table))
        ),
        checks=tuple(
            check for check in table.checks if check.of != column and column not in {name for name, _ in check.mentions}
        ),
        history=(*table.history, statement),
    )
