"""SL301 table-missing-in-database. Docs and tests: rules/SL301-table-missing-in-database.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import CreateTable, Fact
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.model.pair import Comparison, TablePair
from schemalint.model.source import SourceKind
from schemalint.rules import Rule, rule


@rule("SL301", "table-missing-in-database", severity=Severity.ERROR, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison, model = pair.comparison, pair.other
    if comparison.other_source.kind is not SourceKind.MODELS or model is None or pair.reference is not None:
        return
    if model.name in comparison.besides or any(source.partial for source in comparison.reference_sources):
        return  # code makes it, or may make it elsewhere
    if model.name.schema is not None and any(source.any_schema for source in comparison.reference_sources):
        return  # in some schema there is, and it may be this one
    if comparison.dialect in ("mysql", "mariadb") and model.name.schema is None and _in_another(comparison, model.name):
        return  # the script makes several databases, and which of them the program opens is not known
    if (
        comparison.begun
        or comparison.reference.opaque
        or model.name in comparison.reference.views
        or not comparison.covered
    ):
        return
    if any(
        isinstance(fact, CreateTable) and fact.span == model.span and not fact.certain for fact in _facts(comparison)
    ):
        return  # it looks like a model, but nothing proves that it is stored
    if model.name in comparison.unplaced or (not comparison.proved and model.name in comparison.elsewhere):
        return  # nothing says which of these scripts make the database, or that they do not do so together
    created = comparison.sync_of(model.name) is not None
    if created and pair.near is None:
        return
    sources = " and ".join(source.id for source in comparison.reference_sources)
    related = []
    help = f"create {model.name} in the SQL, or correct the model's table name"
    near = ""
    if pair.near is not None:
        near = f"; there is {pair.near.name}"
        related.append(Location(pair.near.span, f"did you mean {pair.near.name}?"))
        help = f"did you mean {pair.near.name}? Set the model's table name, or rename the table"
    besides = model.name in comparison.elsewhere
    effect = "the ORM will create a second table beside it" if created else "every query on it fails"
    if besides and not created:
        effect = "SQL creates it that nothing is seen to run, and every query fails where nobody ran that"
    yield self.finding(
        f"the model's table {model.name} is created by nothing in {sources}{near}: {effect}",
        Location(model.span, f"the model's table is {model.name}"),
        *related,
        severity=Severity.WARNING if created or besides or not comparison.proved else Severity.ERROR,
        help=help,
        table=model.name,
        sources=(comparison.other_source.id,),
        path=comparison.path,
    )


def _in_another(comparison: Comparison, model: TableName) -> bool:
    """Whether a table of that name is made in a database that the SQL names."""
    return any(table.schema is not None and table.name == model.name for table in comparison.reference.tables)


def _facts(comparison: Comparison) -> Iterator[Fact]:
    return comparison.other_source.facts
