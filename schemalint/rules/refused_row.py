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
    if problem.refusal not in (Refusal.ROW_REFUSED, Refusal.ROWS_REFUSED):
        return
    if table is not None and any(
        step.source.id == table.source and step.source.kind is SourceKind.MODELS for step in problem.path.steps
    ):
        return  # an ORM may fill in what its table leaves open
    queried = problem.refusal is Refusal.ROWS_REFUSED
    yield self.problem(
        problem,
        f"{problem.table} takes no row that this query gives: {problem.why}"
        if queried
        else f"{problem.table} does not take this row: {problem.why}",
        "refused as soon as the query gives a row" if queried else "refused here",
        *([Location(problem.taken, "as it stands")] if problem.taken is not None else []),
        help="name the columns, give a value to each, and leave what the server makes to it",
        severity=Severity.WARNING if queried else None,
        column=problem.name,
        object=problem.why,
    )
