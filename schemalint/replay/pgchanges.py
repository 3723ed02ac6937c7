"""PostgreSQL: changes that a table or column, as it stands, does not allow. Put to PostgreSQL 10 to 18."""

from __future__ import annotations

import re

from schemalint.model.catalog import Refusal
from schemalint.model.facts import AddColumn, AddConstraint, AlterColumn, CreateIndex, DropColumn, DropIndex, Servers
from schemalint.model.schema import Column, Exclusion, Expr, ForeignKey, Index, Table
from schemalint.model.span import Span
from schemalint.replay.partitions import partition_columns
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles
from schemalint.sql.refusals.pgvalues import misfit

_CUT = re.compile(r"([a-z_]\w*) ?\(\s*(\d+)\s*\)")
"""A column with a length, as MySQL indexes it."""
_BEFORE_17, _BEFORE_18 = (Servers("postgres", None, (17,)),), (Servers("postgres", None, (18,)),)


def column_refused(state: State, table: Table, column: Column, fact: AlterColumn) -> Troubles:
    """Why a default or an identity cannot be given to a column, or taken away."""
    if not _known(state, table):
        return
    name, of = column.name.key, f'column "{column.name.key}" of relation "{table.name.name.key}"'
    identity = column.identity and not column.serial and column.default is None
    if fact.default is not None or fact.drop_default or fact.serial:
        if column.generated is not None:
            yield _trouble(
                fact.span, table, column, f"{name} is a generated column", f"{of} is a generated column (42601)"
            )
        elif identity and not fact.identity:
            yield _trouble(fact.span, table, column, f"{name} is an identity", f"{of} is an identity column (42601)")
    elif fact.drop_generated and column.generated is None and not fact.lenient:
        yield _trouble(fact.span, table, column, f"{name} is not computed", f"{of} is not a generated column (55000)")
    elif not fact.lenient and not identity and (fact.identity is False or (fact.counting and fact.identity is None)):
        if not (fact.counting and len(state.statement) > 1):  # another action may make it one
            yield _trouble(
                fact.span, table, column, f"{name} is no identity", f"{of} is not an identity column (55000)"
            )
    elif fact.identity and fact.counting is not None:
        if column.generated is not None or column.serial or column.has_default:
            why = f"{name} has a default, which an identity takes the place of: DROP DEFAULT first"
            if column.generated is None:
                yield _trouble(fact.span, table, column, why, f"{of} already has a default value (55000)")
        elif identity:
            yield _trouble(
                fact.span,
                table,
                column,
                f"{name} is an identity already",
                f"{of} is already an identity column (55000)",
            )
        elif column.nullable and len(state.statement) < 2:  # another action may make it NOT NULL
            why = f"{name} takes NULL, and an identity has to be NOT NULL before it is one"
            yield _trouble(
                fact.span, table, column, why, f"{of} must be declared NOT NULL before identity can be added (55000)"
            )


def part_refused(state: State, table: Table, fact: AddColumn | DropColumn) -> Troubles:
    """Why a partition gets no column of its own, and no table loses one that its parent has."""
    if not _known(state, table):
        return
    for name in table.parents:
        parent, what = state.tables.get(name), "is a partition of" if table.partition else "inherits from"
        if parent is None or parent.incomplete:
            continue
        if isinstance(fact, DropColumn):
            if fact.column in parent.columns:
                words = f'cannot drop inherited column "{fact.column.key}" (42P16)'
                yield _trouble(fact.span, table, None, f"it {what} {name}, which has the column {fact.column}", words)
                return
        elif table.partition and fact.column.name not in parent.columns:
            why = f"it {what} {name}, whose columns are all that it has"
            yield _trouble(fact.span, table, None, why, "cannot add column to a partition (42809)")
            return


def telling_refused(state: State, table: Table, fact: DropColumn) -> Troubles:
    """Why a column does not go that tells the partitions apart."""
    if table.partition_by is not None and _known(state, table) and fact.column in partition_columns(state, table):
        words = f'cannot drop column "{fact.column.key}" because it is part of the partition key of relation'
        why = f"its partitions are told apart by {fact.column}"
        yield _trouble(fact.span, table, None, why, f'{words} "{table.name.name.key}" (42P16)')


def misfitting(state: State, table: Table, column: Column, default: Expr, fact: AlterColumn) -> Troubles:
    """A new default that is no value of the column's type: a literal is tried when it is set (ATExecColumnDefault in
    tablecmds.c)."""
    if state.dialect.family != "postgres" or column.type is None or fact.type is not None:
        return
    found = misfit(column.type, default.raw.strip(), column.name.text)
    if found is not None:
        yield _trouble(fact.span, table, column, *found)


def index_refused(state: State, table: Table, fact: CreateIndex) -> Troubles:
    """Why an index cannot be made on a table."""
    if not _known(state, table):
        return
    if fact.concurrently and table.partitioned:
        words = f'cannot create index on partitioned table "{table.name.name.key}" concurrently (0A000)'
        why = f"{table.name} is partitioned, and no such table is indexed CONCURRENTLY: only each partition is"
        yield _trouble(fact.span, table, None, why, words)
    for part in fact.index.parts:
        cut = _CUT.fullmatch(part.expr.raw) if part.expr is not None else None
        if cut is not None and any(name.key == cut[1] for name in table.columns):
            why = f"{cut[1]}(…) calls a function here: PostgreSQL indexes left({cut[1]}, {cut[2]}), or the whole column"
            yield _trouble(part.span, table, None, why, f"function {cut[1]}(integer) does not exist (42883)")
        column = table.columns.get(part.column) if part.column is not None else None
        if column is not None and column.generated is not None and column.stored is False:
            why = f"{column.name} is VIRTUAL, computed when it is read: an index needs STORED"
            yield _trouble(
                part.span, table, column, why, "indexes on virtual generated columns are not supported (0A000)"
            )


def drop_refused(state: State, table: Table, index: Index, fact: DropIndex) -> Troubles:
    """Why an index cannot be dropped the way it is said."""
    if fact.concurrently and table.partitioned and _known(state, table):
        words = f'cannot drop partitioned index "{fact.name.name.key}" concurrently (0A000)'
        yield _trouble(fact.span, table, None, f"{index.name} is an index of a partitioned table", words)


def constraint_refused(state: State, table: Table, fact: AddConstraint) -> Troubles:
    """Why a constraint cannot be added to a partitioned table."""
    key = fact.constraint
    if not table.partitioned or not _known(state, table) or state.server is None:
        return
    if isinstance(key, Exclusion) and state.server.is_one_of(_BEFORE_17):
        words = "exclusion constraints are not supported on partitioned tables (0A000)"
        why = f"{table.name} is partitioned, and such a table has exclusion constraints since PostgreSQL 17"
        yield _trouble(fact.span, table, None, why, words)
    elif isinstance(key, ForeignKey) and not key.validated and state.server.is_one_of(_BEFORE_18):
        words = f'cannot add NOT VALID foreign key on partitioned table "{table.name.name.key}" referencing relation'
        why = f"{table.name} is partitioned, and such a table has foreign keys that are NOT VALID since PostgreSQL 18"
        yield _trouble(fact.span, table, None, why, f'{words} "{key.ref_table.name.key}" (42809)')


def _known(state: State, table: Table) -> bool:
    """Whether the table is known as the server has it."""
    return state.dialect.family == "postgres" and not (state.models or state.opaque or table.incomplete)


def _trouble(span: Span, table: Table, column: Column | None, why: str, server: str) -> Trouble:
    name = column.name if column is not None else None
    taken = column.span if column is not None else table.span
    return Trouble(Refusal.IMPOSSIBLE, span, table.name, name, existing=table, taken=taken, why=why, server=server)
