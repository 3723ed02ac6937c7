"""SL514 revision-id-too-long. Docs and tests: rules/SL514-revision-id-too-long.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.dialects import dialect
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import FaultKind, Source
from schemalint.rules import Rule, rule


@rule("SL514", "revision-id-too-long", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    family = None if source.dialect is None else dialect(source.dialect).family
    if family not in (None, "postgres", "mysql", "tsql"):
        return  # SQLite looks at no length
    for fault in source.faults:
        if fault.kind is FaultKind.LONG_ID:
            where = " on every server but SQLite" if family is None else ""
            *others, (name, span) = fault.places
            more = f", and so will {len(others)} more" if others else ""
            yield self.finding(
                f"revision {name} will fail{where}{more}: alembic_version.version_num takes 32 characters, the identifier has"
                f" {len(name)}",
                Location(span, f"{len(name)} characters"),
                *(Location(place, f"{len(one)} characters") for one, place in others[-11:]),
                help="shorten the identifier, also in the down_revision that names it; the file may keep its name",
                severity=Severity.WARNING if family is None else None,
                object="revision identifiers",
                sources=(source.id,),
            )
