"""SL308 primary-key-mismatch. Docs and tests: rules/SL308-primary-key-mismatch.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import Sides, sides, unique_sets
from schemalint.equality import same_type
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.pair import TablePair
from schemalint.model.schema import Column, Table
from schemalint.model.source import SourceKind
from schemalint.model.span import Span
from schemalint.model.types import Family, Outcome
from schemalint.rules import Rule, listed, rule

Weight = tuple[Severity, Severity]
"""The severity on a deployment that is proved, and on one that is not."""

_FAILS = (Severity.ERROR, Severity.WARNING)
_DISAGREES = (Severity.WARNING, Severity.WARNING)
_MAY_FAIL = (Severity.WARNING, Severity.NOTE)


@rule("SL308", "primary-key-mismatch", severity=Severity.ERROR, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison, table, model = pair.comparison, pair.reference, pair.other
    if comparison.other_source.kind is not SourceKind.MODELS or table is None or model is None:
        return
    ours, theirs = table.primary_key, model.primary_key
    if ours is None or theirs is None or table.incomplete or model.incomplete or not comparison.relevant:
        return
    if comparison.remade(table.name):
        return
    if frozenset(ours.columns) != frozenset(theirs.columns):
        said = (f"({listed(theirs.columns)})", f"({listed(ours.columns)})")
        if not _made_alone(table, model):
            wrong = "the ORM addresses rows by the wrong columns"
            yield _finding(self, pair, theirs.span, ours.span, said, wrong, _FAILS, None)
        elif frozenset(theirs.columns) not in unique_sets(table):
            twice = "the ORM takes the first for one row, and the database lets it be there twice"
            yield _finding(self, pair, theirs.span, ours.span, said, twice, _DISAGREES, None)
        return
    for name in ours.columns:
        column, twin = table.columns.get(name), model.columns.get(name)
        if column is None or twin is None:
            continue
        effect = _effect(column, twin, sides(comparison))
        if effect:
            said = (_said(twin), _said(column))
            spans = (twin.type_span or twin.span, column.type_span or column.span)
            yield _finding(self, pair, *spans, said, *effect, column)


def _made_alone(table: Table, model: Table) -> bool:
    """Whether the database makes its key by itself, of columns that the model lacks, and has those of the model's key: a join
    table with a number of its own. Every statement of the ORM is then taken."""
    ours, theirs = table.primary_key, model.primary_key
    if ours is None or theirs is None or not table.columns.keys() >= set(theirs.columns):
        return False
    held = [table.columns.get(name) for name in ours.columns]
    return all(one is not None and (one.identity or one.has_default) and one.name not in model.columns for one in held)


def _effect(column: Column, twin: Column, between: Sides) -> tuple[str, Weight] | None:
    """What fails, where the two sides make keys of different kinds or leave making them to each other. A key that only the
    ORM's habit leaves to the database may be given by the program, and then nothing fails."""
    if column.type and twin.type:
        # An integer of another width or sign is still the same kind of key.
        kinds = {column.type.family, twin.type.family}
        different = same_type(column.type, twin.type, *between).outcome is Outcome.DIFFERENT
        if different and len(kinds) == 2 and Family.INTEGER in kinds:
            return "the keys that one side makes do not fit the other", _FAILS
    if twin.identity is True and column.identity is False and column.has_default is False:
        effect = (
            "the ORM leaves the key to the database, which has nothing to make it with: an INSERT that gives none fails"
        )
        return effect, _MAY_FAIL if twin.by_habit else _FAILS
    return None


def _finding(
    self: Rule,
    pair: TablePair,
    span: Span,
    other: Span,
    said: tuple[str, str],
    effect: str,
    weight: Weight,
    column: Column | None,
) -> Finding:
    comparison, table = pair.comparison, pair.reference
    assert table is not None
    what = f"{table.name}.{column.name}" if column else f"the primary key of {table.name}"
    return self.finding(
        f"{what} is {said[0]} in the model but {said[1]} in the database: {effect}",
        Location(span, f"{said[0]} here"),
        Location(other, f"{said[1]} here"),
        severity=weight[0] if comparison.proved else weight[1],
        help="make both sides use the same key",
        table=table.name,
        column=column.name if column else None,
        sources=(comparison.other_source.id,),
        path=comparison.path,
    )


def _said(column: Column) -> str:
    kind = column.type.name if column.type else "a key"
    return f"{kind} with auto increment" if column.identity else kind
