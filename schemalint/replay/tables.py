"""Tables, types, views and comments: what the server does with each fact, or why it refuses."""

from __future__ import annotations

from dataclasses import replace

from schemalint.model.catalog import Refusal
from schemalint.model.facts import (
    AddEnumValue,
    Comment,
    CreateEnum,
    CreateTable,
    CreateView,
    DropTable,
    DropType,
    DropView,
    Invalid,
    KeyChecks,
    Opaque,
    RenameTable,
)
from schemalint.model.names import Name
from schemalint.model.schema import Column, EnumType, Table
from schemalint.replay.constraints import constraint_columns, target
from schemalint.replay.indexes import index_columns
from schemalint.replay.names import name_all
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles, missing_column, missing_table


def create_table(state: State, fact: CreateTable, source: str) -> Troubles:
    if fact.temporary:
        state.temporary |= {fact.table}
        return
    existing = state.tables.get(fact.table)
    if existing is not None:
        refusal = Refusal.MASKED if fact.if_not_exists else Refusal.TABLE_EXISTS
        yield Trouble(refusal, fact.span, fact.table, fact.table.name, existing=existing, taken=existing.span)
        state.masked[fact.table] = (*state.masked.get(fact.table, ()), fact)
        return
    if fact.table in state.views:
        if not fact.if_not_exists:
            yield Trouble(Refusal.TABLE_EXISTS, fact.span, fact.table, fact.table.name, taken=state.views[fact.table])
        return
    columns: dict[Name, Column] = {}
    for column in fact.columns:
        if column.name in columns:
            taken = columns[column.name].span
            yield Trouble(Refusal.COLUMN_EXISTS, column.span, fact.table, column.name, taken=taken)
        else:
            columns[column.name] = column
    table = Table(
        name=fact.table,
        span=fact.span,
        source=source,
        columns=columns,
        primary_key=fact.primary_key,
        uniques=fact.uniques,
        indexes=fact.indexes,
        foreign_keys=fact.foreign_keys,
        checks=fact.checks,
        history=(fact.statement,),
        # What was done to it before it is created here (dumps may list indexes first) is not known to belong to it.
        incomplete=fact.unread + ((fact.span,) if fact.table in state.unknown else ()),
    )
    state.gone.pop(fact.table, None)
    state.put(replace(table, primary_key=None, uniques=(), indexes=(), foreign_keys=(), checks=()))
    primary = (fact.primary_key,) if fact.primary_key else ()
    for constraint in (*primary, *fact.uniques, *fact.checks, *fact.foreign_keys):
        yield from constraint_columns(state, table, constraint)
    for index in fact.indexes:
        yield from index_columns(state, table, index)
    for key in fact.foreign_keys:
        yield from target(state, table, key)
    yield from _names_taken(state, table)
    state.put(name_all(state, table))


def _names_taken(state: State, table: Table) -> Troubles:
    """Index names of a new table that another table has already, where names are unique in the schema."""
    if state.dialect.index_scope == "table":
        return
    for index in table.indexes:
        if index.name is not None and (held := state.find_key(table.name, index.name)) is not None:
            yield Trouble(
                Refusal.INDEX_EXISTS,
                index.span,
                table.name,
                index.name,
                existing=held[0],
                index=index,
                taken=held[1].span,
            )


def drop_table(state: State, fact: DropTable, source: str) -> Troubles:
    if fact.table in state.tables:
        for other, _ in list(state.referencing(fact.table)):
            if fact.cascade:
                kept = tuple(key for key in other.foreign_keys if key.ref_table != fact.table)
                state.put(replace(other, foreign_keys=kept))
    elif not fact.if_exists:
        yield from missing_table(state, fact.table, fact.span)
    state.remove(fact.table, fact.span)
    state.temporary -= {fact.table}
    state.masked.pop(fact.table, None)


def rename_table(state: State, fact: RenameTable, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        if not fact.if_exists and fact.table not in state.views:
            yield from missing_table(state, fact.table, fact.span)
        state.gone.pop(fact.new, None)
        return
    taken = state.tables.get(fact.new)
    if taken is not None and fact.new != fact.table:
        yield Trouble(Refusal.TABLE_EXISTS, fact.new_span, fact.new, fact.new.name, existing=taken, taken=taken.span)
        return
    for other, _ in list(state.referencing(fact.table)):
        moved = tuple(
            replace(key, ref_table=fact.new) if key.ref_table == fact.table else key for key in other.foreign_keys
        )
        state.put(replace(other, foreign_keys=moved))
    own = tuple(replace(key, ref_table=fact.new) if key.ref_table == fact.table else key for key in table.foreign_keys)
    state.remove(fact.table, fact.span)
    state.gone.pop(fact.new, None)
    state.put(replace(table, name=fact.new, foreign_keys=own, history=(*table.history, fact.statement)))
    if fact.table in state.masked:
        state.masked[fact.new] = state.masked.pop(fact.table)


def create_enum(state: State, fact: CreateEnum, source: str) -> Troubles:
    known = state.enums.get(fact.name)
    taken = known.span if known else state.types.get(fact.name)
    if taken is not None:
        if not fact.if_not_exists:
            yield Trouble(Refusal.TYPE_EXISTS, fact.span, None, fact.name.name, taken=taken)
        return
    if fact.values is None:
        state.types[fact.name] = fact.span
    else:
        state.enums[fact.name] = EnumType(fact.name, fact.values, fact.span)


def add_enum_value(state: State, fact: AddEnumValue, source: str) -> Troubles:
    known = state.enums.get(fact.name)
    if known is not None and fact.value not in known.values:
        state.enums[fact.name] = replace(known, values=(*known.values, fact.value))
    elif known is None and fact.name not in state.types and state.closed and not state.opaque:
        yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)


def drop_type(state: State, fact: DropType, source: str) -> Troubles:
    gone = state.enums.pop(fact.name, None) is None and state.types.pop(fact.name, None) is None
    if gone and not fact.if_exists and state.closed and not state.opaque:
        yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)


def create_view(state: State, fact: CreateView, source: str) -> Troubles:
    yield from ()
    state.views[fact.name] = fact.span
    state.gone.pop(fact.name, None)


def drop_view(state: State, fact: DropView, source: str) -> Troubles:
    if state.views.pop(fact.name, None) is None and not fact.if_exists and state.closed and not state.opaque:
        yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)
    state.gone[fact.name] = fact.span


def comment(state: State, fact: Comment, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        yield from missing_table(state, fact.table, fact.span)
    elif fact.column is not None and fact.column not in table.columns:
        yield from missing_column(state, table, fact.column, fact.span)


def key_checks(state: State, fact: KeyChecks, source: str) -> Troubles:
    yield from ()
    state.key_checks = fact.on


def invalid(state: State, fact: Invalid, source: str) -> Troubles:
    """SL116 reports these from the facts; the statement's own facts follow as if it had been written right."""
    yield from ()


def opaque(state: State, fact: Opaque, source: str) -> Troubles:
    yield from ()
    if fact.touches is None:
        state.opaque = (*state.opaque, fact.span)
        return
    for name in fact.touches:
        table = state.tables.get(name)
        if table is not None:
            state.put(replace(table, incomplete=(*table.incomplete, fact.span)))
        else:
            # What was not read may have created it.
            state.unknown |= {name}
