"""SL313 stale-schema-dump. Docs and tests: rules/SL313-stale-schema-dump.md"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemalint.compare import Difference, differences, says, sides
from schemalint.comparisons import comparisons
from schemalint.databases import Database, is_history
from schemalint.histories.books import is_ledger
from schemalint.model.catalog import Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.pair import Comparison
from schemalint.model.schema import Table
from schemalint.model.source import SourceKind
from schemalint.model.span import Span
from schemalint.rules import Rule, listed, rule

_ABSENT = (
    Refusal.TABLE_MISSING,
    Refusal.INDEX_TABLE_MISSING,
    Refusal.KEY_TABLE_MISSING,
    Refusal.COLUMN_MISSING,
    Refusal.OBJECT_MISSING,
)

_OF_A_MOMENT = re.compile(
    r"(?i)(?:^|[/._-])(?:back-?ups?|bak|snapshots?|baselines?|old)(?=$|[/._-])"
    r"|(?<!\d)20\d\d[-_]?(?:0[1-9]|1[0-2])[-_]?(?:0[1-9]|[12]\d|3[01])(?!\d)"
)
"""Paths of dumps that were kept as the database was on some day, and are not meant to follow the migrations."""


@rule("SL313", "stale-schema-dump", severity=Severity.WARNING, on=Database)
def check(self: Rule, database: Database) -> Iterator[Finding]:
    for comparison in comparisons(database):
        one, other = comparison.reference_sources[0], comparison.other_source
        if not is_history(one) or is_history(other) or other.kind is not SourceKind.SCHEMA or other.partial:
            continue
        if {one.span.path for one in one.ignored}.issuperset(other.files):
            continue  # it was meant for a step, and SL503 says that it is none
        lone = all(path.alone for path in database.paths if any(step.source.id == other.id for step in path.steps))
        if lone and not comparison.reference.opaque and not comparison.other.opaque:
            yield from _judge(self, comparison, database)


def _judge(self: Rule, comparison: Comparison, database: Database) -> Iterator[Finding]:
    history, dump = comparison.reference_sources[0], comparison.other_source
    ours, theirs = comparison.reference.tables, comparison.other.tables
    lacking: list[Table] = []
    extra: list[Table] = []
    if _is_copy(comparison, database):
        lacking = [table for name, table in ours.items() if name not in theirs and not is_ledger(table.name, history)]
        extra = [table for name, table in theirs.items() if name not in ours and not is_ledger(table.name, history)]
    changed: list[tuple[Table, Table, list[Difference]]] = []
    for name, table in ours.items():
        twin = theirs.get(name)
        if twin is not None and (found := list(differences(table, twin, sides(comparison)))):
            changed.append((table, twin, found))
    if not (lacking or extra or changed):
        return
    said = [f"has no {listed((table.name for table in lacking), 4)}"] if lacking else []
    said += [f"has {listed((table.name for table in extra), 4)}, which no migration makes"] if extra else []
    said += [f"{twin.name} {says(found)}" for _, twin, found in changed[:3]]
    said += [f"{len(changed) - 3} more tables differ"] if len(changed) > 3 else []
    related = [Location(table.span, f"{table.name} is created here") for table in lacking[:3]]
    for _, twin, found in changed[:3]:
        theirs_first = next((one.other for one in found if one.other is not None), twin.span)
        related += [Location(one.reference, _after(one)) for one in found[:2] if one.reference is not None]
        related.append(Location(theirs_first, f"{twin.name} differs here"))
    yield self.finding(
        f"{' and '.join(dump.files[:2])} is not what the migrations in {history.root or '.'} end with: {'; '.join(said)}",
        Location(_start(extra, changed, theirs.values(), dump.files), "out of step with the migrations"),
        *related,
        severity=Severity.NOTE if _OF_A_MOMENT.search(dump.root) else None,
        help="dump the schema again after the last migration, or delete the file",
        table=_only(lacking, extra, changed),
        sources=(dump.id, history.id),
    )


def _after(difference: Difference) -> str:
    return f"the migrations have {difference.column}" if difference.column else "the migrations say otherwise"


def _is_copy(comparison: Comparison, database: Database) -> bool:
    """Whether a script is meant to hold the whole of the history: they have most tables in common, and the history needs
    nothing that was there before it."""
    ours, theirs = comparison.reference.tables.keys(), comparison.other.tables.keys()
    history = database.alone[comparison.reference_sources[0].id]
    if any(problem.refusal in _ABSENT for problem in history.problems):
        return False
    return len(ours & theirs) * 2 > max(len(ours), len(theirs))


def _start(
    extra: list[Table],
    changed: list[tuple[Table, Table, list[Difference]]],
    tables: Iterable[Table],
    files: tuple[str, ...],
) -> Span:
    """Where the script first differs, else its first table."""
    first = [twin.span for _, twin, _ in changed] + [table.span for table in extra] + [table.span for table in tables]
    return first[0] if first else Span(files[0], 0, 0)


def _only(lacking: list[Table], extra: list[Table], changed: list[tuple[Table, Table, list[Difference]]]) -> object:
    names = [table.name for table in (*lacking, *extra, *(table for table, _, _ in changed))]
    return names[0] if len(names) == 1 else None
