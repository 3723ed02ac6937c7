"""SL211 multiple-primary-keys. Docs and tests: rules/SL211-multiple-primary-keys.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.facts import AddColumn, AddConstraint, Fact
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.schema import PrimaryKey
from schemalint.rules import Rule, listed, rule


@rule("SL211", "multiple-primary-keys", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.PRIMARY_KEY_EXISTS:
        return
    table, second = problem.existing, _given(problem.fact)
    if table is None or table.primary_key is None or second is None:
        return
    yield self.problem(
        problem,
        f"{table.name} gets a second primary key ({listed(second.columns)}):"
        f" it has ({listed(table.primary_key.columns)}) already",
        "the second primary key",
        Location(table.primary_key.span, "the first one"),
        help="drop the first one before, or make this one UNIQUE",
        object=listed(second.columns),
    )


def _given(fact: Fact) -> PrimaryKey | None:
    """The primary key that a statement gives a table."""
    match fact:
        case AddColumn(primary_key=PrimaryKey() as key) | AddConstraint(constraint=PrimaryKey() as key):
            return key
        case _:
            return None
