"""MySQL and MariaDB: what is wrong with partitions as they are listed. Put to MySQL 5.6 and 9.7 and MariaDB 10.11, which answer
alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

Listed = tuple[tuple[str, str], ...]
"""Partitions: the name of each, in lower case, and its definition as written."""
Fault = tuple[str, str, str]
"""The partition, the reason, and the servers' words."""
_KIND = re.compile(r"(?:LINEAR\s+)?(RANGE|LIST|HASH|KEY)(\s+COLUMNS)?", re.IGNORECASE)
_LESS = re.compile(r"\bVALUES\s+LESS\s+THAN\s*(\((?:[^()]|\([^()]*\))*\)|MAXVALUE\b)", re.IGNORECASE)
_IN = re.compile(r"\bVALUES\s+IN\s*(\((?:[^()]|\([^()]*\))*\))", re.IGNORECASE)
_VALUES = re.compile(r"\bVALUES\b", re.IGNORECASE)
_WHOLE = re.compile(r"\(\s*([-+]?\d{1,18})\s*\)")
_DAY = re.compile(
    r"\(\s*((?:TO_DAYS|UNIX_TIMESTAMP|TO_SECONDS)\s*\(\s*)?'(\d{4}-\d\d-\d\d)(?: 00:00:00)?'\s*\)?\s*\)", re.IGNORECASE
)
_VALUE = re.compile(r"[-+]?\d{1,18}|'[^'\\]*'")
_NULL = re.compile(r"\(\s*NULL\s*\)", re.IGNORECASE)
_MOST = re.compile(r"\(?\s*MAXVALUE\b", re.IGNORECASE)


def kind_of(by: str) -> tuple[str, bool]:
    """RANGE, LIST, HASH or KEY, and whether by COLUMNS; "" where it is something else."""
    found = _KIND.match(by)
    return (found[1].upper(), found[2] is not None) if found else ("", False)


def faults(by: str, listed: Listed) -> Iterator[Fault]:
    """What no server takes of partitions by RANGE, LIST, HASH or KEY."""
    kind, columns = kind_of(by)
    for name, text in listed:
        less, among = _LESS.search(text), _IN.search(text)
        if kind != "RANGE" and less is not None and kind:
            words = "Only RANGE PARTITIONING can use VALUES LESS THAN in partition definition (1480)"
            yield name, f"VALUES LESS THAN is for RANGE, not for {kind}", words
        elif kind != "LIST" and among is not None and kind:
            words = "Only LIST PARTITIONING can use VALUES IN in partition definition (1480)"
            yield name, f"VALUES IN is for LIST, not for {kind}", words
        elif kind in ("RANGE", "LIST") and _VALUES.search(text) is None:
            wanted = "VALUES LESS THAN" if kind == "RANGE" else "VALUES IN"
            yield name, f"{kind} needs {wanted} for each partition", ""
        elif kind == "RANGE" and not columns and less is not None and less[1].lstrip("( ").startswith("'"):
            words = f"VALUES value for partition '{name}' must have type INT (1697)"
            yield name, "RANGE wants whole numbers: RANGE COLUMNS takes texts and dates", words
        elif less is not None and _NULL.fullmatch(less[1]):
            yield name, "NULL is no bound", "Not allowed to use NULL value in VALUES LESS THAN (1566)"
        elif kind == "LIST" and not columns and among is not None and "'" in among[1] and "(" not in among[1][1:]:
            words = f"VALUES value for partition '{name}' must have type INT (1697)"
            yield name, "LIST wants whole numbers: LIST COLUMNS takes texts and dates", words
    if kind == "RANGE":
        yield from _not_increasing(listed)
    elif kind == "LIST":
        yield from _twice(listed)


def _not_increasing(listed: Listed) -> Iterator[Fault]:
    """Bounds, as far as they can be told apart by reading them."""
    bounds = [(name, found[1]) for name, text in listed if (found := _LESS.search(text)) is not None]
    for (before, low), (name, high) in pairwise(bounds):
        if _MOST.match(low) is not None:
            words = "MAXVALUE can only be used in last partition definition (1481)"
            yield name, f"{before} takes every value that is left, so that no partition stands behind it", words
        elif _not_above(_bound(low), _bound(high)):
            words = "VALUES LESS THAN value must be strictly increasing for each partition (1493)"
            yield name, f"its bound is not above that of {before}", words


def _not_above(low: tuple[str, int, str] | None, high: tuple[str, int, str] | None) -> bool:
    return low is not None and high is not None and low[0] == high[0] and low[1:] >= high[1:]


def _bound(text: str) -> tuple[str, int, str] | None:
    """What a bound is made of, and its place among those that are made so."""
    if (number := _WHOLE.fullmatch(text)) is not None:
        return "", int(number[1]), ""
    if (day := _DAY.fullmatch(text)) is not None:
        return (day[1] or "'").split("(")[0].strip().upper(), 0, day[2]
    return None


def _twice(listed: Listed) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name, text in listed:
        found = _IN.search(text)
        for value in _values(found[1]) if found is not None else ():
            if value in seen:
                words = "Multiple definition of same constant in list partitioning (1495)"
                yield name, f"{seen[value]} has the value {value} already", words
                return
            seen[value] = name


def _values(text: str) -> Iterable[str]:
    """The values of `(1, 2)`; none where one of them is more than a number or a text."""
    parts = [part.strip() for part in text[1:-1].split(",")]
    return parts if all(_VALUE.fullmatch(part) for part in parts) else ()
