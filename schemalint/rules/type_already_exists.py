"""SL214 type-already-exists. Docs and tests: rules/SL214-type-already-exists.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL214", "type-already-exists", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.TYPE_EXISTS or problem.taken is None:
        return
    yield self.problem(
        problem,
        f"type {problem.name} exists already",
        "created again here",
        Location(problem.taken, "created first here"),
        help="remove the second, or put it into DO $$ … EXCEPTION WHEN duplicate_object",
        object=problem.name,
    )
