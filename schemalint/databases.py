"""Sources → databases → deployment paths: which sources speak of one database, and what a deployment runs on it.

Evidence decides. A path exists because a compose file starts a database server; its steps exist because that file mounts a
script, because a command, an image or code runs a migration tool, or because code that is deployed with it makes an ORM
sync. Without evidence every source is replayed alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from posixpath import dirname

from schemalint.model.catalog import Catalog, DeploymentPath, Played, Step
from schemalint.model.deployment import ComposeFile, Deployment, Mount, Service, ToolCall
from schemalint.model.facts import Fact
from schemalint.model.finding import Location
from schemalint.model.pair import Comparison
from schemalint.model.source import Call, Script, Source, SourceKind

INITDB = "/docker-entrypoint-initdb.d"
_FAMILIES = {"mariadb": "mysql"}


@dataclass(frozen=True, slots=True)
class Database:
    """A database, the sources that speak of it, and its paths. `alone` (every source by itself, by id) and `played` (every
    path) are filled once they have been replayed; `deployment` is that of the whole project."""

    id: str
    dialect: str | None
    sources: tuple[Source, ...]
    paths: tuple[DeploymentPath, ...]
    deployment: Deployment = field(default_factory=Deployment)
    alone: Mapping[str, Played] = field(default_factory=dict)
    played: tuple[Played, ...] = ()

    @property
    def catalogs(self) -> dict[str, Catalog]:
        """Every source's own final catalog, by source id."""
        return {source: played.catalog for source, played in self.alone.items()}


@dataclass(frozen=True, slots=True)
class Databases:
    """Every database of the project, for what only shows when they are seen together."""

    all: tuple[Database, ...]


def family(dialect: str | None) -> str | None:
    """The family that scripts of a dialect can be run on."""
    return _FAMILIES.get(dialect, dialect) if dialect else None


def compatible(one: str | None, other: str | None) -> bool:
    """Whether two dialects may be meant for one server; an unknown one may be anything."""
    return one is None or other is None or family(one) == family(other)


def place(
    sources: Iterable[Source], catalogs: Mapping[str, Catalog], units: Mapping[str, str], deployment: Deployment
) -> tuple[Database, ...]:
    """Groups sources into databases and finds the paths of each. `catalogs` are the sources' own, `units` the folder of
    the nearest manifest at or above each source's root, both by source id."""
    judged = sorted((source for source in sources if not source.aside), key=lambda source: source.id)
    routes = [route for compose in deployment.compose for route in _compose_routes(compose, judged, deployment)]
    groups = _Groups(judged)
    by_id = {source.id: source for source in judged}
    for route in routes:
        groups.join([by_id[name] for name in (*(step.source.id for step in route.steps), *route.models)])
    for one, other in combinations(judged, 2):
        if one.dialect and other.dialect and _related(one, other, catalogs, units):
            groups.join([one, other])
    for one in judged:
        if one.dialect is None:
            # What could be meant for several databases is taken for none of them.
            kin = [other for other in judged if other is not one and _related(one, other, catalogs, units)]
            if len({family(other.dialect) for other in kin} - {None}) <= 1:
                groups.join([one, *kin])
    databases: list[Database] = []
    for members in groups.all():
        name = _name(members, units)
        same = sum(known.id.split("#")[0] == name for known in databases)
        databases.append(_database(members, f"{name}#{same + 1}" if same else name, routes, deployment))
    return tuple(databases)


@dataclass(frozen=True, slots=True)
class _Route:
    name: str
    dialect: str | None
    steps: tuple[Step, ...]
    models: tuple[str, ...]


class _Groups:
    """Sources that were found to belong together."""

    def __init__(self, sources: list[Source]) -> None:
        self._of = {source.id: source.id for source in sources}
        self._sources = sources

    def _root(self, one: str) -> str:
        while self._of[one] != one:
            one = self._of[one]
        return one

    def join(self, sources: list[Source]) -> None:
        roots = sorted({self._root(source.id) for source in sources})
        for root in roots[1:]:
            self._of[root] = roots[0]

    def all(self) -> list[list[Source]]:
        """The groups, each in id order, ordered by their first source."""
        groups: dict[str, list[Source]] = {}
        for source in self._sources:
            groups.setdefault(self._root(source.id), []).append(source)
        return list(groups.values())


def _related(one: Source, other: Source, catalogs: Mapping[str, Catalog], units: Mapping[str, str]) -> bool:
    """Whether two sources speak of one database though no deployment runs them together: configuration says so, or one
    stands in the other's project and they have a table in common."""
    if one.database is not None or other.database is not None:
        return one.database == other.database
    if not compatible(one.dialect, other.dialect):
        return False
    if _beside(one, other) or _beside(other, one):
        return True
    mine, theirs = units[one.id], units[other.id]
    if not (within(mine, theirs) or within(theirs, mine)):
        return False
    shared = catalogs[one.id].tables.keys() & catalogs[other.id].tables.keys()
    if shared:
        return True
    # Models and migrations of one project belong together even when a name went wrong in all of their tables.
    kinds = {one.kind, other.kind}
    return mine == theirs and kinds == {SourceKind.MODELS, SourceKind.MIGRATIONS}


def _beside(migrations: Source, script: Source) -> bool:
    """Whether a script lies in the folder of a history, without being part of it."""
    return migrations.kind is SourceKind.MIGRATIONS and any(dirname(path) == migrations.root for path in script.files)


def within(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies below it; "" is the checked root."""
    return not folder or path == folder or path.startswith(f"{folder}/")


def _name(members: list[Source], units: Mapping[str, str]) -> str:
    """What configuration calls it, else the folder of the project whose reference it is, "default" for the root."""
    reference = min(members, key=lambda source: (-source.authority, source.id))
    return reference.database or units[reference.id] or "default"


def _database(members: list[Source], name: str, routes: list[_Route], deployment: Deployment) -> Database:
    ids = {source.id for source in members}
    ranked = sorted(members, key=lambda source: (-source.authority, source.id))
    here = [route for route in routes if any(step.source.id in ids for step in route.steps)]
    dialect = next((route.dialect for route in here if route.dialect), None)
    dialect = dialect or next((source.dialect for source in ranked if source.dialect), None)
    paths = [DeploymentPath(route.name, name, route.dialect or dialect, route.steps, route.models) for route in here]
    travelled = {step.source.id for path in paths for step in path.steps}
    paths += _code_paths(members, name, dialect, travelled, deployment)
    travelled = {step.source.id for path in paths for step in path.steps}
    for source in members:
        if source.kind is not SourceKind.MODELS and source.id not in travelled:
            step = Step(source)
            paths.append(DeploymentPath(source.id, name, source.dialect or dialect, (step,), alone=True))
    return Database(name, dialect, tuple(members), tuple(paths), deployment)


def _code_paths(
    members: list[Source], database: str, dialect: str | None, travelled: set[str], deployment: Deployment
) -> Iterator[DeploymentPath]:
    """Paths that code alone proves: a program that migrates and then syncs, or only syncs, on a database of its own."""
    for source in members:
        if source.kind is not SourceKind.MODELS or source.id in travelled or not source.calls:
            continue
        steps = []
        for migrations in members:
            if migrations.kind is SourceKind.MIGRATIONS:
                calls = [
                    c for c in deployment.tool_calls if c.where in ("code", "image") and _runs(c, migrations, members)
                ]
                if calls:
                    steps.append(Step(migrations, tuple(_ran(call) for call in calls[:1])))
        steps += [_sync_step(source, call) for call in source.calls]
        yield DeploymentPath(
            f"code:{source.root or '.'}", database, source.dialect or dialect, tuple(steps), (source.id,)
        )


def _compose_routes(compose: ComposeFile, sources: list[Source], deployment: Deployment) -> Iterator[_Route]:
    servers = [service for service in compose.services if service.dialect is not None]
    applications = [service for service in compose.services if service.dialect is None and _folders(service)]
    for server in servers:
        steps = list(_init_steps(server, sources))
        rivals = [other for other in servers if other is not server and compatible(other.dialect, server.dialect)]
        steps += _tool_steps(compose, server, rivals, applications, sources, deployment)
        steps += _sync_steps(server, rivals, applications, sources)
        if steps:
            name = f"compose:{compose.path}" + (f"#{server.name}" if len(servers) > 1 else "")
            models = _deployed_models(server, rivals, applications, sources)
            yield _Route(name, server.dialect, tuple(steps), models)


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
            if not _runs(call, source, sources):
                continue
            if call.where == "compose":
                proves = call.span.path == compose.path
            elif call.where in ("image", "code"):
                proves = not applications or any(within(call.span.path, f) for a in applications for f in _folders(a))
            else:
                proves = call.where in ("make", "script")
            if proves:
                evidence.append(_ran(call))
        if evidence:
            yield Step(source, tuple(evidence))


def _runs(call: ToolCall, source: Source, sources: Iterable[Source]) -> bool:
    """Whether a command runs this history: it names its folder, or names none and the tool has only this one."""
    if call.tool != source.parser:
        return False
    if call.folder is not None:
        return call.folder.rstrip("/") == source.root or within(source.root, call.folder.rstrip("/"))
    return sum(other.parser == source.parser for other in sources) == 1


def _ran(call: ToolCall) -> Location:
    return Location(call.span, f"runs `{call.text}`")


def _sync_steps(
    server: Service, rivals: list[Service], applications: list[Service], sources: list[Source]
) -> Iterator[Step]:
    services: list[Service | None] = [*applications] or [None]
    for service in services:
        for source in sources:
            if source.kind is not SourceKind.MODELS or not compatible(source.dialect, server.dialect):
                continue
            if service is not None and not _talks(service, server, rivals):
                continue
            for call in source.calls:
                if service is None or (_deployed(call, service) and _active(call, service)):
                    yield _sync_step(source, call)


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


def _folders(service: Service) -> list[str]:
    """The folders whose code a service runs: its build context, and what is mounted over it."""
    folders = [mount.source for mount in service.mounts if mount.source is not None and "." not in mount.source]
    if service.build is not None and service.build.context is not None:
        folders.append(service.build.context)
    return folders


def _active(call: Call, service: Service) -> bool:
    """Whether the guard around a call lets it run in this service, as far as the service's environment tells."""
    node = service.environment.get("NODE_ENV")
    if call.environment is None or node is None:
        return True
    return (node == "production") == (call.environment == "production")


def _sync_step(source: Source, call: Call) -> Step:
    condition = f" when {call.condition}" if call.condition else ""
    return Step(source, (Location(call.span, f"calls {call.title}{condition}"),), call)


def comparisons(database: Database) -> Iterator[Comparison]:
    """The star: every other source against the reference. Models are compared on every path they are deployed on, with
    the database as it stands before their own sync, or at the path's end when they do not sync; where no path has both
    them and SQL, with the reference source. Other SQL is compared with the reference source."""
    sql = _ranked(database)
    for source in sql[1:]:
        yield _comparison(database, database.catalogs[sql[0].id], (sql[0],), source)
    for source in database.sources:
        if source.kind is not SourceKind.MODELS:
            continue
        met = False
        for played in database.played:
            built = tuple(step.step.source for step in played.steps if step.step.call is None)
            if built and source.id in played.path.models:
                met = True
                mine = [step for step in played.steps if step.step.source.id == source.id]
                before = mine[0].before if mine else played.catalog
                calls = tuple(step.step.call for step in mine if step.step.call is not None)
                yield _comparison(database, before, built, source, played.path, calls)
        if not met and sql:
            yield _comparison(database, _final(database, sql[0]), (sql[0],), source, None, source.calls)


def _ranked(database: Database) -> list[Source]:
    """The SQL sources, the reference first: what was read whole, by authority, then what a path runs, then what code
    embeds, then the one nearest to the root."""
    travelled = {step.source.id for path in database.paths if not path.alone for step in path.steps}
    embedded = {one.path for one in database.deployment.embedded}

    def rank(source: Source) -> tuple[object, ...]:
        unknown = bool(database.catalogs[source.id].opaque)
        used = source.id not in travelled, not embedded.intersection(source.files)
        return unknown, -source.authority, *used, source.root.count("/"), source.id

    return sorted((source for source in database.sources if source.kind is not SourceKind.MODELS), key=rank)


def _final(database: Database, reference: Source) -> Catalog:
    """What the reference ends with on a path that runs it, else by itself."""
    for played in database.played:
        for step in reversed(played.steps):
            if step.step.source.id == reference.id and step.step.call is None:
                return step.after
    return database.catalogs[reference.id]


def _comparison(
    database: Database,
    reference: Catalog,
    built: tuple[Source, ...],
    other: Source,
    path: DeploymentPath | None = None,
    calls: tuple[Call, ...] = (),
) -> Comparison:
    models = (one for one in database.sources if one.kind is SourceKind.MODELS and one.id != other.id)
    return Comparison(
        database=database.id,
        dialect=database.dialect,
        reference=reference,
        reference_sources=built,
        other=database.catalogs[other.id],
        other_source=other,
        path=path,
        calls=calls,
        peers=tuple(database.catalogs[model.id] for model in models),
        proved=(path is not None or built[0].kind is SourceKind.MIGRATIONS) and not _unread_tools(database),
    )


def _unread_tools(database: Database) -> bool:
    """Whether something runs a migration tool of which no history was read: it may change any table."""
    read = {source.parser for source in database.sources}
    return any(call.tool not in read and call.tool != "own code" for call in database.deployment.tool_calls)
