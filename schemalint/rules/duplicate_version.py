"""SL501 duplicate-version. Docs and tests: rules/SL501-duplicate-version.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import FaultKind, Source
from schemalint.rules import Rule, rule

_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}
_EFFECTS = {
    "alembic": "alembic takes only one of them and never runs the others",
    **{tool: f"{tool} refuses the whole folder" for tool in ("flyway", "golang-migrate", "goose")},
}


@rule("SL501", "duplicate-version", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    for fault in source.faults:
        if fault.kind is not FaultKind.DUPLICATE:
            continue
        (version, _), (_, primary) = fault.places[0], fault.places[-1]
        count = _NUMBERS.get(len(fault.places), str(len(fault.places)))
        effect = _EFFECTS.get(source.parser, f"{source.parser} cannot tell them apart")
        yield self.finding(
            f"{count} migrations have the version {version}: {effect}",
            Location(primary, f"{version} is taken already"),
            *(Location(span, f"{version} is used here too") for _, span in fault.places[:-1]),
            help="give each migration a version of its own, and let it come after what is applied already",
            object=version,
            sources=(source.id,),
        )
