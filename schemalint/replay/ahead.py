"""What a script makes later on, and what that proves: a plain CREATE TABLE would be refused if the table were there already, so
that a statement which needs it before that is refused in any case, whatever database the script is meant for."""

from __future__ import annotations

from collections.abc import Sequence

from schemalint.histories.whole import made_and_used
from schemalint.model.facts import CreateTable, DropTable, Fact, RenameTable
from schemalint.model.names import TableName

_SLIPS = 2


def made_ahead(facts: Sequence[Fact]) -> frozenset[TableName]:
    """The tables that a script makes by a plain CREATE TABLE, before which it neither drops nor renames them. None where it
    needs many before it makes them: that is a listing, sorted by name, which nobody runs from top to bottom."""
    first: dict[TableName, bool] = {}
    for fact in facts:
        if isinstance(fact, CreateTable):
            first.setdefault(fact.table, fact.guard is None and not (fact.if_not_exists or fact.temporary))
        elif isinstance(fact, DropTable | RenameTable):
            first.setdefault(fact.table, False)
    ahead = frozenset(table for table, plain in first.items() if plain)
    made: set[TableName] = set()
    early: set[TableName] = set()
    for fact in facts:
        makes, uses = made_and_used((fact,))
        early |= (uses & ahead) - made - makes
        made |= makes
    return ahead if len(early) <= max(_SLIPS, len(ahead) // 10) else frozenset()
