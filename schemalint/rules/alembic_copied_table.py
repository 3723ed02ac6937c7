"""SL425 alembic-copied-table. Docs and tests: rules/SL425-alembic-copied-table.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Played, Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.objects import CopyTable
from schemalint.model.schema import Check, Index, Table
from schemalint.rules import Rule, listed, rule


@rule("SL425", "alembic-copied-table", severity=Severity.ERROR, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    for problem in played.problems:
        if isinstance(problem.fact, CopyTable) and problem.existing is not None:
            if problem.refusal is Refusal.COPY_FAILS:
                yield _fails(self, problem, problem.existing)
            elif problem.refusal is Refusal.LOST_IN_COPY:
                yield from _loses(self, played, problem, problem.existing)


def _fails(self: Rule, problem: Problem, table: Table) -> Finding:
    stands = next((one for one in table.checks if one.span == problem.taken), None)
    view = problem.holder
    why = f"the view {view} reads it" if view else f"the check {stands and stands.name} names {problem.name}"
    help = (
        f"drop the view {view} before the batch and create it again behind it"
        if view
        else "drop the check in the same batch, before the column, and add it again as it should be"
    )
    return self.problem(
        problem,
        f"the batch will fail: on SQLite it copies {problem.table} to a new table, but {why}",
        "copied here",
        *([Location(problem.taken, "this view" if view else "this check")] if problem.taken else []),
        help=help,
        column=problem.name,
        object=view or (stands and stands.name),
    )


def _loses(self: Rule, played: Played, problem: Problem, before: Table) -> Iterator[Finding]:
    """What the table had before and has not at the end, although all its columns are there."""
    now = played.catalog.tables.get(before.name)
    if now is None:
        return
    lost: list[Check | Index] = [
        one
        for one in before.checks
        if one.name is None
        and all(other.expr != one.expr for other in now.checks)
        and all(column in now.columns for column, _ in one.mentions)
    ]
    lost += [
        one for one in before.indexes if one.columns is None and all(other.name != one.name for other in now.indexes)
    ]
    if not lost:
        return
    words = [f"the check `{one.expr.raw}`" if isinstance(one, Check) else f"the index {one.name}" for one in lost]
    yield self.problem(
        problem,
        f"{before.name} loses {listed(words[:-1], 3)}{' and ' if words[1:] else ''}{words[-1]} here: on SQLite the batch copies"
        " the table, without checks that have no name and indexes on expressions",
        "copied here",
        *(Location(one.span, "this is gone afterwards") for one in lost[:6]),
        severity=Severity.WARNING,
        help="add it again behind the batch, a check with a name; or say the check in `table_args` of the batch",
        object=", ".join(words),
    )
