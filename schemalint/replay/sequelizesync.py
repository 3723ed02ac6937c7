"""Sequelize's `sync()` as the statements that it sends, versions 5 and 6, read in `lib/model.js` and run
(tests/oracles/sequelize): a table that is missing is created; of one that exists nothing but its indexes is looked at, by
their names alone; `alter` changes every column, whether it differs or not; `force` drops the tables first."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Refusal
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropTable,
    Fact,
    Opaque,
)
from schemalint.model.frozen import replace
from schemalint.model.names import Name, TableName
from schemalint.model.objects import AddEnumValue, CreateEnum
from schemalint.model.schema import Column, ForeignKey, Index, IndexPart, Table, UniqueConstraint
from schemalint.model.source import Call, Source
from schemalint.replay.anew import Anew, fails, made_anew, undescribed
from schemalint.replay.apply import run
from schemalint.replay.indexes import differs
from schemalint.replay.rebuilt import altered
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble

Troubles = Iterator[tuple[Fact, Trouble]]


def sequelize_sync(state: State, source: Source, call: Call) -> Troubles:
    """Runs one call over the models of a source. Of one that may not run, only what takes nothing away is played: what comes
    after it is judged as if it had not been there."""
    perhaps = call.condition is not None and call.environment != "production"
    if perhaps and call.sync.drops_columns:
        call = replace(call, sync=replace(call.sync, drops_columns=False, alters_columns=False))
    facts = tuple(source.facts)
    models = [fact for fact in facts if isinstance(fact, CreateTable)]
    if call.tables is not None:
        models = [fact for fact in models if fact.table in call.tables]
    if perhaps and call.sync.drops_tables:
        models = [fact for fact in models if fact.table not in state.tables]
    later = [fact for fact in facts if isinstance(fact, AddConstraint)]
    one = _Sync(state, source, call, facts)
    if call.sync.drops_tables and not perhaps:
        one.drop(models) if later else (yield from one.drop_in_turn(models))
    bound = [replace(model, foreign_keys=(*model.foreign_keys, *_keys_of(model, later))) for model in models]
    alters = call.sync.adds_columns and not call.sync.hidden
    if later and call.tables is None and state.dialect.family != "sqlite" and not call.sync.alters_new:
        # The foreign keys form a circle: the tables are made without any, and a second round alters every one of them.
        for model in models:
            yield from one.model(replace(model, foreign_keys=()), alters)
        alters = True
    for model in bound:
        yield from one.model(model, alters)


def _keys_of(model: CreateTable, later: list[AddConstraint]) -> Iterator[ForeignKey]:
    for fact in later:
        if fact.table == model.table and isinstance(fact.constraint, ForeignKey):
            yield fact.constraint


class _Sync:
    """One call while it runs."""

    def __init__(self, state: State, source: Source, call: Call, facts: tuple[Fact, ...]) -> None:
        self.state, self.source, self.call, self.facts = state, source.id, call, facts
        self.fresh: frozenset[TableName] = frozenset()  # tables that this call makes
        # Sequelize 7, which has a name of its own, sends UNIQUE with no column.
        self.inline = all(one.name != "@sequelize/core" for one in source.requires)
        self.package = any(one.name == "@sequelize/sqlite3" for one in source.requires)

    def drop(self, models: list[CreateTable]) -> None:
        """Tables in a circle lose their keys first."""
        for model in models:
            self.state.remove(model.table, self.call.span)

    def drop_in_turn(self, models: list[CreateTable]) -> Troubles:
        """Children first; PostgreSQL takes along what refers to them."""
        for model in reversed(models):
            cascade = self.state.dialect.family == "postgres"
            yield from self._send(
                DropTable(self.call.span, self.call.span, model.table, if_exists=True, cascade=cascade)
            )

    def model(self, model: CreateTable, alters: bool) -> Troubles:
        """One model's turn."""
        name = model.table
        if name in self.state.views or name in self.state.unknown:
            return
        existed = name in self.state.tables
        yield from self._choices(model)
        if not existed:
            self.fresh |= {name}
            yield from self._create(model)
        if alters and (existed or self.call.sync.alters_new):
            yield from self._alter(model)
        yield from self._indexes(model)

    def _send(self, *facts: Fact) -> Troubles:
        for fact in facts:
            yield from run(self.state, (fact,), self.source)

    # PostgreSQL's enumerations: missing values are added at every sync

    def _choices(self, model: CreateTable) -> Troubles:
        for fact in self.facts:
            if not isinstance(fact, CreateEnum) or fact.statement != model.statement:
                continue
            known, values = self.state.enums.get(fact.name), fact.values or ()
            yield from self._send(fact)
            for at, value in enumerate(values if known is not None else ()):
                if known is not None and value not in known.values:
                    before, after = (None, values[at - 1]) if at else (known.values[0], None)
                    yield from self._send(
                        AddEnumValue(fact.span, self.call.span, fact.name, value, True, before, after)
                    )

    # Tables

    def _create(self, model: CreateTable) -> Troubles:
        made = replace(model, statement=self.call.span, indexes=(), quoted=not self.inline)
        for fact, trouble in self._send(made):
            if trouble.refusal is not Refusal.KEY_TABLE_MISSING or self._certain(trouble):
                yield fact, trouble

    def _certain(self, trouble: Trouble) -> bool:
        """Whether the table that a key points at is certainly not there: a model of which it is comes later, it bears a
        model's name instead of a table's, or SQL made the database, in which it would be."""
        if self.state.opaque or any(isinstance(fact, Opaque) for fact in self.facts) or trouble.table is None:
            return False
        models = [fact for fact in self.facts if isinstance(fact, CreateTable)]
        if any(fact.table == trouble.table for fact in models):
            return self.call.tables is not None
        if any((fact.model or "").lower() == trouble.table.name.text.lower() for fact in models):
            return True
        return any(table.source != self.source for table in self.state.tables.values())

    # Columns

    def _alter(self, model: CreateTable) -> Troubles:
        """`alter`: what is missing is added, what the model lacks is dropped, all else is changed to what the model says."""
        before = self.state.tables[model.table]
        sqlite = self.state.dialect.family == "sqlite"
        if sqlite and undescribed(before):
            for trouble in fails(self.state, before, self.call.span, self.call.span):
                yield model, trouble
            return
        if sqlite and not self.inline and not (before.quoted and self.package):
            # Its text is not known, or what this Sequelize 7 makes of it, which came before alpha.40.
            opaque = Opaque(self.call.span, self.call.span, "SQLite's table is made anew", (model.table,))
            yield from self._send(opaque)
        known = {self._real(name) for name in before.columns}
        for column in model.columns:
            if column.name.text not in known:
                added = self._added(model, column)
                yield from self._send(added)
                if sqlite and (added.uniques or added.primary_key):
                    refusal = Refusal.UNADDABLE
                    yield added, Trouble(refusal, column.span, model.table, column.name, existing=before)
        if self.call.sync.adds_columns and not self.call.sync.drops_columns:
            return
        wanted = {column.name.text: column for column in model.columns}
        if sqlite and self.inline:
            yield from self._made_anew(model, before, wanted)
            return
        if sqlite and before.quoted and self.package:
            yield from altered(self.state, model, before, self.call.span, self.fresh)
            return
        old = {key.name: key for key in before.foreign_keys if key.name is not None}
        keys = model.primary_key.columns if model.primary_key else ()
        for name in before.columns:
            stated = wanted.get(self._real(name))
            if stated is None:
                if not model.unread:
                    drop = DropColumn(
                        self.call.span,
                        self.call.span,
                        model.table,
                        name,
                        keys_first=self.state.dialect.family == "mysql",
                    )
                    yield from self._send(drop)
            elif name not in keys:
                yield from self._changed(model, stated, old)

    def _made_anew(self, model: CreateTable, before: Table, wanted: dict[str, Column]) -> Troubles:
        """SQLite: the table is made anew for each column that it had."""
        table = self.state.tables[model.table]
        anew = Anew(table, self.state.dialect)
        keys = model.primary_key.columns if model.primary_key else ()
        stated = {name for key in model.uniques if not key.inline for name in key.columns}
        changed = False
        for name, column in before.columns.items():
            given = wanted.get(name.text)
            if given is None and not model.unread and column.generated is None:
                anew.drop(name)
            elif given is None or name in keys:
                continue
            else:
                if given.null_unsaid:
                    given = replace(given, nullable=None)
                if given.has_default is False and not given.client_default:
                    given = replace(given, has_default=None)
                unique = True if self._inline(model, given) else False if name in stated else None
                key = next((one for one in model.foreign_keys if one.columns == (name,)), None)
                anew.change(given, unique, key)
            changed = True
        if changed:
            again = frozenset(index.name for index in model.indexes if index.name is not None)
            for trouble in made_anew(self.state, table, anew, self.call.span, self.call.span, again, self.fresh):
                yield model, trouble

    def _added(self, model: CreateTable, column: Column) -> AddColumn:
        keys = tuple(key for key in model.foreign_keys if key.columns == (column.name,))
        if self.state.dialect.family == "mysql":
            text = f"{model.table.name.text}_{column.name.text}_foreign_idx"
            keys = tuple(replace(key, name=self.state.dialect.identifier(text, quoted=True)) for key in keys)
        primary = model.primary_key if model.primary_key and column.name in model.primary_key.columns else None
        if self.state.dialect.family == "postgres":
            primary = None  # its generator leaves PRIMARY KEY out of everything but CREATE TABLE
        uniques = self._inline(model, column)
        return AddColumn(
            column.span,
            self.call.span,
            model.table,
            column,
            primary_key=primary and replace(primary, columns=(column.name,)),
            uniques=uniques,
            foreign_keys=keys,
            quoted=not self.inline,
        )

    def _changed(self, model: CreateTable, column: Column, old: dict[Name, ForeignKey]) -> Troubles:
        """`changeColumn` with the attribute as it stands. Where it refers to another table, nothing but the key is sent,
        after every old key to that table was dropped; PostgreSQL gets NOT NULL and the default before it."""
        postgres = self.state.dialect.family == "postgres"
        table = model.table
        keys = [key for key in model.foreign_keys if key.columns == (column.name,)]
        place = self.call.span
        if self.state.dialect.family == "sqlite":  # Sequelize 7
            yield from self._send(AlterColumn(column.span, place, table, column.name, replacement=column))
            return
        for key in keys:
            yield from self._without_keys(table, key, old)
        if keys and postgres and (column.nullable is False or column.default is not None):
            nullable = False if column.nullable is False else None
            yield from self._send(
                AlterColumn(column.span, place, table, column.name, nullable=nullable, default=column.default)
            )
        if keys:
            yield from self._send(*(AddConstraint(key.span, place, table, replace(key, name=None)) for key in keys))
            return
        if postgres:
            yield from self._send(
                AlterColumn(
                    column.span,
                    place,
                    table,
                    column.name,
                    type=column.type,
                    nullable=column.nullable,
                    default=column.default,
                    drop_default=column.has_default is False,
                )
            )
        else:
            yield from self._send(AlterColumn(column.span, place, table, column.name, replacement=column))
        yield from self._send(
            *(AddConstraint(unique.span, place, table, unique) for unique in self._inline(model, column))
        )

    def _inline(self, model: CreateTable, column: Column) -> tuple[UniqueConstraint, ...]:
        """What is sent as a part of the column: `unique: true`, and no unique with a name."""
        return tuple(key for key in model.uniques if self.inline and key.inline and key.columns == (column.name,))

    def _without_keys(self, table: TableName, wanted: ForeignKey, old: dict[Name, ForeignKey]) -> Troubles:
        for name, key in list(old.items()):
            if key.ref_table == wanted.ref_table and key.ref_columns == wanted.ref_columns:
                del old[name]
                drop = DropConstraint(wanted.span, self.call.span, table, name, kind="foreign key")
                yield from self._send(drop)

    def _real(self, name: Name) -> str:
        """What the server lists a column as: PostgreSQL has folded it."""
        return name.key if self.state.dialect.family == "postgres" else name.text

    # Indexes

    def _indexes(self, model: CreateTable) -> Troubles:
        """Those whose names the table does not have, as it stood before the first of them was added."""
        table = self.state.tables.get(model.table)
        if table is None or not self.call.sync.adds_indexes:
            return
        held = {self._real(index.name): index for index in table.indexes if index.name is not None}
        named = (
            table.uniques if self.state.dialect.family != "sqlite" else ()
        )  # which makes up the names of their indexes
        keys = {self._real(key.name) for key in named if key.name is not None}
        for index in (*model.indexes, *self._unique_indexes(model)):
            if index.name is None:
                continue
            fact = CreateIndex(index.span, self.call.span, model.table, model.span, index)
            same = held.get(index.name.text)
            if same is not None:
                if differs(same, index):
                    yield fact, _other(table, index, same)
            elif index.name.text not in keys:
                yield from (pair for pair in self._send(fact) if not _on_attribute(model, pair[1]))

    def _unique_indexes(self, model: CreateTable) -> Iterator[Index]:
        """Sequelize 7 makes constraints of these with their table, and indexes where the table is there already."""
        for key in model.uniques if not self.inline else ():
            parts = tuple(IndexPart(key.span, name) for name in key.columns)
            yield Index(key.name, parts, key.span, unique=True)


def _on_attribute(model: CreateTable, trouble: Trouble) -> bool:
    """Whether an index fails because it names an attribute for its column, which is told of the model."""
    attributes = {one.attribute for one in model.columns} - {one.name.text for one in model.columns}
    return trouble.refusal is Refusal.INDEX_COLUMN_MISSING and any(name.text in attributes for name in trouble.names)


def _other(table: Table, index: Index, held: Index) -> Trouble:
    refusal = Refusal.INDEX_DIFFERS
    return Trouble(refusal, index.span, table.name, index.name, existing=table, index=index, taken=held.span)
