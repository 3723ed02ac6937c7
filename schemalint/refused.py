"""What a refused statement is about."""

from __future__ import annotations

from schemalint.model.catalog import Problem
from schemalint.model.described import AlterIndex
from schemalint.model.facts import (
    AlterType,
    CreateIndex,
    DropConstraint,
    DropIndex,
    NeedConstraint,
    RenameConstraint,
    RenameIndex,
)
from schemalint.model.names import Name
from schemalint.model.objects import (
    AddEnumValue,
    AlterObject,
    CreateView,
    DropObject,
    DropType,
    DropView,
    RenameEnumValue,
    RenameType,
)


def typed_table(problem: Problem) -> bool:
    """Whether a change of columns is refused because they are those of the table's type."""
    table = problem.existing
    return table is not None and table.of is not None and table.of == problem.holder


def generated_from(problem: Problem) -> Name | None:
    """The generated column that keeps another one as it is."""
    made = problem.existing.columns.values() if problem.existing else ()
    return next((one.name for one in made if one.generated is not None and one.span == problem.taken), None)


def of_primary_key(problem: Problem) -> bool:
    """Whether the column concerned is one of its table's primary key."""
    key = problem.existing.primary_key if problem.existing else None
    return key is not None and problem.name in key.columns


_MISSING: dict[type, str] = {
    CreateIndex: "index",  # that it replaces
    DropIndex: "index",
    RenameIndex: "index",
    AlterIndex: "index",
    DropConstraint: "constraint",
    RenameConstraint: "constraint",
    AddEnumValue: "type",
    DropType: "type",
    DropView: "view",
    CreateView: "view",  # ALTER VIEW
    RenameEnumValue: "type",
    RenameType: "type",
    NeedConstraint: "constraint",
}


def missing_kind(problem: Problem) -> str:
    """What kind of thing it is that OBJECT_MISSING misses: "index", "type", "sequence"."""
    if problem.holder is not None:
        return "sequence"  # a column takes its values from it
    fact = problem.fact
    if isinstance(fact, AlterType):
        return "constraint" if problem.table else "domain" if fact.domain else "type"
    return fact.kind.value if isinstance(fact, AlterObject | DropObject) else _MISSING[type(fact)]
