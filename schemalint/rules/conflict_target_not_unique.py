"""SL125 conflict-target-not-unique. Docs and tests: rules/SL125-conflict-target-not-unique.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import SourceKind
from schemalint.rules import Rule, listed, rule


@rule("SL125", "conflict-target-not-unique", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    table = problem.existing
    if problem.refusal is not Refusal.KEY_UNMATCHED or table is None or problem.name is None:
        return
    if any(step.source.id == table.source and step.source.kind is SourceKind.MODELS for step in problem.path.steps):
        return  # models need not say every key that their table has
    related = [Location(table.span, f"{table.name} is created here")]
    if problem.names:
        wanted = f"({listed(problem.names)})"
        help = f"make {wanted} unique before, or name the columns of a key: {_keys(problem)}"
    else:
        wanted = str(problem.name)
        help = "name the columns in parentheses instead" if problem.taken else "name one of its constraints"
    if problem.taken is not None:
        related.insert(0, Location(problem.taken, "this is an index"))
    yield self.problem(
        problem,
        f"INSERT into {table.name} looks rows up by {wanted}, which is {problem.why}",
        "no such key",
        *related,
        help=help,
        column=problem.names[0] if len(problem.names) == 1 else None,
        object=wanted,
    )


def _keys(problem: Problem) -> str:
    """The keys that there are, for the one who has to choose."""
    table = problem.existing
    if table is None:
        return ""
    found = [table.primary_key.columns] if table.primary_key else []
    found += [unique.columns for unique in table.uniques]
    found += [index.columns for index in table.indexes if index.unique and index.where is None and index.columns]
    return ", ".join(f"({listed(columns)})" for columns in found) or f"{table.name} has none"
