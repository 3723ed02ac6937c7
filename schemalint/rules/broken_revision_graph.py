"""SL507 broken-revision-graph. Docs and tests: rules/SL507-broken-revision-graph.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Fault, FaultKind, Source
from schemalint.rules import Rule, listed, rule


@rule("SL507", "broken-revision-graph", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    for fault in source.faults:
        if fault.kind in _GRAPH:
            yield _finding(self, source, fault)


_GRAPH = frozenset({FaultKind.HEADS, FaultKind.MISSING_PARENT, FaultKind.CYCLE, FaultKind.MISSING_FILE})


def _finding(self: Rule, source: Source, fault: Fault) -> Finding:
    if source.parser == "liquibase":
        return _changelogs(self, source, fault)
    if fault.kind is FaultKind.MISSING_FILE:
        ((path, place),) = fault.places
        return self.finding(
            f"{path} lists {fault.missing}, which is not there: {source.parser} stops with a checksum error",
            Location(place, "no such file"),
            help="bring back the file, or run `atlas migrate hash` where it is meant to be gone",
            object=fault.missing,
            sources=(source.id,),
        )
    names = [name for name, _ in fault.places]
    if fault.kind is FaultKind.HEADS:
        message = (
            f"the history has {len(names)} heads ({listed(names)}): `{source.parser} upgrade head` refuses to choose"
        )
        label = "nothing follows this revision"
        help = "let one revision follow the other, or add a merge revision that follows both"
    elif fault.kind is FaultKind.MISSING_PARENT:
        message = (
            f"revision {names[0]} follows {fault.missing}, which is not there: {source.parser} stops with a KeyError"
        )
        label = f"no revision is called {fault.missing}"
        help = "correct the name, or bring back the revision that is missing"
    else:
        message = (
            f"the revisions {listed(names)} are in a circle or hang on one: {source.parser} runs none of the history"
        )
        label = "part of the circle"
        help = "let one of them follow a revision outside the circle"
    primary, *others = [Location(span, label) for _, span in reversed(fault.places)]
    parting = [Location(span, f"a branch begins here, behind {name}") for name, span in fault.beside[:8]]
    return self.finding(
        message,
        primary,
        *others,
        *parting,
        help=help,
        object=fault.missing or ",".join(sorted(names)),
        sources=(source.id,),
    )


def _changelogs(self: Rule, source: Source, fault: Fault) -> Finding:
    """Changelogs of Liquibase, which include each other."""
    (path, place), *others = fault.places
    if fault.kind is FaultKind.MISSING_FILE:
        message = f"{path} includes {fault.missing}, which is not there: liquibase stops before it runs anything"
        label, help = "no such file", "correct the path, or bring back the file that is missing"
    else:
        message = f"{path} includes {others[-1][0]}, which includes it in turn: liquibase runs none of the history"
        label, help = "closes the circle", "take this include out, or move what both need into a changelog of its own"
    return self.finding(
        message, Location(place, label), help=help, object=fault.missing or others[-1][0], sources=(source.id,)
    )
