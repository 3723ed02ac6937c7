"""SL318 dialect-steps-disagree. Docs and tests: rules/SL318-dialect-steps-disagree.md"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from typing import TypeGuard

from schemalint.databases import Databases
from schemalint.model.facts import (
    AddColumn,
    AlterColumn,
    CreateTable,
    DropColumn,
    Fact,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.frozen import frozen
from schemalint.model.objects import CopyTable, RemakeTable
from schemalint.model.schema import Column
from schemalint.model.source import Script, Source, SourceKind
from schemalint.rules import Rule, listed, rule

_WORDS = "postgres postgresql pg pgsql psql mysql mariadb sqlite sqlite3 mssql sqlserver ms cockroach cockroachdb crdb"
_DIALECTS = frozenset(_WORDS.split())
_WORD = re.compile(r"[A-Za-z0-9]+")

_Place = tuple[str, str]
"""A table and a column by names that are alike in all dialects."""


@frozen
class _Step:
    """What one dialect's script of a step adds, by place; `doubtful` are the tables that it may change in ways that were not
    read, None where these may be any. `known` are all places that its history speaks of. `open`: what the history ends with is
    not known, else this is compared (SL314)."""

    word: str
    source: Source
    open: bool
    adds: dict[_Place, AddColumn]
    doubtful: Set[str] | None
    known: Set[_Place]


@rule("SL318", "dialect-steps-disagree", severity=Severity.WARNING, on=Databases)
def check(self: Rule, databases: Databases) -> Iterator[Finding]:
    steps: dict[tuple[str, str], list[_Step]] = {}
    for database in databases.all:
        for source in database.sources:
            if source.kind is not SourceKind.MODELS and not source.partial:
                for key, step in _steps(source, bool(database.alone[source.id].catalog.opaque)):
                    steps.setdefault((source.parser, key), []).append(step)
    for group in steps.values():
        if len({step.word for step in group}) == len(group) and any(step.open for step in group):
            for step in group:
                yield from _lacking(self, step, [other for other in group if other is not step])


def _spelled(path: str) -> tuple[str, str]:
    """A path without the words that name a dialect, and the last of these."""
    if _DIALECTS.isdisjoint(_WORD.findall(path.lower())):  # nearly all
        return path, ""
    named = [match[0] for match in _WORD.finditer(path) if match[0].lower() in _DIALECTS]
    return _WORD.sub(lambda match: "*" if match[0].lower() in _DIALECTS else match[0], path), named[-1] if named else ""


def _steps(source: Source, open_: bool) -> Iterator[tuple[str, _Step]]:
    named = [(script, *_spelled(script.path)) for script in source.scripts]
    if not any(word for _, _, word in named):
        return
    known = frozenset(place for script in source.scripts for fact in script.facts for place in _places(fact))
    for script, key, word in named:
        adds = _added(script.facts)
        if word and adds:
            yield key, _Step(word, source, open_, adds, _doubtful(script), known)


def _places(fact: Fact) -> Iterator[_Place]:
    match fact:
        case CreateTable():
            yield from ((_key(fact), column.name.key.lower()) for column in fact.columns)
        case AddColumn():
            yield _key(fact), fact.column.name.key.lower()
        case RenameColumn(new=new) | AlterColumn(replacement=Column(name=new)):
            yield _key(fact), new.key.lower()


def _key(fact: AddColumn | CreateTable | RenameColumn | AlterColumn | DropColumn) -> str:
    return fact.table.name.key.lower()


def _added(facts: Iterable[Fact]) -> dict[_Place, AddColumn]:
    """The columns that are added, and stay."""
    adds: dict[_Place, AddColumn] = {}
    for fact in facts:
        if isinstance(fact, AddColumn):
            adds[_key(fact), fact.column.name.key.lower()] = fact
        elif isinstance(fact, DropColumn | RenameColumn) or _is_renaming(fact):
            adds.pop((_key(fact), fact.column.key.lower()), None)
    return adds


def _is_renaming(fact: Fact) -> TypeGuard[AlterColumn]:
    """Whether it is MySQL's CHANGE, with a new name."""
    return isinstance(fact, AlterColumn) and fact.replacement is not None and fact.replacement.name != fact.column


def _doubtful(script: Script) -> Set[str] | None:
    tables: set[str] = set()
    for fact in script.facts:
        if isinstance(fact, Opaque) and fact.span.path == script.path:
            if fact.touches is None:
                return None
            tables.update(table.name.key.lower() for table in fact.touches)
        elif isinstance(fact, CreateTable | CopyTable | RemakeTable):
            tables.add(fact.table.name.key.lower())
        elif isinstance(fact, RenameTable):
            tables.add(fact.new.name.key.lower())
    return tables


def _lacking(self: Rule, step: _Step, others: list[_Step]) -> Iterator[Finding]:
    """The columns that every other dialect's script of the step adds, and this one does not."""
    shared = set.intersection(*(set(other.adds) for other in others)) if others else set()
    if step.doubtful is None or shared.isdisjoint(step.adds):
        return  # not known, or not the same step
    facts = [
        fact
        for (table, column), fact in others[0].adds.items()
        if (table, column) in shared - step.known and table not in step.doubtful and not fact.column.identity
    ]
    if not facts:
        return
    missing = facts[0].column.name
    # Where the same column is given to another table, that is the likely slip.
    own = next(iter(step.adds.values()))
    here = next(
        (step.adds[place] for place in step.adds if place[1] == missing.key.lower() and place not in shared), own
    )
    words = " and ".join(other.word for other in others)
    names = listed([f"{fact.table}.{fact.column.name}" for fact in facts], 5)
    place = _key(facts[0]), missing.key.lower()
    yield self.finding(
        f"{step.word} never adds {names}, which {words} {'adds' if len(others) == 1 else 'add'} in this step",
        Location(here.span, f"{step.word} adds {here.table}.{here.column.name}"),
        *(Location(other.adds[place].span, f"{other.word} adds {facts[0].table}.{missing}") for other in others),
        help="give every dialect the same steps",
        table=facts[0].table,
        column=missing,
        object=f"{here.span.path}: {names}",
        sources=(step.source.id, *(other.source.id for other in others)),
    )
