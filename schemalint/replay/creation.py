"""Tables that an ORM finds missing and makes."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Catalog
from schemalint.model.facts import CreateTable, Fact
from schemalint.model.frozen import replace
from schemalint.model.names import TableName
from schemalint.model.schema import Table
from schemalint.model.source import Call
from schemalint.replay.constraints import target
from schemalint.replay.names import name_all
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble


def create(state: State, model: Table, models: Catalog, call: Call) -> Iterator[tuple[Fact, Trouble]]:
    """Creates a model's table. Only a call that names its tables creates them in a known order, so only there can a
    foreign key come before its parent."""
    fact = CreateTable(model.span, call.span, TableName(model.name.schema, model.name.name), ())
    state.gone.pop(model.name, None)
    if call.tables is not None and not call.unordered:
        for key in model.foreign_keys:
            if key.ref_table in models.tables and key.ref_table != model.name:
                for trouble in target(state, model, key):
                    yield fact, replace(trouble, existing=model)
    state.put(name_all(state, replace(model, history=(*model.history, call.span))))
