"""The pipeline on one screen, and the public API: a tree of files and a configuration in, a report out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import replace
from functools import cache as cached
from functools import partial
from itertools import chain
from typing import Any

from schemalint import deployment as deployments
from schemalint.boundary import Boundary
from schemalint.cache import Cache
from schemalint.collector import seldom
from schemalint.compare import compare
from schemalint.comparisons import comparisons
from schemalint.config import Config
from schemalint.databases import Database, Databases, place
from schemalint.discover import Tree
from schemalint.folders import aside
from schemalint.gitignore import patterns
from schemalint.ignores import Ignores
from schemalint.model.catalog import DeploymentPath, Played, Problem, Refusal, Step
from schemalint.model.deployment import Deployment
from schemalint.model.finding import Finding, Severity
from schemalint.model.names import TableName
from schemalint.model.pair import TablePair
from schemalint.model.report import Report, Unread, Unreadable, UnusedIgnore
from schemalint.model.source import Source, SourceKind
from schemalint.project import Project
from schemalint.reading import Read, read
from schemalint.replay import play
from schemalint.rules import Rule, rules
from schemalint.summary import summarise, unread


@seldom()
def lint(tree: Tree, config: Config, only: Iterable[str] | None = None, cache: Cache | None = None) -> Report:
    """Checks a project. `only` limits the rules to those codes, whatever the configuration selects; `cache` keeps what was read
    for the next run. Never raises on what the project contains."""
    boundary = Boundary()
    deployment = boundary.attempt("deployment", partial(deployments.read, tree)) or Deployment()
    project = Project(tree, config, deployment)
    found = read(tree, config, project, boundary, cache)
    alone = _alone(found.sources, boundary)
    sources = [source for source in found.sources if source.id in alone]
    catalogs = {name: played.catalog for name, played in alone.items()}
    databases = [_play(database, alone, boundary) for database in place(sources, catalogs, project.units, deployment)]
    chosen = [rule for rule in rules() if (rule.code in only if only is not None else selected(rule, config))]
    last = [rule for rule in chosen if rule.on is UnusedIgnore]
    # A comment is unused only when every rule has spoken that may have, not just the chosen ones.
    run = [rule for rule in rules() if rule not in last and (rule in chosen or (last and selected(rule, config)))]
    pairs = cached(partial(_pairs, databases))
    raw = [
        one
        for rule in run
        for one in _judge(rule, _subjects(rule, databases, pairs, found, deployment), config, boundary)
    ]
    ignores = Ignores(tree)
    heard, silenced = _parted(merged(raw), ignores, {rule.code for rule in chosen})
    if last and not boundary.broken:
        spoken = _spoken(found, (*heard, *silenced), deployment, config)
        unused = list(_unused(run, ignores, spoken, found.sources))
        said = (one for rule in last for one in _judge(rule, ((None, word) for word in unused), config, boundary))
        heard += [one for one in said if not ignores.silenced(one)]
    return summarise(tree, config, found, databases, alone, heard, silenced, boundary)


def _parted(findings: Iterable[Finding], ignores: Ignores, codes: Set[str]) -> tuple[list[Finding], list[Finding]]:
    """The findings of these rules that no comment silences, and those that one does. Comments are asked for all findings:
    what silences one of another rule is used."""
    heard: list[Finding] = []
    silenced: list[Finding] = []
    for finding in findings:
        kept = silenced if ignores.silenced(finding) else heard
        if finding.code in codes:
            kept.append(finding)
    return heard, silenced


def _unused(
    run: Iterable[Rule], ignores: Ignores, paths: Iterable[str], sources: Iterable[Source]
) -> Iterator[UnusedIgnore]:
    """The words of comments in these files that silenced nothing of the rules that were run, or that name no rule."""
    known = [word for rule in rules() for word in (rule.code, rule.name)]
    judged = frozenset(word for rule in run for word in (rule.code, rule.name))
    owners: dict[str, tuple[str, ...]] = {}
    for source in sources:
        owners |= {path: (*owners.get(path, ()), source.parser) for path in source.files}
    for one in ignores.unused(paths, known, judged):
        yield replace(one, parsers=owners.get(one.span.path, ()))


def _spoken(found: Read, findings: Iterable[Finding], deployment: Deployment, config: Config) -> Iterator[str]:
    """The files in which a comment may silence something: what was read and is judged, and what a finding points at."""
    include = patterns(config.include)
    yield from (path for path in found.claimed if aside(path, include) is None)
    yield from (place.span.path for finding in findings for place in (finding.primary, *finding.related))
    written = chain((one.path for one in deployment.compose), (one.path for one in deployment.dockerfiles))
    yield from (path for path in written if aside(path, include) is None)


def _alone(sources: Iterable[Source], boundary: Boundary) -> dict[str, Played]:
    """Every source replayed by itself, whatever the rest of the project says."""
    played = {}
    for source in sources:
        path = DeploymentPath(source.id, "", source.dialect, (Step(source),), alone=True)
        one = boundary.attempt(f"replay of {source.id}", partial(play, path, {}))
        if one is not None:
            played[source.id] = one
    return played


def _play(database: Database, alone: dict[str, Played], boundary: Boundary) -> Database:
    """The database with every path of it played."""
    catalogs = {source.id: alone[source.id].catalog for source in database.sources}
    played = []
    for path in database.paths:
        if path.alone and not path.others:
            played.append(replace(alone[path.steps[0].source.id], path=path))
        elif (one := boundary.attempt(f"replay of {path.name}", partial(play, path, catalogs))) is not None:
            played.append(one)
    own = {source.id: alone[source.id] for source in database.sources}
    return replace(database, alone=own, played=tuple(played))


def _judge(
    rule: Rule, subjects: Iterable[tuple[str | None, Any]], config: Config, boundary: Boundary
) -> Iterator[Finding]:
    """What one rule finds on these subjects, each with the id of its database, with the severity that configuration wants."""
    word = config.severity.get(rule.code) or config.severity.get(rule.name)
    for database, subject in subjects:
        for finding in boundary.attempt(f"rule {rule.code}", partial(_check, rule, subject)) or ():
            severity = Severity(word) if word else finding.severity
            yield replace(finding, database=finding.database or database, severity=severity)


def _check(rule: Rule, subject: Any) -> list[Finding]:
    return list(rule.check(rule, subject))


def _subjects(
    rule: Rule,
    databases: list[Database],
    pairs: Callable[[], list[tuple[str, TablePair]]],
    found: Read,
    deployment: Deployment,
) -> Iterator[tuple[str | None, Any]]:
    """Every subject of the type a rule asks for, with the id of its database."""
    if rule.on is Deployment:
        yield None, deployment
    elif rule.on is Databases:
        yield None, Databases(tuple(databases))
    elif rule.on is Unreadable:
        yield from ((None, one) for one in found.unreadable)
    elif rule.on is Unread:
        yield from ((None, one) for one in unread(found.sources))
    elif rule.on is TablePair:
        yield from pairs()
    for database in databases:
        subjects: Iterable[Any] = ()
        if rule.on is Database:
            subjects = (database,)
        elif rule.on is Source:
            subjects = database.sources
        elif rule.on is Played:
            subjects = _plays(database)
        elif rule.on is Problem:
            subjects = (problem for played in _plays(database) for problem in played.problems)
        yield from ((database.id, subject) for subject in subjects)


def _pairs(databases: list[Database]) -> list[tuple[str, TablePair]]:
    """Every pair of tables, with the id of its database."""
    return [
        (database.id, pair)
        for database in databases
        for comparison in comparisons(database)
        for pair in compare(comparison)
    ]


def _plays(database: Database) -> Iterator[Played]:
    """Every path, and each history that other steps precede on its paths by itself: it is run on other databases too.
    There, what those steps create is not missed, and nowhere what may stand beside."""
    for played in database.played:
        yield _without(database.unplaced, played) if database.unplaced else played
    for source in database.sources:
        if source.kind is not SourceKind.MIGRATIONS:
            continue
        steps = [step for played in database.played for step in played.steps if step.step.source.id == source.id]
        if steps and all(step.before.tables for step in steps):
            alone = database.alone[source.id]
            made = {table for step in steps for table in step.before.tables}
            yield _without(database.unplaced | made, alone)


_ABSENCE = (Refusal.TABLE_MISSING, Refusal.INDEX_TABLE_MISSING, Refusal.KEY_TABLE_MISSING, Refusal.OBJECT_MISSING)


def _without(tables: Set[TableName], played: Played) -> Played:
    """The same without the problems that these tables are missing."""
    kept = tuple(one for one in played.problems if one.refusal not in _ABSENCE or one.table not in tables)
    return replace(played, problems=kept)


def selected(rule: Rule, config: Config) -> bool:
    """Whether configuration has a rule on: by code, prefix or name; `ignore` wins over `select`. One that has to be asked for
    is on where it is selected, or given a severity."""

    def named(words: Iterable[str]) -> bool:
        return any(rule.name == word or rule.code.startswith(word) or word == "ALL" for word in words)

    told = {config.severity.get(rule.code), config.severity.get(rule.name)} - {None}
    usual = config.select is None and not rule.asked
    on = usual or named(config.select or ()) or named(config.extend_select) or (rule.asked and bool(told))
    return on and not named(config.ignore) and "off" not in told


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """The same finding met on several paths, or in several databases, is one finding that names them all."""
    kept: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = (finding.code, finding.primary.span, finding.table, finding.column, finding.object)
        known = kept.get(key)
        if known is None:
            kept[key] = finding
            continue
        if known.severity is not finding.severity:
            # On one path it fails, on the other it does not: the path where it fails is the one to tell.
            kept[key] = max(known, finding, key=lambda one: one.severity.rank)
            continue
        kept[key] = replace(
            known,
            paths=tuple(dict.fromkeys((*known.paths, *finding.paths))),
            related=tuple(dict.fromkeys((*known.related, *finding.related))),
            evidence=tuple(dict.fromkeys((*known.evidence, *finding.evidence))),
        )
    return list(kept.values())
