"""GORM's AutoMigrate, statement by statement, on the database as it stands (GORM v1.23.1 to v1.31, migrator.go, and the
drivers for MySQL, PostgreSQL and SQLite). Held against real servers: tests/oracles/gorm/starts.

It creates tables that are missing. In the others it adds columns, changes what `migratecolumn` says, makes or takes away the
uniqueness of single columns, and adds foreign keys, checks and indexes whose names it does not find. It never drops a column
and never changes an index, a check or a foreign key of a name that is there.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Catalog, Refusal
from schemalint.model.facts import (
    CreateIndex,
    DropConstraint,
    Fact,
)
from schemalint.model.frozen import replace
from schemalint.model.schema import Index, Table
from schemalint.model.source import Call, Source
from schemalint.replay.apply import apply
from schemalint.replay.copied import copied
from schemalint.replay.creation import create
from schemalint.replay.existing import Existing
from schemalint.replay.indexes import differs
from schemalint.replay.migratecolumn import release_of
from schemalint.replay.parts import Key, keys
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble


def migrate(state: State, models: Catalog, call: Call, source: Source) -> Iterator[tuple[Fact, Trouble]]:
    """Runs one call over the models' own catalog, and yields what is refused."""
    for fact, troubles in played(state, models, call, source):
        for trouble in troubles:
            yield fact, trouble


def played(state: State, models: Catalog, call: Call, source: Source) -> Iterator[tuple[Fact, list[Trouble]]]:
    """Every statement with what becomes of it. A table that is made stands for all the statements that make it; an index
    whose name its table has is not sent, and comes with the difference where there is one."""
    wanted = models.tables if call.tables is None else call.tables
    release = release_of(source, state.dialect.family)
    for name in [name for name in wanted if name in models.tables]:
        model = models.tables[name]
        if name not in state.tables:
            if name not in state.views and name not in state.unknown:
                yield from _indexed(state, model, models, call)
                for fact, trouble in create(state, _free(state, model), models, call):
                    yield fact, [trouble]
        elif call.tables is None or call.stand_ins:
            table = state.tables[name]  # whether the call is given this model is not known, or with which columns
            state.put(replace(table, incomplete=(*table.incomplete, call.span)))
        elif call.sync.adds_columns:
            for statement in Existing(state, model, call, release).statements():
                if isinstance(statement, CreateIndex) and (held := _held(state, statement)) is not None:
                    differing = _differing(state, statement, held)
                    if differing is not None:
                        yield statement, [differing]
                    continue
                lost = copied(state, model, statement)
                troubles = [*lost, *apply(state, statement, source.id)]
                if troubles and isinstance(statement, DropConstraint) and state.dialect.family == "postgres":
                    _renamed(state, model, statement)
                if call.unordered:  # in which order the tables are made is not known
                    troubles = [one for one in troubles if one.refusal is not Refusal.KEY_TABLE_MISSING]
                yield statement, troubles


def _renamed(state: State, model: Table, fact: DropConstraint) -> None:
    """Goes on after a constraint was not found as if it had the name that GORM looks for: then it would be gone."""
    table = state.tables[fact.table]
    columns = [(column.name,) for column in model.columns.values() if column.span == fact.span]
    state.put(replace(table, uniques=tuple(one for one in table.uniques if one.columns not in columns)))


def _free(state: State, model: Table) -> Table:
    """A new table without the indexes whose names postgres has already: CREATE INDEX IF NOT EXISTS passes over them."""
    if state.dialect.family != "postgres":
        return model
    free = tuple(one for one in model.indexes if one.name is None or state.find_key(model.name, one.name) is None)
    return model if len(free) == len(model.indexes) else replace(model, indexes=free)


def _indexed(state: State, model: Table, models: Catalog, call: Call) -> Iterator[tuple[Fact, list[Trouble]]]:
    """SQLite refuses the indexes of a new table whose names another table has; of two models SL431 says it."""
    for index in model.indexes if state.dialect.family == "sqlite" else ():
        held = state.find_key(model.name, index.name) if index.name is not None else None
        if held is not None and held[0].name not in models.tables:
            fact = CreateIndex(index.span, call.span, model.name, model.span, index)
            at = index.span
            taken = held[1].span
            yield (
                fact,
                [Trouble(Refusal.INDEX_EXISTS, at, model.name, index.name, (), held[0], index, taken)],
            )


def _held(state: State, fact: CreateIndex) -> Key | None:
    """What its table has by the name of an index: then it is not sent. postgres is asked for one of that name elsewhere, and
    passes over it without a word."""
    name = fact.index.name
    if not fact.if_not_exists or name is None:
        return None
    return next((key for key in keys(state.tables[fact.table]) if key.name == name), None)


def _differing(state: State, fact: CreateIndex, held: Key) -> Trouble | None:
    """That an index of this name in the same table certainly is another, so that the model's is never made."""
    table, index = state.tables[fact.table], fact.index
    if not isinstance(held, Index) or held not in table.indexes or not differs(held, index):
        return None
    taken = held.span
    return Trouble(Refusal.INDEX_DIFFERS, index.span, table.name, index.name, existing=table, index=index, taken=taken)
