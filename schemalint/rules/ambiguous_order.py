"""SL508 ambiguous-order. Docs and tests: rules/SL508-ambiguous-order.md"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Script, Source, SourceKind
from schemalint.model.span import Span
from schemalint.rules import Rule, rule

_LEADING = re.compile(r"[VvUu]?(\d{1,17})(?![.\d])", re.ASCII)
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d*", re.ASCII)
_COUNTED = re.compile(r"[VU]\d+__")
_GRAPHS = frozenset({"alembic", "gormigrate"})  # whose order is not told by names


@rule("SL508", "ambiguous-order", severity=Severity.WARNING, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    if source.kind is SourceKind.MODELS or source.parser in _GRAPHS:
        return
    if source.parser == "sql" and _by_number(source):
        return
    numbers: list[tuple[Script, int]] = []
    dates: list[tuple[Script, int]] = []
    for script in source.scripts:
        match = _LEADING.match(script.label)
        if match is None:
            continue
        if _DATE.fullmatch(match[1]):
            dates.append((script, int(match[1][:8])))
        else:
            numbers.append((script, int(match[1])))
    for kind, found in (("number", numbers), ("date", dates)):
        for (before, larger), (script, smaller) in pairwise(found):
            if smaller < larger:
                yield self.finding(
                    f"{_said(source, script.label)} after {before.label}, though its {kind} is the smaller one",
                    Location(Span(script.path, 0, 0), f"runs after {before.label}"),
                    Location(Span(before.path, 0, 0), "runs before it"),
                    help="write all versions with the same number of digits",
                    object=script.label,
                    sources=(source.id,),
                )
                break


def _by_number(source: Source) -> bool:
    """Whether the scripts of a tool that is not known are named in the way of Flyway and refinery, which count."""
    unknown = any(fact.guard is not None and fact.guard.doubted for fact in source.facts)
    return unknown and all(_COUNTED.match(script.label) for script in source.scripts)


def _said(source: Source, label: str) -> str:
    return f"{label} is taken, by its name," if source.parser == "sql" else f"{source.parser} runs {label}"
