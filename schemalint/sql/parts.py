"""What a CREATE TABLE or an ADD COLUMN gathers while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from schemalint.model.names import Name
from schemalint.model.schema import Check, Column, Exclusion, ForeignKey, Index, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span


@dataclass(slots=True)
class Parts:
    """What a CREATE TABLE or an ADD COLUMN has said so far."""

    columns: list[Column] = field(default_factory=list)
    primary_key: PrimaryKey | None = None
    second_key: Span | None = None  # another primary key
    uniques: list[UniqueConstraint] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    inline_keys: list[ForeignKey] = field(default_factory=list)  # MySQL
    checks: list[Check] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    not_null: list[tuple[Name, Span, Name | None]] = field(default_factory=list)  # column, where, constraint
    unread: list[Span] = field(default_factory=list)
    after: Name | None = None
    first: bool = False
    once: bool = False  # SQLite: PRIMARY KEY (id AUTOINCREMENT)

    def add(self, other: Parts) -> None:
        """Takes in what one column has said; later keys and places win."""
        self.columns += other.columns
        if other.primary_key is not None:
            self.keyed_by(other.primary_key)
        self.uniques += other.uniques
        self.indexes += other.indexes
        self.foreign_keys += other.foreign_keys
        self.inline_keys += other.inline_keys
        self.checks += other.checks
        self.exclusions += other.exclusions
        self.not_null += other.not_null
        self.unread += other.unread
        self.after = other.after or self.after
        self.first = other.first or self.first

    def keyed_by(self, key: PrimaryKey) -> None:
        """Takes in a primary key. There should be one."""
        if self.primary_key is not None:
            self.second_key = key.span
        self.primary_key = key
