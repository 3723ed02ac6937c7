"""What MySQL keeps of a table beside its columns and keys: letters, options, partitions; and what indexes are set to.

Asked of MySQL 9.7: a new DEFAULT CHARSET is for columns that come later, those that are there keep the letters they have; CONVERT
TO gives them to every text, and makes one larger whose letters may take more bytes now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from schemalint.dialects.charsets import BYTES, is_text
from schemalint.model.described import AlterIndex, AlterSettings
from schemalint.model.frozen import replace
from schemalint.model.schema import Column, Exclusion, Index, PrimaryKey, Table, UniqueConstraint
from schemalint.replay.indexes import all_known, held
from schemalint.replay.partitions import partitions_refused
from schemalint.replay.state import State
from schemalint.replay.trouble import Troubles, missing_key, missing_table
from schemalint.replay.viewindexes import alter_of_view

_LARGER = {"tinytext": "text", "text": "mediumtext", "mediumtext": "longtext"}

Stored = TypeVar("Stored", PrimaryKey, UniqueConstraint, Exclusion)


def alter_index(state: State, fact: AlterIndex, source: str) -> Troubles:
    found = held(state, fact)
    if found is None and (viewed := state.view_with(fact.name)) is not None:
        alter_of_view(state, fact, viewed[0])
        return
    if found is None:
        if fact.table is not None and fact.table not in state.tables:
            yield from missing_table(state, fact.table, fact.span)
        elif all_known(state, fact.table, fact.name):
            yield from missing_key(state, fact.table, fact.name.name, fact.span)
        return
    table, _ = found

    def changed(index: Index) -> Index:
        if index.name != fact.name.name:
            return index
        hidden = index.hidden if fact.hidden is None else fact.hidden
        comment = index.comment if fact.comment is None else fact.comment or None
        return replace(index, hidden=hidden, comment=comment, settings=_set(index.settings, fact.settings))

    def stored(key: Stored) -> Stored:
        return replace(key, settings=_set(key.settings, fact.settings)) if key.name == fact.name.name else key

    state.put(
        replace(
            table,
            indexes=tuple(map(changed, table.indexes)),
            primary_key=table.primary_key and stored(table.primary_key),
            uniques=tuple(map(stored, table.uniques)),
            exclusions=tuple(map(stored, table.exclusions)),
        )
    )


def alter_settings(state: State, fact: AlterSettings, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        if state.dialect.family == "postgres" and fact.option is None:  # it may be an index, whose table keeps it
            return
        unsure = fact.guard is not None and fact.guard.conditional  # else it would count as there from now on
        if not unsure and not fact.table_if_exists and fact.table not in state.views:
            yield from missing_table(state, fact.table, fact.span)
        return
    yield from partitions_refused(state, table, fact)
    settings, columns = dict(table.settings), table.columns
    said = dict(fact.settings)
    if said.keys() & {"charset", "collate"} or fact.convert:
        letters = {key: settings.pop(key, None) for key in ("charset", "collate")}
        columns = {
            name: _converted(state, column, letters["charset"], said.get("charset"))
            if fact.convert
            else _kept(column, letters)
            for name, column in columns.items()
        }
    changed = replace(
        table,
        comment=table.comment if fact.comment is None else fact.comment or None,
        columns=columns,
        settings=_set(tuple(settings.items()), fact.settings),
        options=table.options if fact.option is None else _with(table.options, *fact.option),
        history=(*table.history, fact.statement),
    )
    state.put(_partitioned(changed, fact))


def _set(before: tuple[tuple[str, str], ...], said: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The settings after some were said anew; a value of "" takes one away."""
    return tuple((key, value) for key, value in {**dict(before), **dict(said)}.items() if value) if said else before


def _with(options: tuple[str, ...], option: str, on: bool) -> tuple[str, ...]:
    others = tuple(one for one in options if one != option)
    return tuple(sorted((*others, option))) if on else others


def _kept(column: Column, letters: Mapping[str, str | None]) -> Column:
    """A column that has its letters of the table, which gets others for those that come later."""
    if column.charset is not None or column.collation is not None or not is_text(column.type):
        return column
    if letters["charset"] is None and letters["collate"] is None:
        return replace(column, charset="")
    return replace(column, charset=letters["charset"], collation=letters["collate"])


def _converted(state: State, column: Column, before: str | None, now: str | None) -> Column:
    """A column that gets the letters of the table."""
    if not is_text(column.type) or column.charset == "binary":
        return column
    type_ = column.type
    before = column.charset or (column.collation or "").partition("_")[0] or before
    if type_ is not None and type_.name in _LARGER and BYTES.get(before or "", 9) < BYTES.get(now or "", 0):
        type_ = state.dialect.column_type(_LARGER[type_.name])
    return replace(column, type=type_, charset=None, collation=None)


def _partitioned(table: Table, fact: AlterSettings) -> Table:
    gone = {name for name, _ in fact.gone}
    match fact.partitioning:
        case "by":
            return replace(table, partitioned=True, partition_by=fact.partition_by, partitions=fact.partitions)
        case "remove":
            return replace(table, partitioned=False, partition_by=None, partitions=())
        case "unknown" | "number" | "coalesce":
            return replace(table, partitioned=True, partition_by=None, partitions=())
        case "add":
            return replace(table, partitions=(*table.partitions, *fact.partitions))
        case "drop":
            return replace(table, partitions=tuple(one for one in table.partitions if one[0] not in gone))
        case "reorganize":
            first = next((at for at, (name, _) in enumerate(table.partitions) if name in gone), 0)
            kept = tuple(one for one in table.partitions if one[0] not in gone)
            return replace(table, partitions=(*kept[:first], *fact.partitions, *kept[first:]))
    return table


def with_copied(table: Table, model: Table) -> Table:
    """MySQL's CREATE TABLE … LIKE takes all of this along."""
    return replace(
        table,
        comment=model.comment,
        settings=model.settings,
        partitioned=model.partitioned,
        partition_by=model.partition_by,
        partitions=model.partitions,
    )
