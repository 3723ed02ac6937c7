"""What needs a table, a column, a key or a type, so that a server refuses to drop it or, with CASCADE, drops it as well.

Only what certainly stands in the way counts: not what belongs to a table that is not wholly known, nor a key that another
one could stand in for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemalint.model.catalog import Refusal
from schemalint.model.facts import (
    AddConstraint,
    AlterColumn,
    CreateIndex,
    DropColumn,
    DropConstraint,
    DropTable,
    Servers,
)
from schemalint.model.frozen import replace
from schemalint.model.names import Name, TableName
from schemalint.model.objects import Write
from schemalint.model.schema import Column, Exclusion, ForeignKey, Index, OtherType, PrimaryKey, Table
from schemalint.model.span import Span
from schemalint.replay.keyindexes import leading
from schemalint.replay.partitions import partition_columns
from schemalint.replay.parts import Key, keys
from schemalint.replay.readers import grouping, views_on
from schemalint.replay.respelled import respelled_text
from schemalint.replay.sequences import drawing
from schemalint.replay.state import State
from schemalint.replay.triggercolumns import triggers_on
from schemalint.replay.trouble import Trouble, Troubles
from schemalint.sql import mentioning


def pointing(state: State, table: Table) -> Iterator[tuple[Table, ForeignKey]]:
    """Every foreign key that points at a table, its own among them."""
    yield from state.referencing(table.name)
    for key in table.foreign_keys:
        if key.ref_table == table.name:
            yield table, key


def referred(key: ForeignKey, table: Table) -> tuple[Name, ...]:
    """The columns of the table that a foreign key points at."""
    return key.ref_columns or (table.primary_key.columns if table.primary_key else ())


def resting_on(key: ForeignKey, table: Table) -> tuple[Name, ...]:
    """The columns of the table without which a foreign key is gone: those that it points at, and those that the index of
    postgres carries along beside them (INCLUDE)."""
    columns = referred(key, table)
    primary = (table.primary_key,) if table.primary_key is not None else ()
    carried = (one.include for one in (*primary, *table.uniques) if one.include and set(one.columns) == set(columns))
    return (*columns, *(name for include in carried for name in include))


def refused(owner: Table | None, fact_span: Span, table: TableName, name: Name | None, by: Span) -> Troubles:
    """The refusal, unless the table whose part stands in the way may have lost it."""
    if owner is None or not owner.incomplete:
        yield Trouble(Refusal.DEPENDED_ON, fact_span, table, name, existing=owner, taken=by)


def table_needed(state: State, table: Table, span: Span) -> Troubles:
    """Foreign keys of other tables, of those that the same statement does not drop."""
    if state.opaque or (state.dialect.family == "mysql" and not state.key_checks):
        return
    if state.dialect.family not in ("postgres", "mysql", "tsql"):
        return
    yield from views_on(state, table.name, None, span)
    for child in state.children(table.name):
        if not child.partition and not child.incomplete:
            yield from refused(child, span, table.name, table.name.name, child.span)
            return
    with_it = {fact.table for fact in state.statement if isinstance(fact, DropTable)}
    if state.dialect.family == "tsql":  # which drops them one by one: those that refer to others have to come first
        with_it = set()
    for owner, column in drawing(state, table, None):
        if owner.name not in with_it and not owner.incomplete:
            yield from refused(owner, span, table.name, table.name.name, column.span)
            return
    for owner, key in state.referencing(table.name):
        if owner.name not in with_it and not owner.incomplete:
            yield from refused(owner, span, table.name, table.name.name, key.span)
            return


def emptied(state: State, table: Table, span: Span) -> Troubles:
    """TRUNCATE, which looks at no row: no other table may refer to this one, even where nothing does so (asked: PostgreSQL 18,
    MySQL 5.6 and 9.7, MariaDB 10.11; SQL Server's error 4712). PostgreSQL takes it where the same statement empties that
    table too."""
    family = state.dialect.family
    if state.opaque or family not in ("postgres", "mysql", "tsql") or (family == "mysql" and not state.key_checks):
        return
    with_it = {fact.table for fact in state.statement if isinstance(fact, Write)} if family == "postgres" else set()
    for owner, key in state.referencing(table.name):
        if owner.name not in with_it and not owner.incomplete:
            yield from refused(owner, span, table.name, table.name.name, key.span)
            return


def computed_from(state: State, table: Table, column: Name) -> Iterator[Column]:
    """The generated columns that are computed from a column, but for those that the same statement drops or redefines."""
    changed = {fact.column for fact in state.statement if isinstance(fact, DropColumn | AlterColumn)}
    for other in table.columns.values():
        if other.generated is None or other.name == column or other.name in changed:
            continue
        named = mentioning(state.dialect.name, other.generated.raw, other.span)[1]
        if any(name == column for name, _ in named):
            yield other


def goes_along(state: State) -> bool:
    """Whether a generated column goes with a column that it is computed from, without a word: PostgreSQL 12 to 14 do so, later
    ones want CASCADE (asked: 12 to 18)."""
    return state.dialect.family == "postgres" and (state.server is None or not state.server.is_one_of(_STAYS))


_STAYS = (Servers("postgres", (15,)),)


def column_needed(state: State, table: Table, column: Name, span: Span, again: bool = False) -> Troubles:
    """What a column that goes is needed for. `again`: the statement adds another of its name."""
    if state.dialect.family in ("postgres", "mysql", "sqlite") and not state.opaque and not goes_along(state):
        for computed in computed_from(state, table, column):
            yield from refused(table, span, table.name, column, computed.span)
            return
    if state.opaque or (state.dialect.family == "mysql" and not state.key_checks):
        return
    if state.dialect.family == "sqlite":
        yield from _in_own_keys(table, column, span)
        return
    if state.dialect.family not in ("postgres", "mysql"):
        return
    yield from views_on(state, table.name, column, span)
    yield from triggers_on(state, table, column, span, "dropped")
    for owner, other in drawing(state, table, column):
        if not owner.incomplete:
            yield from refused(owner, span, table.name, column, other.span)
            return
    if state.dialect.family == "mysql" and column in partition_columns(state, table):
        yield from refused(table, span, table.name, column, table.span)
        return
    if state.dialect.family == "mysql":
        for key in table.foreign_keys:
            if column in key.columns:
                yield from refused(table, span, table.name, column, key.span)
                return
    if state.dialect.name == "mariadb" and not again:
        # MySQL takes the column out of the key.
        for several in keys(table):
            unique = not isinstance(several, Index) or several.unique
            if unique and column in (several.columns or ()) and len(several.columns or ()) > 1:
                yield from refused(table, span, table.name, column, several.span)
                return
    for owner, key in pointing(state, table):
        goes = owner is table and column in key.columns  # with the column
        if not goes and column in resting_on(key, table) and not owner.incomplete:
            yield from refused(owner, span, table.name, column, key.span)
            return


_CHECKS = (Servers("mysql", (8, 0, 16)),)
"""What keeps checks at all; older ones forget them."""


def named_in_expressions(state: State, table: Table, column: Name, span: Span, renamed: bool) -> Troubles:
    """MySQL neither drops nor renames a column that a check, a generated column, a default or an index names in an expression.
    A check of this column alone goes with the column. MariaDB renames it there: nothing is said of what may be one.
    (MySQL 9.7 was asked: errors 3959, 3108, 3766, 3837.)"""
    if state.dialect.family == "tsql":
        if renamed:
            yield from _enforced(state, table, column, span)
        return
    server = state.server
    if state.dialect.name != "mysql" or server is None or not server.certain_family or state.opaque:
        return
    changed = [fact for fact in state.statement if isinstance(fact, DropColumn | AlterColumn)]
    settled = {column, *(fact.column for fact in changed)}  # by the same statement, perhaps
    for check in table.checks if server.is_one_of(_CHECKS) else ():
        named = {name for name, _ in check.mentions}
        if column in named and (renamed or not named <= settled):
            yield from refused(table, span, table.name, column, check.span)
            return
    for other in table.columns.values():
        computed = other.default is not None and other.default.raw.startswith("(")
        expression = other.generated or (other.default if computed else None)
        if expression is None or other.name in settled:
            continue
        if respelled_text(expression.raw, column, _ANOTHER, state.dialect) != expression.raw:
            yield from refused(table, span, table.name, column, other.span)
            return
    for index in table.indexes:
        if any(column == name for part in index.parts for name, _ in part.mentions):
            yield from refused(table, span, table.name, column, index.span)
            return


_ANOTHER = Name("\0", "\0")


def _enforced(state: State, table: Table, column: Name, span: Span) -> Troubles:
    """SQL Server: what sp_rename leaves a column its name for: checks, computed columns and bound views (error 15336)."""
    if state.opaque or state.models:
        return
    for check in table.checks:
        if column in {name for name, _ in check.mentions}:
            yield from refused(table, span, table.name, column, check.span)
            return
    for computed in computed_from(state, table, column):
        yield from refused(table, span, table.name, column, computed.span)
        return
    yield from views_on(state, table.name, column, span)


def type_kept(state: State, table: Table, column: Name, span: Span) -> Troubles:
    """What keeps a column from getting another type: views that read it and, in PostgreSQL, columns generated from it."""
    yield from views_on(state, table.name, column, span)
    yield from triggers_on(state, table, column, span, "changed")
    if state.dialect.family == "postgres" and not state.opaque and not state.models:
        for computed in computed_from(state, table, column):
            yield from refused(table, span, table.name, column, computed.span)
            return


def _in_own_keys(table: Table, column: Name, span: Span) -> Troubles:
    """SQLite drops no column that a key, an index or a foreign key of several columns names."""
    for key in keys(table):
        parts = key.columns or ()
        if column in parts:
            yield from refused(table, span, table.name, column, key.span)
            return
    for foreign in table.foreign_keys:
        if column in foreign.columns and len(foreign.columns) > 1:
            yield from refused(table, span, table.name, column, foreign.span)
            return


def relying(state: State, table: Table, key: Key) -> list[tuple[Table, ForeignKey]]:
    """The foreign keys that certainly rest on this key or unique index: those that name no columns on the primary key, others
    in PostgreSQL on the oldest that has just their columns (`transformFkeyCheckAttrs` goes by number), in SQL Server (error
    3725) on the only one."""
    postgres = state.dialect.family == "postgres"
    if not (postgres or state.dialect.family == "tsql") or not key.columns or not _bears(key):
        return []
    columns = set(key.columns)
    twins = [one for one in keys(table) if one is not key and set(one.columns or ()) == columns and _bears(one)]
    oldest = not twins or (postgres and _older(table, key, twins))
    return [
        (owner, one)
        for owner, one in pointing(state, table)
        if set(referred(one, table)) == columns and (oldest if one.ref_columns else key is table.primary_key)
    ]


def _bears(key: Key) -> bool:
    """Whether a foreign key may rest on it."""
    if isinstance(key, Index):
        return key.unique and key.where is None
    return not isinstance(key, Exclusion) and not key.deferrable


def _older(table: Table, key: Key, others: list[Key]) -> bool:
    """Whether a key was certainly made before others of its table."""
    if table.remade:
        return False
    made = [
        next((at for at, statement in enumerate(table.history) if _stands_in(one.span, statement)), None)
        for one in (key, *others)
    ]
    first = made[0]
    return first is not None and all(at is not None and first < at for at in made[1:])


def _stands_in(span: Span, statement: Span) -> bool:
    return span.path == statement.path and statement.start <= span.start and span.end <= statement.end


def key_needed(state: State, table: Table, key: Key, span: Span) -> Troubles:
    if state.opaque or table.incomplete:
        return
    if state.dialect.family == "mysql" and state.key_checks:
        yield from _index_needed(state, table, key, span)
    for owner, foreign in relying(state, table, key):
        if not owner.incomplete:
            yield from refused(owner, span, table.name, key.name, foreign.span)
            return
    for view in grouping(state, table.name) if key is table.primary_key else ():
        yield Trouble(
            Refusal.DEPENDED_ON, span, table.name, key.name, existing=table, taken=view.span, holder=view.name
        )
        return


def _index_needed(state: State, table: Table, key: Key, span: Span) -> Troubles:
    """MySQL keeps an index as long as a foreign key, of the table or at it, has no other to look its columns up by."""
    going = {fact.name for fact in state.statement if isinstance(fact, DropConstraint)}
    coming = [fact.index for fact in state.statement if isinstance(fact, CreateIndex)]
    coming_keys = [fact.constraint for fact in state.statement if isinstance(fact, AddConstraint)]
    if state.dialect.name == "mariadb" and key is table.primary_key and _has_next(coming_keys):
        return
    others = [leading(one) for one in (*keys(table), *coming, *coming_keys) if one is not key]
    for owner, foreign in ((table, one) for one in table.foreign_keys):
        if foreign.name not in going and _only(key, others, foreign.columns):
            yield from refused(owner, span, table.name, key.name, foreign.span)
            return
    if _strict(state):
        left: list[object] = [*keys(table), *coming, *coming_keys]
        others = [leading(one) for one in left if one is not key and (not isinstance(one, Index) or one.unique)]
    if state.dialect.name == "mariadb" and key is table.primary_key and _has_other_identity(table):
        return
    for owner, foreign in pointing(state, table):
        columns = referred(foreign, table)
        exact = [one for one in others if len(one) == len(columns)] if _strict(state) else others
        if not owner.incomplete and _only(key, exact, columns):
            yield from refused(owner, span, table.name, key.name, foreign.span)
            return


def _has_next(coming: Sequence[object]) -> bool:
    """Whether the statement makes another primary key: MariaDB 10.11 then lets the old one go, whatever foreign keys need it."""
    return any(isinstance(one, PrimaryKey) for one in coming)


def _has_other_identity(table: Table) -> bool:
    """Whether another unique key could be the primary one: MariaDB 10.11 then drops that, though foreign keys point at it (MySQL
    does not; asked of both)."""
    uniques = [one.columns for one in table.uniques] + [one.columns for one in table.indexes if one.unique]
    return any(
        columns and all(name in table.columns and table.columns[name].nullable is False for name in columns)
        for columns in uniques
    )


def _strict(state: State) -> bool:
    """Whether what foreign keys point at has to be a unique key over just those columns, as MySQL has it since 8.4
    (`restrict_fk_on_non_standard_key`)."""
    return state.server is not None and state.server.is_one_of((Servers("mysql", (8, 4)),))


def _only(key: Key, others: list[tuple[Name, ...]], columns: tuple[Name, ...]) -> bool:
    """Whether columns can be looked up by this key and by none of the others."""
    size = len(columns)
    return bool(columns) and leading(key)[:size] == columns and not any(one[:size] == columns for one in others)


def without_keys(state: State, gone: list[tuple[Table, ForeignKey]]) -> None:
    """CASCADE: the foreign keys go too."""
    for owner in {owner.name for owner, _ in gone}:
        table = state.tables[owner]
        lost = [key for other, key in gone if other.name == owner]
        state.put(replace(table, foreign_keys=tuple(key for key in table.foreign_keys if key not in lost)))


def of_type(state: State, name: TableName) -> Iterator[tuple[Table, Column]]:
    """Every column of a user-defined type."""
    yield from ((table, c) for table in state.tables.values() for c in table.columns.values() if _is(c, name))


def _is(column: Column, name: TableName) -> bool:
    kind = column.type
    while kind is not None and kind.element is not None:
        kind = kind.element
    return kind is not None and kind.user_type == name.key


def shapes_of_type(state: State, name: TableName) -> Iterator[tuple[OtherType, Column]]:
    """Every attribute and every domain of a user-defined type."""
    for kind in state.types.values():
        if kind.shape is not None:
            yield from ((kind, column) for column in kind.shape.columns.values() if _is(column, name))


def typed(state: State, name: TableName) -> Iterator[Table]:
    """The tables OF a type."""
    yield from (table for table in state.tables.values() if table.of == name)


def type_needed(state: State, name: TableName, span: Span) -> Troubles:
    if state.opaque:
        return
    for table in typed(state, name):
        yield Trouble(Refusal.DEPENDED_ON, span, table.name, name.name, existing=table, taken=table.span)
        return
    for kind, column in shapes_of_type(state, name):
        yield Trouble(Refusal.DEPENDED_ON, span, None, name.name, taken=column.span, holder=kind.name)
        return
    for table, column in of_type(state, name):
        if not table.incomplete:
            yield Trouble(Refusal.DEPENDED_ON, span, table.name, name.name, existing=table, taken=column.span)
            return
