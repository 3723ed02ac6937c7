"""SL121 impossible-change. Docs and tests: rules/SL121-impossible-change.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL121", "impossible-change", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.IMPOSSIBLE:
        return
    yield self.problem(
        problem,
        f"{problem.table} cannot be changed so: {problem.why}"
        if problem.existing
        else f"this is refused: {problem.why}",
        "refused here",
        *([Location(problem.taken, "as it stands")] if problem.taken is not None else []),
        help="look at what the table is at this point of the history, and change it to fit that"
        if problem.existing
        else None,
        column=problem.name,
        object=problem.why,
    )
