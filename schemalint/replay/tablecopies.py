"""SQLite: Alembic's batch makes a table anew of what SQLAlchemy reflects, copies the rows and renames the new table.

Checks without a name and indexes on expressions are not reflected, so that they are gone. A named check is copied as it stands
(since Alembic 1.7), whatever columns it names, and SQLite refuses the renaming while a view reads the table. Run with Alembic
1.20.1 and SQLAlchemy 2.1.9 (`tests/test_alembic_batches.py`).
"""

from __future__ import annotations

from schemalint.dialects import NameKind
from schemalint.model.catalog import Refusal
from schemalint.model.names import Name
from schemalint.model.objects import CopyTable
from schemalint.model.quick import replace
from schemalint.model.schema import ForeignKey, Table, UniqueConstraint
from schemalint.pysource.columns import Given
from schemalint.pysource.naming import Convention, Named, name_of
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles


def copy_table(state: State, fact: CopyTable, source: str) -> Troubles:
    """What the copy fails of, what it loses, and the names it gives."""
    table = state.tables.get(fact.table)
    if table is None:
        return
    if not fact.kept:
        yield from _refused(state, fact, table)
        left = carried(table)
        if left is not table:
            yield Trouble(Refusal.LOST_IN_COPY, fact.span, table.name, existing=table)
            state.put(left)
    elif fact.naming:
        state.put(_named(state, table, Convention(dict(fact.naming))))


def _refused(state: State, fact: CopyTable, table: Table) -> Troubles:
    for name, view in state.views.items():
        reads = any(relation == table.name for relation, _ in view.reads or ())
        if reads and not state.legacy_renames and name not in state.doubtful:
            place = view.span
            yield Trouble(Refusal.COPY_FAILS, fact.span, table.name, existing=table, taken=place, holder=name)
            state.doubtful |= {name}  # taken as dropped before: said once
            break
    for check in table.checks:
        if check.name is not None and check.name not in fact.drops:
            column = next((column for column, _ in check.mentions if column in fact.takes), None)
            if column is not None:
                place = check.span
                yield Trouble(Refusal.COPY_FAILS, fact.span, table.name, column, existing=table, taken=place)


def carried(table: Table) -> Table:
    """What of a table such a copy has."""
    checks = tuple(check for check in table.checks if check.name is not None)
    indexes = tuple(index for index in table.indexes if index.columns is not None)
    if len(checks) == len(table.checks) and len(indexes) == len(table.indexes):
        return table
    return replace(table, checks=checks, indexes=indexes)


def _named(state: State, table: Table, names: Convention) -> Table:
    """The table with the names that a convention gives to keys without one."""

    def named(kind: str, key: UniqueConstraint | ForeignKey) -> Name | None:
        if key.name is not None:
            return key.name
        columns = tuple((one.text, one.text) for one in key.columns)
        about = Named(table.name.name.text, table.name.schema.text if table.name.schema else None, columns)
        if isinstance(key, ForeignKey):
            referred = tuple(one.text for one in key.ref_columns)
            about = replace(about, referred_table=key.ref_table.name.text, referred_columns=referred)
        made = name_of(names, kind, Given(None, None), lambda: about, state.dialect.family)
        return None if made.text is None else state.dialect.identifier(made.text, True, NameKind.CONSTRAINT)

    return replace(
        table,
        uniques=tuple(replace(key, name=named("uq", key)) for key in table.uniques),
        foreign_keys=tuple(replace(key, name=named("fk", key)) for key in table.foreign_keys),
    )
