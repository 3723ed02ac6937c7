"""Whether an ORM that runs at start changes a column to what its model says: what drift is worth depends on it."""

from __future__ import annotations

from schemalint.dialects import Dialect
from schemalint.model.schema import Column
from schemalint.model.source import Call, Source
from schemalint.replay.migratecolumn import alters, release_of


def changes(call: Call | None, source: Source, dialect: Dialect, column: Column, model: Column) -> bool | None:
    """Whether the call alters this column; None where that is not known. GORM compares texts, and sees no other difference
    than they do."""
    if call is None or not call.sync.alters_columns:
        return False
    if source.parser != "gorm" or model.declared is None:
        return True
    if dialect.family != "postgres" and column.name.text != model.name.text:
        return False  # it takes them for two columns
    return alters(model.declared, column, release_of(source, dialect.family), dialect)
