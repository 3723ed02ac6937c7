"""Sequences and the columns that take their values from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemalint.dialects import NameKind
from schemalint.model.catalog import Refusal
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.quick import replace
from schemalint.model.schema import Column, Table, Thing
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles


def sequence_renamed(state: State, old: TableName, new: TableName) -> None:
    """Columns follow the sequence that they take their values from."""
    if old in state.drawn:
        state.drawn[new] = (*state.drawn.get(new, ()), *state.drawn.pop(old))
    for table in list(state.tables.values()):
        if any(column.sequence == old for column in table.columns.values()):
            columns = {
                name: replace(column, sequence=new) if column.sequence == old else column
                for name, column in table.columns.items()
            }
            state.put(replace(table, columns=columns))


def drawing(state: State, table: Table, column: Name | None) -> Iterator[tuple[Table, Column]]:
    """The columns of other tables, or other columns, whose DEFAULT nextval('…') names a sequence that goes with a table or one
    of its columns."""
    if state.dialect.family != "postgres" or state.hidden:
        return
    for thing in list(state.things.values()) if state.drawn else ():
        if thing.kind is not ObjectKind.SEQUENCE or thing.table != table.name or column not in (None, thing.column):
            continue
        for name in state.drawn.get(thing.name, ()):
            owner = state.tables.get(name)
            for one in owner.columns.values() if owner is not None else ():
                own = name == table.name and column in (None, one.name)
                if one.serial and one.sequence == thing.name and owner is not None and not own:
                    yield owner, one


def without_draws(state: State, table: Table, column: Name | None) -> None:
    """CASCADE: the defaults go that take values from the sequences of a table or of one of its columns."""
    for owner, one in list(drawing(state, table, column)):
        known = state.tables[owner.name]
        plain = replace(one, serial=False, identity=False, sequence=None, has_default=False)
        state.put(replace(known, columns={**known.columns, one.name: plain}))


def sequences_there(state: State, table: TableName, columns: Iterable[Column]) -> Troubles:
    """`DEFAULT nextval('name')` needs the sequence of that name."""
    for column in columns:
        name = column.sequence
        if name is None or not column.serial:
            continue
        if table not in state.drawn.get(name, ()):
            state.drawn[name] = (*state.drawn.get(name, ()), table)
        if not state.closed or state.hidden or state.opaque:
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
