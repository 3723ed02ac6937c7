"""Sources: one origin of truth each (a migrations folder, an init script, one service's models), and the calls that run them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from schemalint.model.facts import Fact, Opaque, Servers
from schemalint.model.finding import Fix
from schemalint.model.frozen import frozen
from schemalint.model.names import TableName
from schemalint.model.span import Span


class SourceKind(Enum):
    MIGRATIONS = "migrations"
    SCHEMA = "schema"  # an init script or a dump
    MODELS = "models"

    __hash__ = object.__hash__  # members are compared by identity anyway; Enum's own hash is Python code


AUTHORITY = {SourceKind.MIGRATIONS: 30, SourceKind.SCHEMA: 20, SourceKind.MODELS: 10}
"""Who is the reference by default. It decides where messages start from, not who is right."""


class Part(Enum):
    """Kinds of things a source may be complete about. Absence is only asserted of what a source states."""

    TABLES = "tables"
    COLUMNS = "columns"
    NULLABILITY = "nullability"
    DEFAULTS = "defaults"
    INDEXES = "indexes"
    UNIQUES = "uniques"
    FOREIGN_KEYS = "foreign keys"
    CHECKS = "checks"
    ENUMS = "enums"

    __hash__ = object.__hash__  # members are compared by identity anyway; Enum's own hash is Python code


@frozen
class Sync:
    """What an ORM does at start to tables that exist already. Missing tables it always creates.

    `adds_indexes`, `adds_columns`, `adds_foreign_keys`: what is missing is added (indexes are looked up by name);
    `alters_columns`: type, size or nullability are changed to the model's; `alters_indexes`: one of that name that differs
    is made anew; `drops_columns`: columns the model lacks are dropped; `drops_tables`: every table is dropped and made
    again; `alters_new`: what is done to the columns of existing tables is done to those that the call has just made, too;
    `hidden`: nobody asked for it.
    """

    adds_columns: bool = False
    adds_indexes: bool = False
    adds_foreign_keys: bool = False
    alters_columns: bool = False
    alters_indexes: bool = False
    drops_columns: bool = False
    drops_tables: bool = False
    alters_new: bool = False
    hidden: bool = False

    @property
    def strength(self) -> int:
        """How much it changes: the call that changes most decides what becomes of a table."""
        return (
            self.adds_columns + self.adds_indexes + self.alters_columns + 2 * self.drops_columns + 4 * self.drops_tables
        )


@frozen
class Call:
    """A place in code that makes an ORM create or change tables.

    `text` is the call for messages (`sequelize.sync({alter: true})`); `tables` are the tables it works on in the order the
    tool takes them, None when it works on all models of the source; `condition` is the text of the guard around it
    (`process.env.NODE_ENV !== 'production'`), which is reported and never evaluated; `environment` is "development" when
    that guard certainly keeps the call out of production, "production" when it runs there only; `stamps`: the file
    it stands in, or a function elsewhere that names its own, marks migrations as done, so that they
    do not make the same tables again; `unordered`: in which order it takes its tables is not known; `by_hand`: nothing in
    the project imports the file it stands in, or starts it; `stand_ins`: it is given other models of these tables, so that what
    it does to those that are there is not known.
    """

    span: Span
    text: str
    sync: Sync
    tables: tuple[TableName, ...] | None = None
    condition: str | None = None
    environment: str | None = None
    stamps: bool = False
    unordered: bool = False
    by_hand: bool = False
    stand_ins: bool = False

    @property
    def title(self) -> str:
        """The call for a sentence: as written when it is short, else without its arguments."""
        text = " ".join(self.text.split())
        return text if len(text) <= 40 else f"{text.split('(')[0]}(…)"


@frozen
class Requirement:
    """A library and the version that a manifest or lock file selects."""

    name: str
    version: str
    span: Span


@frozen
class Script:
    """One file of a history, or one revision, as its tool runs it. `label` is the version or name for messages; `down` is
    None where there is no way back. `transactional`: the tool wraps the way up in a transaction that the server undoes as a
    whole, `down_transactional` the same of the way back; None when unknown. `statements` counts the statements of the way
    up, None where it is not written in SQL, `down_statements` those of the way back. `blank` are its files without a single
    letter, not even a comment."""

    path: str
    label: str
    facts: tuple[Fact, ...]
    down: tuple[Fact, ...] | None = None
    down_path: str | None = None
    transactional: bool | None = None
    down_transactional: bool | None = None
    statements: int | None = None
    down_statements: int | None = None
    blank: tuple[str, ...] = ()


@frozen
class Ignored:
    """A file in a migrations folder that the tool will never run, or a part of one: `what` names it for a sentence. `tables` are
    those that it would make or change."""

    span: Span
    why: str
    tables: tuple[TableName, ...] = ()
    what: str = "this file"


@frozen
class Upgrades:
    """Scripts that bring an installed database to what the full schema in the file `whole` makes of a new one. `groups` are
    their files in the order of their versions; in which order those of one version run is not known, nor when the `loose` ones
    do."""

    whole: str
    groups: tuple[tuple[str, ...], ...]
    loose: tuple[str, ...] = ()


class FaultKind(Enum):
    """What is wrong with a history as a whole, whatever its scripts say."""

    DUPLICATE = "two scripts have one version"
    HEADS = "several ends"  # of a graph that must have one
    MISSING_PARENT = "a parent that is not there"
    CYCLE = "a circle"
    MISSING_FILE = "a file that is not there"
    EDITED_FILE = "a file that is not what its sum was taken of"
    NAMELESS = "a constraint is dropped without its name"  # `missing` is the function: "upgrade", "downgrade"
    LONG_ID = "an identifier that the tool's own table has no room for"
    UNWRITABLE = "something that the tool refuses to write as SQL"  # `missing` as above, "create_all" of models


@frozen
class Fault:
    """A history that its tool refuses to run. `places` are the scripts concerned, each with its version or revision and
    where that is written (or the first line of the file, when the name says it); `missing` is the parent or file that is
    not there. `why` and `help` say what is refused, and what to write. `beside` are places that explain it: of several ends,
    where the branches part, each with the revision that it follows."""

    kind: FaultKind
    places: tuple[tuple[str, Span], ...]
    missing: str | None = None
    why: str = ""
    help: str = ""
    beside: tuple[tuple[str, Span], ...] = ()


class HazardKind(Enum):
    """What a declaration of a model does that it does not look like."""

    UNKNOWN_KEY = "a key that the library does not read"
    SYNTAX = "a tag that is read otherwise than it was meant"
    IGNORED_WHERE = "a predicate that is not sent"
    SOFT_DELETE = "uniqueness that deleted rows take part in"
    UNIQUE_BOOLEAN = "a boolean that is unique"
    ENDLESS_ALTER = "a column that is changed on every start"
    FOREIGN_TYPE = "a type that the server does not know"
    COLUMN_TWICE = "two fields for one column"
    LOST_KEY = "a key column that is not one"
    UNEXPORTED = "columns that are not there"
    NO_KEY = "uniqueness of a table without a key"
    INDEX_ON_ATTRIBUTE = "an index that names an attribute for a column"
    REPEATED_UNIQUE = "an index that is added at every start"
    ALTERED_ENUM = "a type that is created again"
    LONG_INDEX_NAME = "an index name that is longer than the server takes"
    CIRCLE = "tables that have no order"
    REFUSED_TYPE = "a column or index that the server takes for a mistake"
    IGNORED_UNIQUE = "uniqueness that is not sent"
    LONG_NAME = "a name that the server cuts or refuses"
    UNIQUE_KEY = "a primary key that is unique besides"
    MIXED_INDEX = "an index of which some fields say that it is unique"


@frozen
class Hazard:
    """One place in a model that certainly does not do what it seems to say. `owner` is the field ("User.Email"), `said` what
    stands there, `effect` what comes of it, `help` the repair. `fails`: something will be refused. `migrated`: the library
    makes this table itself, so that all of it has an effect."""

    kind: HazardKind
    span: Span
    owner: str
    said: str
    effect: str
    help: str
    fails: bool = False
    migrated: bool = True
    related: tuple[tuple[Span, str], ...] = ()
    notes: tuple[str, ...] = ()
    fix: Fix | None = None


@frozen
class Takeover:
    """What a tool runs on a database that holds something, but no record of the tool: some of its steps are taken as run.
    `scripts` is None where it is not known which."""

    scripts: tuple[Script, ...] | None


@frozen
class Server:
    """The server that a source is meant for. `version` goes as far as it is stated, (8, 0) for any 8.0, and is None when
    it is not known. `why` is the evidence ("image mysql:8.0 in docker-compose.yml:12"). `certain_family`: an image or the
    configuration says which server it is; else it may be another that speaks the same protocol: MariaDB behind a driver
    for MySQL."""

    dialect: str
    version: tuple[int, ...] | None
    why: str
    certain_family: bool

    def is_one_of(self, servers: tuple[Servers, ...]) -> bool:
        """Whether it certainly is one of these, whatever its version's unstated numbers are."""
        return any(self._is(one) for one in servers)

    def _is(self, one: Servers) -> bool:
        if not self.certain_family or self.dialect != one.dialect:
            return False
        if one.since is None and one.before is None:
            return True
        if self.version is None:
            return False
        # (8, 0) is not certainly since (8, 0, 13), nor certainly before it
        late = one.since is None or self.version >= _trimmed(one.since)
        return late and (one.before is None or self.version[: len(one.before)] < one.before[: len(self.version)])


def _trimmed(version: tuple[int, ...]) -> tuple[int, ...]:
    """A version without the zeros it ends with: (15, 0) is (15,)."""
    while version and version[-1] == 0:
        version = version[:-1]
    return version


@frozen
class Source:
    """`id` is "parser:root". `files` are the files it was read from. `why` is what makes several files one source, where that
    is not plain. Sources `aside` (tests, examples) are read but neither judged nor compared. `any_schema`: tables of the usual
    schema stand in one whose name is computed. `rivals` are the sources that one program keeps in other databases; `variable`
    is the environment variable that says where this one's is. `ledgers` are the tables in which a tool keeps its books, where
    code says so. `unchecked`: SQLite is told not to check foreign keys. `revisions` are the calls by which migrations make tables
    of these models: of those that are certainly loaded then, as they are on the day. `takeover` is what the tool's settings say
    of a database that it has no record of, None where it runs all there, too."""

    id: str
    kind: SourceKind
    parser: str
    root: str
    dialect: str | None
    dialect_why: str
    states: frozenset[Part]
    scripts: tuple[Script, ...]
    files: tuple[str, ...]
    authority: int = 0
    ignored: tuple[Ignored, ...] = ()
    calls: tuple[Call, ...] = ()
    requires: tuple[Requirement, ...] = ()
    faults: tuple[Fault, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    database: str | None = None  # set by configuration, or a bind of Flask-SQLAlchemy
    aside: bool = False
    server: Server | None = None
    why: str = ""
    upgrades: Upgrades | None = None
    any_schema: bool = False
    rivals: frozenset[str] = frozenset()
    variable: str | None = None
    ledgers: frozenset[TableName] = frozenset()
    unchecked: bool = False
    revisions: tuple[Call, ...] = ()
    takeover: Takeover | None = None

    @property
    def partial(self) -> bool:
        """Whether it is SQL that does not say which tables there are: what code makes besides. It is never the reference
        beside other SQL, and nothing is missed of it."""
        return self.kind is SourceKind.SCHEMA and Part.TABLES not in self.states

    @property
    def named(self) -> frozenset[TableName]:
        """Every table that its facts make, change or may change."""
        found: set[TableName] = set()
        for fact in self.facts:
            if isinstance(fact, Opaque):
                found.update(fact.touches or ())
            elif (table := getattr(fact, "table", None)) is not None:
                found.add(table)
        return frozenset(found)

    @property
    def facts(self) -> Iterator[Fact]:
        """Every fact of the way up, in the order it is run."""
        for script in self.scripts:
            yield from script.facts
