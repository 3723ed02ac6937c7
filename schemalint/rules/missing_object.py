"""SL110 missing-object. Docs and tests: rules/SL110-missing-object.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.facts import (
    AddEnumValue,
    DropConstraint,
    DropIndex,
    DropType,
    DropView,
    RenameConstraint,
    RenameIndex,
)
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule

_KINDS = {
    DropIndex: "index",
    RenameIndex: "index",
    DropConstraint: "constraint",
    RenameConstraint: "constraint",
    AddEnumValue: "type",
    DropType: "type",
    DropView: "view",
}


@rule("SL110", "missing-object", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.OBJECT_MISSING:
        return
    kind = _KINDS[type(problem.fact)]
    of = f" of {problem.table}" if problem.table else ""
    name = problem.name or "primary key"
    related = [Location(problem.existing.span, "the table")] if problem.existing else []
    yield self.problem(
        problem,
        f"{kind} {name}{of} does not exist at this point",
        f"no such {kind}",
        *related,
        help="correct the name, or write IF EXISTS" if _takes_if_exists(problem) else "correct the name",
        object=name,
    )


def _takes_if_exists(problem: Problem) -> bool:
    """Whether the statement has an IF EXISTS on this server. MySQL, unlike MariaDB, has it for views only."""
    fact = problem.fact
    if isinstance(fact, AddEnumValue | RenameConstraint):
        return False
    return problem.path.dialect != "mysql" or isinstance(fact, DropView)
