"""What went wrong with a fact, and the look-ups that several facts share."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Refusal
from schemalint.model.frozen import frozen
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Index, Table
from schemalint.model.span import Span
from schemalint.replay.state import State


@frozen
class Trouble:
    """A problem before it is known on which path and in which script it was met."""

    refusal: Refusal
    span: Span
    table: TableName | None = None
    name: Name | None = None
    names: tuple[Name, ...] = ()
    existing: Table | None = None
    index: Index | None = None
    taken: Span | None = None
    holder: TableName | None = None
    why: str = ""
    server: str | None = None


Troubles = Iterator[Trouble]


def no_table(state: State, name: TableName, span: Span) -> Troubles:
    """MySQL and MariaDB: a view where a table has to stand. (Put to MySQL 5.6 and 9.7 and MariaDB 10.11.)"""
    view = state.view(name)
    if view is not None and state.dialect.family == "mysql" and not state.models and name not in state.tables:
        yield Trouble(Refusal.IMPOSSIBLE, span, name, taken=view, why=f"{name} is a view", server="")


def missing_table(state: State, table: TableName, span: Span) -> Troubles:
    yield from no_table(state, table, span)
    if state.absent(table):
        yield Trouble(Refusal.TABLE_MISSING, span, table, table.name)
    # It is there, or taken as repaired: nothing more is said about it until it is created or dropped.
    state.unknown |= {table}


def missing_column(state: State, table: Table, column: Name, span: Span) -> Troubles:
    if state.lacks(table, column):
        yield Trouble(Refusal.COLUMN_MISSING, span, table.name, column, names=(column,), existing=table)


def missing_key(
    state: State, table: TableName | None, name: Name, span: Span, existing: Table | None = None
) -> Troubles:
    """An index or constraint that is not there, unless it went with a column that could not be dropped because of it."""
    if not any(name == one and table in (None, owner) for owner, one in state.taken_along):
        yield Trouble(Refusal.OBJECT_MISSING, span, table, name, existing=existing)


def missing_columns(
    state: State,
    refusal: Refusal,
    table: Table,
    wanted: list[tuple[Name, Span]],
    name: Name | None,
    index: Index | None = None,
) -> Troubles:
    """One trouble for all the missing columns of one key or index, at the first of them."""
    missing = {column: span for column, span in reversed(wanted) if state.lacks(table, column)}
    if missing:
        names = tuple(dict.fromkeys(column for column, _ in wanted if column in missing))
        yield Trouble(refusal, missing[names[0]], table.name, name, names, existing=table, index=index)


def altered_unread(table: Table) -> bool:
    """Whether something behind the statement that made a table was not read: it may have dropped what the table had."""
    made = table.history[0] if table.history else None
    return any(
        made is None or made.path != one.path or not made.start <= one.start < made.end for one in table.incomplete
    )
