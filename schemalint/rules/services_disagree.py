"""SL316 services-disagree. Docs and tests: rules/SL316-services-disagree.md"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from schemalint.compare import Difference, differences, says
from schemalint.databases import Database
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.schema import Table
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import Span
from schemalint.rules import Rule, listed, rule


@rule("SL316", "services-disagree", severity=Severity.WARNING, on=Database)
def check(self: Rule, database: Database) -> Iterator[Finding]:
    models = [source for source in database.sources if source.kind is SourceKind.MODELS]
    for one, other in combinations(models, 2):
        ours, theirs = database.catalogs[one.id].tables, database.catalogs[other.id].tables
        partial = {*_partial(one), *_partial(other)}
        for name in ours:
            if name in theirs and not partial & {ours[name].span, theirs[name].span}:
                yield from _judge(self, one, other, ours[name], theirs[name])


def _partial(source: Source) -> Iterator[Span]:
    """Models that may not be stored, or not in full."""
    yield from (fact.span for fact in source.facts if isinstance(fact, CreateTable) and not fact.certain)


def _judge(self: Rule, one: Source, other: Source, table: Table, twin: Table) -> Iterator[Finding]:
    every = list(differences(table, twin, (one.dialect, other.dialect)))
    found = [*_columns(every), *(each for each in every if each.kind in ("type", "primary key"))]
    if not found:
        return
    first = found[0]
    yield self.finding(
        f"{one.id} and {other.id} map table {table.name} differently: the second {says(found)}",
        Location(first.other or twin.span, first.text),
        Location(first.reference or table.span, f"{one.id} says otherwise here"),
        Location(table.span, f"{one.id} maps it with {listed(table.columns)}"),
        help="one table has one truth: make the models the same, or let one service own the table",
        table=table.name,
        sources=(one.id, other.id),
    )


def _columns(every: list[Difference]) -> list[Difference]:
    """Columns in which the two differ, when each has some that the other lacks: a service may well map only the part
    of a table that it uses."""
    found = [difference for difference in every if difference.kind.startswith("column")]
    return found if len({difference.kind for difference in found}) == 2 else []
