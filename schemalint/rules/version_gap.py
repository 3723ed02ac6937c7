"""SL502 version-gap. Docs and tests: rules/SL502-version-gap.md"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import Span
from schemalint.rules import Rule, listed, rule

_NUMBER = re.compile(r"\d{1,5}", re.ASCII)
_NEW_START = 21
"""Behind a gap of more than twenty numbers a new series begins: nobody lost so many files."""
_GRAPHS = frozenset({"alembic", "gormigrate"})  # whose order has nothing to do with numbers


@rule("SL502", "version-gap", severity=Severity.NOTE, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    if source.kind is not SourceKind.MIGRATIONS or source.parser in _GRAPHS:
        return
    if not all(_NUMBER.fullmatch(script.label) for script in source.scripts):
        return
    numbered = sorted({int(script.label): script for script in source.scripts}.items())
    steps = [later - earlier for (earlier, _), (later, _) in pairwise(numbered)]
    if steps.count(1) < 2 or steps.count(1) * 3 < len(steps) * 2:
        return  # these are not counted up one by one
    missing: list[str] = []
    after = []
    for (earlier, before), (later, script) in pairwise(numbered):
        if 1 < later - earlier <= _NEW_START:
            width = len(script.label) if script.label.startswith("0") or before.label.startswith("0") else 0
            first, last = str(earlier + 1).zfill(width), str(later - 1).zfill(width)
            missing.append(first if first == last else f"{first} to {last}")
            after.append(script)
    if missing:
        yield self.finding(
            f"between the migrations of this folder {listed(missing)} {'is' if len(missing) == 1 else 'are'} missing",
            Location(Span(after[0].path, 0, 0), "the first one after a gap"),
            *(Location(Span(script.path, 0, 0), "after a gap") for script in after[1:6]),
            help="look whether a file was forgotten in a commit or lost in a merge",
            object=missing[0],
            sources=(source.id,),
        )
