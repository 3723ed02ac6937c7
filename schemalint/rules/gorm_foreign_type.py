"""SL436 gorm-foreign-type. Docs and tests: rules/SL436-gorm-foreign-type.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Severity
from schemalint.model.source import HazardKind, Source
from schemalint.rules import Rule, rule


@rule("SL436", "gorm-foreign-type", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    yield from self.hazards(source, HazardKind.FOREIGN_TYPE)
