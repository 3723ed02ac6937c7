"""Up, then down: does a script's way back give the state before it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from schemalint.model.catalog import Undone
from schemalint.model.facts import DropTable, RenameTable
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Column, Expr, ForeignKey, Index, Table
from schemalint.model.source import Script
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
        old, new = _known_types(before.tables.get(name), end.tables.get(name))
        if old is None and name in dropped:
            continue  # it was there before, made by something that is not known here
        if (
            old != new
            and not (old and old.incomplete)
            and not (new and new.incomplete)
            and shape(old, before.tables) != shape(new, end.tables)
        ):
            changed.append((old, new))
    if changed:
        yield Undone(script, tuple(changed))


def _known_types(old: Table | None, new: Table | None) -> tuple[Table | None, Table | None]:
    """Both tables without the types of columns whose type one of them does not tell: unknown is not different."""
    if old is None or new is None:
        return old, new
    unknown = {name for table in (old, new) for name, column in table.columns.items() if column.type is None}
    if not unknown:
        return old, new

    def blanked(table: Table) -> Table:
        columns = {n: replace(c, type=None) if n in unknown else c for n, c in table.columns.items()}
        return replace(table, columns=columns)

    return blanked(old), blanked(new)


def shape(table: Table | None, tables: Mapping[TableName, Table]) -> object:
    """What a table amounts to, without positions, spelling or the order and names of its parts. `tables` are those around
    it: a key that names no columns means the primary key of its target."""
    if table is None:
        return None
    columns = {
        name: (column.type, column.nullable, _default(column), column.identity)
        for name, column in table.columns.items()
    }
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
    return columns, table.primary_key and table.primary_key.columns, keys, indexes, foreign, checks


def _default(column: Column) -> Expr | None:
    """The default, but not of an enum's column: it follows when the enum renames the value."""
    return None if column.type is not None and column.type.user_type else column.default


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
