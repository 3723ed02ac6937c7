"""SQLite: Alembic's batch makes a table anew of what SQLAlchemy reflects, copies the rows and renames the new table.

Checks without a name, indexes on expressions, the collations and descending order of keys, collations of columns, AUTOINCREMENT
and triggers are not reflected, so that they are gone. A named check is copied as it stands (since Alembic 1.7), whatever columns
it names; a generated column is copied as one and given a value, which SQLite refuses; and it refuses the renaming while a view
reads the table. Run with Alembic 1.20.1 and SQLAlchemy 2.1.9 (`tests/test_alembic_batches.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemalint.dialects import NameKind
from schemalint.model.catalog import Refusal
from schemalint.model.frozen import replace
from schemalint.model.names import Name, ObjectKind
from schemalint.model.objects import CopyTable
from schemalint.model.schema import Column, ForeignKey, Index, Table, UniqueConstraint
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles

if TYPE_CHECKING:
    from collections.abc import Mapping


def copy_table(state: State, fact: CopyTable, source: str) -> Troubles:
    """What the copy fails of, what it loses, and the names it gives."""
    table = state.tables.get(fact.table)
    if table is None:
        return
    if not fact.kept:
        yield from _refused(state, fact, table)
        left = carried(table)
        triggers = [
            key for key, one in state.things.items() if one.kind is ObjectKind.TRIGGER and one.table == table.name
        ]
        if left is not table or triggers:
            names = tuple(state.things.pop(key).name.name for key in triggers)
            yield Trouble(Refusal.LOST_IN_COPY, fact.span, table.name, names=names, existing=table)
            state.put(left)
    elif fact.naming:
        state.put(_named(state, table, dict(fact.naming)))


def _refused(state: State, fact: CopyTable, table: Table) -> Troubles:
    for name, view in state.views.items():
        reads = any(relation == table.name for relation, _ in view.reads or ())
        if reads and not state.legacy_renames and name not in state.doubtful:
            place = view.span
            yield Trouble(Refusal.COPY_FAILS, fact.span, table.name, existing=table, taken=place, holder=name)
            state.doubtful |= {name}  # taken as dropped before: said once
            break
    if fact.takes is None:
        return
    for column in table.columns.values():
        if column.generated is not None and column.name not in fact.drops:
            place = column.span
            yield Trouble(Refusal.COPY_FAILS, fact.span, table.name, column.name, existing=table, taken=place)
    for check in table.checks:
        if check.name is not None and check.name not in fact.drops:
            named = next((column for column, _ in check.mentions if column in fact.takes), None)
            if named is not None:
                place = check.span
                yield Trouble(Refusal.COPY_FAILS, fact.span, table.name, named, existing=table, taken=place)


def carried(table: Table) -> Table:
    """What of a table such a copy has."""
    checks = tuple(check for check in table.checks if check.name is not None)
    indexes = tuple(_plain(index) for index in table.indexes if index.columns is not None)
    columns = {name: _reflected(column) for name, column in table.columns.items()}
    weaker = any(column is not table.columns[name] for name, column in columns.items())
    if not weaker and checks == table.checks and indexes == table.indexes:
        return table
    return replace(table, checks=checks, indexes=indexes, columns=columns)


def _plain(index: Index) -> Index:
    """An index without the orders and collations of its parts."""
    if all(not part.descending and not collated(part.collation) for part in index.parts):
        return index
    return replace(index, parts=tuple(replace(part, descending=None, collation=None) for part in index.parts))


def _reflected(column: Column) -> Column:
    if collated(column.collation):
        column = replace(column, collation=None)
    return replace(column, counting=None) if column.counting is not None and column.counting.once else column


def collated(collation: str | None) -> bool:
    """Whether a collation is another than the one that SQLite takes by itself."""
    return collation is not None and collation.strip("\"'`[]").upper() != "BINARY"


def _named(state: State, table: Table, naming: Mapping[str, str]) -> Table:
    """The table with the names that a convention gives to keys without one."""
    from schemalint.pysource.columns import Given
    from schemalint.pysource.naming import Convention, Named, name_of

    names = Convention(naming)

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
