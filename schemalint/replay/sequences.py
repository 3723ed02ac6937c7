"""Sequences and the columns that take their values from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemalint.dialects import NameKind
from schemalint.model.catalog import Refusal
from schemalint.model.frozen import replace
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.schema import Column, Counting, Table, Thing
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


def counting_of(said: Counting) -> Counting:
    """How a new column or sequence counts."""
    return replace(said, options=_unusual(said.options))


def counted(known: Counting | None, change: Counting) -> Counting:
    """How a column or sequence counts after that change. Where it starts was settled when it was made."""
    known = known or Counting()
    said: dict[str, str | None] = {**dict(known.options)}
    descends = (said.get("increment") or "1").startswith("-")
    said.setdefault("start", said.get("maxvalue") or "-1" if descends else said.get("minvalue") or "1")
    said.update(change.options)
    options = tuple((word, said[word]) for word in sorted(said, key=_PLACES.index) if said[word] is not None)
    return replace(known, options=_unusual(options), always=known.always if change.always is None else change.always)


_PLACES = ("as", "start", "increment", "minvalue", "maxvalue", "cache", "cycle")
_USUAL = {"start": "1", "increment": "1", "minvalue": "1", "cache": "1", "as": "bigint"}

_ALWAYS_USUAL = (("cache", "1"), ("as", "bigint"))


def _unusual(options: tuple[tuple[str, str | None], ...]) -> tuple[tuple[str, str | None], ...]:
    """The options without those that are the usual ones beside the others: an ascending sequence starts with its least
    number, which is 1."""
    said = dict(options)
    if (said.get("increment") or "1").startswith("-"):
        return tuple(
            (word, value) for word, value in options if value is not None and (word, value) not in _ALWAYS_USUAL
        )
    usual = {**_USUAL, "start": said.get("minvalue") or "1"}
    return tuple(one for one in options if one[1] is not None and usual.get(one[0]) != one[1].lower())


def sequence_changed(state: State, name: TableName, change: Counting) -> None:
    """A sequence counts otherwise, and so does the identity column that it was made for."""
    key = (ObjectKind.SEQUENCE, name, None)
    thing = state.things.get(key)
    if thing is None:
        return
    state.things[key] = thing = replace(thing, counting=counted(thing.counting, change))
    table = state.tables.get(thing.table) if thing.table else None
    column = table.columns.get(thing.column) if table and thing.column else None
    if table is not None and column is not None and column.sequence == name and not column.serial:
        known = replace(column, counting=counted(column.counting, change))
        state.put(replace(table, columns={**table.columns, column.name: known}))


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
        if not column.identity or (column.serial and column.sequence is not None):
            continue
        named = None if column.serial else column.sequence
        if named is not None and (ObjectKind.SEQUENCE, named, None) in state.things:
            continue

        def taken(name: str) -> bool:
            key = TableName(table.name.schema, state.dialect.identifier(name, True, NameKind.TABLE))
            return state.relation(key) is not None or (ObjectKind.SEQUENCE, key, None) in state.things

        text = state.dialect.sequence_name(table.name.name.key, (column.name.key,), taken)
        name = named or TableName(table.name.schema, state.dialect.identifier(text or "", True, NameKind.TABLE))
        key = (ObjectKind.SEQUENCE, name, None)
        counting = counting_of(column.counting) if column.counting else None
        kind = (("as", column.type.name),) if column.type else ()
        own = counting_of(Counting((*kind, *(counting.options if counting else ()))))
        state.things[key] = Thing(ObjectKind.SEQUENCE, name, column.span, table.name, column.name, True, own)
        changed[column.name] = replace(column, sequence=name, counting=counting)
    return replace(table, columns={**table.columns, **changed}) if changed else table
