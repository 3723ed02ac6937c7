"""SL415 sequelize-long-index-name. Docs and tests: rules/SL415-sequelize-long-index-name.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Severity
from schemalint.model.source import HazardKind, Source
from schemalint.rules import Rule, rule


@rule("SL415", "sequelize-long-index-name", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    yield from self.hazards(source, HazardKind.LONG_INDEX_NAME, graded=True)
