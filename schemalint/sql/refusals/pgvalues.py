"""PostgreSQL: literal defaults that their column's type does not take. The server tries them when the column is made. Asked of
PostgreSQL 15 and 18; nothing is said of what is no plain literal, nor of what a later version may read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache

from schemalint.dialects.typetext import string_value
from schemalint.model.schema import Column
from schemalint.model.types import ColumnType, Family
from schemalint.sql.refusals.say import Found

_STRING = re.compile(r"'(?:[^'\\]|'')*'")
_WHOLE = re.compile(r"[-+]?\d{1,30}")
_INTEGER = re.compile(r"\s*[-+]?(?:0[xXoObB])?[\da-fA-F_]+\s*")  # from version 16 on also 0x1F and 1_000
_NUMBER = re.compile(
    r"\s*[-+]?(?:0[xXoObB][\da-fA-F_]+|[\d_.]*\d[\d_.]*(?:[eE][-+]?\d+)?|nan|inf|infinity)\s*", re.IGNORECASE
)
_BOOLEANS = ("true", "false", "yes", "no", "on", "off", "1", "0")
_UUID = re.compile(r"\{?[\da-fA-F]{4}(?:-?[\da-fA-F]{4}){7}\}?")
_NO_DAY = "0000-00-00"  # MySQL's
_ARTICLE = {Family.INTEGER: "no integer", Family.BOOLEAN: "no boolean", Family.UUID: "no UUID", Family.JSON: "no JSON"}


def of_default(column: Column) -> Iterator[Found]:
    """What to underline, the reason, the server's words and the servers, for a column that a statement makes."""
    if column.default is not None and column.type is not None and column.generated is None and not column.identity:
        found = misfit(column.type, column.default.raw.strip(), column.name.text)
        if found is not None:
            yield column.span, *found, ()


@lru_cache(maxsize=4096)
def misfit(kind: ColumnType, raw: str, name: str) -> tuple[str, str] | None:
    """Why a default, as written, is none for a column of that type and name, and the server's words; None where it may be one."""
    text = string_value(raw) if _STRING.fullmatch(raw) else None
    if text is not None:
        if _fits(kind, text):
            return None
        return f"{raw} is {_ARTICLE.get(kind.family, f'no {kind.name}')}", _words(kind, text)
    if _WHOLE.fullmatch(raw) and kind.family in (
        Family.BOOLEAN,
        Family.TIMESTAMP,
        Family.DATE,
        Family.UUID,
        Family.JSON,
    ):
        reason = (
            "a boolean takes TRUE or FALSE for its default, not a number" if kind.family is Family.BOOLEAN else None
        )
        return reason or f"{raw} is no {kind.name}", _mixed(kind, name, "integer")
    if raw.upper() in ("TRUE", "FALSE") and kind.family in (Family.INTEGER, Family.DECIMAL, Family.FLOAT):
        return f"a number takes no {raw.upper()} for its default", _mixed(kind, name, "boolean")
    return None


def _mixed(kind: ColumnType, name: str, given: str) -> str:
    what = kind.name.split("(")[0]
    return (
        f'column "{name}" is of type {what} but default expression is of type {given}' if "(" not in kind.name else ""
    )


def _words(kind: ColumnType, text: str) -> str:
    what = kind.name.split("(")[0]
    if kind.family is Family.JSON:
        return "invalid input syntax for type json"
    if text.lstrip().startswith(_NO_DAY):
        return f'date/time field value out of range: "{text}"'
    return f'invalid input syntax for type {what}: "{text}"'


def _fits(kind: ColumnType, text: str) -> bool:
    """Whether a text may be a value of the type."""
    if kind.family is Family.INTEGER:
        return _INTEGER.fullmatch(text) is not None
    if kind.family in (Family.DECIMAL, Family.FLOAT):
        return _NUMBER.fullmatch(text) is not None
    if kind.family is Family.BOOLEAN:
        asked = text.strip().lower()
        return asked != "" and asked != "o" and any(word.startswith(asked) for word in _BOOLEANS)
    if kind.family is Family.UUID:
        return _UUID.fullmatch(text) is not None
    if kind.family is Family.JSON:
        return _is_json(text)
    if kind.family in (Family.TIMESTAMP, Family.DATE, Family.TIME):
        return text.strip() != "" and not text.lstrip().startswith(_NO_DAY)
    return True


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    except RecursionError:
        return True
    return True
