"""SQL Server: a table is clustered by one index.

A primary key is CLUSTERED unless it says otherwise or something else is it already ("CREATE TABLE", "ALTER TABLE
table_constraint" and "CREATE INDEX (Transact-SQL)"); a second one is refused with error 1902. What holds whole tables
(COLUMNSTORE) has rules of its own, of which nothing is said.
"""

from __future__ import annotations

from schemalint.model.catalog import Refusal
from schemalint.model.frozen import replace
from schemalint.model.schema import Index, PrimaryKey, Table, UniqueConstraint
from schemalint.model.span import Span
from schemalint.replay.sqlserver import certain
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles

_Key = PrimaryKey | UniqueConstraint | Index


def clustering(table: Table) -> _Key | None:
    """What a table is clustered by, as far as it is known."""
    primary = (table.primary_key,) if table.primary_key is not None else ()
    return next((key for key in (*primary, *table.uniques, *table.indexes) if key.clustered), None)


def settled(state: State, table: Table) -> Table:
    """A table whose primary key is clustered or not, where that was left to the server."""
    key = table.primary_key
    if state.dialect.family != "tsql" or key is None or key.clustered is not None:
        return table
    return replace(table, primary_key=replace(key, clustered=clustering(table) is None))


def second_cluster(state: State, table: Table, key: object, span: Span, guarded: bool) -> Troubles:
    """A new key or index that is to cluster a table which another one clusters."""
    if not isinstance(key, PrimaryKey | UniqueConstraint | Index) or not key.clustered:
        return
    known = clustering(table)
    if known is None or not certain(state, table, guarded) or "columnstore" in (_method(known), _method(key)):
        return
    called = known.name.text if known.name is not None else "…"
    words = f"Cannot create more than one clustered index on table '{table.name}'. Drop the existing clustered index"
    why = f"its rows lie in the order of {called if known.name is not None else 'its key'}, and a table has one order"
    words = f"{words} '{called}' before creating another (1902)"
    yield Trouble(Refusal.IMPOSSIBLE, span, table.name, existing=table, taken=known.span, why=why, server=words)


def _method(key: _Key) -> str | None:
    return key.method if isinstance(key, Index) else None
