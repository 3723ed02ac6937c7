"""SL102 index-on-missing-table. Docs and tests: rules/SL102-index-on-missing-table.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL102", "index-on-missing-table", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.INDEX_TABLE_MISSING:
        return
    related = []
    help = "create the table before the index, or correct the name"
    if problem.later:
        related.append(Location(problem.later, "created only here, later"))
        help = "move the index behind the statement that creates the table"
    elif problem.gone:
        related.append(Location(problem.gone, "dropped or renamed here"))
        help = "remove the index, or name the table that took its place"
    elif problem.near:
        help = f"did you mean {problem.near}?"
    index = f"index {problem.name}" if problem.name else "an index"
    message = f"{index} stands on table {problem.table}, which does not exist at this point"
    yield self.problem(problem, message, "no such table", *related, help=help, object=problem.name)
