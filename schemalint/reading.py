"""Files → sources: every parser sees the files it claims once, then all of its extracts together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from schemalint import initdb
from schemalint.boundary import Boundary
from schemalint.cache import Cache, Extracts
from schemalint.config import Config
from schemalint.discover import Tree
from schemalint.folders import aside
from schemalint.gitignore import patterns
from schemalint.model.facts import Fact, Invalid
from schemalint.model.objects import CreateEnum
from schemalint.model.report import Unreadable
from schemalint.model.source import AUTHORITY, Source, SourceKind
from schemalint.model.span import Span
from schemalint.parsers import Extract, Parser, claiming, parsers
from schemalint.project import Project
from schemalint.routines import called
from schemalint.sql import gaps

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(slots=True)
class Read:
    """What reading gives: sources by id order, which parsers read which file, and what could not be read."""

    sources: list[Source] = field(default_factory=list)
    claimed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)


_COSTLY = 0.001
"""Seconds that reading a file must take to be worth keeping. Short SQL takes less: asking the cache, and making facts of what it
holds, takes a third of the time that reading it takes, and filling it the same again."""


def read(tree: Tree, config: Config, project: Project, boundary: Boundary, cache: Cache | None = None) -> Read:
    """Reads a project. A file that cannot be decoded or parsed is noted and loses nothing but itself. What `cache` knows is
    not made again."""
    result = Read()
    extracts: dict[str, dict[str, Extract]] = {}
    for path in tree.paths:
        content = tree.read(path)
        wanting = [] if content is None else claiming(path, content)
        if content is None or not wanting:
            continue
        told = path.endswith(".sql") or any(parser.needs_dialect for parser in wanting)
        dialect = project.dialect_of(path).name if told else None
        file = tree.file(path, dialect)
        if file is None:
            continue  # the tree keeps the reason
        if file.gaps:
            holes = boundary.attempt(f"gaps of {path}", partial(gaps, file, dialect)) or ()
            result.unreadable += (
                Unreadable(path, hole.why, Span(path, hole.start, hole.end), partly=True) for hole in holes
            )
        whole = cache is not None and not file.cuts  # of a large script `content` is only the beginning
        known = cache.get(path, content) if cache is not None and whole else {}
        made: Extracts = {}
        spent = 0.0
        for parser in wanting:
            own = dialect if parser.needs_dialect or path.endswith(".sql") else None
            slot = f"{parser.name} {own or ''}"
            extract = known.get(slot)
            if extract is None:
                start = perf_counter()
                extract = boundary.attempt(f"{parser.name} {path}", partial(parser.extract, file, own))
                if extract is not None and whole:
                    made[slot] = extract
                    spent += perf_counter() - start
            if extract is not None:
                error = extract.get("error")
                if error is not None:
                    span = Span(path, error["start"], error["end"])
                    result.unreadable.append(Unreadable(path, error["why"], span))
                extracts.setdefault(parser.name, {})[path] = extract
        result.claimed[path] = tuple(parser.name for parser in wanting)
        if cache is not None and spent > _COSTLY:
            cache.put(path, content, {**known, **made})
    include = patterns(config.include)
    for parser in parsers():
        mine = extracts.get(parser.name, {})
        linked = boundary.attempt(parser.name, partial(_link, parser, mine, project))
        placed = (_placed(called(source), config, include) for source in linked or ())
        result.sources += (replace(source, server=project.server_of(source)) for source in placed)
    result.sources = list(_without_aliases(list(_without_steps(result.sources, project))))
    result.unreadable += (Unreadable(path, why) for path, why in sorted(tree.unreadable.items()))
    for source in result.sources:
        for path in source.files:
            result.claimed.setdefault(path, (source.parser,))
    result.sources.sort(key=lambda source: source.id)
    return result


def _without_aliases(sources: Sequence[Source]) -> Iterator[Source]:
    """SQL Server: the sources, without the refusals of types that another script makes (`CREATE TYPE … FROM`): which database
    each is for is not known here."""
    judged = [source for source in sources if source.dialect == "tsql"]
    made = {fact.name.name.text.upper() for source in judged for fact in source.facts if isinstance(fact, CreateEnum)}
    reasons = {f"SQL Server has no type {name}" for name in made}
    for source in sources:
        if source.dialect != "tsql" or not reasons:
            yield source
            continue
        scripts = tuple(replace(script, facts=tuple(_but(script.facts, reasons))) for script in source.scripts)
        yield replace(source, scripts=scripts)


def _but(facts: tuple[Fact, ...], reasons: set[str]) -> Iterator[Fact]:
    yield from (fact for fact in facts if not (isinstance(fact, Invalid) and fact.reason in reasons))


def _without_steps(sources: Sequence[Source], project: Project) -> Iterator[Source]:
    """The sources, without SQL files that a migration in code reads and sends: those are steps of its history, and no schema of
    their own unless a server's image runs them too."""
    steps = {path for source in sources if source.kind is SourceKind.MIGRATIONS for path in _read_by_steps(source)}
    if steps:
        steps -= {path for given in initdb.folders(project.deployment, project.tree.paths) for path in given.paths}
    for source in sources:
        if source.kind is not SourceKind.SCHEMA or steps.isdisjoint(source.files):
            yield source
            continue
        scripts = tuple(script for script in source.scripts if script.path not in steps)
        if scripts:
            yield replace(source, scripts=scripts, files=tuple(path for path in source.files if path not in steps))


def _read_by_steps(source: Source) -> set[str]:
    own = {path for script in source.scripts for path in (script.path, script.down_path)}
    return {path for path in source.files if path not in own and path.endswith(".sql")}


def _link(parser: Parser, extracts: Mapping[str, Extract], project: Project) -> list[Source]:
    return list(parser.link(extracts, project))


def _placed(source: Source, config: Config, include: GitIgnoreSpec | None) -> Source:
    """The source with what configuration and its place in the tree say about it."""
    for settings in config.source:
        if settings.parser == source.parser and any(fnmatch(path, g) for path in source.files for g in settings.paths):
            source = replace(
                source,
                database=settings.database or source.database,
                authority=source.authority if settings.authority is None else settings.authority,
            )
    asked = include is not None and any(include.match_file(path) for path in source.files)
    away = bool(source.files) and all(aside(path, include) is not None for path in source.files)
    stands_aside = away or (source.aside and not asked)
    calls = source.calls if stands_aside else tuple(call for call in source.calls if not aside(call.span.path, include))
    authority = source.authority or AUTHORITY[source.kind]
    return replace(source, aside=stands_aside, calls=calls, authority=authority)
