"""What an ORM does at start to the database as it stands: create what is missing, and to existing tables only what its
sync does (`Sync`). Sources: facts pages of GORM, Sequelize and SQLAlchemy, executed against real servers."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Catalog, Refusal
from schemalint.model.facts import CreateIndex, Fact
from schemalint.model.frozen import replace
from schemalint.model.schema import Index, Table
from schemalint.model.source import Call, Source
from schemalint.replay.automigrate import migrate
from schemalint.replay.creation import create
from schemalint.replay.indexes import differs, index_columns
from schemalint.replay.sequelizesync import sequelize_sync
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble


def sync(state: State, models: Catalog, call: Call, source: Source) -> Iterator[tuple[Fact, Trouble]]:
    """Runs one call over the models' own catalog. Facts in the pairs stand for what the ORM sends: the model's table or
    index as the model states it."""
    if source.parser == "gorm" and (call.sync.alters_columns or not call.sync.adds_columns):  # v1 only adds
        yield from migrate(state, models, call, source)
        return
    if source.parser == "sequelize":
        yield from sequelize_sync(state, source, call)
        return
    wanted = models.tables if call.tables is None else call.tables
    known = {name: models.tables[name] for name in wanted if name in models.tables}
    for name, model in known.items():
        existing = state.tables.get(name)
        if existing is not None and call.sync.drops_tables:
            state.remove(name, call.span)
            existing = None
        if existing is not None:
            yield from _change(state, existing, model, call)
        elif name not in state.views and name not in state.unknown:
            yield from create(state, model, models, call)


def _change(state: State, existing: Table, model: Table, call: Call) -> Iterator[tuple[Fact, Trouble]]:
    columns = dict(existing.columns)
    if call.sync.adds_columns:
        for name, column in model.columns.items():
            columns.setdefault(name, column)
    if call.sync.drops_columns and not model.incomplete:
        columns = {name: column for name, column in columns.items() if name in model.columns}
    if len(columns) != len(existing.columns) or columns.keys() != existing.columns.keys():
        existing = replace(existing, columns=columns, history=(*existing.history, call.span))
        state.put(existing)
    if call.sync.adds_indexes:
        for index in model.indexes:
            yield from _add_index(state, model, index, call)


def _add_index(state: State, model: Table, index: Index, call: Call) -> Iterator[tuple[Fact, Trouble]]:
    """Indexes are looked up by name only: one of that name that differs stays as it is, and the model's is never made, unless
    the sync looks closer."""
    table = state.tables[model.name]
    if index.name is None:
        return
    fact = CreateIndex(index.span, index.span, model.name, model.span, index)
    same_name = next((known for known in table.indexes if known.name == index.name), None)
    if same_name is not None:
        if differs(same_name, index) and not call.sync.alters_indexes:
            yield (
                fact,
                Trouble(
                    Refusal.INDEX_DIFFERS,
                    index.span,
                    model.name,
                    index.name,
                    existing=table,
                    index=index,
                    taken=same_name.span,
                ),
            )
        return
    if any(key.name == index.name for key in table.uniques):
        return
    for trouble in index_columns(state, table, index):
        yield fact, trouble
    state.put(replace(table, indexes=(*table.indexes, index)))
