"""SL605 disabled-migration. Docs and tests: rules/SL605-disabled-migration.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.deployment import Deployment
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL605", "disabled-migration", severity=Severity.ERROR, on=Deployment)
def check(self: Rule, deployment: Deployment) -> Iterator[Finding]:
    for call in deployment.disabled:
        related = [Location(span, f"names {path}, which is never applied") for path, span in call.schemas]
        if call.definition is not None:
            related.insert(0, Location(call.definition, "this would migrate, and nothing else calls it"))
        yield self.finding(
            f"the database is never migrated: `{_short(call.text)}` is {call.why}",
            Location(call.span, call.why),
            *related,
            help="call it again, or remove it together with what it calls",
            notes=("a new database stays empty, and the first query on it fails",),
            object=f"{call.span.path} {_short(call.text)}",
        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
