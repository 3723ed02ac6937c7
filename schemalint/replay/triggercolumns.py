"""PostgreSQL: the columns that a trigger names in UPDATE OF and in WHEN, which it holds on to ("CREATE TRIGGER", and put to 15).

What its function does with rows is looked at only when it runs.
"""

from __future__ import annotations

from schemalint.model.catalog import Refusal
from schemalint.model.frozen import replace
from schemalint.model.names import Name, TableName
from schemalint.model.objects import CreateObject
from schemalint.model.schema import Table
from schemalint.model.span import Span
from schemalint.replay.state import State
from schemalint.replay.triggers import triggers_of
from schemalint.replay.trouble import Trouble, Troubles, missing_column

_SERVER = {
    "dropped": "cannot drop column {column} of table {table} because other objects depend on it (2BP01)",
    "changed": "cannot alter type of a column used in a trigger definition (0A000)",
}


def triggers_on(state: State, table: Table, column: Name, span: Span, done: str) -> Troubles:
    """The first trigger that keeps a column from being "dropped", or its type from being "changed"."""
    if state.dialect.family != "postgres" or state.opaque or state.hidden or state.models:
        return
    for _, thing in triggers_of(state, table.name):
        if column in thing.needs:
            words = _SERVER[done].format(column=column.key, table=table.name.name.key)
            yield Trouble(
                Refusal.DEPENDED_ON,
                span,
                table.name,
                column,
                existing=table,
                taken=thing.span,
                holder=thing.name,
                why="trigger",
                server=words,
            )
            return


def needs_of(state: State, fact: CreateObject) -> Troubles:
    """The columns that a trigger names must be there."""
    table = state.tables.get(fact.table) if fact.table is not None and fact.names else None
    if table is not None and state.dialect.family == "postgres" and not state.opaque:
        for name, span in fact.names:
            yield from missing_column(state, table, name, span)


def column_renamed_in_triggers(state: State, table: TableName, old: Name, new: Name) -> None:
    """Triggers follow a column to its new name."""
    for key, thing in triggers_of(state, table):
        if old in thing.needs:
            needs = tuple(new if name == old else name for name in thing.needs)
            state.things[key] = replace(thing, needs=needs)


def without_triggers(state: State, table: TableName, column: Name) -> None:
    """DROP COLUMN … CASCADE takes the triggers along that need the column."""
    for key, thing in triggers_of(state, table):
        if column in thing.needs:
            del state.things[key]
