"""SL205 column-already-exists. Docs and tests: rules/SL205-column-already-exists.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.facts import RenameColumn
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL205", "column-already-exists", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.COLUMN_EXISTS or problem.taken is None:
        return
    message = f"{problem.table} has a column {problem.name} already"
    if isinstance(problem.fact, RenameColumn) and problem.fact.column == problem.name:
        message = f"column {problem.name} of {problem.table} is renamed to itself, which always fails"
    yield self.problem(
        problem,
        message,
        "the name is taken",
        Location(problem.taken, "made here"),
        help="remove one of the two, or write ADD COLUMN IF NOT EXISTS where the server has it",
        column=problem.name,
    )
