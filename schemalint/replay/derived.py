"""Tables that take their shape from others: LIKE, INHERITS, PARTITION OF, CREATE TABLE … AS; and what a table hands down.

Sources: PostgreSQL's documentation of CREATE TABLE, ALTER TABLE and 5.11 "Inheritance", 5.12 "Table Partitioning"; MySQL's
"CREATE TABLE … LIKE" and "CREATE TABLE … SELECT". Checked against the servers in `tests/sql/scripts`.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import TypeVar

from schemalint.dialects import dialect
from schemalint.model.catalog import Refusal
from schemalint.model.clauses import Like
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropIndex,
    Fact,
    Inherit,
    RenameColumn,
    RenameConstraint,
)
from schemalint.model.frozen import replace
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Check, Column, Exclusion, Expr, Index, PrimaryKey, Table, UniqueConstraint
from schemalint.model.span import Span
from schemalint.model.types import ColumnType
from schemalint.replay.bounds import bound_refused
from schemalint.replay.names import name_all
from schemalint.replay.queries import read_query
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles, missing_table
from schemalint.replay.types import shaped_of


def shaped(state: State, fact: CreateTable) -> Generator[Trouble, None, CreateTable]:
    """The definition with all the columns and keys that it takes from elsewhere; yields what is missing of that."""
    if fact.of is not None:
        fact = yield from shaped_of(state, fact)
    if fact.likes:
        fact = yield from _with_likes(state, fact)
    for parent, span in fact.inherits:
        fact = yield from _below(state, fact, parent, span)
    if fact.query is not None:
        fact = yield from _of_query(state, fact)
    return fact


def _model(state: State, name: TableName, span: Span) -> Generator[Trouble, None, Table | None]:
    table = state.tables.get(name)
    if table is None and name not in state.views:
        yield from missing_table(state, name, span)
    return table


def _with_likes(state: State, fact: CreateTable) -> Generator[Trouble, None, CreateTable]:
    columns: list[Column] = []
    taken = 0
    for like in fact.likes:
        columns += fact.columns[taken : like.at]
        taken = like.at
        table = yield from _model(state, like.table, like.span)
        if table is None:
            fact = replace(fact, unread=(*fact.unread, like.span))
            continue
        columns += (_copied(column, like) for column in table.columns.values())
        fact = _with_parts(state, replace(fact, unread=fact.unread + table.incomplete), table, like)
    return replace(fact, columns=(*columns, *fact.columns[taken:]))


def _copied(column: Column, like: Like) -> Column:
    """A column as LIKE takes it along: its type and NOT NULL always, the rest as INCLUDING says."""
    identity = column.identity and ("defaults" if column.serial else "identity") in like.including
    serial = column.serial and bool(identity)
    # It takes its values from the same sequence; identity gets one of its own.
    kept = replace(column, identity=bool(identity), serial=serial, sequence=column.sequence if serial else None)
    if "defaults" not in like.including:
        kept = replace(kept, default=None, has_default=False)
    if "generated" not in like.including:
        kept = replace(kept, generated=None)
    if column.marks:
        kept = replace(kept, marks=tuple(mark for mark in column.marks if _taken(mark, like)))
    return kept if "comments" in like.including else replace(kept, comment=None)


def _taken(mark: str, like: Like) -> bool:
    """Whether LIKE takes it along: MySQL's always, PostgreSQL's STORAGE and COMPRESSION where it says so."""
    word = mark.split(" ")[0].lower()
    return word not in ("storage", "compression") or word in like.including


def _with_parts(state: State, fact: CreateTable, table: Table, like: Like) -> CreateTable:
    named = state.dialect.family == "mysql"  # where the names of keys belong to the table, they are kept
    if "constraints" in like.including:
        kept = table.checks
        if state.dialect.name == "mysql":  # which has them in the order of their names
            kept = tuple(sorted(kept, key=lambda check: check.name.key if check.name else ""))
        remarks = "comments" in like.including
        checks = tuple(
            replace(check, name=check.name if not named else None, comment=check.comment if remarks else None)
            for check in kept
        )
        fact = replace(fact, checks=fact.checks + checks)
    if "indexes" not in like.including:
        return fact

    def copied(key: Kind) -> Kind:
        kept = key if named else replace(key, name=None)
        if isinstance(key, Index) and "comments" in like.including:
            return kept
        return replace(kept, comment=None)  # PostgreSQL copies none of a constraint with an index

    primary = table.primary_key and replace(copied(table.primary_key), name=None)
    return replace(
        fact,
        primary_key=fact.primary_key or primary,
        uniques=fact.uniques + tuple(map(copied, table.uniques)),
        indexes=fact.indexes + tuple(map(copied, table.indexes)),
        exclusions=fact.exclusions + tuple(map(copied, table.exclusions)),
    )


Kind = TypeVar("Kind", PrimaryKey, UniqueConstraint, Index, Exclusion)


def _below(state: State, fact: CreateTable, parent: TableName, span: Span) -> Generator[Trouble, None, CreateTable]:
    """A table below another: its columns are the parent's, then its own; a column of both is one."""
    table = yield from _model(state, parent, span)
    if table is None:
        return replace(fact, unread=(*fact.unread, span))
    if fact.partition and fact.guard is None:
        yield from bound_refused(state, table, fact.table, fact.bound, span)
    own = {column.name: column for column in fact.columns}
    identity = fact.partition and state.dialect.hands_identity_down
    columns = [_merged(column, own.pop(column.name, None), identity) for column in table.columns.values()]
    known = {check.name for check in fact.checks}
    checks = tuple(check for check in table.checks if check.inherited and check.name not in known)
    fact = replace(
        fact,
        columns=(*columns, *own.values()),
        checks=fact.checks + checks,
        unread=fact.unread + table.incomplete,
    )
    return _with_keys(fact, table) if fact.partition else fact


def _merged(inherited: Column, own: Column | None, identity: bool) -> Column:
    if not identity and inherited.identity and not inherited.serial:
        inherited = replace(inherited, identity=False, sequence=None)  # INHERITS hands none down either
    if own is None:
        return inherited
    nullable = inherited.nullable and own.nullable
    if own.default is not None or own.identity:
        kept = (own.default, own.has_default, own.identity, own.serial, own.sequence)
    else:
        kept = (inherited.default, inherited.has_default, inherited.identity, inherited.serial, inherited.sequence)
    default, has_default, counts, serial, sequence = kept
    return replace(
        inherited,
        span=own.span,
        nullable=nullable,
        default=default,
        has_default=has_default,
        identity=counts,
        serial=serial,
        sequence=sequence,
        generated=own.generated or inherited.generated,
        stored=own.stored if own.generated else inherited.stored,
    )


def _with_keys(fact: CreateTable, table: Table) -> CreateTable:
    """What a partition gets of its parent's keys and indexes: all of them, under names of its own."""
    primary = fact.primary_key or (table.primary_key and replace(table.primary_key, name=None))
    have = {key.columns for key in fact.uniques}
    uniques = tuple(replace(key, name=None) for key in table.uniques if key.columns not in have)
    return replace(
        fact,
        primary_key=primary,
        uniques=fact.uniques + uniques,
        indexes=fact.indexes + tuple(replace(index, name=None) for index in table.indexes),
        foreign_keys=fact.foreign_keys + table.foreign_keys,
        exclusions=fact.exclusions + tuple(replace(key, name=None) for key in table.exclusions),
    )


def _of_query(state: State, fact: CreateTable) -> Generator[Trouble, None, CreateTable]:
    """CREATE TABLE … AS: the query's columns behind those that are written."""
    assert fact.query is not None
    said = read_query(state, fact.query)
    if said is not None:
        yield from said.troubles(fact.table, Refusal.TABLE_MISSING, Refusal.COLUMN_MISSING)
    if said is None or said.columns is None:
        return replace(fact, unread=(*fact.unread, fact.query.span))
    mysql = state.dialect.family == "mysql"
    written = {column.name: column for column in fact.columns}
    columns = []
    nullable = None if state.dialect.family == "tsql" else True  # SQL Server keeps NOT NULL where it can tell
    for at, (name, source) in enumerate(said.columns):
        if at < len(fact.query_columns):
            name = fact.query_columns[at]
        made = Column(name, fact.query.span, nullable=nullable, has_default=False, identity=False)
        if source is not None:
            kept = _affine(source.type) if state.dialect.family == "sqlite" else source.type
            made = replace(made, type=kept, collation=source.collation)
        if source is not None and mysql:  # MySQL keeps what is said of plain columns but for their keys
            default = Expr("0", "0") if source.identity else source.default
            made = replace(made, nullable=source.nullable, default=default, has_default=default is not None)
        if name not in written:
            columns.append(made)
    return replace(fact, columns=(*fact.columns, *columns))


_AFFINITIES = (("INT", "INT"), ("CHAR|CLOB|TEXT", "TEXT"), ("BLOB", ""), ("REAL|FLOA|DOUB", "REAL"), ("", "NUM"))


def _affine(declared: ColumnType | None) -> ColumnType | None:
    """SQLite keeps a column's affinity, not its type ("CREATE TABLE … AS SELECT Statements")."""
    if declared is None:
        return None
    name = next(name for pattern, name in _AFFINITIES if re.search(pattern, declared.name, re.I))
    return dialect("sqlite").column_type(name) if name else None


def handed_down(state: State, fact: Fact) -> tuple[Fact, ...]:
    """What a change of a table means for those right below it. Asked before the change is made."""
    if state.dialect.family != "postgres" or not state.below:
        return ()
    name = fact.name if isinstance(fact, DropIndex) else getattr(fact, "table", None)
    if isinstance(fact, DropIndex):
        held = state.find_key(fact.name, fact.name.name)
        name = held[0].name if held else None
    table = state.tables.get(name) if isinstance(name, TableName) else None
    if table is None:
        return ()
    return tuple(made for child in state.children(table.name) for made in _passed(fact, table, child))


def _passed(fact: Fact, table: Table, child: Table) -> Iterator[Fact]:
    match fact:
        case AddColumn():
            keys = child.partition
            yield replace(
                fact,
                table=child.name,
                if_not_exists=True,
                primary_key=fact.primary_key and replace(fact.primary_key, name=None) if keys else None,
                uniques=tuple(replace(key, name=None) for key in fact.uniques) if keys else (),
                foreign_keys=fact.foreign_keys if keys else (),
            )
        case AlterColumn(mark=("COMPRESSION", _)):
            return
        case AlterColumn() | RenameColumn():
            yield replace(fact, table=child.name)
        case DropColumn() if fact.column in table.columns and fact.column in child.columns:
            # A column that the child has written itself stays.
            inherited = child.columns[fact.column].span == table.columns[fact.column].span
            if child.partition or inherited:
                yield replace(fact, table=child.name)
        case AddConstraint(constraint=Check() as check) if check.inherited and not fact.only:
            yield replace(fact, table=child.name)
        case AddConstraint(using_index=None) if child.partition and not fact.only:
            key = fact.constraint
            if isinstance(key, PrimaryKey | UniqueConstraint):
                key = replace(key, name=None)
            yield replace(fact, table=child.name, constraint=key)
        case DropConstraint(name=Name()):
            name = _counterpart(table, child, fact.name)
            if name is not None:
                yield replace(fact, table=child.name, name=name)
        case RenameConstraint() if any(check.name == fact.name for check in table.checks):
            yield replace(fact, table=child.name)
        case CreateIndex() if child.partition and not fact.only:
            if fact.index.signature not in {index.signature for index in child.indexes}:
                yield replace(fact, table=child.name, index=replace(fact.index, name=None), if_not_exists=True)
        case DropIndex() if child.partition:
            dropped = next((index for index in table.indexes if index.name == fact.name.name), None)
            twin = next((one for one in child.indexes if dropped and one.signature == dropped.signature), None)
            if twin is not None and twin.name is not None:
                yield replace(fact, name=TableName(child.name.schema, twin.name), table=None)


def _counterpart(table: Table, child: Table, name: Name | None) -> Name | None:
    """What the constraint of that name is called below: checks and foreign keys keep it, keys do not."""
    if any(check.name == name for check in table.checks) or any(key.name == name for key in table.foreign_keys):
        return name
    if not child.partition:
        return None
    if table.primary_key and table.primary_key.name == name and child.primary_key:
        return child.primary_key.name
    dropped = next((key for key in table.uniques if key.name == name), None)
    return next((key.name for key in child.uniques if dropped and key.columns == dropped.columns), None)


def inherit(state: State, fact: Inherit, source: str) -> Troubles:
    """ATTACH and DETACH PARTITION, INHERIT and NO INHERIT."""
    child, parent = state.tables.get(fact.table), state.tables.get(fact.parent)
    if parent is None:
        span = fact.statement if fact.partition else fact.span
        if not (fact.partition and fact.table_if_exists):
            yield from missing_table(state, fact.parent, span)
        return
    if child is None:
        span = fact.span if fact.partition else fact.statement
        yield from missing_table(state, fact.table, span)
        return
    if fact.off:
        left = tuple(name for name in child.parents if name != fact.parent)
        if fact.partition:
            child = replace(child, partition=False, bound=None)
        state.put(replace(child, parents=left))
        return
    lacking = next((name for name in parent.columns if state.lacks(child, name)), None)
    if lacking is not None and not parent.incomplete:
        yield Trouble(Refusal.COLUMN_MISSING, fact.span, child.name, lacking, (lacking,), existing=child)
    if fact.partition and fact.guard is None:
        yield from bound_refused(state, parent, child.name, fact.bound, fact.span)
    child = replace(child, parents=(*child.parents, parent.name), partition=fact.partition, bound=fact.bound)
    state.put(name_all(state, _attached(child, parent, state.dialect.hands_identity_down)) if fact.partition else child)


def _attached(child: Table, parent: Table, handed: bool) -> Table:
    """A partition gets every key and index of its parent that it lacks; `handed`: its identity, too."""
    have: set[object] = {key.columns for key in child.uniques} | {index.signature for index in child.indexes}
    foreign = {(key.columns, key.ref_table) for key in child.foreign_keys}
    identity = {
        name: (column.sequence, column.counting)
        for name, column in parent.columns.items()
        if handed and column.identity and not column.serial
    }
    columns = {
        name: replace(column, identity=True, sequence=identity[name][0], counting=identity[name][1])
        if name in identity
        else column
        for name, column in child.columns.items()
    }
    return replace(
        child,
        columns=columns,
        primary_key=child.primary_key or (parent.primary_key and replace(parent.primary_key, name=None)),
        uniques=child.uniques + tuple(replace(key, name=None) for key in parent.uniques if key.columns not in have),
        indexes=child.indexes + _lacking(parent.indexes, have),
        foreign_keys=child.foreign_keys
        + tuple(key for key in parent.foreign_keys if (key.columns, key.ref_table) not in foreign),
    )


def _lacking(indexes: tuple[Index, ...], have: set[object]) -> tuple[Index, ...]:
    return tuple(replace(index, name=None) for index in indexes if index.signature not in have)
