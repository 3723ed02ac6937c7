"""The pipeline on one screen, and the public API: a tree of files and a configuration in, a report out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from typing import Any

from schemalint import deployment as deployments
from schemalint.compare import compare
from schemalint.config import Config
from schemalint.databases import Database, place
from schemalint.discover import Tree
from schemalint.ignores import silenced
from schemalint.model.catalog import Catalog, DeploymentPath, Evidence, Played, Problem, Step
from schemalint.model.deployment import Deployment
from schemalint.model.facts import AddColumn, CreateTable, Fact, Opaque
from schemalint.model.finding import Finding, Severity
from schemalint.model.pair import Comparison, TablePair
from schemalint.model.report import (
    DatabaseSummary,
    PathSummary,
    Report,
    SourceSummary,
    StepSummary,
    Unread,
    Unreadable,
)
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, parsers
from schemalint.project import Project
from schemalint.replay import play
from schemalint.rules import Rule, rules


def lint(tree: Tree, config: Config, only: Iterable[str] | None = None) -> Report:
    """Checks a project. `only` limits the rules to those codes whatever the configuration selects; None runs what it
    selects. Never raises on what the project contains."""
    run = _Run(tree, config)
    deployment = run.guarded("deployment", lambda: deployments.read(tree)) or Deployment()
    project = Project(tree, config, deployment)
    sources = run.read(project)
    catalogs = {source.id: run.replay_alone(source) for source in sources}
    units = {source.id: project.unit(source.root) for source in sources}
    databases = [run.play(database, catalogs) for database in place(sources, catalogs, units, deployment)]
    chosen = [rule for rule in rules() if (rule.code in only if only is not None else selected(rule, config))]
    findings = [finding for rule in chosen for finding in run.judge(rule, databases, sources, deployment)]
    return run.report(databases, sources, catalogs, merged(findings))


def selected(rule: Rule, config: Config) -> bool:
    """Whether configuration has a rule on: by code, prefix or name; `ignore` wins over `select`."""

    def names(words: Iterable[str]) -> bool:
        return any(rule.name == word or rule.code.startswith(word) or word == "ALL" for word in words)

    on = config.select is None or names(config.select) or names(config.extend_select)
    off = names(config.ignore) or "off" in (config.severity.get(rule.code), config.severity.get(rule.name))
    return on and not off


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """The same finding met on several paths, or in several databases, is one finding that names them all."""
    kept: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = (finding.code, finding.primary.span, finding.table, finding.column, finding.object)
        known = kept.get(key)
        if known is None:
            kept[key] = finding
        else:
            worse = max(known, finding, key=lambda one: one.severity.rank)
            paths = dict.fromkeys((*known.paths, *finding.paths))
            notes = dict.fromkeys((*known.notes, *(n for n in finding.notes if n.startswith("path: "))))
            related = dict.fromkeys((*known.related, *finding.related))
            kept[key] = replace(worse, paths=tuple(paths), notes=tuple(notes), related=tuple(related))
    return list(kept.values())


@dataclass(slots=True)
class _Run:
    """What one run gathers besides findings."""

    tree: Tree
    config: Config
    claimed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def guarded(self, what: str, work: Callable[[], Any]) -> Any:
        """Does the work; a mistake of ours is noted with its place and the run goes on."""
        try:
            return work()
        except Exception as mistake:  # the boundary: whatever a parser or rule got wrong must not lose the rest
            at = mistake.__traceback__
            while at is not None and at.tb_next is not None:
                at = at.tb_next
            where = f" at {at.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{at.tb_lineno}" if at else ""
            self.broken.append(f"{what}: {type(mistake).__name__}: {mistake}{where}")
            return None

    def read(self, project: Project) -> list[Source]:
        """Every source of the project, by id."""
        extracts: dict[str, dict[str, Extract]] = {}
        for path in self.tree.paths:
            content = self.tree.read(path)
            if content is None:
                continue
            for parser in parsers():
                if not parser.claims(path, content):
                    continue
                file = self.tree.file(path)
                if file is None:
                    self.unreadable.append(Unreadable(path, "it is neither UTF-8 nor UTF-16 text"))
                    break
                dialect = project.dialect_of(path).name if parser.needs_dialect else None
                extract = self.guarded(f"{parser.name} {path}", lambda p=parser, f=file, d=dialect: p.extract(f, d))
                self.claimed[path] = (*self.claimed.get(path, ()), parser.name)
                if extract is not None:
                    if (error := extract.get("error")) is not None:
                        span = Span(path, error["start"], error["end"])
                        self.unreadable.append(Unreadable(path, error["why"], span))
                    extracts.setdefault(parser.name, {})[path] = extract
        sources: list[Source] = []
        for parser in parsers():
            mine = extracts.get(parser.name, {})
            if mine:
                linked = self.guarded(parser.name, lambda p=parser, m=mine: list(p.link(m, project)))
                sources += linked or ()
        return sorted((self._placed(source) for source in sources), key=lambda source: source.id)

    def _placed(self, source: Source) -> Source:
        """The source with what configuration and its place in the tree say about it."""
        aside = getattr(self.tree, "aside", lambda path: None)
        for settings in self.config.source:
            if settings.parser == source.parser and any(
                fnmatch(path, g) for path in source.files for g in settings.paths
            ):
                source = replace(
                    source,
                    database=settings.database or source.database,
                    authority=source.authority if settings.authority is None else settings.authority,
                )
        folder = aside(source.files[0]) if source.files else None
        return replace(source, aside=folder is not None and folder not in self.config.include)

    def replay_alone(self, source: Source) -> Catalog:
        """The source's own catalog, whatever the rest of the project says."""
        path = DeploymentPath(source.id, "", source.dialect, (Step(source),), alone=True)
        played = self.guarded(f"replay of {source.id}", lambda: play(path, {}))
        return played.catalog if played else Catalog()

    def play(self, database: Database, catalogs: Mapping[str, Catalog]) -> Database:
        played = [self.guarded(f"replay of {path.name}", lambda p=path: play(p, catalogs)) for path in database.paths]
        own = {source.id: catalogs[source.id] for source in database.sources}
        return replace(database, catalogs=own, played=tuple(one for one in played if one is not None))

    def judge(
        self, rule: Rule, databases: list[Database], sources: list[Source], deployment: Deployment
    ) -> Iterator[Finding]:
        """What one rule finds on every subject of the type it asks for."""
        for database, subject in _subjects(rule, databases, sources, deployment):
            found = self.guarded(f"rule {rule.code}", lambda s=subject: list(rule.check(rule, s)))
            for finding in found or ():
                yield replace(finding, database=finding.database or database, severity=self._severity(rule, finding))

    def _severity(self, rule: Rule, finding: Finding) -> Severity:
        word = self.config.severity.get(rule.code) or self.config.severity.get(rule.name)
        return Severity(word) if word and word != "off" else finding.severity

    def report(
        self,
        databases: list[Database],
        sources: list[Source],
        catalogs: Mapping[str, Catalog],
        findings: list[Finding],
    ) -> Report:
        """Everything a reporter prints."""
        asked = [finding for finding in findings if not self._ignored_here(finding)]
        spans = [loc.span for finding in asked for loc in (finding.primary, *finding.related)]
        unread = sorted(_unread(source for source in sources if not source.aside), key=lambda one: one.span)
        paths = {span.path for span in (*spans, *(one.span for one in unread))}
        paths |= {one.path for one in self.unreadable}
        paths |= {e.span.path for d in databases for p in d.paths for s in p.steps for e in s.evidence}
        files = {path: file for path in sorted(paths) if (file := self.tree.file(path)) is not None}
        heard = [finding for finding in asked if not silenced(finding, files)]
        aside = Counter(getattr(self.tree, "aside", lambda path: None)(path) for path in self.claimed)
        aside.pop(None, None)
        return Report(
            findings=tuple(sorted(heard, key=lambda one: (one.primary.span, one.code, one.message))),
            files=files,
            databases=tuple(_summary(database, files) for database in databases),
            catalogs=tuple((source, catalogs[source.id]) for source in sources),
            claimed=self.claimed,
            unread=tuple(unread),
            unreadable=tuple(self.unreadable),
            aside=dict(sorted((folder, count) for folder, count in aside.items() if folder is not None)),
            suppressed=len(asked) - len(heard),
            broken=tuple(dict.fromkeys(self.broken)),
        )

    def _ignored_here(self, finding: Finding) -> bool:
        """Whether per-file-ignores silence it at its primary location."""
        for glob, words in self.config.per_file_ignores.items():
            if fnmatch(finding.primary.span.path, glob) and any(
                finding.name == word or finding.code.startswith(word) for word in words
            ):
                return True
        return False


def _subjects(
    rule: Rule, databases: list[Database], sources: list[Source], deployment: Deployment
) -> Iterator[tuple[str | None, Any]]:
    """Every subject of the type a rule asks for, with the id of its database."""
    if rule.on is Deployment:
        yield None, deployment
    elif rule.on is Source:
        names = {source.id: database.id for database in databases for source in database.sources}
        yield from ((names.get(source.id), source) for source in sources if not source.aside)
    for database in databases:
        if rule.on is Database:
            yield database.id, database
        elif rule.on is Played:
            yield from ((database.id, played) for played in database.played)
        elif rule.on is Problem:
            yield from ((database.id, problem) for played in database.played for problem in played.problems)
        elif rule.on is TablePair:
            yield from ((database.id, pair) for comparison in comparisons(database) for pair in compare(comparison))


def comparisons(database: Database) -> Iterator[Comparison]:
    """The star: every other source against the reference. Models are compared with the database as it stands before
    their own sync on every path, or with the reference source where no path has them; other SQL with the reference."""
    ranked = sorted(database.sources, key=lambda source: (-source.authority, source.id))
    sql = [source for source in ranked if source.kind is not SourceKind.MODELS]
    models = [source for source in ranked if source.kind is SourceKind.MODELS]
    for source in sql[1:]:
        yield _comparison(database, database.catalogs[sql[0].id], (sql[0],), source)
    for source in models:
        met = False
        for played in database.played:
            first = next((s for s in played.steps if s.step.call is not None), None)
            mine = [step for step in played.steps if step.step.source.id == source.id and step.step.call is not None]
            built = tuple(s.step.source for s in played.steps if s.step.call is None)
            if first is None or not mine or not built:
                continue
            met = True
            call = max((step.step.call for step in mine), key=_strength)
            yield _comparison(database, first.before, built, source, played.path, call)
        if not met and sql:
            reference = _alone_or_path(database, sql[0])
            call = max(source.calls, key=_strength, default=None)
            yield _comparison(database, reference, (sql[0],), source, None, call)


def _strength(call: Any) -> int:
    """How much a sync changes, so that the strongest call of a path is the one that rules reckon with."""
    sync = call.sync
    return sum(
        (sync.adds_columns, sync.adds_indexes, sync.alters_columns, 2 * sync.drops_columns, 4 * sync.drops_tables)
    )


def _alone_or_path(database: Database, reference: Source) -> Catalog:
    """What the reference ends with on a path that runs it, else by itself."""
    for played in database.played:
        for step in played.steps:
            if step.step.source.id == reference.id and step.step.call is None:
                return step.after
    return database.catalogs[reference.id]


def _comparison(
    database: Database,
    reference: Catalog,
    built: tuple[Source, ...],
    other: Source,
    path: DeploymentPath | None = None,
    call: Any = None,
) -> Comparison:
    return Comparison(database.id, database.dialect, reference, built, database.catalogs[other.id], other, path, call)


def _unread(sources: Iterable[Source]) -> Iterator[Unread]:
    """Every statement and clause that was not understood."""
    facts: Iterator[Fact] = (fact for source in sources for fact in source.facts)
    for fact in facts:
        if isinstance(fact, Opaque):
            yield Unread(fact.span, fact.why, fact.touches)
        elif isinstance(fact, CreateTable):
            for span in fact.unread:
                yield Unread(span, "a clause that was not understood", (fact.table,))
        elif isinstance(fact, AddColumn) and fact.column.type is None and fact.column.type_span is not None:
            yield Unread(fact.column.type_span, "a type that was not understood", (fact.table,))


def _summary(database: Database, files: Mapping[str, SourceFile]) -> DatabaseSummary:
    def place_of(evidence: Evidence) -> str:
        file = files.get(evidence.span.path)
        line = file.position(evidence.span.start)[0] if file else 0
        return f"{evidence.span.path}:{line} {evidence.says}"

    sources = tuple(
        SourceSummary(
            source.id,
            source.kind.value,
            source.parser,
            source.root,
            len(source.files),
            len(database.catalogs[source.id].tables),
            source.dialect,
            source.dialect_why,
            source.aside,
        )
        for source in database.sources
    )
    paths = tuple(
        PathSummary(
            path.name,
            tuple(StepSummary(step.source.id, tuple(place_of(e) for e in step.evidence)) for step in path.steps),
        )
        for path in database.paths
        if not path.alone
    )
    return DatabaseSummary(database.id, database.dialect, sources, paths)
