"""SL433 gorm-soft-delete-unique. Docs and tests: rules/SL433-gorm-soft-delete-unique.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Severity
from schemalint.model.source import HazardKind, Source
from schemalint.rules import Rule, rule


@rule("SL433", "gorm-soft-delete-unique", severity=Severity.NOTE, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    yield from self.hazards(source, HazardKind.SOFT_DELETE)
