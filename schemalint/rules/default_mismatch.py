"""SL307 default-mismatch. Docs and tests: rules/SL307-default-mismatch.md"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.compare import drifting, shared, sides
from schemalint.equality import same_default
from schemalint.model.finding import Finding, Severity
from schemalint.model.pair import TablePair
from schemalint.model.schema import Column
from schemalint.model.source import Part
from schemalint.model.types import Outcome
from schemalint.rules import Drift, Rule, rule

_WRITES_ALL = ("sqlalchemy", "gorm")
"""ORMs that write a value of their own, or NULL, for a column of which the model says no default."""

_ZERO = re.compile(r"\(?(?:false|0|0?\.0+|b?'[0f]?'|'false')\)?(?:::[\w ]+)?", re.IGNORECASE)
"""Defaults that say what a Go field without a value says as well."""


@rule("SL307", "default-mismatch", severity=Severity.NOTE, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    if drifting(pair) is not None and Part.DEFAULTS in pair.comparison.other_source.states:
        yield from self.drifts(pair, _found(pair), "give both sides the same default")


def _found(pair: TablePair) -> Iterator[Drift]:
    comparison = pair.comparison
    for column, twin in shared(pair):
        if (
            column.identity
            or twin.identity
            or same_default(column, twin, *sides(comparison)).outcome is not Outcome.DIFFERENT
        ):
            continue
        effect = _effect(column, twin, comparison.other_source.parser)
        if effect is not None:
            yield Drift(twin.name, Severity.NOTE, _said(twin), _said(column), effect, twin.span, column.span)


def _effect(column: Column, twin: Column, parser: str) -> str | None:
    """What a row gets of which nobody set the column; None where nobody can tell the difference, and where SL306 says it."""
    if twin.has_default:
        if column.has_default is False and column.nullable is False and not twin.client_default:
            return None
        return "what a row gets depends on who writes it"
    if twin.client_default or parser not in _WRITES_ALL:
        return None
    if column.nullable is False and twin.nullable and twin.writes_null is not False:
        return None
    if parser == "sqlalchemy" and twin.nullable is False:
        return None  # the program always sets it
    if parser == "sqlalchemy":
        return "SQLAlchemy writes NULL where nobody set it, so the database's default is never used"
    if twin.writes_null is None or (
        twin.writes_null is False and column.default and _ZERO.fullmatch(column.default.raw)
    ):
        return None
    value = "NULL" if twin.writes_null else "Go's zero value"
    return f"GORM writes {value} where nobody set it, so the database's default is never used"


def _said(column: Column) -> str:
    return f"default {column.default.raw[:60]}" if column.default else "without a default"
