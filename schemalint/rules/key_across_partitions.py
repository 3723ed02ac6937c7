"""SL119 key-across-partitions. Docs and tests: rules/SL119-key-across-partitions.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL119", "key-across-partitions", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.KEY_LACKS_PARTITION or problem.existing is None or problem.taken is None:
        return
    yield self.problem(
        problem,
        f"a unique key of {problem.table} lacks {problem.name}, which tells its partitions apart",
        f"{problem.name} is not in this key",
        Location(problem.taken, f"partitions by {problem.existing.partition_by}"),
        help=f"add {problem.name} to the key, or make an index that is not unique",
        column=problem.name,
        object=problem.index.name if problem.index else "primary key",
    )
