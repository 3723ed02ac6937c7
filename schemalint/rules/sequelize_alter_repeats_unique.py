"""SL412 sequelize-alter-repeats-unique. Docs and tests: rules/SL412-sequelize-alter-repeats-unique.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Severity
from schemalint.model.source import HazardKind, Source
from schemalint.rules import Rule, rule


@rule("SL412", "sequelize-alter-repeats-unique", severity=Severity.WARNING, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    yield from self.hazards(source, HazardKind.REPEATED_UNIQUE, graded=True)
