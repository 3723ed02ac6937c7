"""Keys, checks and references: what the server does with each fact, or why it refuses."""

from __future__ import annotations

from dataclasses import replace

from schemalint.model.catalog import Refusal
from schemalint.model.facts import AddConstraint, DropConstraint, RenameConstraint
from schemalint.model.names import Name
from schemalint.model.schema import Check, ForeignKey, PrimaryKey, Table, UniqueConstraint
from schemalint.model.span import Span
from schemalint.replay.indexes import with_new_name, without_key
from schemalint.replay.names import name_all
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles, missing_columns, missing_table


def add_constraint(state: State, fact: AddConstraint, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        if not fact.table_if_exists:
            yield from missing_table(state, fact.table, fact.span)
        return
    key = fact.constraint
    name = key.name
    if name is not None and fact.using_index != name and (taken := _holder(state, table, key)) is not None:
        if not fact.if_not_exists:
            yield Trouble(Refusal.CONSTRAINT_EXISTS, fact.span, fact.table, name, existing=table, taken=taken)
        return
    yield from constraint_columns(state, table, key)
    history = (*table.history, fact.statement)
    if fact.using_index is not None:
        # The index becomes the constraint and takes its name.
        backing = next((index for index in table.indexes if index.name == fact.using_index), None)
        table = replace(table, indexes=tuple(index for index in table.indexes if index is not backing))
        columns = backing.columns if backing else None
        if columns and isinstance(key, PrimaryKey | UniqueConstraint):
            key = replace(key, columns=columns, name=key.name or fact.using_index)
    match key:
        case PrimaryKey():
            columns_now = {
                name: replace(column, nullable=False) if name in key.columns else column
                for name, column in table.columns.items()
            }
            changed = replace(table, primary_key=key, columns=columns_now, history=history)
        case UniqueConstraint():
            changed = replace(table, uniques=(*table.uniques, key), history=history)
        case ForeignKey():
            yield from target(state, table, key)
            changed = replace(table, foreign_keys=(*table.foreign_keys, key), history=history)
        case Check():
            changed = replace(table, checks=(*table.checks, key), history=history)
    state.put(name_all(state, changed))


def _holder(state: State, table: Table, key: PrimaryKey | UniqueConstraint | ForeignKey | Check) -> Span | None:
    """What holds the name of a new constraint already, where the server minds. PostgreSQL keeps constraint names apart per
    table, and those of keys unique in the schema as their indexes are; MySQL keeps keys, foreign keys and checks apart."""
    held = state.find_key(table.name, key.name) if key.name and not isinstance(key, ForeignKey | Check) else None
    if held is not None:
        return held[1].span
    rivals: tuple[PrimaryKey | UniqueConstraint | ForeignKey | Check, ...] = ()
    if state.dialect.family == "postgres":
        rivals = constraints_of(table)
    elif state.dialect.family == "mysql":
        rivals = tuple(rival for rival in (*table.foreign_keys, *table.checks) if type(rival) is type(key))
    return next((rival.span for rival in rivals if rival.name == key.name), None)


def constraints_of(table: Table) -> tuple[PrimaryKey | UniqueConstraint | ForeignKey | Check, ...]:
    """Every constraint of a table."""
    primary = (table.primary_key,) if table.primary_key else ()
    return (*primary, *table.uniques, *table.foreign_keys, *table.checks)


def constraint_columns(state: State, table: Table, key: PrimaryKey | UniqueConstraint | ForeignKey | Check) -> Troubles:
    wanted: list[tuple[Name, Span]]
    if isinstance(key, Check):
        wanted = list(key.mentions)
    else:
        spans = key.column_spans if isinstance(key, UniqueConstraint) else ()
        wanted = [(c, spans[i] if i < len(spans) else key.span) for i, c in enumerate(key.columns)]
    refusal = Refusal.KEY_COLUMN_MISSING if isinstance(key, ForeignKey) else Refusal.CONSTRAINT_COLUMN_MISSING
    yield from missing_columns(state, refusal, table, wanted, key.name)


def target(state: State, table: Table, key: ForeignKey) -> Troubles:
    """Whether what a foreign key points at is there. SQLite looks only when rows are written."""
    if state.dialect.family in ("sqlite", "generic") or not state.key_checks:
        return
    span = key.ref_span or key.span
    target = table if key.ref_table == table.name else state.tables.get(key.ref_table)
    if target is None:
        if state.absent(key.ref_table):
            yield Trouble(Refusal.KEY_TABLE_MISSING, span, key.ref_table, key.ref_table.name, existing=table)
        return
    missing = tuple(column for column in key.ref_columns if state.lacks(target, column))
    if missing:
        yield Trouble(Refusal.KEY_COLUMN_MISSING, span, target.name, missing[0], missing, existing=target)


def drop_constraint(state: State, fact: DropConstraint, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        if not fact.table_if_exists:
            yield from missing_table(state, fact.table, fact.span)
        return
    name = fact.name
    if name is None:
        if table.primary_key is None:
            if not table.incomplete:
                yield Trouble(Refusal.OBJECT_MISSING, fact.span, fact.table, existing=table)
            return
        state.put(replace(table, primary_key=None, history=(*table.history, fact.statement)))
        return
    changed = without_key(table, name, fact.statement)
    changed = replace(
        changed,
        foreign_keys=tuple(key for key in table.foreign_keys if key.name != name),
        checks=tuple(check for check in table.checks if check.name != name),
    )
    before = len(table.uniques) + len(table.indexes) + len(table.foreign_keys) + len(table.checks)
    after = len(changed.uniques) + len(changed.indexes) + len(changed.foreign_keys) + len(changed.checks)
    if before == after and changed.primary_key == table.primary_key:
        # PostgreSQL 18 names NOT NULL constraints too.
        known = state.dialect.family in ("postgres", "mysql") and "_not_null" not in name.key
        if known and not fact.if_exists and not table.incomplete:
            yield Trouble(Refusal.OBJECT_MISSING, fact.span, fact.table, name, existing=table)
        return
    state.put(changed)


def rename_constraint(state: State, fact: RenameConstraint, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        if not fact.table_if_exists:
            yield from missing_table(state, fact.table, fact.span)
        return
    if not any(thing.name == fact.name for thing in (*constraints_of(table), *table.indexes)):
        if not table.incomplete:
            yield Trouble(Refusal.OBJECT_MISSING, fact.span, fact.table, fact.name, existing=table)
        return
    state.put(with_new_name(table, fact.name, fact.new, fact.statement))
