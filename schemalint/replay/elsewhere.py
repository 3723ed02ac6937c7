"""Tables that a script works on and did not make: the statement that needs one proves that it is there, so that making it, or a
column or an index of it, twice is refused whatever database the script is meant for."""

from __future__ import annotations

from schemalint.model.facts import AddColumn, AddConstraint, AlterColumn, CreateIndex, DropColumn, Fact, RenameColumn
from schemalint.model.names import TableName
from schemalint.model.objects import Write
from schemalint.model.schema import Table
from schemalint.replay.state import State

_NEEDY = AddColumn | AlterColumn | DropColumn | RenameColumn | AddConstraint | CreateIndex | Write


def meet(state: State, fact: Fact) -> None:
    """Notes the table that a statement needs, where nothing is known of it. Only what runs from the top of its script to the
    end proves anything, and only for the rest of the script (`part`): it is meant for a database that nobody has read."""
    if not isinstance(fact, _NEEDY) or fact.guard is None or not fact.guard.doubted or state.closed:
        return
    name = fact.table
    if name in state.tables or name in state.views or name in state.temporary or name in state.gone:
        return
    if not isinstance(fact, CreateIndex | Write) and fact.table_if_exists:
        return
    state.put(Table(name=name, span=fact.span, source="", columns={}, incomplete=(fact.span,)))


def part(state: State, touched: tuple[TableName, ...] | None = None) -> None:
    """Forgets the tables that a script met, at its end, or of them those that something unread touches: None is all."""
    if state.closed:
        return  # it met none
    names = tuple(state.tables) if touched is None else touched
    for table in [state.tables[name] for name in dict.fromkeys(names) if name in state.tables]:
        if table.elsewhere:
            state.remove(table.name, table.span)
            del state.gone[table.name]
            state.unknown |= {table.name}
