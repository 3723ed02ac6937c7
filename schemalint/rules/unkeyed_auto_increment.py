"""SL118 unkeyed-auto-increment. Docs and tests: rules/SL118-unkeyed-auto-increment.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.facts import AlterColumn
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL118", "unkeyed-auto-increment", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.UNKEYED or problem.existing is None or problem.taken is None:
        return
    first = next(column for column in problem.existing.columns.values() if column.identity)
    column = f"{problem.table}.{problem.name}"
    if first.name != problem.name:
        yield self.problem(
            problem,
            f"{column} cannot be AUTO_INCREMENT: {first.name} is, and a table has only one such column",
            "a second one",
            Location(first.span, "the first one"),
            help="leave AUTO_INCREMENT to one of them",
            column=problem.name,
        )
        return
    changed = isinstance(problem.fact, AlterColumn)
    yield self.problem(
        problem,
        f"{column} is AUTO_INCREMENT, and no key begins with it" + ("" if changed else " any more"),
        "changed here" if changed else "dropped here",
        Location(problem.taken, "counts up by itself"),
        help=f"add the key in the same statement: ADD PRIMARY KEY ({problem.name}) or ADD KEY ({problem.name})"
        if changed
        else f"take AUTO_INCREMENT away before (MODIFY {problem.name} …), or add another key on {problem.name} in this statement",
        column=problem.name,
    )
