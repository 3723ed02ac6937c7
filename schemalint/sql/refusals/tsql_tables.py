"""What SQL Server refuses about new tables and columns once they are read. The numbers and words are those of Microsoft's
"Database Engine events and errors"; the bounds those of the pages on each type, "CREATE TABLE (Transact-SQL)" and "CREATE
TYPE". An engine that speaks T-SQL was asked for each where it has the same rule: tests/oracles/tsql."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from schemalint.model.facts import AddColumn, AddConstraint, AlterColumn, CreateIndex, CreateTable, Fact, Servers
from schemalint.model.names import Name
from schemalint.model.objects import CreateView
from schemalint.model.schema import Column, ForeignKey, Index
from schemalint.model.span import Span
from schemalint.model.types import ColumnType, Family
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals import tsql_views
from schemalint.sql.refusals.say import Found
from schemalint.sql.refusals.tsql_keys import of_foreign_key, of_index, of_table

_LONGEST_NAME = 128
_LONGEST = {"char": 8000, "varchar": 8000, "binary": 8000, "varbinary": 8000, "nchar": 4000, "nvarchar": 4000}
_WHOLE = frozenset({"tinyint", "smallint", "int", "bigint"})


def faults(cursor: Cursor, fact: Fact) -> Iterator[Found]:
    """What SQL Server refuses about a new table, column, key or index. Nothing is said of types that it may know by another
    name."""
    if isinstance(fact, CreateTable):
        for column in fact.columns:
            yield from _of_column(cursor, column, fact.table.name.text)
        yield from of_table(cursor, fact)
        yield from _once(fact)
        yield from _never_sorted(fact)
        yield from _names_twice(fact)
        for index in fact.indexes:
            yield from _of_index(index)
        if len(fact.table.name.text) > _LONGEST_NAME:
            yield fact.span, *_too_long(fact.table.name.text)
    elif isinstance(fact, AddColumn):
        yield from _of_column(cursor, fact.column, fact.table.name.text)
    elif isinstance(fact, AlterColumn) and fact.type is not None:
        wrong = _wrong_type(fact.type)
        if wrong is not None:
            yield fact.span, *wrong, ()
    elif isinstance(fact, CreateIndex):
        yield from _of_index(fact.index)
        yield from of_index(cursor, fact)
    elif isinstance(fact, AddConstraint) and isinstance(fact.constraint, ForeignKey):
        yield from of_foreign_key(fact.constraint)
    elif isinstance(fact, CreateView) and fact.query is not None:
        yield from tsql_views.faults(cursor, fact)


def _is_rowversion(kind: ColumnType | None) -> bool:
    return kind is not None and kind.family is Family.BINARY and kind.name == "timestamp"


def _too_long(name: str) -> tuple[str, str, tuple[Servers, ...]]:
    words = f"The identifier that starts with '{name[:_LONGEST_NAME]}' is too long. Maximum length is 128 (103)"
    return f"a name has at most {_LONGEST_NAME} characters", words, ()


def _of_column(cursor: Cursor, column: Column, table: str) -> Iterator[Found]:
    if len(column.name.text) > _LONGEST_NAME:
        yield column.span, *_too_long(column.name.text)
    kind = column.type
    if kind is None:
        return
    wrong = _wrong_type(kind)
    if wrong is not None:
        yield column.type_span or column.span, *wrong, ()
    elif kind.name in ("float", "real") and column.type_span is not None:
        yield from _of_float(cursor, column.type_span)
    if column.identity:
        yield from _of_identity(column, kind, table)
    if column.default is not None and _is_rowversion(kind):
        words = f"Defaults cannot be created on columns of data type timestamp. Table '{table}', column '{column.name}' (1755)"
        yield column.span, "a rowversion has no default", words, ()


_BITS = re.compile(r"float\s*\(\s*(\d{1,9})\s*\)", re.IGNORECASE)


def _of_float(cursor: Cursor, span: Span) -> Iterator[Found]:
    """A float has 1 to 53 bits ("float and real (Transact-SQL)")."""
    base = cursor.script.base
    bits = None if cursor.script.pin else _BITS.fullmatch(cursor.text, span.start - base, span.end - base)
    if bits is not None and not 1 <= int(bits[1]) <= 53:
        yield span, "a float has 1 to 53 bits", "", ()


def _of_identity(column: Column, kind: ColumnType, table: str) -> Iterator[Found]:
    whole = (
        kind.family is Family.OTHER or kind.name in _WHOLE or (_word(kind) in ("decimal", "numeric") and not kind.scale)
    )
    if not whole:
        words = (
            f"Identity column '{column.name}' must be of data type int, bigint, smallint, tinyint, or decimal or numeric with"
            " a scale of 0 (2749)"
        )
        yield column.type_span or column.span, "an IDENTITY counts in whole numbers", words, ()
    elif column.counting is not None and dict(column.counting.options).get("increment") == "0":
        words = f"Identity column '{column.name}' contains invalid INCREMENT (2753)"
        yield column.span, "an IDENTITY goes up or down, never by 0", words, ()
    elif column.default is not None:
        words = (
            "Defaults cannot be created on columns with an IDENTITY attribute."
            f" Table '{table}', column '{column.name}' (1754)"
        )
        yield column.span, "a column with IDENTITY has no DEFAULT", words, ()


def _once(fact: CreateTable) -> Iterator[Found]:
    """What a table has once: an identity, a rowversion."""
    counted = [column for column in fact.columns if column.identity]
    if len(counted) > 1:
        words = f"Multiple identity columns specified for table '{fact.table.name.text}' (2744)"
        yield counted[1].span, f"{counted[0].name} is IDENTITY already, and a table has only one such column", words, ()
    stamped = [column for column in fact.columns if _is_rowversion(column.type)]
    if len(stamped) > 1:
        words = f"A table can only have one timestamp column. Because table '{fact.table.name.text}' already has one, the column"
        words += f" '{stamped[1].name.text}' cannot be added (2738)"
        yield stamped[1].span, f"{stamped[0].name} is a rowversion already, and a table has only one", words, ()


def _names_twice(fact: CreateTable) -> Iterator[Found]:
    """Constraints and defaults are objects of the schema, as the table is; keys are indexes, too, whose names belong to the
    table. (Two constraints of one name are told when they are made.)"""
    table = fact.table.name
    keys = [key for key in (fact.primary_key, *fact.uniques) if key is not None]
    constraints = [(one.name, one.span) for one in (*keys, *fact.foreign_keys, *fact.checks) if one.name is not None]
    taken = {table.key}
    for name, span in constraints:
        if name == table:
            yield span, f"{name} is the name of the table already", _object_there(name), ()
    taken |= {name.key for name, _ in constraints}
    for column in fact.columns:
        if column.default_name is not None:
            if column.default_name.key in taken:
                reason = f"{column.default_name} is the name of something else already"
                yield column.span, reason, _object_there(column.default_name), ()
            taken.add(column.default_name.key)
    keyed = {key.name.key for key in keys if key.name is not None}
    for index in fact.indexes:
        if index.name is not None:
            if index.name.key in keyed:
                words = f"an index or statistics with name '{index.name.text}' already exists on table '{table.text}' (1913)"
                yield index.span, f"{index.name} is the name of another index of the table", words, ()
            keyed.add(index.name.key)


def _object_there(name: Name) -> str:
    return f"There is already an object named '{name.text}' in the database (2714)"


def _never_sorted(fact: CreateTable) -> Iterator[Found]:
    """Keys and indexes of a new table on types that no key can hold."""
    large = {column.name: column for column in fact.columns if _is_large(column.type)}
    if not large:
        return
    keyed = [key.columns for key in (fact.primary_key, *fact.uniques) if key is not None]
    keyed += [index.columns or () for index in fact.indexes if index.method is None]
    for column in {name: large[name] for columns in keyed for name in columns if name in large}.values():
        words = f"Column '{column.name.text}' in table '{fact.table.name.text}' is of a type that is invalid for use as a key"
        kind = column.type.name if column.type is not None else ""
        yield column.span, f"SQL Server sorts no {kind}, and a key is sorted", f"{words} column in an index (1919)", ()


def _is_large(kind: ColumnType | None) -> bool:
    return kind is not None and (kind.name in ("text", "ntext", "image", "xml") or kind.name.endswith("(max)"))


def _of_index(index: Index) -> Iterator[Found]:
    """An index is made of columns: what it should hold of an expression is a computed column."""
    for part in index.parts:
        if part.expr is not None or part.prefix is not None:
            yield (
                part.span,
                "SQL Server's indexes are made of columns only: index a computed column",
                "Incorrect syntax near",
                (),
            )
        elif part.nulls is not None:
            yield part.span, "SQL Server's indexes have no NULLS FIRST or LAST", "Incorrect syntax near", ()


def _word(kind: ColumnType) -> str:
    return kind.name.split("(")[0]


@lru_cache(maxsize=4096)
def _wrong_type(kind: ColumnType) -> tuple[str, str] | None:
    """Why there is no such type, and the server's words."""
    word, size, precision = _word(kind), kind.size, kind.precision or 0
    most = _LONGEST.get(word)
    if most is not None and size is not None and kind.name.endswith(")"):
        if size > most:
            other = f", {word}(max) any number" if word.startswith(("var", "nvar")) else ""
            # 131 above what any type takes, 2717 for what only the wide ones refuse
            number = 131 if size > max(_LONGEST.values()) else 2717
            return f"{word} holds at most {most}{other}", f"exceeds the maximum allowed ({number})"
        if size < 1:
            return f"{word} holds at least 1", "Length or precision specification 0 is invalid (1001)"
    if most is not None and kind.name == f"{word}(max)" and not word.startswith(("var", "nvar")):
        return f"{word} has no max: var{word} has".replace("varn", "nvar"), ""
    if word in ("decimal", "numeric") and kind.precision == 0:
        return f"{word} has at least one digit", "Length or precision specification 0 is invalid (1001)"
    if word in ("decimal", "numeric") and precision > 38:
        return (
            f"{word} has at most 38 digits",
            f"Specified column precision {precision} is greater than the maximum precision of 38 (2750)",
        )
    if word in ("decimal", "numeric") and (kind.scale or 0) > precision:
        return (
            f"{word} has no more digits behind the point than in all",
            f"Specified column scale {kind.scale} is greater than the specified precision of {precision} (2751)",
        )
    if word in ("datetime2", "datetimeoffset", "time") and precision > 7:
        return "fractions of a second have at most 7 digits", f"Specified scale {precision} is invalid (1002)"
    return None
