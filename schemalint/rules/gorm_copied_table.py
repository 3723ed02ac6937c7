"""SL441 gorm-copied-table. Docs and tests: rules/SL441-gorm-copied-table.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL441", "gorm-copied-table", severity=Severity.WARNING, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.step.source.parser != "gorm" or problem.table is None or problem.taken is None:
        return
    if problem.step.call is None:
        return
    call = Location(problem.step.call.span, "migrates at start")
    if problem.refusal is Refusal.COPY_FAILS:
        view = problem.holder
        why = f"the view {view} reads it" if view else "GORM takes a constraint without a name for a column"
        yield self.problem(
            problem,
            f"AutoMigrate will fail: to change {problem.table} it copies the table to a new one, but {why}",
            "differs from the database",
            Location(problem.taken, "this view" if view else "this constraint has no name"),
            call,
            severity=Severity.ERROR,
            help="let the model say what the column is in the database"
            + ("" if view else ", or name the constraint in the SQL (`CONSTRAINT name …`)"),
        )
    elif problem.refusal is Refusal.LOST_IN_COPY and problem.name is not None:
        kind = "index" if problem.index else "trigger"
        yield self.problem(
            problem,
            f"AutoMigrate drops the {kind} {problem.name}: to change {problem.table} it copies the table, and the {kind} is"
            " not made again",
            "differs from the database",
            Location(problem.taken, f"the {kind} goes away"),
            call,
            help="let the model say what the column is in the database"
            + (f", or what the index is (`index:{problem.name}`)" if problem.index else ""),
            object=problem.name,
        )
