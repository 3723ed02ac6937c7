"""SL108 missing-table. Docs and tests: rules/SL108-missing-table.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL108", "missing-table", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.TABLE_MISSING:
        return
    related = []
    help = "create the table first, correct the name, or write IF EXISTS"
    if problem.later:
        related.append(Location(problem.later, "created only here, later"))
        help = "move this behind the statement that creates the table"
    elif problem.gone:
        related.append(Location(problem.gone, "dropped or renamed here"))
        help = "it is gone by then: remove this, or name the table that took its place"
    elif problem.near:
        help = f"did you mean {problem.near}?"
    message = f"table {problem.table} does not exist at this point"
    yield self.problem(problem, message, "no such table", *related, help=help)
