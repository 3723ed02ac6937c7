"""SL303 column-missing-in-model. Docs and tests: rules/SL303-column-missing-in-model.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import CreateTable, Opaque
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import ObjectKind
from schemalint.model.pair import TablePair
from schemalint.model.schema import Column
from schemalint.model.source import SourceKind
from schemalint.rules import Rule, listed, rule


@rule("SL303", "column-missing-in-model", severity=Severity.ERROR, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison, table, model = pair.comparison, pair.reference, pair.other
    if comparison.other_source.kind is not SourceKind.MODELS or table is None or model is None:
        return
    if table.incomplete or model.incomplete or not any(column.reference and column.other for column in pair.columns):
        return
    if not comparison.relevant or comparison.cleared(table.name) or all(column.other for column in pair.columns):
        return  # a sync drops what the model lacks: SL413 tells which
    made = tuple(comparison.other_source.facts)
    if any(isinstance(fact, Opaque) and fact.touches is None for fact in made):
        return  # a model whose table is not known may map this one in full
    if any(isinstance(fact, CreateTable) and fact.span == model.span and not fact.certain for fact in made):
        return  # it may name only the columns that it needs
    mapped = {
        c.name for fact in made if isinstance(fact, CreateTable) and fact.table == model.name for c in fact.columns
    }
    missing = [c.reference for c in pair.columns if c.other is None and c.reference and c.reference.name not in mapped]
    filled = any(
        thing.kind is ObjectKind.TRIGGER and thing.table == table.name for thing in comparison.reference.things
    )  # a trigger may give them a value
    required = [] if filled else [column for column in missing if _required(column)]
    written = {
        name for peer in comparison.peers if table.name in peer.tables for name in peer.tables[table.name].columns
    }
    groups = (
        (Severity.ERROR, [column for column in required if column.name not in written]),
        (Severity.WARNING, [column for column in required if column.name in written]),
        (Severity.NOTE, [column for column in missing if column not in required]),
    )
    for severity, columns in groups:
        if columns:
            names = listed([column.name for column in columns])
            be = "they are" if len(columns) > 1 else "it is"
            effect = {
                Severity.ERROR: f"{be} NOT NULL without a default, so every INSERT fails",
                Severity.WARNING: f"{be} NOT NULL without a default and written only by another service's model,"
                " so an INSERT here fails",
                Severity.NOTE: "the model never reads or writes it",
            }[severity]
            help = "add it to the model, or give it a default or NULL in the SQL"
            yield self.finding(
                f"the model of {table.name} lacks {names}: {effect}",
                Location(columns[0].span, f"{columns[0].name} is in the database"),
                Location(model.span, f"the model has {listed(model.columns)}"),
                *(Location(column.span, f"and {column.name}") for column in columns[1:12]),
                severity=severity if comparison.proved else min(severity, Severity.WARNING, key=lambda one: one.rank),
                help="add it to the model if the program needs it" if severity is Severity.NOTE else help,
                table=table.name,
                column=columns[0].name if len(columns) == 1 else None,
                object=", ".join(sorted(column.name.key for column in columns)),
                sources=(comparison.other_source.id,),
                path=comparison.path,
            )


def _required(column: Column) -> bool:
    """Whether an INSERT that leaves the column out is certainly refused."""
    return column.nullable is False and column.has_default is False and not column.identity and column.generated is None
