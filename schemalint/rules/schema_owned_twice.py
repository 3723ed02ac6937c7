"""SL601 schema-owned-twice. Docs and tests: rules/SL601-schema-owned-twice.md"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from schemalint.model.catalog import Played, PlayedStep
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.model.source import Call
from schemalint.model.span import Span
from schemalint.rules import Rule, listed, rule


@rule("SL601", "schema-owned-twice", severity=Severity.WARNING, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    if played.path.alone:
        return
    owners: dict[str, list[PlayedStep]] = {}
    for step in played.steps:
        owners.setdefault(step.step.source.id, []).append(step)
    for (one, firsts), (other, seconds) in combinations(owners.items(), 2):
        ours, theirs = _creates(firsts), _creates(seconds)
        shared = [name for name in theirs if name in ours]
        if not shared or one.partition("#")[0] == other.partition("#")[0]:  # one program, told apart by its databases
            continue
        noun = "table" if len(shared) == 1 else "tables"
        call = max((s.step.call for s in seconds if s.step.call), key=_reach, default=None)
        yield self.finding(
            f"{one} and {other} both create {len(shared)} {noun} on one path: {listed(shared, 6)}",
            Location(call.span if call else theirs[shared[0]], f"{other} creates {shared[0]} here"),
            Location(ours[shared[0]], f"{one} creates {shared[0]} here"),
            help="let one of them own the schema: two owners drift apart, and the second fails or is silently skipped",
            object=f"{one} {other}",
            sources=(one, other),
            path=played.path,
        )


def _creates(steps: list[PlayedStep]) -> dict[TableName, Span]:
    """The tables that a source's steps create, or would create if they were not there, with the place of each."""
    source = steps[0].step.source
    tables = {fact.table: fact.span for fact in source.facts if isinstance(fact, CreateTable)}
    calls = [step.step.call for step in steps if step.step.call is not None]
    if not calls or any(call.tables is None for call in calls):
        return tables
    return {name: tables[name] for call in calls for name in call.tables or () if name in tables}


def _reach(call: Call) -> int:
    """On how many tables a call works: the widest one stands for the source."""
    return 10**6 if call.tables is None else len(call.tables)
