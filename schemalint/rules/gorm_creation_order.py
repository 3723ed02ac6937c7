"""SL406 gorm-creation-order. Docs and tests: rules/SL406-gorm-creation-order.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.rules import Rule, rule


@rule("SL406", "gorm-creation-order", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    call = problem.step.call
    if problem.refusal is not Refusal.KEY_TABLE_MISSING or call is None or problem.step.source.parser != "gorm":
        return
    if problem.table is None or problem.existing is None:
        return
    child = problem.existing
    if any(_creates_well(other.tables or (), problem.table, child.name) for other in problem.step.source.calls):
        return  # another call makes the parent, and which of them runs first is not known
    keys = [key for key in child.foreign_keys if problem.span in (key.ref_span, key.span)]
    models = {
        fact.table: fact
        for fact in problem.step.source.facts
        if isinstance(fact, CreateTable) and fact.model is not None
    }
    parent, own = models.get(problem.table), models.get(child.name)
    name = str(keys[0].name) if keys else "a foreign key"
    places = [Location(child.span, f"{child.name} is created first, with the key {name}")]
    if parent is not None:
        places.append(Location(parent.span, f"{problem.table} is created later, or not by this call"))
    yield self.problem(
        problem,
        f"{call.title} creates {child.name} before {problem.table}, to which its key {name} refers",
        f"makes {name} on {child.name}",
        *places,
        Location(call.span, _order(call.tables)),
        help=_help(own, parent, problem.table),
        table=child.name,
        object=name,
    )


def _creates_well(tables: tuple[TableName, ...], parent: TableName, child: TableName) -> bool:
    return parent in tables and (child not in tables or tables.index(parent) < tables.index(child))


def _order(tables: tuple[TableName, ...] | None) -> str:
    names = [str(table) for table in tables or ()]
    shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return f"creates in this order: {shown}" if shown else "creates the tables"


def _help(own: CreateTable | None, parent: CreateTable | None, missing: TableName) -> str:
    if own is None or parent is None:
        return f"create {missing} first"
    return (
        f"name {parent.model} before {own.model} in the call, or give {own.model} a field of type {parent.model}:"
        " what a model belongs to is created before it, the owner of a has-many is not"
    )
