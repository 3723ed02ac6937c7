"""SL440 gorm-unique-without-key. Docs and tests: rules/SL440-gorm-unique-without-key.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Severity
from schemalint.model.source import HazardKind, Source
from schemalint.rules import Rule, rule


@rule("SL440", "gorm-unique-without-key", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    yield from self.hazards(source, HazardKind.NO_KEY)
