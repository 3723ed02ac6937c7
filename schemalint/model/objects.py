"""Facts about what is no table: types, views, sequences and other things known by name, and the rows a script writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemalint.model.clauses import Guard, Piece, Query
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.schema import Check, Column, Counting, ForeignKey
from schemalint.model.span import Span

if TYPE_CHECKING:
    from schemalint.model.facts import Fact


@dataclass(frozen=True, slots=True)
class CreateEnum:
    """A type made by CREATE TYPE or CREATE DOMAIN; `values` None for a type that is not an enumeration. `definition` is
    then what stands behind its name, as written, and `columns` are a composite type's attributes, or what a domain says of
    its one column VALUE, with its `checks`; None where that was not understood."""

    span: Span
    statement: Span
    name: TableName
    values: tuple[str, ...] | None
    if_not_exists: bool = False
    guard: Guard | None = None
    domain: bool = False
    definition: str = ""
    columns: tuple[Column, ...] | None = None
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class AddEnumValue:
    span: Span
    statement: Span
    name: TableName
    value: str
    if_not_exists: bool = False
    before: str | None = None
    after: str | None = None
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class RenameEnumValue:
    """`span` covers the old value."""

    span: Span
    statement: Span
    name: TableName
    value: str
    new: str
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class RenameType:
    """RENAME TO and SET SCHEMA."""

    span: Span
    statement: Span
    name: TableName
    new: TableName
    new_span: Span
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class SetType:
    """postgres: `ALTER TABLE … OF type`; `of` None for NOT OF."""

    span: Span
    statement: Span
    table: TableName
    of: TableName | None
    table_if_exists: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class DropType:
    span: Span
    statement: Span
    name: TableName
    if_exists: bool = False
    cascade: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class CreateView:
    """`columns` are the names written behind the view's name, None without a list. `alters`: ALTER VIEW, which defines one
    anew that is there."""

    span: Span
    statement: Span
    name: TableName
    materialized: bool = False
    or_replace: bool = False
    if_not_exists: bool = False
    columns: tuple[Name, ...] | None = None
    query: Query | None = None
    temporary: bool = False
    guard: Guard | None = None
    bound: bool = False  # SQL Server: WITH SCHEMABINDING, so that what it reads stays as it is
    alters: bool = False


@dataclass(frozen=True, slots=True)
class RefreshView:
    """postgres: REFRESH MATERIALIZED VIEW."""

    span: Span
    statement: Span
    name: TableName
    concurrently: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class DropView:
    span: Span
    statement: Span
    name: TableName
    if_exists: bool = False
    cascade: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a call gives to a function or procedure. `default` is the text it has where a call gives none; `number`: only a
    whole number keeps its spelling."""

    default: str | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class Routine:
    """What a function or procedure does to the schema whenever it is called. `arguments` are its parameters as written, which
    tell postgres' functions of one name apart. Names without a schema mean those of `schema` where it was made; `bound`: they
    do so wherever it is called. `parameters` are in the order in which a call gives them."""

    facts: tuple[Fact, ...]
    arguments: str = ""
    schema: Name | None = None
    bound: bool = True
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class CreateObject:
    """A sequence, schema, function, procedure, trigger or extension. A schema's or extension's own name is `name.name`.
    `table` is a trigger's table, or with `column` what owns a sequence, which counts as `counting` says; `routine` is what a
    function or procedure does, None where nothing of it bears schema; `names` are the columns of its table that a trigger
    calls NEW.… or OLD.… (MySQL: in its body; PostgreSQL: in WHEN) or waits for (PostgreSQL: UPDATE OF)."""

    span: Span
    statement: Span
    kind: ObjectKind
    name: TableName
    table: TableName | None = None
    table_span: Span | None = None
    column: Name | None = None
    or_replace: bool = False
    if_not_exists: bool = False
    temporary: bool = False
    guard: Guard | None = None
    routine: Routine | None = None
    counting: Counting | None = None
    names: tuple[tuple[Name, Span], ...] = ()
    fills: bool = True  # a trigger may give rows that are put in what they lack


@dataclass(frozen=True, slots=True)
class AlterObject:
    """Changes of a sequence, schema, function or trigger: a new name, a sequence's new owner (`disowned` takes the old one
    away), SQL Server's new body of a procedure (`routine`), or something that we do not keep and that fails all the same when
    the object is not there."""

    span: Span
    statement: Span
    kind: ObjectKind
    name: TableName
    new: TableName | None = None
    table: TableName | None = None
    column: Name | None = None
    disowned: bool = False
    if_exists: bool = False
    guard: Guard | None = None
    routine: Routine | None = None
    counting: Counting | None = None


@dataclass(frozen=True, slots=True)
class DropObject:
    span: Span
    statement: Span
    kind: ObjectKind
    name: TableName
    table: TableName | None = None
    table_span: Span | None = None
    if_exists: bool = False
    cascade: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class CallRoutine:
    """A function or procedure is called: `schemalint.routines` puts what it does in the place of this, so that no source has
    such a fact. `schema` is the one that unqualified names are looked up in first, None for the usual one. `given` are the
    texts that its arguments come to, None where that is not known."""

    span: Span
    statement: Span
    name: TableName
    schema: Name | None = None
    guard: Guard | None = None
    given: tuple[tuple[Piece, ...] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class OnConflict:
    """The key that an INSERT looks rows up by: `columns` in parentheses, `partial` where a WHERE follows them, or the name of
    a constraint. `span` covers the parentheses or the name."""

    span: Span
    columns: tuple[tuple[Name, Span], ...] = ()
    constraint: Name | None = None
    partial: bool = False

    @property
    def said(self) -> str:
        """What it names, the same for all that name the same."""
        names = ", ".join(name.key for name, _ in self.columns)
        return f"{self.constraint.key if self.constraint else names} {self.partial}"


@dataclass(frozen=True, slots=True)
class Write:
    """INSERT, UPDATE, DELETE, TRUNCATE or COPY: rows, which bear no schema, and the table and columns they certainly need.
    Only the first of several alike is kept. SELECT is a table that rows come from, or of which it is not certain which columns
    are written. `query` is what it reads, as a query that reads the same."""

    span: Span
    statement: Span
    verb: str  # upper case
    table: TableName
    columns: tuple[tuple[Name, Span], ...] = ()
    guard: Guard | None = None
    cascade: bool = False  # TRUNCATE: what refers to it is emptied as well
    values: tuple[tuple[Name, str], ...] = ()  # UPDATE: the columns that are set to a text, as written
    width: int | None = None  # how many values the first row of a plain INSERT … VALUES has
    loose: bool = False  # SQL Server: its script may give keys of its own, or defaults that are not seen here
    conflict: OnConflict | None = None
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class Transaction:
    """BEGIN, COMMIT and ROLLBACK of a whole transaction, where they stand by themselves in a script."""

    span: Span
    statement: Span
    verb: str  # "BEGIN", "COMMIT", "ROLLBACK"
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Savepoint:
    """SAVEPOINT, or ROLLBACK TO one, of that name."""

    span: Span
    statement: Span
    name: str
    back: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Alone:
    """postgres: what runs outside of a transaction only, by the words in which the server says so: "VACUUM"."""

    span: Span
    statement: Span
    what: str
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class KeyChecks:
    """MySQL's `foreign_key_checks`: while it is off, which ends with the script, keys may point at what is not there. And
    SQLite's `PRAGMA foreign_keys`: while it is off, no rows follow those of a table that is dropped."""

    span: Span
    statement: Span
    on: bool
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class LegacyRenames:
    """SQLite's `PRAGMA legacy_alter_table`: while it is on, foreign keys and views go on naming a table as it was called
    before it is renamed."""

    span: Span
    statement: Span
    on: bool
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class CopyTable:
    """SQLite: what comes next is done by copying the table to a new one that takes its name. `takes` are the columns that the
    new one certainly lacks or calls otherwise, None where that is not known; `drops` the constraints and columns that it may
    lack. `naming` are SQLAlchemy's templates
    ("fk", "uq", …) for the names of keys that have none. `kept`: nothing is certain to be lost."""

    span: Span
    statement: Span
    table: TableName
    takes: frozenset[Name] | None = frozenset()
    drops: frozenset[Name] = frozenset()
    naming: tuple[tuple[str, str], ...] = ()
    kept: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class RemakeTable:
    """SQLite: Sequelize makes the table anew to change one column, from what its `describeTable` tells. `given` is what is said
    of the column, where parts that are None stay as they are, and so does its uniqueness where `unique` is None; `key` is what it
    refers to from now on. Without `given` the column gets the `new` name, or goes. `column` None: it copies the text of the
    table, and only what stands beside that goes, with the `constraint` of that name; `written`: Sequelize wrote that itself,
    so that it knows it again. `seven`: it is Sequelize 7, which copies in its own way (replay/rebuilt.py), and `held`: in a
    transaction, where foreign keys cannot be switched off; `kept` is the DataType that a default is written by which is not said
    again."""

    span: Span
    statement: Span
    table: TableName
    column: Name | None
    given: Column | None = None
    unique: bool | None = None
    key: ForeignKey | None = None
    new: Name | None = None
    guard: Guard | None = None
    constraint: Name | None = None
    written: bool = False
    seven: bool = False
    held: bool = False
    kept: str = ""


@dataclass(frozen=True, slots=True)
class SearchPath:
    """postgres' search_path where it names several schemas, for the rest of the script: what exists is looked up in each of
    them, in order; None is the usual one. None of them: it names one at most, which is told with every name."""

    span: Span
    statement: Span
    schemas: tuple[Name | None, ...]
    guard: Guard | None = None
