"""What a run leaves for the reporters: the report, with every note spelled out and every file a finding points into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatch

from schemalint.boundary import Boundary
from schemalint.config import Config
from schemalint.databases import Database
from schemalint.dialects import server_title
from schemalint.discover import Tree
from schemalint.folders import aside
from schemalint.gitignore import patterns
from schemalint.model.catalog import Played
from schemalint.model.facts import CreateTable, Opaque
from schemalint.model.finding import Finding, Location
from schemalint.model.report import DatabaseSummary, PathSummary, Report, SourceSummary, StepSummary, Unread
from schemalint.model.source import Source
from schemalint.model.span import SourceFile, Span
from schemalint.reading import Read

_MOST_PLACES = 6
"""Places of a path that a note names."""


def summarise(
    tree: Tree,
    config: Config,
    read: Read,
    databases: Iterable[Database],
    alone: Mapping[str, Played],
    findings: Iterable[Finding],
    silenced: Iterable[Finding],
    boundary: Boundary,
) -> Report:
    """The report of a run. `findings` are those that no comment silences, `silenced` the others; what the
    configuration silences is left out here."""
    databases = tuple(databases)
    asked = [finding for finding in findings if not _ignored_by_path(finding, config)]
    not_read = tuple(unread(read.sources))
    spans = [place.span for finding in asked for place in (finding.primary, *finding.related)]
    spans += [place.span for finding in asked for path in finding.evidence for place in path]
    spans += [one.span for one in not_read]
    spans += [place.span for database in databases for path in database.paths for place in path.evidence]
    paths = {span.path for span in spans} | {one.path for one in read.unreadable}
    files = {path: file for path in sorted(paths) if (file := tree.file(path)) is not None}
    heard = [_with_proof(finding, files) for finding in asked]
    include = patterns(config.include)
    away = {path: source.root for source in read.sources if source.aside for path in source.files}
    folders = Counter(folder for path in read.claimed if (folder := aside(path, include) or away.get(path)) is not None)
    return Report(
        findings=tuple(sorted(heard, key=lambda one: (one.primary.span, one.code, one.message))),
        files=files,
        databases=tuple(_database(database, files) for database in databases),
        catalogs=tuple((source, alone[source.id].catalog) for source in read.sources if source.id in alone),
        claimed=read.claimed,
        unread=not_read,
        unreadable=tuple(read.unreadable),
        aside=dict(sorted(folders.items())),
        suppressed=sum(not _ignored_by_path(finding, config) for finding in silenced),
        broken=tuple(boundary.broken),
    )


def unread(sources: Iterable[Source]) -> Iterator[Unread]:
    """Every statement and clause of the judged sources that was not understood, in file order."""
    found: dict[tuple[Span, str], Unread] = {}
    for source in sources:
        for fact in () if source.aside else source.facts:
            if isinstance(fact, Opaque):
                known = found.get((fact.span, fact.why))
                if known is None or fact.touches is None:
                    found[fact.span, fact.why] = Unread(fact.span, fact.why, fact.touches)
            elif isinstance(fact, CreateTable):
                for span in fact.unread:
                    found.setdefault((span, fact.unread_why), Unread(span, fact.unread_why, (fact.table,)))
        for script in () if source.aside else source.scripts:
            for fact in script.down or ():
                if isinstance(fact, Opaque):
                    found.setdefault((fact.span, fact.why), Unread(fact.span, fact.why, (), back=True))
    yield from (found[key] for key in sorted(found))


def _ignored_by_path(finding: Finding, config: Config) -> bool:
    """Whether per-file-ignores silence it at its primary location."""
    return any(
        fnmatch(finding.primary.span.path, glob)
        and any(finding.name == word or finding.code.startswith(word) for word in words)
        for glob, words in config.per_file_ignores.items()
    )


def _proof(place: Location, files: Mapping[str, SourceFile]) -> str:
    file = files.get(place.span.path)
    line = file.position(place.span.start)[0] if file else 0
    return f"{place.span.path}:{line} {place.label}"


def _with_proof(finding: Finding, files: Mapping[str, SourceFile]) -> Finding:
    """The finding with a note for each path that says which places prove it."""
    proofs = tuple(f"path: {', '.join(_proofs(path, files))}" for path in finding.evidence if path)
    return replace(finding, notes=(*proofs, *finding.notes))


def _proofs(path: tuple[Location, ...], files: Mapping[str, SourceFile]) -> Iterator[str]:
    """The places that prove a path, not more than can be read at a glance."""
    told = path if len(path) <= _MOST_PLACES else path[: _MOST_PLACES - 1]
    yield from (_proof(place, files) for place in told)
    if len(path) > len(told):
        yield f"and {len(path) - len(told)} more (--show-settings lists them)"


def _database(database: Database, files: Mapping[str, SourceFile]) -> DatabaseSummary:
    catalogs = database.catalogs
    sources = tuple(
        SourceSummary(
            id=source.id,
            kind=source.kind.value,
            parser=source.parser,
            root=source.root,
            files=len(source.files),
            tables=len(catalogs[source.id].tables) if source.id in catalogs else 0,
            dialect=source.dialect,
            dialect_why=source.dialect_why,
            aside=source.aside,
            server=f"{server_title(source.server)}: {source.server.why}" if source.server is not None else None,
            why=source.why,
        )
        for source in database.sources
    )
    paths = tuple(
        PathSummary(
            path.name,
            tuple(
                StepSummary(step.source.id, tuple(_proof(place, files) for place in step.evidence))
                for step in path.steps
            ),
        )
        for path in database.paths
        if not path.alone
    )
    return DatabaseSummary(database.id, database.dialect, sources, paths)
