"""What of a database is compared with what: a star, every other source against the reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import lru_cache, partial

from schemalint.databases import Database
from schemalint.histories.whole import begun_elsewhere
from schemalint.model.catalog import Catalog, DeploymentPath
from schemalint.model.facts import AddColumn
from schemalint.model.frozen import frozen
from schemalint.model.names import Name, TableName
from schemalint.model.pair import Comparison, SpokenOf
from schemalint.model.source import Call, Source, SourceKind
from schemalint.units import within


def comparisons(database: Database) -> Iterator[Comparison]:
    """Every other source against the reference. Models are compared on every path they are deployed on, with
    the database as it stands before their own sync, or at the path's end when they do not sync; where no path has both
    them and SQL, with the reference source. Other SQL is compared with the reference source."""
    catalogs = database.catalogs
    compared = lru_cache(partial(_compared, database, catalogs))  # nothing is, where one source stands alone
    sql = _ranked(database, catalogs)
    for source in sql[1:]:
        if source.partial and sql[0].partial:
            continue  # programs beside each other: whether they share a database is not known
        yield compared().with_reference(catalogs[sql[0].id], (sql[0],), source)
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
                calls += tuple(call for call in source.calls if call.by_hand)
                yield compared().with_reference(before, built, source, played.path, calls)
        if not met and sql:
            nearest = next((one for one in sql if not _of_another(one, source, database)), sql[0])
            yield compared().with_reference(_final(database, nearest), (nearest,), source, None, source.calls)


def _of_another(script: Source, models: Source, database: Database) -> bool:
    """Whether SQL lies in the folder of other models, inside that of these."""
    folders = (one.root for one in database.sources if one.kind is SourceKind.MODELS and one.root != models.root)
    return any(within(script.root, folder) and within(folder, models.root) for folder in folders)


def _ranked(database: Database, catalogs: Mapping[str, Catalog]) -> list[Source]:
    """The SQL sources, the reference first: what says which tables there are, then what was read whole, by authority,
    then what a path runs, then what code embeds, then the one nearest to the root."""
    travelled = {step.source.id for path in database.paths if not path.alone for step in path.steps}
    embedded = {one.path for one in database.deployment.embedded}

    def rank(source: Source) -> tuple[object, ...]:
        unknown = bool(catalogs[source.id].opaque)
        used = source.id not in travelled, not embedded.intersection(source.files)
        return source.partial, unknown, -source.authority, *used, source.root.count("/"), source.id

    return sorted((source for source in database.sources if source.kind is not SourceKind.MODELS), key=rank)


def _final(database: Database, reference: Source) -> Catalog:
    """What the reference ends with on a path that runs it, else by itself."""
    for played in database.played:
        for step in reversed(played.steps):
            if step.step.source.id == reference.id and step.step.call is None:
                return step.after
    return database.catalogs[reference.id]


@frozen
class _Compared:
    """What the comparisons of a database share. `programs` and `scripts`: who speaks of a table, by its name; `begun`: histories
    that were begun on a database which something else had filled; `added`: who adds a column to a table."""

    database: Database
    catalogs: Mapping[str, Catalog]
    programs: Mapping[TableName, Set[str]]
    scripts: Mapping[TableName, Set[str]]
    begun: Set[str]
    added: Mapping[tuple[TableName, Name], Set[str]]

    def with_reference(
        self,
        reference: Catalog,
        built: tuple[Source, ...],
        other: Source,
        path: DeploymentPath | None = None,
        calls: tuple[Call, ...] = (),
    ) -> Comparison:
        database = self.database
        of_reference = frozenset(one.id for one in built)
        models = (one for one in database.sources if one.kind is SourceKind.MODELS and one.id != other.id)
        return Comparison(
            database=database.id,
            dialect=database.dialect,
            reference=reference,
            reference_sources=built,
            other=self.catalogs[other.id],
            other_source=other,
            path=path,
            calls=calls,
            peers=tuple(self.catalogs[model.id] for model in models),
            besides=SpokenOf(self.programs, of_reference),
            proved=(path is not None or _is_met(database, built[0], other)) and not _unread_tools(database),
            elsewhere=SpokenOf(self.scripts, of_reference | {other.id}),
            unplaced=database.unplaced,
            begun=any(one.id in self.begun for one in built),
            added=SpokenOf(self.added, of_reference | {other.id}),
        )


def _compared(database: Database, catalogs: Mapping[str, Catalog]) -> _Compared:
    programs: dict[TableName, set[str]] = {}
    scripts: dict[TableName, set[str]] = {}
    added: dict[tuple[TableName, Name], set[str]] = {}
    for one in database.sources:
        for name in one.named if one.partial else ():
            programs.setdefault(name, set()).add(one.id)
        for name in catalogs[one.id].tables if one.kind is not SourceKind.MODELS else ():
            scripts.setdefault(name, set()).add(one.id)
        for fact in one.facts if one.kind is not SourceKind.MODELS else ():
            if isinstance(fact, AddColumn):
                added.setdefault((fact.table, fact.column.name), set()).add(one.id)
    begun = {one.id for one in database.sources if begun_elsewhere(one)}
    return _Compared(database, catalogs, programs, scripts, begun, added)


def _is_met(database: Database, reference: Source, other: Source) -> bool:
    """Whether models certainly meet the reference's tables though no path is known to have both: it is the project's history,
    unless a path runs the models' own sync, which makes the tables, and none runs the history."""
    if reference.kind is not SourceKind.MIGRATIONS:
        return False
    steps = [step for path in database.paths if not path.alone for step in path.steps]
    calls = [step.call for step in steps if step.source.id == other.id and step.call is not None]
    synced = any(call.tables is None and call.condition is None for call in calls)
    return not synced or any(step.source.id == reference.id for step in steps)


def _unread_tools(database: Database) -> bool:
    """Whether something runs a migration tool of which no history was read: it may change any table."""
    read = {source.parser for source in database.sources}
    return any(call.tool not in read and call.tool != "own code" for call in database.deployment.tool_calls)
