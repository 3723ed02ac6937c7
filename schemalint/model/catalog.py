"""What facts add up to when they are replayed, and where they could not be applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from schemalint.model.deployment import Service
from schemalint.model.facts import CreateTable, Fact
from schemalint.model.finding import Location
from schemalint.model.frozen import frozen
from schemalint.model.names import Name, TableName
from schemalint.model.objects import CreateEnum
from schemalint.model.schema import EnumType, Index, OtherType, Table, Thing, View
from schemalint.model.source import Call, Script, Source
from schemalint.model.span import Span


@frozen
class Catalog:
    """A database at one moment. Tables keep the order of their creation. `opaque` lists what was not read and may have
    touched any table: while it is not empty, the absence of a table is not asserted."""

    tables: Mapping[TableName, Table] = field(default_factory=dict)
    enums: Mapping[TableName, EnumType] = field(default_factory=dict)
    types: Mapping[TableName, OtherType] = field(default_factory=dict)
    views: Mapping[TableName, View] = field(default_factory=dict)
    things: tuple[Thing, ...] = ()  # sequences, schemas, functions, triggers, extensions
    opaque: tuple[Span, ...] = ()


class Refusal(Enum):
    """Why the server (or the tool) refuses a fact, or silently does not do what it says."""

    TABLE_EXISTS = "table exists"
    TABLE_MISSING = "table missing"
    COLUMN_EXISTS = "column exists"
    COLUMN_MISSING = "column missing"
    INDEX_EXISTS = "index exists"
    INDEX_COLUMN_MISSING = "index on missing column"
    INDEX_TABLE_MISSING = "index on missing table"
    CONSTRAINT_EXISTS = "constraint exists"
    CONSTRAINT_COLUMN_MISSING = "constraint on missing column"
    KEY_TABLE_MISSING = "foreign key to missing table"
    KEY_COLUMN_MISSING = "foreign key to missing column"
    OBJECT_MISSING = "index, constraint, type or view missing"
    TYPE_EXISTS = "type exists"
    MASKED = "IF NOT EXISTS skips a different definition"
    INDEX_DIFFERS = "an index of that name exists and differs"
    BLOCK_FAILS = "a block fails and its handler hides it"
    DEPENDED_ON = "something needs what is dropped"
    PRIMARY_KEY_EXISTS = "primary key exists"
    VIEW_EXISTS = "view over an existing name"
    VIEW_TABLE_MISSING = "a view reads what is not there"
    VIEW_COLUMN_MISSING = "a view names a column that is not there"
    VIEW_COLUMNS_CHANGE = "a view is replaced by one without its columns"
    OBJECT_EXISTS = "sequence, schema, function, trigger or extension exists"
    ROW_COLUMN_MISSING = "rows are written to a column that is not there"
    READ_COLUMN_MISSING = "rows are read by a column that is not there"
    COPY_FAILS = "a table cannot be copied to a new one"
    UNADDABLE = "a column cannot be added with its key"
    LOST_IN_COPY = "an index or trigger of a table that is copied to a new one"
    ROWS_LOST = "rows that refer to a table that is copied to a new one"
    VALUE_EXISTS = "value of an enumeration exists"
    KEY_UNSIZED = "a key on text without a length"
    UNKEYED = "AUTO_INCREMENT without a key"
    KEY_LACKS_PARTITION = "a unique key without a column of the partitions"
    ROW_REFUSED = "a row that the table does not take"
    ROWS_REFUSED = "a query whose rows the table does not take, if it gives any"
    KEY_UNMATCHED = "ON CONFLICT by what is no key"
    IMPOSSIBLE = "what the table as it stands does not allow"
    FORGOTTEN = "a column is defined again without what it had"

    @property
    def silent(self) -> bool:
        """Whether no server says a word: the statement only does something else than it seems to, or is refused only where
        there are rows."""
        return self in _SILENT


_SILENT = frozenset(
    {
        Refusal.MASKED,
        Refusal.INDEX_DIFFERS,
        Refusal.FORGOTTEN,
        Refusal.LOST_IN_COPY,
        Refusal.ROWS_LOST,
        Refusal.ROWS_REFUSED,
    }
)


@frozen
class Step:
    """One source run on a path. `call` is set when the step is an ORM's sync. `evidence` are the places that prove it
    runs, each labelled with what it says: "mounts the script", "calls sequelize.sync()"."""

    source: Source
    evidence: tuple[Location, ...] = ()
    call: Call | None = None


@frozen
class DeploymentPath:
    """What one deployment executes, in order. `models` are the ids of the models sources that are deployed with it,
    whether they sync or not. `alone`: no deployment is known, one source replayed by itself; `others` are then the tables that
    another history of the database makes, nobody knows when. `server` is the service of a compose file that it all runs on."""

    name: str
    database: str
    dialect: str | None
    steps: tuple[Step, ...]
    models: tuple[str, ...] = ()
    alone: bool = False
    others: frozenset[TableName] = frozenset()
    server: Service | None = field(default=None, compare=False)

    @property
    def evidence(self) -> tuple[Location, ...]:
        """Every place that proves a step, in step order."""
        return tuple(place for step in self.steps for place in step.evidence)


@frozen
class Problem:
    """A fact that could not be applied.

    `span` is the exact token to point at, `table` the table concerned, `name` the (first) missing or taken column, index,
    constraint or type, `names` all the missing columns. `existing` is the table as it stood, `taken` what holds the name
    already or what it was taken from, `holder` the view or other relation that stands in the way or asks for the missing
    thing, `masked` the definitions that IF NOT EXISTS skipped earlier and that would have prevented this, `later` what
    creates the missing thing further down the path, `gone` what dropped or renamed it before. `follows` are later facts
    that fail for this reason only. `causes` are the problems inside a block whose handler hides them. `stops`: nothing that
    stands before it in its script was refused, so that this is as far as the script gets. `restart`: it is met when the
    program starts again on the database that the path left. `why` and `server` are of an impossible change: the reason as a
    clause of a message, and the server's own words.
    """

    refusal: Refusal
    fact: Fact
    span: Span
    path: DeploymentPath
    step: Step
    script: Script | None = None
    table: TableName | None = None
    name: Name | None = None
    names: tuple[Name, ...] = ()
    existing: Table | None = None
    index: Index | None = None
    taken: Span | None = None
    holder: TableName | None = None
    masked: tuple[CreateTable, ...] = ()
    later: Span | None = None
    gone: Span | None = None
    near: TableName | None = None
    follows: tuple[Span, ...] = ()
    causes: tuple[Problem, ...] = ()
    stops: bool = False
    restart: bool = False
    why: str = ""
    server: str | None = None


@frozen
class Undone:
    """A script whose way back is refused or does not give the state before it. `tables` are those that differ, as they
    stood before the script (None: not there) and as they stand after up and down (None: not there); `problems` are the
    statements of the way back that the server refuses when it is run right after the way up; `types` are the types that are
    left, so that the way up is refused when it is run again."""

    script: Script
    tables: tuple[tuple[Table | None, Table | None], ...]
    problems: tuple[Problem, ...] = ()
    types: tuple[CreateEnum, ...] = ()


@frozen
class PlayedStep:
    """A step with the catalog before and after it, and the scripts of it that cannot be undone."""

    step: Step
    before: Catalog
    after: Catalog
    undone: tuple[Undone, ...] = ()


@frozen
class Played:
    """A path, played: the catalog around every step and every problem met."""

    path: DeploymentPath
    steps: tuple[PlayedStep, ...]
    catalog: Catalog
    problems: tuple[Problem, ...]
