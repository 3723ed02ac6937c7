"""SL445 gorm-mixed-index. Docs and tests: rules/SL445-gorm-mixed-index.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import HazardKind, Source
from schemalint.rules import Rule, rule


@rule("SL445", "gorm-mixed-index", severity=Severity.WARNING, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    for hazard in source.hazards:
        if hazard.kind is HazardKind.MIXED_INDEX:
            yield self.finding(
                f"{hazard.owner}: {hazard.said}: {hazard.effect}",
                Location(hazard.span, hazard.said),
                *(Location(span, label) for span, label in hazard.related),
                help=hazard.help,
                notes=hazard.notes,
                fix=hazard.fix,
                object=hazard.owner,
                sources=(source.id,),
            )
