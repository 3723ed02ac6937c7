"""SL425 alembic-copied-table. Docs and tests: rules/SL425-alembic-copied-table.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Played, Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import ObjectKind
from schemalint.model.objects import CopyTable
from schemalint.model.schema import Table
from schemalint.model.span import Span
from schemalint.replay.tablecopies import collated
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
    if view:
        why, place = f"the view {view} reads it", "this view"
        help = f"drop the view {view} before the batch and create it again behind it"
    elif stands is not None:
        why, place = f"the check {stands.name} names {problem.name}", "this check"
        help = "drop the check in the same batch, before the column, and add it again as it should be"
    else:
        why, place = f"it gives the generated column {problem.name} a value", "generated"
        help = f"drop {problem.name} in the batch and add it again behind it, or write the copy of the table in SQL"
    return self.problem(
        problem,
        f"the batch will fail: on SQLite it copies {problem.table} to a new table, but {why}",
        "copied here",
        *([Location(problem.taken, place)] if problem.taken else []),
        help=help,
        column=problem.name,
        object=view or (stands and stands.name),
    )


def _loses(self: Rule, played: Played, problem: Problem, before: Table) -> Iterator[Finding]:
    """What the table had before and has not at the end, although all its columns are there."""
    now = played.catalog.tables.get(before.name)
    if now is None:
        return
    lost = [*_gone(before, now), *_weaker(before, now)]
    kept = {thing.name.name for thing in played.catalog.things if thing.kind is ObjectKind.TRIGGER}
    words = [what for what, _ in lost] + [f"the trigger {name}" for name in problem.names if name not in kept]
    if not words:
        return
    yield self.problem(
        problem,
        f"{before.name} loses {listed(words[:-1], 3)}{' and ' if words[1:] else ''}{words[-1]} here: on SQLite the batch copies"
        " the table, from what SQLAlchemy reflects of it",
        "copied here",
        *(Location(place, "this is gone afterwards") for _, place in lost[:6]),
        severity=Severity.WARNING,
        help="make it again behind the batch (a check with a name), or tell the batch of it: `table_args` for checks,"
        " `table_kwargs` for AUTOINCREMENT, `copy_from` for all of the table",
        object=", ".join(words),
    )


def _gone(before: Table, now: Table) -> Iterator[tuple[str, Span]]:
    """Checks without a name and indexes on expressions that are not there any more."""
    for check in before.checks:
        there = any(other.expr == check.expr for other in now.checks)
        if check.name is None and not there and all(column in now.columns for column, _ in check.mentions):
            yield f"the check `{check.expr.raw}`", check.span
    for index in before.indexes:
        if index.columns is None and all(other.name != index.name for other in now.indexes):
            yield f"the index {index.name}", index.span


def _weaker(before: Table, now: Table) -> Iterator[tuple[str, Span]]:
    """What columns and indexes had that are still there."""
    for column in before.columns.values():
        same = now.columns.get(column.name)
        if same is None:
            continue
        if collated(column.collation) and same.collation is None:
            yield f"COLLATE {column.collation} of {column.name}", column.span
        if column.counting is not None and column.counting.once and same.counting is None:
            yield f"AUTOINCREMENT of {column.name}", column.span
    for index in before.indexes:
        twin = next(
            (other for other in now.indexes if other.name == index.name and other.columns == index.columns), None
        )
        for part, same_part in zip(index.parts, twin.parts if twin is not None else (), strict=False):
            if part.descending and not same_part.descending:
                yield f"DESC of {part.column} in the index {index.name}", part.span
            if collated(part.collation) and same_part.collation is None:
                yield f"COLLATE {part.collation} of {part.column} in the index {index.name}", part.span
