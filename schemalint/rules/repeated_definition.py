"""SL204 repeated-definition. Docs and tests: rules/SL204-repeated-definition.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import differences, sides
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.model.pair import Comparison, TablePair
from schemalint.model.source import SourceKind
from schemalint.rules import Rule, listed, rule


@rule("SL204", "repeated-definition", severity=Severity.NOTE, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison, table, twin = pair.comparison, pair.reference, pair.other
    if comparison.other_source.kind is SourceKind.MODELS or table is None or twin is None:
        return
    repeated = _repeated(comparison)
    if next(repeated, None) != table.name:
        return  # one finding for two sources, at the first table that both define
    names = [table.name, *repeated]
    other, reference = comparison.other_source.id, comparison.reference_sources[0].id
    tables = f"table {table.name}" if len(names) == 1 else f"{len(names)} tables ({listed(names)})"
    yield self.finding(
        f"{other} defines {tables} just as {reference} does",
        Location(twin.span, "defined here"),
        Location(table.span, "and here"),
        help="nothing keeps the two the same: generate one from the other, or keep only one",
        table=table.name,
        sources=(other, reference),
    )


def _repeated(comparison: Comparison) -> Iterator[TableName]:
    """The tables that both sides know whole and define in the same way, in reference order."""
    for name, table in comparison.reference.tables.items():
        twin = comparison.other.tables.get(name)
        if twin is None or table.incomplete or twin.incomplete:
            continue
        if next(differences(table, twin, sides(comparison)), None) is None:
            yield name
