"""SL422 nameless-drop-constraint. Docs and tests: rules/SL422-nameless-drop-constraint.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import FaultKind, Source
from schemalint.rules import Rule, rule


@rule("SL422", "nameless-drop-constraint", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    for fault in source.faults:
        if fault.kind is not FaultKind.NAMELESS:
            continue
        back = fault.missing == "downgrade"
        revision, first = fault.places[0]
        count = len(fault.places)
        what = "a constraint that has no name" if count == 1 else f"{count} constraints that have no name"
        yield self.finding(
            f"the {fault.missing} of {revision} will fail: it drops {what}",
            Location(first, "SQLAlchemy cannot write DROP CONSTRAINT without a name"),
            *(Location(span, "nor this one") for _, span in fault.places[1:12]),
            severity=Severity.WARNING if back else None,
            help="name the constraint where it is created and here, or give the metadata a naming_convention and the name "
            "that the server has",
            object=f"{revision} {fault.missing}",
            sources=(source.id,),
        )
