"""SL207 constraint-name-taken. Docs and tests: rules/SL207-constraint-name-taken.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL207", "constraint-name-taken", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.CONSTRAINT_EXISTS or problem.taken is None:
        return
    yield self.problem(
        problem,
        f"{problem.table} has a constraint or index called {problem.name} already",
        "the name is taken",
        Location(problem.taken, "taken by this one"),
        help="remove the second, or give it another name",
        object=problem.name,
    )
