"""Sequences, schemas, functions, procedures, triggers and extensions: what the server does with each fact about them.

Only what this path itself made and took away is certain: an extension, a platform or a function that runs while the
migration does may make any of them.
"""

from __future__ import annotations

from collections.abc import Callable

from schemalint.model.catalog import Refusal
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.objects import AlterObject, CreateObject, DropObject
from schemalint.model.quick import replace
from schemalint.model.schema import Column, Table, Thing, View
from schemalint.model.span import Span
from schemalint.replay.mysqlchanges import trigger_columns
from schemalint.replay.readers import renamed_in_views
from schemalint.replay.sequences import counting_of, sequence_changed, sequence_renamed
from schemalint.replay.state import State, ThingKey
from schemalint.replay.triggers import needs_of
from schemalint.replay.trouble import Trouble, Troubles, missing_column, missing_table, no_table
from schemalint.replay.types import follow

_REPLACED = frozenset({ObjectKind.FUNCTION, ObjectKind.PROCEDURE})


def _key(state: State, kind: ObjectKind, name: TableName, table: TableName | None) -> ThingKey:
    """Triggers are named per table in PostgreSQL, per schema elsewhere."""
    if kind is ObjectKind.TRIGGER and state.dialect.family == "postgres":
        return kind, name, table
    return kind, name, None


def _known(state: State, kind: ObjectKind) -> bool:
    """Whether what was made and dropped so far is all that happened to things of this kind."""
    return not state.hidden and not state.opaque


def _missing(state: State, key: ThingKey) -> bool:
    """Whether it is certain that there is no such thing. Functions make triggers, extensions make functions; sequences are
    made as tables are."""
    if not _known(state, key[0]):
        return False
    return key in state.lost or (key[0] is ObjectKind.SEQUENCE and state.closed and key[1] not in state.temporary)


def create_object(state: State, fact: CreateObject, source: str) -> Troubles:
    if fact.temporary:
        if fact.kind is ObjectKind.SEQUENCE:
            state.temporary |= {fact.name}
        return
    if fact.kind is ObjectKind.TRIGGER:
        yield from _table_of(state, fact)
        yield from trigger_columns(state, fact)
        yield from needs_of(state, fact)
    if fact.kind is ObjectKind.SEQUENCE:
        yield from _owner(state, fact)
    key = _key(state, fact.kind, fact.name, fact.table)
    known = state.things.get(key)
    taken = known.span if known else None
    if fact.kind is ObjectKind.SEQUENCE:
        taken = state.relation(fact.name)
    # PostgreSQL tells functions of one name apart by their arguments.
    several = fact.kind in _REPLACED and state.dialect.family == "postgres"
    if taken is not None and not (fact.if_not_exists or fact.or_replace or several) and _known(state, fact.kind):
        yield Trouble(Refusal.OBJECT_EXISTS, fact.span, fact.table, fact.name.name, taken=taken)
        return
    if taken is not None and known is None and fact.if_not_exists:
        return  # another relation has the name
    if known is None or fact.or_replace:
        column = fact.column if fact.kind is ObjectKind.SEQUENCE else None
        counting = counting_of(fact.counting) if fact.counting else None
        needs = tuple(name for name, _ in fact.names) if fact.kind is ObjectKind.TRIGGER else ()
        state.things[key] = Thing(
            fact.kind, fact.name, fact.span, fact.table, column, counting=counting, needs=needs, fills=fact.fills
        )
    state.lost.pop(key, None)


def _table_of(state: State, fact: CreateObject | DropObject) -> Troubles:
    """The table that a trigger stands on must be there."""
    if fact.table is not None and isinstance(fact, CreateObject):
        yield from no_table(state, fact.table, fact.table_span or fact.span)
    if fact.table is not None and fact.table not in state.tables and fact.table not in state.views:
        yield from missing_table(state, fact.table, fact.table_span or fact.span)


def _owner(state: State, fact: CreateObject | AlterObject) -> Troubles:
    """What OWNED BY names must be there."""
    if fact.table is None or fact.column is None:
        return
    table = state.tables.get(fact.table)
    if table is None:
        yield from missing_table(state, fact.table, fact.span)
    else:
        yield from missing_column(state, table, fact.column, fact.span)


def alter_object(state: State, fact: AlterObject, source: str) -> Troubles:
    key = _key(state, fact.kind, fact.name, fact.table)
    known = state.things.get(key)
    if known is None:
        if not fact.if_exists and _missing(state, key):
            yield Trouble(Refusal.OBJECT_MISSING, fact.span, key[2], fact.name.name, taken=state.lost.get(key))
        return
    if fact.kind is ObjectKind.SEQUENCE:
        yield from _owner(state, fact)
    if fact.disowned:
        known = replace(known, table=None, column=None)
    elif fact.kind is ObjectKind.SEQUENCE and fact.table is not None:
        if known.table is not None:  # its first owner goes on taking values from it
            state.drawn[fact.name] = (*state.drawn.get(fact.name, ()), known.table)
        known = replace(known, table=fact.table, column=fact.column)
    state.things[key] = known
    if fact.counting is not None:
        sequence_changed(state, fact.name, fact.counting)
    if fact.new is not None:
        yield from _rename(state, fact, key, known, fact.new)


def _rename(state: State, fact: AlterObject, key: ThingKey, known: Thing, new: TableName) -> Troubles:
    fresh = _key(state, fact.kind, new, fact.table)
    taken = state.relation(new) if fact.kind is ObjectKind.SEQUENCE else None
    taken = taken or (state.things[fresh].span if fresh in state.things else None)
    if taken is not None and _known(state, fact.kind) and fact.kind not in _REPLACED:
        yield Trouble(Refusal.OBJECT_EXISTS, fact.span, fact.table, new.name, taken=taken)
        return
    del state.things[key]
    state.lost[key] = fact.span
    state.things[fresh] = replace(known, name=new)
    if fact.kind is ObjectKind.SEQUENCE:
        sequence_renamed(state, fact.name, new)
    elif fact.kind is ObjectKind.SCHEMA:
        _move(state, fact.name.name, new.name, fact.span)


def _move(state: State, old: Name, new: Name, by: Span) -> None:
    """ALTER SCHEMA … RENAME TO: everything in it follows."""

    def moved(name: TableName) -> TableName:
        return TableName(new, name.name) if name.schema == old else name

    things = list(state.things.values())
    for name in [*state.enums, *state.types]:
        if name.schema == old:
            follow(state, name, moved(name))
    for table in list(state.tables.values()):
        changed = replace(
            table,
            name=moved(table.name),
            columns={name: _from(column, moved) for name, column in table.columns.items()},
            foreign_keys=tuple(replace(key, ref_table=moved(key.ref_table)) for key in table.foreign_keys),
            parents=tuple(moved(parent) for parent in table.parents),
        )
        if changed.name != table.name:
            state.remove(table.name, by)
        if changed != table:
            state.put(changed)
    state.things = {}
    for thing in things:
        if thing.kind not in (ObjectKind.SCHEMA, ObjectKind.EXTENSION):
            thing = replace(thing, name=moved(thing.name), table=thing.table and moved(thing.table))
        state.things[_key(state, thing.kind, thing.name, thing.table)] = thing
    state.enums = {moved(name): replace(enum, name=moved(name)) for name, enum in state.enums.items()}
    state.types = {
        moved(name): replace(kind, name=moved(name), shape=kind.shape and replace(kind.shape, name=moved(name)))
        for name, kind in state.types.items()
    }
    for name in {name for view in state.views.values() for name, _ in view.reads or () if name.schema == old}:
        renamed_in_views(state, name, moved(name))
    state.views = {moved(name): replace(view, name=moved(name)) for name, view in state.views.items()}


def _from(column: Column, moved: Callable[[TableName], TableName]) -> Column:
    """A column that takes its values from a sequence under its new name."""
    return replace(column, sequence=moved(column.sequence)) if column.sequence is not None else column


def drop_object(state: State, fact: DropObject, source: str) -> Troubles:
    if fact.kind is ObjectKind.SCHEMA:
        yield from _drop_schema(state, fact)
        return
    if fact.kind is ObjectKind.TRIGGER and not fact.if_exists:
        yield from _table_of(state, fact)
    key = _key(state, fact.kind, fact.name, fact.table)
    if fact.cascade and fact.kind in _REPLACED:
        state.hidden = True  # which triggers go along is not known
    if key not in state.things:
        if not fact.if_exists and _missing(state, key):
            yield Trouble(Refusal.OBJECT_MISSING, fact.span, key[2], fact.name.name, taken=state.lost.get(key))
        return
    if fact.kind is ObjectKind.SEQUENCE:
        yield from _sequence_needed(state, fact)
    if fact.kind is ObjectKind.EXTENSION or (fact.kind in _REPLACED and state.dialect.family == "postgres"):
        state.things.pop(key)  # another function of that name may stay
        return
    del state.things[key]
    state.lost[key] = fact.span


def _sequence_needed(state: State, fact: DropObject) -> Troubles:
    """Columns that take their values from a sequence: the server refuses, or CASCADE takes their defaults away."""
    for table in list(state.tables.values()):
        for column in table.columns.values():
            if column.sequence != fact.name or not column.identity:
                continue
            if fact.cascade and column.serial:  # what GENERATED AS IDENTITY made goes with its column only
                plain = replace(column, serial=False, identity=False, sequence=None)
                state.put(replace(table, columns={**table.columns, column.name: plain}))
            elif state.dialect.family == "postgres" and not table.incomplete and _known(state, fact.kind):
                yield Trouble(
                    Refusal.DEPENDED_ON, fact.span, table.name, fact.name.name, existing=table, taken=column.span
                )
                return


def _drop_schema(state: State, fact: DropObject) -> Troubles:
    """A schema goes with all that stands in it; in MySQL it is the database."""
    name = fact.name.name
    default = name.key in state.dialect.default_schemas or state.dialect.family == "mysql"

    def inside(one: TableName) -> bool:
        return one.schema == name or (one.schema is None and default)

    tables = [table for table in state.tables.values() if inside(table.name)]
    views = [view for view in state.views.values() if inside(view.name)]
    if not fact.cascade and state.dialect.family in ("postgres", "tsql") and not state.opaque:
        inner: tuple[Table | View, ...] = (*tables, *views)
        first = next(iter(inner), None)
        if first is not None:
            yield Trouble(
                Refusal.DEPENDED_ON,
                fact.span,
                first.name,
                name,
                existing=first if isinstance(first, Table) else None,
                taken=first.span,
                holder=first.name,
            )
    for table in tables:
        for other, _ in list(state.referencing(table.name)):
            kept = tuple(key for key in other.foreign_keys if key.ref_table != table.name)
            state.put(replace(other, foreign_keys=kept))
        state.remove(table.name, fact.span)
        state.masked.pop(table.name, None)
    for view in views:
        state.views.pop(view.name, None)
        state.gone[view.name] = fact.span
    state.enums = {one: enum for one, enum in state.enums.items() if not inside(one)}
    state.types = {one: kind for one, kind in state.types.items() if not inside(one)}
    for key in [key for key in state.things if inside(key[1]) and key[0] is not ObjectKind.SCHEMA]:
        if key[0] is not ObjectKind.EXTENSION:
            state.lost[key] = fact.span
            del state.things[key]
    state.things.pop((ObjectKind.SCHEMA, fact.name, None), None)
    if not default:
        state.lost[(ObjectKind.SCHEMA, fact.name, None)] = fact.span
