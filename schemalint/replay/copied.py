"""SQLite: AutoMigrate changes a column or constraint by copying the table to a new one (`recreateTable` of the driver).

It writes the old CREATE TABLE anew, piece by piece, copies the rows, drops the old table and renames the new one. Indexes and
triggers went with the old table; GORM makes the indexes again that the model has. A constraint behind the columns that has no
name is taken for a column called UNIQUE or FOREIGN, and the copy fails (up to driver v1.6.0, the newest). So does the renaming
while a view reads the old name.
"""

from __future__ import annotations

from schemalint.model.catalog import Refusal
from schemalint.model.facts import AddConstraint, AlterColumn, DropConstraint, Fact
from schemalint.model.frozen import replace
from schemalint.model.names import ObjectKind
from schemalint.model.schema import ForeignKey, Table, UniqueConstraint
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble


def copied(state: State, model: Table, fact: Fact) -> list[Trouble]:
    """What a copy for this statement fails of, or loses for good. Takes the indexes and triggers away."""
    if state.dialect.family != "sqlite" or not isinstance(fact, AlterColumn | AddConstraint | DropConstraint):
        return []
    table = state.tables[model.name]
    keys: tuple[UniqueConstraint | ForeignKey, ...] = (*table.uniques, *table.foreign_keys)
    nameless = [one for one in keys if one.name is None and not _inline(table, one)]
    if nameless:
        taken = nameless[0].span
        return [Trouble(Refusal.COPY_FAILS, fact.span, table.name, existing=table, taken=taken)]
    for name, view in state.views.items():
        if any(relation == table.name for relation, _ in view.reads or ()):
            return [Trouble(Refusal.COPY_FAILS, fact.span, table.name, existing=table, taken=view.span, holder=name)]
    made = {index.name for index in model.indexes}
    lost = [
        Trouble(Refusal.LOST_IN_COPY, fact.span, table.name, one.name, existing=table, index=one, taken=one.span)
        for one in table.indexes
        if one.name is not None and one.name not in made
    ]
    for key, thing in list(state.things.items()):
        if thing.kind is ObjectKind.TRIGGER and thing.table == table.name:
            del state.things[key]
            lost.append(
                Trouble(Refusal.LOST_IN_COPY, fact.span, table.name, thing.name.name, existing=table, taken=thing.span)
            )
    state.put(replace(table, indexes=()))
    return lost


def _inline(table: Table, key: UniqueConstraint | ForeignKey) -> bool:
    """Whether a constraint is written behind a column's type."""
    return len(key.columns) == 1 and key.columns[0] in table.columns and key.span == table.columns[key.columns[0]].span
