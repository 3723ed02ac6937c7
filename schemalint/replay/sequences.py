"""Sequences and the columns that take their values from them."""

from __future__ import annotations

from collections.abc import Iterable

from schemalint.dialects import NameKind
from schemalint.model.catalog import Refusal
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.quick import replace
from schemalint.model.schema import Column, Table, Thing
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles


def sequence_renamed(state: State, old: TableName, new: TableName) -> None:
    """Columns follow the sequence that they take their values from."""
    for table in list(state.tables.values()):
        if any(column.sequence == old for column in table.columns.values()):
            columns = {
                name: replace(column, sequence=new) if column.sequence == old else column
                for name, column in table.columns.items()
            }
            state.put(replace(table, columns=columns))


def sequences_there(state: State, table: TableName, columns: Iterable[Column]) -> Troubles:
    """`DEFAULT nextval('name')` needs the sequence of that name."""
    for column in columns:
        name = column.sequence
        if name is None or not column.serial or not state.closed or state.hidden or state.opaque:
            continue
        if state.relation(name) is None and state.absent(name):  # any relation will do when the default is made
            yield Trouble(Refusal.OBJECT_MISSING, column.span, table, name.name, holder=name)


def with_sequences(state: State, table: Table) -> Table:
    """PostgreSQL makes a sequence for every serial and identity column: the table with those of its columns that take their
    values from one told so, once the sequences are in the state."""
    if state.dialect.sequence_name is None:
        return table
    changed: dict[Name, Column] = {}
    for column in table.columns.values():
        named = None if column.serial else column.sequence
        known = named is not None and (ObjectKind.SEQUENCE, named, None) in state.things
        if not column.identity or known or (column.serial and column.sequence is not None):
            continue

        def taken(name: str) -> bool:
            key = TableName(table.name.schema, state.dialect.identifier(name, True, NameKind.TABLE))
            return state.relation(key) is not None or (ObjectKind.SEQUENCE, key, None) in state.things

        text = state.dialect.sequence_name(table.name.name.key, (column.name.key,), taken)
        name = named or TableName(table.name.schema, state.dialect.identifier(text or "", True, NameKind.TABLE))
        key = (ObjectKind.SEQUENCE, name, None)
        state.things[key] = Thing(ObjectKind.SEQUENCE, name, column.span, table.name, column.name, True)
        changed[column.name] = replace(column, sequence=name)
    return replace(table, columns={**table.columns, **changed}) if changed else table
