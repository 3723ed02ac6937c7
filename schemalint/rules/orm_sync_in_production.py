"""SL609 orm-sync-in-production. Docs and tests: rules/SL609-orm-sync-in-production.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Played, PlayedStep, Problem, Refusal
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.model.schema import Table
from schemalint.model.source import Call, Source, SourceKind
from schemalint.rules import Rule, listed, rule


@rule("SL609", "orm-sync-in-production", severity=Severity.WARNING, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    if played.path.alone:
        return
    owners = {step.step.source.id: step for step in played.steps if step.step.source.kind is not SourceKind.MODELS}
    for step in played.steps:
        call = step.step.call
        if call is None or call.environment == "development":
            continue
        shared = [
            table for name in _tables(step.step.source, call) if (table := _owned(step, name, owners)) is not None
        ]
        if shared:
            yield _finding(self, played, step, call, shared, owners[shared[0].source])


def _finding(
    self: Rule, played: Played, step: PlayedStep, call: Call, shared: list[Table], owner: PlayedStep
) -> Finding:
    loud = (one for one in played.problems if not (one.refusal.silent or one.refusal is Refusal.BLOCK_FAILS))
    failing = next((one for one in loud if one.step == step.step), None)
    noun = "table" if len(shared) == 1 else "tables"
    message = f"{call.title} runs at start on a schema that SQL owns: {listed([table.name for table in shared], 5)}"
    if failing is not None:
        message = f"{call.title} runs at start on {noun} that SQL made, and fails: {_failure(failing)}"
    made = shared[0] if failing is None or failing.existing is None else failing.existing
    related = [Location(made.span, f"{made.name} is created here")]
    if failing is not None:
        related.append(Location(failing.span, _failure(failing)))
    return self.finding(
        message,
        Location(call.span, f"changes the schema whenever the program starts ({step.step.source.parser})"),
        *related,
        *owner.step.evidence[:1],
        severity=Severity.ERROR if failing is not None else None,
        help="let the SQL own the schema: run it when deploying, and keep this call for development and tests",
        notes=(f"only when {call.condition}",) if call.condition else (),
        object=f"{call.span.path}: {call.text}",
        sources=(step.step.source.id,),
        path=played.path,
    )


def _tables(source: Source, call: Call) -> list[TableName]:
    """The tables that a call works on."""
    if call.tables is not None:
        return list(dict.fromkeys(call.tables))
    return list(dict.fromkeys(fact.table for fact in source.facts if isinstance(fact, CreateTable)))


def _owned(step: PlayedStep, name: TableName, owners: dict[str, PlayedStep]) -> Table | None:
    """The table as it stands before the step, when SQL made it."""
    table = step.before.tables.get(name)
    return table if table is not None and table.source in owners else None


def _failure(problem: Problem) -> str:
    """What goes wrong, in half a sentence."""
    names = listed(problem.names or (() if problem.name is None else (problem.name,)))
    if problem.refusal is Refusal.INDEX_COLUMN_MISSING:
        return f"index {problem.name} needs {names}, which {problem.table} does not have"
    return f"{problem.refusal.value}: {names}" if names else problem.refusal.value
