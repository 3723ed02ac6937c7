"""SL408 gorm-model-not-migrated. Docs and tests: rules/SL408-gorm-model-not-migrated.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.databases import Database
from schemalint.model.facts import CreateTable, Opaque
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.model.source import Source, SourceKind
from schemalint.rules import Rule, rule

_OWN = "casbin_rule"
"""The table that casbin's adapter for GORM makes by itself; a struct for it only reads."""


@rule("SL408", "gorm-model-not-migrated", severity=Severity.WARNING, on=Database)
def check(self: Rule, database: Database) -> Iterator[Finding]:
    made = _made_elsewhere(database)
    if made is None:
        return
    for source in database.sources:
        if source.parser == "gorm":
            yield from _missing(self, source, made)


def _missing(self: Rule, source: Source, made: set[TableName]) -> Iterator[Finding]:
    lists = [call for call in source.calls if call.sync.adds_columns]
    if not lists or any(call.tables is None for call in source.calls):
        return
    unknown = [fact for fact in source.facts if isinstance(fact, Opaque)]
    if any(not fact.touches for fact in unknown):
        return  # a list that could not be read may hold the model
    in_code = {table for fact in unknown for table in fact.touches or ()}
    migrated = {table for call in source.calls for table in call.tables or ()}
    longest = max(lists, key=lambda call: len(call.tables or ()))
    models = [fact for fact in source.facts if isinstance(fact, CreateTable) and fact.model is not None]
    missing = [fact for fact in models if fact.table not in migrated | in_code | made]
    missing = [fact for fact in missing if not fact.table.name.key.endswith(_OWN)]
    if len(missing) * 2 > len(models):
        return  # most models are migrated in some other way
    for fact in missing:
        yield self.finding(
            f"nothing creates {fact.table}: no AutoMigrate call gets the model {fact.model}",
            Location(fact.span, f"stored in {fact.table}"),
            Location(longest.span, f"gets {len(longest.tables or ())} tables, not this one"),
            help=f"add &{fact.model}{{}} to the list; GORM adds what a listed model belongs to, never what it has",
            table=fact.table,
            sources=(source.id,),
        )


def _made_elsewhere(database: Database) -> set[TableName] | None:
    """The tables that SQL or another ORM makes in this database; None when that is not known for all of them."""
    made: set[TableName] = set(database.unplaced)
    for source in database.sources:
        catalog = database.catalogs.get(source.id)
        if source.parser == "gorm":
            made.update(table for call in source.calls for table in call.tables or ())
        elif catalog is None or catalog.opaque:
            return None
        elif source.kind is not SourceKind.MODELS or source.calls:
            made.update(catalog.tables)
            made.update(catalog.views)
    return made
