"""SL601 schema-owned-twice. Docs and tests: rules/SL601-schema-owned-twice.md"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from schemalint.model.catalog import Played, PlayedStep
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.model.span import Span
from schemalint.rules import Rule, listed, rule


@rule("SL601", "schema-owned-twice", severity=Severity.WARNING, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    if played.path.alone:
        return
    for first, second in combinations(played.steps, 2):
        if first.step.source.id == second.step.source.id:
            continue
        ours, theirs = _creates(first), _creates(second)
        shared = [name for name in theirs if name in ours]
        if not shared:
            continue
        one, other = first.step.source.id, second.step.source.id
        noun = "table" if len(shared) == 1 else "tables"
        call = second.step.call
        yield self.finding(
            f"{one} and {other} both create {len(shared)} {noun} on one path: {listed(shared, 6)}",
            Location(call.span if call else theirs[shared[0]], f"{other} creates {shared[0]} here"),
            Location(ours[shared[0]], f"{one} creates {shared[0]} here"),
            help="let one of them own the schema: two owners drift apart, and the second fails or is silently skipped",
            object=f"{one} {other}",
            sources=(one, other),
            path=played.path,
        )


def _creates(played: PlayedStep) -> dict[TableName, Span]:
    """The tables that a step creates, or would create if they were not there, with the place of each."""
    step = played.step
    tables = {fact.table: fact.span for fact in step.source.facts if isinstance(fact, CreateTable)}
    if step.call is not None and step.call.tables is not None:
        return {name: span for name, span in tables.items() if name in step.call.tables}
    return tables
