"""Up, then down: does a script's way back give the state before it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemalint.equality import same_default, same_type
from schemalint.model.catalog import Undone
from schemalint.model.facts import DropTable, RenameTable
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Column, Expr, ForeignKey, Index, Table
from schemalint.model.source import Script
from schemalint.model.types import Outcome
from schemalint.replay.apply import run
from schemalint.replay.state import State

_TEXT = re.compile(r"'(?:[^']|'')*'")


def undo(before: State, after: State, script: Script, source: str) -> Iterator[Undone]:
    """Replays the script's down facts on the state after it, and yields what differs from the state before. Says nothing
    where something unread took part."""
    if not script.down:
        return  # an empty way back says that there is none
    end = after.copy()
    for _ in run(end, script.down, source):
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
            and not _alike(old, new, before, end)
        ):
            changed.append((old, new))
    if changed:
        yield Undone(script, tuple(changed))


def _alike(old: Table | None, new: Table | None, before: State, end: State) -> bool:
    if old is None or new is None:
        return old is new
    if _shape(old, before.tables) != _shape(new, end.tables) or old.columns.keys() != new.columns.keys():
        return False
    dialect = before.dialect.name
    return not any(_changed(column, new.columns[name], dialect) for name, column in old.columns.items())


def _changed(column: Column, twin: Column, dialect: str) -> bool:
    """Whether a column is certainly another one."""
    if (column.nullable, column.identity) != (twin.nullable, twin.identity):
        return True
    if same_type(column.type, twin.type, dialect, dialect).outcome is Outcome.DIFFERENT:
        return True
    if any(each.type is not None and each.type.user_type for each in (column, twin)):
        return False  # the default of an enum's column follows when the enum renames the value
    return same_default(column, twin, dialect, dialect).outcome is Outcome.DIFFERENT


def _shape(table: Table, tables: Mapping[TableName, Table]) -> object:
    """What a table amounts to beside its columns, without positions, spelling or the order and names of its parts. `tables`
    are those around it: a key that names no columns means the primary key of its target."""
    keys = {frozenset(key.columns) for key in table.uniques}
    indexes = {
        (index.name, _parts(index), _texts(index.where), index.unique, index.method or "btree")
        for index in table.indexes
        if not index.implied
    }
    foreign = {
        (key.columns, key.ref_table, _referred(key, tables), _action(key.on_delete)) for key in table.foreign_keys
    }
    checks = {_texts(check.expr) for check in table.checks}
    return table.primary_key and table.primary_key.columns, keys, indexes, foreign, checks


def _parts(index: Index) -> tuple[object, ...]:
    return tuple((part.column or _texts(part.expr), bool(part.descending), part.prefix) for part in index.parts)


def _texts(expr: Expr | None) -> frozenset[str] | None:
    """What of an expression can be compared for certain: its texts. A down is often copied from a dump, where the server
    wrote `lower(name)` as `lower((name)::text)` and `a != 0` as `(a <> (0)::double precision)`."""
    return None if expr is None else frozenset(_TEXT.findall(expr.key))


def _referred(key: ForeignKey, tables: Mapping[TableName, Table]) -> tuple[Name, ...]:
    target = tables.get(key.ref_table)
    primary = target.primary_key if target else None
    return key.ref_columns or (primary.columns if primary else ())


def _action(written: str | None) -> str | None:
    return None if written == "NO ACTION" else written
