"""SL122 refused-row. Docs and tests: rules/SL122-refused-row.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import SourceKind
from schemalint.rules import Rule, rule


@rule("SL122", "refused-row", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    table = problem.existing
    if problem.refusal is not Refusal.ROW_REFUSED:
        return
    if table is not None and any(
        step.source.id == table.source and step.source.kind is SourceKind.MODELS for step in problem.path.steps
    ):
        return  # an ORM may fill in what its table leaves open
    yield self.problem(
        problem,
        f"{problem.table} does not take this row: {problem.why}",
        "refused here",
        *([Location(problem.taken, "as it stands")] if problem.taken is not None else []),
        help="name the columns, give a value to each, and leave what the server makes to it",
        column=problem.name,
        object=problem.why,
    )
