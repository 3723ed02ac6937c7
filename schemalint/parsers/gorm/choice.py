"""Which of several models of one table counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from schemalint.model.facts import CreateTable
from schemalint.model.names import TableName

OF_HISTORY = re.compile(r"(?:^|/)(?:[\w.-]*migrat[\w.-]*|archived)/", re.IGNORECASE)
"""Folders in which a struct may be kept as a model was at some time, for the sake of a migration."""


@dataclass(slots=True)
class Made:
    """Tables made so far, by name; of foreign keys only those stay that every call would make."""

    tables: dict[TableName, CreateTable] = field(default_factory=dict)

    def add(self, table: CreateTable) -> None:
        known = self.tables.get(table.table)
        if known is None:
            self.tables[table.table] = table
        elif known.model == table.model and known.span == table.span:
            names = {key.name for key in table.foreign_keys}
            keys = tuple(key for key in known.foreign_keys if key.name in names)
            self.tables[table.table] = replace(known, foreign_keys=keys)


def rank(table: CreateTable) -> tuple[bool, int]:
    """Of several models of one table: what is kept for a migration comes last, what has more columns first."""
    return OF_HISTORY.search(table.span.path) is None, len(table.columns)


def is_another(table: CreateTable, made: CreateTable) -> bool:
    """Whether a model is a second one of a table, both of today."""
    kept = OF_HISTORY.search(table.span.path) or OF_HISTORY.search(made.span.path)
    return table.model is not None and table.span != made.span and not kept
