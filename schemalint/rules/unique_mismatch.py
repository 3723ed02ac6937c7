"""SL309 unique-mismatch. Docs and tests: rules/SL309-unique-mismatch.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import drifting, repairable, sides, spoken_of, unique_sets
from schemalint.dialects import dialect
from schemalint.model.finding import Finding, Location, Repair, Severity
from schemalint.model.names import Name
from schemalint.model.pair import TablePair
from schemalint.model.schema import Index, Table
from schemalint.model.source import Call, Part
from schemalint.model.span import Span
from schemalint.rules import Rule, listed, rule

Columns = frozenset[Name]


@rule("SL309", "unique-mismatch", severity=Severity.WARNING, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    tables = drifting(pair)
    if tables is None or Part.UNIQUES not in pair.comparison.other_source.states:
        return
    table, model = tables
    call = pair.comparison.sync_of(table.name)
    claimed, kept = _claims(model, table), _claims(table, model)
    if call is not None and call.sync.adds_indexes:
        # an index of that name stands in the sync's way: SL206 tells of it
        taken = {index.name for index in table.indexes}
        stopped = {frozenset(index.columns or ()) for index in model.indexes if index.unique and index.name in taken}
        claimed = {columns: span for columns, span in claimed.items() if columns not in stopped}
    repaired = {columns for columns in claimed if _adds(call, model, columns)}
    missing = {columns: span for columns, span in claimed.items() if columns not in repaired}
    if missing:
        effect = "duplicates get in, and an upsert has nothing to meet"
        message = f"the model of {table.name} says that {_said(missing)} unique, the database does not: {effect}"
        yield _finding(self, pair, missing, table, message, "unique in the model", "made here without it")
    if repaired and call is not None:
        added = {columns: claimed[columns] for columns in claimed if columns in repaired}
        message = f"the database does not keep {_listed(added)} of {table.name} unique as the model does:"
        message += f" {call.title} will, and fails where rows are there twice"
        yield _finding(self, pair, added, table, message, "unique in the model", "made here without it", Severity.NOTE)
    if kept and spoken_of(pair.comparison, unique_sets):
        message = f"the database keeps {_listed(kept)} of {table.name} unique, of which the model knows nothing:"
        message += " an INSERT that it thinks fine may be refused"
        repairs = tuple(_repairs(pair, kept, table, model))
        yield _finding(self, pair, kept, model, message, "unique in the database", "the model", Severity.NOTE, repairs)
    yield from _renamed(self, pair, table, model, call)


def _claims(one: Table, other: Table) -> dict[Columns, Span]:
    """What one side keeps unique and the other does not: not by fewer of the columns either, nor by a part of an index or
    of the rows, which is another promise and no drift."""
    sets, known = unique_sets(one), [*unique_sets(other)]
    if other.primary_key is not None:
        known.append(frozenset(other.primary_key.columns))
    known += [_mentioned(index) for index in other.indexes if index.unique]
    shared = other.columns.keys()
    return {
        columns: span
        for columns, span in sets.items()
        if columns <= shared
        and not any(less <= columns for less in known if less)
        and not any(k < columns for k in sets)
    }


def _mentioned(index: Index) -> Columns:
    """Every column that the parts of an index name."""
    plain = {part.column for part in index.parts if part.column is not None}
    return frozenset(plain | {name for part in index.parts for name, _ in part.mentions})


def _adds(call: Call | None, model: Table, columns: Columns) -> bool:
    """Whether the sync makes it on a table that exists: indexes by name, constraints only where columns are altered too."""
    if call is None or not call.sync.adds_indexes:
        return False
    return call.sync.alters_columns or any(
        index.unique and index.columns and frozenset(index.columns) == columns for index in model.indexes
    )


def _renamed(self: Rule, pair: TablePair, table: Table, model: Table, call: Call | None) -> Iterator[Finding]:
    """ORMs look their indexes up by name: one that exists under another name is made a second time."""
    if call is None or not call.sync.adds_indexes:
        return
    taken = {index.name for index in table.indexes} | {key.name for key in table.uniques}
    kept = unique_sets(table)
    for index in model.indexes:
        columns = frozenset(index.columns or ())
        if len(columns) == 1 and pair.comparison.other_source.parser == "gorm":
            continue  # AutoMigrate has its own ideas of a column that is unique by another name
        if index.unique and index.where is None and index.name and index.name not in taken and columns in kept:
            named = ", ".join(str(part.column) for part in index.parts)
            yield self.finding(
                f"{table.name} ({named}) is unique in the database under another name: {call.title} looks for"
                f" {index.name} and adds it as a second index",
                Location(index.span, f"the model calls it {index.name}"),
                Location(kept[columns], "unique here already"),
                severity=Severity.NOTE,
                help=f"call it {index.name} in the SQL",
                table=table.name,
                object=index.name,
                sources=(pair.comparison.other_source.id,),
                path=pair.comparison.path,
            )


def _repairs(pair: TablePair, kept: dict[Columns, Span], table: Table, model: Table) -> Iterator[Repair]:
    """`unique=True` makes a constraint on one column: of a unique index only MySQL and MariaDB know no difference."""
    constraints = {frozenset(key.columns) for key in table.uniques if key.nulls_distinct and not key.deferrable}
    alike = dialect(sides(pair.comparison)[0]).family == "mysql"
    for columns in kept:
        if len(columns) == 1 and (alike or columns in constraints):
            column = model.columns[next(iter(columns))]
            if repairable(pair, column):
                yield Repair(column.span, "unique", True)


def _said(sets: dict[Columns, Span]) -> str:
    return f"{_listed(sets)} {'is' if len(sets) == 1 else 'are'}"


def _listed(sets: dict[Columns, Span]) -> str:
    return listed([f"({', '.join(sorted(name.text for name in columns))})" for columns in sets])


def _finding(
    self: Rule,
    pair: TablePair,
    sets: dict[Columns, Span],
    other: Table,
    message: str,
    label: str,
    there: str,
    severity: Severity | None = None,
    repairs: tuple[Repair, ...] = (),
) -> Finding:
    places = list(sets.values())
    names = sorted(", ".join(sorted(name.key for name in columns)) for columns in sets)
    return self.finding(
        message,
        Location(places[0], label),
        *(Location(place, label) for place in places[1:12]),
        Location(other.span, there),
        severity=severity,
        help="add a unique index by a migration, or take the claim out of the model"
        if severity is None
        else "say it on both sides",
        table=other.name,
        object="; ".join(names),
        sources=(pair.comparison.other_source.id,),
        path=pair.comparison.path,
        repairs=repairs,
    )
