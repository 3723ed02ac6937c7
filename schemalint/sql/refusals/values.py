"""MySQL and MariaDB: columns whose type or default no server of them takes. Each was put to MySQL 5.6, strict and not, to MySQL
9.7 and to MariaDB 10.11. Dates are left alone: what they may be hangs on `sql_mode`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from schemalint.dialects.typetext import string_value
from schemalint.model.facts import Servers
from schemalint.model.schema import Column
from schemalint.model.types import ColumnType, Family
from schemalint.sql.refusals.definitions import of_letters, of_times
from schemalint.sql.refusals.mysql_defaults import misfit
from schemalint.sql.refusals.say import MYSQL, Found

_STRING = re.compile(r"'(?:[^'\\]|'')*'")
_WHOLE = re.compile(r"[-+]?\d{1,30}")
_NUMERIC = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d*)?\s*")
_DIGITS = re.compile(r"(?:decimal|float|double)\((\d+),(\d+)\)(?: unsigned)?(?: zerofill)?")
_SPATIAL = frozenset({"geometry", "point", "linestring", "polygon"})
_NOW = re.compile(r"(?:CURRENT_TIMESTAMP|NOW)\s*(?:\(\s*\d*\s*\))?", re.IGNORECASE)
_OF_MOMENTS = frozenset({"date", "datetime", "timestamp"})
"""Types whose default may be CURRENT_TIMESTAMP, or that are looked at elsewhere."""
LONGEST_NAME, _MOST_BEHIND = 64, 30


def of_column(column: Column, written: str = "") -> Iterator[Found]:
    """What is wrong with a column by itself; `written` is its type as it stands in the text."""
    if len(column.name.text) > LONGEST_NAME:
        words = f"Identifier name '{column.name.text}' is too long (1059)"
        yield column.span, f"a name has at most {LONGEST_NAME} characters", words, ()
    elif column.name.text.endswith(" ") or not column.name.text:
        words = f"Incorrect column name '{column.name.text}' (1166)"
        yield column.span, "no name is empty or ends with a blank", words, ()
    kind = column.type
    if kind is None:
        return
    if column.charset is not None or column.collation is not None:
        yield from of_letters(column.span, column.charset, column.collation)
    yield from of_times(column)
    if column.generated is not None and column.identity:
        yield column.span, f"{column.name} is computed, and does not count by itself", "", ()
    wrong = _wrong_type(kind, kind.name)
    if wrong is not None:
        yield column.type_span or column.span, wrong[0], wrong[1].replace("{name}", column.name.text), ()
    elif written.endswith(")") and (width := _wrong_width(written)) is not None:
        shown, words, only = width
        yield column.type_span or column.span, shown, words.replace("{name}", column.name.text), only
    elif kind.family is Family.DECIMAL and (kind.scale or 0) > _MOST_BEHIND:
        words = (
            f"Too big scale {kind.scale} specified for column '{column.name.text}'. Maximum is {_MOST_BEHIND}. (1425)"
        )
        yield (
            column.type_span or column.span,
            f"DECIMAL has at most {_MOST_BEHIND} digits behind the point",
            words,
            MYSQL,
        )
    elif kind.family is Family.FLOAT and column.identity:
        words = f"Incorrect column specifier for column '{column.name.text}' (1063)"
        only = (Servers("mysql", (8, 4)),)
        yield column.span, "AUTO_INCREMENT is for whole numbers, since MySQL 8.4", words, only
    elif column.default is not None and column.generated is None:
        invalid = f"Invalid default value for '{column.name.text}' (1067)"
        if column.identity:
            yield column.span, "a column with AUTO_INCREMENT has no DEFAULT", invalid, ()
            return
        reason = wrong_default(kind, kind.name, column.default.raw.strip())
        if reason is not None:
            yield column.span, reason, invalid, ()
        elif _NOW.fullmatch(column.default.raw.strip()) and kind.name.partition("(")[0] not in _OF_MOMENTS:
            reason = "MySQL takes CURRENT_TIMESTAMP as the default of TIMESTAMP and DATETIME only"
            yield column.span, reason, invalid, MYSQL


_WIDTH = re.compile(
    r"(?i)(TINYINT|SMALLINT|MEDIUMINT|INT|INTEGER|BIGINT|FLOAT|DOUBLE|REAL|YEAR)\s*\(\s*(\d+)\s*(,\s*\d+\s*)?\)"
)
_NO_SHORT_YEAR = (Servers("mysql", (5, 7, 5)),)


@lru_cache(maxsize=4096)
def _wrong_width(written: str) -> tuple[str, str, tuple[Servers, ...]] | None:
    """Why a number cannot be shown in so many digits. MySQL 5.7.5 took YEAR(2) away (5.7 Release Notes), MariaDB keeps it."""
    found = _WIDTH.fullmatch(written)
    if found is None:
        return None
    word, size = found[1].upper(), int(found[2][:9])
    if word == "YEAR" and size != 4:
        return "a year has four digits", "Invalid display width. Use YEAR instead. (1818)", _NO_SHORT_YEAR
    if word == "FLOAT" and found[3] is None and size > 53:
        return "FLOAT has at most 53 bits", "Incorrect column specifier for column '{name}' (1063)", ()
    if size > 255:
        return "no number is shown in more than 255 digits", "", ()
    return None


@lru_cache(maxsize=4096)
def _wrong_type(kind: ColumnType, name: str) -> tuple[str, str] | None:
    """Why there is no such type, and the servers' words. `name` is the type's: types that hold the same are equal."""
    word, size = name.split("(")[0].split(" ")[0], kind.size or 0
    if word in ("char", "binary") and size > 255:
        words = "Column length too big for column '{name}' (max = 255); use BLOB or TEXT instead (1074)"
        return f"{word.upper()} holds at most 255", words
    if word == "decimal" and (kind.precision or 0) > 65:
        return "DECIMAL has at most 65 digits", ""  # each server has its own words
    if (digits := _DIGITS.fullmatch(name)) is not None and int(digits[2]) > int(digits[1]):
        words = "For float(M,D), double(M,D) or decimal(M,D), M must be >= D (column '{name}'). (1427)"
        return f"{word.upper()} has no more digits behind the point than in all", words
    if word in ("datetime", "timestamp", "time") and (kind.precision or 0) > 6:
        return "fractions of a second have at most 6 digits", ""
    if word == "set" and (comma := next((value for value in kind.values or () if "," in value), None)) is not None:
        return "a value of a SET has no comma", f"Illegal set '{comma}' value found during parsing (1367)"
    if word in ("float", "double") and digits is not None and int(digits[2]) > 30:
        return f"{word.upper()} has at most 30 digits behind the point", ""
    if word == "bit" and size > 64:
        return "BIT has at most 64 bits", "Display width out of range for column '{name}' (max = 64) (1439)"
    return None


@lru_cache(maxsize=4096)
def wrong_default(kind: ColumnType, name: str, raw: str) -> str | None:
    """Why a literal default does not fit the type. Nothing is said of what is no plain literal."""
    text = string_value(raw, backslash=True) if _STRING.fullmatch(raw) else None
    number = int(raw) if _WHOLE.fullmatch(raw) else None
    word = name.split("(")[0].split(" ")[0]
    if word in _SPATIAL:
        return f"{word.upper()} has no default"
    if word in ("enum", "set"):
        return _no_choice(kind, text, number)
    if kind.family in (Family.INTEGER, Family.BOOLEAN, Family.DECIMAL, Family.FLOAT):
        whole = (
            _NUMERIC.match if kind.family is Family.DECIMAL else _NUMERIC.fullmatch
        )  # MySQL 5.6 cuts what follows there
        if text is not None and not whole(text):
            return f"{raw} is no number"
        if number is not None and kind.family in (Family.INTEGER, Family.BOOLEAN) and not _fits(kind, number):
            return f"{raw} is out of the range of {kind.name.upper()}"
    if word in ("char", "varchar") and text is not None and kind.size is not None and len(text.rstrip(" ")) > kind.size:
        return f"{raw} is longer than {kind.name.upper()}"
    if word in ("date", "datetime", "timestamp") and text is not None and not any(map(str.isdigit, text)):
        return f"{raw} is no date"
    return misfit(kind, word, text, number, raw)


def _no_choice(kind: ColumnType, text: str | None, number: int | None) -> str | None:
    values = {value.rstrip(" ").casefold() for value in kind.values or ()}
    if number is not None and kind.family is not Family.ENUM:
        return "the default of a SET is one of its texts, not a number"
    if number is not None and str(number) not in values:
        return "the default of an ENUM is one of its texts, not a number"
    if text is None or not values or not text.isascii() or not all(map(str.isascii, values)):
        return None  # which letters are equal is the collation's affair
    asked = [text] if kind.family is Family.ENUM else [one for one in text.split(",") if one]
    if all(one.rstrip(" ").casefold() in values for one in asked):
        return None
    return f"'{text}' is not among the values"


def _fits(kind: ColumnType, number: int) -> bool:
    reach: int = 2 ** (kind.size or 64)
    return 0 <= number < reach if kind.unsigned else -reach // 2 <= number < reach // 2
