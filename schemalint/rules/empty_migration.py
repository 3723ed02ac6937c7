"""SL512 empty-migration. Docs and tests: rules/SL512-empty-migration.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.dialects import dialect
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Script, Source
from schemalint.model.span import Span
from schemalint.rules import Rule, rule

_SENT_AS_THEY_ARE = frozenset({"golang-migrate"})
"""Tools that send even an empty file to the server. golang-migrate's MIGRATIONS.md warns of it, issue 244 has MariaDB's
answer; a comment is enough, a server that gets one does not call the query empty."""


@rule("SL512", "empty-migration", severity=Severity.NOTE, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    server = dialect(source.dialect)
    told = {ignored.span.path for ignored in source.ignored}  # SL503 says why nothing of them is run
    for script in source.scripts:
        if script.blank and source.parser in _SENT_AS_THEY_ARE and server.family == "mysql":
            for path in script.blank:
                way = "back" if path == script.down_path else "up"
                yield self.finding(
                    f"the way {way} of {script.label} is an empty file: {server.title} refuses to run it, and"
                    f" {source.parser} then stops at a dirty version",
                    Location(Span(path, 0, 0), "not even a comment"),
                    severity=Severity.ERROR,
                    help="write a comment into the file that says why nothing is done, or delete it",
                    notes=(f"{server.title}: Query was empty (1065)",),
                    object=f"{script.label} {way}",
                    sources=(source.id,),
                )
        elif script.statements == 0 and not script.facts and script.path not in told:
            yield _nothing(self, source, script)


def _nothing(self: Rule, source: Source, script: Script) -> Finding:
    undoes = ", though it has a way back" if script.down else ""
    return self.finding(
        f"migration {script.label} is empty: it holds no statement{undoes}",
        Location(Span(script.path, 0, 0), "no statement on the way up"),
        help="write what it should do, or remove it if no database has run it yet",
        object=script.label,
        sources=(source.id,),
    )
