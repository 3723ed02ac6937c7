"""SL422 nameless-drop-constraint. Docs and tests: rules/SL422-nameless-drop-constraint.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Fault, FaultKind, Source
from schemalint.rules import Rule, rule

_MANY = 5
_LABEL = "SQLAlchemy cannot write DROP CONSTRAINT without a name"
_HELP = (
    "name the constraint where it is created and here, or give the metadata a naming_convention and the name that"
    " the server has"
)


@rule("SL422", "nameless-drop-constraint", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    faults = [fault for fault in source.faults if fault.kind is FaultKind.NAMELESS]
    back = [fault for fault in faults if fault.missing == "downgrade"]
    folded = back if len(back) > _MANY else []
    yield from (_finding(self, source, fault) for fault in faults if fault not in folded)
    if folded:
        yield _all(self, source, folded)


def _finding(self: Rule, source: Source, fault: Fault) -> Finding:
    revision, first = fault.places[0]
    count = len(fault.places)
    what = "a constraint that has no name" if count == 1 else f"{count} constraints that have no name"
    return self.finding(
        f"the {fault.missing} of {revision} will fail: it drops {what}",
        Location(first, _LABEL),
        *(Location(span, "nor this one") for _, span in fault.places[1:12]),
        severity=Severity.WARNING if fault.missing == "downgrade" else None,
        help=_HELP,
        object=f"{revision} {fault.missing}",
        sources=(source.id,),
    )


def _all(self: Rule, source: Source, faults: list[Fault]) -> Finding:
    """One finding for a history in which this is a habit, newest first: that is the order of the way back."""
    revision, first = faults[-1].places[0]
    return self.finding(
        f"the downgrades of {len(faults)} revisions will fail, the newest of them {revision}: they drop constraints that have no"
        " name",
        Location(first, _LABEL),
        *(Location(fault.places[0][1], f"nor that of {fault.places[0][0]}") for fault in faults[-2:-13:-1]),
        severity=Severity.WARNING,
        help=_HELP,
        object="downgrades",
        sources=(source.id,),
    )
