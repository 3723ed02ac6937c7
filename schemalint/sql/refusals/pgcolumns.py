"""PostgreSQL: sizes that a type does not take, identities and generated columns that cannot be, values that an enumeration has
twice. Every one was put to PostgreSQL 10 to 18."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.facts import CreateTable, Servers
from schemalint.model.objects import CreateEnum
from schemalint.model.schema import Column
from schemalint.model.types import ColumnType, Family
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.say import Found
from schemalint.sql.tokens import QUOTED, WORD, tokenize

_LONGEST = 10_485_760
_DIGITS = 1000
_POINT = re.compile(r"(?:numeric|decimal|dec)\s*\(\s*(\d+\.\d+)\s*\)", re.IGNORECASE)
_NO_IDENTITY = frozenset(
    {Family.TEXT, Family.DECIMAL, Family.FLOAT, Family.BOOLEAN, Family.UUID, Family.TIMESTAMP, Family.DATE}
)
_VIRTUAL = (Servers("postgres", (18,)),)


def of_type(cursor: Cursor, column: Column) -> Iterator[Found]:
    """What to underline, the reason, the server's words and the servers, for the type of a column that a statement makes."""
    if column.type is not None:
        yield from _size(column, column.type)
        if column.identity and not column.serial and column.type.family in _NO_IDENTITY:
            reason = f"an identity counts: {column.name} has to be of an integer type"
            yield column.span, reason, "identity column type must be smallint, integer, or bigint", ()
    elif column.type_span is not None and cursor.script.pin is None:
        start, end = (at - cursor.script.base for at in (column.type_span.start, column.type_span.end))
        pointed = _POINT.fullmatch(cursor.text, start, end)
        if pointed is not None:
            reason = f"digits and those behind the point stand apart by a comma: ({pointed[1].replace('.', ', ')})"
            yield column.span, reason, f'invalid input syntax for type integer: "{pointed[1]}"', ()


def of_table(table: CreateTable) -> Iterator[Found]:
    """The same of the columns of a table among each other, and of what a partitioned one has."""
    computed = [column for column in table.columns if column.generated is not None]
    if computed:
        yield from _generated(computed)
        yield from _virtual_keys(table, computed)
    if table.partitioned and table.exclusions:
        words = "exclusion constraints are not supported on partitioned tables"
        reason = "exclusion constraints of partitioned tables came with PostgreSQL 17"
        yield table.exclusions[0].span, reason, words, (Servers("postgres", None, (17,)),)


def _size(column: Column, kind: ColumnType) -> Iterator[Found]:
    """Lengths and digits beyond what the type takes."""
    if kind.family is Family.TEXT and kind.size is not None:
        name = "char" if kind.fixed else "varchar"
        if kind.size < 1:
            yield column.span, f"a {name} has a length of 1 at least", "", ()
        elif kind.size > _LONGEST:
            words = f"length for type {name} cannot exceed {_LONGEST}"
            yield column.span, f"a {name} has a length of {_LONGEST} at most: TEXT has none to state", words, ()
    elif kind.family is Family.DECIMAL and kind.precision is not None:
        if not 1 <= kind.precision <= _DIGITS:
            words = f"NUMERIC precision {kind.precision} must be between 1 and {_DIGITS}"
            yield column.span, f"a NUMERIC states 1 to {_DIGITS} digits", words, ()
        elif kind.scale is not None and kind.scale > kind.precision:
            words = f"NUMERIC scale {kind.scale} must be between 0 and precision {kind.precision}"
            reason = "more digits behind the point than digits at all came with PostgreSQL 15"
            yield column.span, reason, words, (Servers("postgres", None, (15,)),)


def _generated(computed: list[Column]) -> Iterator[Found]:
    """A generated column that is made of another one."""
    names = {column.name.key for column in computed}
    for column in computed if len(computed) > 1 else ():
        raw = column.generated.raw if column.generated is not None else ""
        tokens = tokenize(raw, 0, len(raw), "postgres")
        for at, (kind, _, start, end) in enumerate(tokens[:-1]):
            name = raw[start:end].lower() if kind == WORD else raw[start + 1 : end - 1] if kind == QUOTED else None
            if name in names and tokens[at + 1][1] not in ("(", ".") and tokens[at - 1][1] not in (".", "::", "AS"):
                reason = f"{column.name} is made of {name}, which is a generated column itself"
                words = f'cannot use generated column "{name}" in column generation expression'
                yield column.span, reason, words, ()
                break


def _virtual_keys(table: CreateTable, computed: list[Column]) -> Iterator[Found]:
    """PostgreSQL 18: a column that is computed when it is read has no place in a key."""
    virtual = {column.name for column in computed if not column.stored}
    for unique in table.uniques if virtual else ():
        name = next((name for name in unique.columns if name in virtual), None)
        if name is not None:
            reason = f"{name} is computed when it is read: a key needs STORED"
            yield unique.span, reason, "unique constraints on virtual generated columns are not supported", _VIRTUAL


def of_enum(fact: CreateEnum) -> Iterator[Found]:
    """A value that an enumeration has twice."""
    seen: set[str] = set()
    for value in fact.values or ():
        if value in seen:
            yield fact.span, f"{value!r} stands in it twice", "duplicate key value violates unique constraint", ()
            return
        seen.add(value)
