"""SL515 edited-after-its-sum. Docs and tests: rules/SL515-edited-after-its-sum.md"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import FaultKind, Source
from schemalint.rules import Rule, rule

_HELP = "put the change into a migration of its own, or run `atlas migrate hash` where no database has run the file yet"


@rule("SL515", "edited-after-its-sum", severity=Severity.WARNING, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    for fault in source.faults:
        if fault.kind is not FaultKind.EDITED_FILE:
            continue
        (path, place), *listed = fault.places
        if listed:
            said = f"{basename(path)} was changed after {basename(listed[0][0])} was written"
            related = [Location(span, "its sum, and that of all files before it") for _, span in listed]
        else:
            said, related = f"the first line of {path} is not the sum of the others", []
        yield self.finding(
            f"{said}: {source.parser} stops before its first step",
            Location(place, "not what the sum was taken of" if listed else "not the sum of the lines below"),
            *related,
            help=_HELP if listed else "run `atlas migrate hash`",
            notes=("Atlas: checksum mismatch",),
            object=path,
            sources=(source.id,),
        )
