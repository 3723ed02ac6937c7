"""What a compose file proves: which scripts, migrations and syncs run on the database server it starts, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from posixpath import dirname

from schemalint.initdb import INITDB
from schemalint.model.catalog import Step
from schemalint.model.deployment import ComposeFile, Deployment, GoBuild, Mount, Service, ToolCall
from schemalint.model.facts import Fact
from schemalint.model.finding import Location
from schemalint.model.source import Call, Script, Source, SourceKind

_FAMILIES = {"mariadb": "mysql"}


def family(dialect: str | None) -> str | None:
    """The family that scripts of a dialect can be run on."""
    return _FAMILIES.get(dialect, dialect) if dialect else None


def compatible(one: str | None, other: str | None) -> bool:
    """Whether two dialects may be meant for one server; an unknown one may be anything."""
    return one is None or other is None or family(one) == family(other)


def within(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies below it; "" is the checked root."""
    return not folder or path == folder or path.startswith(f"{folder}/")


@dataclass(frozen=True, slots=True)
class Route:
    """What one compose file runs on one database server, in order; `models` are the models sources deployed with it."""

    name: str
    dialect: str | None
    steps: tuple[Step, ...]
    models: tuple[str, ...]


def routes(compose: ComposeFile, sources: list[Source], deployment: Deployment) -> Iterator[Route]:
    servers = [service for service in compose.services if service.dialect is not None]
    applications = [service for service in compose.services if service.dialect is None and _folders(service)]
    for server in servers:
        steps = list(_init_steps(server, sources))
        rivals = [other for other in servers if other is not server and compatible(other.dialect, server.dialect)]
        steps += _tool_steps(compose, server, rivals, applications, sources, deployment)
        migrated = any(step.source.kind is SourceKind.MIGRATIONS for step in steps)
        synced = _sync_steps(compose, server, rivals, applications, sources, deployment)
        # What makes the tables and marks the revisions as done stands in for these, and comes never after them.
        steps += (step for step in synced if not (migrated and step.call is not None and step.call.stamps))
        if steps:
            name = f"compose:{compose.path}" + (f"#{server.name}" if len(servers) > 1 else "")
            models = _deployed_models(server, rivals, applications, sources)
            yield Route(name, server.dialect, tuple(steps), models)


def _init_steps(server: Service, sources: list[Source]) -> Iterator[Step]:
    """Scripts that the server's image runs on an empty volume, in the order of their names in the container. A file of a
    migrations history that is mounted like that is run as the script it is."""
    mounts = sorted((mount for mount in server.mounts if _initdb(mount)), key=lambda mount: mount.target)
    scripts = {path: (source, facts) for source in sources for path, facts in _files(source)}
    seen = set()
    for mount in mounts:
        proof = (Location(mount.span, "copies the script" if mount.copied else "mounts the script"),)
        for source in sources:
            if source.kind is SourceKind.SCHEMA and source.id not in seen and _mounted(source, mount, mounts):
                seen.add(source.id)
                yield Step(source, proof)
        if mount.source in scripts:
            yield Step(_one_file(mount.source, *scripts[mount.source]), proof)


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


def _tool_steps(
    compose: ComposeFile,
    server: Service,
    rivals: list[Service],
    applications: list[Service],
    sources: list[Source],
    deployment: Deployment,
) -> Iterator[Step]:
    for source in sources:
        if source.kind is not SourceKind.MIGRATIONS or not compatible(source.dialect, server.dialect) or rivals:
            continue
        evidence = []
        for call in deployment.tool_calls:
            if runs(call, source, sources) and _is_run(call, compose, applications):
                evidence.append(ran(call))
        if evidence:
            yield Step(source, tuple(evidence))


def _is_run(call: ToolCall, compose: ComposeFile, applications: list[Service]) -> bool:
    """Whether what a compose file starts makes this call, or somebody who works with it does by hand."""
    starters = {(starter.where, starter.path) for starter in call.starters}
    if compose.path == call.span.path or ("compose", compose.path) in starters:
        return True
    if call.where in ("image", "code") or any(where == "image" for where, _ in starters):
        return not applications or any(within(call.span.path, f) for a in applications for f in _folders(a))
    return call.where in ("make", "script")


def runs(call: ToolCall, source: Source, sources: Iterable[Source]) -> bool:
    """Whether a command runs this history: it names its folder, or names none and the tool has only this one."""
    if call.tool != source.parser:
        return False
    if call.folder is not None:
        return call.folder.rstrip("/") == source.root or within(source.root, call.folder.rstrip("/"))
    return sum(other.parser == source.parser for other in sources) == 1


def ran(call: ToolCall) -> Location:
    return Location(call.span, f"runs `{call.text}`")


def _sync_steps(
    compose: ComposeFile,
    server: Service,
    rivals: list[Service],
    applications: list[Service],
    sources: list[Source],
    deployment: Deployment,
) -> Iterator[Step]:
    services: list[Service | None] = [*applications] or [None]
    for service in services:
        for source in sources:
            if source.kind is not SourceKind.MODELS or not compatible(source.dialect, server.dialect):
                continue
            if service is not None and not _talks(service, server, rivals):
                continue
            for call in source.calls:
                if _elsewhere(call, service, deployment):
                    continue
                if service is None:
                    runs_here = any(_active(call, one, deployment) for one in _telling(compose) or [server])
                else:
                    runs_here = _deployed(call, service) and _active(call, service, deployment)
                if runs_here:
                    yield sync_step(source, call)


def _deployed_models(
    server: Service, rivals: list[Service], applications: list[Service], sources: list[Source]
) -> tuple[str, ...]:
    """The models of the applications that use this server; all of them when the file starts no application."""
    talking = [service for service in applications if _talks(service, server, rivals)]
    folders = [folder for service in talking for folder in _folders(service)]
    return tuple(
        source.id
        for source in sources
        if source.kind is SourceKind.MODELS
        and compatible(source.dialect, server.dialect)
        and (not applications or any(within(path, folder) for path in source.files for folder in folders))
    )


def _talks(service: Service, server: Service, rivals: list[Service]) -> bool:
    """Whether an application uses this server: the only one of its kind, or the one its environment names."""
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
    context = service.build.context if service is not None and service.build is not None else None
    files = [file for file in deployment.dockerfiles if context is not None and file.context == context]
    built = [build for file in files for stage in file.stages for build in stage.builds]
    if built and all(build.folder is not None for build in built):
        return not any(_builds(build, folder, call.span.path) for build in built)
    return any(main != folder and within(folder, main) for main in deployment.go_mains)


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
