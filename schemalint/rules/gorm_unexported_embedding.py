"""SL439 gorm-unexported-embedding. Docs and tests: rules/SL439-gorm-unexported-embedding.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Severity
from schemalint.model.source import HazardKind, Source
from schemalint.rules import Rule, rule


@rule("SL439", "gorm-unexported-embedding", severity=Severity.WARNING, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    yield from self.hazards(source, HazardKind.UNEXPORTED)
