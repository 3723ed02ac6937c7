"""SL424 unwritable-ddl. Docs and tests: rules/SL424-unwritable-ddl.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import FaultKind, Source
from schemalint.rules import Rule, rule


@rule("SL424", "unwritable-ddl", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    for fault in source.faults:
        if fault.kind is not FaultKind.UNWRITABLE:
            continue
        label, first = fault.places[0]
        what = f"the {fault.missing} of {label}" if source.parser == "alembic" else f"{fault.missing} of {label}"
        yield self.finding(
            f"{what} will fail: {fault.why}",
            Location(first, fault.why),
            *(Location(span, "here too") for _, span in fault.places[1:12]),
            severity=Severity.WARNING if fault.missing == "downgrade" else None,
            help=fault.help,
            object=f"{label} {fault.missing} {fault.why}",
            sources=(source.id,),
        )
