"""SL434 gorm-unique-boolean. Docs and tests: rules/SL434-gorm-unique-boolean.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Severity
from schemalint.model.source import HazardKind, Source
from schemalint.rules import Rule, rule


@rule("SL434", "gorm-unique-boolean", severity=Severity.WARNING, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    yield from self.hazards(source, HazardKind.UNIQUE_BOOLEAN)
