"""SL105 foreign-key-to-missing-column. Docs and tests: rules/SL105-foreign-key-to-missing-column.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, listed, rule


@rule("SL105", "foreign-key-to-missing-column", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.KEY_COLUMN_MISSING or problem.existing is None:
        return
    table = problem.existing
    yield self.problem(
        problem,
        f"a foreign key names {listed(problem.names)}, which {table.name} does not have",
        f"not in {table.name}",
        Location(table.span, f"{table.name} has {listed(table.columns)}"),
        help="add the column, or correct the name",
        column=problem.names[0],
        object=problem.name,
    )
