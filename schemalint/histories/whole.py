"""Whether a history makes what it works on, or was begun on a database that something else had filled."""

from __future__ import annotations

from collections.abc import Iterable

from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    Fact,
    RenameColumn,
    RenameTable,
)
from schemalint.model.names import TableName
from schemalint.model.objects import CreateView, RemakeTable, Write
from schemalint.model.schema import ForeignKey
from schemalint.model.source import Source, SourceKind

_USING = AddColumn | AlterColumn | DropColumn | RenameColumn | AddConstraint | CreateIndex | RemakeTable | Write


def made_and_used(facts: Iterable[Fact]) -> tuple[set[TableName], set[TableName]]:
    """The tables that facts make, and those that they need."""
    made: set[TableName] = set()
    used: set[TableName] = set()
    for fact in facts:
        if isinstance(fact, _USING):
            used.add(fact.table)
        match fact:
            case CreateTable():
                made.add(fact.table)
                used.update(key.ref_table for key in fact.foreign_keys)
            case RenameTable():
                made.add(fact.new)
                used.add(fact.table)
            case CreateView():
                made.add(fact.name)
            case AddConstraint(constraint=ForeignKey() as key):
                used.add(key.ref_table)
            case _:
                pass
    return made, used


def is_whole(made: set[TableName], used: set[TableName]) -> bool:
    """Whether what is needed is made, but for what may be a mistake: one table, or one in ten."""
    return len(used - made) <= max(1, len(made) // 10)


def begun_elsewhere(source: Source) -> bool:
    """Whether a history works on several tables that it never makes."""
    return source.kind is SourceKind.MIGRATIONS and not is_whole(*made_and_used(source.facts))
