"""SL503 ignored-file. Docs and tests: rules/SL503-ignored-file.md"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from posixpath import basename, dirname

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Ignored, Source
from schemalint.rules import Rule, listed, rule

_MOST = 9
"""Files of one folder that are named one by one when all are passed over for one reason."""
_HELP = {"liquibase": "include it, or take it away"}
_GONE = "add the file, or name the one that is there"


@rule("SL503", "ignored-file", severity=Severity.WARNING, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    alike = Counter((one.why, dirname(one.span.path)) for one in source.ignored)
    told = set()
    for ignored in source.ignored:
        reason = ignored.why, dirname(ignored.span.path)
        if reason in told:
            continue
        what = f"{ignored.what}, {basename(ignored.span.path)}"
        if alike[reason] > _MOST:
            told.add(reason)
            what += f", and {alike[reason] - 1} more of {reason[1] or 'the root'}"
        yield self.finding(
            f"{source.parser} never runs {what}: {ignored.why}",
            Location(ignored.span, "never run"),
            help=_help(source, ignored),
            notes=(f"what it does to {listed(ignored.tables)} never happens",) if ignored.tables else (),
            table=ignored.tables[0] if len(ignored.tables) == 1 else None,
            object=ignored.span.path,
            sources=(source.id,),
        )


def _help(source: Source, ignored: Ignored) -> str:
    usual = "write its name and its marks the way the tool expects, or move it out of the migrations folder"
    return _GONE if " is not there, and " in ignored.why else _HELP.get(source.parser, usual)
