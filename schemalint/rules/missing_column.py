"""SL109 missing-column. Docs and tests: rules/SL109-missing-column.md"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, listed, rule


@rule("SL109", "missing-column", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.COLUMN_MISSING or problem.existing is None or problem.name is None:
        return
    table = problem.existing
    related = [Location(table.span, f"{table.name} has {listed(table.columns)}")]
    related += [
        Location(masked.span, f"{problem.name} is defined here, but skipped: the table exists already")
        for masked in problem.masked
    ]
    near = get_close_matches(problem.name.key, [name.key for name in table.columns], n=1, cutoff=0.8)
    help = f"did you mean {near[0]}?" if near else "add the column first, or correct the name"
    if near and near[0].casefold() == problem.name.key.casefold():
        help = (
            f'did you mean "{near[0]}"? A name in double quotes keeps its case, without them it is read in lower case'
        )
    yield self.problem(
        problem,
        f"{table.name} has no column {problem.name} at this point",
        "no such column",
        *related,
        help=help,
        column=problem.name,
    )
