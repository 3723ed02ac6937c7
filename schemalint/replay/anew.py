"""SQLite, for which Sequelize 5 and 6 make a table anew to change, rename or drop one column (`describeTable` and
`removeColumnQuery` of their SQLite dialect): from what three pragmas tell of it, column by column.

Nothing else comes back: no index, trigger, check, collation or generated column, no action of a foreign key. A unique key of
several columns makes each of them unique by itself, and so does a primary key; an index that is not unique takes that away
again. Every default comes back as a text. Run with 5.22.5, 6.19.2 and 6.37.8 (tests/oracles/sequelize/sync).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemalint.dialects import Dialect
from schemalint.model.catalog import Refusal
from schemalint.model.frozen import replace
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.objects import RemakeTable
from schemalint.model.schema import Column, Expr, ForeignKey, Index, IndexPart, PrimaryKey, Table, UniqueConstraint
from schemalint.model.span import Span
from schemalint.model.types import Family
from schemalint.replay.depends import pointing, referred
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles, missing_column, missing_key, missing_table


def remake_table(state: State, fact: RemakeTable, source: str) -> Troubles:
    """One changeColumn, renameColumn or removeColumn of a migration. Of a column that is not there, removeColumn says nothing."""
    table = state.tables.get(fact.table)
    if table is None:
        yield from missing_table(state, fact.table, fact.span)
        return
    if fact.column is None:
        yield from rewritten(state, table, fact, fresh_tables(state, fact.statement))
        return
    if fact.column not in table.columns and (fact.given is not None or fact.new is not None):
        yield from missing_column(state, table, fact.column, fact.span)
        return
    if undescribed(table):
        yield from fails(state, table, fact.span, fact.statement)
        return
    anew = Anew(table, state.dialect)
    if fact.given is not None:
        anew.change(fact.given, fact.unique, fact.key)
    elif fact.new is not None:
        anew.rename(fact.column, fact.new)
    else:
        anew.drop(fact.column)
    yield from made_anew(
        state, table, anew, fact.span, fact.statement, frozenset(), fresh_tables(state, fact.statement)
    )


def rewritten(
    state: State, table: Table, fact: RemakeTable, fresh: frozenset[TableName], again: frozenset[Name] = frozenset()
) -> Troubles:
    """addConstraint and removeConstraint, which write the text of the table again. What removeConstraint looks for is the text
    that addConstraint writes, before Sequelize 7 a foreign key with both of its actions: one that lacks either stays, and
    nobody says so."""
    keys = (*table.uniques, *table.checks, *table.foreign_keys, *((table.primary_key,) if table.primary_key else ()))
    gone = next((one for one in keys if one.name == fact.constraint), None) if fact.constraint is not None else None
    inline = fact.seven and fact.constraint is not None and fact.constraint.text in _INLINE
    if fact.constraint is not None and gone is None and not inline:
        if not table.incomplete:
            yield from missing_key(state, table.name, fact.constraint, fact.span, table)
        return
    if undescribed(table):
        yield from fails(state, table, fact.span, fact.statement)
        return
    after = replace(table, indexes=(), history=(*table.history, fact.statement))
    yield from lost(state, table, after, fact.span, again)
    yield from rows_lost(state, table, fact.span, fresh)
    if gone is not None and not (fact.written or fact.seven):
        after = replace(after, incomplete=(*after.incomplete, fact.statement))
    elif isinstance(gone, ForeignKey) and None in (gone.on_delete, gone.on_update) and not fact.seven:
        yield Trouble(Refusal.LOST_IN_COPY, fact.span, table.name, gone.name, existing=table, taken=gone.span)
    elif gone is not None:
        after = replace(
            after,
            uniques=tuple(one for one in after.uniques if one is not gone),
            checks=tuple(one for one in after.checks if one is not gone),
            foreign_keys=tuple(one for one in after.foreign_keys if one is not gone),
            primary_key=None if after.primary_key is gone else after.primary_key,
        )
    state.put(after)


def fresh_tables(state: State, statement: Span) -> frozenset[TableName]:
    """The tables that the migration has made itself, and has put no rows into."""
    made = frozenset(name for name, table in state.tables.items() if table.span.path == statement.path)
    return made - state.filled


_INLINE = {"PRIMARY", "FOREIGN", "UNIQUE", "CHECK"}
"""What Sequelize 7 calls the constraints of a column: it finds them by these names, and nothing to take out of the text."""
_NO_DATES = ("'current_timestamp'", "'invalid date'")


class Anew:
    """A table while it is made anew, once for each change. `seven`: by Sequelize 7, for which `rebuilt` has one for each."""

    def __init__(self, table: Table, dialect: Dialect, seven: bool = False) -> None:
        self._before, self._dialect, self._seven = table, dialect, seven
        self._columns = {
            name: _described(column, dialect) for name, column in table.columns.items() if column.generated is None
        }
        self._primary = set(table.primary_key.columns) if table.primary_key else set()
        self._uniques = {name: _unique(self._columns[name]) for name in unique_alone(table) if name in self._columns}
        self._keys: dict[Name, ForeignKey] = {}
        for key in table.foreign_keys:
            targets = key.ref_columns or (dialect.identifier("id", quoted=True),) * len(key.columns)
            for name, target in zip(key.columns, targets, strict=False):
                alone = replace(key, name=None, columns=(name,), ref_columns=(target,))
                self._keys.setdefault(name, alone if seven else _without_actions(alone))
        self._last: Name | None = None

    def change(self, given: Column, unique: bool | None, key: ForeignKey | None) -> None:
        """What is said of the column is laid over what is there; `unique` None: nothing is."""
        self._settle()
        self._last = name = given.name
        old = self._columns[name]
        default, has_default = given.default, given.has_default
        if has_default is None:
            default, has_default = _spelled(old.default, given), old.has_default
        self._columns[name] = replace(
            old,
            type=given.type or old.type,
            nullable=old.nullable if given.nullable is None else given.nullable,
            default=default,
            has_default=has_default,
        )
        if unique:
            self._uniques[name] = _unique(old)
        elif unique is False:
            self._uniques.pop(name, None)
        if key is not None:
            self._keys[name] = replace(key, name=None)

    def unique(self, names: Iterable[Name]) -> None:
        """These columns alone are each unique by themselves."""
        self._uniques = {name: _unique(self._columns[name]) for name in names if name in self._columns}

    def drop(self, name: Name) -> None:
        self._settle()
        self._columns.pop(name, None)
        self._uniques.pop(name, None)
        self._keys.pop(name, None)
        self._primary.discard(name)

    def rename(self, name: Name, new: Name) -> None:
        """The column comes last under its new name."""
        self._settle()
        column = replace(self._columns.pop(name), name=new)
        self._columns[new] = column
        if self._uniques.pop(name, None) is not None:
            self._uniques[new] = _unique(column)
        if (key := self._keys.pop(name, None)) is not None:
            self._keys[new] = replace(key, columns=(new,))
        if name in self._primary:
            self._primary = self._primary - {name} | {new}

    def _settle(self) -> None:
        """What the column changed last becomes when the table is made anew once more."""
        if self._last is not None:
            self._columns[self._last] = _described(self._columns[self._last], self._dialect)
            if (key := self._keys.get(self._last)) is not None:
                self._keys[self._last] = _without_actions(key)
        self._last = None

    def table(self, statement: Span) -> Table:
        """The table as it is in the end."""
        primary = tuple(name for name in self._columns if name in self._primary)
        columns = self._columns
        uniques = tuple(self._uniques.values())
        if len(primary) > 1:
            columns = {n: replace(one, nullable=False) if n in primary else one for n, one in columns.items()}
        elif primary:
            uniques = tuple(key for key in uniques if key.columns != primary)  # one index serves both
            counted = columns[primary[0]]
            if counted.type is not None and "INT" in counted.type.name:
                integer = self._dialect.column_type("INTEGER")
                columns = {**columns, primary[0]: replace(counted, type=integer, nullable=False, identity=True)}
        before = self._before.primary_key
        return replace(
            self._before,
            columns=columns,
            primary_key=PrimaryKey(None, primary, before.span) if primary and before else None,
            uniques=uniques,
            indexes=(),
            foreign_keys=tuple(self._keys.values()),
            checks=(),
            options=(),
            history=(*self._before.history, statement),
        )


def undescribed(table: Table) -> bool:
    """Whether `describeTable` breaks down: it looks for the column of each part of an index."""
    return any(index.columns is None for index in table.indexes)


def fails(state: State, table: Table, span: Span, statement: Span) -> Troubles:
    """The index over an expression that no table with it can be described for."""
    index = next(index for index in table.indexes if index.columns is None)
    if not table.incomplete:
        yield Trouble(Refusal.COPY_FAILS, span, table.name, index.name, existing=table, index=index, taken=index.span)
    state.put(replace(table, incomplete=(*table.incomplete, statement)))


def made_anew(
    state: State,
    before: Table,
    anew: Anew,
    span: Span,
    statement: Span,
    again: frozenset[Name],
    fresh: frozenset[TableName],
) -> Troubles:
    """Puts the new table in the place of the old one. `again` are the indexes that are made after it; see `rows_lost`."""
    after = anew.table(statement)
    broken = [(owner, key) for owner, key in pointing(state, before) if _served(before, key)]
    broken = [(owner, key) for owner, key in broken if not owner.incomplete and not _served(after, key)]
    broken = [(owner, key) for owner, key in broken if owner.name != before.name]
    gone = list(lost(state, before, after, span, again))
    if broken and not before.incomplete and state.key_checks:
        owner, key = broken[0]
        yield Trouble(
            Refusal.COPY_FAILS,
            span,
            before.name,
            names=key.ref_columns,
            existing=before,
            taken=key.span,
            holder=owner.name,
        )
        after = replace(after, incomplete=(*after.incomplete, statement))
    else:
        yield from gone
        yield from rows_lost(state, before, span, fresh)
    state.put(after)


def rows_lost(state: State, before: Table, span: Span, fresh: frozenset[TableName]) -> Iterator[Trouble]:
    """What becomes of rows that refer to the table: DROP TABLE deletes its rows first, and their foreign keys act
    (https://www.sqlite.org/foreignkeys.html, section 5). No row is in `fresh` tables."""
    if not state.key_checks or before.incomplete:
        return
    for owner, key in pointing(state, before):
        if owner.name != before.name and not owner.incomplete and owner.name not in fresh:
            yield Trouble(
                Refusal.ROWS_LOST,
                span,
                before.name,
                names=key.columns,
                existing=owner,
                taken=key.span,
                holder=owner.name,
            )


def lost(state: State, before: Table, after: Table, span: Span, again: frozenset[Name]) -> Iterator[Trouble]:
    """What does not come back, unless it may never have been there. Takes the triggers away."""
    triggers = {
        key: thing
        for key, thing in state.things.items()
        if thing.kind is ObjectKind.TRIGGER and thing.table == before.name
    }
    for gone in triggers:
        del state.things[gone]
    if before.incomplete:
        return

    def trouble(taken: Span, **more: object) -> Trouble:
        return replace(Trouble(Refusal.LOST_IN_COPY, span, before.name, existing=before, taken=taken), **more)

    alone = {key.columns for key in after.uniques} - {key.columns for key in before.uniques}

    def apart(columns: tuple[Name, ...] | None) -> bool:
        return columns is not None and len(columns) > 1 and any((name,) in alone for name in columns)

    for index in before.indexes:
        if index.unique and index.columns is not None and apart(index.columns):
            yield trouble(index.span, names=index.columns)
        elif index.name is not None and index.name not in again:
            yield trouble(index.span, name=index.name, index=index)
        elif index.where is not None and after.indexes:
            yield trouble(index.span, name=index.name, index=index, names=tuple(part.column for part in index.parts))
    for thing in triggers.values():
        yield trouble(thing.span, name=thing.name.name)
    for several in (*before.uniques, *((before.primary_key,) if before.primary_key else ())):
        if apart(several.columns):
            yield trouble(several.span, names=several.columns)
    keeps = [one.columns for one in after.uniques]
    keeps += [one.columns for one in before.indexes if one.unique and one.name in again and one.columns]
    for unique in before.uniques:
        stays = all(name in after.columns for name in unique.columns)
        if stays and unique.columns not in keeps and not any((name,) in alone for name in unique.columns):
            parts = tuple(IndexPart(unique.span, name) for name in unique.columns)
            yield trouble(unique.span, names=unique.columns, index=Index(None, parts, unique.span, unique=True))
    kept = {(key.columns, key.ref_table, key.on_delete) for key in after.foreign_keys}
    for key in before.foreign_keys:
        stays = set(key.columns) <= set(after.columns) and key.on_delete not in (None, "NO ACTION")
        if stays and (key.columns, key.ref_table, key.on_delete) not in kept:
            yield trouble(key.span, names=key.columns, holder=key.ref_table)


def _served(table: Table, key: ForeignKey) -> bool:
    """Whether SQLite finds the key or unique index that a foreign key needs: one over just these columns."""
    wanted = set(referred(key, table))
    keys = [set(one.columns) for one in (*table.uniques, *((table.primary_key,) if table.primary_key else ()))]
    indexes = [set(one.columns or ()) for one in table.indexes if one.unique and one.where is None]
    return wanted in keys or wanted in indexes


def unique_alone(table: Table) -> Iterator[Name]:
    """The columns of which the last index that has them is unique: `describeTable` says so of each."""
    primary = table.primary_key.columns if table.primary_key else ()
    rowid = len(primary) == 1 and primary[0] in table.columns and _is_rowid(table.columns[primary[0]])
    found = dict.fromkeys(() if rowid else primary, True)
    for key in table.uniques:
        found.update(dict.fromkeys(key.columns, True))
    for index in table.indexes:
        found.update(dict.fromkeys(index.columns or (), index.unique))
    yield from (name for name, unique in found.items() if unique)


def _is_rowid(column: Column) -> bool:
    return column.type is not None and column.type.name.upper() == "INTEGER"


def _unique(column: Column) -> UniqueConstraint:
    return UniqueConstraint(None, (column.name,), column.span, (column.span,), inline=True)


def _without_actions(key: ForeignKey) -> ForeignKey:
    return replace(key, on_delete=None, on_update=None, deferrable=False, deferred=False)


def _described(column: Column, dialect: Dialect) -> Column:
    """A column as `PRAGMA table_info` tells of it, written again."""
    default, has_default = column.default, column.has_default
    if default is not None:
        default = _text_of(default, column.type.name if column.type is not None else "")
        has_default = default is not None
    return replace(column, default=default, has_default=has_default, collation=None, not_null=None)


def _text_of(default: Expr, type: str) -> Expr | None:
    """A default without its quotes, put into quotes; of TINYINT(1) only 0 and 1 come back."""
    raw = default.raw.strip()
    if raw.startswith("(") and raw.endswith(")"):
        raw = raw[1:-1].strip()
    if raw == "NULL":
        return default
    if type == "TINYINT(1)":
        return Expr(raw, raw) if raw in ("0", "1") else None
    text = raw.replace("'", "")
    if text in ("true", "false"):  # replaceBooleanDefaults
        return Expr(str(int(text == "true")), str(int(text == "true")))
    return Expr(f"'{text}'".lower(), f"'{text}'")


def _spelled(default: Expr | None, column: Column) -> Expr | None:
    """A default that is kept, as the type writes that the column is given: a moment, a document and bytes are not texts."""
    family = column.type.family if column.type is not None else None
    if family is Family.TIMESTAMP and default is not None and default.key in _NO_DATES:
        return Expr("'invalid date'", "'Invalid date'")
    return None if family in (Family.TIMESTAMP, Family.DATE, Family.JSON, Family.BINARY) else default
