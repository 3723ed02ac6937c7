"""SL603 init-script-runs-once. Docs and tests: rules/SL603-init-script-runs-once.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.databases import Database, Databases, is_history
from schemalint.initdb import INITDB
from schemalint.model.deployment import Service
from schemalint.model.facts import AddColumn, AlterColumn, DropColumn, Opaque
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import SourceKind
from schemalint.model.span import Span
from schemalint.routes import compatible
from schemalint.rules import Rule, rule

_CHANGES = AddColumn | AlterColumn | DropColumn | Opaque
_DATA = ("/var/lib/postgresql", "/var/lib/mysql", "/var/lib/mariadb", "/bitnami/", "/home/postgres/pgdata")


@rule("SL603", "init-script-runs-once", severity=Severity.NOTE, on=Databases)
def check(self: Rule, databases: Databases) -> Iterator[Finding]:
    for database in databases.all:
        yield from _runs_once(self, database, databases)


def _may_change(one: Database, database: Database) -> bool:
    """Whether something changes the schema later on: which database a tool is given at run time, nothing may tell."""
    shown = {step.source.id for path in one.paths if not path.alone for step in path.steps}
    return compatible(one.dialect, database.dialect) and any(
        source.kind is SourceKind.MIGRATIONS
        or (is_history(source) and source.id not in shown)  # of a tool that is not read
        or any(call.sync.adds_columns for call in source.calls)
        or (source.partial and any(isinstance(fact, _CHANGES) for fact in source.facts))  # a program's own statements
        for source in one.sources
    )


def _runs_once(self: Rule, database: Database, databases: Databases) -> Iterator[Finding]:
    mounted = {place.span for path in database.paths for step in path.steps for place in step.evidence}
    seen = set()
    for compose in database.deployment.compose:
        for service in compose.services:
            scripts = [m for m in service.mounts if m.target.startswith(INITDB) and m.span in mounted]
            kept = _kept(service)
            if not scripts or kept is None or scripts[0].span in seen:
                continue
            seen.add(scripts[0].span)
            makes = any(played.catalog.tables for played in database.played)  # else it only prepares the server
            changes = not makes or any(_may_change(one, database) for one in databases.all)
            named = {one.path for one in database.deployment.embedded if one.applied is not False}
            changes = changes or any(mount.source in named for mount in scripts)  # a program may run it at every start
            more = f" and {len(scripts) - 1} more" if len(scripts) > 1 else ""
            rest = "" if changes else ", and nothing else in the project changes the schema"
            yield self.finding(
                f"{scripts[0].source}{more} will run once: only while the volume of `{service.name}` is empty{rest}",
                Location(scripts[0].span, "an init script"),
                Location(kept, "this keeps the data, so the next start skips the scripts"),
                severity=Severity.NOTE if changes else Severity.WARNING,
                help="carry later changes in migrations; editing the script changes no database that exists",
                database=database.id,
                object=f"{compose.path} {service.name}",
            )


def _kept(service: Service) -> Span | None:
    """What holds the server's data from one start to the next."""
    places = [(volume.target, volume.span) for volume in service.volumes]
    places += [(mount.target, mount.span) for mount in service.mounts]
    return next((span for target, span in places if target.startswith(_DATA)), None)
