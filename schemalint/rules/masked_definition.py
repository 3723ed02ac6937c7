"""SL202 masked-definition. Docs and tests: rules/SL202-masked-definition.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import definition, differences, says
from schemalint.model.catalog import Played, Refusal
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, listed, rule

_KEYS = ("primary key", "unique")
"""Kinds of differences that are no news of a definition without any key: a dump adds them behind its tables."""


@rule("SL202", "masked-definition", severity=Severity.WARNING, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    for problem in played.problems:
        fact, existing = problem.fact, problem.existing
        if problem.refusal is not Refusal.MASKED or existing is None or not isinstance(fact, CreateTable):
            continue
        every = differences(existing, definition(fact), (played.path.dialect, played.path.dialect))
        keyless = fact.primary_key is None and not fact.uniques
        found = [one for one in every if not keyless or one.kind not in _KEYS]
        if not found:
            continue
        needing = [other for other in played.problems if fact in other.masked]
        related = [Location(existing.span, f"it exists since here, with {listed(existing.columns)}")]
        related += [Location(other.span, "needs what was skipped") for other in needing[:4]]
        yield self.problem(
            problem,
            f"IF NOT EXISTS skips this definition of {fact.table}, which differs from the existing one:"
            f" it {says(found, 6)}",
            "never takes effect",
            *related,
            severity=Severity.ERROR if needing else Severity.WARNING,
            help=f"write what should change as ALTER TABLE {fact.table}, or give the second table a name of its own",
        )
