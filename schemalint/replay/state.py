"""The database while facts are being applied to it: lookups, and the few ways in which it changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from schemalint.dialects import Dialect
from schemalint.model.catalog import Catalog
from schemalint.model.facts import CreateTable, Fact
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.quick import replace
from schemalint.model.schema import (
    EnumType,
    ForeignKey,
    Index,
    OtherType,
    Table,
    Thing,
    View,
)
from schemalint.model.source import Server
from schemalint.model.span import Span
from schemalint.replay.ahead import made_ahead
from schemalint.replay.parts import APART, Key, held_apart, keys, named

_KEPT_BY_OTHERS = (
    "pg_",
    "sqlite_",
    "schema_migration",  # pop; with an s behind it Rails, golang-migrate and dbmate
    "migrations",  # db-migrate, TypeORM, gormigrate
    "typeorm_metadata",
    "atlas_schema_revisions",
    "__diesel_schema_migrations",
    "_sqlx_migrations",
    "_prisma_migrations",
    "__drizzle_migrations",
    "goose_db_version",
    "gorp_migrations",
    "alembic_version",
    "flyway_schema_history",
    "schema_version",
    "refinery_schema_history",
    "databasechangelog",
    "pgmigrations",
    "sequelizemeta",
    "knex_migrations",
)
"""Beginnings of the names of tables that a server or a migration tool keeps for itself."""
ThingKey = tuple[ObjectKind, TableName, TableName | None]


@dataclass(slots=True)
class State:
    """`closed`: what was not created here does not exist. `gone` remembers what dropped or renamed a table, so that its
    absence is certain even in an open world; `unknown` are tables that may exist and whose columns were not read.
    `assumed` holds columns that an earlier problem reported missing: they are taken as repaired, with the number of that
    problem. `homes` finds the table of an index or key by name where names are unique in the schema, `known` the keys
    of a table by name, with the table as it was when they were looked for, `below` the tables
    that inherit from one or are its partitions, `referrers` those with a foreign key to one, `foreign` those with a part of
    that name where it belongs to the schema (MySQL's foreign keys and checks, SQL Server's constraints and defaults), `drawn`
    (PostgreSQL) those with a default that names a sequence. `statement` holds every
    fact of the statement under way. `doubtful` are views that a CASCADE may have taken along, or that
    were refused. `things` are kept by kind, name
    and, for triggers, table; `lost` remembers those that certainly are gone; `hidden`: something unread may have made or
    dropped any of them. `saved` is the state at BEGIN. `touched` are the tables that the script under way has put or removed, in
    that order, `met` those that it works on and did not make (`schemalint.replay.elsewhere`). `taken_along` are keys and indexes
    that went with a column whose dropping was refused because of them: that they are missing is no news. `models`: the source
    under way only makes tables, so that what is not read of it changes none. `server` is the one that the source under way is
    meant for, where known. `filled` are tables that a script has written rows to. `grown` are the columns that were added to
    tables which nothing made, with where and by which source (`schemalint.replay.grown`). `besides` are the indexes on views
    and on tables that nothing here makes, by their names, else by that of what they are on. `rows` are the tables that certainly
    hold a row, with the statement that wrote it (`schemalint.replay.rowfaults`). `script` are the facts of the script
    under way, and `ahead` the tables that it certainly makes new, once somebody asked."""

    dialect: Dialect
    closed: bool
    tables: dict[TableName, Table] = field(default_factory=dict)
    enums: dict[TableName, EnumType] = field(default_factory=dict)
    types: dict[TableName, OtherType] = field(default_factory=dict)
    views: dict[TableName, View] = field(default_factory=dict)
    things: dict[ThingKey, Thing] = field(default_factory=dict)
    lost: dict[ThingKey, Span] = field(default_factory=dict)
    hidden: bool = False
    saved: State | None = None
    marks: dict[str, State] = field(default_factory=dict)  # the states at each SAVEPOINT
    opaque: tuple[Span, ...] = ()
    gone: dict[TableName, Span] = field(default_factory=dict)
    temporary: frozenset[TableName] = frozenset()
    unknown: frozenset[TableName] = frozenset()
    masked: dict[TableName, tuple[CreateTable, ...]] = field(default_factory=dict)
    assumed: dict[tuple[TableName, Name], int] = field(default_factory=dict)
    homes: dict[TableName, TableName] = field(default_factory=dict)
    known: dict[TableName, tuple[Table, dict[Name, Key]]] = field(default_factory=dict)
    referrers: dict[TableName, tuple[TableName, ...]] = field(default_factory=dict)
    touched: dict[TableName, None] = field(default_factory=dict)
    met: dict[TableName, None] = field(default_factory=dict)
    below: dict[TableName, tuple[TableName, ...]] = field(default_factory=dict)
    foreign: dict[Name, tuple[TableName, ...]] = field(default_factory=dict)
    key_checks: bool = True
    legacy_renames: bool = False
    drawn: dict[TableName, tuple[TableName, ...]] = field(default_factory=dict)
    search: tuple[Name | None, ...] = ()  # postgres' search_path, where it names several schemas
    statement: tuple[Fact, ...] = ()
    doubtful: frozenset[TableName] = frozenset()
    taken_along: frozenset[tuple[TableName, Name]] = frozenset()
    models: bool = False
    server: Server | None = None
    filled: frozenset[TableName] = frozenset()
    grown: dict[TableName, dict[Name, tuple[Span, str]]] = field(default_factory=dict)
    besides: frozenset[TableName] = frozenset()
    loose: bool = False  # SQL Server: a script before may have left IDENTITY_INSERT on
    rows: dict[TableName, Span] = field(default_factory=dict)
    script: tuple[Fact, ...] = ()
    ahead: frozenset[TableName] | None = None  # see `made_ahead`

    def copy(self) -> State:
        """An independent state; tables themselves are frozen and shared."""
        return replace(
            self,
            tables=dict(self.tables),
            enums=dict(self.enums),
            types=dict(self.types),
            views=dict(self.views),
            things=dict(self.things),
            lost=dict(self.lost),
            gone=dict(self.gone),
            masked=dict(self.masked),
            assumed=dict(self.assumed),
            homes=dict(self.homes),
            known={},
            referrers=dict(self.referrers),
            touched=dict(self.touched),
            met=dict(self.met),
            grown=dict(self.grown),
            below=dict(self.below),
            foreign=dict(self.foreign),
            drawn=dict(self.drawn),
            marks=dict(self.marks),
            rows=dict(self.rows),
        )

    def reset(self, to: State) -> None:
        """Becomes what a copy made earlier was: the server rolled back."""
        kept = (
            "tables",
            "enums",
            "types",
            "views",
            "things",
            "lost",
            "gone",
            "masked",
            "homes",
            "referrers",
            "below",
            "foreign",
            "drawn",
            "met",
            "grown",
            "rows",
        )
        for name in (*kept, "opaque", "temporary", "unknown", "doubtful"):
            setattr(self, name, getattr(to, name))

    def catalog(self) -> Catalog:
        """The state as a frozen catalog."""
        tables, enums, types, views = dict(self.tables), dict(self.enums), dict(self.types), dict(self.views)
        return Catalog(tables, enums, types, views, tuple(self.things.values()), self.opaque)

    def absent(self, table: TableName) -> bool:
        """Whether it is certain that no such table, view or temporary table exists."""
        if table in self.tables or table in self.views or table in self.temporary or table in self.unknown:
            return False
        if (ObjectKind.SEQUENCE, table, None) in self.things or table.name.key.lower().startswith(_KEPT_BY_OTHERS):
            return False
        if table in self.gone:
            return True
        if self.opaque or not self.closed:
            return table in self.made_ahead()
        # A table of a schema that nothing here ever uses belongs to somebody else (an extension, a platform).
        return table.schema is None or any(known.schema == table.schema for known in self.tables)

    def made_ahead(self) -> frozenset[TableName]:
        """The tables that the script under way makes, before which they certainly are not there."""
        if self.ahead is None:
            self.ahead = made_ahead(self.script)
        return self.ahead

    def lacks(self, table: Table, column: Name) -> bool:
        """Whether it is certain that the table has no such column."""
        return column not in table.columns and not table.incomplete and not self._implicit(column)

    def _implicit(self, column: Name) -> bool:
        """System columns that every table has."""
        if self.dialect.family == "sqlite":
            return column.key in {"rowid", "oid", "_rowid_"}
        return self.dialect.family == "postgres" and column.key in {"ctid", "xmin", "xmax", "tableoid", "cmin", "cmax"}

    def home(self, table: TableName, name: Name) -> TableName:
        """The key under which an index or constraint of that table is registered."""
        return TableName(table.schema, name)

    def find_key(self, table: TableName, name: Name) -> tuple[Table, Key] | None:
        """The index, unique constraint or primary key that holds this name within the dialect's scope. `table` is the
        table it belongs to or, where a statement names only the index, the index with its schema."""
        if self.dialect.index_scope == "schema":
            owner = self.tables.get(self.homes.get(self.home(table, name), table))
            owners = [] if owner is None else [owner]
        elif table in self.tables:
            owners = [self.tables[table]]
        else:
            owners = list(self.tables.values()) if table.name == name else []
        for owner in owners:
            if (key := self._named(owner).get(name)) is not None:
                return owner, key
        return None

    def _named(self, table: Table) -> dict[Name, Key]:
        """The keys of a table by name. A table that only has grown is not walked again."""
        old, found = self.known.get(table.name, (None, {}))
        if old is table:
            return found
        grown = None if old is None else self._grown(old, table)
        if grown is None:
            found, grown = {}, list(self.keys(table))
        for key in grown:
            if key.name is not None:
                found.setdefault(key.name, key)
        self.known[table.name] = table, found
        return found

    def _grown(self, old: Table, table: Table) -> list[Key] | None:
        """What a table has behind the keys that it had, None where it does not have all of those as they were."""
        new: list[Key] = []
        for one, other in zip(self._kept(old), self._kept(table), strict=True):
            if other[: len(one)] != one:
                return None
            new.extend(other[len(one) :])
        return new

    def _kept(self, table: Table) -> tuple[tuple[Key, ...], ...]:
        """The keys of a table by where they are kept, as far as they live in the index namespace."""
        if self.dialect.family == "sqlite" and not self.dialect.unique_is_index:
            return (table.indexes,)
        primary = () if table.primary_key is None else (table.primary_key,)
        return primary, table.uniques, table.indexes, table.exclusions

    def keys(self, table: Table) -> Iterator[Key]:
        """Everything of a table that lives in the index namespace: in SQLite constraints are nameless there."""
        if self.dialect.unique_is_index or self.dialect.family != "sqlite":
            yield from keys(table)
        else:
            yield from table.indexes

    def relation(self, name: TableName) -> Span | None:
        """What certainly bears this name where tables, views and indexes share one namespace."""
        if name in self.tables:
            return self.tables[name].span
        if (view := self.view(name)) is not None:
            return view
        if (sequence := self.things.get((ObjectKind.SEQUENCE, name, None))) is not None:
            return None if self.hidden else sequence.span
        if self.dialect.index_scope == "table":
            return None
        held = self.find_key(name, name.name) or self.view_with(name)
        return held[1].span if held else None

    def view_with(self, index: TableName) -> tuple[View, Index] | None:
        """The materialised view that has an index of that name, and the index."""
        view = self.views.get(self.homes.get(index, index))
        return next(((view, one) for one in view.indexes if one.name == index.name), None) if view else None

    def put_view(self, view: View) -> None:
        """Adds a view or replaces it by a changed one, and notes where its indexes are at home."""
        self.views[view.name] = view
        for index in view.indexes:
            if index.name is not None:
                self.homes[self.home(view.name, index.name)] = view.name

    def view(self, name: TableName) -> Span | None:
        """The view of that name, if it is certain that there is one."""
        known = self.views.get(name)
        return None if known is None or self.opaque or name in self.doubtful else known.span

    def put(self, table: Table) -> None:
        """Adds a table or replaces it by a changed one, keeping the look-ups up to date."""
        old = self.tables.get(table.name)
        if old is None or old.parents != table.parents:
            for parent in old.parents if old else ():
                self.below[parent] = tuple(name for name in self.below[parent] if name != table.name)
            for parent in table.parents:
                self.below[parent] = (*self.below.get(parent, ()), table.name)
        self._forget_foreign(old)
        self._refer(old, table)
        self.touched[table.name] = None
        if table.elsewhere:
            self.met[table.name] = None
        if self.dialect.family in APART:
            for held in held_apart(table, self.dialect.family):
                self.foreign[held] = (*self.foreign.get(held, ()), table.name)
        if self.dialect.index_scope == "schema":
            self._register(old, table)
        self.tables[table.name] = table

    def _register(self, old: Table | None, table: Table) -> None:
        """Notes where the names of a table's keys are at home, as far as it has others than before."""
        if (
            old is not None
            and old.primary_key is table.primary_key
            and old.uniques is table.uniques
            and old.indexes is table.indexes
            and old.exclusions is table.exclusions
        ):
            return
        grown = None if old is None else self._grown(old, table)
        for key in grown or ():
            if key.name is not None:
                self.homes.setdefault(self.home(table.name, key.name), table.name)
        if grown is not None:
            return
        before = {id(key): key for key in self.keys(old)} if old is not None else {}
        new = {id(key): key for key in self.keys(table)}
        lost = {key.name for one, key in before.items() if one not in new and key.name is not None}
        for name in lost:
            if self.homes.get(home := self.home(table.name, name)) == table.name:
                del self.homes[home]
        for one, key in new.items():
            if key.name is not None and (one not in before or key.name in lost):
                self.homes.setdefault(self.home(table.name, key.name), table.name)

    def remove(self, table: TableName, by: Span) -> None:
        """Drops a table; its absence is certain from now on."""
        old = self.tables.pop(table, None)
        if old is not None:
            self._forget(old)
            self._forget_foreign(old)
            self._refer(old, None)
            for parent in old.parents:
                self.below[parent] = tuple(name for name in self.below[parent] if name != table)
            for key, thing in list(self.things.items()):
                if thing.table == table:
                    del self.things[key]
        self.touched[table] = None
        self.rows.pop(table, None)
        self.gone[table] = by
        self.unknown -= {table}
        for pair in [pair for pair in self.assumed if pair[0] == table]:
            del self.assumed[pair]

    def _refer(self, old: Table | None, table: Table | None) -> None:
        """Notes which tables a table points at, as far as it points at others than before."""
        before = old.foreign_keys if old is not None else ()
        now = table.foreign_keys if table is not None else ()
        changed = table or old
        if before is now or changed is None:
            return
        targets = {key.ref_table for key in now}
        for target in {key.ref_table for key in before} - targets:
            self.referrers[target] = tuple(name for name in self.referrers[target] if name != changed.name)
        for target in targets:
            known = self.referrers.get(target, ())
            if changed.name not in known:
                self.referrers[target] = (*known, changed.name)

    def _forget_foreign(self, table: Table | None) -> None:
        if table is None or self.dialect.family not in APART:
            return
        for name in held_apart(table, self.dialect.family):
            self.foreign[name] = tuple(n for n in self.foreign.get(name, ()) if n != table.name)

    def _forget(self, table: Table) -> None:
        for key in self.keys(table):
            if key.name is not None and self.homes.get(self.home(table.name, key.name)) == table.name:
                del self.homes[self.home(table.name, key.name)]

    def type_named(self, name: TableName) -> Span | None:
        """Where the type of that name is made, None when none is known."""
        known = self.enums.get(name) or self.types.get(name)
        return known.span if known else None

    def children(self, table: TableName) -> Iterator[Table]:
        """The tables right below one: those that inherit from it and its partitions."""
        for name in self.below.get(table, ()):
            if name in self.tables:
                yield self.tables[name]

    def referencing(self, table: TableName) -> Iterator[tuple[Table, ForeignKey]]:
        """Every foreign key of another table that points at this one."""
        for name in self.referrers.get(table, ()):
            if name != table:
                other = self.tables[name]
                for key in other.foreign_keys:
                    if key.ref_table == table:
                        yield other, key

    def taken(self, table: TableName) -> Iterator[str]:
        """Keys of the names that generated names of this table must avoid."""
        owner = self.tables.get(table)
        if owner is not None:
            yield from named(owner)
