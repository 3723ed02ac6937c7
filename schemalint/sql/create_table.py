"""CREATE TABLE: one element after the other, so that one unreadable clause costs no more than itself."""

from __future__ import annotations

from schemalint.model.facts import CreateTable
from schemalint.model.names import TableName
from schemalint.model.span import Span
from schemalint.sql import refusals
from schemalint.sql.columns import Parts, keyed, read_column
from schemalint.sql.constraints import read_constraint, starts_constraint
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.tokens import END, PUNCT, QUOTED, WORD

_SHAPED_ELSEWHERE = frozenset({"AS", "SELECT", "INHERITS", "LIKE", "VALUES", "CLONE", "COPY", "UNION"})
"""Words behind a table's name or its columns that bring columns we cannot see."""


def read_create_table(cursor: Cursor, temporary: bool, virtual: bool) -> None:
    """What follows `CREATE … TABLE`."""
    if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    table, span = cursor.qualified()
    cursor.script.created[table] = None
    parts = Parts()
    start = cursor.at
    if virtual or cursor.word() in ("PARTITION", "OF"):
        parts.unread.append(cursor.span(start, len(cursor.tokens) - 1))
        if not virtual:
            _skip_to_columns(cursor)
    if not virtual and cursor.value == "(" and cursor.kind == PUNCT:
        if cursor.word(1) == "SELECT" or (cursor.word(1) in ("LIKE", "WITH") and cursor.family == "mysql"):
            parts.unread.append(cursor.span(cursor.at, len(cursor.tokens) - 1))
        else:
            _elements(cursor, table, parts)
    strict = _options(cursor, table, parts) if not virtual else False
    cursor.emit(
        CreateTable(
            span=span,
            statement=cursor.statement,
            table=table,
            columns=keyed(parts, cursor, strict),
            primary_key=parts.primary_key,
            uniques=tuple(parts.uniques),
            indexes=tuple(parts.indexes),
            foreign_keys=tuple(parts.foreign_keys),
            checks=tuple(parts.checks),
            if_not_exists=if_not_exists,
            temporary=temporary,
            unread=tuple(parts.unread),
            guard=cursor.guard,
        )
    )


def _skip_to_columns(cursor: Cursor) -> None:
    """`PARTITION OF parent` and `OF type`: the columns that are written stand right behind the name."""
    cursor.take("PARTITION")
    cursor.take("OF")
    if cursor.is_name():
        cursor.qualified()


def _elements(cursor: Cursor, table: TableName, parts: Parts) -> None:
    """The parenthesis with columns and constraints."""
    tokens = cursor.tokens
    cursor.need("(")
    while True:
        start = cursor.at
        kind, value, _, _ = tokens[start]
        if kind == END or cursor.take(")"):
            return
        try:
            if kind == WORD and starts_constraint(cursor):
                if value == "LIKE":
                    raise Unreadable("LIKE brings columns of another table")
                read_constraint(cursor, table, parts)
            else:
                parts.columns.append(read_column(cursor, table, parts))
        except Unreadable:
            cursor.at = max(cursor.at, start)
            cursor.skip_item()
            _unread(cursor, start, parts.unread)
        kind, value, _, _ = tokens[cursor.at]
        if kind != END and value != "," and value != ")":
            if _next_element(cursor):
                continue
            begin = cursor.at
            cursor.skip_item()
            _unread(cursor, begin, parts.unread)
        comma = cursor.at
        if not cursor.take(","):
            cursor.take(")")
            return
        if tokens[cursor.at][1] == ")":
            refusals.trailing_comma(cursor, comma, table)


def _next_element(cursor: Cursor) -> bool:
    """SQLite takes table constraints without commas between them."""
    return cursor.family == "sqlite" and starts_constraint(cursor)


def _unread(cursor: Cursor, start: int, unread: list[Span]) -> None:
    if cursor.at > start:
        unread.append(cursor.span(start, cursor.at))
    else:
        cursor.advance()
        unread.append(cursor.span(start))


def _options(cursor: Cursor, table: TableName, parts: Parts) -> bool:
    """What stands behind the columns. Gives whether SQLite's WITHOUT ROWID or STRICT makes keys NOT NULL."""
    strict = False
    depth = 0
    while True:
        kind, value, _, _ = cursor.tokens[cursor.at]
        if kind == END:
            return strict
        if kind == PUNCT:
            depth += 1 if value == "(" else -1 if value == ")" else 0
        elif kind == WORD and depth == 0:
            if value in _SHAPED_ELSEWHERE and not parts.unread:
                end = len(cursor.tokens) - 1
                parts.unread.append(cursor.span(cursor.at, end))
                return strict
            if value == "STRICT" or (value == "WITHOUT" and cursor.word(1) == "ROWID"):
                strict = True
            if value == "ENGINE" and cursor.family == "mysql" and _engine(cursor) in _WITHOUT_KEYS:
                parts.foreign_keys.clear()  # read and forgotten by the server
            if cursor.ahead(1)[0] in (PUNCT, WORD, QUOTED):
                refusals.table_option(cursor, table)
        cursor.at += 1


_WITHOUT_KEYS = frozenset({"MYISAM", "MEMORY", "HEAP", "ARCHIVE", "CSV", "MERGE", "MRG_MYISAM", "ARIA", "BLACKHOLE"})
"""Engines of MySQL and MariaDB that keep no foreign keys."""


def _engine(cursor: Cursor) -> str:
    """The word behind ENGINE, with or without `=`, quoted or not."""
    by = 2 if cursor.ahead(1)[1] == "=" else 1
    _, _, start, end = cursor.ahead(by)
    return cursor.text[start:end].strip("'\"`").upper()
