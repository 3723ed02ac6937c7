"""Sources → databases → deployment paths: which sources speak of one database, and what a deployment runs on it.

Evidence decides. A path exists because a compose file starts a database server; its steps exist because that file mounts a
script, because a command, an image or code runs a migration tool, or because code that is deployed with it makes an ORM
sync. Without evidence every source is replayed alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field, replace
from functools import cache, partial
from itertools import combinations
from posixpath import dirname

from schemalint.codepaths import code_paths
from schemalint.model.catalog import Catalog, DeploymentPath, Played, Step
from schemalint.model.deployment import Deployment
from schemalint.model.facts import CreateTable
from schemalint.model.frozen import frozen
from schemalint.model.names import TableName
from schemalint.model.schema import ForeignKey
from schemalint.model.source import Source, SourceKind
from schemalint.routes import Route, compatible, family
from schemalint.routes import routes as compose_routes
from schemalint.units import Units


@frozen
class Database:
    """A database, the sources that speak of it, and its paths. `alone` (every source by itself, by id) and `played` (every
    path) are filled once they have been replayed; `deployment` is that of the whole project. `unplaced` are those of the
    tables it needs that other sources of the project make, which may be meant for this database too: nothing tells."""

    id: str
    dialect: str | None
    sources: tuple[Source, ...]
    paths: tuple[DeploymentPath, ...]
    deployment: Deployment = field(default_factory=Deployment)
    unplaced: frozenset[TableName] = frozenset()
    alone: Mapping[str, Played] = field(default_factory=dict)
    played: tuple[Played, ...] = ()

    @property
    def catalogs(self) -> dict[str, Catalog]:
        """Every source's own final catalog, by source id."""
        return {source: played.catalog for source, played in self.alone.items()}


@frozen
class Databases:
    """Every database of the project, for what only shows when they are seen together."""

    all: tuple[Database, ...]


def place(
    sources: Iterable[Source], catalogs: Mapping[str, Catalog], units: Units, deployment: Deployment
) -> tuple[Database, ...]:
    """Groups sources into databases and finds the paths of each. `catalogs` are the sources' own, by source id."""
    judged = sorted((source for source in sources if not source.aside), key=lambda source: (source.partial, source.id))
    by_id = {source.id: source for source in judged}
    spoken = cache(lambda name: _spoken_of(by_id[name], catalogs))
    placed = partial(
        compose_routes, sources=judged, deployment=deployment, units=units, tables=spoken, catalogs=catalogs
    )
    routes = [route for compose in deployment.compose for route in placed(compose)]
    groups = _Groups(judged)
    for route in routes:
        groups.join([by_id[name] for name in (*(step.source.id for step in route.steps), *route.models)])
    routed = {step.source.id for route in routes for step in route.steps}
    pairs = [pair for pair in _near(judged, catalogs, units) if _related(*pair, catalogs, units)]
    pairs = [pair for pair in pairs if not _fits_another(*pair, pairs, catalogs)]
    kin_of: dict[str, list[Source]] = {source.id: [] for source in judged}
    for one, other in pairs:
        kin_of[one.id].append(other)
        kin_of[other.id].append(one)
    torn = {one.id for one in judged if one.id not in routed and _above_several(one, kin_of[one.id], units)}
    for one, other in pairs:
        if one.partial or other.partial:
            continue
        parted = not torn.isdisjoint((one.id, other.id)) and units.of(one.root) != units.of(other.root)
        if one.dialect and other.dialect and not parted:
            groups.join([one, other])
    for one in judged:
        # What could be meant for several databases is taken for none of them.
        kin = kin_of[one.id]
        if one.partial:
            firm = [other for other in kin if not other.partial]
            if groups.joined(firm):
                groups.join([one, *firm])
        elif one.dialect is None:
            kin = [other for other in kin if not other.partial]
            if len({family(other.dialect) for other in kin} - {None}) <= 1:
                groups.join([one, *kin])
    databases: list[Database] = []
    for members in groups.all():
        name = _name(members, units)
        same = sum(known.id.split("#")[0] == name for known in databases)
        databases.append(_database(members, f"{name}#{same + 1}" if same else name, routes, deployment))
    if len(databases) == 1:
        return tuple(databases)
    called = {database.id: _called(database, routes) for database in databases}
    makers: dict[TableName, list[Database]] = {}
    for database in databases:
        for source in database.sources:
            for table in catalogs[source.id].tables if source.kind is not SourceKind.MODELS else ():
                makers.setdefault(table, []).append(database)

    def may_be(one: Database, other: Database) -> bool:
        apart = called[one.id] and called[other.id] and called[one.id].isdisjoint(called[other.id])
        return other is not one and not apart and compatible(one.dialect, other.dialect)

    return tuple(
        replace(
            one,
            unplaced=frozenset(
                table
                for table in frozenset[TableName]().union(*(_needed(source, catalogs) for source in one.sources))
                if any(may_be(one, other) for other in makers.get(table, ()))
            ),
        )
        for one in databases
    )


def _needed(source: Source, catalogs: Mapping[str, Catalog]) -> Set[TableName]:
    """The tables that a source speaks of, and those that its foreign keys point at."""
    keys = (
        key
        for script in source.scripts
        for fact in script.facts
        for key in (*getattr(fact, "foreign_keys", ()), getattr(fact, "constraint", None))
    )
    return _spoken_of(source, catalogs) | {key.ref_table for key in keys if isinstance(key, ForeignKey)}


def _called(database: Database, routes: list[Route]) -> Set[str]:
    """What services call a database, nothing where one of its routes does not tell."""
    ids = {source.id for source in database.sources}
    names = {route.database for route in routes if any(step.source.id in ids for step in route.steps)}
    return {name for name in names if name is not None} if None not in names else frozenset()


class _Groups:
    """Sources that were found to belong together."""

    def __init__(self, sources: list[Source]) -> None:
        self._of = {source.id: source.id for source in sources}
        self._sources = sources
        self._apart = [source for source in sources if source.rivals]

    def _root(self, one: str) -> str:
        while self._of[one] != one:
            one = self._of[one]
        return one

    def join(self, sources: list[Source]) -> None:
        """Makes them one, unless that would bring together what one program keeps apart."""
        roots = sorted({self._root(source.id) for source in sources})
        if len(roots) < 2:
            return
        met = [source for source in self._apart if self._root(source.id) in roots]
        if any(source.rivals & {other.id for other in met} for source in met):
            return
        for root in roots[1:]:
            self._of[root] = roots[0]

    def joined(self, sources: list[Source]) -> bool:
        """Whether all of them belong together already."""
        return len({self._root(source.id) for source in sources}) == 1

    def all(self) -> list[list[Source]]:
        """The groups, each in id order, ordered by their first source."""
        groups: dict[str, list[Source]] = {}
        for source in self._sources:
            groups.setdefault(self._root(source.id), []).append(source)
        return list(groups.values())


def _near(sources: list[Source], catalogs: Mapping[str, Catalog], units: Units) -> Iterator[tuple[Source, Source]]:
    """The pairs that have anything in common that could relate them, in the order of the sources. Of thousands of scripts
    nearly all have nothing."""
    sharing: dict[object, list[int]] = {}
    histories = {source.root for source in sources if source.kind is SourceKind.MIGRATIONS}
    for at, source in enumerate(sources):
        folders = {dirname(path) for path in source.files}
        if source.kind is SourceKind.MIGRATIONS:
            folders.add(source.root)
        marks: set[object] = {*_tables(source, catalogs), *(("folder", folder) for folder in folders & histories)}
        if source.database is not None:
            marks.add(("database", source.database))
        if source.kind is not SourceKind.SCHEMA:
            marks.add(("unit", units.of(source.root)))
        for mark in marks:
            sharing.setdefault(mark, []).append(at)
    found = {pair for some in sharing.values() for pair in combinations(some, 2)}
    yield from ((sources[one], sources[other]) for one, other in sorted(found))


def _related(one: Source, other: Source, catalogs: Mapping[str, Catalog], units: Units) -> bool:
    """Whether two sources speak of one database though no deployment runs them together: configuration says so, or one
    stands in the other's project and they have a table in common."""
    if one.database is not None or other.database is not None:
        return one.database == other.database
    if not compatible(one.dialect, other.dialect):
        return False
    if _beside(one, other) or _beside(other, one):
        return True
    if not units.related(one.root, other.root):
        return False
    if _tables(one, catalogs) & _tables(other, catalogs):
        return True
    # Models and migrations of one project belong together even when a name went wrong in all of their tables.
    kinds = {one.kind, other.kind}
    return units.of(one.root) == units.of(other.root) and kinds == {SourceKind.MODELS, SourceKind.MIGRATIONS}


def _fits_another(
    one: Source, other: Source, pairs: list[tuple[Source, Source]], catalogs: Mapping[str, Catalog]
) -> bool:
    """Whether a source may as well be meant for another database of a program that has several: it does not have all of the
    tables in common with this one that it has with that one, and more."""
    if one.rivals and other.rivals:
        return one.id in other.rivals
    for source, models in ((one, other), (other, one)):
        if not models.rivals:
            continue
        shared = _tables(source, catalogs) & _tables(models, catalogs)
        for pair in pairs:
            rival = next((kin for kin in pair if kin.id in models.rivals), None)
            if (
                source in pair
                and rival is not None
                and not _tables(source, catalogs) & _tables(rival, catalogs) < shared
            ):
                return True
    return False


def _tables(source: Source, catalogs: Mapping[str, Catalog]) -> Set[TableName]:
    return source.named if source.partial else catalogs[source.id].tables.keys()


def _spoken_of(source: Source, catalogs: Mapping[str, Catalog]) -> Set[TableName]:
    """The tables that a source makes, or changes though others make them."""
    tables = (getattr(fact, "table", None) for script in source.scripts for fact in script.facts)
    return catalogs[source.id].tables.keys() | {table for table in tables if table is not None}


def _above_several(script: Source, kin: list[Source], units: Units) -> bool:
    """Whether a script stands above several projects with tables of its names: whose it is, is not known, unless a deployment
    runs it."""
    if script.kind is not SourceKind.SCHEMA:
        return False
    return len({units.of(one.root) for one in kin} - {units.of(script.root)}) > 1


def _beside(migrations: Source, script: Source) -> bool:
    """Whether a script lies in the folder of a history, without being part of it."""
    return migrations.kind is SourceKind.MIGRATIONS and any(dirname(path) == migrations.root for path in script.files)


def _name(members: list[Source], units: Units) -> str:
    """What configuration calls it, else the folder of the project whose reference it is, "default" for the root."""
    reference = min(members, key=lambda source: (-source.authority, source.id))
    return reference.database or units.of(reference.root) or "default"


def _database(members: list[Source], name: str, routes: list[Route], deployment: Deployment) -> Database:
    ids = {source.id for source in members}
    ranked = sorted(members, key=lambda source: (-source.authority, source.id))
    here = [route for route in routes if any(step.source.id in ids for step in route.steps)]
    dialect = next((route.dialect for route in here if route.dialect), None)
    dialect = dialect or next((source.dialect for source in ranked if source.dialect), None)
    paths = [
        DeploymentPath(route.name, name, route.dialect or dialect, route.steps, route.models, server=route.server)
        for route in here
    ]
    travelled = {step.source.id for path in paths for step in path.steps}
    paths += code_paths(members, name, dialect, travelled, deployment)
    travelled = {step.source.id for path in paths for step in path.steps}
    # What code makes besides other SQL, or besides an ORM's sync, does not begin with nothing.
    besides = any(not one.partial and (one.kind is not SourceKind.MODELS or one.calls) for one in members)
    for source in members:
        if source.kind is not SourceKind.MODELS and source.id not in travelled and not (source.partial and besides):
            step = Step(source)
            others = _made_by_others(source, members)
            paths.append(DeploymentPath(source.id, name, source.dialect or dialect, (step,), alone=True, others=others))
    return Database(name, dialect, tuple(members), tuple(paths), deployment)


def _made_by_others(source: Source, members: Sequence[Source]) -> frozenset[TableName]:
    """The tables that the other histories of a database make, for a history of which nobody knows when it runs."""
    if source.kind is not SourceKind.MIGRATIONS:
        return frozenset()
    others = (one for one in members if one.kind is SourceKind.MIGRATIONS and one.id != source.id)
    return frozenset(fact.table for one in others for fact in one.facts if isinstance(fact, CreateTable))


def is_history(source: Source) -> bool:
    """Whether it is made of steps, so that a script that holds the whole schema is a copy of how it ends: a tool's history, or
    numbered scripts that nothing but their names makes one."""
    scripts = source.kind is SourceKind.SCHEMA and not source.partial and len(source.scripts) > 1
    return scripts or source.kind is SourceKind.MIGRATIONS
