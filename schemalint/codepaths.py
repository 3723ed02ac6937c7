"""Deployment paths that code alone proves: what each program of a project does to its database when it starts."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname

from schemalint.model.catalog import DeploymentPath, Step
from schemalint.model.deployment import Deployment
from schemalint.model.source import Call, Source, SourceKind
from schemalint.routes import ran, runs, sync_step
from schemalint.units import within


def code_paths(
    members: list[Source], database: str, dialect: str | None, travelled: set[str], deployment: Deployment
) -> Iterator[DeploymentPath]:
    """What a program does that migrates and then syncs, or only syncs, on a database of its own. Beside
    migrations, a sync that is kept out of production is no part of what is deployed."""
    migrated = any(source.kind is SourceKind.MIGRATIONS for source in members)
    for source in members:
        if source.kind is not SourceKind.MODELS or source.id in travelled or not source.calls:
            continue
        steps = []
        for migrations in members:
            if migrations.kind is SourceKind.MIGRATIONS:
                found = (one for one in deployment.tool_calls if one.where in ("code", "image"))
                if run := next((one for one in found if runs(one, migrations, members)), None):
                    steps.append(Step(migrations, (ran(run),)))
        for program, calls in _programs(source, deployment):
            # See routes: what marks the revisions as done comes never after them.
            syncs = [one for one in calls if not (one.stamps and steps)]
            syncs = [one for one in syncs if not (migrated and (one.by_hand or one.environment == "development"))]
            if steps or syncs:
                name = f"code:{source.root or '.'}" + (f" ({program})" if program else "")
                played = (*steps, *(sync_step(source, call) for call in syncs))
                yield DeploymentPath(name, database, source.dialect or dialect, played, (source.id,))


def _programs(source: Source, deployment: Deployment) -> Iterator[tuple[str, list[Call]]]:
    """The calls of a source by program: of a module with several Go programs, what stands in the package of one is run by no
    other. Packages that they share may be run by any, and are taken by themselves."""
    mains = {folder for folder in deployment.go_mains if within(folder, source.root)}
    programs: dict[str, list[Call]] = {}
    for call in source.calls:
        folder = dirname(call.span.path)
        programs.setdefault(folder if len(mains) > 1 and folder in mains else "", []).append(call)
    several = len(programs) > 1
    yield from ((folder if several else "", calls) for folder, calls in programs.items())
