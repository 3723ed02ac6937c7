"""Enumerations, domains and other types: what the server does with each fact, or why it refuses.

What consists of columns is changed as a table would be, in a state of its own (`OtherType.shape`). Sources: PostgreSQL's
documentation of CREATE TYPE, ALTER TYPE, CREATE DOMAIN, ALTER DOMAIN and CREATE TABLE … OF. Checked against the server in
`tests/sql/scripts/postgres/composites.sql` and `domains.sql`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

from schemalint.dialects import dialect
from schemalint.model.catalog import Refusal
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterType,
    CreateTable,
    DropColumn,
    DropConstraint,
    Fact,
    NeedConstraint,
    RenameColumn,
    RenameConstraint,
    TypeChange,
)
from schemalint.model.frozen import replace
from schemalint.model.names import TableName
from schemalint.model.objects import AddEnumValue, CreateEnum, DropType, RenameEnumValue, RenameType, SetType
from schemalint.model.schema import Check, Column, EnumType, OtherType, Table
from schemalint.replay import columndrops, columns, constraintchanges, constraints
from schemalint.replay.depends import of_type, shapes_of_type, type_needed, typed
from schemalint.replay.names import name_all
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles, missing_table

_CHANGES: dict[type, Callable[[State, Any, str], Troubles]] = {
    AddColumn: columns.add_column,
    AlterColumn: columns.alter_column,
    DropColumn: columndrops.drop_column,
    RenameColumn: columns.rename_column,
    AddConstraint: constraints.add_constraint,
    DropConstraint: constraintchanges.drop_constraint,
    RenameConstraint: constraintchanges.rename_constraint,
    NeedConstraint: constraintchanges.need_constraint,
}


def create_enum(state: State, fact: CreateEnum, source: str) -> Troubles:
    taken = state.type_named(fact.name)
    if taken is None and state.dialect.family == "postgres" and fact.name in state.tables:
        taken = state.tables[fact.name].span
    if taken is not None:
        if not fact.if_not_exists:
            yield Trouble(Refusal.TYPE_EXISTS, fact.span, None, fact.name.name, taken=taken)
        return
    if fact.values is not None:
        state.enums[fact.name] = EnumType(fact.name, fact.values, fact.span)
        return
    shape = None
    if fact.columns is not None:
        shape = Table(fact.name, fact.span, source, {}, checks=fact.checks)
        for column in fact.columns:
            if column.name in shape.columns:
                first = shape.columns[column.name].span
                yield Trouble(Refusal.COLUMN_EXISTS, column.span, fact.name, column.name, taken=first)
            shape = replace(shape, columns={**shape.columns, column.name: column})
        shape = name_all(State(state.dialect, closed=True), shape)
    state.types[fact.name] = OtherType(fact.name, fact.span, fact.domain, fact.definition, shape)


def alter_type(state: State, fact: AlterType, source: str) -> Troubles:
    """ALTER DOMAIN, and ALTER TYPE of a composite type, whose typed tables follow with CASCADE."""
    known = state.types.get(fact.name)
    if known is None:
        if state.type_named(fact.name) is None and fact.name not in state.tables and state.closed and not state.opaque:
            yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)
        return
    if known.domain is not fact.domain:
        return  # refused, as it is another kind of type
    tables = [] if fact.domain else list(typed(state, fact.name))
    if tables and not fact.cascade:
        if not state.opaque:
            yield Trouble(
                Refusal.DEPENDED_ON, fact.span, tables[0].name, fact.name.name, existing=tables[0], taken=tables[0].span
            )
        return
    if isinstance(fact.change, AlterColumn) and fact.change.type is not None:
        used = next((table for table, _ in of_type(state, fact.name) if not table.incomplete), None)
        if used is not None and not state.opaque:
            yield Trouble(Refusal.DEPENDED_ON, fact.span, used.name, fact.name.name, existing=used, taken=used.span)
            return
    if known.shape is not None and fact.domain and _asks_rows(known.shape, fact.change) and not state.opaque:
        holder = next((table for table in _holding(state, fact.name) if not table.incomplete), None)
        if holder is not None:
            yield Trouble(
                Refusal.DEPENDED_ON, fact.span, holder.name, fact.name.name, existing=holder, taken=holder.span
            )
            return
    if fact.change is None or known.shape is None:
        state.types[fact.name] = replace(known, definition=None, shape=None)
        for table in tables:
            state.put(replace(table, incomplete=(*table.incomplete, fact.span)))
        return
    spoken = (
        dialect(state.dialect.name) if fact.domain else state.dialect
    )  # domains name NOT NULL a version before tables
    apart = State(spoken, closed=True, tables={fact.name: known.shape})
    troubles = list(_CHANGES[type(fact.change)](apart, fact.change, source))
    yield from troubles
    if troubles:
        return
    state.types[fact.name] = replace(known, definition=None, shape=apart.tables[fact.name])
    for table in tables:
        yield from _CHANGES[type(fact.change)](state, replace(fact.change, table=table.name), source)


def _asks_rows(shape: Table, change: TypeChange | None) -> bool:
    """Whether a change of a domain is for the values that are there, too."""
    match change:
        case AddConstraint(constraint=Check() as check):
            return check.validated
        case AlterColumn():
            return change.nullable is False and any(column.nullable is not False for column in shape.columns.values())
        case NeedConstraint():
            return bool(change.validated) and any(check.name == change.name for check in shape.checks)
    return False


def _holding(state: State, domain: TableName) -> Iterator[Table]:
    """The tables with a column whose values hold ones of a domain: PostgreSQL cannot look at these (`get_rels_with_domain`)."""
    yield from (table for table, column in of_type(state, domain) if column.type and column.type.element is not None)
    for kind, _ in shapes_of_type(state, domain):
        if not kind.domain:
            yield from (table for table, _ in of_type(state, kind.name))


def rename_column(state: State, fact: RenameColumn, source: str) -> Troubles:
    """ALTER TABLE … RENAME COLUMN, which in PostgreSQL renames the attribute of a composite type, too."""
    known = state.types.get(fact.table)
    if known is None or known.domain or fact.table in state.tables or fact.table in state.views:
        yield from columns.rename_column(state, fact, source)
        return
    yield from alter_type(state, AlterType(fact.span, fact.statement, fact.table, fact, guard=fact.guard), source)


def shaped_of(state: State, fact: CreateTable) -> Generator[Trouble, None, CreateTable]:
    """A typed table's definition: the columns of its type, with what the table says of them."""
    assert fact.of is not None
    name, span = fact.of
    known = state.types.get(name)
    if known is None or known.shape is None or known.domain:
        return replace(fact, unread=(*fact.unread, span))
    own = {column.name: column for column in fact.columns}
    keyed = fact.primary_key.columns if fact.primary_key else ()
    made = [_with_options(column, own.pop(column.name, None)) for column in known.shape.columns.values()]
    made = [replace(column, nullable=False) if column.name in keyed else column for column in made]
    for column in own.values():
        yield Trouble(
            Refusal.COLUMN_MISSING, column.span, name, column.name, names=(column.name,), existing=known.shape
        )
    return replace(fact, columns=tuple(made))


def _with_options(column: Column, own: Column | None) -> Column:
    if own is None:
        return column
    return replace(own, type=column.type, type_span=column.type_span, collation=column.collation)


def set_by_type(state: State, fact: Fact) -> Trouble | None:
    """What refuses a change of a typed table's columns, which are those of its type."""
    if not isinstance(fact, AddColumn | DropColumn | RenameColumn | AlterColumn):
        return None
    table = state.tables.get(fact.table)
    if table is None or table.of is None or state.opaque or (isinstance(fact, AlterColumn) and fact.type is None):
        return None
    return Trouble(Refusal.DEPENDED_ON, fact.span, table.name, existing=table, taken=table.span, holder=table.of)


def set_type(state: State, fact: SetType, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is not None:
        state.put(replace(table, of=fact.of, history=(*table.history, fact.statement)))
    elif not fact.table_if_exists:
        yield from missing_table(state, fact.table, fact.span)


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
    if fact.value not in known.values and not state.opaque:
        words = f'"{fact.value}" is not an existing enum label (22023)'
        why = f"it has no value {fact.value!r}"
        yield Trouble(Refusal.IMPOSSIBLE, fact.span, fact.name, taken=known.span, why=why, server=words)
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
    follow(state, fact.name, fact.new)
    enum = state.enums.pop(fact.name, None)
    if enum is not None:
        state.enums[fact.new] = replace(enum, name=fact.new)
        return
    if fact.name not in state.types and state.closed and not state.opaque:
        yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)
    other = state.types.pop(fact.name, None) or OtherType(fact.name, fact.span)
    shape = other.shape and replace(other.shape, name=fact.new)
    state.types[fact.new] = replace(other, name=fact.new, shape=shape)


def follow(state: State, old: TableName, new: TableName) -> None:
    """Columns, attributes, domains and typed tables follow their type to its new name."""
    for table, column in list(of_type(state, old)):
        known = state.tables[table.name]
        state.put(replace(known, columns={**known.columns, column.name: _retyped(state, column, new)}))
    for kind, column in list(shapes_of_type(state, old)):
        shape = state.types[kind.name].shape
        if shape is not None:
            shape = replace(shape, columns={**shape.columns, column.name: _retyped(state, column, new)})
            state.types[kind.name] = replace(kind, definition=None, shape=shape)
    for table in list(typed(state, old)):
        state.put(replace(state.tables[table.name], of=new))


def _retyped(state: State, column: Column, new: TableName) -> Column:
    """A column of a type that is called otherwise now."""
    parts = [state.dialect.quote(part.key) for part in (new.schema, new.name) if part is not None]
    array = "[]" if column.type is not None and column.type.element is not None else ""
    return replace(column, type=state.dialect.column_type(".".join(parts) + array))


def drop_type(state: State, fact: DropType, source: str) -> Troubles:
    if fact.cascade:
        for table in list(typed(state, fact.name)):
            state.remove(table.name, fact.span)
        for table, column in list(of_type(state, fact.name)):
            state.put(columndrops.without_column(state, state.tables[table.name], column.name, fact.statement))
        for kind, column in list(shapes_of_type(state, fact.name)):
            if kind.domain:
                yield from drop_type(state, replace(fact, name=kind.name), source)
            elif (shape := state.types[kind.name].shape) is not None:
                shape = columndrops.without_column(state, shape, column.name, fact.statement)
                state.types[kind.name] = replace(kind, definition=None, shape=shape)
    elif fact.name in state.enums or fact.name in state.types:
        yield from type_needed(state, fact.name, fact.span)
    gone = state.enums.pop(fact.name, None) is None and state.types.pop(fact.name, None) is None
    if gone and not fact.if_exists and state.closed and not state.opaque:
        yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)
