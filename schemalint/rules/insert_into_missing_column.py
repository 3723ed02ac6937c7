"""SL113 insert-into-missing-column. Docs and tests: rules/SL113-insert-into-missing-column.md"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.objects import Write
from schemalint.rules import Rule, listed, rule

_DOES = {Refusal.ROW_COLUMN_MISSING: "writes to", Refusal.READ_COLUMN_MISSING: "reads"}


@rule("SL113", "insert-into-missing-column", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    fact = problem.fact
    if problem.refusal not in _DOES or problem.existing is None or not isinstance(fact, Write):
        return
    verb = "the statement" if fact.verb == "SELECT" else fact.verb
    columns = problem.existing.columns
    near = get_close_matches(str(problem.names[0]), [name.key for name in columns], n=1, cutoff=0.8)
    lost, do = listed(problem.names), "does" if len(problem.names) == 1 else "do"
    yield self.problem(
        problem,
        f"{verb} {_DOES[problem.refusal]} {lost} of {problem.table}, which {do} not exist",
        "no such column",
        Location(problem.existing.span, f"{problem.table} has {listed(columns)}"),
        *(
            Location(masked.span, f"{lost} is defined here, but skipped: the table exists already")
            for masked in problem.masked
        ),
        help=f"did you mean {near[0]}?" if near else "add the column first, or correct the name",
        column=problem.names[0],
    )
