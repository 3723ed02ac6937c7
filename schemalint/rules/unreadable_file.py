"""SL001 unreadable-file. Docs and tests: rules/SL001-unreadable-file.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.report import Unreadable
from schemalint.model.span import Span
from schemalint.rules import Rule, rule


@rule("SL001", "unreadable-file", severity=Severity.WARNING, on=Unreadable)
def check(self: Rule, file: Unreadable) -> Iterator[Finding]:
    yield self.finding(
        f"a part of this file could not be read: {file.why}"
        if file.partly
        else f"this file could not be read, so nothing in it was checked: {file.why}",
        Location(file.span or Span(file.path, 0, 0), "here" if file.span else ""),
        help="correct the file, run schemalint with a Python as new as the project's, or exclude the file in the configuration"
        if file.path.endswith(".py")
        else "correct the file, or exclude it in the configuration",
        object=file.path,
    )
