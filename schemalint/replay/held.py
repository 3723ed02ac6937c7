"""SQL Server: what holds a column, so that it is neither dropped nor given another type (error 5074), and its defaults, which are
constraints with names ("ALTER TABLE (Transact-SQL)", DROP COLUMN and ALTER COLUMN).

Other servers take what hangs on a column along, or move it to the new type. Migration tools often clear the way themselves
before they send the statement: only what a script says to the letter is judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemalint.model.facts import AlterColumn, DropColumn, DropConstraint
from schemalint.model.frozen import replace
from schemalint.model.names import Name
from schemalint.model.schema import Column, Index, Table
from schemalint.model.span import Span
from schemalint.model.types import ColumnType, Family
from schemalint.replay.depends import computed_from, pointing, referred, refused
from schemalint.replay.parts import keys
from schemalint.replay.readers import views_on
from schemalint.replay.state import State
from schemalint.replay.trouble import Troubles


def column_held(state: State, table: Table, fact: DropColumn) -> Troubles:
    """Why a column cannot be dropped."""
    if _judged(state, table, fact):
        for span in _holders(state, table, fact.column):
            yield from refused(table, fact.span, table.name, fact.column, span)
            return
        yield from views_on(state, table.name, fact.column, fact.span)


def type_held(state: State, table: Table, column: Column, fact: AlterColumn) -> Troubles:
    """Why a column cannot have another type. What only gets another length is left alone: it may be taken."""
    if fact.type is None or column.type is None or not _judged(state, table, fact):
        return
    if _changes(column.type, fact.type):
        for span in _holders(state, table, column.name):
            yield from refused(table, fact.span, table.name, column.name, span)
            return


def _judged(state: State, table: Table, fact: DropColumn | AlterColumn) -> bool:
    server = state.dialect.family == "tsql" and fact.verbatim
    return server and not (table.incomplete or state.opaque or state.models or fact.guard is not None)


def _changes(was: ColumnType, new: ColumnType) -> bool:
    """Whether it is certainly another type: what a type of one's own stands for is not known here."""
    if Family.OTHER in (was.family, new.family):
        return False
    words = {kind.name.split("(")[0] for kind in (was, new)}
    return len(words) > 1 and words != {"decimal", "numeric"}


def _holders(state: State, table: Table, name: Name) -> Iterator[Span]:
    """Where what holds a column is written: keys, checks, its default, indexes, computed columns."""
    for key in keys(table):
        if name in (key.columns or ()) or (isinstance(key, Index) and name in _carried(key)):
            yield key.span
    for foreign in table.foreign_keys:
        if name in foreign.columns:
            yield foreign.span
    for owner, foreign in pointing(state, table):
        if name in referred(foreign, table) and not owner.incomplete:
            yield foreign.span
    for check in table.checks:
        if name in {mentioned for mentioned, _ in check.mentions}:
            yield check.span
    if table.columns[name].default is not None:
        yield table.columns[name].span
    for computed in computed_from(state, table, name):
        yield computed.span


def _carried(index: Index) -> set[Name]:
    """The columns that an index holds besides those it is sorted by."""
    return {*(name for name, _ in index.include), *(name for name, _ in index.where_mentions)}


def without_default(state: State, table: Table, fact: DropConstraint) -> bool:
    """Drops the default of that name, and gives whether there may have been one. A name of the server's own (`DF__t__c__1A2B`)
    is that of some default without a name, nobody knows which."""
    name = fact.name
    if state.dialect.family != "tsql" or name is None:
        return False
    if any(column.default_name == name for column in table.columns.values()):
        state.put(_changed(table, fact, lambda column: column.default_name == name, default=None, has_default=False))
        return True
    if name.key.startswith("df__"):
        state.put(_changed(table, fact, unnamed_default, default=None, has_default=None))
        return True
    return False


def unnamed_default(column: Column) -> bool:
    """Whether a column has a default to which the server gave a name."""
    return column.default is not None and column.default_name is None


def _changed(table: Table, fact: DropConstraint, chosen: Any, **values: Any) -> Table:
    columns = {
        name: replace(column, default_name=None, **values) if chosen(column) else column
        for name, column in table.columns.items()
    }
    return replace(table, columns=columns, history=(*table.history, fact.statement))


def default_renamed(state: State, old: Name, new: Name) -> bool:
    """sp_rename of a default's constraint; gives whether there is one of that name."""
    for table in list(state.tables.values()):
        for column in table.columns.values():
            if column.default_name == old:
                state.put(replace(table, columns={**table.columns, column.name: replace(column, default_name=new)}))
                return True
    return False
