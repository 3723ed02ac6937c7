"""SL411 sequelize-index-on-attribute. Docs and tests: rules/SL411-sequelize-index-on-attribute.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Severity
from schemalint.model.source import HazardKind, Source
from schemalint.rules import Rule, rule


@rule("SL411", "sequelize-index-on-attribute", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    yield from self.hazards(source, HazardKind.INDEX_ON_ATTRIBUTE, graded=True)
