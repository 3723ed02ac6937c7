"""MySQL and MariaDB: rows of more than 65535 bytes, whatever the engine. MySQL 9.7 Reference Manual, "Limits on Table Column
Count and Row Size"; put to MySQL 5.6 and 9.7 and MariaDB 10.11. Where the character set is not written, a character counts as
one byte: what is said is the least that a row takes."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import CreateTable
from schemalint.model.schema import Column
from schemalint.model.types import ColumnType, Family
from schemalint.sql.refusals.say import MYSQL, Found

MOST = 65535
_REST = 20_000
"""Bytes of all that is no text: a table has no more than 1017 columns (InnoDB), mostly of a few bytes."""
_COUNTED = ("varchar", "char", "varbinary", "binary")
_WORDS = "Row size too large. The maximum row size for the used table type, not counting BLOBs, is 65535. (1118)"
_WIDEST, _POINTER = 4, 8
"""Bytes of a character at most, and of where the rest of a TEXT or BLOB stands."""
_LENGTHS = {
    "tinytext": 1,
    "tinyblob": 1,
    "text": 2,
    "blob": 2,
    "mediumtext": 3,
    "mediumblob": 3,
    "longtext": 4,
    "longblob": 4,
}
_NUMBERS = {"tinyint": 1, "smallint": 2, "mediumint": 3, "int": 4, "bigint": 8, "float": 4, "double": 8, "json": 12}


def may_be_too_wide(table: CreateTable) -> bool:
    """Whether a row may be too large, at four bytes a character: most tables are far from it."""
    kinds = [column.type for column in table.columns if column.type is not None and column.type.size]
    return sum([kind.size or 0 for kind in kinds if kind.name.startswith(_COUNTED)]) > (MOST - _REST) // _WIDEST


def too_wide(table: CreateTable, bytes_of: dict[int, int]) -> Iterator[Found]:
    """A new table whose row is certainly too large; `bytes_of` tells by where a column's name starts how many bytes a character
    of it takes, where that is written."""
    sizes = [_size(column, bytes_of.get(column.span.start)) for column in table.columns if column.generated is None]
    null = (sum(column.nullable is not False and not _keyed(table, column) for column in table.columns) + 7) // 8
    total = sum(sizes) + null
    if total > MOST:
        # MariaDB makes a TEXT of a lone column that is too long, where it is not strict.
        lone = any(size + 1 > MOST for size in sizes)
        reason = f"a row takes at least {total} bytes, and no row has more than {MOST}: make TEXT of some columns"
        yield table.span, reason, _WORDS, MYSQL if lone else ()


def _keyed(table: CreateTable, column: Column) -> bool:
    return table.primary_key is not None and column.name in table.primary_key.columns


def _size(column: Column, per_character: int | None) -> int:
    """At least how many bytes of a row a column takes."""
    kind = column.type
    if kind is None:
        return 0
    word = kind.name.split("(")[0].split(" ")[0].lower()
    if word in _LENGTHS:
        return _LENGTHS[word] + _POINTER
    if word in ("char", "varchar", "binary", "varbinary") and kind.size is not None:
        return _letters(kind, word, kind.size, 1 if kind.family is Family.BINARY else per_character)
    return _NUMBERS.get(word, 0)


def _letters(kind: ColumnType, word: str, size: int, per_character: int | None) -> int:
    if per_character is None:
        if size * _WIDEST > MOST:
            return 0  # the server may make a TEXT of it
        per_character = 1
    whole = size * per_character
    if whole > MOST:
        return 0  # a setting decides whether that becomes a TEXT
    return whole if word in ("char", "binary") else whole + (1 if whole < 256 else 2)
