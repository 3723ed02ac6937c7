"""SL418 sequelize-refused-type. Docs and tests: rules/SL418-sequelize-refused-type.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Severity
from schemalint.model.source import HazardKind, Source
from schemalint.rules import Rule, rule


@rule("SL418", "sequelize-refused-type", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    yield from self.hazards(source, HazardKind.REFUSED_TYPE, graded=True)
