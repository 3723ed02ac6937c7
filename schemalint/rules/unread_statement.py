"""SL002 unread-statement. Docs and tests: rules/SL002-unread-statement.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.report import Unread
from schemalint.rules import Rule, listed, rule


@rule("SL002", "unread-statement", severity=Severity.NOTE, on=Unread)
def check(self: Rule, unread: Unread) -> Iterator[Finding]:
    if unread.back:
        touched = "whether this way back works is not judged"
    elif unread.touches is None:
        touched = "the absence of any table is no longer reported"
    elif unread.touches:
        touched = f"what is missing on {listed(unread.touches)} is no longer reported"
    else:
        touched = "it is asserted nowhere"
    yield self.finding(
        f"not understood: {unread.why}; {touched}",
        Location(unread.span, unread.why),
        table=unread.touches[0] if unread.touches else None,
        object=unread.why,
    )
