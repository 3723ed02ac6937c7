"""Up, then down: does a script's way back give the state before it?"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Undone
from schemalint.model.facts import DropTable, RenameTable
from schemalint.model.schema import Table
from schemalint.model.source import Script
from schemalint.replay.apply import apply
from schemalint.replay.state import State


def undo(before: State, after: State, script: Script, source: str) -> Iterator[Undone]:
    """Replays the script's down facts on the state after it, and yields what differs from the state before. Says nothing
    where something unread took part."""
    end = after.copy()
    for fact in script.down or ():
        for _ in apply(end, fact, source):
            pass
    if end.opaque or end.unknown != before.unknown:
        return
    dropped = {fact.table for fact in script.facts if isinstance(fact, DropTable | RenameTable)}
    changed = []
    for name in dict.fromkeys((*before.tables, *end.tables)):
        old, new = before.tables.get(name), end.tables.get(name)
        if old is None and name in dropped:
            continue  # it was there before, made by something that is not known here
        if (
            old is not new
            and not (old and old.incomplete)
            and not (new and new.incomplete)
            and shape(old) != shape(new)
        ):
            changed.append((old, new))
    if changed:
        yield Undone(script, tuple(changed))


def shape(table: Table | None) -> object:
    """What a table amounts to, without positions, spelling or the order and names of its parts."""
    if table is None:
        return None
    columns = {
        name: (column.type, column.nullable, column.default, column.identity) for name, column in table.columns.items()
    }
    keys = {frozenset(key.columns) for key in table.uniques}
    indexes = {(index.name, index.signature) for index in table.indexes}
    foreign = {(key.columns, key.ref_table, key.ref_columns, key.on_delete) for key in table.foreign_keys}
    checks = {check.expr for check in table.checks}
    return columns, table.primary_key and table.primary_key.columns, keys, indexes, foreign, checks
