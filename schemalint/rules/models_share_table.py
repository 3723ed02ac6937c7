"""SL212 models-share-table. Docs and tests: rules/SL212-models-share-table.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import definition, differences, says
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.model.source import Source, SourceKind
from schemalint.rules import Rule, rule


@rule("SL212", "models-share-table", severity=Severity.WARNING, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    if source.kind is not SourceKind.MODELS:
        return
    known: dict[TableName, CreateTable] = {}
    for fact in source.facts:
        if not isinstance(fact, CreateTable) or fact.model is None or not fact.certain or fact.unread:
            continue
        first = known.setdefault(fact.table, fact)
        if first is not fact and first.model != fact.model:
            yield from _judge(self, source, first, fact)


def _judge(self: Rule, source: Source, first: CreateTable, second: CreateTable) -> Iterator[Finding]:
    """A model may well map only the part of a table that it needs: each must have a column that the other lacks."""
    found = list(differences(definition(first), definition(second), (source.dialect, source.dialect)))
    if not {"column missing", "column extra"} <= {difference.kind for difference in found}:
        return
    yield self.finding(
        f"{second.model} and {first.model} both map table {second.table}, with different columns:"
        f" {second.model} {says(found)}",
        Location(second.span, f"{second.model} maps {second.table}"),
        Location(first.span, f"{first.model} maps it too"),
        help="map the table by one model, or give one of them its own table name",
        table=second.table,
        object=second.model,
        sources=(source.id,),
    )
