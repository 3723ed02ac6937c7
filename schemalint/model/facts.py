"""What a file says about a database, one statement at a time: the closed union `Fact`.

Every fact has `span` (the token a finding underlines: the table, index or type name as written), `statement` (the whole
statement or call) and `guard` (None, or the block that makes it conditional or swallows its failure).
"""

from __future__ import annotations

from dataclasses import dataclass

from schemalint.model.names import Name, TableName
from schemalint.model.schema import (
    Check,
    Column,
    Expr,
    ForeignKey,
    Index,
    PrimaryKey,
    UniqueConstraint,
)
from schemalint.model.span import Span
from schemalint.model.types import ColumnType


@dataclass(frozen=True, slots=True)
class Guard:
    """A block around facts: `DO $$ … $$`, an idempotent procedure, a `describeTable` test.

    `conditional`: the facts may or may not run (an IF stands before them): apply what applies, never complain.
    `handler`: where failures are swallowed (`EXCEPTION WHEN OTHERS`, an empty catch). In postgres the whole block is then
    rolled back. Facts of one block carry the same Guard.
    """

    span: Span
    conditional: bool
    handler: Span | None = None


@dataclass(frozen=True, slots=True)
class CreateTable:
    span: Span
    statement: Span
    table: TableName
    columns: tuple[Column, ...]
    primary_key: PrimaryKey | None = None
    uniques: tuple[UniqueConstraint, ...] = ()
    indexes: tuple[Index, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    if_not_exists: bool = False
    temporary: bool = False
    unread: tuple[Span, ...] = ()  # clauses that were not understood: absence is not asserted on this table
    model: str | None = None  # the class, struct or define() name when an ORM model makes it
    certain: bool = True  # False where a struct looks like a model and nothing proves that it is stored
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class DropTable:
    span: Span
    statement: Span
    table: TableName
    if_exists: bool = False
    cascade: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class RenameTable:
    span: Span
    statement: Span
    table: TableName
    new: TableName
    new_span: Span
    if_exists: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class AddColumn:
    """`span` covers the column name. Keys written in the column (`UNIQUE`, `REFERENCES`) come along."""

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


@dataclass(frozen=True, slots=True)
class AlterColumn:
    """Changes one column. What is None stays as it is. `replacement` redefines the column whole (MySQL MODIFY and CHANGE,
    Sequelize changeColumn); its name is then the new name."""

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
    replacement: Column | None = None
    if_exists: bool = False
    table_if_exists: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class DropColumn:
    span: Span
    statement: Span
    table: TableName
    column: Name
    if_exists: bool = False
    cascade: bool = False
    table_if_exists: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class RenameColumn:
    span: Span
    statement: Span
    table: TableName
    column: Name
    new: Name
    new_span: Span
    table_if_exists: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class CreateIndex:
    """`span` covers the index name, or the INDEX keyword of an unnamed one; `table_span` the table as written."""

    span: Span
    statement: Span
    table: TableName
    table_span: Span
    index: Index
    if_not_exists: bool = False
    concurrently: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class DropIndex:
    span: Span
    statement: Span
    name: TableName  # the index, with its schema where written
    table: TableName | None = None  # MySQL: DROP INDEX i ON t
    if_exists: bool = False
    cascade: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class RenameIndex:
    span: Span
    statement: Span
    name: TableName
    new: Name
    table: TableName | None = None
    if_exists: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class AddConstraint:
    """`span` covers the constraint's name, else its keyword. `using_index`: postgres `USING INDEX name`."""

    span: Span
    statement: Span
    table: TableName
    constraint: PrimaryKey | UniqueConstraint | ForeignKey | Check
    using_index: Name | None = None
    if_not_exists: bool = False
    table_if_exists: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class RenameConstraint:
    span: Span
    statement: Span
    table: TableName
    name: Name
    new: Name
    table_if_exists: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class CreateEnum:
    """A type made by CREATE TYPE or CREATE DOMAIN; `values` None for a type that is not an enumeration."""

    span: Span
    statement: Span
    name: TableName
    values: tuple[str, ...] | None
    if_not_exists: bool = False
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class AddEnumValue:
    span: Span
    statement: Span
    name: TableName
    value: str
    if_not_exists: bool = False
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
    span: Span
    statement: Span
    name: TableName
    materialized: bool = False
    or_replace: bool = False
    if_not_exists: bool = False
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
class Comment:
    """COMMENT ON TABLE or COLUMN: it changes nothing, but fails when its target is not there."""

    span: Span
    statement: Span
    table: TableName
    column: Name | None = None
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class KeyChecks:
    """MySQL's `foreign_key_checks`: while it is off, which ends with the script, keys may point at what is not there."""

    span: Span
    statement: Span
    on: bool
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Servers:
    """The servers of one dialect from a version on, and before another (None: without a bound)."""

    dialect: str
    since: tuple[int, ...] | None = None
    before: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Opaque:
    """Something schema-bearing that was not understood. Absence is not asserted on the tables it touches; `touches` None
    means that it may touch any table."""

    span: Span
    statement: Span
    why: str
    touches: tuple[TableName, ...] | None
    guard: Guard | None = None


Fact = (
    CreateTable
    | DropTable
    | RenameTable
    | AddColumn
    | AlterColumn
    | DropColumn
    | RenameColumn
    | CreateIndex
    | DropIndex
    | RenameIndex
    | AddConstraint
    | DropConstraint
    | RenameConstraint
    | CreateEnum
    | AddEnumValue
    | DropType
    | CreateView
    | DropView
    | Comment
    | KeyChecks
    | Invalid
    | Opaque
)
