"""DROP, RENAME, ALTER and VALIDATE CONSTRAINT: of constraints that are there."""

from __future__ import annotations

from schemalint.model.catalog import Refusal
from schemalint.model.facts import DropConstraint, NeedConstraint, RenameConstraint
from schemalint.model.frozen import replace
from schemalint.model.names import Name
from schemalint.model.schema import Check, ForeignKey, Index, PrimaryKey, Table, UniqueConstraint
from schemalint.model.span import Span
from schemalint.replay.constraints import Constraint, constraints_of, holder
from schemalint.replay.depends import key_needed, relying, without_keys
from schemalint.replay.held import unnamed_default, without_default
from schemalint.replay.indexes import with_new_name, without_key
from schemalint.replay.readers import grouping, without_views
from schemalint.replay.remarks import with_remark
from schemalint.replay.state import State
from schemalint.replay.triggers import without_view
from schemalint.replay.trouble import (
    Trouble,
    Troubles,
    missing_key,
    missing_table,
)


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
                without_view(state, view.name)
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
    if (taken := holder(state, table, replace(renamed, name=fact.new))) is not None and not table.incomplete:
        yield Trouble(Refusal.CONSTRAINT_EXISTS, fact.span, fact.table, fact.new, existing=table, taken=taken)
        return
    state.put(with_new_name(table, fact.name, fact.new, fact.statement))
