"""Which of several models of one table counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from schemalint.model.facts import CreateTable
from schemalint.model.names import TableName
from schemalint.model.schema import Column
from schemalint.model.span import Span
from schemalint.parsers.gorm.arguments import Given
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.world import Struct

OF_HISTORY = re.compile(r"(?:^|/)(?:[\w.-]*migrat[\w.-]*|archived)/", re.IGNORECASE)
"""Folders in which a struct may be kept as a model was at some time, for the sake of a migration."""

OF_TESTS = re.compile(r"(?:^|/)[\w.-]*(?:test|mock)[\w.-]*(?:/|$)", re.IGNORECASE)
"""Folders and files of helpers for tests: what they migrate, or open, nothing deployed does."""


@dataclass(slots=True)
class Made:
    """Tables made so far, by name; of foreign keys only those stay that every call would make. Of a table that calls make of
    different structs only what these have in common is known: one call may be of another program than the other."""

    tables: dict[TableName, CreateTable] = field(default_factory=dict)

    def add(self, table: CreateTable) -> None:
        known = self.tables.get(table.table)
        if known is None:
            self.tables[table.table] = table
        elif known.model == table.model and known.span == table.span:
            names = {key.name for key in table.foreign_keys}
            keys = tuple(key for key in known.foreign_keys if key.name in names)
            self.tables[table.table] = replace(known, foreign_keys=keys)
        elif OF_HISTORY.search(table.span.path) is None:
            kept = OF_HISTORY.search(known.span.path)
            self.tables[table.table] = table if kept else _common(known, table)


def _common(one: CreateTable, other: CreateTable) -> CreateTable:
    """What two definitions of a table have in common; a column that they define differently is there, and nothing else known."""
    theirs = {column.name: column for column in other.columns}
    columns = tuple(
        column if _says(column) == _says(theirs[column.name]) else Column(column.name, column.span)
        for column in one.columns
        if column.name in theirs
    )
    if columns == one.columns and len(one.columns) == len(other.columns):
        return one
    uniques = {key.name: key.columns for key in other.uniques}
    indexes = {key.name: key.columns for key in other.indexes}
    primary = one.primary_key if one.primary_key and other.primary_key else None
    if primary and other.primary_key and primary.columns != other.primary_key.columns:
        primary = None
    return replace(
        one,
        columns=columns,
        primary_key=primary,
        uniques=tuple(key for key in one.uniques if uniques.get(key.name) == key.columns),
        indexes=tuple(key for key in one.indexes if indexes.get(key.name) == key.columns),
        foreign_keys=tuple(key for key in one.foreign_keys if key.name in {their.name for their in other.foreign_keys}),
        checks=(),
        unread=(*one.unread, other.span),
    )


def _says(column: Column) -> tuple[object, ...]:
    return column.type, column.nullable, column.default, column.identity


def of_today(given: Given, path: str, call: Data, known: Callable[[Struct], bool]) -> Given:
    """What a call is given without structs that a function declares: in a migration they show tables as they were. Where the
    package has a model of the same table (`known`), that is what queries read, and a struct that stands in for it in this one
    call may well have a part of its columns: then the call is open."""
    inside = [one for one in given.structs if one.inside and (call.get("history") or known(one))]
    if not inside:
        return given
    structs = [one for one in given.structs if one not in inside]
    if call.get("history"):
        return replace(given, structs=structs)
    return replace(given, structs=structs, open=[*given.open, Span(path, *call["at"])], stand_ins=inside)


def rank(table: CreateTable) -> tuple[bool, int]:
    """Of several models of one table: what is kept for a migration comes last, what has more columns first."""
    return OF_HISTORY.search(table.span.path) is None, len(table.columns)


def is_another(table: CreateTable, made: CreateTable) -> bool:
    """Whether a model is a second one of a table, both of today."""
    kept = OF_HISTORY.search(table.span.path) or OF_HISTORY.search(made.span.path)
    return table.model is not None and table.span != made.span and not kept
