"""SL444 gorm-unique-key. Docs and tests: rules/SL444-gorm-unique-key.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import HazardKind, Source
from schemalint.rules import Rule, rule


@rule("SL444", "gorm-unique-key", severity=Severity.NOTE, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    for hazard in source.hazards:
        if hazard.kind is HazardKind.UNIQUE_KEY:
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
