"""What a database is made of. A field that is None is one its source does not state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemalint.model.names import Name, TableName
from schemalint.model.span import Span
from schemalint.model.types import ColumnType


@dataclass(frozen=True, slots=True)
class Expr:
    """An expression: a default, a check, a predicate. `key` is normalised for comparing, `raw` is as written."""

    key: str
    raw: str = field(compare=False)


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


@dataclass(frozen=True, slots=True)
class PrimaryKey:
    name: Name | None
    columns: tuple[Name, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class UniqueConstraint:
    name: Name | None
    columns: tuple[Name, ...]
    span: Span
    column_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexPart:
    """A column or an expression, with where it stands. `mentions` are the columns an expression certainly names."""

    span: Span
    column: Name | None = None
    expr: Expr | None = None
    descending: bool | None = None
    prefix: int | None = None  # MySQL prefix length
    mentions: tuple[tuple[Name, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """An index. Unnamed ones (`name` None) get the server's name in replay. `unique` includes MySQL's unique keys."""

    name: Name | None
    parts: tuple[IndexPart, ...]
    span: Span  # the name as written, else the keyword or the tag that makes it
    unique: bool = False
    where: Expr | None = None
    where_mentions: tuple[tuple[Name, Span], ...] = ()
    method: str | None = None  # lower case; None is the server's usual one
    include: tuple[tuple[Name, Span], ...] = ()

    @property
    def columns(self) -> tuple[Name, ...] | None:
        """The column names in order, or None when a part is an expression."""
        names = tuple(part.column for part in self.parts if part.column is not None)
        return names if len(names) == len(self.parts) else None

    @property
    def signature(self) -> tuple[object, ...]:
        """Everything but the name, so that unnamed and renamed indexes pair up."""
        parts = tuple((p.column or p.expr, bool(p.descending), p.prefix) for p in self.parts)
        return parts, self.unique, self.where, self.method or "btree"


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


@dataclass(frozen=True, slots=True)
class Check:
    name: Name | None
    expr: Expr
    span: Span
    mentions: tuple[tuple[Name, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class EnumType:
    name: TableName
    values: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A table at one moment. `columns` keeps the table's own order. `history` holds every statement that shaped it, oldest
    first. `incomplete` says why absence must not be asserted on it; empty means it was read whole."""

    name: TableName
    span: Span
    source: str  # id of the source that created it
    columns: Mapping[Name, Column]
    primary_key: PrimaryKey | None = None
    uniques: tuple[UniqueConstraint, ...] = ()
    indexes: tuple[Index, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    history: tuple[Span, ...] = ()
    incomplete: tuple[Span, ...] = ()
