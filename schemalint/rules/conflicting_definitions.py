"""SL203 conflicting-definitions. Docs and tests: rules/SL203-conflicting-definitions.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import differences, told
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.pair import TablePair
from schemalint.model.source import SourceKind
from schemalint.rules import Rule, listed, rule


@rule("SL203", "conflicting-definitions", severity=Severity.WARNING, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison = pair.comparison
    if comparison.other_source.kind is SourceKind.MODELS or pair.reference is None or pair.other is None:
        return
    found = list(differences(pair.reference, pair.other))
    if not found:
        return
    reference = comparison.reference_sources[0]
    yield self.finding(
        f"{comparison.other_source.id} and {reference.id} define {pair.other.name} differently:"
        f" the first {told(found)}",
        Location(pair.other.span, f"here with {listed(pair.other.columns)}"),
        Location(pair.reference.span, f"and here with {listed(pair.reference.columns)}"),
        help="make the two the same, or keep only one of them",
        table=pair.other.name,
        sources=(comparison.other_source.id, reference.id),
    )
