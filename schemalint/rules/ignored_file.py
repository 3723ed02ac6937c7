"""SL503 ignored-file. Docs and tests: rules/SL503-ignored-file.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Source
from schemalint.rules import Rule, rule


@rule("SL503", "ignored-file", severity=Severity.WARNING, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    for ignored in source.ignored:
        yield self.finding(
            f"{source.parser} never runs {ignored.what}: {ignored.why}",
            Location(ignored.span, "never run"),
            help="write its name and its marks the way the tool expects, or move it out of the migrations folder",
            object=ignored.span.path,
            sources=(source.id,),
        )
