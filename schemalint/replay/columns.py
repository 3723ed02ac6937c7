"""Columns: adding, changing, renaming and dropping them, with what goes along."""

from __future__ import annotations

from collections.abc import Mapping

from schemalint.model.catalog import Refusal
from schemalint.model.facts import AddColumn, AlterColumn, RenameColumn
from schemalint.model.frozen import replace
from schemalint.model.names import Name, ObjectKind
from schemalint.model.schema import (
    Column,
    Counting,
    Exclusion,
    Expr,
    Index,
    IndexPart,
    PrimaryKey,
    Table,
    UniqueConstraint,
)
from schemalint.model.span import Span
from schemalint.replay.clusters import second_cluster, settled
from schemalint.replay.constraints import constraint_columns, merged, names_free, target
from schemalint.replay.depends import (
    named_in_expressions,
    type_kept,
)
from schemalint.replay.grown import twice
from schemalint.replay.held import type_held
from schemalint.replay.indexes import rename_index_column
from schemalint.replay.inlinekeys import with_inline_keys
from schemalint.replay.keyindexes import names_shared, with_key_indexes
from schemalint.replay.labels import Kind, labelled, labelled_anew
from schemalint.replay.mysqlchanges import computed_of, computing_kept, default_refused
from schemalint.replay.names import name_all
from schemalint.replay.partitions import names_partitions
from schemalint.replay.pgchanges import column_refused, misfitting
from schemalint.replay.queries import understood
from schemalint.replay.readers import column_renamed_in_views
from schemalint.replay.respelled import respelled, respelled_text
from schemalint.replay.rowfaults import null_in_rows
from schemalint.replay.sequences import (
    counted,
    counting_of,
    sequence_changed,
    sequences_there,
    with_sequences,
)
from schemalint.replay.sqlserver import null_in_key, second_default, second_of_a_kind
from schemalint.replay.state import State
from schemalint.replay.triggercolumns import column_renamed_in_triggers
from schemalint.replay.trouble import Trouble, Troubles, missing_column, missing_table
from schemalint.replay.unsized import unsized, unsized_column

Mentions = tuple[tuple[Name, Span], ...]


def add_column(state: State, fact: AddColumn, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        if not fact.table_if_exists:
            yield from missing_table(state, fact.table, fact.span)
        yield from twice(state, fact, source)
        return
    fact = with_inline_keys(state, fact)
    name = fact.column.name
    if name in table.columns:
        if not fact.if_not_exists:
            taken = table.columns[name].span
            yield Trouble(Refusal.COLUMN_EXISTS, fact.span, fact.table, name, existing=table, taken=taken)
        elif fact.uniques and state.dialect.name == "mariadb" and state.find_key(fact.table, name) is None:
            # It skips the column and makes its key all the same, called as the column.
            state.put(name_all(state, replace(table, uniques=table.uniques + fact.uniques)))
        return
    state.assumed.pop((fact.table, name), None)
    yield from (seconds := list(second_of_a_kind(state, table, fact)))
    if seconds:
        fact = replace(fact, column=replace(fact.column, identity=None, default_name=None))
    primary, uniques = merged(state, fact.primary_key, fact.uniques)
    changed = replace(
        table,
        columns=_placed(table.columns, _keyed(table, fact.column), fact),
        primary_key=table.primary_key or primary,
        uniques=table.uniques + uniques,
        checks=table.checks + fact.checks,
        foreign_keys=table.foreign_keys + fact.foreign_keys,
        history=(*table.history, fact.statement),
        quoted=table.quoted and fact.quoted,
    )
    yield from null_in_rows(state, table, fact)
    second = fact.primary_key is not None and table.primary_key is not None
    if second and table.primary_key and not table.incomplete:
        yield Trouble(
            Refusal.PRIMARY_KEY_EXISTS, fact.span, fact.table, name, existing=table, taken=table.primary_key.span
        )
    for unique in uniques:
        yield from unsized(state, changed, unique, fact.span)
    for new in (*((primary,) if primary and not second else ()), *uniques):
        yield from second_cluster(state, table, new, fact.span, fact.guard is not None)
    whole = _whole(state, changed)
    for check in fact.checks:
        yield from constraint_columns(state, whole, check)
    yield from computed_of(state, whole, fact.column)
    for key in fact.foreign_keys:
        # MariaDB looks for what a key points at in the table as it was, and beside it in the new one only what came before.
        yield from target(state, whole if state.dialect.family == "postgres" else changed, key)
    yield from sequences_there(state, fact.table, (fact.column,))
    added = (*((primary,) if primary else ()), *uniques, *fact.checks, *fact.foreign_keys)
    yield from names_free(state, table, added)
    if fact.after is not None and state.lacks(table, fact.after):
        yield Trouble(Refusal.COLUMN_MISSING, fact.span, fact.table, fact.after, existing=table)
    changed = settled(state, name_all(state, with_sequences(state, changed)))
    yield from (clashes := list(names_shared(state, changed, fact.span)))
    if not clashes:
        state.put(with_key_indexes(state, changed))


def _whole(state: State, table: Table) -> Table:
    """The table with all columns that the statement adds: constraints, those written in a column too, are made after the last
    of them. Asked of PostgreSQL 18 and MariaDB 10.11."""
    if state.dialect.family not in ("postgres", "mysql") or len(state.statement) < 2:
        return table
    coming = [fact for fact in state.statement if isinstance(fact, AddColumn) and fact.table == table.name]
    return replace(table, columns={**{fact.column.name: fact.column for fact in coming}, **table.columns})


def _keyed(table: Table, column: Column) -> Column:
    """A new column, NOT NULL where the primary key of the table has it already (see `readded`)."""
    key = table.primary_key
    return replace(column, nullable=False) if key is not None and column.name in key.columns else column


def _placed(others: Mapping[Name, Column], column: Column, fact: AddColumn | AlterColumn) -> dict[Name, Column]:
    """The columns with one more where MySQL's FIRST or AFTER puts it, else last."""
    if fact.first:
        return {column.name: column, **others}
    if fact.after is None:
        return {**others, column.name: column}
    columns: dict[Name, Column] = {}
    for known, other in others.items():
        columns[known] = other
        if known == fact.after:
            columns[column.name] = column
    columns.setdefault(column.name, column)
    return columns


def alter_column(state: State, fact: AlterColumn, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        if not fact.table_if_exists:
            yield from missing_table(state, fact.table, fact.span)
        return
    column = table.columns.get(fact.column)
    if column is None:
        if not fact.if_exists:
            yield from missing_column(state, table, fact.column, fact.span)
        return
    if fact.type is not None:
        yield from type_kept(state, table, fact.column, fact.span)
        yield from type_held(state, table, column, fact)
    yield from second_default(state, table, column, fact)
    if state.dialect.family == "mysql":
        yield from default_refused(state, table, column, fact)
        yield from computing_kept(state, table, column, fact)
    yield from null_in_key(state, table, column, fact)
    if fact.nullable and state.dialect.family == "postgres" and fact.replacement is None:
        yield from _null_refused(state, table, column, fact)
    if fact.replacement is None:
        yield from column_refused(state, table, column, fact)
    if fact.default is not None and fact.replacement is None and not table.incomplete:
        yield from misfitting(state, table, column, fact.default, fact)
    if fact.unstated and (column.nullable is False or column.has_default or column.identity):
        yield Trouble(Refusal.FORGOTTEN, fact.span, fact.table, fact.column, existing=table)
    if fact.replacement is not None:
        new = fact.replacement
        yield from computed_of(state, _whole(state, table), new)
        if new.name != fact.column:
            if new.name in table.columns:
                taken = table.columns[new.name].span
                yield Trouble(Refusal.COLUMN_EXISTS, new.span, fact.table, new.name, existing=table, taken=taken)
                return
            yield from named_in_expressions(state, table, fact.column, fact.span, renamed=True)
            yield from names_partitions(state, table, fact.column, fact.span)
            table = _renamed(state, table, fact.column, new.name, fact.statement)
        table = replace(table, checks=tuple(check for check in table.checks if check.of != new.name))
    else:
        new = replace(
            column,
            type=column.type if fact.type is None else fact.type,
            collation=column.collation if fact.type is None else fact.collation,
            nullable=column.nullable if fact.nullable is None else fact.nullable,
            default=None if fact.drop_default else column.default if fact.default is None else fact.default,
            has_default=False if fact.drop_default else True if fact.default is not None else column.has_default,
            identity=_identity(column, fact),
            serial=fact.serial or (column.serial and not fact.drop_default and fact.default is None),
            sequence=fact.sequence if fact.serial else column.sequence,
            generated=None if fact.drop_generated else column.generated,
            not_null=None if fact.nullable else column.not_null or fact.not_null,
            default_name=None
            if fact.drop_default
            else column.default_name
            if fact.default is None
            else fact.default_name,
            counting=_counting(column, fact),
            marks=_marks(state, column, fact),
        )
    yield from sequences_there(state, fact.table, (new,) if fact.serial else ())
    if fact.replacement is not None and table.primary_key and new.name in table.primary_key.columns:
        new = replace(new, nullable=False)  # the columns of a primary key stay NOT NULL
    if column.sequence is not None and not new.identity:
        key = (ObjectKind.SEQUENCE, column.sequence, None)
        known = state.things.get(key)
        if not column.serial and known is not None and known.table == table.name:
            del state.things[key]  # the sequence of an identity goes with it
        new = replace(new, sequence=None)
    yield from unsized_column(state, table, new, fact.span)
    columns = {**table.columns, new.name: new}
    if fact.first or fact.after is not None:
        if fact.after is not None and (fact.after == new.name or state.lacks(table, fact.after)):
            yield Trouble(Refusal.COLUMN_MISSING, fact.span, fact.table, fact.after, existing=table)
        columns = _placed({name: kept for name, kept in columns.items() if name != new.name}, new, fact)
    remade = table.remade or (fact.type is not None and state.dialect.family == "postgres")
    changed = replace(table, columns=columns, history=(*table.history, fact.statement), remade=remade)
    if remade:
        changed = labelled_anew(changed, new.name)
    state.put(with_sequences(state, changed) if fact.identity and not fact.serial else changed)
    if fact.counting is not None and not fact.identity and new.sequence is not None:
        sequence_changed(state, new.sequence, replace(fact.counting, always=None))


def _marks(state: State, column: Column, fact: AlterColumn) -> tuple[str, ...]:
    if fact.hidden is not None:
        return ("INVISIBLE",) * fact.hidden
    if fact.mark is not None:
        word, said = fact.mark
        others = tuple(mark for mark in column.marks if not mark.startswith(word))
        return tuple(sorted((*others, said))) if said else others
    # PostgreSQL keeps the values of a new type as that type says.
    return () if fact.type is not None and state.dialect.family == "postgres" else column.marks


def _counting(column: Column, fact: AlterColumn) -> Counting | None:
    """An identity that is dropped, or made anew, leaves nothing of how it counted."""
    if fact.identity is not None:
        return counting_of(fact.counting) if fact.counting else None
    return counted(column.counting, fact.counting) if fact.counting else column.counting


def _null_refused(state: State, table: Table, column: Column, fact: AlterColumn) -> Troubles:
    """DROP NOT NULL of a column of the primary key, or of an identity column."""
    key = table.primary_key
    holds = key.span if key is not None and column.name in key.columns else None
    if holds is None and column.identity and not column.serial and table.columns[column.name].default is None:
        holds = column.span
    if holds is not None and not state.models and not state.opaque and not table.incomplete:
        yield Trouble(Refusal.DEPENDED_ON, fact.span, table.name, column.name, existing=table, taken=holds)


def _identity(column: Column, fact: AlterColumn) -> bool | None:
    """A serial column is none without its default; what is GENERATED AS IDENTITY stays so."""
    if fact.identity is not None:
        return fact.identity
    return False if column.serial and (fact.drop_default or fact.default is not None) else column.identity


def rename_column(state: State, fact: RenameColumn, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        view = state.views.get(fact.table)
        if view is None:
            held = state.find_key(fact.table, fact.table.name) if state.dialect.family == "postgres" else None
            if held is not None:
                yield from rename_index_column(state, held[0], held[1], fact)
            elif not fact.table_if_exists:
                yield from missing_table(state, fact.table, fact.span)
            return
        columns = view.columns or understood(state, view).columns
        if columns is None:
            state.views[fact.table] = replace(view, stale=True)
        else:
            columns = tuple(fact.new if name == fact.column else name for name in columns)
            said = tuple((fact.new if name == fact.column else name, text) for name, text in view.remarks)
            state.views[fact.table] = replace(view, columns=columns, remarks=said)
        column_renamed_in_views(state, fact.table, fact.column, fact.new)
        return
    if fact.column not in table.columns:
        yield from missing_column(state, table, fact.column, fact.span)
        return
    if fact.new == fact.column and state.dialect.family != "postgres":
        others = [one for one in state.statement if isinstance(one, RenameColumn) and one is not fact]
        fresh = any(one.new == fact.column or (one.column == fact.column and one.span < fact.span) for one in others)
        if (
            fresh and state.dialect.name == "mysql"
        ):  # it takes the old names for those that were there before the statement
            yield Trouble(Refusal.COLUMN_MISSING, fact.span, fact.table, fact.column, existing=table)
        return  # else only PostgreSQL minds
    if fact.new in table.columns:
        taken = table.columns[fact.new].span
        yield Trouble(Refusal.COLUMN_EXISTS, fact.new_span, fact.table, fact.new, existing=table, taken=taken)
        return
    yield from named_in_expressions(state, table, fact.column, fact.span, renamed=True)
    yield from names_partitions(state, table, fact.column, fact.span)
    state.assumed.pop((fact.table, fact.new), None)
    column_renamed_in_views(state, fact.table, fact.column, fact.new)
    column_renamed_in_triggers(state, fact.table, fact.column, fact.new)
    state.put(_renamed(state, table, fact.column, fact.new, fact.statement))


def _renamed(state: State, table: Table, old: Name, new: Name, statement: Span) -> Table:
    """The table with a column renamed in its keys, indexes and checks, and in the keys of other tables."""

    def names(columns: tuple[Name, ...]) -> tuple[Name, ...]:
        return tuple(new if name == old else name for name in columns)

    def mentions(mentioned: Mentions) -> Mentions:
        return tuple((new if name == old else name, span) for name, span in mentioned)

    def spelled(expr: Expr, mentioned: Mentions) -> Expr:
        return respelled(expr, old, new, state.dialect) if any(name == old for name, _ in mentioned) else expr

    def called(before: Kind, key: Kind) -> Kind:
        return labelled(before, key) if state.dialect.family == "postgres" else key

    def part(one: IndexPart) -> IndexPart:
        column = new if one.column == old else one.column
        return replace(
            one, column=column, expr=one.expr and spelled(one.expr, one.mentions), mentions=mentions(one.mentions)
        )

    def indexed(index: Index) -> Index:
        where = index.where and spelled(index.where, index.where_mentions)
        kept = replace(
            index, where=where, where_mentions=mentions(index.where_mentions), include=mentions(index.include)
        )
        return called(index, replace(kept, parts=tuple(map(part, index.parts))))

    def excluded(key: Exclusion) -> Exclusion:
        where = key.where and spelled(key.where, key.where_mentions)
        parts = tuple(map(part, key.parts))
        return called(key, replace(key, parts=parts, where=where, where_mentions=mentions(key.where_mentions)))

    def keyed(key: PrimaryKey) -> PrimaryKey:
        return replace(key, columns=names(key.columns), include=names(key.include))

    def unique(key: UniqueConstraint) -> UniqueConstraint:
        return called(key, replace(key, columns=names(key.columns), include=names(key.include)))

    def kept(column: Column) -> Column:
        generated = column.generated and respelled(column.generated, old, new, state.dialect)
        return replace(column, generated=generated, name=new if column.name == old else column.name)

    for other, _ in list(state.referencing(table.name)):
        moved = tuple(
            replace(key, ref_columns=names(key.ref_columns)) if key.ref_table == table.name else key
            for key in other.foreign_keys
        )
        state.put(replace(other, foreign_keys=moved, quoted=False))
    return replace(
        table,
        quoted=False,
        columns={(new if name == old else name): kept(column) for name, column in table.columns.items()},
        primary_key=table.primary_key and keyed(table.primary_key),
        uniques=tuple(map(unique, table.uniques)),
        indexes=tuple(map(indexed, table.indexes)),
        exclusions=tuple(map(excluded, table.exclusions)),
        foreign_keys=tuple(
            replace(
                key,
                columns=names(key.columns),
                ref_columns=names(key.ref_columns) if key.ref_table == table.name else key.ref_columns,
            )
            for key in table.foreign_keys
        ),
        checks=tuple(
            replace(
                check,
                expr=spelled(check.expr, check.mentions),
                mentions=mentions(check.mentions),
                of=new if check.of == old else check.of,
            )
            for check in table.checks
        ),
        partition_by=table.partition_by and respelled_text(table.partition_by, old, new, state.dialect),
        history=(*table.history, statement),
    )
