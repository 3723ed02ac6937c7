"""Catalogs → pairs. compare aligns and never judges; rules judge.

Tables and columns align by name. Every comparison has three outcomes: what one side does not state is unknown, and
unknown is never a difference. Comparing a catalog with itself gives pairs without differences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from itertools import islice

from schemalint.equality import same_default, same_type
from schemalint.model.facts import (
    AddColumn,
    AlterColumn,
    CreateTable,
    DropColumn,
    DropTable,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.frozen import frozen
from schemalint.model.names import Name, TableName
from schemalint.model.pair import ColumnPair, Comparison, TablePair
from schemalint.model.schema import Column, ForeignKey, Index, Table
from schemalint.model.source import SourceKind
from schemalint.model.span import Span
from schemalint.model.types import Outcome

Named = dict[Name | None, tuple[Span, str]]
"""Constraints by name: where each stands and what it does, for a sentence."""

_ENOUGH = 3
"""Tables that a history and models must both name, before one of them is taken for the other's."""

Sides = tuple[str | None, str | None]
"""The dialects that two definitions were written in, by name; None where it is not known."""


@frozen
class Difference:
    """One thing in which two definitions of a table disagree. `kind` is "column missing" (in the other), "column extra",
    "type", "nullability", "primary key" or "unique"; spans are None on a side that has nothing there. `text` says what
    the other has."""

    kind: str
    text: str
    reference: Span | None
    other: Span | None
    column: Name | None = None


def compare(comparison: Comparison) -> Iterator[TablePair]:
    """Every table of both sides, in reference order, then those that only the other side has."""
    reference, other = comparison.reference.tables, comparison.other.tables
    for name, table in reference.items():
        yield align(table, other.get(name), comparison)
    known = _added(comparison)
    for name, table in other.items():
        if name not in reference:
            near = _near(name, {known: reference[known] for known in reference if known not in other})
            columns = known.get(name, {})
            both = (ColumnPair(one, columns[one], column) for one, column in table.columns.items() if one in columns)
            yield TablePair(comparison, None, table, tuple(both), near)


def _added(comparison: Comparison) -> dict[TableName, dict[Name, Column]]:
    """The columns that a history adds to tables which something else made before it, as it leaves them. Of a table that it may
    make, drop or rename nothing is known."""
    found: dict[TableName, dict[Name, Column]] = {}
    lost: set[TableName] = set()
    sources = comparison.reference_sources
    if len(sources) != 1 or sources[0].kind is not SourceKind.MIGRATIONS:
        return {}
    for fact in sources[0].facts:
        match fact:
            case Opaque():
                for table in tuple(found) if fact.touches is None else fact.touches:
                    found.pop(table, None)  # what is added after it is known all the same
            case CreateTable() | DropTable():
                lost.add(fact.table)
            case RenameTable():
                lost |= {fact.table, fact.new}
            case AddColumn() if fact.guard is None and not fact.if_not_exists and not fact.table_if_exists:
                found.setdefault(fact.table, {})[fact.column.name] = fact.column
            case AddColumn() | AlterColumn() | DropColumn() | RenameColumn():
                changed = fact.column.name if isinstance(fact, AddColumn) else fact.column
                found.get(fact.table, {}).pop(changed, None)
    return {table: columns for table, columns in found.items() if table not in lost and columns}


def align(reference: Table | None, other: Table | None, comparison: Comparison) -> TablePair:
    """One pair of tables with their columns lined up, in the reference's order."""
    ours = reference.columns if reference else {}
    theirs = other.columns if other else {}
    names = dict.fromkeys((*ours, *theirs))
    return TablePair(
        comparison, reference, other, tuple(ColumnPair(name, ours.get(name), theirs.get(name)) for name in names)
    )


def _near(name: TableName, candidates: dict[TableName, Table]) -> Table | None:
    """The unmatched reference table whose name is so like this one that it was probably meant: singular and plural,
    a missing underscore, a typing error."""
    from difflib import get_close_matches

    keys = {known.key: table for known, table in candidates.items()}
    close = get_close_matches(name.key, keys, n=1, cutoff=0.88)
    return keys[close[0]] if close else None


def drifting(pair: TablePair) -> tuple[Table, Table] | None:
    """The database's and the model's table of a pair in which drift is judged: both are known whole, the models certainly
    speak of this database, which they do not make anew on every start, and the other side is models at all (other SQL is
    SL203's and SL313's)."""
    comparison, table, model = pair.comparison, pair.reference, pair.other
    if comparison.other_source.kind is not SourceKind.MODELS or table is None or model is None:
        return None
    if table.incomplete or model.incomplete or not comparison.relevant or comparison.remade(table.name):
        return None
    return table, model


def appended(pair: TablePair) -> bool:
    """Whether a pair is of columns that a history adds to a table of the models which something else made before it, and the
    two certainly speak of one database: all of several such tables are the models'. Nothing that changes tables at start
    has a part in it."""
    comparison, model = pair.comparison, pair.other
    if pair.reference is not None or model is None or not pair.columns or model.incomplete or not comparison.proved:
        return False
    if comparison.other_source.kind is not SourceKind.MODELS or comparison.calls:
        return False
    if model.name in comparison.elsewhere or model.name in comparison.unplaced or model.name in comparison.besides:
        return False
    named = comparison.reference_sources[0].named
    met = len(named & comparison.other.tables.keys())
    return met >= _ENOUGH and met * 2 >= len(named)


def shared(pair: TablePair) -> Iterator[tuple[Column, Column]]:
    """The columns that both sides of a pair have: the reference's and the other's."""
    for column in pair.columns:
        if column.reference is not None and column.other is not None:
            yield column.reference, column.other


def repairable(pair: TablePair, column: Column) -> bool:
    """Whether a model's column is written in Python for this table alone: what a mixin says holds for other tables, too."""
    comparison = pair.comparison
    if comparison.other_source.parser != "sqlalchemy":
        return False
    catalogs = (comparison.other, *comparison.peers)
    places = (one.span for catalog in catalogs for table in catalog.tables.values() for one in table.columns.values())
    return sum(place == column.span for place in places) == 1


def spoken_of(comparison: Comparison, kind: Callable[[Table], Sized]) -> bool:
    """Whether the models speak of a kind of things at all: where they leave most of it to the SQL, that they lack one is no
    news. Judged by the tables of both sides, the first hundred of them."""
    both = islice((name for name in comparison.other.tables if name in comparison.reference.tables), 100)
    counts = [(len(kind(comparison.other.tables[n])), len(kind(comparison.reference.tables[n]))) for n in both]
    ours, theirs = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
    return ours > 0 and ours * 2 >= theirs


def sides(comparison: Comparison) -> Sides:
    """The dialects of the two sides of a comparison; a reference that several sources made has one where they agree."""
    made = {source.dialect for source in comparison.reference_sources}
    return (made.pop() if len(made) == 1 else comparison.dialect), comparison.other_source.dialect


def definition(fact: CreateTable) -> Table:
    """What a CREATE TABLE would make if nothing stood in its way; incomplete where it takes columns from elsewhere."""
    shapes = fact.likes or fact.inherits or fact.of or fact.query
    return Table(
        name=fact.table,
        span=fact.span,
        source="",
        columns={column.name: column for column in fact.columns},
        primary_key=fact.primary_key,
        uniques=fact.uniques,
        indexes=fact.indexes,
        foreign_keys=fact.foreign_keys,
        checks=fact.checks,
        incomplete=(*fact.unread, fact.span) if shapes else fact.unread,
    )


def differences(reference: Table, other: Table, sides: Sides) -> Iterator[Difference]:
    """In what two definitions of one table certainly disagree, in the order a reader wants it: columns, types,
    nullability, keys. Nothing is said about a table of which something was not read: it may have changed anything."""
    if reference.incomplete or other.incomplete:
        return
    for name, column in reference.columns.items():
        if name not in other.columns:
            yield Difference("column missing", f"no {name}", column.span, None, name)
    for name, column in other.columns.items():
        if name not in reference.columns:
            yield Difference("column extra", f"{name} is here", None, column.span, name)
    for name, column in reference.columns.items():
        twin = other.columns.get(name)
        if twin is not None:
            yield from _column_differences(column, twin, sides)
    yield from _key_differences(reference, other)


def told(found: Iterable[Difference], limit: int = 4) -> str:
    """Differences, of the other definition: "lacks a and b; also has c; d is text, not uuid"."""
    lacking, extra, rest = [], [], []
    for difference in found:
        if difference.kind == "column missing":
            lacking.append(str(difference.column))
        elif difference.kind == "column extra":
            extra.append(str(difference.column))
        else:
            rest.append(difference.text)
    parts = []
    if lacking:
        parts.append(f"lacks {_listed(lacking, limit)}")
    if extra:
        parts.append(f"also has {_listed(extra, limit)}")
    return "; ".join((*parts, *rest[:limit], *((f"{len(rest) - limit} more",) if len(rest) > limit else ())))


def says(found: Iterable[Difference], limit: int = 4) -> str:
    """The same behind a subject: "lacks a and b; also has c", "says d is text, not uuid"."""
    text = told(found, limit)
    return text if text.startswith(("lacks ", "also has ")) else f"says {text}"


def _listed(names: list[str], limit: int) -> str:
    shown = ", ".join(names[:limit])
    return shown if len(names) <= limit else f"{shown} and {len(names) - limit} more"


def _column_differences(column: Column, twin: Column, sides: Sides) -> Iterator[Difference]:
    verdict = same_type(column.type, twin.type, *sides)
    if verdict.outcome is Outcome.DIFFERENT and column.type and twin.type:
        yield Difference(
            "type",
            f"{twin.name} is {twin.type.name}, not {column.type.name}",
            column.type_span or column.span,
            twin.type_span or twin.span,
            column.name,
        )
    if None not in (column.nullable, twin.nullable) and column.nullable != twin.nullable:
        says = "allows NULL" if twin.nullable else "is NOT NULL"
        yield Difference("nullability", f"{twin.name} {says}", column.span, twin.span, column.name)


def _key_differences(reference: Table, other: Table) -> Iterator[Difference]:
    ours, theirs = reference.primary_key, other.primary_key
    if (ours and ours.columns) != (theirs and theirs.columns):
        text = f"its primary key is ({', '.join(map(str, theirs.columns))})" if theirs else "it has no primary key"
        yield Difference("primary key", text, ours.span if ours else None, theirs.span if theirs else None)
    left, right = unique_sets(reference), unique_sets(other)
    for columns, span in left.items():
        if columns not in right:
            yield Difference("unique", f"({', '.join(sorted(n.text for n in columns))}) is not unique", span, None)
    for columns, span in right.items():
        if columns not in left:
            yield Difference("unique", f"({', '.join(sorted(n.text for n in columns))}) is unique", None, span)


def index_differences(reference: Table, other: Table) -> Iterator[Difference]:
    """The indexes that only one of two tables has, by name and by shape; unique ones are keys and not repeated."""
    if reference.incomplete or other.incomplete:
        return
    names = {index.name for index in reference.indexes} & {index.name for index in other.indexes}
    left = {index.signature: index for index in reference.indexes if _stated(index) and index.name not in names}
    right = {index.signature: index for index in other.indexes if _stated(index) and index.name not in names}
    for signature, index in left.items():
        if signature not in right:
            yield Difference("index", f"it has no index {index.name or ''}".rstrip(), index.span, None)
    for signature, index in right.items():
        if signature not in left:
            yield Difference("index", f"it has an index {index.name or ''}".rstrip(), None, index.span)


def _stated(index: Index) -> bool:
    """Whether an index is one that somebody asked for, and no key."""
    return not index.unique and not index.implied


def lesser_differences(reference: Table, other: Table, sides: Sides) -> Iterator[Difference]:
    """What else two states of one table may differ in, where both are stated to the last: defaults, indexes, also those of
    one name, foreign keys and checks."""
    for name, column in reference.columns.items():
        twin = other.columns.get(name)
        if twin is None:
            continue
        if same_default(column, twin, *sides).outcome is Outcome.DIFFERENT:
            said = f"default {twin.default.raw}" if twin.default else "no default"
            yield Difference("default", f"{twin.name} has {said}", column.span, twin.span, name)
    yield from index_differences(reference, other)
    yield from _remade(reference, other)
    ours: Named = {key.name: (key.span, _acts(key)) for key in reference.foreign_keys}
    theirs: Named = {key.name: (key.span, _acts(key)) for key in other.foreign_keys}
    yield from _named_differences("foreign key", ours, theirs)
    ours = {check.name: (check.span, "") for check in reference.checks}
    theirs = {check.name: (check.span, "") for check in other.checks}
    yield from _named_differences("check", ours, theirs)


def _remade(reference: Table, other: Table) -> Iterator[Difference]:
    """Indexes of one name over columns that both have, made otherwise; unique ones are keys and not repeated."""
    others: dict[Name | None, Index] = {index.name: index for index in other.indexes if index.name is not None}
    for index in reference.indexes:
        again = others.get(index.name)
        if again is None or index.unique or index.signature == again.signature:
            continue
        columns = {part.column for part in (*index.parts, *again.parts) if part.column is not None}
        if columns <= reference.columns.keys() & other.columns.keys():
            yield Difference("index", f"its index {index.name} is {_built(again, index)}", index.span, again.span)


def _built(index: Index, before: Index) -> str:
    """How an index is, other than before."""
    if index.where is None and before.where is not None:
        return "without its WHERE"
    method, was = index.method or "btree", before.method or "btree"
    return f"{method}, not {was}" if method != was else "made otherwise"


def _acts(key: ForeignKey) -> str:
    return f"ON DELETE {key.on_delete or 'NO ACTION'}"


def _named_differences(kind: str, ours: Named, theirs: Named) -> Iterator[Difference]:
    """Constraints that only one side has, or that do something else there."""
    for name in dict.fromkeys((*ours, *theirs)):
        called = f"{kind} {name or ''}".rstrip()
        one, other = ours.get(name), theirs.get(name)
        if one is not None and other is not None:
            if one[1] != other[1]:
                yield Difference(kind, f"{called} is {other[1]}, not {one[1]}", one[0], other[0])
        elif one is not None:
            yield Difference(kind, f"it has no {called}", one[0], None)
        elif other is not None:
            yield Difference(kind, f"it has a {called}", None, other[0])


def unique_sets(table: Table) -> dict[frozenset[Name], Span]:
    """The column sets that a table keeps unique by a constraint or a plain unique index, other than its primary key."""
    sets = {frozenset(key.columns): key.span for key in table.uniques}
    for index in table.indexes:
        if index.unique and index.where is None and index.columns is not None and not _prefixed(index):
            sets.setdefault(frozenset(index.columns), index.span)
    if table.primary_key is not None:
        sets.pop(frozenset(table.primary_key.columns), None)
    return sets


def _prefixed(index: Index) -> bool:
    return any(part.prefix is not None for part in index.parts)
