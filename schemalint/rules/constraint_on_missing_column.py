"""SL103 constraint-on-missing-column. Docs and tests: rules/SL103-constraint-on-missing-column.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, listed, rule


@rule("SL103", "constraint-on-missing-column", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.CONSTRAINT_COLUMN_MISSING or problem.existing is None:
        return
    table = problem.existing
    had = "created here with" if len(table.history) < 2 else "created here; by then it has"
    key = f"constraint {problem.name}" if problem.name else "a key or check"
    yield self.problem(
        problem,
        f"{key} of {table.name} names {listed(problem.names)}, which the table does not have",
        "not a column of the table",
        Location(table.span, f"{had} {listed(table.columns)}"),
        help="add the column, or correct the name",
        column=problem.names[0],
        object=problem.name,
    )
