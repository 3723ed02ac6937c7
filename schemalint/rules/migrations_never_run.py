"""SL604 migrations-never-run. Docs and tests: rules/SL604-migrations-never-run.md"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from schemalint.databases import Database
from schemalint.model.deployment import Deployment, Dockerfile, ToolCall
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import Span
from schemalint.rules import Rule, rule
from schemalint.units import within

_DEPLOYED = frozenset({"image", "compose", "code"})
_RUN_BY_FRAMEWORK = frozenset({"flyway", "liquibase", "rails", "django", "laravel", "prisma", "supabase", "gormigrate"})
"""Frameworks, platforms and libraries that run them without a word of it that would be read here."""
_DEPLOYS = re.compile(r"(?i)deploy|release|prod|\bcd\b|migrat")


@rule("SL604", "migrations-never-run", severity=Severity.WARNING, on=Database)
def check(self: Rule, database: Database) -> Iterator[Finding]:
    for source in database.sources:
        if source.kind is SourceKind.MIGRATIONS and source.parser not in _RUN_BY_FRAMEWORK:
            yield from _migrations(self, database, source)
        elif source.kind is SourceKind.SCHEMA:
            yield from _embedded(self, database, source)


def _migrations(self: Rule, database: Database, source: Source) -> Iterator[Finding]:
    deployment = database.deployment
    builds = [file for file in deployment.dockerfiles if file.stages]
    if not builds and not any(service.build for file in deployment.compose for service in file.services):
        return
    calls = [call for call in deployment.tool_calls if _concerns(call, source)]
    if any(_deploys(call) for call in calls) or _mounted(source, deployment) or not source.scripts:
        return
    if any(basename(call.span.path) == "package.json" for call in calls) and deployment.lost_scripts:
        return  # the one that is not found may well be the one that migrates
    if source.parser == "golang-migrate" and not calls and not _is_go(source, deployment):
        return  # other tools have files of the same shape
    first = source.scripts[0]
    at = first.facts[0].span if first.facts else Span(first.path, 0, 0)
    if calls:
        # A script may be started by a platform that cannot be seen from here; a Makefile is run by hand.
        severity = Severity.WARNING if any(call.where == "make" for call in calls) else Severity.NOTE
        only = ", ".join(sorted({call.span.path for call in calls}))
        message = f"nothing that is deployed runs the migrations in {source.root or '.'}: only {only} does"
    else:
        # Somebody must run them, in a way that cannot be seen from here.
        severity = Severity.NOTE
        message = f"nothing runs the migrations in {source.root or '.'}: no image, service, script or code"
    yield self.finding(
        message,
        Location(at, f"the first of {len(source.scripts)} migrations"),
        *(Location(call.span, f"runs them, but only by {_HAND[call.where]}") for call in calls[:3]),
        *(Location(file.stages[-1].span, "this image does not run them") for file in _beside(builds, source)[:2]),
        severity=severity,
        help=f"run {source.parser} when the service starts, in its image or in a compose service of its own",
        database=database.id,
        sources=(source.id,),
    )


def _beside(builds: list[Dockerfile], source: Source) -> list[Dockerfile]:
    """The images that are built of the project that the migrations are in; all where none is."""
    near = [file for file in builds if file.context is not None and within(source.root, file.context)]
    return near or builds


def _is_go(source: Source, deployment: Deployment) -> bool:
    return any(within(source.root, module.root) for module in deployment.go_modules)


_HAND = {"make": "hand", "script": "a script that nothing starts", "ci": "CI"}


def _concerns(call: ToolCall, source: Source) -> bool:
    if call.folder is None:
        return call.tool == source.parser
    return within(source.root, call.folder) or within(call.folder, source.root)


def _deploys(call: ToolCall) -> bool:
    if call.where == "ci":
        return _DEPLOYS.search(call.span.path) is not None
    by_others = (starter.where != "ci" or _DEPLOYS.search(starter.path) for starter in call.starters)
    return call.where in _DEPLOYED or any(by_others)


def _mounted(source: Source, deployment: Deployment) -> bool:
    """Whether a service is given the migrations' folder: what it does with them is its own affair."""
    return any(
        mount.source is not None and mount.source != "" and within(source.root, mount.source)
        for file in deployment.compose
        for service in file.services
        if service.build is None
        for mount in service.mounts
    )


def _embedded(self: Rule, database: Database, source: Source) -> Iterator[Finding]:
    """A schema file that code takes in and never applies, and that no path runs."""
    if any(not path.alone and step.source.id == source.id for path in database.paths for step in path.steps):
        return
    for path in source.files:
        uses = [one for one in database.deployment.embedded if one.path == path]
        if not uses or any(use.applied is not False for use in uses):
            continue
        first = next((fact.span for fact in source.facts if fact.span.path == path), Span(path, 0, 0))
        yield self.finding(
            f"nothing applies {path}: it is only read by code that nothing calls",
            Location(first, "these tables are never created"),
            *(Location(use.span, "read here, in a function without a caller") for use in uses[:3]),
            help="call the function at start, or apply the file another way",
            database=database.id,
            object=path,
            sources=(source.id,),
        )
