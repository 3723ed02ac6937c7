"""Which function a fact goes to.

Each takes the state, the fact and the source's id, changes the state as the server would (or, after a refusal, as the
author's obvious repair would) and yields what went wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from schemalint.model import facts
from schemalint.model.facts import Fact
from schemalint.replay import columns, constraints, indexes, tables
from schemalint.replay.state import State
from schemalint.replay.trouble import Troubles

_APPLY: dict[type, Callable[[State, Any, str], Troubles]] = {
    facts.CreateTable: tables.create_table,
    facts.DropTable: tables.drop_table,
    facts.RenameTable: tables.rename_table,
    facts.AddColumn: columns.add_column,
    facts.AlterColumn: columns.alter_column,
    facts.DropColumn: columns.drop_column,
    facts.RenameColumn: columns.rename_column,
    facts.CreateIndex: indexes.create_index,
    facts.DropIndex: indexes.drop_index,
    facts.RenameIndex: indexes.rename_index,
    facts.AddConstraint: constraints.add_constraint,
    facts.DropConstraint: constraints.drop_constraint,
    facts.RenameConstraint: constraints.rename_constraint,
    facts.CreateEnum: tables.create_enum,
    facts.AddEnumValue: tables.add_enum_value,
    facts.DropType: tables.drop_type,
    facts.CreateView: tables.create_view,
    facts.DropView: tables.drop_view,
    facts.Comment: tables.comment,
    facts.KeyChecks: tables.key_checks,
    facts.Invalid: tables.invalid,
    facts.Opaque: tables.opaque,
}


def apply(state: State, fact: Fact, source: str) -> Troubles:
    """Applies one fact of the source of that id."""
    yield from _APPLY[type(fact)](state, fact, source)
