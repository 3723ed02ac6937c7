"""What a database is made of. A field that is None is one its source does not state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.quick import quickly_made
from schemalint.model.span import Span
from schemalint.model.types import ColumnType


@dataclass(frozen=True, slots=True)
class Expr:
    """An expression: a default, a check, a predicate. `key` is normalised for comparing, `raw` is as written."""

    key: str
    raw: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Declared:
    """A column as a library holds it that decides by texts whether an existing column must change: GORM's `schema.Field`.

    `definition` is all that it sends for the column and `type` the type alone, both in lower case; `kind` is its own word
    for the type. `default` is the text that it compares with the server's, None where there is none; `given`: it knows the
    value, and does not merely pass the text on. `unique`: the field claims a constraint of its own, which is called
    `unique_name` whether it does or not."""

    definition: str
    type: str
    kind: str
    size: int
    precision: int
    primary: bool
    not_null: bool
    default: str | None
    given: bool
    comment: str
    unique: bool
    unique_name: str


@dataclass(frozen=True, slots=True)
class Counting:
    """How an identity column or a sequence counts, as far as it is not the usual way. `options` are those of sequences by their
    first words, in one order: "as", "start", "increment", "minvalue", "maxvalue", "cache", "cycle"; of a change, None takes
    one away. `always` is postgres' GENERATED ALWAYS, None where a change leaves it; `once`: SQLite's AUTOINCREMENT, which gives
    no number twice."""

    options: tuple[tuple[str, str | None], ...] = ()
    always: bool | None = None
    once: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class Column:
    """`span` covers the name as written; `type_span` the type, where there is one. `default` None and `has_default` False
    means stated: no default; `has_default` None means the source does not say."""

    name: Name
    span: Span
    type: ColumnType | None = None
    type_span: Span | None = None
    nullable: bool | None = None
    default: Expr | None = None
    has_default: bool | None = None
    identity: bool | None = None  # serial, AUTO_INCREMENT, IDENTITY, SQLite's rowid key
    generated: Expr | None = None
    collation: str | None = None
    attribute: str | None = None  # the model's own name for it: Go field, JavaScript attribute, Python attribute
    client_default: bool | None = None  # models: the ORM itself fills it on insert (Python default=, autoCreateTime, …)
    serial: bool = False  # its default is the next value of a sequence: SERIAL, nextval()
    sequence: TableName | None = None  # the sequence of a serial or identity column, as far as it is known
    stored: bool | None = None  # of a generated column; None is what the server does by itself
    choices: tuple[str, ...] | None = None  # models: the texts that the ORM takes, whatever the column's type
    writes_null: bool | None = None  # models: whether the program's type can hold NULL, where the language tells
    on_update: Expr | None = None  # MySQL: what every change of the row sets it to
    not_null: Name | None = None  # what its NOT NULL is called, where that is written: PostgreSQL 18 keeps the name
    null_unsaid: bool = field(default=False, compare=False)  # models: nobody wrote whether it takes NULL
    comment: str | None = field(default=None, compare=False)  # MySQL: as it is kept; None is none
    declared: Declared | None = field(default=None, compare=False)  # models that change tables at start
    by_habit: bool = field(
        default=False, compare=False
    )  # models: the ORM counts it up unasked, where nobody gives the key
    counting: Counting | None = field(default=None, compare=False)  # None: the usual way, or not said
    charset: str | None = field(default=None, compare=False)  # MySQL: as written, "" where it is the database's own
    default_name: Name | None = field(
        default=None, compare=False
    )  # SQL Server: what its default is called, where it is said
    marks: tuple[str, ...] = field(default=(), compare=False)  # MySQL: "BINARY", "INVISIBLE", "SRID 4326"


@quickly_made
@dataclass(frozen=True, slots=True)
class PrimaryKey:
    """`include` are the columns that its index carries along; `deferrable`: no foreign key may rest on it in postgres, and
    `deferred`: it is looked at when a transaction ends. `prefixes` are MySQL's lengths, one a column where there are any, and
    `descending` says of each column whether it descends, where one does."""

    name: Name | None
    columns: tuple[Name, ...]
    span: Span
    include: tuple[Name, ...] = ()
    deferrable: bool = False
    deferred: bool = False
    prefixes: tuple[int | None, ...] = ()
    descending: tuple[bool, ...] = field(default=(), compare=False)
    comment: str | None = field(default=None, compare=False)  # postgres: COMMENT ON CONSTRAINT
    settings: tuple[tuple[str, str], ...] = field(default=(), compare=False)  # postgres: of its index


@quickly_made
@dataclass(frozen=True, slots=True)
class UniqueConstraint:
    """`inline`: it stands with its column, and Sequelize says it again whenever it changes that column."""

    name: Name | None
    columns: tuple[Name, ...]
    span: Span
    column_spans: tuple[Span, ...] = ()
    include: tuple[Name, ...] = ()
    nulls_distinct: bool = True
    deferrable: bool = False
    deferred: bool = False
    inline: bool = field(default=False, compare=False)
    comment: str | None = field(default=None, compare=False)  # postgres: COMMENT ON CONSTRAINT
    settings: tuple[tuple[str, str], ...] = field(default=(), compare=False)  # postgres: of its index


@quickly_made
@dataclass(frozen=True, slots=True)
class IndexPart:
    """A column or an expression, with where it stands. `mentions` are the columns an expression certainly names.
    `collation` and `opclass` are as written, None where the server's usual ones are meant; `nulls` is "first" or "last"
    where it is said."""

    span: Span
    column: Name | None = None
    expr: Expr | None = None
    descending: bool | None = None
    prefix: int | None = None  # MySQL prefix length
    mentions: tuple[tuple[Name, Span], ...] = ()
    collation: str | None = None
    opclass: str | None = None
    nulls: str | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Index:
    """An index. Unnamed ones (`name` None) get the server's name in replay. `unique` includes MySQL's unique keys.
    `implied`: MySQL made it for a foreign key, and takes it away when another index can serve."""

    name: Name | None
    parts: tuple[IndexPart, ...]
    span: Span  # the name as written, else the keyword or the tag that makes it
    unique: bool = False
    where: Expr | None = None
    where_mentions: tuple[tuple[Name, Span], ...] = ()
    method: str | None = None  # lower case; None is the server's usual one
    include: tuple[tuple[Name, Span], ...] = ()
    nulls_distinct: bool = True
    implied: bool = False
    comment: str | None = field(default=None, compare=False)
    hidden: bool = field(default=False, compare=False)  # MySQL INVISIBLE, MariaDB IGNORED
    splitter: str | None = field(default=None, compare=False)  # MySQL: what WITH PARSER names
    settings: tuple[tuple[str, str], ...] = field(default=(), compare=False)  # postgres: fillfactor and the like
    renamed: bool = False  # postgres: its columns are not called as those of the table

    @property
    def columns(self) -> tuple[Name, ...] | None:
        """The column names in order, or None when a part is an expression."""
        names = tuple(part.column for part in self.parts if part.column is not None)
        return names if len(names) == len(self.parts) else None

    @property
    def signature(self) -> tuple[object, ...]:
        """Everything but the name, so that unnamed and renamed indexes pair up."""
        parts = tuple((p.column or p.expr, bool(p.descending), p.prefix, p.opclass) for p in self.parts)
        return parts, self.unique, self.where, self.method or "btree"


@quickly_made
@dataclass(frozen=True, slots=True)
class ForeignKey:
    name: Name | None
    columns: tuple[Name, ...]
    ref_table: TableName
    ref_columns: tuple[Name, ...]  # empty: the referenced table's primary key
    span: Span  # the column or the REFERENCES target that makes it
    ref_span: Span | None = None  # the referenced table as written
    on_delete: str | None = None  # upper case: CASCADE, SET NULL, RESTRICT, NO ACTION, SET DEFAULT
    on_update: str | None = None
    deferrable: bool = False
    deferred: bool = False
    full: bool = False  # MATCH FULL
    validated: bool = True  # postgres: not added with NOT VALID
    index_name: Name | None = None  # MySQL's `FOREIGN KEY name (…)`, which MariaDB calls the key itself
    enforced: bool = field(default=True, compare=False)  # postgres: not NOT ENFORCED
    comment: str | None = field(default=None, compare=False)  # postgres: COMMENT ON CONSTRAINT


@quickly_made
@dataclass(frozen=True, slots=True)
class Check:
    """`inherited` False: postgres' NO INHERIT; `validated` False: NOT VALID; `enforced` False: NOT ENFORCED. `of`: MariaDB keeps
    it with that column, whose name is its own; whatever redefines the column says it again or takes it away."""

    name: Name | None
    expr: Expr
    span: Span
    mentions: tuple[tuple[Name, Span], ...] = ()
    inherited: bool = True
    validated: bool = True
    of: Name | None = None
    enforced: bool = field(default=True, compare=False)
    comment: str | None = field(default=None, compare=False)  # postgres: COMMENT ON CONSTRAINT


@dataclass(frozen=True, slots=True)
class Exclusion:
    """postgres: `EXCLUDE USING method (part WITH operator, …)`. Its index bears its name."""

    name: Name | None
    parts: tuple[IndexPart, ...]
    operators: tuple[str, ...]
    span: Span
    method: str | None = None
    where: Expr | None = None
    where_mentions: tuple[tuple[Name, Span], ...] = ()
    deferrable: bool = False
    deferred: bool = False
    comment: str | None = field(default=None, compare=False)  # postgres: COMMENT ON CONSTRAINT
    settings: tuple[tuple[str, str], ...] = field(default=(), compare=False)  # postgres: of its index

    @property
    def columns(self) -> tuple[Name, ...] | None:
        """The column names in order, or None when a part is an expression."""
        names = tuple(part.column for part in self.parts if part.column is not None)
        return names if len(names) == len(self.parts) else None


@dataclass(frozen=True, slots=True)
class EnumType:
    name: TableName
    values: tuple[str, ...]
    span: Span
    comment: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class OtherType:
    """A domain, or a type that is no enumeration. `definition` is what stands behind its name, as written, None where that
    is not known or not true any more. `shape` is what it consists of, where that is known: a composite type's attributes
    as the columns of a table, a domain's type, default and checks as those of a table with the one column VALUE."""

    name: TableName
    span: Span
    domain: bool = False
    definition: str | None = None
    shape: Table | None = None
    comment: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class View:
    """`columns` is None where they are not known. `reads` are the relations that its query certainly reads, each with the
    columns it certainly names; None when the query was not understood. `query` is its text, "" where it was not kept, and
    `schema` the one that its unqualified names are looked up in first. `stale`: something that it reads was renamed since,
    and the text says the old name. `keyed` are the tables whose primary key it needs, as it groups by it."""

    name: TableName
    span: Span
    materialized: bool = False
    columns: tuple[Name, ...] | None = None
    reads: tuple[tuple[TableName, tuple[Name, ...]], ...] | None = None
    query: str = ""
    types: tuple[ColumnType | None, ...] = ()  # of the columns, where the query tells
    schema: Name | None = None
    stale: bool = False
    keyed: tuple[TableName, ...] = ()
    comment: str | None = field(default=None, compare=False)
    indexes: tuple[Index, ...] = ()  # of a materialised view
    bound: bool = False  # SQL Server: made WITH SCHEMABINDING
    remarks: tuple[tuple[Name, str], ...] = field(default=(), compare=False)  # the comments of its columns


@dataclass(frozen=True, slots=True)
class Thing:
    """What is known by name only: a sequence, schema, function, procedure, trigger or extension. `table` is a trigger's, or
    with `column` what owns a sequence; `implied`: a column made it, no statement of its own. `counting` is a sequence's;
    `needs` are the columns that a trigger of PostgreSQL's holds on to."""

    kind: ObjectKind
    name: TableName
    span: Span
    table: TableName | None = None
    column: Name | None = None
    implied: bool = False
    counting: Counting | None = None
    comment: str | None = field(default=None, compare=False)
    needs: tuple[Name, ...] = ()
    fills: bool = True  # a trigger may give rows that are put in what they lack


@dataclass(frozen=True, slots=True)
class Table:
    """A table at one moment. `columns` keeps the table's own order. `history` holds every statement that shaped it, oldest
    first. `incomplete` says why absence must not be asserted on it; empty means it was read whole. `parents` are the tables
    that it inherits from or the one that it is a partition of. `partition_by` ("RANGE (at)") and `bound` ("FOR VALUES …",
    "DEFAULT") are as written, where they are known; `partitions` are those that MySQL keeps with the table, each with its name in
    lower case. `settings` are MySQL's table options as written, by "charset", "collate", "engine", …, and postgres'
    storage parameters. `of` is the composite
    type of postgres' typed tables.
    `options` are SQLite's "STRICT" and "WITHOUT ROWID". `remade`: postgres made its keys again, or took an index over as one,
    so that they are not as old as their statements. `quoted`: SQLite keeps its text as Sequelize 7 wrote it, on one line and with
    names in backquotes, which that reads again."""

    name: TableName
    span: Span
    source: str  # id of the source that created it
    columns: Mapping[Name, Column]
    primary_key: PrimaryKey | None = None
    uniques: tuple[UniqueConstraint, ...] = ()
    indexes: tuple[Index, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    parents: tuple[TableName, ...] = ()
    partition: bool = False
    partitioned: bool = False
    partition_by: str | None = None
    bound: str | None = None
    history: tuple[Span, ...] = ()
    incomplete: tuple[Span, ...] = ()
    of: TableName | None = None
    options: tuple[str, ...] = ()
    remade: bool = field(default=False, compare=False)
    quoted: bool = field(default=False, compare=False)
    comment: str | None = field(default=None, compare=False)
    settings: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    partitions: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def elsewhere(self) -> bool:
        """Whether a script only works on it, and what made it was not read."""
        return not self.source
