"""SL315 table-missing-in-model. Docs and tests: rules/SL315-table-missing-in-model.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.histories.books import is_ledger
from schemalint.model.facts import Opaque
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.pair import TablePair
from schemalint.model.source import SourceKind
from schemalint.rules import Rule, rule


@rule("SL315", "table-missing-in-model", severity=Severity.WARNING, on=TablePair, asked=True)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison, table = pair.comparison, pair.reference
    if comparison.other_source.kind is not SourceKind.MODELS or table is None or pair.other is not None:
        return
    if not comparison.relevant or any(table.name in peer.tables for peer in comparison.peers):
        return
    if table.partition or table.name in comparison.besides:
        return  # what is read through another table, or by SQL in code
    if any(is_ledger(table.name, source) for source in comparison.reference_sources):
        return
    if any(isinstance(fact, Opaque) and fact.touches is None for fact in comparison.other_source.facts):
        return  # a model whose table is not known may map this one
    models = comparison.other_source
    yield self.finding(
        f"no model maps the table {table.name}",
        Location(table.span, "nothing in the models has this table"),
        help=f"write a model for {table.name}, drop the table, or ignore this where other programs use it",
        table=table.name,
        sources=(models.id,),
        path=comparison.path,
    )
