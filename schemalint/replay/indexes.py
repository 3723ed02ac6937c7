"""Indexes: what the server does with each fact, or why it refuses."""

from __future__ import annotations

from typing import Any

from schemalint.model.catalog import Refusal
from schemalint.model.described import AlterIndex
from schemalint.model.facts import CreateIndex, DropIndex, RenameColumn, RenameIndex
from schemalint.model.frozen import replace
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.schema import Check, ForeignKey, Index, PrimaryKey, Table
from schemalint.model.span import Span
from schemalint.replay import mysqlchanges, pgchanges
from schemalint.replay.clusters import second_cluster
from schemalint.replay.depends import key_needed, relying, without_keys
from schemalint.replay.keyindexes import names_shared, serves, with_key_indexes
from schemalint.replay.labels import label_renamed, labels_of
from schemalint.replay.names import name_all
from schemalint.replay.parts import Key, keys
from schemalint.replay.pgchanges import drop_refused
from schemalint.replay.sqlserver import view_index
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles, missing_columns, missing_key, missing_table, no_table
from schemalint.replay.unsized import unsized
from schemalint.replay.viewindexes import create_on_view, drop_of_view, rename_of_view


def create_index(state: State, fact: CreateIndex, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    index = fact.index
    if table is None and state.dialect.family == "postgres" and (view := state.views.get(fact.table)) is not None:
        yield from create_on_view(state, fact, view)
        return
    if table is None:
        yield from no_table(state, fact.table, fact.table_span)
        if state.absent(fact.table):
            yield Trouble(Refusal.INDEX_TABLE_MISSING, fact.table_span, fact.table, index.name, index=index)
        yield from view_index(state, fact.table, fact.table_span)
        state.unknown |= {fact.table}
        state.besides |= {state.home(fact.table, index.name or fact.table.name)}
        return
    wrong = list(index_columns(state, table, index)) if state.dialect.family == "postgres" else []
    if wrong:
        yield from wrong  # PostgreSQL looks at the columns first, whether the name is taken or not
        if index.name is not None and state.relation(TableName(fact.table.schema, index.name)) is not None:
            return
    elif index.name is not None and (taken := _other_relation(state, fact, index.name)) is not None:
        # SQLite minds a table of that name even with IF NOT EXISTS.
        if not fact.if_not_exists or state.dialect.family == "sqlite":
            yield Trouble(Refusal.INDEX_EXISTS, fact.span, fact.table, index.name, index=index, taken=taken)
        return
    known = state.find_key(fact.table, index.name) if index.name is not None else None
    if fact.replaces and index.name is not None:
        if known is None and not (table.incomplete or state.opaque):
            yield Trouble(Refusal.OBJECT_MISSING, fact.span, fact.table, index.name, existing=table)
        if known is not None and not isinstance(known[1], Index):
            return  # the index of a key, which stays what it is
        table = replace(table, indexes=tuple(one for one in table.indexes if one.name != index.name))
        known = None
    if known is not None and (fact.if_not_exists or not serves(state, index, known[1])):
        if not fact.if_not_exists:
            yield Trouble(
                Refusal.INDEX_EXISTS,
                fact.span,
                fact.table,
                index.name,
                existing=known[0],
                index=index,
                taken=known[1].span,
            )
        return
    if state.dialect.family != "postgres":
        yield from index_columns(state, table, index)
    else:
        yield from pgchanges.index_refused(state, table, fact)
    yield from unsized(state, table, index, fact.span)
    for trouble in second_cluster(state, table, index, fact.span, fact.guard is not None):
        index = replace(index, clustered=False)
        yield trouble
    yield from mysqlchanges.index_refused(state, table, index)
    others = [one for one in table.indexes if not one.implied or not serves(state, index, one)]
    changed = replace(table, indexes=(*others, index), history=(*table.history, fact.statement))
    changed = changed if index.name is not None else name_all(state, changed)
    yield from (clashes := list(names_shared(state, changed, fact.span)))
    if not clashes:
        state.put(with_key_indexes(state, changed))


def _other_relation(state: State, fact: CreateIndex, name: Name) -> Span | None:
    """The table, view or sequence that has the name of an index already, where they share one namespace."""
    if state.dialect.index_scope == "table":
        return None
    relation = TableName(fact.table.schema, name)
    known = state.tables.get(relation)
    if known is not None:
        return known.span
    if (viewed := state.view_with(relation)) is not None:
        return viewed[1].span
    sequence = None if state.hidden else state.things.get((ObjectKind.SEQUENCE, relation, None))
    return sequence.span if sequence is not None else state.view(relation)


def index_columns(state: State, table: Table, index: Index) -> Troubles:
    wanted = [(part.column, part.span) for part in index.parts if part.column is not None]
    for part in index.parts:
        wanted += part.mentions
    wanted += [*index.include, *index.where_mentions]
    yield from missing_columns(state, Refusal.INDEX_COLUMN_MISSING, table, wanted, index.name, index)


def held(state: State, fact: DropIndex | RenameIndex | AlterIndex) -> tuple[Table, Key] | None:
    """The table and the key of that name."""
    if fact.table is not None and state.dialect.index_scope == "table" and fact.table not in state.tables:
        return None
    return state.find_key(fact.table or fact.name, fact.name.name)


def drop_index(state: State, fact: DropIndex, source: str) -> Troubles:
    found = held(state, fact)
    if found is None and (viewed := state.view_with(fact.name)) is not None:
        drop_of_view(state, fact, viewed[0])
        return
    if found is None:
        if fact.table is not None and fact.table not in state.tables:
            if not fact.if_exists or state.dialect.family == "mysql":
                yield from missing_table(state, fact.table, fact.span)
        elif not fact.if_exists and all_known(state, fact.table, fact.name):
            yield from missing_key(state, fact.table, fact.name.name, fact.span)
        return
    table, key = found
    if state.dialect.family in ("postgres", "tsql") and not isinstance(key, Index):
        # Not even with CASCADE: the constraint has to be dropped (SQL Server: error 3723).
        if not table.incomplete and not state.opaque:
            yield Trouble(Refusal.DEPENDED_ON, fact.span, table.name, fact.name.name, existing=table, taken=key.span)
    elif isinstance(key, Index) and (refused := list(drop_refused(state, table, key, fact))):
        yield from refused
    elif fact.cascade and state.dialect.family == "postgres":
        without_keys(state, [(o, one) for o, one in relying(state, table, key) if o.name != table.name])
    else:
        yield from key_needed(state, table, key, fact.span)
    changed = without_key(table, key.name, fact.statement)
    if state.dialect.family == "sqlite":  # a constraint may have the same name there
        changed = replace(changed, primary_key=table.primary_key, uniques=table.uniques)
    state.put(changed)


def without_key(table: Table, name: Name | None, statement: Span) -> Table:
    return replace(
        table,
        primary_key=None if table.primary_key and table.primary_key.name == name else table.primary_key,
        uniques=tuple(key for key in table.uniques if key.name != name),
        indexes=tuple(index for index in table.indexes if index.name != name),
        history=(*table.history, statement),
    )


def all_known(state: State, table: TableName | None, name: TableName) -> bool:
    """Whether every index or constraint that could bear that name has been read: then a missing one is certainly missing."""
    if state.opaque or not state.closed:
        return False
    if any(name.name.key.startswith(one.name.key) for one in state.besides):
        return (
            False  # it may be on a view, or on a table that something else made; one without a name begins with theirs
        )
    if table is not None:
        return table in state.tables and not state.tables[table].incomplete
    return not any(known.incomplete for known in state.tables.values())


def rename_key(state: State, fact: RenameIndex, source: str) -> Troubles:
    found = held(state, fact)
    if found is None and (viewed := state.view_with(fact.name)) is not None:
        yield from rename_of_view(state, fact, viewed[0])
        return
    if found is None:
        if state.dialect.family == "mysql" and fact.table is not None and fact.table not in state.tables:
            yield from missing_table(state, fact.table, fact.span)
            return
        if not fact.if_exists and all_known(state, fact.table, fact.name):
            yield Trouble(Refusal.OBJECT_MISSING, fact.span, fact.table, fact.name.name)
        return
    table, key = found
    taken = state.relation(TableName(table.name.schema, fact.new)) if state.dialect.index_scope == "schema" else None
    if taken is None and state.dialect.family in ("mysql", "tsql") and fact.new != key.name:
        rival = state.find_key(table.name, fact.new)
        taken = rival[1].span if rival else None
    if taken is None and state.dialect.family == "postgres" and not isinstance(key, Index):
        # A constraint is renamed with its index, among the constraints of its table.
        rivals: tuple[ForeignKey | Check, ...] = (*table.foreign_keys, *table.checks)
        beside = next((one for one in rivals if one.name == fact.new), None)
        if beside is not None and not table.incomplete:
            yield Trouble(Refusal.CONSTRAINT_EXISTS, fact.span, table.name, fact.new, existing=table, taken=beside.span)
            return
    if taken is not None and not table.incomplete:
        yield Trouble(Refusal.INDEX_EXISTS, fact.span, table.name, fact.new, existing=table, taken=taken)
        return
    state.put(with_new_key_name(table, key.name, fact.new, fact.statement))


def rename_index_column(state: State, table: Table, key: Key, fact: RenameColumn) -> Troubles:
    """PostgreSQL: ALTER TABLE … RENAME COLUMN of an index, whose columns have names of their own: those that the table's had when
    it was made. Nothing else asks for them."""
    if state.opaque or table.incomplete:
        return
    key = next(
        one for one in keys(table) if one.name == key.name
    )  # as it is now: `find_key` may give an equal one of before
    known = () if isinstance(key, PrimaryKey) else labels_of(key)
    if fact.new == fact.column or fact.new in known:
        yield Trouble(Refusal.COLUMN_EXISTS, fact.new_span, fact.table, fact.new, existing=table, taken=key.span)
    elif known and None not in known and fact.column not in known:
        yield Trouble(Refusal.COLUMN_MISSING, fact.span, fact.table, fact.column, existing=table)
    elif not isinstance(key, PrimaryKey):
        state.put(label_renamed(table, key, fact.column, fact.new))


def with_new_key_name(table: Table, old: Name | None, new: Name, statement: Span) -> Table:
    """The table with an index renamed. A foreign key or check that is called so, too, keeps its name: asked MariaDB 10.11."""
    renamed = with_new_name(table, old, new, statement)
    return replace(renamed, foreign_keys=table.foreign_keys, checks=table.checks)


def with_new_name(table: Table, old: Name | None, new: Name, statement: Span) -> Table:
    def renamed(thing: Any) -> Any:
        return replace(thing, name=new) if thing is not None and thing.name == old else thing

    return replace(
        table,
        primary_key=renamed(table.primary_key),
        uniques=tuple(map(renamed, table.uniques)),
        indexes=tuple(map(renamed, table.indexes)),
        foreign_keys=tuple(map(renamed, table.foreign_keys)),
        checks=tuple(map(renamed, table.checks)),
        exclusions=tuple(map(renamed, table.exclusions)),
        history=(*table.history, statement),
    )


def differs(one: Index, other: Index) -> bool:
    """Whether two indexes of one name certainly are not the same: in uniqueness, or in their plain columns."""
    if one.unique != other.unique:
        return True
    return one.columns is not None and other.columns is not None and one.columns != other.columns
