"""SL413 sequelize-destructive-sync. Docs and tests: rules/SL413-sequelize-destructive-sync.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.model.pair import Comparison, TablePair
from schemalint.model.schema import Table
from schemalint.model.source import Call
from schemalint.rules import Rule, listed, rule


@rule("SL413", "sequelize-destructive-sync", severity=Severity.ERROR, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison, table, model = pair.comparison, pair.reference, pair.other
    if comparison.other_source.parser != "sequelize" or table is None or model is None:
        return
    dropping = _call(comparison, model.name, tables=True)
    if dropping is not None:
        yield from _drops_tables(self, pair, dropping, table)
        return
    altering = _call(comparison, model.name, tables=False)
    if altering is None or table.incomplete or model.incomplete:
        return
    lost = [column.reference for column in pair.columns if column.other is None and column.reference is not None]
    if not lost:
        return
    names = listed([column.name for column in lost])
    noun = "column" if len(lost) == 1 else "columns"
    yield self.finding(
        f"{altering.title} drops {noun} {names} of {table.name}, with all that is in them: the model does not have "
        f"{'it' if len(lost) == 1 else 'them'}",
        Location(altering.span, "alters every table to what its model says"),
        *(Location(column.span, f"{column.name} will be dropped") for column in lost[:12]),
        Location(model.span, f"the model has {listed(model.columns)}"),
        severity=_severity(altering, comparison),
        help="remove `alter` and change tables by migrations; `alter: {drop: false}` keeps the columns in Sequelize 6",
        notes=_conditions(altering),
        table=table.name,
        object=", ".join(sorted(column.name.key for column in lost)),
        sources=(comparison.other_source.id,),
        path=comparison.path,
    )


def _drops_tables(self: Rule, pair: TablePair, call: Call, table: Table) -> Iterator[Finding]:
    """One finding a call, at the first of the tables it drops."""
    comparison = pair.comparison
    shared = [
        known
        for name, known in comparison.reference.tables.items()
        if name in comparison.other.tables and _concerns(call, name)
    ]
    if shared[0].name != table.name:
        return
    noun, them = ("table", "it") if len(shared) == 1 else ("tables", "them")
    names = listed([known.name for known in shared])
    yield self.finding(
        f"{call.title} drops {noun} {names}, with every row, and makes {them} again from the models at each start",
        Location(call.span, "drops the tables first"),
        *(Location(known.span, f"{known.name} is created here") for known in shared[:12]),
        severity=_severity(call, comparison),
        help="remove `force: true`: it is for tests on a database of their own",
        notes=_conditions(call),
        table=table.name if len(shared) == 1 else None,
        object=", ".join(known.name.key for known in shared),
        sources=(comparison.other_source.id,),
        path=comparison.path,
    )


def _call(comparison: Comparison, table: TableName, tables: bool) -> Call | None:
    """The first sync that drops this table, or columns of it."""
    for call in comparison.calls:
        if (call.sync.drops_tables if tables else call.sync.drops_columns) and _concerns(call, table):
            return call
    return None


def _concerns(call: Call, table: TableName) -> bool:
    return call.tables is None or table in call.tables


def _severity(call: Call, comparison: Comparison) -> Severity:
    """An error where it is certain to happen: unconditionally, or in production, on a path that runs the SQL first."""
    if call.environment == "development":
        return Severity.NOTE
    if comparison.path is None or (call.condition is not None and call.environment != "production"):
        return Severity.WARNING
    return Severity.ERROR


def _conditions(call: Call) -> tuple[str, ...]:
    return (f"only when {call.condition}",) if call.condition else ()
