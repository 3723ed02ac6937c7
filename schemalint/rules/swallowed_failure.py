"""SL511 swallowed-failure. Docs and tests: rules/SL511-swallowed-failure.md"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from schemalint.dialects import dialect
from schemalint.model.catalog import Problem, Refusal
from schemalint.model.facts import AddColumn, DropColumn, DropConstraint, DropIndex, DropTable, RenameColumn
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.objects import DropObject, DropType
from schemalint.refusals import server_words
from schemalint.rules import Rule, rule

_DROPS = DropColumn | DropConstraint | DropIndex | DropObject | DropTable | DropType
_THERE = frozenset({Refusal.CONSTRAINT_EXISTS, Refusal.TYPE_EXISTS, Refusal.OBJECT_EXISTS})
_ABSENT = frozenset({Refusal.TABLE_MISSING, Refusal.COLUMN_MISSING, Refusal.OBJECT_MISSING})


@rule("SL511", "swallowed-failure", severity=Severity.WARNING, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    guard = problem.fact.guard
    if problem.refusal is not Refusal.BLOCK_FAILS or guard is None or guard.handler is None:
        return
    cause = problem.causes[0]
    if all(_only_drops(one) or _is_there(one) for one in problem.causes):
        return
    if dialect(problem.path.dialect).transactional_ddl and not guard.stays:
        outcome = "nothing of this block takes effect"
    elif guard.continues:
        outcome = "the block goes on without it"
    else:
        outcome = "what comes after it in the block is skipped"
    related = [Location(guard.handler, "this hides the failure")]
    related += [Location(other.span, "this fails too") for other in problem.causes[1:4]]
    if problem.existing is not None:
        related.append(Location(problem.existing.span, f"{problem.existing.name} as it stands comes from here"))
    words = server_words(cause, problem.path.dialect)
    finding = self.problem(
        problem,
        f"{_why(cause)}: this always fails, its handler hides it, and {outcome}",
        "always fails",
        *related,
        help="correct the statement and let failures show: catch only the one condition that is expected",
        column=problem.name,
    )
    yield replace(finding, notes=(*finding.notes, words)) if words else finding


def _only_drops(cause: Problem) -> bool:
    """Whether something was to be dropped that is not there, and the failure keeps nothing else from being done: a way to
    write IF EXISTS."""
    guard, script = cause.fact.guard, cause.script
    if cause.refusal not in _ABSENT or not isinstance(cause.fact, _DROPS) or guard is None or script is None:
        return False
    return guard.continues or sum(fact.guard == guard for fact in script.facts) == 1


def _is_there(cause: Problem) -> bool:
    """Whether something is there already, and the failure keeps nothing else from being done: a way to write IF NOT EXISTS. A
    column of another type is not what was wanted."""
    guard, script = cause.fact.guard, cause.script
    if (
        guard is None
        or script is None
        or not (guard.continues or sum(fact.guard == guard for fact in script.facts) == 1)
    ):
        return False
    if isinstance(cause.fact, AddColumn) and cause.refusal is Refusal.COLUMN_EXISTS and cause.existing is not None:
        held = cause.existing.columns.get(cause.fact.column.name)
        return held is not None and held.type == cause.fact.column.type
    return cause.refusal in _THERE


def _why(cause: Problem) -> str:
    if isinstance(cause.fact, RenameColumn) and cause.fact.column == cause.fact.new:
        return f"column {cause.name} of {cause.table} is renamed to itself"
    if cause.refusal is Refusal.COLUMN_MISSING:
        return f"{cause.table} has no column {cause.name}"
    if cause.refusal is Refusal.COLUMN_EXISTS:
        return f"{cause.table} has a column {cause.name} already"
    if cause.refusal in (Refusal.TABLE_MISSING, Refusal.INDEX_TABLE_MISSING, Refusal.KEY_TABLE_MISSING):
        return f"there is no table {cause.table}"
    if cause.refusal in (Refusal.INDEX_COLUMN_MISSING, Refusal.CONSTRAINT_COLUMN_MISSING, Refusal.KEY_COLUMN_MISSING):
        return f"{cause.table} has no column {cause.names[0]}"
    if cause.refusal is Refusal.OBJECT_MISSING:
        return f"there is no {cause.name}" if cause.name else f"{cause.table} has no primary key"
    return f"{cause.name or cause.table} exists already"
