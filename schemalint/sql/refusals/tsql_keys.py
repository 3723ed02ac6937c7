"""What SQL Server refuses about the keys, checks, computed columns and filters of a new table or index, which take more than one
clause to tell. Sources: "CREATE TABLE", "CREATE INDEX (Transact-SQL)", "Specify computed columns in a table", "Maximum capacity
specifications" and "Create a system-versioned temporal table" of Microsoft's reference, the numbers and words "Database Engine
events and errors". An engine that speaks T-SQL was asked for each where it has the same rule: tests/oracles/tsql."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter

from schemalint.model.facts import CreateIndex, CreateTable
from schemalint.model.names import Name
from schemalint.model.schema import Column, ForeignKey, Index, PrimaryKey, UniqueConstraint
from schemalint.model.types import ColumnType
from schemalint.sql.cursor import Cursor
from schemalint.sql.expressions import mentions
from schemalint.sql.refusals.say import Found
from schemalint.sql.tokens import PUNCT, WORD

_MOST_CLUSTERED, MOST_KEY = 900, 1700
"""Bytes that a key takes at most; before SQL Server 2016 no key takes more than the first."""
_FIXED = {"tinyint": 1, "smallint": 2, "int": 4, "bigint": 8, "uniqueidentifier": 16, "datetime": 8, "date": 3}
_SIZED = re.compile(r"(n?char|binary)\((\d+)\)")


def of_table(cursor: Cursor, fact: CreateTable) -> Iterator[Found]:
    """What is wrong with the keys, checks and computed columns of a new table."""
    columns = {column.name: column for column in fact.columns}
    if fact.primary_key is not None and len(fact.primary_key.columns) > 0:
        yield from _nullable_key(cursor, fact.primary_key, columns)
    for key in (fact.primary_key, *fact.uniques):
        if key is not None:
            yield from _long_key(cursor, key, [columns[name] for name in key.columns if name in columns])
    if fact.checks:
        yield from _own_checks(cursor, fact)
    yield from _computed(cursor, fact)
    for foreign in fact.foreign_keys:
        yield from of_foreign_key(foreign)
        yield from _on_columns(foreign, [columns[name] for name in foreign.columns if name in columns])
    if fact.primary_key is None and not fact.unread:
        yield from _versioned(cursor, fact)


def of_foreign_key(key: ForeignKey) -> Iterator[Found]:
    """As many columns point as are pointed at."""
    if key.ref_columns and len(key.ref_columns) != len(key.columns):
        words = "Number of referencing columns in foreign key differs from number of referenced columns (8139)"
        yield key.span, f"{len(key.columns)} columns refer to {len(key.ref_columns)}", words, ()


def of_index(cursor: Cursor, fact: CreateIndex) -> Iterator[Found]:
    """What is wrong with an index by itself: a column twice, a filter that is more than comparisons."""
    sorted_by = {part.column for part in fact.index.parts}
    for name, span in fact.index.include:
        if name in sorted_by:
            words = (
                f"Cannot use duplicate column names in index. Column name '{name.text}' listed more than once (1909)"
            )
            yield span, f"{name} is a column of the key already", words, ()
    if fact.index.where is not None:
        yield from _filter(cursor, fact.index)


def _filter(cursor: Cursor, index: Index) -> Iterator[Found]:
    """The predicate of a filter compares columns with constants, joined by AND ("CREATE INDEX", <filter_predicate>)."""
    tokens = cursor.tokens
    values = [token[1] for token in tokens]
    if "WHERE" not in values:
        return
    for at in range(values.index("WHERE") + 1, len(tokens) - 1):
        if tokens[at][0] != WORD:
            continue
        if values[at] == "WITH":
            return
        negated = values[at] == "NOT" and not (values[at - 1] == "IS" and values[at + 1] == "NULL")
        if negated or values[at] in ("OR", "BETWEEN", "LIKE"):
            words = f"Incorrect WHERE clause for filtered index '{index.name}' on table …"
            reason = f"the filter of an index has no {values[at]}: comparisons with constants, IN and AND are all"
            yield cursor.span(at), reason, words, ()
            return


def _tokens_of(cursor: Cursor, column: Column) -> tuple[int, int]:
    """The tokens of a column's definition, from its name to what ends it."""
    start = bisect_left(cursor.tokens, column.span.start - cursor.script.base, key=itemgetter(2))
    at, depth = start, 0
    while at < len(cursor.tokens) - 1:
        kind, value, _, _ = cursor.tokens[at]
        if kind == PUNCT and value in "()":
            depth += 1 if value == "(" else -1
        if depth < 0 or (depth == 0 and kind == PUNCT and value == ","):
            break
        at += 1
    return start, at


def _nullable_key(cursor: Cursor, key: PrimaryKey, columns: dict[Name, Column]) -> Iterator[Found]:
    """A column of the key of which NULL is said. (In the column's own PRIMARY KEY a pattern tells.)"""
    for name in key.columns if cursor.script.pin is None else ():
        if name not in columns:
            continue
        start, end = _tokens_of(cursor, columns[name])
        depth = 0
        for at in range(start + 1, end):
            kind, value, _, _ = cursor.tokens[at]
            depth += (kind == PUNCT and value == "(") - (kind == PUNCT and value == ")")
            plain = cursor.tokens[at - 1][1] not in ("NOT", "DEFAULT", "SET", "IS", "=")
            if depth == 0 and kind == WORD and value == "NULL" and plain and key.span != columns[name].span:
                words = "Cannot define PRIMARY KEY constraint on nullable column (8111)"
                yield cursor.span(at), f"{name} is in the primary key, which takes no NULL", words, ()
                return


def _long_key(cursor: Cursor, key: PrimaryKey | UniqueConstraint, columns: list[Column]) -> Iterator[Found]:
    """A key whose columns of fixed length are too long by themselves; of others SQL Server only warns."""
    size = sum(fixed_width(column.type) for column in columns)
    values = {token[1] for token in cursor.tokens} if size > _MOST_CLUSTERED else set()
    clustered = isinstance(key, PrimaryKey) and not values & {"NONCLUSTERED", "CLUSTERED"}
    most = _MOST_CLUSTERED if clustered else MOST_KEY
    if size > most:
        yield key.span, *too_long(size, most), ()


def too_long(size: int, most: int) -> tuple[str, str]:
    """The reason and the server's words."""
    words = f"This index has a key length of at least {size} bytes. The maximum permissible key length is {most} bytes (1944)"
    return f"the key takes {size} bytes, and SQL Server indexes {most}", words


def fixed_width(kind: ColumnType | None) -> int:
    """The bytes of a column of a fixed length, 0 of any other."""
    if kind is None:
        return 0
    sized = _SIZED.fullmatch(kind.name)
    if sized is not None:
        return int(sized[2]) * (2 if sized[1] == "nchar" else 1)
    return _FIXED.get(kind.name, 0)


def _own_checks(cursor: Cursor, fact: CreateTable) -> Iterator[Found]:
    """A check that stands in a column is of this column alone."""
    others = {column.name for column in fact.columns}
    starts = [column.span.start for column in fact.columns]
    for check in fact.checks if cursor.script.pin is None else ():
        at = bisect_left(starts, check.span.start) - 1
        column = fact.columns[at] if at >= 0 else None
        named = [(name, span) for name, span in check.mentions if name in others]
        if column is None or all(name == column.name for name, _ in named):
            continue
        _, end = _tokens_of(cursor, column)
        if check.span.start - cursor.script.base < cursor.tokens[end][2]:
            other, span = next((name, span) for name, span in named if name != column.name)
            words = f"Column CHECK constraint for column '{column.name.text}' references another column, table"
            reason = f"the check of {column.name} names {other}: behind a comma it is of the whole table"
            yield span, reason, f"{words} '{fact.table.name.text}' (8141)", ()


def _computed(cursor: Cursor, fact: CreateTable) -> Iterator[Found]:
    """A computed column is computed of others that are not."""
    made = {column.name for column in fact.columns if column.generated is not None}
    if len(made) < 2 or cursor.script.pin is not None:
        return
    for column in fact.columns:
        if column.name in made:
            start, end = _tokens_of(cursor, column)
            for name, span in mentions(cursor, start + 2, end):
                if name in made:
                    words = (
                        f"Computed column '{name.text}' in table '{fact.table.name.text}' is not allowed to be used in"
                    )
                    reason = f"{name} is computed itself, and {column.name} cannot be computed of it"
                    yield span, reason, f"{words} another computed-column definition (1759)", ()
                    return


def _on_columns(key: ForeignKey, columns: list[Column]) -> Iterator[Found]:
    """What a foreign key asks of its own columns."""
    for column in columns:
        bare = column.nullable is False and column.default is None and not column.identity
        if bare and key.on_delete == "SET DEFAULT":
            words = "one or more referencing not-nullable columns lack a default constraint (1762)"
            reason = f"ON DELETE SET DEFAULT sets {column.name}, which is NOT NULL and has no default"
            yield (
                key.span,
                reason,
                f"Cannot create the foreign key with the SET DEFAULT referential action, as {words}",
                (),
            )
        if column.generated is not None and not column.stored:
            words = f"Computed Column '{column.name.text}' in table '…' is invalid for use in '…' because it is not persisted"
            reason = f"{column.name} is computed and not PERSISTED"
            yield key.span, reason, f"{words} (1764)", ()


def _versioned(cursor: Cursor, fact: CreateTable) -> Iterator[Found]:
    """A table that keeps its history has a primary key."""
    tokens = cursor.tokens
    for at in range(len(tokens) - 3):
        if tokens[at][1] == "SYSTEM_VERSIONING" and tokens[at + 1][1] == "=" and tokens[at + 2][1] == "ON":
            words = f"System versioned temporal table '{fact.table.name.text}' must have primary key defined (13553)"
            yield cursor.span(at), "a table that keeps its history needs a primary key", words, ()
            return
