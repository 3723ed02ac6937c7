"""Keys, checks and references: what the server does with each fact, or why it refuses."""

from __future__ import annotations

from schemalint.model.catalog import Refusal
from schemalint.model.facts import AddConstraint, DropConstraint, NeedConstraint, RenameConstraint, Servers
from schemalint.model.names import Name, TableName
from schemalint.model.quick import replace
from schemalint.model.schema import Check, Exclusion, ForeignKey, Index, PrimaryKey, Table, UniqueConstraint
from schemalint.model.span import Span
from schemalint.replay.depends import key_needed, relying, without_keys
from schemalint.replay.held import unnamed_default, without_default
from schemalint.replay.indexes import with_new_name, without_key
from schemalint.replay.keyindexes import names_shared, with_key_indexes
from schemalint.replay.mysqlchanges import keys_of_partitioned
from schemalint.replay.names import name_all
from schemalint.replay.pgchanges import constraint_refused
from schemalint.replay.readers import grouping, without_views
from schemalint.replay.remarks import with_remark
from schemalint.replay.sqlserver import nullable_key, object_named
from schemalint.replay.state import State
from schemalint.replay.trouble import (
    Trouble,
    Troubles,
    altered_unread,
    missing_columns,
    missing_key,
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
    if name is not None and fact.using_index != name and (taken := _holder(state, table, key)) is not None:
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
    changed = name_all(state, changed)
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
            taken = table.span if own else rival or _holder(state, table, key)
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


def _holder(state: State, table: Table, key: Constraint) -> Span | None:
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
        yield from key_needed(state, table, table.primary_key, fact.span)
        state.put(replace(table, primary_key=None, history=(*table.history, fact.statement)))
        return
    if without_default(state, table, fact):
        return
    name = _called(state, table, name)
    freed = _freed(state, table, name, fact)
    if freed is not None:
        state.put(replace(freed, history=(*table.history, fact.statement)))
        return
    if fact.kind == "foreign key" and not any(key.name == name for key in table.foreign_keys):
        if not fact.if_exists and not table.incomplete:
            yield from missing_key(state, fact.table, name, fact.span, table)
        return
    if fact.kind == "check" and state.dialect.family == "mysql" and not any(one.name == name for one in table.checks):
        if not fact.if_exists and not table.incomplete:
            yield from missing_key(state, fact.table, name, fact.span, table)
        return
    changed = without_key(table, name, fact.statement)
    if state.dialect.family in ("postgres", "mysql", "tsql"):
        # An index is no constraint, though MySQL's unique ones are.
        unique = state.dialect.family == "mysql"
        changed = replace(
            changed, indexes=tuple(one for one in table.indexes if one.name != name or not (unique and one.unique))
        )
    dropped: Constraint | Index | None = next((key for key in constraints_of(table) if key.name == name), None)
    if dropped is None and state.dialect.family == "mysql":
        dropped = next((index for index in table.indexes if index.name == name and index.unique), None)
    if isinstance(dropped, PrimaryKey | UniqueConstraint | Index):
        if fact.cascade and state.dialect.family == "postgres":
            for view in grouping(state, table.name) if dropped is table.primary_key else ():
                state.views.pop(view.name, None)
                without_views(state, view.name)
            without_keys(state, [(o, key) for o, key in relying(state, table, dropped) if o.name != table.name])
        else:
            yield from key_needed(state, table, dropped, fact.span)
    changed = replace(
        changed,
        foreign_keys=tuple(key for key in table.foreign_keys if key.name != name),
        checks=tuple(check for check in table.checks if check.name != name),
        exclusions=tuple(key for key in table.exclusions if key.name != name),
    )
    if _named_so(state, table, name):
        changed = _not_required(table, name, fact.statement)
    if replace(changed, history=table.history) == table and _may_be_meant(state, table, fact):
        state.put(replace(table, incomplete=(*table.incomplete, fact.span)))
        return
    if replace(changed, history=table.history) == table:
        # PostgreSQL 18 names NOT NULL constraints too.
        known = state.dialect.family in ("postgres", "mysql", "tsql") and not _required_by(state, table, name)
        # An index has the name: no key of the table can, whatever else was done to it.
        plain = state.dialect.family == "postgres" and any(index.name == name for index in table.indexes)
        if known and not fact.if_exists and (plain or not table.incomplete):
            yield from missing_key(state, fact.table, name, fact.span, None if table.incomplete else table)
        return
    state.put(changed)


def _freed(state: State, table: Table, name: Name, fact: DropConstraint) -> Table | None:
    """The table after a key of this kind was dropped that may be called so: one to which a server gives its name, and which
    server is not known. Which of several foreign keys it was is not known either."""
    if state.dialect.family in ("postgres", "mysql", "sqlite") or any(
        key.name == name for key in constraints_of(table)
    ):
        return None
    if fact.kind == "primary key" and table.primary_key is not None and table.primary_key.name is None:
        return replace(table, primary_key=None)
    named = tuple(key for key in table.foreign_keys if key.name is not None)
    if fact.kind == "foreign key" and len(named) < len(table.foreign_keys):
        return replace(table, foreign_keys=named, incomplete=(*table.incomplete, fact.span))
    return None


def _may_be_called(state: State, table: Table) -> bool:
    """Whether a server that is not known may have given a constraint of the table any name."""
    return state.dialect.family == "generic" and any(key.name is None for key in constraints_of(table))


def _may_be_meant(state: State, table: Table, fact: DropConstraint) -> bool:
    """SQL Server: whether the constraint may be one without a name, to which the server gives one that nobody can tell, defaults
    among them."""
    if state.dialect.family != "tsql":
        return False
    return any(key.name is None for key in constraints_of(table)) or any(map(unnamed_default, table.columns.values()))


def _not_required(table: Table, name: Name, statement: Span) -> Table:
    """The table without the NOT NULL of that name, which PostgreSQL keeps since 18, and for domains since 17."""
    keyed = table.primary_key.columns if table.primary_key else ()
    columns = {
        one: replace(column, not_null=None, nullable=one not in keyed) if column.not_null == name else column
        for one, column in table.columns.items()
    }
    return replace(table, columns=columns, history=(*table.history, statement))


def _called(state: State, table: Table, name: Name) -> Name:
    """The name of the constraint that is meant: a server for MySQL may be a MariaDB, which calls a foreign key as MySQL calls
    its index."""
    if state.dialect.name != "mysql" or (state.server is not None and state.server.certain_family):
        return name
    if any(one.name == name for one in (*constraints_of(table), *table.indexes) if not getattr(one, "implied", False)):
        return name
    return next((key.name for key in table.foreign_keys if key.index_name == name and key.name is not None), name)


def _required_by(state: State, table: Table, name: Name) -> bool:
    """Whether a NOT NULL may be called so: PostgreSQL 18 names them, by itself after the column."""
    return state.dialect.names_not_null and ("_not_null" in name.key or _named_so(state, table, name))


def _named_so(state: State, table: Table, name: Name) -> bool:
    """Whether a NOT NULL has this name for certain, unless the server is too old to keep it."""
    return state.dialect.names_not_null and any(column.not_null == name for column in table.columns.values())


def _inherited(table: Table, check: Check) -> bool:
    return any(one.name == check.name and one.expr == check.expr for one in table.checks)


def need_constraint(state: State, fact: NeedConstraint, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        if not fact.table_if_exists:
            yield from missing_table(state, fact.table, fact.span)
    elif fact.comment is not None and any(key.name == fact.name for key in constraints_of(table)):
        state.put(with_remark(table, fact.name, fact.comment))
    elif any(key.name == fact.name for key in constraints_of(table) if isinstance(key, ForeignKey | Check)):
        state.put(_as_said(table, fact))
    elif (
        state.dialect.family == "postgres"
        and not table.incomplete
        and not _required_by(state, table, fact.name)
        and not any(key.name == fact.name for key in constraints_of(table))
    ):
        yield Trouble(Refusal.OBJECT_MISSING, fact.span, fact.table, fact.name, existing=table)


def _as_said(table: Table, fact: NeedConstraint) -> Table:
    """The table with a foreign key or a check of that name as VALIDATE or ALTER CONSTRAINT says."""

    def checked(key: Check) -> Check:
        return replace(key, validated=valid(key), enforced=enforced(key)) if key.name == fact.name else key

    def enforced(key: ForeignKey | Check) -> bool:
        return key.enforced if fact.enforced is None else fact.enforced

    def valid(key: ForeignKey | Check) -> bool:
        return key.validated or bool(fact.validated)

    def foreign(key: ForeignKey) -> ForeignKey:
        if key.name != fact.name:
            return key
        deferrable = key.deferrable if fact.deferrable is None else fact.deferrable
        deferred = key.deferred if fact.deferred is None else fact.deferred
        return replace(key, validated=valid(key), deferrable=deferrable, deferred=deferred, enforced=enforced(key))

    return replace(
        table,
        foreign_keys=tuple(map(foreign, table.foreign_keys)),
        checks=tuple(map(checked, table.checks)),
    )


def rename_constraint(state: State, fact: RenameConstraint, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        if not fact.table_if_exists:
            yield from missing_table(state, fact.table, fact.span)
        return
    renamed = next((thing for thing in constraints_of(table) if thing.name == fact.name), None)
    if renamed is None and _named_so(state, table, fact.name):
        columns = {
            one: replace(column, not_null=fact.new) if column.not_null == fact.name else column
            for one, column in table.columns.items()
        }
        state.put(replace(table, columns=columns, history=(*table.history, fact.statement)))
        return
    if renamed is None:
        if not (table.incomplete or _required_by(state, table, fact.name) or _may_be_called(state, table)):
            yield Trouble(Refusal.OBJECT_MISSING, fact.span, fact.table, fact.name, existing=table)
        return
    if (taken := _holder(state, table, replace(renamed, name=fact.new))) is not None and not table.incomplete:
        yield Trouble(Refusal.CONSTRAINT_EXISTS, fact.span, fact.table, fact.new, existing=table, taken=taken)
        return
    state.put(with_new_name(table, fact.name, fact.new, fact.statement))
