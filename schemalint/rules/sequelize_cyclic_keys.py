"""SL416 sequelize-cyclic-keys. Docs and tests: rules/SL416-sequelize-cyclic-keys.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Severity
from schemalint.model.source import HazardKind, Source
from schemalint.rules import Rule, rule


@rule("SL416", "sequelize-cyclic-keys", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    yield from self.hazards(source, HazardKind.CIRCLE, graded=True)
