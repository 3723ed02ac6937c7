"""MySQL and MariaDB: what one ALTER TABLE renames has its new name all at once, so that two columns may swap theirs. (MySQL 8.0
Reference Manual, "ALTER TABLE Statement", "Renaming, Redefining, and Reordering Columns".)"""

from __future__ import annotations

from schemalint.model.facts import AlterColumn, Fact, RenameColumn
from schemalint.model.frozen import replace
from schemalint.model.names import Name
from schemalint.replay.state import State


def swapped(state: State, statement: list[Fact]) -> list[Fact]:
    """The facts of an ALTER TABLE, where columns that take each other's names give theirs up first."""
    renames = [fact for fact in statement if isinstance(fact, RenameColumn | AlterColumn) and _new(fact) is not None]
    names = {fact.column for fact in renames}
    if not any(_new(fact) in names for fact in renames):
        return statement
    table = state.tables.get(renames[0].table)
    if table is None:
        return statement
    given = {_new(fact) for fact in renames}
    missing: list[Fact] = [fact for fact in renames if fact.column not in table.columns and fact.column in given]
    if missing:  # which is refused for that, though something is called so in between
        return [*missing, *(fact for fact in statement if fact not in missing)]
    if not all(name in table.columns for name in names):
        return statement  # which is refused for that
    given_up: list[Fact] = []
    taken: list[Fact] = []
    for fact in statement:
        if isinstance(fact, RenameColumn | AlterColumn) and _new(fact) is not None:
            parked = Name(f"\0{fact.column.key}", fact.column.text)
            given_up.append(RenameColumn(fact.span, fact.statement, fact.table, fact.column, parked, fact.span))
            fact = replace(fact, column=parked)
        taken.append(fact)
    return given_up + taken


def _new(fact: Fact) -> Name | None:
    """The name that a fact gives a column which has another."""
    if isinstance(fact, RenameColumn):
        return fact.new if fact.new != fact.column else None
    if isinstance(fact, AlterColumn) and fact.replacement is not None:
        return fact.replacement.name if fact.replacement.name != fact.column else None
    return None
