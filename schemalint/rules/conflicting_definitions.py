"""SL203 conflicting-definitions. Docs and tests: rules/SL203-conflicting-definitions.md"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from schemalint.compare import compare, differences, index_differences, says, sides
from schemalint.comparisons import comparisons
from schemalint.databases import Database, is_history
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.pair import Comparison, TablePair
from schemalint.model.schema import Table
from schemalint.model.source import Source, SourceKind
from schemalint.routes import family
from schemalint.rules import Rule, listed, rule

_CHANGE = re.compile(r"(?i)(?:^|[/_.-])(?:deltas?|upgrades?|updates?|patch(?:es)?|hotfix(?:es)?|alter)(?:[/_.\d-]|$)")
_SERVERS = re.compile(
    r"(?i)clickhouse|redshift|snowflake|bigquery|cassandra|oracle|vertica|duckdb|hive|doris|starrocks"
)
"""Servers that no dialect is known of here: each has a schema of its own."""
_TRIAL = re.compile(r"(?i)(?:^|[._-])(?:tests?|testing|samples?|demo|examples?|legacy|old|backup)(?:[._-]|$)")
"""Names of scripts for something else than the program as it is."""
_EDITIONS = frozenset({"ee", "enterprise", "saas", "cloud", "pro", "premium"})
"""Folders of editions of a program, which have more in their schemas."""


@rule("SL203", "conflicting-definitions", severity=Severity.WARNING, on=Database)
def check(self: Rule, database: Database) -> Iterator[Finding]:
    for comparison in comparisons(database):
        if comparison.other_source.kind is SourceKind.MODELS or _is_dump(comparison, database):
            continue
        if not _are_numbered(comparison, database) and not _are_strangers(comparison, database):
            for pair in compare(comparison):
                yield from _judge(self, pair)


def _is_dump(comparison: Comparison, database: Database) -> bool:
    """Whether a script that nothing runs stands beside a history: whether it is up to date is SL313's to say."""
    one, other = comparison.reference_sources[0], comparison.other_source
    if not is_history(one) or is_history(other) or other.kind is not SourceKind.SCHEMA or other.partial:
        return False
    return all(path.alone for path in database.paths if any(step.source.id == other.id for step in path.steps))


def _are_numbered(comparison: Comparison, database: Database) -> bool:
    """Whether two folders of numbered scripts that nothing runs meet: they may well be two databases' histories."""
    both = (comparison.reference_sources[0], comparison.other_source)
    return all(is_history(one) for one in both) and all(_waits(one, database) for one in both)


def _waits(source: Source, database: Database) -> bool:
    """Whether it is a script, or a folder of them, that nothing runs."""
    run = {step.source.id for path in database.paths if not path.alone for step in path.steps}
    return source.kind is SourceKind.SCHEMA and source.id not in run


def _are_strangers(comparison: Comparison, database: Database) -> bool:
    """Whether two scripts that nothing runs may well not be meant to agree: they share less than half of the smaller one's
    tables, one is by its name a change to what the other was, or their names speak of two servers or editions, or of a test."""
    both = (comparison.reference_sources[0], comparison.other_source)
    if not all(_waits(one, database) for one in both):
        return False
    ours, theirs = comparison.other.tables.keys(), comparison.reference.tables.keys()
    if len(ours & theirs) * 2 < min(len(ours), len(theirs)):
        return True
    trials = [any(_TRIAL.search(basename(path)) for path in one.files) for one in both]
    if _kinds(both[0]) != _kinds(both[1]) or trials[0] is not trials[1]:
        return True
    changes = [any(_CHANGE.search(path) for path in one.files) for one in both]
    return changes[0] is not changes[1]


def _kinds(source: Source) -> tuple[frozenset[str], frozenset[str]]:
    """The servers and the editions that the paths of a source name."""
    servers = frozenset(word.lower() for path in source.files for word in _SERVERS.findall(path))
    return servers, frozenset(part for path in source.files for part in path.lower().split("/") if part in _EDITIONS)


def _judge(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison, table, twin = pair.comparison, pair.reference, pair.other
    if table is None:
        return
    other, reference = comparison.other_source.id, comparison.reference_sources[0].id
    copies = _copies(comparison)
    if twin is None:
        if copies:
            first = next(iter(comparison.other.tables.values()))
            yield self.finding(
                f"{other} lacks table {table.name}, which {reference} has: the two are copies of one schema",
                Location(first.span, f"this copy begins here and has no {table.name}"),
                Location(table.span, f"{table.name} is defined here"),
                help="make the copies the same, or keep only one of them",
                table=table.name,
                sources=(other, reference),
            )
        return
    found = [*differences(table, twin, sides(comparison)), *(index_differences(table, twin) if copies else ())]
    if found and (not comparison.other_source.partial or _is_certain(comparison, twin)):
        yield self.finding(
            f"{other} and {reference} define {twin.name} differently: the first {says(found)}",
            Location(twin.span, f"here with {listed(twin.columns)}"),
            Location(table.span, f"and here with {listed(table.columns)}"),
            help="make the two the same, or keep only one of them",
            table=twin.name,
            sources=(other, reference),
        )


def _is_certain(comparison: Comparison, twin: Table) -> bool:
    """Whether code certainly makes the table where it is not there yet, in the dialect of the other side: what it makes
    otherwise may be meant for another database, or for a moment."""
    one, other = sides(comparison)
    if one is None or other is None or family(one) != family(other):
        return False
    facts = (fact for fact in comparison.other_source.facts if isinstance(fact, CreateTable) and fact.span == twin.span)
    return any(fact.if_not_exists and fact.guard is None for fact in facts)


def _copies(comparison: Comparison) -> bool:
    """Whether two scripts are copies of one file: of one name, with most of their tables in common."""
    sources = (comparison.other_source, comparison.reference_sources[0])
    if any(source.kind is not SourceKind.SCHEMA or len(source.files) != 1 for source in sources):
        return False
    ours, theirs = comparison.other.tables.keys(), comparison.reference.tables.keys()
    shared = len(ours & theirs)
    same_name = len({basename(source.files[0]) for source in sources}) == 1
    return same_name and shared * 2 > max(len(ours), len(theirs))
