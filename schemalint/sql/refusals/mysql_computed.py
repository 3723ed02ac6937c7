"""MySQL and MariaDB: columns that are computed, and defaults that are expressions: what of the table they may not speak of.
MySQL 9.7 Reference Manual, "CREATE TABLE and Generated Columns" and "Data Type Default Values"; put to MySQL 9.7 and MariaDB
10.11."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import CreateTable
from schemalint.model.names import Name
from schemalint.model.schema import Column
from schemalint.sql.cursor import Cursor, Script
from schemalint.sql.expressions import mentions
from schemalint.sql.refusals.say import MYSQL, Found
from schemalint.sql.tokens import tokenize


def of_computed(cursor: Cursor, table: CreateTable) -> Iterator[Found]:
    """The columns of a new table that speak of one that is computed later, of one that counts by itself, or of themselves."""
    place = {column.name: at for at, column in enumerate(table.columns)}
    key = table.primary_key.columns if table.primary_key is not None else ()
    for at, column in enumerate(table.columns):
        generated = column.generated is not None
        if generated and not column.stored and column.name in key:
            reason = f"{column.name} is computed when it is read, and no primary key: STORED can be one in MySQL"
            yield column.span, reason, "", ()
        if generated and column.default is not None:
            yield column.span, f"{column.name} is computed, and has no default", "", ()
        for name in _named(cursor, column):
            other = table.columns[place[name]] if name in place else None
            if other is None:
                continue
            if other.identity:
                words = (
                    ""
                    if generated
                    else f"… of column '{column.name.text}' cannot refer to an auto-increment column (3768)"
                )
                reason = f"{name} has AUTO_INCREMENT: {column.name} is computed before it is known"
                yield column.span, reason, words, MYSQL if generated and not column.stored else ()
            elif other.generated is not None and place[name] >= at:
                reason = f"{column.name} speaks of {name}, which is computed later: put it behind {name}"
                reason = reason if name != column.name else f"{name} cannot be computed from itself"
                yield column.span, reason, "", ()
            elif not generated and place[name] == at:
                yield column.span, f"the default of {column.name} speaks of {column.name} itself", "", ()


def _named(cursor: Cursor, column: Column) -> list[Name]:
    """The columns that a computed column or a default certainly names."""
    expression = column.generated or column.default
    if expression is None or (column.generated is None and "(" not in expression.raw):
        return []
    script = Script("", expression.raw, cursor.dialect, pin=column.span)
    tokens = tokenize(script.text, 0, len(script.text), cursor.family)
    return [name for name, _ in mentions(Cursor(script, tokens, column.span), 0, len(tokens) - 1)]
