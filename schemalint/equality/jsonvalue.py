"""What a JSON text says, so that two spellings of it can be compared."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

_LONGEST = 4_000
_NESTED = 100


def read(text: str, kept_as_text: bool) -> tuple[str, Any] | None:
    """The value for comparing, None where it is not certain. PostgreSQL's `json` and MariaDB's are kept as written:
    there only an empty object or array has one spelling."""
    if len(text) > _LONGEST or text.count("[") + text.count("{") > _NESTED:
        return None
    try:
        found = json.loads(text, parse_int=_number, parse_float=_number, parse_constant=_refused)
    except (ValueError, ArithmeticError):
        return None
    if kept_as_text and text not in ("{}", "[]"):
        return "spelled", text
    return "json", found


def _number(text: str) -> tuple[str, Decimal]:
    """A number that equals no truth value: 1 is True to Python."""
    return "number", Decimal(text)


def _refused(text: str) -> Any:
    raise ValueError(text)
