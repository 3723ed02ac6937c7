"""PostgreSQL: what is wrong with what a statement makes, though each of its clauses is right.

Columns recur: one in which nothing was found is not looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.described import AlterSettings
from schemalint.model.facts import AddColumn, AddConstraint, AlterColumn, CreateIndex, CreateTable, Fact, Servers
from schemalint.model.objects import CreateEnum
from schemalint.model.schema import Check, Column, Index
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.pgcolumns import of_enum, of_table, of_type
from schemalint.sql.refusals.pgexpressions import CHECK, DEFAULT, GENERATED, INDEX, PARTITION, PREDICATE, wrong
from schemalint.sql.refusals.pgindexes import of_method
from schemalint.sql.refusals.pgstorage import of_index, of_settings
from schemalint.sql.refusals.pgvalues import of_default

Found = tuple[Span, str, str, tuple[Servers, ...]]
_MOST_KEPT = 5_000
_sound: set[tuple[str, str, str, bool | None]] = set()


def of_postgres(cursor: Cursor, fact: Fact) -> Iterator[Found]:
    """What to underline, the reason, the server's words, and the servers that refuse it."""
    if isinstance(fact, CreateTable):
        for column in fact.columns:
            if _key(column) not in _sound:
                yield from _of_column(cursor, column)
        for check in fact.checks:
            yield from _of_expression(cursor, check.span, CHECK, check.expr.raw)
        if fact.partition_by is not None:
            yield from _of_expression(cursor, fact.span, PARTITION, fact.partition_by.partition("(")[2])
        if fact.settings:
            yield from of_settings(fact)
        yield from of_table(fact)
    elif isinstance(fact, AddColumn):
        yield from _of_column(cursor, fact.column)
        for check in fact.checks:
            yield from _of_expression(cursor, check.span, CHECK, check.expr.raw)
    elif isinstance(fact, CreateIndex):
        yield from _of_index(cursor, fact, fact.index)
    elif isinstance(fact, AlterColumn):
        if fact.default is not None:
            yield from _of_expression(cursor, fact.span, DEFAULT, fact.default.raw)
    elif isinstance(fact, AddConstraint):
        if isinstance(fact.constraint, Check):
            yield from _of_expression(cursor, fact.span, CHECK, fact.constraint.expr.raw)
    elif isinstance(fact, AlterSettings):
        yield from of_settings(fact)
    elif isinstance(fact, CreateEnum):
        yield from of_enum(fact)


def _key(column: Column) -> tuple[str, str, str, bool | None]:
    """All that decides whether something is wrong with a column by itself."""
    kind, default, generated = column.type, column.default, column.generated
    return (
        kind.name if kind is not None else "",
        default.raw if default is not None else "",
        generated.raw if generated is not None else "",
        column.identity,
    )


def plain(fact: Fact) -> bool:
    """Whether a fact is one of the many of which nothing can be wrong: an index of columns alone."""
    if type(fact) is not CreateIndex:
        return False
    index = fact.index
    if index.method is not None or index.where is not None or index.settings:
        return False
    return not [1 for part in index.parts if part.expr is not None]  # faster than any()


def _of_column(cursor: Cursor, column: Column) -> Iterator[Found]:
    key = _, default, generated, _ = _key(column)
    found = [*of_default(column), *of_type(cursor, column)]
    raw, place = (generated, GENERATED) if generated else (default, DEFAULT)
    if raw and wrong(raw, place) is not None:
        yield from found
        yield from _of_expression(cursor, column.span, place, raw)
    elif found or column.type is None:
        yield from found
    else:
        if len(_sound) >= _MOST_KEPT:
            _sound.clear()
        _sound.add(key)


def _of_index(cursor: Cursor, fact: CreateIndex, index: Index) -> Iterator[Found]:
    for part in index.parts:
        if part.expr is not None:
            yield from _of_expression(cursor, part.span, INDEX, part.expr.raw)
    if index.where is not None:
        yield from _of_expression(cursor, index.span, PREDICATE, index.where.raw)
    if index.method is not None:
        yield from of_method(fact)
    if index.settings:
        yield from of_index(fact)


def _of_expression(cursor: Cursor, span: Span, place: int, raw: str) -> Iterator[Found]:
    found = wrong(raw, place)
    if found is not None and not (found.function and _made_here(cursor, found.function)):
        yield span, found.reason, found.words, found.only


def _made_here(cursor: Cursor, function: str) -> bool:
    """Whether the script makes a function of that name, which may be the one that is meant."""
    made = rf"FUNCTION\s++(?:[\w\"]++\.)?\"?{re.escape(function)}\"?\s*+\("
    return re.search(made, cursor.text, re.IGNORECASE) is not None
