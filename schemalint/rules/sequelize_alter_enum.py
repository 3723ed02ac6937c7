"""SL414 sequelize-alter-enum. Docs and tests: rules/SL414-sequelize-alter-enum.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Severity
from schemalint.model.source import HazardKind, Source
from schemalint.rules import Rule, rule


@rule("SL414", "sequelize-alter-enum", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    yield from self.hazards(source, HazardKind.ALTERED_ENUM, graded=True)
