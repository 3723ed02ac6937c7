"""PostgreSQL: partitions whose values another partition of the table has already, or which can have none ("CREATE TABLE"; put to
PostgreSQL 10 to 18). Only literals are compared that the type of the column certainly puts in this order: integers, days and
times of day, and texts for whether they are the same. Of a table with very many partitions only the last are looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from schemalint.dialects.partitions import kind_of
from schemalint.model.catalog import Refusal
from schemalint.model.names import TableName
from schemalint.model.schema import Column, Table
from schemalint.model.span import Span
from schemalint.model.types import Family
from schemalint.replay.partitions import partition_columns
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles

_RANGE = re.compile(r"(?is)FOR\s+VALUES\s+FROM\s*\((?P<low>[^()]*)\)\s*TO\s*\((?P<high>[^()]*)\)")
_LIST = re.compile(r"(?is)FOR\s+VALUES\s+IN\s*\((?P<values>[^()]*)\)")
_HASH = re.compile(
    r"(?is)FOR\s+VALUES\s+WITH\s*\(\s*MODULUS\s+(?P<modulus>\d{1,9})\s*,\s*REMAINDER\s+(?P<rest>\d{1,9})\s*\)"
)
_FORMS = {"RANGE": _RANGE, "LIST": _LIST, "HASH": _HASH}
_NUMBER = re.compile(r"[-+]?\d{1,30}|'[-+]?\d{1,30}'")
_DAY = re.compile(r"'(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d))?'")
_TEXT = re.compile(r"'[^'\\]*'")
Value = tuple[int | str, ...]
_LEAST, _MOST, _NULL = (0,), (2,), (3,)
"""What stands before and behind every value `(1, …)`; NULL in a list."""
_REACH = 200


def bound_refused(state: State, parent: Table, name: TableName, bound: str | None, span: Span) -> Troubles:
    """Why a table cannot become a partition with these bounds."""
    if state.dialect.family != "postgres" or bound is None or state.models or state.opaque or parent.incomplete:
        return
    kind = kind_of(parent.partition_by or "")[0]
    found = next(_faults(state, parent, name, kind, bound), None) if kind in _FORMS else None
    if found is not None:
        why, words, taken = found
        yield Trouble(Refusal.IMPOSSIBLE, span, parent.name, existing=parent, taken=taken, why=why, server=words)


def _faults(state: State, parent: Table, name: TableName, kind: str, bound: str) -> Iterator[tuple[str, str, Span]]:
    near = (state.tables.get(one) for one in state.below.get(parent.name, ())[-_REACH:] if one != name)
    others = [child for child in near if child is not None and child.partition and child.bound]
    if bound.upper() == "DEFAULT":
        if kind == "HASH":
            words = "a hash-partitioned table may not have a default partition (42P16)"
            yield f"{parent.name} is partitioned BY HASH, and has no DEFAULT", words, parent.span
        for other in others:
            if (other.bound or "").upper() == "DEFAULT" and not other.incomplete:
                words = f'partition "{name.name.key}" conflicts with existing default partition "{other.name.name.key}" (42P17)'
                yield f"{other.name} is its DEFAULT already", words, other.span
        return
    read = _FORMS[kind].fullmatch(bound)
    if read is None:
        if any(form.fullmatch(bound) for form in _FORMS.values()):
            words = f"invalid bound specification for a {kind.lower()} partition (42P16)"
            yield f"{parent.name} is partitioned BY {kind}, and these bounds are of another kind", words, parent.span
        return
    kinds = tuple(_kind(parent.columns[column]) for column in partition_columns(state, parent))
    mine = _values(kind, bound, kinds)
    if mine is None:
        return
    if kind == "RANGE" and mine[0] >= mine[1]:
        words = f'empty range bound specified for partition "{name.name.key}" (42P17)'
        yield "it begins where it ends, or behind that: the second bound belongs to it no more", words, parent.span
        return
    for other in others:
        theirs = _values(kind, other.bound or "", kinds) if not other.incomplete else None
        if theirs is not None and _overlap(kind, mine, theirs):
            words = f'partition "{name.name.key}" would overlap partition "{other.name.name.key}" (42P17)'
            yield f"partition {other.name} has values of it already: {other.bound}", words, other.span


def _kind(column: Column) -> Family | None:
    """The family of a column's type; None of a text with an order of its own."""
    return None if column.type is None or column.collation else column.type.family


@lru_cache(maxsize=4096)
def _values(kind: str, bound: str, columns: tuple[Family | None, ...]) -> tuple[tuple[Value, ...], ...] | None:
    """What bounds hold: of a range its two ends, of a list its values; None where that is not known."""
    read = _FORMS[kind].fullmatch(bound)
    if read is None:
        return None
    if kind == "HASH":
        return (((int(read["modulus"]), int(read["rest"])),),)
    if kind == "LIST":
        listed = [_value(columns[0], text, True) for text in read["values"].split(",")] if len(columns) == 1 else []
        return (tuple(one for one in listed if one is not None),)
    ends = []
    for side in (read["low"], read["high"]):
        texts = side.split(",")
        if len(texts) != len(columns):
            return None
        end = [_value(column, text, False) for column, text in zip(columns, texts, strict=True)]
        known = tuple(value for value in end if value is not None)
        if len(known) != len(end):
            return None
        ends.append(known)
    return tuple(ends)


def _value(family: Family | None, text: str, listed: bool) -> Value | None:
    text = text.strip()
    word = text.upper()
    if listed and word == "NULL":
        return _NULL
    if not listed and word in ("MINVALUE", "MAXVALUE"):
        return _LEAST if word == "MINVALUE" else _MOST
    if family is Family.INTEGER and _NUMBER.fullmatch(text):
        return 1, int(text.strip("'"))
    if family in (Family.DATE, Family.TIMESTAMP) and (day := _DAY.fullmatch(text)) is not None:
        return 1, f"{day[1]} {day[2] or '00:00:00'}" if family is Family.TIMESTAMP else day[1]
    if listed and family is Family.TEXT and _TEXT.fullmatch(text):
        return 1, text
    return None


def _overlap(kind: str, mine: tuple[tuple[Value, ...], ...], theirs: tuple[tuple[Value, ...], ...]) -> bool:
    if kind == "RANGE":
        return mine[0] < theirs[1] and theirs[0] < mine[1]
    if kind == "LIST":
        return not set(mine[0]).isdisjoint(theirs[0])
    (modulus, rest), (other, left) = sorted((mine[0][0], theirs[0][0]))
    return int(modulus) > 0 and int(other) % int(modulus) == 0 and int(left) % int(modulus) == int(rest)
