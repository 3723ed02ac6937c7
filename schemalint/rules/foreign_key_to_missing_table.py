"""SL104 foreign-key-to-missing-table. Docs and tests: rules/SL104-foreign-key-to-missing-table.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL104", "foreign-key-to-missing-table", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.KEY_TABLE_MISSING or problem.existing is None:
        return
    if problem.step.call is not None and problem.step.source.parser == "gorm":
        return  # SL406 tells the same with GORM's own order
    child = problem.existing
    related = [Location(child.span, "the table with the foreign key")]
    help = f"create {problem.table} first, or correct the name"
    message = f"foreign key of {child.name} refers to table {problem.table}, which does not exist at this point"
    if problem.later:
        related.append(Location(problem.later, f"{problem.table} is created only here, later"))
        help = f"create {problem.table} before {child.name}, or add the foreign key afterwards with ALTER TABLE"
    elif problem.gone:
        related.append(Location(problem.gone, "dropped or renamed here"))
        help = "it is gone by then: remove the foreign key, or name the table that took its place"
    elif problem.near:
        help = f"did you mean {problem.near}?"
    yield self.problem(problem, message, "no such table", *related, help=help, object=child.name)
