"""MySQL and MariaDB: literal defaults that a type does not hold. Each was put to MySQL 5.6 and 9.7 and MariaDB 10.11, with and
without a strict `sql_mode`."""

from __future__ import annotations

import re

from schemalint.model.types import ColumnType

_NUMBER = re.compile(r"[-+]?0*(\d*)(?:\.\d*)?")
_YEAR_LAST = re.compile(r"\d{1,2}[-/]\d{1,2}[-/]\d{4}(?:[ T].*)?")
_TIME = re.compile(r"-?(?:\d+ )?(\d+):(\d\d)(?::(\d\d)(?:\.\d*)?)?")
_MOMENT = re.compile(r"\d{4}-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?")


def misfit(kind: ColumnType, word: str, text: str | None, number: int | None, raw: str) -> str | None:
    """Why a default does not fit its type: `word` is the type's own, `text` the default where it is a text, `number` where it is
    a whole number."""
    if word == "decimal":
        return _decimal(kind, text if text is not None else raw)
    if word == "bit" and kind.size is not None:
        return _bits(kind.size, text, number, raw)
    if (
        word in ("char", "varchar")
        and number is not None
        and kind.size is not None
        and len(raw.lstrip("+")) > kind.size
    ):
        return f"{raw} is longer than {kind.name.upper()}"
    if word in ("date", "datetime", "timestamp") and text is not None:
        return _moment(text)
    if word in ("date", "datetime", "timestamp") and number is not None and 0 < number <= 100:
        return f"{raw} is no date"
    if word == "time" and (text is not None or number is not None):
        return _time(text if text is not None else f"{raw[:-4]}:{raw[-4:-2]}:{raw[-2:]}")
    if word in ("date", "datetime", "timestamp") and raw.upper() in ("TRUE", "FALSE"):
        return f"{raw} is no date"
    if word == "year" and text is not None and not text.strip().isdigit():
        return f"{raw} is no year"
    if word == "year" and number is not None and not (0 <= number < 100 or 1901 <= number <= 2155):
        return f"{raw} is no year from 1901 to 2155"
    return None


def _decimal(kind: ColumnType, value: str) -> str | None:
    found = _NUMBER.fullmatch(value.strip())
    if found is None or kind.precision is None:
        return None
    if kind.unsigned and value.strip().startswith("-") and found[1]:
        return f"{value} is out of the range of {kind.name.upper()}"
    if len(found[1]) > kind.precision - (kind.scale or 0):
        return f"{value} has more digits than {kind.name.upper()} before the point"
    return None


def _bits(size: int, text: str | None, number: int | None, raw: str) -> str | None:
    value = int.from_bytes(text.encode(), "big") if text is not None and text.isascii() else number
    if value is None or 0 <= value < 2**size:
        return None
    literal = " (a text counts by its bytes: b'1' is a bit)" if text is not None else ""
    return f"{raw} is more than BIT({size}) holds{literal}"


def _moment(text: str) -> str | None:
    """Only what no setting lets pass: days that a month does not have, and zeros, hang on `sql_mode`."""
    if _YEAR_LAST.fullmatch(text):
        return f"'{text}' is no date: the year stands first"
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    if month > 12 or day > 31 or hour > 23 or minute > 59 or second > 59:
        return f"'{text}' is no date"
    return None


def _time(text: str) -> str | None:
    """Of a text that is no time at all MySQL 5.6 makes 00:00:00 where it is not strict."""
    found = _TIME.fullmatch(text)
    if not text.strip() or (found and (int(found[1][:9]) > 838 or int(found[2]) > 59 or int(found[3] or 0) > 59)):
        return f"'{text}' is no time"
    return None
