"""SL302 column-missing-in-database. Docs and tests: rules/SL302-column-missing-in-database.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.pair import Comparison, TablePair
from schemalint.model.schema import Table
from schemalint.model.source import SourceKind
from schemalint.rules import Rule, listed, rule


@rule("SL302", "column-missing-in-database", severity=Severity.ERROR, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison, table, model = pair.comparison, pair.reference, pair.other
    if comparison.other_source.kind is not SourceKind.MODELS or table is None or model is None or table.incomplete:
        return
    if not comparison.relevant or table.name in comparison.besides or comparison.remade(table.name):
        return
    missing = [column.other for column in pair.columns if column.reference is None and column.other is not None]
    if not missing:
        return
    severity, effect, help = _effect(comparison, model, "column" if len(missing) == 1 else "columns")
    if severity is Severity.ERROR and all((table.name, column.name) in comparison.added for column in missing):
        severity, effect = (
            Severity.WARNING,
            "SQL adds it that nothing is seen to run, and queries fail where nobody ran that",
        )
    names = listed([column.name for column in missing])
    yield self.finding(
        f"{table.name} lacks {names}, which the model has: {effect}",
        Location(missing[0].span, f"{missing[0].name} is not in the database"),
        Location(table.span, f"created here with {listed(table.columns)}"),
        *(Location(column.span, f"nor is {column.name}") for column in missing[1:12]),
        severity=severity,
        help=help,
        table=table.name,
        column=missing[0].name if len(missing) == 1 else None,
        object=", ".join(sorted(column.name.key for column in missing)),
        sources=(comparison.other_source.id,),
        path=comparison.path,
    )


def _effect(comparison: Comparison, model: Table, noun: str) -> tuple[Severity, str, str]:
    """How bad it is, by what the ORM's sync does to a table that exists."""
    add = f"add the {noun} to the SQL"
    call = comparison.sync_of(model.name)
    if call is not None and call.sync.adds_columns:
        return Severity.NOTE, f"{call.title} will add the {noun}", f"{add}, so that both say the same"
    if not comparison.proved:
        return Severity.WARNING, "queries fail on a database made by this SQL", add
    if call is not None:
        never = f"{call.title} creates missing tables and never adds columns"
        return Severity.ERROR, "the first query on it fails", f"{add}: {never}"
    others = (one for one in comparison.other_source.calls if one.sync.adds_columns and one.condition is None)
    if (other := next((one for one in others if model.name in (one.tables or ())), None)) is not None:
        return Severity.WARNING, f"the first query on it fails, unless {other.title} has been run", add
    return Severity.ERROR, "the first query on it fails", f"{add}, or remove it from the model"
