"""Enumerations, domains and other types: what the server does with each fact, or why it refuses."""

from __future__ import annotations

from schemalint.model.catalog import Refusal
from schemalint.model.objects import AddEnumValue, CreateEnum, DropType, RenameEnumValue, RenameType
from schemalint.model.quick import replace
from schemalint.model.schema import EnumType, OtherType
from schemalint.replay.columns import without_column
from schemalint.replay.depends import of_type, type_needed
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles


def create_enum(state: State, fact: CreateEnum, source: str) -> Troubles:
    taken = state.type_named(fact.name)
    if taken is None and state.dialect.family == "postgres" and fact.name in state.tables:
        taken = state.tables[fact.name].span
    if taken is not None:
        if not fact.if_not_exists:
            yield Trouble(Refusal.TYPE_EXISTS, fact.span, None, fact.name.name, taken=taken)
        return
    if fact.values is None:
        state.types[fact.name] = OtherType(fact.name, fact.span, fact.domain, fact.definition)
    else:
        state.enums[fact.name] = EnumType(fact.name, fact.values, fact.span)


def add_enum_value(state: State, fact: AddEnumValue, source: str) -> Troubles:
    known = state.enums.get(fact.name)
    if known is None:
        if fact.name not in state.types and state.closed and not state.opaque:
            yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)
        return
    if fact.value in known.values:
        if not fact.if_not_exists and not state.opaque:
            yield Trouble(Refusal.VALUE_EXISTS, fact.span, None, fact.name.name, taken=known.span)
        return
    beside = fact.before or fact.after
    at = len(known.values)
    if beside in known.values:
        at = known.values.index(beside) + (fact.after is not None)
    values = (*known.values[:at], fact.value, *known.values[at:])
    state.enums[fact.name] = replace(known, values=values)


def rename_enum_value(state: State, fact: RenameEnumValue, source: str) -> Troubles:
    known = state.enums.get(fact.name)
    if known is None:
        if fact.name not in state.types and state.closed and not state.opaque:
            yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)
        return
    if fact.new in known.values and not state.opaque:
        yield Trouble(Refusal.VALUE_EXISTS, fact.span, None, fact.name.name, taken=known.span)
        return
    values = tuple(fact.new if value == fact.value else value for value in known.values)
    state.enums[fact.name] = replace(known, values=values)


def rename_type(state: State, fact: RenameType, source: str) -> Troubles:
    taken = state.type_named(fact.new) or (state.tables[fact.new].span if fact.new in state.tables else None)
    if taken is not None and not state.opaque:
        yield Trouble(Refusal.TYPE_EXISTS, fact.new_span, None, fact.new.name, taken=taken)
        return
    for table, column in list(of_type(state, fact.name)):  # columns follow their type
        kind = column.type
        if kind is not None and kind.element is None:
            now = replace(column, type=replace(kind, name=str(fact.new), user_type=fact.new.key))
            known = state.tables[table.name]
            state.put(replace(known, columns={**known.columns, column.name: now}))
    enum = state.enums.pop(fact.name, None)
    if enum is not None:
        state.enums[fact.new] = replace(enum, name=fact.new)
        return
    if fact.name not in state.types and state.closed and not state.opaque:
        yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)
    other = state.types.pop(fact.name, None) or OtherType(fact.name, fact.span)
    state.types[fact.new] = replace(other, name=fact.new)


def drop_type(state: State, fact: DropType, source: str) -> Troubles:
    if fact.cascade:
        for table, column in list(of_type(state, fact.name)):
            state.put(without_column(state, state.tables[table.name], column.name, fact.statement))
    elif fact.name in state.enums or fact.name in state.types:
        yield from type_needed(state, fact.name, fact.span)
    gone = state.enums.pop(fact.name, None) is None and state.types.pop(fact.name, None) is None
    if gone and not fact.if_exists and state.closed and not state.opaque:
        yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)
