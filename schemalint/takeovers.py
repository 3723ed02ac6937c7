"""What a migration tool still runs on a database that the server's own scripts have filled: one that is told to take such a
database over marks its first steps as run (Flyway's baselineOnMigrate, `Force` of golang-migrate)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from schemalint.model.catalog import Catalog, Step
from schemalint.model.deployment import Deployment
from schemalint.model.facts import CreateTable, Opaque
from schemalint.model.names import ObjectKind
from schemalint.model.source import Script, Source, SourceKind, Takeover

_PREPARING = frozenset({ObjectKind.EXTENSION, ObjectKind.SCHEMA})


def taken_over(
    steps: Iterable[Step], given: list[Step], catalogs: Mapping[str, Catalog], deployment: Deployment
) -> list[Step]:
    """The steps on one database, of which `given` are the server's scripts: without what a tool takes as run, and without a
    history of which that is not known."""
    steps = list(steps)
    first = {id(step) for step in given}
    held = _held([step for step in steps if id(step) in first], catalogs)
    if held is False:
        return steps
    kept = (step if id(step) in first else _rest(step, held, deployment) for step in steps)
    return [step for step in kept if step is not None]


def _held(given: list[Step], catalogs: Mapping[str, Catalog]) -> bool | None:
    """Whether scripts leave a table in the usual schema, False where they leave nothing at all, None where neither is known."""
    empty = True
    for step in given:
        whole = step.source.kind is SourceKind.SCHEMA  # else a file of a history
        made = catalogs[step.source.id] if whole else Catalog()
        named = made.tables if whole else {fact.table for fact in step.source.facts if isinstance(fact, CreateTable)}
        if any(table.schema is None for table in named):
            return True
        things = any(thing.kind not in _PREPARING for thing in made.things)
        empty = empty and whole and not (things or made.tables or made.enums or made.types or made.views or made.opaque)
    return False if empty else None


def _rest(step: Step, held: bool | None, deployment: Deployment) -> Step | None:
    takeover = step.source.takeover or _marked(step, deployment)
    if takeover is None or step.source.kind is not SourceKind.MIGRATIONS:
        return step
    if held is None or takeover.scripts is None:
        return None
    return replace(step, source=replace(step.source, scripts=takeover.scripts))


def _marked(step: Step, deployment: Deployment) -> Takeover | None:
    """What is left of a history of golang-migrate whose first versions the program marks as run."""
    spans = {where.span for where in step.evidence}
    marks = {mark for call in deployment.tool_calls if call.span in spans for mark in call.baselines}
    if not marks:
        return None
    if len(marks) > 1:
        return Takeover(None)
    (mark,) = marks
    if mark.version is None:
        return Takeover(None)
    begun = [int(script.label) <= mark.version for script in step.source.scripts]
    if mark.certain:
        return Takeover(tuple(script for script, ran in zip(step.source.scripts, begun, strict=True) if not ran))
    scripts = zip(step.source.scripts, begun, strict=True)
    return Takeover(tuple(_doubted(script, step.source) if ran else script for script, ran in scripts))


def _doubted(script: Script, source: Source) -> Script:
    """A script that may not run: what it would do to its tables is left open."""
    alone = replace(source, scripts=(script,))
    everything = any(isinstance(fact, Opaque) and fact.touches is None for fact in script.facts)
    touched = None if everything else tuple(sorted(alone.named, key=str))
    at = next((fact.span for fact in script.facts), None)
    why = "the program may take it as run"
    return script if at is None else replace(script, facts=(Opaque(at, at, why, touched),), down=None, down_path=None)
