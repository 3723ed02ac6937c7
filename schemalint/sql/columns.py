"""A column definition: name, type and everything that may stand behind it."""

from __future__ import annotations

from schemalint.model.names import Name, TableName
from schemalint.model.schema import (
    Column,
    Counting,
    UniqueConstraint,
)
from schemalint.model.span import Span
from schemalint.model.types import ColumnType, Family
from schemalint.sql import refusals
from schemalint.sql.column_clauses import CLAUSES
from schemalint.sql.column_types import own_letters, read_type
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.draft import Draft
from schemalint.sql.parts import Parts
from schemalint.sql.sequences import is_serial
from schemalint.sql.tails import keep, known_tail, say_again, tail_text
from schemalint.sql.tokens import END, PUNCT, QUOTED, WORD

_NAMES = frozenset({WORD, QUOTED})


def read_column(cursor: Cursor, table: TableName, parts: Parts) -> Column:
    """`name type …` up to the comma or parenthesis that ends it. Keys and checks go to `parts`."""
    if cursor.family == "generic" and cursor.word() == "INDEX" and {cursor.ahead(1)[0], cursor.ahead(2)[0]} <= _NAMES:
        raise Unreadable("an index as ClickHouse writes it")  # `INDEX name expression TYPE method`
    name, span = cursor.name()
    text = tail_text(cursor)
    tail = known_tail(text, cursor.dialect.name) if text is not None else None
    if tail is not None:
        return say_again(tail, cursor, name, span, parts)
    first, facts, own = cursor.at, len(cursor.script.facts), Parts()
    column = read_unnamed(cursor, name, span, table, own)
    if text is not None and len(cursor.script.facts) == facts:
        keep(text, cursor, first, column, own)
    parts.add(own)
    return column


def read_unnamed(cursor: Cursor, name: Name, span: Span, table: TableName, parts: Parts) -> Column:
    """What stands behind the name, up to the comma or parenthesis that ends it."""
    column = Draft(name, span, table, parts)
    cursor.take("WITH", "OPTIONS")  # of a partition or a typed table
    column.type, column.type_span, first = read_type(cursor)
    if column.type_span is not None:
        if refusals.foreign_type(cursor, first, cursor.at, table):
            column.type = None
        if is_serial(cursor, first):
            column.serial, column.identity, column.nullable = True, True, False
        if cursor.family == "mysql":
            column.charset = own_letters(cursor, first)
            if column.type is not None and cursor.tokens[cursor.at - 1][1] == "BINARY" and cursor.at > first + 1:
                column.marks = ("BINARY",)
    tokens = cursor.tokens
    while True:
        start = cursor.at
        kind, word, _, _ = tokens[start]
        if kind == END or (kind == PUNCT and word in (",", ")")):
            break
        try:
            if kind != WORD or word not in CLAUSES:
                raise Unreadable("unknown clause")
            cursor.at += 1
            CLAUSES[word](cursor, column)
        except Unreadable:
            cursor.at = start  # never from inside a parenthesis, whose commas end no column
            cursor.skip_item()
            parts.unread.append(cursor.span(start, cursor.at))
            break
    if column.serial and column.type is not None and cursor.family == "mysql":
        parts.uniques.append(UniqueConstraint(None, (name,), span, (span,)))  # SERIAL is BIGINT … UNIQUE there
    if cursor.family == "tsql" and column.type is not None and column.nullable and not column.null_said:
        column.nullable = _nullable_unsaid(column.type)
    return column.frozen()


_OTHERS = frozenset({"xml", "geography", "geometry", "hierarchyid", "sql_variant", "json", "vector"})


def _nullable_unsaid(kind: ColumnType) -> bool | None:
    """SQL Server: whether a column of that type takes NULL where nobody says so ("CREATE TABLE (Transact-SQL)", "Nullability
    rules"): an alias type says it itself, which is not known here."""
    if kind.name == "sysname" or (kind.name == "timestamp" and kind.family is Family.BINARY):
        return False
    return None if kind.family is Family.OTHER and kind.name not in _OTHERS else True


def keyed(parts: Parts, cursor: Cursor, strict: bool) -> tuple[Column, ...]:
    """The columns of a whole table once its primary key is known: what a key makes NOT NULL, and SQLite's rowid key."""
    required = {name: called for name, _, called in parts.not_null}
    if required:
        own = {column.name for column in parts.columns}
        parts.unread += [span for name, span, _ in parts.not_null if name not in own]  # of a parent or a type
        parts.columns = [
            _required(column, called=required[column.name]) if column.name in required else column
            for column in parts.columns
        ]
    key = parts.primary_key
    if key is None:
        return tuple(parts.columns)
    keys = {column.key for column in key.columns}
    rowid = cursor.family == "sqlite" and len(key.columns) == 1
    made = []
    for column in parts.columns:
        if column.name.key in keys:
            if rowid and column.type is not None and column.type.name.upper() == "INTEGER":
                counting = Counting(once=True) if parts.once else column.counting
                column = _required(column, identity=True, counting=counting)
            elif column.nullable is not False and (cursor.family != "sqlite" or strict):
                column = _required(column)
        made.append(column)
    return tuple(made)


def _required(
    column: Column, identity: bool | None = None, called: Name | None = None, counting: Counting | None = None
) -> Column:
    """The column, NOT NULL; as `dataclasses.replace` makes it, in a fifth of the time."""
    return Column(
        column.name,
        column.span,
        column.type,
        column.type_span,
        False,
        column.default,
        column.has_default,
        column.identity if identity is None else identity,
        column.generated,
        column.collation,
        serial=column.serial,
        sequence=column.sequence,
        stored=column.stored,
        on_update=column.on_update,
        not_null=called or column.not_null,
        comment=column.comment,
        counting=counting or column.counting,
        charset=column.charset,
        marks=column.marks,
        default_name=column.default_name,
    )
