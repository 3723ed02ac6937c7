"""PostgreSQL: what is wrong with what a statement makes, though each of its clauses is right.

Columns recur: one in which nothing was found is not looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from schemalint.model.described import AlterSettings
from schemalint.model.facts import AddColumn, AddConstraint, AlterColumn, CreateIndex, CreateTable, Fact
from schemalint.model.objects import CreateEnum
from schemalint.model.schema import Check, Column, Index
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.pgcolumns import of_enum, of_table, of_type
from schemalint.sql.refusals.pgexpressions import CHECK, DEFAULT, GENERATED, INDEX, PARTITION, PREDICATE, wrong
from schemalint.sql.refusals.pgindexes import of_method
from schemalint.sql.refusals.pgstorage import of_index, of_settings
from schemalint.sql.refusals.pgvalues import of_default
from schemalint.sql.refusals.say import Found

_MOST_KEPT = 5_000
_Key = tuple[str, str, str, bool | None]
_sound: set[_Key] = set()


def of_postgres(cursor: Cursor, fact: Fact) -> Iterable[Found]:
    """What to underline, the reason, the server's words, and the servers that refuse it."""
    look = _LOOKS.get(type(fact))
    return () if look is None else look(cursor, fact)


def _of_table(cursor: Cursor, fact: CreateTable) -> Iterator[Found]:
    yield from _of_columns(cursor, fact.columns)
    for check in fact.checks:
        yield from _of_expression(cursor, check.span, CHECK, check.expr.raw)
    if fact.partition_by is not None:
        yield from _of_expression(cursor, fact.span, PARTITION, fact.partition_by.partition("(")[2])
    if fact.settings:
        yield from of_settings(fact)
    yield from of_table(fact)
    if cursor.tokens[1][1] == "FOREIGN":
        yield from _of_foreign(fact)


def _of_foreign(fact: CreateTable) -> Iterator[Found]:
    """The rows of a foreign table are elsewhere, and no key holds for them ("CREATE FOREIGN TABLE")."""
    primary = (fact.primary_key,) if fact.primary_key is not None else ()
    for keys, kind in (
        (primary, "primary key"),
        (fact.uniques, "unique"),
        ((*fact.foreign_keys, *fact.inline_keys), "foreign key"),
        (fact.exclusions, "exclusion"),
    ):
        for key in keys:
            words = f"{kind} constraints are not supported on foreign tables"
            yield key.span, f"a foreign table has no {kind} constraints", words, ()


def _of_added(cursor: Cursor, fact: AddColumn) -> Iterator[Found]:
    yield from _of_columns(cursor, (fact.column,))
    for check in fact.checks:
        yield from _of_expression(cursor, check.span, CHECK, check.expr.raw)


def _of_altered(cursor: Cursor, fact: AlterColumn) -> Iterable[Found]:
    return () if fact.default is None else _of_expression(cursor, fact.span, DEFAULT, fact.default.raw)


def _of_constraint(cursor: Cursor, fact: AddConstraint) -> Iterable[Found]:
    added = fact.constraint
    return _of_expression(cursor, fact.span, CHECK, added.expr.raw) if isinstance(added, Check) else ()


def _of_columns(cursor: Cursor, columns: Iterable[Column]) -> Iterator[Found]:
    for column in columns:
        default = column.default.raw if column.default is not None else ""
        generated = column.generated.raw if column.generated is not None else ""
        key = (column.type.name if column.type is not None else "", default, generated, column.identity)
        if key not in _sound:
            yield from _of_column(cursor, column, default, generated, key)


def _of_column(cursor: Cursor, column: Column, default: str, generated: str, key: _Key) -> Iterator[Found]:
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


def _of_index(cursor: Cursor, fact: CreateIndex) -> Iterable[Found]:
    index = fact.index
    plain = index.where is None and index.method is None and not index.settings
    computed = [part for part in index.parts if part.expr is not None]
    return () if plain and not computed else _of_parts(cursor, fact, index)


def _of_parts(cursor: Cursor, fact: CreateIndex, index: Index) -> Iterator[Found]:
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
    if found is not None and not (found.function and _is_made(cursor.text, found.function)):
        yield span, found.reason, found.words, found.only


@lru_cache(maxsize=16)
def _is_made(text: str, function: str) -> bool:
    """Whether a script makes a function of that name, which may be the one that is meant."""
    made = rf"FUNCTION\s++(?:[\w\"]++\.)?\"?{re.escape(function)}\"?\s*+\("
    return re.search(made, text, re.IGNORECASE) is not None


_LOOKS: dict[type, Callable[[Cursor, Any], Iterable[Found]]] = {
    CreateTable: _of_table,
    AddColumn: _of_added,
    CreateIndex: _of_index,
    AlterColumn: _of_altered,
    AddConstraint: _of_constraint,
    AlterSettings: lambda _, fact: of_settings(fact),
    CreateEnum: lambda _, fact: of_enum(fact),
}
