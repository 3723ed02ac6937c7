"""SL110 missing-object. Docs and tests: rules/SL110-missing-object.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.facts import AlterType, DropConstraint, NeedConstraint, RenameConstraint
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.objects import AddEnumValue, CreateView, DropView, RenameEnumValue, RenameType
from schemalint.refused import missing_kind
from schemalint.rules import Rule, rule


@rule("SL110", "missing-object", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.OBJECT_MISSING or problem.step.call is not None:
        return  # what AutoMigrate drops under a name of its own: SL401, SL402
    kind, of = missing_kind(problem), f" of {problem.table}" if problem.table and not problem.holder else ""
    name = problem.name or "primary key"
    owner = "the domain" if isinstance(problem.fact, AlterType) else "the table"
    related = [Location(problem.existing.span, owner)] if problem.existing else []
    if problem.taken is not None:
        related.append(Location(problem.taken, "dropped or renamed here"))
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
    if problem.holder is not None:
        return False
    if isinstance(fact, AlterType):
        return isinstance(fact.change, DropConstraint) and problem.table is not None
    if isinstance(fact, AddEnumValue | CreateView | RenameConstraint | RenameEnumValue | RenameType | NeedConstraint):
        return False
    return problem.path.dialect != "mysql" or isinstance(fact, DropView)
