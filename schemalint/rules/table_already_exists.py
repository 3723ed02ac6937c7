"""SL201 table-already-exists. Docs and tests: rules/SL201-table-already-exists.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import definition, differences, told
from schemalint.model.catalog import Problem, Refusal
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, listed, rule


@rule("SL201", "table-already-exists", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.TABLE_EXISTS or problem.taken is None:
        return
    label = "created first here"
    differs = ""
    if isinstance(problem.fact, CreateTable) and problem.existing is not None:
        second = definition(problem.fact)
        found = told(differences(problem.existing, second, (problem.path.dialect, problem.path.dialect)))
        differs = f"; the second definition {found}" if found else ""
        label = f"created first here with {listed(problem.existing.columns)}"
    if problem.existing is not None and problem.existing.elsewhere:
        yield self.problem(
            problem,
            f"table {problem.table} exists already: what stands before this needs it",
            "created again here",
            Location(problem.taken, "fails where the table is not there yet"),
            help="drop or rename the old table first, or change it with ALTER TABLE",
        )
        return
    elsewhere = problem.existing is not None and problem.existing.source != problem.step.source.id
    by = f" by {problem.existing.source}" if elsewhere and problem.existing else ""
    yield self.problem(
        problem,
        f"table {problem.table} exists already: it is made earlier{by}{differs}",
        "created again here",
        Location(problem.taken, label),
        help="keep one of the two definitions, or change the table with ALTER TABLE",
    )
