"""SL310 index-mismatch. Docs and tests: rules/SL310-index-mismatch.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import drifting, repairable, spoken_of
from schemalint.model.finding import Finding, Location, Repair, Severity
from schemalint.model.names import Name
from schemalint.model.pair import TablePair
from schemalint.model.schema import Index, IndexPart, Table
from schemalint.model.source import Part
from schemalint.rules import Rule, listed, rule


@rule("SL310", "index-mismatch", severity=Severity.NOTE, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison, tables = pair.comparison, drifting(pair)
    if tables is None or Part.INDEXES not in comparison.other_source.states:
        return
    table, model = tables
    call = comparison.sync_of(table.name)
    wanted = _alone(model, table)
    if wanted:
        adds = call is not None and call.sync.adds_indexes
        effect = f"{call.title} will add it" if call and adds else "queries that count on it read the whole table"
        message = f"the model of {table.name} has {_named(wanted)}, the database does not: {effect}"
        yield _finding(self, pair, wanted, table, message, "in the model", "made here without it")
    kept = _alone(table, model)
    if kept and spoken_of(comparison, _plain):
        message = f"the database has {_named(kept)} on {table.name}, of which the model knows nothing"
        repairs = tuple(_repairs(pair, kept, model))
        yield _finding(self, pair, kept, model, message, "in the database", "the model", repairs)


def _repairs(pair: TablePair, kept: list[Index], model: Table) -> Iterator[Repair]:
    """`index=True` makes a plain index called `ix_<table>_<column>`. Where nothing makes tables of the models, only tools
    that write migrations look at it."""
    for index in kept:
        column = model.columns.get(index.columns[0]) if index.columns and len(index.columns) == 1 else None
        if column is None or model.name.schema is not None or not repairable(pair, column):
            continue
        plain = Index(index.name, (IndexPart(index.parts[0].span, column.name),), index.span)
        named = index.name is not None and index.name.text == f"ix_{model.name}_{column.name}"
        usual = not index.include and index.parts[0].collation is None
        if named and usual and plain.signature == index.signature:
            yield Repair(column.span, "index", True, safe=not pair.comparison.calls)


def _plain(table: Table) -> list[Index]:
    return [index for index in table.indexes if not (index.unique or index.implied)]


def _alone(one: Table, other: Table) -> list[Index]:
    """The indexes, keys apart, that only one side has: by shape, for names are made up by tools. An index or key of the
    other side that begins with the same columns does the same work, and one of the same name is SL206's affair."""
    served = [columns for index in other.indexes if (columns := index.columns) and index.where is None]
    served += [key.columns for key in (other.primary_key, *other.uniques) if key is not None]
    known = {index.signature for index in other.indexes}
    names = {index.name for index in other.indexes if index.name}
    return [
        index
        for index in _plain(one)
        if not (index.signature in known or index.name in names)
        and not _served(index.columns, served)
        and (index.columns is None or other.columns.keys() >= set(index.columns))
    ]


def _served(columns: tuple[Name, ...] | None, served: list[tuple[Name, ...]]) -> bool:
    return columns is not None and any(one[: len(columns)] == columns for one in served)


def _named(indexes: list[Index]) -> str:
    noun = "an index" if len(indexes) == 1 else f"{len(indexes)} indexes:"
    return f"{noun} {listed([_told(index) for index in indexes], 5)}"


def _told(index: Index) -> str:
    parts = ", ".join(str(part.column or (part.expr.raw if part.expr else "?")) for part in index.parts)
    return f"({parts})" if index.name is None else f"{index.name} ({parts})"


def _finding(
    self: Rule,
    pair: TablePair,
    indexes: list[Index],
    other: Table,
    message: str,
    label: str,
    there: str,
    repairs: tuple[Repair, ...] = (),
) -> Finding:
    return self.finding(
        message,
        Location(indexes[0].span, label),
        *(Location(index.span, label) for index in indexes[1:12]),
        Location(other.span, there),
        help="say it on both sides, or drop it where nobody needs it",
        table=other.name,
        object="; ".join(sorted(_told(index) for index in indexes)),
        sources=(pair.comparison.other_source.id,),
        path=pair.comparison.path,
        repairs=repairs,
    )
