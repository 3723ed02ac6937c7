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
    said = f"{problem.table} has a constraint or index called {problem.name} already"
    if problem.path.dialect == "tsql" and not _of_the_table(problem):
        said = f"{problem.name} is the name of something else already: SQL Server has one of a name in a schema"
    yield self.problem(
        problem,
        said,
        "the name is taken",
        Location(problem.taken, "taken by this one"),
        help="remove the second, or give it another name",
        object=problem.name,
    )


def _of_the_table(problem: Problem) -> bool:
    """Whether it is the table's own constraint or index that has the name."""
    table = problem.existing
    if table is None:
        return False
    primary = (table.primary_key,) if table.primary_key is not None else ()
    parts = (*primary, *table.uniques, *table.foreign_keys, *table.checks, *table.indexes)
    return any(one.span == problem.taken for one in parts)
