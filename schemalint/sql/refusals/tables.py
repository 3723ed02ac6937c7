"""MySQL and MariaDB: what is wrong with a table as a whole, though each of its clauses is right."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import CreateIndex, CreateTable, Servers
from schemalint.model.names import Name
from schemalint.model.schema import Column, Index
from schemalint.model.span import Span
from schemalint.model.types import Family
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.keysize import prefixed, too_long
from schemalint.sql.refusals.say import MYSQL, MYSQL_SYNTAX

Found = tuple[Span, str, str, tuple[Servers, ...]]
"""What to underline, the reason, the server's words, and the servers that refuse it."""


def faults(cursor: Cursor, fact: CreateTable | CreateIndex) -> Iterator[Found]:
    """What MySQL or MariaDB refuse about a new table or index. Nothing is said of a table that is not known whole."""
    if cursor.family != "mysql":
        return
    if isinstance(fact, CreateIndex):
        yield from _expressions(cursor, fact.index)
        return
    for index in fact.indexes:
        yield from _expressions(cursor, index)
    if not fact.unread:
        yield from _auto(fact)
        yield from _long_keys(cursor, fact)
        yield from too_long(cursor, fact)


def _expressions(cursor: Cursor, index: Index) -> Iterator[Found]:
    """An index on an expression, which stands in parentheses of its own."""
    for part in index.parts:
        if part.expr is None:
            continue
        begin = part.span.start - cursor.script.base
        if cursor.script.pin is None and not cursor.text.startswith("(", begin):
            yield part.span, "an expression in an index stands in parentheses of its own", MYSQL_SYNTAX, ()
        else:
            reason = "indexes on expressions came with MySQL 8.0.13, and MariaDB has none"
            yield part.span, reason, MYSQL_SYNTAX, (Servers("mysql", None, (8, 0, 13)), Servers("mariadb"))


def _auto(table: CreateTable) -> Iterator[Found]:
    """An AUTO_INCREMENT column is the only one, and a key. (MyISAM lets it come second in the key.)"""
    automatic = [column for column in table.columns if column.identity]
    if not automatic:
        return
    keyed: set[Name] = set(table.primary_key.columns if table.primary_key is not None else ())
    keyed.update(name for unique in table.uniques for name in unique.columns)
    keyed.update(part.column for index in table.indexes for part in index.parts if part.column is not None)
    words = "Incorrect table definition; there can be only one auto column and it must be defined as a key (1075)"
    if len(automatic) > 1:
        first, second = automatic[:2]
        yield second.span, f"{first.name} is AUTO_INCREMENT already, and a table has only one such column", words, ()
    elif automatic[0].name not in keyed:
        yield automatic[0].span, "a column with AUTO_INCREMENT must be a key", words, ()


def _long_keys(cursor: Cursor, table: CreateTable) -> Iterator[Found]:
    """TEXT and BLOB in a key need the length that is indexed. MariaDB asks for it in a primary key only."""
    large = {column.name: column for column in table.columns if _large(column)}
    if not large:
        return
    key = table.primary_key
    if key is not None and not prefixed(cursor):
        for name in key.columns:
            if (column := large.get(name)) is not None:
                yield column.span, f"{_type(column)} in a key needs a length", _words(column), ()
    for unique in table.uniques:
        for name in unique.columns:
            if (column := large.get(name)) is not None:
                yield column.span, f"{_type(column)} in a key needs a length", _words(column), MYSQL
    for index in table.indexes:
        if index.method in ("fulltext", "spatial"):
            continue
        for part in index.parts:
            column = large.get(part.column) if part.column is not None else None
            if column is not None and part.prefix is None:
                yield part.span, f"{_type(column)} in a key needs a length", _words(column), MYSQL


def _large(column: Column) -> bool:
    kind = column.type
    return (
        kind is not None
        and kind.family in (Family.TEXT, Family.BINARY)
        and kind.name.lower().endswith(("text", "blob"))
    )


def _type(column: Column) -> str:
    return column.type.name.upper() if column.type is not None else ""


def _words(column: Column) -> str:
    return f"BLOB/TEXT column '{column.name.text}' used in key specification without a key length (1170)"
