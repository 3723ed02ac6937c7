"""What a file says about a database, one statement at a time: the closed union `Fact`.

Every fact has `span` (the token a finding underlines: the table, index or type name as written), `statement` (the whole
statement or call) and `guard` (None, or the block that makes it conditional or swallows its failure).
"""

from __future__ import annotations

from schemalint.model.clauses import Guard, Like, Piece, Query
from schemalint.model.described import AlterIndex, AlterSettings, Comment, CommentOn
from schemalint.model.frozen import frozen
from schemalint.model.names import Name, TableName
from schemalint.model.objects import (
    AddEnumValue,
    Alone,
    AlterObject,
    CallRoutine,
    CopyTable,
    CreateEnum,
    CreateObject,
    CreateView,
    DropObject,
    DropType,
    DropView,
    KeyChecks,
    LegacyRenames,
    RefreshView,
    RemakeTable,
    RenameEnumValue,
    RenameType,
    Savepoint,
    SearchPath,
    SetType,
    Transaction,
    Write,
)
from schemalint.model.schema import (
    Check,
    Column,
    Counting,
    Exclusion,
    Expr,
    ForeignKey,
    Index,
    PrimaryKey,
    UniqueConstraint,
)
from schemalint.model.span import Span
from schemalint.model.types import ColumnType


@frozen
class CreateTable:
    """`inherits` are the parents of postgres' INHERITS, or the one table that it is a PARTITION OF; `partitioned` says that
    it has partitions of its own, `partition_by` and `bound` by and of what, as written; `of` is the type of a typed table
    and gives its columns, which `columns` only adds to; `query` gives further columns.
    `inline_keys` are the REFERENCES in MySQL's columns, which its servers forget before 9.0.
    `settings` and `partitions` are those of `Table`.
    `unread` are clauses that were not understood: absence is not asserted on the table. `unread_why` says why, where one
    reason holds for all of them. `quoted` is that of `Table`."""

    span: Span
    statement: Span
    table: TableName
    columns: tuple[Column, ...]
    primary_key: PrimaryKey | None = None
    uniques: tuple[UniqueConstraint, ...] = ()
    indexes: tuple[Index, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    if_not_exists: bool = False
    temporary: bool = False
    likes: tuple[Like, ...] = ()
    inherits: tuple[tuple[TableName, Span], ...] = ()
    partition: bool = False
    partitioned: bool = False
    partition_by: str | None = None
    bound: str | None = None
    of: tuple[TableName, Span] | None = None
    options: tuple[str, ...] = ()
    query: Query | None = None
    query_columns: tuple[Name, ...] = ()  # the names that `CREATE TABLE t (a, b) AS …` gives to the query's columns
    unread: tuple[Span, ...] = ()
    model: str | None = None  # the class, struct or define() name when an ORM model makes it
    certain: bool = True  # False where a struct looks like a model and nothing proves that it is stored, or in full
    guard: Guard | None = None
    inline_keys: tuple[ForeignKey, ...] = ()
    comment: str | None = None
    settings: tuple[tuple[str, str], ...] = ()
    partitions: tuple[tuple[str, str], ...] = ()
    unread_why: str = "a clause that was not understood"
    quoted: bool = False


@frozen
class DropTable:
    """`temporary`: MySQL's DROP TEMPORARY TABLE, which leaves every other table alone."""

    span: Span
    statement: Span
    table: TableName
    if_exists: bool = False
    cascade: bool = False
    guard: Guard | None = None
    temporary: bool = False


@frozen
class RenameTable:
    span: Span
    statement: Span
    table: TableName
    new: TableName
    new_span: Span
    if_exists: bool = False
    guard: Guard | None = None


@frozen
class AddColumn:
    """`span` covers the column name. Keys written in the column (`UNIQUE`, `REFERENCES`) come along; `inline_keys` are
    those of CreateTable, and `quoted` is that of `Table`."""

    span: Span
    statement: Span
    table: TableName
    column: Column
    primary_key: PrimaryKey | None = None
    uniques: tuple[UniqueConstraint, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    after: Name | None = None  # MySQL AFTER
    first: bool = False  # MySQL FIRST
    if_not_exists: bool = False
    table_if_exists: bool = False
    guard: Guard | None = None
    inline_keys: tuple[ForeignKey, ...] = ()
    quoted: bool = False


@frozen
class AlterColumn:
    """Changes one column. What is None stays as it is, but for the collation where a type is given. `replacement` redefines
    the column whole (MySQL MODIFY and CHANGE, Sequelize changeColumn); its name is then the new name, and `unstated` what
    nobody wrote and the tool leaves out: "nullable", "default", "identity"."""

    span: Span
    statement: Span
    table: TableName
    column: Name
    type: ColumnType | None = None
    nullable: bool | None = None
    default: Expr | None = None
    drop_default: bool = False
    identity: bool | None = None
    drop_generated: bool = False
    serial: bool = False  # the new default is the next value of `sequence`
    sequence: TableName | None = None
    replacement: Column | None = None
    if_exists: bool = False
    table_if_exists: bool = False
    guard: Guard | None = None
    unstated: tuple[str, ...] = ()
    collation: str | None = None  # of the new type
    counting: Counting | None = None  # what changes in how an identity counts
    not_null: Name | None = None  # the name of the new NOT NULL, where it is written
    hidden: bool | None = None  # MySQL: SET INVISIBLE
    after: Name | None = None  # MySQL: MODIFY … AFTER
    first: bool = False
    default_name: Name | None = None  # SQL Server: the name of the new default
    verbatim: bool = False  # SQL Server: as a script says it, with nothing that a tool does before
    lenient: bool = False  # postgres: DROP IDENTITY IF EXISTS and its like
    mark: tuple[str, str] | None = None  # postgres: the word of a mark (see `Column`), and the new one, "" for none


@frozen
class DropColumn:
    """`keys_first`: the tool looks up the column's own foreign keys and drops them before it. `remakes`: on SQLite the tool
    makes the table anew without the column, and without the keys that hold it."""

    span: Span
    statement: Span
    table: TableName
    column: Name
    if_exists: bool = False
    cascade: bool = False
    table_if_exists: bool = False
    guard: Guard | None = None
    keys_first: bool = False
    remakes: bool = False
    verbatim: bool = False  # SQL Server: as a script says it, with nothing that a tool does before


@frozen
class RenameColumn:
    span: Span
    statement: Span
    table: TableName
    column: Name
    new: Name
    new_span: Span
    table_if_exists: bool = False
    guard: Guard | None = None


@frozen
class CreateIndex:
    """`span` covers the index name, or the INDEX keyword of an unnamed one; `table_span` the table as written."""

    span: Span
    statement: Span
    table: TableName
    table_span: Span
    index: Index
    if_not_exists: bool = False
    concurrently: bool = False
    only: bool = False  # not on the partitions
    guard: Guard | None = None
    replaces: bool = False  # SQL Server: WITH (DROP_EXISTING = ON): the index of that name, which must be there


@frozen
class DropIndex:
    span: Span
    statement: Span
    name: TableName  # the index, with its schema where written
    table: TableName | None = None  # MySQL: DROP INDEX i ON t
    if_exists: bool = False
    cascade: bool = False
    guard: Guard | None = None
    concurrently: bool = False


@frozen
class RenameIndex:
    span: Span
    statement: Span
    name: TableName
    new: Name
    table: TableName | None = None
    if_exists: bool = False
    guard: Guard | None = None


@frozen
class AddConstraint:
    """`span` covers the constraint's name, else its keyword. `using_index`: postgres `USING INDEX name`."""

    span: Span
    statement: Span
    table: TableName
    constraint: PrimaryKey | UniqueConstraint | ForeignKey | Check | Exclusion
    using_index: Name | None = None
    if_not_exists: bool = False
    table_if_exists: bool = False
    only: bool = False  # ON ONLY: not on the partitions
    guard: Guard | None = None


@frozen
class DropConstraint:
    """`kind`: "primary key", "foreign key", "unique", "check" where the statement says it, else None. `name` None: the
    primary key of MySQL's DROP PRIMARY KEY."""

    span: Span
    statement: Span
    table: TableName
    name: Name | None
    kind: str | None = None
    if_exists: bool = False
    cascade: bool = False
    table_if_exists: bool = False
    guard: Guard | None = None


@frozen
class RenameConstraint:
    span: Span
    statement: Span
    table: TableName
    name: Name
    new: Name
    table_if_exists: bool = False
    guard: Guard | None = None


@frozen
class NeedConstraint:
    """What fails without that constraint: VALIDATE, ALTER, COMMENT ON CONSTRAINT. What is None stays as it is."""

    span: Span
    statement: Span
    table: TableName
    name: Name
    table_if_exists: bool = False
    guard: Guard | None = None
    validated: bool | None = None
    deferrable: bool | None = None
    deferred: bool | None = None
    enforced: bool | None = None
    comment: str | None = None  # "" takes it away


@frozen
class Inherit:
    """postgres: ATTACH and DETACH PARTITION, INHERIT and NO INHERIT. `span` covers the name of the other table, `bound` is
    the partition's, as written."""

    span: Span
    statement: Span
    table: TableName  # the child or the partition
    parent: TableName
    partition: bool
    off: bool = False
    table_if_exists: bool = False
    guard: Guard | None = None
    bound: str | None = None


ColumnChange = AddColumn | AlterColumn | DropColumn | RenameColumn
TypeChange = ColumnChange | AddConstraint | DropConstraint | RenameConstraint | NeedConstraint


@frozen
class AlterType:
    """postgres: ALTER DOMAIN, and what ALTER TYPE does to the attributes of a composite type. `change` is what it would be of
    a table of that name (see `OtherType.shape`), None where it was not understood. `cascade`: typed tables follow."""

    span: Span
    statement: Span
    name: TableName
    change: TypeChange | None
    domain: bool = False
    cascade: bool = False
    guard: Guard | None = None


@frozen
class Servers:
    """The servers of one dialect from a version on, and before another (None: without a bound)."""

    dialect: str
    since: tuple[int, ...] | None = None
    before: tuple[int, ...] | None = None


@frozen
class Invalid:
    """A statement or clause that the source's server refuses for certain. The facts of the statement follow as if it had
    been written in the obvious right way. `reason` is one clause for the message, `server` the server's own words, `line`
    the line on which it stands, as written, "" where that is not verbatim in the file. `only` are the servers that refuse
    it; none: every server of the dialect's family."""

    span: Span
    statement: Span
    reason: str
    server: str | None = None
    table: TableName | None = None
    guard: Guard | None = None
    line: str = ""
    only: tuple[Servers, ...] = ()


@frozen
class Opaque:
    """Something schema-bearing that was not understood. Absence is not asserted on the tables it touches; `touches` None
    means that it may touch any table. `text` is what a routine executes, as far as only its arguments are missing."""

    span: Span
    statement: Span
    why: str
    touches: tuple[TableName, ...] | None
    guard: Guard | None = None
    text: tuple[Piece, ...] = ()


Fact = (
    CreateTable | DropTable | RenameTable | AddColumn | AlterColumn | DropColumn | RenameColumn | CreateIndex
    | DropIndex | RenameIndex | AddConstraint | DropConstraint | RenameConstraint | NeedConstraint | Inherit
    | CreateEnum | AddEnumValue | RenameEnumValue | RenameType | AlterType | SetType | DropType | CreateView
    | DropView | RefreshView | CreateObject | AlterObject | DropObject | CallRoutine | Write | Transaction | Comment
    | CommentOn | Savepoint | AlterIndex | AlterSettings | Alone | KeyChecks | LegacyRenames | CopyTable | RemakeTable
    | SearchPath | Invalid | Opaque
)  # fmt: skip
