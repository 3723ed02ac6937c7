"""Columns that a history adds to tables which it did not make: whatever else such a table has, the second time is refused."""

from __future__ import annotations

from schemalint.model.catalog import Refusal
from schemalint.model.facts import (
    AddColumn,
    AlterColumn,
    CreateTable,
    DropColumn,
    DropTable,
    Fact,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.names import Name
from schemalint.model.objects import CopyTable, RemakeTable
from schemalint.model.schema import Column, Table
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles


def twice(state: State, fact: AddColumn, source: str) -> Troubles:
    """Adds a column to a table of which nothing is known. Only what certainly runs proves that the column is there, and only for
    the same source: what another one does meanwhile is not known."""
    if fact.guard is not None:
        return
    name, columns = fact.column.name, state.grown.get(fact.table, {})
    taken, by = columns.get(name, (None, source))
    if taken is None or by != source or fact.if_not_exists:
        state.grown[fact.table] = {**columns, name: (fact.span, source)}
        return
    existing = Table(fact.table, taken, "", {}, incomplete=(taken,))
    yield Trouble(Refusal.COLUMN_EXISTS, fact.span, fact.table, name, existing=existing, taken=taken)


def _move(state: State, fact: DropColumn | RenameColumn | AlterColumn, new: Name | None) -> None:
    """Forgets a column, or gives it a new name."""
    columns = dict(state.grown.get(fact.table, {}))
    known = columns.pop(fact.column, None)
    if new is not None:
        columns.pop(new, None)
        if known is not None and fact.guard is None:
            columns[new] = (fact.span, known[1])
    state.grown[fact.table] = columns


def shrink(state: State, fact: Fact) -> None:
    """Forgets what a fact takes away, or may take away."""
    match fact:
        case DropColumn():
            _move(state, fact, None)
        case RenameColumn(new=new) | AlterColumn(replacement=Column(name=new)):
            _move(state, fact, new)
        case RenameTable():
            state.grown.pop(fact.table, None)
            state.grown.pop(fact.new, None)
        case CreateTable() | DropTable() | CopyTable() | RemakeTable():
            state.grown.pop(fact.table, None)
        case Opaque(touches=None):
            state.grown.clear()
        case Opaque(touches=tables):
            for table in tables or ():
                state.grown.pop(table, None)
