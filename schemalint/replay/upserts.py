"""ON CONFLICT by columns that are no key, or by a constraint that is none.

PostgreSQL 15 and SQLite 3.40 were asked. Both infer the key from the columns, in any order: all columns of a unique index, a
unique constraint or the primary key, and no others. An index over some rows only counts where a WHERE follows the columns.
"""

from __future__ import annotations

from schemalint.model.catalog import Refusal
from schemalint.model.names import Name
from schemalint.model.objects import OnConflict
from schemalint.model.schema import Index, Table
from schemalint.replay.parts import keys, named
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles, missing_columns

_SERVER = {
    "postgres": "there is no unique or exclusion constraint matching the ON CONFLICT specification (42P10)",
    "sqlite": "ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint",
}


def unmatched(state: State, table: Table, said: OnConflict) -> Troubles:
    """What the server minds of the key that an INSERT looks rows up by."""
    family = state.dialect.family
    if family not in _SERVER or state.opaque or table.incomplete or table.elsewhere or table.parents:
        return
    if said.constraint is not None:
        yield from _nameless(table, said, said.constraint)
        return
    if any(state.lacks(table, column) for column, _ in said.columns):
        yield from missing_columns(state, Refusal.ROW_COLUMN_MISSING, table, list(said.columns), None)
    elif not any(_fits(key, said) for key in _uniques(table)):
        first = said.columns[0][0]
        wanted = tuple(column for column, _ in said.columns)
        yield Trouble(
            Refusal.KEY_UNMATCHED,
            said.span,
            table.name,
            first,
            wanted,
            existing=table,
            why="neither its primary key nor unique",
            server=_SERVER[family],
        )


def _nameless(table: Table, said: OnConflict, name: Name) -> Troubles:
    """PostgreSQL: the name has to be one of a constraint. A unique index is none."""
    constraints = (table.primary_key, *table.uniques, *table.exclusions)
    if any(one is not None and (one.name is None or one.name == name) for one in constraints):
        return
    index = next((one for one in table.indexes if one.name == name), None)
    if index is None and name.key in set(named(table)):
        return
    yield Trouble(
        Refusal.KEY_UNMATCHED,
        said.span,
        table.name,
        name,
        existing=table,
        index=index,
        taken=index.span if index is not None else None,
        why="an index of it, and no constraint" if index is not None else "no constraint of it",
        server=f'constraint "{name.text}" for table "{table.name.name.text}" does not exist (42704)',
    )


def _uniques(table: Table) -> list[tuple[frozenset[Name] | None, bool]]:
    """The columns of what makes rows unique, None where they are not plain columns, and whether it is over some rows only."""
    found: list[tuple[frozenset[Name] | None, bool]] = []
    for key in keys(table):
        if isinstance(key, Index) and not key.unique:
            continue
        columns = key.columns
        partial = getattr(key, "where", None) is not None
        found.append((None if columns is None else frozenset(columns), partial))
    return found


def _fits(key: tuple[frozenset[Name] | None, bool], said: OnConflict) -> bool:
    columns, partial = key
    return columns == frozenset(column for column, _ in said.columns) and (said.partial or not partial)
