"""Facts about what a server keeps beside columns and keys: comments, options, partitions."""

from __future__ import annotations

from schemalint.model.clauses import Guard
from schemalint.model.frozen import frozen
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.span import Span


@frozen
class Comment:
    """COMMENT ON TABLE or COLUMN: it fails when its target is not there. `text` None takes a comment away; `said`: it is the
    text, else that is not known."""

    span: Span
    statement: Span
    table: TableName
    column: Name | None = None
    guard: Guard | None = None
    text: str | None = None
    said: bool = False


@frozen
class CommentOn:
    """postgres: COMMENT ON TYPE, DOMAIN, SEQUENCE, SCHEMA or EXTENSION; `kind` None for the former two. `text` None takes it
    away."""

    span: Span
    statement: Span
    kind: ObjectKind | None
    name: TableName
    text: str | None
    guard: Guard | None = None


@frozen
class AlterIndex:
    """MySQL's ALTER INDEX … [IN]VISIBLE, postgres' COMMENT ON INDEX, SET (…) and RESET (…). What is None stays; a comment of ""
    takes it away, as does a setting of ""."""

    span: Span
    statement: Span
    name: TableName
    table: TableName | None = None
    hidden: bool | None = None
    comment: str | None = None
    guard: Guard | None = None
    settings: tuple[tuple[str, str], ...] = ()


@frozen
class AlterSettings:
    """What ALTER TABLE says of a table beside its columns and keys. What is None stays as it is. `settings` are those of
    `Table`, a value of "" takes one away; `convert`: its texts get the character set as well. `partitioning` says what becomes
    of the partitions: "by" (they are made anew), "add", "drop", "reorganize", "remove", "need" (they are only named), "number"
    and "coalesce" (so many more or fewer), "unknown"; `partitions` are the new ones, `gone` the old."""

    span: Span
    statement: Span
    table: TableName
    comment: str | None = None
    settings: tuple[tuple[str, str], ...] = ()
    convert: bool = False
    partitioning: str = ""
    partition_by: str | None = None
    partitions: tuple[tuple[str, str], ...] = ()
    gone: tuple[tuple[str, Span], ...] = ()
    option: tuple[str, bool] | None = None  # postgres: one of `Table.options`, which comes or goes
    table_if_exists: bool = False
    guard: Guard | None = None
