"""Tables, types, views and comments: what the server does with each fact, or why it refuses."""

from __future__ import annotations

from dataclasses import replace

from schemalint.dialects import NameKind
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
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Column, EnumType, ForeignKey, Index, Table
from schemalint.model.span import Span
from schemalint.replay.columns import without_column
from schemalint.replay.constraints import constraint_columns, keys_made, merged, names_free, target
from schemalint.replay.depends import of_type, table_needed, type_needed
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
    if (taken := state.relation(fact.table)) is not None:
        # SQLite minds an index of that name even then.
        if not fact.if_not_exists or (state.dialect.family == "sqlite" and fact.table not in state.views):
            held = state.find_key(fact.table, fact.table.name)
            index = held[1] if held and isinstance(held[1], Index) else None
            yield Trouble(Refusal.TABLE_EXISTS, fact.span, fact.table, fact.table.name, index=index, taken=taken)
        return
    if (made := _type_named(state, fact.table)) is not None and not state.opaque:
        # A table is a type as well in PostgreSQL.
        yield Trouble(Refusal.TYPE_EXISTS, fact.span, fact.table, fact.table.name, taken=made)
        return
    state.views.pop(fact.table, None)
    columns: dict[Name, Column] = {}
    for column in fact.columns:
        if column.name in columns:
            taken = columns[column.name].span
            yield Trouble(Refusal.COLUMN_EXISTS, column.span, fact.table, column.name, taken=taken)
        else:
            columns[column.name] = column
    primary_key, uniques = merged(state, fact.primary_key, fact.uniques)
    table = Table(
        name=fact.table,
        span=fact.span,
        source=source,
        columns=columns,
        primary_key=primary_key,
        uniques=uniques,
        indexes=fact.indexes,
        foreign_keys=fact.foreign_keys,
        checks=fact.checks,
        history=(fact.statement,),
        # What was done to it before it is created here (dumps may list indexes first) is not known to belong to it.
        incomplete=fact.unread + ((fact.span,) if fact.table in state.unknown else ()),
    )
    state.gone.pop(fact.table, None)
    bare = replace(table, primary_key=None, uniques=(), indexes=(), foreign_keys=(), checks=())
    state.put(bare)
    primary = (primary_key,) if primary_key else ()
    for constraint in (*primary, *uniques, *fact.checks, *fact.foreign_keys):
        yield from constraint_columns(state, table, constraint)
    yield from names_free(state, bare, (*primary, *uniques, *fact.checks, *fact.foreign_keys))
    for index in fact.indexes:
        yield from index_columns(state, table, index)
    for key in fact.foreign_keys:
        yield from target(state, table, key)
    yield from _names_taken(state, table)
    state.put(name_all(state, table))
    keys_made(state, fact.table, fact.foreign_keys)


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
    table = state.tables.get(fact.table)
    if fact.cascade and state.dialect.family == "postgres":
        state.cascaded()
    if table is not None:
        cascade = fact.cascade and state.dialect.family != "mysql"  # MySQL reads the word and does nothing
        if not cascade:
            yield from table_needed(state, table, fact.span)
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
        view = state.views.get(fact.table)
        if view is None and not fact.if_exists:
            yield from missing_table(state, fact.table, fact.span)
        state.gone.pop(fact.new, None)
        if view is not None and (taken := state.relation(fact.new)) is not None:
            yield Trouble(Refusal.TABLE_EXISTS, fact.new_span, fact.new, fact.new.name, taken=taken)
        elif view is not None:
            del state.views[fact.table]
            state.gone[fact.table] = fact.span
            state.views[fact.new] = view
            state.doubtful = frozenset(fact.new if name == fact.table else name for name in state.doubtful)
        return
    # MySQL takes ALTER TABLE a RENAME TO a and refuses RENAME TABLE a TO a.
    if fact.new == fact.table and state.dialect.family not in ("postgres", "sqlite"):
        return
    if (taken := state.relation(fact.new)) is not None:
        existing = state.tables.get(fact.new)
        yield Trouble(Refusal.TABLE_EXISTS, fact.new_span, fact.new, fact.new.name, existing=existing, taken=taken)
        return
    if (made := _type_named(state, fact.new)) is not None and not state.opaque:
        yield Trouble(Refusal.TYPE_EXISTS, fact.new_span, fact.new, fact.new.name, taken=made)
        return
    for other, _ in list(state.referencing(fact.table)):
        moved = tuple(
            replace(key, ref_table=fact.new) if key.ref_table == fact.table else key for key in other.foreign_keys
        )
        state.put(replace(other, foreign_keys=moved))
    own = tuple(replace(key, ref_table=fact.new) if key.ref_table == fact.table else key for key in table.foreign_keys)
    if state.dialect.family == "mysql":
        own = tuple(_renamed_with(state, key, fact) for key in own)
    state.remove(fact.table, fact.span)
    state.gone.pop(fact.new, None)
    state.put(replace(table, name=fact.new, foreign_keys=own, history=(*table.history, fact.statement)))
    if fact.table in state.masked:
        state.masked[fact.new] = state.masked.pop(fact.table)


def _renamed_with(state: State, key: ForeignKey, fact: RenameTable) -> ForeignKey:
    """InnoDB renames the foreign keys that it named after the table."""
    rest = key.name.text.removeprefix(f"{fact.table.name.text}_ibfk_") if key.name else ""
    if key.name is None or rest == key.name.text:
        return key
    name = state.dialect.identifier(f"{fact.new.name.text}_ibfk_{rest}", True, NameKind.CONSTRAINT)
    return replace(key, name=name)


def create_enum(state: State, fact: CreateEnum, source: str) -> Troubles:
    taken = _type_named(state, fact.name)
    if taken is None and state.dialect.family == "postgres" and fact.name in state.tables:
        taken = state.tables[fact.name].span
    if taken is not None:
        if not fact.if_not_exists:
            yield Trouble(Refusal.TYPE_EXISTS, fact.span, None, fact.name.name, taken=taken)
        return
    if fact.values is None:
        state.types[fact.name] = fact.span
    else:
        state.enums[fact.name] = EnumType(fact.name, fact.values, fact.span)


def _type_named(state: State, name: TableName) -> Span | None:
    known = state.enums.get(name)
    return known.span if known else state.types.get(name)


def add_enum_value(state: State, fact: AddEnumValue, source: str) -> Troubles:
    known = state.enums.get(fact.name)
    if known is not None and fact.value not in known.values:
        state.enums[fact.name] = replace(known, values=(*known.values, fact.value))
    elif known is None and fact.name not in state.types and state.closed and not state.opaque:
        yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)


def drop_type(state: State, fact: DropType, source: str) -> Troubles:
    fresh = next((other.name for other in state.statement if isinstance(other, CreateEnum)), None)
    if fresh is not None:
        _rename_type(state, fact.name, fresh)  # ALTER TYPE … RENAME TO
    elif fact.cascade:
        state.cascaded()
        for table, column in list(of_type(state, fact.name)):
            state.put(without_column(state, state.tables[table.name], column.name, fact.statement))
    elif fact.name in state.enums or fact.name in state.types:
        yield from type_needed(state, fact.name, fact.span)
    gone = state.enums.pop(fact.name, None) is None and state.types.pop(fact.name, None) is None
    if gone and not fact.if_exists and state.closed and not state.opaque:
        yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)


def create_view(state: State, fact: CreateView, source: str) -> Troubles:
    taken = state.relation(fact.name) or (_type_named(state, fact.name) if state.dialect.family == "postgres" else None)
    if taken is not None and not state.opaque and not (fact.if_not_exists or fact.or_replace):
        yield Trouble(Refusal.VIEW_EXISTS, fact.span, fact.name, fact.name.name, taken=taken)
    if taken is not None and fact.name not in state.views:
        return
    state.views[fact.name] = fact.span
    state.doubtful -= {fact.name}
    state.gone.pop(fact.name, None)


def _rename_type(state: State, old: TableName, new: TableName) -> None:
    """Columns follow their type to its new name."""
    for table, column in list(of_type(state, old)):
        kind = column.type
        if kind is not None and kind.element is None:
            now = replace(column, type=replace(kind, name=str(new), user_type=new.key))
            known = state.tables[table.name]
            state.put(replace(known, columns={**known.columns, column.name: now}))


def drop_view(state: State, fact: DropView, source: str) -> Troubles:
    if fact.cascade and state.dialect.family == "postgres":
        state.cascaded()
    state.doubtful -= {fact.name}
    missing = state.views.pop(fact.name, None) is None
    if missing and not fact.if_exists and state.closed and not state.opaque:
        yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)
    if fact.name not in state.tables:
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
