"""INSERT … VALUES that the server refuses whatever the table holds: a column that has to be given is left out, one is named
twice, or there are not as many values as columns. PostgreSQL 15 and SQLite 3.40 were asked.

MySQL and MariaDB put a value of their own where NOT NULL is left out, unless sql_mode is strict: nothing is said of that there.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Refusal
from schemalint.model.facts import AddColumn
from schemalint.model.names import Name, ObjectKind
from schemalint.model.objects import Write
from schemalint.model.schema import Column, Table, Thing
from schemalint.model.types import Family
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles

_FAMILIES = frozenset({"postgres", "mysql", "sqlite"})


def row_faulty(state: State, table: Table, fact: Write) -> Troubles:
    """The first reason for which no row of that form is taken. SQL Server's reasons are told in `sqlserver`."""
    if _certain(state, table, fact):
        yield from _first(table, fact, _faults(state, table, fact), Refusal.ROW_REFUSED)


def query_faulty(state: State, table: Table, fact: Write) -> Troubles:
    """PostgreSQL: why no row of a query is taken, which may give none. (SQLite may be told to pass over it: OR IGNORE.)"""
    if state.dialect.family == "postgres" and _certain(state, table, fact):
        yield from _first(table, fact, _left_out(state, table, fact), Refusal.ROWS_REFUSED)


def _certain(state: State, table: Table, fact: Write) -> bool:
    if state.dialect.family not in _FAMILIES or state.opaque or state.models or table.incomplete or table.elsewhere:
        return False
    return fact.guard is None and bool(fact.columns)


def _first(table: Table, fact: Write, faults: Iterator[tuple[str, str, Name | None]], refusal: Refusal) -> Troubles:
    found = next(faults, None)
    if found is not None:
        why, words, name = found
        column = table.columns.get(name) if name is not None else None
        taken = column.span if column is not None else table.span
        yield Trouble(refusal, fact.span, table.name, name, existing=table, taken=taken, why=why, server=words)


def _faults(state: State, table: Table, fact: Write) -> Iterator[tuple[str, str, Name | None]]:
    family = state.dialect.family
    named, width = [name for name, _ in fact.columns], fact.width or 0
    twice = next((name for at, name in enumerate(named) if name in named[:at]), None)
    if twice is not None and family != "sqlite":
        words = (
            f'column "{twice.key}" specified more than once (42701)'
            if family == "postgres"
            else f"Column '{twice.text}' specified twice (1110)"
        )
        yield f"it names {twice} twice", words, twice
    if len(named) != width:
        yield f"it names {len(named)} columns and gives {width} values", _uneven(family, len(named), width), None
    if family != "mysql" and not any(state.lacks(table, name) for name in named):
        yield from _left_out(state, table, fact)


def _left_out(state: State, table: Table, fact: Write) -> Iterator[tuple[str, str, Name | None]]:
    named = {name for name, _ in fact.columns}
    for name, column in table.columns.items():
        if column.nullable is not False or name in named or not _has_to_be_given(state, column):
            continue
        if _alone(state, table):
            words = _null(state.dialect.family, table, name)
            yield f"it leaves out {name}, which is NOT NULL and has no default", words, name


def _uneven(family: str, named: int, width: int) -> str:
    if family == "mysql":
        return "Column count doesn't match value count at row 1 (1136)"
    if family == "sqlite":
        return f"{width} values for {named} columns"
    more, fewer = ("target columns", "expressions") if named > width else ("expressions", "target columns")
    return f"INSERT has more {more} than {fewer} (42601)"


def _null(family: str, table: Table, name: Name) -> str:
    if family == "sqlite":
        return f"NOT NULL constraint failed: {table.name.name.text}.{name.text}"
    return f'null value in column "{name.key}" of relation "{table.name.name.key}" violates not-null constraint (23502)'


def _has_to_be_given(state: State, column: Column) -> bool:
    """Whether nothing but the statement can give the column a value. A domain may have a default of its own."""
    if column.type is None or (column.type.family is Family.OTHER and state.types):
        return False
    plain = column.default is None and column.has_default is False and column.generated is None
    return column.nullable is False and plain and not column.identity and not column.serial


def _alone(state: State, table: Table) -> bool:
    """Whether no trigger and no partition can give a row what the statement leaves out."""
    if state.hidden or table.parents or table.partitioned or table.name in state.below:
        return False
    if not state.triggered or state.dialect.family == "sqlite":  # whose triggers change no row that is put in
        return True
    every = (thing for thing in state.things.values() if thing.kind is ObjectKind.TRIGGER)
    return not any(thing.table in (table.name, None) and _fills(thing) for thing in every)


def _fills(trigger: Thing) -> bool:
    """Whether a trigger may give a row that is put in what it lacks."""
    firing = trigger.firing
    return firing is None or (firing.moment != "AFTER" and "INSERT" in firing.events)


def null_in_rows(state: State, table: Table, fact: AddColumn) -> Troubles:
    """A column that has to be given, added to a table in which this path itself has put a row."""
    written = state.rows.get(table.name)
    if written is None or state.dialect.family not in ("postgres", "sqlite") or state.opaque or state.models:
        return
    if fact.guard is not None or fact.primary_key is not None or not _has_to_be_given(state, fact.column):
        return
    words = "Cannot add a NOT NULL column with default value NULL"
    if state.dialect.family == "postgres":
        words = f'column "{fact.column.name.key}" of relation "{table.name.name.key}" contains null values (23502)'
    why = f"{fact.column.name} is NOT NULL and has no default, and {table.name} has rows by then"
    yield Trouble(
        Refusal.IMPOSSIBLE,
        fact.span,
        table.name,
        fact.column.name,
        existing=table,
        taken=written,
        why=why,
        server=words,
    )
