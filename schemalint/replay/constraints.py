"""Keys, checks and references: what the server does with each fact, or why it refuses."""

from __future__ import annotations

from schemalint.model.catalog import Refusal
from schemalint.model.facts import AddConstraint, Servers
from schemalint.model.frozen import replace
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Check, Exclusion, ForeignKey, PrimaryKey, Table, UniqueConstraint
from schemalint.model.span import Span
from schemalint.replay.clusters import second_cluster, settled
from schemalint.replay.keyindexes import names_shared, with_key_indexes
from schemalint.replay.mysqlchanges import keys_of_partitioned
from schemalint.replay.names import name_all
from schemalint.replay.pgchanges import constraint_refused
from schemalint.replay.sqlserver import nullable_key, object_named
from schemalint.replay.state import State
from schemalint.replay.trouble import (
    Trouble,
    Troubles,
    altered_unread,
    missing_columns,
    missing_table,
    no_table,
)
from schemalint.replay.unsized import unsized


def add_constraint(state: State, fact: AddConstraint, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        if not fact.table_if_exists:
            yield from missing_table(state, fact.table, fact.span)
        return
    key = fact.constraint
    name = key.name
    if table.parents and isinstance(key, Check) and _inherited(table, key):
        return  # it is one with what came from the parent
    if name is not None and fact.using_index != name and (taken := holder(state, table, key)) is not None:
        if not fact.if_not_exists:
            yield Trouble(Refusal.CONSTRAINT_EXISTS, fact.span, fact.table, name, existing=table, taken=taken)
        return
    yield from constraint_columns(state, table, key)
    yield from constraint_refused(state, table, fact)
    if isinstance(key, PrimaryKey) and table.primary_key is not None:
        if not table.incomplete and state.dialect.family in ("postgres", "mysql", "tsql"):
            taken = table.primary_key.span
            yield Trouble(Refusal.PRIMARY_KEY_EXISTS, fact.span, fact.table, name, existing=table, taken=taken)
        return
    if not isinstance(key, Check):
        yield from unsized(state, table, key, fact.span)
    yield from nullable_key(state, table, fact)
    for trouble in second_cluster(state, table, key, fact.span, fact.guard is not None):
        key = replace(key, clustered=False)
        yield trouble
    history = (*table.history, fact.statement)
    if fact.using_index is not None:
        # The index becomes the constraint and takes its name.
        backing = next((index for index in table.indexes if index.name == fact.using_index), None)
        indexes = tuple(index for index in table.indexes if index is not backing)
        table = replace(table, indexes=indexes, remade=True)
        columns = backing.columns if backing else None
        if columns and isinstance(key, PrimaryKey | UniqueConstraint):
            name = key.name or fact.using_index
            key = replace(key, columns=columns, name=name, settings=backing.settings if backing else ())
            if isinstance(key, UniqueConstraint) and backing:
                key = replace(key, labels=backing.labels)
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
            changed = replace(
                table,
                foreign_keys=(*table.foreign_keys, key),
                # MySQL: of two indexes that it made for keys on the same columns the last one stays
                indexes=tuple(one for one in table.indexes if not (one.implied and one.columns == key.columns)),
                history=history,
            )
        case Check():
            changed = replace(table, checks=(*table.checks, key), history=history)
        case Exclusion():
            changed = replace(table, exclusions=(*table.exclusions, key), history=history)
    changed = settled(state, name_all(state, changed))
    yield from (clashes := list(names_shared(state, changed, fact.span)))
    if not clashes:
        state.put(with_key_indexes(state, changed))


def merged(
    state: State, primary: PrimaryKey | None, uniques: tuple[UniqueConstraint, ...]
) -> tuple[PrimaryKey | None, tuple[UniqueConstraint, ...]]:
    """The keys that one statement makes. PostgreSQL makes one of those that say the same, called as the first one that has
    a name (`transformIndexConstraints`)."""
    if state.dialect.family != "postgres":
        return primary, uniques
    kept: list[UniqueConstraint] = []
    for key in uniques:
        same = next((at for at, other in enumerate(kept) if _says(other) == _says(key)), None)
        if primary is not None and _says(primary) == _says(key):
            primary = replace(primary, name=primary.name or key.name)
        elif same is not None:
            kept[same] = replace(kept[same], name=kept[same].name or key.name)
        else:
            kept.append(key)
    return primary, tuple(kept)


def _says(key: PrimaryKey | UniqueConstraint) -> tuple[object, ...]:
    return key.columns, key.include, key.deferrable, isinstance(key, PrimaryKey) or key.nulls_distinct


def names_free(state: State, table: Table, added: tuple[Constraint, ...]) -> Troubles:
    """The names of constraints that come with a table or a column."""
    before: list[Constraint] = []
    for key in added:
        if key.name is not None:
            own = key.name == table.name.name and _is_key(key) and state.dialect.family == "postgres"
            rival = next((one.span for one in before if one.name == key.name and _rivals(state, one, key)), None)
            taken = table.span if own else rival or holder(state, table, key)
            if taken is not None:
                yield Trouble(Refusal.CONSTRAINT_EXISTS, key.span, table.name, key.name, existing=table, taken=taken)
        before.append(key)


def _is_key(key: Constraint) -> bool:
    return isinstance(key, PrimaryKey | UniqueConstraint | Exclusion)


def _rivals(state: State, one: Constraint, other: Constraint) -> bool:
    """Whether two constraints of one table may not have the same name."""
    if state.dialect.family in ("postgres", "tsql"):
        return True
    if state.dialect.family != "mysql" or isinstance(one, PrimaryKey) or isinstance(other, PrimaryKey):
        return False
    return type(one) is type(other)


def holder(state: State, table: Table, key: Constraint) -> Span | None:
    """What holds the name of a new constraint already, where the server minds. PostgreSQL keeps constraint names apart per
    table, and those of keys unique in the schema as their indexes are; MySQL keeps keys, foreign keys and checks apart."""
    if key.name is None or (state.dialect.family == "mysql" and isinstance(key, PrimaryKey)):
        return None
    if table.incomplete and altered_unread(table):
        return None
    held = state.find_key(table.name, key.name) if _is_key(key) and state.dialect.unique_is_index else None
    if held is not None:
        return held[1].span
    if state.dialect.family == "postgres" and _is_key(key):
        # Their indexes are relations, as tables and views are.
        taken = state.relation(TableName(table.name.schema, key.name))
        if taken is not None:
            return taken
    if state.dialect.family == "tsql" and (named := object_named(state, TableName(table.name.schema, key.name))):
        return named  # constraints are objects of the schema, as tables are
    rivals = tuple(rival for rival in constraints_of(table) if _rivals(state, rival, key))
    if state.dialect.name == "mariadb" and isinstance(key, ForeignKey | Check):
        rivals = (*table.foreign_keys, *table.checks)
    if isinstance(key, ForeignKey) and state.dialect.family == "mysql" and not state.opaque:
        # InnoDB keeps the names of foreign keys apart per database.
        others = (state.tables[name] for name in state.foreign.get(key.name, ()) if name.schema == table.name.schema)
        rivals += tuple(one for t in others if not t.incomplete for one in t.foreign_keys)
    if isinstance(key, Check) and state.server is not None and state.server.is_one_of(_CHECKS) and not state.opaque:
        others = (state.tables[name] for name in state.foreign.get(key.name, ()) if name.schema == table.name.schema)
        rivals += tuple(one for t in others if not t.incomplete for one in t.checks)
    return next((rival.span for rival in rivals if rival.name == key.name), None)


_CHECKS = (Servers("mysql", (8, 0, 16)),)
"""What keeps the names of checks apart per database (MySQL 8.0 Reference Manual, "CHECK Constraints"); older ones forget
checks."""
Constraint = PrimaryKey | UniqueConstraint | ForeignKey | Check | Exclusion


def constraints_of(table: Table) -> tuple[Constraint, ...]:
    """Every constraint of a table."""
    primary = (table.primary_key,) if table.primary_key else ()
    return (*primary, *table.uniques, *table.exclusions, *table.foreign_keys, *table.checks)


def constraint_columns(state: State, table: Table, key: Constraint) -> Troubles:
    wanted: list[tuple[Name, Span]]
    if isinstance(key, Check):
        wanted = list(key.mentions)
    elif isinstance(key, Exclusion):
        wanted = [(part.column, part.span) for part in key.parts if part.column is not None]
        wanted += [mention for part in key.parts for mention in part.mentions]
        wanted += key.where_mentions
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
        yield from no_table(state, key.ref_table, span)
        if state.absent(key.ref_table):
            yield Trouble(Refusal.KEY_TABLE_MISSING, span, key.ref_table, key.ref_table.name, existing=table)
        return
    if table.partitioned or target.partitioned:
        yield from keys_of_partitioned(state, table, target, span)
    missing = tuple(column for column in key.ref_columns if state.lacks(target, column))
    if missing:
        yield Trouble(Refusal.KEY_COLUMN_MISSING, span, target.name, missing[0], missing, existing=target)


def _inherited(table: Table, check: Check) -> bool:
    return any(one.name == check.name and one.expr == check.expr for one in table.checks)
