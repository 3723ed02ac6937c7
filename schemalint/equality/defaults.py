"""Whether two columns get the same value when a row says nothing about them."""

from __future__ import annotations

from schemalint.dialects import Dialect, dialect
from schemalint.equality.terms import LONGEST, spelled, term
from schemalint.equality.values import NOTHING, Value, value
from schemalint.equality.verdicts import SAME, UNKNOWN, different, unknown
from schemalint.model.schema import Column
from schemalint.model.types import Family, Verdict


def same_default(one: Column, other: Column, ours: str | None, theirs: str | None) -> Verdict:
    """Compares the defaults of two columns, of which each stands in a source of the dialect named. An expression that is
    not understood is the same only when it is written alike, and otherwise unknown. `NULL` is no default."""
    if one.generated is not None or other.generated is not None:
        return unknown("a column is computed")
    if _counted(one) or _counted(other):
        return _counting(one, other)
    if one.default is not None and other.default is not None and _alike(one, other, ours, theirs):
        return SAME
    left, right = _stated(one, dialect(ours)), _stated(other, dialect(theirs))
    if left is None or right is None:
        return unknown("a default is not stated, or an expression that is not understood")
    return _judge(left, right, one, other, dialect(ours), dialect(theirs))


def _counted(column: Column) -> bool:
    return bool(column.identity) or column.serial


def _counting(one: Column, other: Column) -> Verdict:
    """SERIAL is the next value of a sequence, under whatever name that sequence goes."""
    if one.serial and other.serial:
        named = one.sequence is not None and other.sequence is not None
        return SAME if not named or one.sequence == other.sequence else unknown("they count by two sequences")
    if _counted(one) and _counted(other):
        return SAME if one.serial is other.serial else unknown("one counts by a sequence, the other is an identity")
    column = other if _counted(one) else one
    if column.identity is None or (column.default is None and column.has_default is None):
        return UNKNOWN
    return different("one is counted by the server, the other is not")


def _alike(one: Column, other: Column, ours: str | None, theirs: str | None) -> bool:
    assert one.default is not None
    assert other.default is not None
    if dialect(ours).family != dialect(theirs).family or max(len(one.default.raw), len(other.default.raw)) > LONGEST:
        return False
    family = dialect(ours).family
    if spelled(one.default.raw, family) != spelled(other.default.raw, family):
        return False
    return one.type is None or other.type is None or one.type.family is other.type.family


def _stated(column: Column, dialect_: Dialect) -> Value | None:
    """What a row gets that says nothing, None where that is not known."""
    if column.default is None:
        return NOTHING if column.has_default is False and not _filled(column, dialect_) else None
    read = term(column.default.raw, dialect_.family)
    return None if read is None else value(read, column.type, dialect_)


def _filled(column: Column, dialect_: Dialect) -> bool:
    """Whether the server may give a default that nobody wrote: MySQL and older MariaDB do for a TIMESTAMP that takes no
    NULL ("explicit_defaults_for_timestamp")."""
    kind = column.type
    stamped = kind is not None and kind.family is Family.TIMESTAMP and bool(kind.with_tz)
    return dialect_.family == "mysql" and stamped and column.nullable is not True


def _judge(left: Value, right: Value, one: Column, other: Column, ours: Dialect, theirs: Dialect) -> Verdict:
    kinds = {left[0], right[0]}
    said = f"{_said(one)} and {_said(other)}"
    if left == right:
        return SAME if ours.family == theirs.family or left[0] not in ("spelled", "clock") else unknown(said)
    if "nothing" in kinds:
        return unknown(said) if ours.name == "mysql" and _dropped(one, other) else different(said)
    if kinds == {"clock"}:
        return _clocks(left[1], right[1], ours, theirs, said)
    if "clock" in kinds and "spelled" not in kinds:
        return different(said)
    if ours.spellings.affinity is not None and ours is theirs:
        return different(said)
    return different(said) if len(kinds) == 1 and "spelled" not in kinds else unknown(said)


def _clocks(
    left: tuple[str, int | None], right: tuple[str, int | None], ours: Dialect, theirs: Dialect, said: str
) -> Verdict:
    apart = frozenset({left[0], right[0]}) in ours.spellings.apart
    if ours.family == theirs.family and (apart or (left[0] == right[0] and left[1] != right[1])):
        return different(said)
    return unknown(said)


def _dropped(one: Column, other: Column) -> bool:
    """Whether MySQL, where it is not strict, drops what one side says: an empty text on a TEXT, BLOB or JSON."""
    stated = one if one.default else other
    large = stated.type is not None and stated.type.name.endswith(("text", "blob", "json"))
    return large and stated.default is not None and stated.default.raw in ("''", '""')


def _said(column: Column) -> str:
    return f"default {column.default.raw[:60]}" if column.default else "no default"
