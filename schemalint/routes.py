"""What a compose file proves: which scripts, migrations and syncs run on the database server it starts, in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from posixpath import dirname

from schemalint.initdb import INITDB
from schemalint.model.catalog import Catalog, Step
from schemalint.model.deployment import Build, ComposeFile, Deployment, Dockerfile, GoBuild, Mount, Service, ToolCall
from schemalint.model.facts import Fact
from schemalint.model.finding import Location
from schemalint.model.frozen import frozen
from schemalint.model.names import TableName
from schemalint.model.source import Call, Script, Source, SourceKind
from schemalint.model.span import Span
from schemalint.sharing import User, first_database, parted, told
from schemalint.takeovers import taken_over
from schemalint.units import Units, within

_FAMILIES = {"mariadb": "mysql"}


def family(dialect: str | None) -> str | None:
    """The family that scripts of a dialect can be run on."""
    return _FAMILIES.get(dialect, dialect) if dialect else None


def compatible(one: str | None, other: str | None) -> bool:
    """Whether two dialects may be meant for one server; an unknown one may be anything."""
    return one is None or other is None or family(one) == family(other)


@frozen
class Route:
    """What one compose file runs on one database of its `server`, in order; `models` are the models sources deployed with it,
    `database` is what the services call it, None where that is not known."""

    name: str
    dialect: str | None
    steps: tuple[Step, ...]
    models: tuple[str, ...]
    database: str | None
    server: Service


def routes(
    compose: ComposeFile,
    sources: list[Source],
    deployment: Deployment,
    units: Units,
    tables: Callable[[str], Set[TableName]],
    catalogs: Mapping[str, Catalog],
) -> Iterator[Route]:
    """What the file runs on each of its servers, a route for every database. `tables` are those that a source (by id)
    speaks of, `catalogs` what each makes by itself."""
    servers = [service for service in compose.services if service.dialect is not None]
    applications = [service for service in compose.services if service.dialect is None and _folders(service)]
    for server in servers:
        rivals = [other for other in servers if other is not server and compatible(other.dialect, server.dialect)]
        here = _Here(compose, server, rivals, applications, sources, deployment, units)
        given = list(_init_steps(server, sources))
        steps = [*given, *_tool_steps(here), *_sync_steps(here)]
        if not steps:
            continue
        name = f"compose:{compose.path}" + (f"#{server.name}" if len(servers) > 1 else "")
        models = _deployed_models(here)
        parts = []
        for users in parted(_users(here, steps, models), units, tables):
            ids = {user.source.id for user in users}
            if any(step.source.id in ids for step in steps):
                parts.append((users[0].name, ids))
        for called, ids in parts:
            here_run = taken_over([step for step in steps if step.source.id in ids], given, catalogs, deployment)
            ways = list(_ways(here, here_run, tables))
            for chosen, mine in ways:
                migrated = any(step.source.kind is SourceKind.MIGRATIONS for step in mine)
                # What makes the tables and marks the revisions as done stands in for these, and comes never after them.
                kept = (step for step in mine if not (migrated and step.call is not None and step.call.stamps))
                owner = "" if len(parts) == len(ways) == 1 else f" ({(chosen or mine[0]).source.id})"
                mapped = tuple(one for one in models if one in ids)
                yield Route(f"{name}{owner}", server.dialect, tuple(kept), mapped, called, server)


@frozen
class _Here:
    """One server of a compose file. `rivals` are others of its kind, `applications` the services whose code is here."""

    compose: ComposeFile
    server: Service
    rivals: list[Service]
    applications: list[Service]
    sources: list[Source]
    deployment: Deployment
    units: Units

    def reaches(self, path: str) -> bool:
        """Whether what stands at a path may be meant for this server, as far as no service says what it runs."""
        return self.units.reach(self.compose.path, path)


def _users(here: _Here, steps: list[Step], models: Iterable[str]) -> Iterator[User]:
    by_id = {source.id: source for source in here.sources}
    given = {step.source.id for step in steps if step.call is None and step.source.kind is SourceKind.SCHEMA}
    for name in dict.fromkeys((*(step.source.id for step in steps), *models)):
        source = by_id[name]
        if name in given:
            yield User(source, first_database(here.server), given=True)
            continue
        places = [where.span for step in steps if step.source.id == name for where in step.evidence]
        paths = [source.root, *source.files, *(span.path for span in places)]
        using = [
            one
            for one in here.applications
            if any(within(path, folder) for path in paths for folder in _folders(one))
            or any(_commanded(one, span) for span in places)
        ]
        yield User(source, told(using, source.variable if source.rivals else None))


def _commanded(service: Service, span: Span) -> bool:
    """Whether a place lies in what compose says of a service's command."""
    command = service.command_span
    return command is not None and command.path == span.path and command.start <= span.start < command.end


def _init_steps(server: Service, sources: list[Source]) -> Iterator[Step]:
    """Scripts that the server's image runs on an empty volume, in the order of their names in the container. A file of a
    migrations history that is mounted like that is run as the script it is, once, whoever reads it."""
    mounts = sorted((mount for mount in server.mounts if _initdb(mount)), key=lambda mount: mount.target)
    scripts = {path: (source, facts) for source in sources for path, facts in _files(source)}
    seen = set(_contained(sources, mounts))
    read: set[str] = set()
    for mount in mounts:
        proof = (Location(mount.span, "copies the script" if mount.copied else "mounts the script"),)
        for source in sources:
            if source.kind is SourceKind.SCHEMA and source.id not in seen and _mounted(source, mount, mounts):
                seen.add(source.id)
                read.update(source.files)
                yield Step(source, proof)
        if mount.source in scripts and mount.source not in read:
            yield Step(_one_file(mount.source, *scripts[mount.source]), proof)


def _contained(sources: list[Source], mounts: list[Mount]) -> Iterator[str]:
    """What another compose file mounts alone, where this one mounts it with others: it is read there once."""
    known = {path for mount in mounts for source in sources for path in source.files if _brings(mount, path)}
    held = [
        (source.id, files)
        for source in sources
        if source.kind is SourceKind.SCHEMA and (files := frozenset(source.files)) and files <= known
    ]
    for name, files in held:
        if any(files < others for _, others in held):
            yield name


def _ways(
    here: _Here, steps: list[Step], tables: Callable[[str], Set[TableName]]
) -> Iterator[tuple[Step | None, list[Step]]]:
    """The steps, once for each of the histories that are there for a choice: two tools make the same tables, and nothing starts
    both, as where each has a script that somebody runs by hand."""
    histories = [step for step in steps if step.source.kind is SourceKind.MIGRATIONS]
    started = {here.compose.path, *(file.path for file in here.deployment.dockerfiles)}

    def rivals(one: Step, other: Step) -> bool:
        mine, theirs = ({where.span.path for where in step.evidence} for step in (one, other))
        chained = not mine.isdisjoint(theirs) or not (mine.isdisjoint(started) or theirs.isdisjoint(started))
        same = one.source.parser != other.source.parser and tables(one.source.id) & tables(other.source.id)
        return bool(same) and not chained

    chosen = [one for one in histories if any(rivals(one, other) for other in histories)]
    for one in chosen:
        others = [id(other) for other in histories if rivals(one, other)]
        yield one, [step for step in steps if id(step) not in others]
    if not chosen:
        yield None, steps


def _files(source: Source) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """The files of a history with what each says."""
    if source.kind is SourceKind.MIGRATIONS:
        for script in source.scripts:
            yield script.path, script.facts
            if script.down_path is not None and script.down is not None:
                yield script.down_path, script.down


def _one_file(path: str, history: Source, facts: tuple[Fact, ...]) -> Source:
    """A history of which one file is run as a plain script."""
    return replace(history, scripts=(Script(path, path.rpartition("/")[2], facts),), files=(path,))


def _initdb(mount: Mount) -> bool:
    return mount.source is not None and within(mount.target.rstrip("/"), INITDB)


def _mounted(source: Source, mount: Mount, mounts: list[Mount]) -> bool:
    """Whether this mount brings the source's first file, and the mounts together bring all of its files."""
    return _brings(mount, source.files[0]) and all(any(_brings(m, path) for m in mounts) for path in source.files)


def _brings(mount: Mount, path: str) -> bool:
    # The entrypoint runs the files of its folder, not of folders below it.
    return mount.source is not None and (path == mount.source or dirname(path) == mount.source.rstrip("/"))


def _tool_steps(here: _Here) -> Iterator[Step]:
    folders = [folder for application in here.applications for folder in _folders(application)]
    for source in here.sources:
        if (
            source.kind is not SourceKind.MIGRATIONS
            or here.rivals
            or not compatible(source.dialect, here.server.dialect)
        ):
            continue
        called = (call for call in here.deployment.tool_calls if runs(call, source, here.sources))
        calls = [call for call in called if _is_run(call, here, folders)]
        if calls:
            yield Step(source, tuple(ran(call) for call in calls))


def _is_run(call: ToolCall, here: _Here, folders: list[str]) -> bool:
    """Whether what a compose file starts makes this call, or somebody who works with it does by hand. `folders` hold the code
    of its applications."""
    path, compose = call.span.path, here.compose.path
    if call.tool == "supabase" and "--db-url" not in call.text:
        return False  # it works on the hosted project, or on the servers that it starts by itself
    starters = {(starter.where, starter.path) for starter in call.starters}
    if path == compose or ("compose", compose) in starters:
        return True
    started = call.where in ("image", "code") or any(where == "image" for where, _ in starters)
    if started and here.applications:
        return any(within(path, folder) for folder in folders)
    return (started or call.where in ("make", "script")) and here.reaches(path)


def runs(call: ToolCall, source: Source, sources: Iterable[Source]) -> bool:
    """Whether a command runs this history: it names its folder, or names none and the tool has only this one."""
    if call.tool != source.parser:
        return False
    if call.folder is not None:
        return call.folder.rstrip("/") == source.root or within(source.root, call.folder.rstrip("/"))
    return sum(other.parser == source.parser for other in sources) == 1


def ran(call: ToolCall) -> Location:
    return Location(call.span, f"runs `{call.text}`")


def _sync_steps(here: _Here) -> Iterator[Step]:
    """Each call once, however many services start the program: the second finds what the first has made."""
    services: list[Service | None] = [*here.applications] or [None]
    met: set[tuple[str, Call]] = set()
    for service in services:
        for source in here.sources:
            if source.kind is not SourceKind.MODELS or not compatible(source.dialect, here.server.dialect):
                continue
            if service is not None and not _talks(service, here.server, here.rivals, source):
                continue
            for call in source.calls:
                if call.by_hand or _elsewhere(call, service, here.deployment):
                    continue
                if service is None:
                    active = any(_active(call, one, here.deployment) for one in _telling(here.compose) or [here.server])
                    runs_here = active and here.reaches(call.span.path)
                else:
                    runs_here = _deployed(call, service) and _active(call, service, here.deployment)
                if runs_here and (source.id, call) not in met:
                    met.add((source.id, call))
                    yield sync_step(source, call)


def _deployed_models(here: _Here) -> tuple[str, ...]:
    """The models of the applications that use this server; all that it may be meant for when the file starts no application."""

    def runs_it(source: Source) -> bool:
        talking = [one for one in here.applications if _talks(one, here.server, here.rivals, source)]
        folders = [folder for service in talking for folder in _folders(service)]
        return any(within(path, folder) for path in source.files for folder in folders)

    return tuple(
        source.id
        for source in here.sources
        if source.kind is SourceKind.MODELS
        and compatible(source.dialect, here.server.dialect)
        and (runs_it(source) if here.applications else here.reaches(source.root))
    )


def _talks(service: Service, server: Service, rivals: list[Service], source: Source) -> bool:
    """Whether an application uses this server for a source: the only one of its kind, or the one its environment names, by the
    variable that is the source's own where one program has several databases."""
    address = service.environment.get(source.variable) if source.variable and source.rivals else None
    if address:
        return re.search(rf"(?:@|//|\(|\bhost\s*=\s*){re.escape(server.name)}(?![\w.-])", address) is not None
    if not rivals:
        return True
    values = [value for value in service.environment.values() if value]
    return any(value == server.name or f"@{server.name}" in value for value in values)


def _deployed(call: Call, service: Service) -> bool:
    return any(within(call.span.path, folder) for folder in _folders(service))


def _elsewhere(call: Call, service: Service | None, deployment: Deployment) -> bool:
    """Whether a call stands in the main package of a Go program that is not the one deployed: the service's image builds
    others, or the program lies below another, as a script for developers does."""
    folder = dirname(call.span.path)
    if folder not in deployment.go_mains:
        return False
    build = service.build if service is not None else None
    files = [file for file in deployment.dockerfiles if build is not None and _is_built_by(build, file)]
    built = [build for file in files for stage in file.stages for build in stage.builds]
    if built and all(build.folder is not None for build in built):
        return not any(_builds(build, folder, call.span.path) for build in built)
    above = (main for main in deployment.go_mains if main != folder and within(folder, main))
    return any(main.rpartition("/")[2] != "cmd" for main in above)  # programs side by side, whatever lies beside them


def _is_built_by(build: Build, file: Dockerfile) -> bool:
    """Whether a service's image is made by this file: the one that it names, else one of its context."""
    if build.dockerfile is not None:
        return file.path == build.dockerfile
    return build.context is not None and file.context == build.context


def _builds(build: GoBuild, folder: str, path: str) -> bool:
    """Whether a build takes this file of a main package in; `go build main.go` takes that file alone."""
    name = build.package.rpartition("/")[2]
    return build.folder == folder and (not name.endswith(".go") or name == path.rpartition("/")[2])


def _folders(service: Service) -> list[str]:
    """The folders whose code a service runs: its build context, and what is mounted over it."""
    folders = [mount.source for mount in service.mounts if mount.source is not None and "." not in mount.source]
    if service.build is not None and service.build.context is not None:
        folders.append(service.build.context)
    return folders


def _telling(compose: ComposeFile) -> list[Service]:
    """The services that say NODE_ENV: where none shows its code, the program is one of them."""
    return [
        one for one in compose.services if one.dialect is None and dict(one.environment).get("NODE_ENV") is not None
    ]


def _active(call: Call, service: Service, deployment: Deployment) -> bool:
    """Whether the guard around a call lets it run in this service, as far as its environment tells: what compose sets, else
    what its image does."""
    told = _image_environment(service, deployment) | dict(service.environment)
    node = told.get("NODE_ENV")
    if call.environment is None or node is None:
        return True
    return (node == "production") == (call.environment == "production")


def _image_environment(service: Service, deployment: Deployment) -> dict[str, str | None]:
    """What the Dockerfile of a service sets in the stage that it builds."""
    build = service.build
    if build is None or build.dockerfile is None:
        return {}
    for file in deployment.dockerfiles:
        if file.path == build.dockerfile and file.stages:
            target = next((stage for stage in file.stages if stage.name == build.target), file.stages[-1])
            return dict(target.environment)
    return {}


def sync_step(source: Source, call: Call) -> Step:
    condition = f" when {call.condition}" if call.condition else ""
    return Step(source, (Location(call.span, f"calls {call.title}{condition}"),), call)
