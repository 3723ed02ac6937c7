"""A term in a column of a type → the value that the server keeps, as far as that is certain.

A value is a kind and a content. Of two values of one kind the contents decide; values of kinds that are not comparable
are unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, DecimalException
from typing import Any

from schemalint.dialects import Dialect
from schemalint.equality import jsonvalue
from schemalint.equality.terms import Kind, Term
from schemalint.model.types import ColumnType, Family

Value = tuple[str, Any]
"""Kind and content. "spelled" is a text of a type that is not judged: alike is the same, otherwise unknown."""
NOTHING: Value = ("nothing", None)
_Reader = Callable[[Term, ColumnType, Dialect], Value | None]

_NUMBER = re.compile(r"\s*[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,2})?\s*", re.A)
_MOMENT = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)"
    r"(?:(?P<mark>[ T])(?P<time>\d\d:\d\d(?::\d\d)?)(?:\.(?P<digits>\d{1,6}))?(?P<zone>\+00(?::?00)?|Z)?)?",
    re.A,
)
_TIME = re.compile(r"(?P<time>\d\d:\d\d(?::\d\d)?)(?:\.(?P<digits>\d{1,6}))?", re.A)


def value(term: Term, type_: ColumnType | None, dialect: Dialect) -> Value | None:
    """What the column keeps of the default, None where that is not known. A cast changes nothing only where the value reads
    the same under the cast's type."""
    if term.kind is Kind.NULL:
        return NOTHING
    type_ = type_ or ColumnType(Family.OTHER, "")
    bare = replace(term, casts=())
    casts = term.casts
    if dialect.family == "postgres" and term.kind is Kind.TEXT and term.value.strip().lower() == "now" and casts:
        # how PostgreSQL before 10 printed the moment of the transaction; without the text it is the moment of creation
        bare, casts = Term(Kind.CALL, "now()"), casts[1:] if casts[0].lower() == "text" else ("?",)
    read = _of_type(bare, type_, dialect)
    for cast in casts:
        through = dialect.column_type(cast)
        if through is None or _of_type(bare, through, dialect) != read:
            return None
    return read


def _of_type(term: Term, type_: ColumnType, dialect: Dialect) -> Value | None:
    if term.kind is Kind.CALL:
        constant = dialect.spellings.constants.get(term.call or "")
        if constant is None:
            return _moment_of(term, type_, dialect)
        term = Term(Kind.TEXT, constant)
    if dialect.spellings.affinity is not None:
        return _kept(term, dialect.spellings.affinity(type_.name))
    if term.kind is Kind.TEXT and type_.family in (Family.TIMESTAMP, Family.DATE):
        return _day(term, type_, dialect)
    return _READERS.get(type_.family, _spelled)(term, type_, dialect)


def _moment_of(term: Term, type_: ColumnType, dialect: Dialect) -> Value | None:
    """A clock: what moment, and to how many digits of a second (None: as many as the column keeps)."""
    spellings = dialect.spellings
    zone = ""
    if term.value == "timezone()" and len(term.parts) == 2 and dialect.family == "postgres":
        place, term = term.parts
        if place.kind is not Kind.TEXT or any(cast.lower() != "text" for cast in place.casts) or term.casts:
            return None
        zone = f" at {place.value.upper()}"
    digits: int | None = spellings.finest
    moment = spellings.clocks.get(term.call or "")
    if (
        moment is None
        and len(term.parts) == 1
        and term.parts[0].kind is Kind.NUMBER
        and term.parts[0].value.isdecimal()
    ):
        moment = spellings.clocks.get(f"{term.value[:-1]}p)")
        digits = min(int(term.parts[0].value), 6)
    if moment is None:
        return None
    room = 6 if type_.precision is None else type_.precision
    if digits == 0 and (type_.family, moment) in spellings.widened:
        digits = None
    if digits is not None and digits >= room:
        if digits > room and (digits < 6 or dialect.family != "postgres"):
            return None  # rounded twice, or cut
        digits = None
    if zone:
        return "clock", (moment + zone, digits)
    becomes = {**spellings.on.get((type_.family, None), {}), **spellings.on.get((type_.family, type_.with_tz), {})}
    moment = becomes.get(moment, moment)
    return "clock", (moment, None if moment == "today" else digits)


def _kept(term: Term, affinity: str) -> Value | None:
    """SQLite, "Type Affinity": what looks like a number becomes one in a numeric column, and a text in a text column."""
    if term.kind is Kind.BYTES:
        return "bytes", term.value
    text, plain = _digits(term), term.kind is Kind.TEXT
    if affinity == "text":
        whole = text is not None and re.fullmatch(r"-?\d{1,18}", text) is not None
        return ("text", term.value) if plain else ("text", str(int(text or ""))) if whole else None
    if text is None or (plain and (affinity == "blob" or not _NUMBER.fullmatch(text))):
        return ("text", term.value) if plain else None
    number = _decimal(text)
    if number is None or abs(number) >= 10**15:
        return None
    return "number", (number, affinity == "blob" and not text.isdecimal())  # without an affinity 1.0 stays what it is


def _digits(term: Term) -> str | None:
    if term.kind is Kind.TRUTH:
        return "1" if term.value == "true" else "0"
    return term.value if term.kind in (Kind.NUMBER, Kind.TEXT) else None


def _decimal(text: str | None) -> Decimal | None:
    if text is None or not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.strip())
    except DecimalException:
        return None


def _number(term: Term, type_: ColumnType, dialect: Dialect) -> Value | None:
    """A number that the type keeps as it is: nothing to round, nothing to cut."""
    if term.kind is Kind.BITS and dialect.family == "mysql":
        return "number", Decimal(int(term.value, 2)) if len(term.value) < 64 else None
    if term.kind is Kind.TRUTH and dialect.family != "mysql":
        return None
    number = _decimal(_digits(term))
    if number is None:
        return None
    if type_.family is Family.FLOAT:
        # two decimals may be one float, of which the narrow one tells few digits
        return ("number", float(number)) if len(number.as_tuple().digits) <= (15 if type_.size == 64 else 6) else None
    room = 0 if type_.family in (Family.INTEGER, Family.BOOLEAN) else type_.scale
    if room is not None and number != round(number, room):
        return None
    if type_.precision is not None and room is not None and abs(number) >= Decimal(10) ** (type_.precision - room):
        return None
    return "number", number


def _truth(term: Term, type_: ColumnType, dialect: Dialect) -> Value | None:
    if dialect.family == "mysql":  # a small number
        return _number(term, type_, dialect)
    if term.kind is Kind.TRUTH:
        return "truth", term.value == "true"
    if term.kind is Kind.TEXT:
        known = dialect.spellings.truths.get(term.value.strip().lower())
        return None if known is None else ("truth", known)
    number = _decimal(term.value) if term.kind is Kind.NUMBER else None
    return ("truth", number == 1) if number in (0, 1) else None


def _text(term: Term, type_: ColumnType, dialect: Dialect) -> Value | None:
    if term.kind is Kind.TEXT:
        text = term.value
    elif term.kind is Kind.NUMBER and re.fullmatch(r"-?\d{1,9}", term.value):
        text = str(int(term.value))
    else:
        return None
    if type_.name == "citext":
        return "spelled", text
    if type_.fixed and dialect.spellings.pads:
        text = text.rstrip(" ")
    return ("text", text) if type_.size is None or len(text) <= type_.size else None


def _day(term: Term, type_: ColumnType, dialect: Dialect) -> Value | None:
    """A date or a date with a time in ISO 8601, which every server reads in one way."""
    found = _MOMENT.fullmatch(term.value)
    if found is None:
        return "spelled", term.value
    if dialect.family == "tsql" and found["mark"] != "T":
        return "spelled", term.value  # the session's language decides which is the month
    if found["zone"] and not (dialect.family == "postgres" and type_.with_tz):
        return None
    time, digits = found["time"] or "00:00", (found["digits"] or "").rstrip("0")
    if len(digits) > (6 if type_.precision is None else type_.precision):
        return None
    if time > "23:59:59" or (type_.family is Family.DATE and (time.strip("0:") or digits)):
        return None
    return "moment" if not found["zone"] else "instant", (found["date"], time[:5], time[6:] or "00", digits)


def _time(term: Term, type_: ColumnType, dialect: Dialect) -> Value | None:
    found = _TIME.fullmatch(term.value) if term.kind is Kind.TEXT else None
    if found is None or type_.with_tz:
        return _spelled(term, type_, dialect)
    digits = (found["digits"] or "").rstrip("0")
    if found["time"] > "23:59:59" or len(digits) > (6 if type_.precision is None else type_.precision):
        return None
    return "time", (found["time"][:5], found["time"][6:] or "00", digits)


def _uuid(term: Term, type_: ColumnType, dialect: Dialect) -> Value | None:
    digits = re.sub(r"^\{|\}$|-", "", term.value).lower()
    plain = term.kind is Kind.TEXT and re.fullmatch(r"[0-9a-f]{32}", digits) is not None
    return ("uuid", digits) if plain else _spelled(term, type_, dialect)


def _json(term: Term, type_: ColumnType, dialect: Dialect) -> Value | None:
    if term.kind is not Kind.TEXT:
        return None
    texts = dialect.name == "mariadb" or (dialect.name == "postgres" and type_.name == "json")
    return jsonvalue.read(term.value, kept_as_text=texts)


def _bytes(term: Term, type_: ColumnType, dialect: Dialect) -> Value | None:
    if term.kind is Kind.BYTES:
        digits = term.value if len(term.value) % 2 == 0 else "0" + term.value
    elif (
        term.kind is Kind.TEXT and dialect.family == "postgres" and re.fullmatch(r"\\x(?:[0-9a-fA-F]{2})*", term.value)
    ):
        digits = term.value[2:].lower()
    elif term.kind is Kind.TEXT and term.value.isascii() and "\\" not in term.value and dialect.family != "tsql":
        digits = term.value.encode().hex()
    else:
        return None
    if type_.fixed:
        digits = re.sub(r"(?:00)+\Z", "", digits) if len(digits) % 2 == 0 else digits
    return ("bytes", digits) if type_.size is None or len(digits) <= 2 * type_.size else None


def _member(term: Term, type_: ColumnType, dialect: Dialect) -> Value | None:
    """One of an ENUM's own texts: in MySQL without letter case, by the usual collations."""
    values = [each.rstrip(" ").casefold() for each in type_.values or ()]
    text = term.value.rstrip(" ").casefold()
    if term.kind is not Kind.TEXT or text not in values:
        return _spelled(term, type_, dialect)
    return "member", text


def _array(term: Term, type_: ColumnType, dialect: Dialect) -> Value | None:
    """An array of one dimension, written as a text or as a list."""
    if type_.element is None:
        return None
    parts = term.parts
    if term.kind is Kind.TEXT:
        inner = re.fullmatch(r"\{((?:[\w.@ :-]+,)*[\w.@ :-]+|)\}", term.value)
        if inner is None:
            return _spelled(term, type_, dialect)
        parts = tuple(Term(Kind.TEXT, each.strip()) for each in inner[1].split(",") if each)
        if any(part.value.lower() in ("null", "") for part in parts):
            return None
    elif term.kind is not Kind.ARRAY:
        return None
    read = [value(part, type_.element, dialect) for part in parts]
    return None if None in read or any(each and each[0] == "clock" for each in read) else ("array", tuple(read))


def _spelled(term: Term, type_: ColumnType, dialect: Dialect) -> Value | None:
    """A type that is not judged: MySQL's BIT is a number, of the rest only what is written alike is the same."""
    if dialect.family == "mysql" and type_.name.startswith("bit(") and term.kind is not Kind.TEXT:
        return _number(term, replace(type_, family=Family.INTEGER, precision=None), dialect)
    bits = term.kind is Kind.BITS and type_.name.startswith("bit")
    return ("spelled", term.value) if term.kind is Kind.TEXT or bits else None


_READERS: dict[Family, _Reader] = {
    Family.INTEGER: _number,
    Family.DECIMAL: _number,
    Family.FLOAT: _number,
    Family.BOOLEAN: _truth,
    Family.TEXT: _text,
    Family.TIME: _time,
    Family.UUID: _uuid,
    Family.JSON: _json,
    Family.BINARY: _bytes,
    Family.ENUM: _member,
    Family.ARRAY: _array,
}
