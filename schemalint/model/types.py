"""Column types, and the three outcomes of comparing two things."""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from schemalint.model.frozen import frozen


class Family(Enum):
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLOAT = "float"
    TEXT = "text"
    BINARY = "binary"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    TIMESTAMP = "timestamp"
    INTERVAL = "interval"
    UUID = "uuid"
    JSON = "json"
    ENUM = "enum"
    ARRAY = "array"
    OTHER = "other"

    __hash__ = object.__hash__  # members are compared by identity anyway; Enum's own hash is Python code


@frozen
class ColumnType:
    """A column's type. `name` is the server's own spelling (postgres `format_type`, MySQL `COLUMN_TYPE` without display
    widths, SQLite as declared) and takes no part in `==`."""

    family: Family
    name: str = field(compare=False)
    size: int | None = None  # INTEGER and FLOAT: bits; TEXT: characters; BINARY: bytes
    precision: int | None = None  # DECIMAL: digits; TIME, TIMESTAMP, INTERVAL: fractional digits
    scale: int | None = None
    unsigned: bool | None = None
    with_tz: bool | None = None
    fixed: bool | None = None  # TEXT and BINARY: CHAR and BINARY rather than VARCHAR and VARBINARY
    element: ColumnType | None = None  # of an ARRAY
    values: tuple[str, ...] | None = None  # of an ENUM written in place
    user_type: str | None = None  # key of the user-defined type it names (postgres enum, domain), family OTHER


class Outcome(Enum):
    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@frozen
class Verdict:
    """Whether two things agree; `reason` is empty unless they differ."""

    outcome: Outcome
    reason: str = ""
