"""SL117 unsized-key. Docs and tests: rules/SL117-unsized-key.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.facts import AlterColumn
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.types import Family
from schemalint.rules import Rule, rule


@rule("SL117", "unsized-key", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.KEY_UNSIZED or problem.existing is None or problem.name is None:
        return
    kind = problem.existing.columns[problem.name].type
    if kind is None or problem.taken is None:
        return
    changed = isinstance(problem.fact, AlterColumn)
    json = kind.family is Family.JSON
    if problem.path.dialect == "tsql":
        yield self.problem(
            problem,
            f"SQL Server sorts no {kind.name}, and a key is sorted: {problem.table}.{problem.name}",
            "this key is refused",
            Location(problem.taken, f"{problem.name} is {kind.name}"),
            help="give the column a length, or carry it along: INCLUDE (…)",
            column=problem.name,
            object=problem.name,
        )
        return
    lacks = "indexes no JSON" if json else f"needs a length for {kind.name.upper()} in a key"
    yield self.problem(
        problem,
        f"MySQL {lacks}: {problem.table}.{problem.name}",
        "changed here" if changed else "this key is refused",
        Location(problem.taken, "part of this key" if changed else f"{problem.name} is {kind.name.upper()}"),
        help="index a generated column or an expression that takes a value out of the JSON"
        if json
        else f"state how much of it is indexed, {problem.name}(191), or make the column a VARCHAR",
        column=problem.name,
        object=problem.name,
    )
