"""SL115 dropped-while-referenced. Docs and tests: rules/SL115-dropped-while-referenced.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.facts import (
    AlterColumn,
    AlterType,
    DropColumn,
    DropIndex,
    DropTable,
    Fact,
    RenameColumn,
    RenameTable,
)
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import ObjectKind
from schemalint.model.objects import DropObject, DropType, DropView, Write
from schemalint.refused import generated_from, of_primary_key, typed_table
from schemalint.rules import Rule, rule


@rule("SL115", "dropped-while-referenced", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal is not Refusal.DEPENDED_ON or problem.taken is None:
        return
    if typed_table(problem):
        yield _of_type(self, problem)
        return
    if isinstance(problem.fact, AlterType):
        done, label = f"type {problem.name} cannot be changed so", "changed here"
    elif isinstance(problem.fact, RenameTable):
        done, label = f"table {problem.table} cannot be renamed", "renamed here"
    elif _renames(problem.fact):
        done, label = f"column {problem.name} of {problem.table} cannot be renamed", "renamed here"
    elif isinstance(problem.fact, AlterColumn) and problem.fact.verbatim:
        done, label = f"the type of {problem.table}.{problem.name} cannot be changed", "changed here"
    elif isinstance(problem.fact, AlterColumn) and problem.holder is None and generated_from(problem) is None:
        done, label = f"{problem.table}.{problem.name} cannot do without NOT NULL", "changed here"
    elif isinstance(problem.fact, AlterColumn):
        done, label = f"the type of {problem.table}.{problem.name} cannot be changed", "changed here"
    elif isinstance(problem.fact, Write):
        done, label = f"table {problem.table} cannot be emptied by TRUNCATE", "emptied here"
    else:
        done, label = f"{_dropped(problem)} cannot be dropped", "dropped here"
    yield self.problem(
        problem,
        f"{done}: {_holder(problem)} {'refers to' if isinstance(problem.fact, Write) else 'still needs'} it",
        label,
        Location(problem.taken, "needs it"),
        help=_help(problem),
        column=problem.name if isinstance(problem.fact, DropColumn) else None,
        object=problem.name,
    )


def _renames(fact: Fact) -> bool:
    if isinstance(fact, AlterColumn) and fact.replacement is not None:
        return fact.replacement.name != fact.column
    return isinstance(fact, RenameColumn)


def _of_type(self: Rule, problem: Problem) -> Finding:
    """A typed table's columns are changed on the table."""
    return self.problem(
        problem,
        f"{problem.table} is a table OF type {problem.holder}, whose columns it has: they cannot be changed on the table",
        "refused here",
        *([Location(problem.taken, "made here")] if problem.taken else []),
        help=f"change the type instead: ALTER TYPE {problem.holder} … ATTRIBUTE … CASCADE",
        object=problem.holder,
    )


def _dropped(problem: Problem) -> str:
    match problem.fact:
        case DropTable():
            return f"table {problem.table}"
        case DropColumn():
            return f"column {problem.name} of {problem.table}"
        case DropIndex():
            return f"index {problem.name}"
        case DropType():
            return f"type {problem.name}"
        case DropView():
            return f"view {problem.name}"
        case DropObject(kind=kind):
            return f"{kind.value} {problem.name}"
    return f"constraint {problem.name} of {problem.table}"


def _holder(problem: Problem) -> str:
    """What still needs what is dropped."""
    if isinstance(problem.fact, DropObject) and problem.fact.kind is ObjectKind.SCHEMA:
        return f"{'table' if problem.existing else 'view'} {problem.holder}, which stands in it,"
    if problem.why == "trigger":
        return f"trigger {problem.holder}"
    if problem.holder is not None and isinstance(problem.fact, DropType):
        return f"type {problem.holder}"
    if problem.holder is not None:
        return f"view {problem.holder}"
    if isinstance(problem.fact, DropColumn | AlterColumn) and problem.fact.verbatim and _own(problem):
        return _held_by(problem)
    if isinstance(problem.fact, RenameColumn) and problem.path.dialect == "tsql":
        return _held_by(problem)
    if isinstance(problem.fact, AlterColumn) and (generated := generated_from(problem)) is not None:
        return f"generated column {generated}"
    if isinstance(problem.fact, AlterColumn):
        return "the primary key" if of_primary_key(problem) else "the identity"
    return "its own table" if _own(problem) or problem.existing is None else f"table {problem.existing.name}"


def _held_by(problem: Problem) -> str:
    """SQL Server: what of its own table holds a column."""
    table = problem.existing
    for kind, things in (
        ()
        if table is None
        else (
            ("the primary key", (table.primary_key,)),
            ("unique constraint", table.uniques),
            ("index", table.indexes),
            ("foreign key", table.foreign_keys),
            ("check", table.checks),
        )
    ):
        for thing in things:
            if thing is not None and thing.span == problem.taken:
                return f"{kind} {thing.name}" if thing.name else kind if kind.startswith("the") else f"a {kind}"
    column = table.columns.get(problem.name) if table is not None and problem.name is not None else None
    if column is not None and column.span == problem.taken:
        return f"its default {column.default_name}" if column.default_name else "its default"
    return "a computed column"


def _own(problem: Problem) -> bool:
    own = problem.existing is not None and problem.existing.name == problem.table
    return own and problem.holder is None and not isinstance(problem.fact, AlterType | DropType | DropObject)


def _help(problem: Problem) -> str:
    family = problem.path.dialect
    if isinstance(problem.fact, Write):
        if family == "postgres":
            return "name both tables in one TRUNCATE, or write CASCADE where that should be emptied too"
        return "DELETE FROM looks at the rows and may do it; or drop the key before and add it again behind"
    if isinstance(problem.fact, AlterType):
        typed = problem.existing is not None and problem.existing.of == problem.fact.name
        return (
            "write CASCADE behind it" if typed else "give the column another type before, and this one again behind it"
        )
    if problem.why == "trigger":
        again = ", and make it again behind it" if isinstance(problem.fact, AlterColumn) else ""
        return f"DROP TRIGGER {problem.holder} ON {problem.table} before this statement{again}"
    if problem.path.dialect == "tsql" and problem.holder is not None:
        return f"drop view {problem.holder} before this statement, or alter it so that it is not bound, and make it again behind"
    if _renames(problem.fact):
        return "drop what names the column in an expression before this statement, and make it again behind it"
    if isinstance(problem.fact, AlterColumn) and (generated := generated_from(problem)) is not None:
        return f"drop column {generated} before this statement and add it again behind it"
    if isinstance(problem.fact, AlterColumn) and problem.holder is None and not problem.fact.verbatim:
        first = "DROP CONSTRAINT of the key" if of_primary_key(problem) else "ALTER COLUMN … DROP IDENTITY"
        return f"leave it NOT NULL, or {first} first"
    if isinstance(problem.fact, AlterColumn) and not problem.fact.verbatim:
        return f"drop view {problem.holder} before this statement and create it again behind it"
    if isinstance(problem.fact, DropIndex) and family in ("postgres", "tsql") and _own(problem):
        return f"drop the constraint that it belongs to: ALTER TABLE {problem.table} DROP CONSTRAINT {problem.name}"
    if problem.existing is not None and any(
        column.generated is not None and column.span == problem.taken for column in problem.existing.columns.values()
    ):
        return "drop the generated column that is computed from it first" + (
            ", or write CASCADE where that should go too" if family == "postgres" else ""
        )
    if family == "postgres":
        return "drop what needs it first, or write CASCADE where that should go too"
    if family == "tsql" and isinstance(problem.fact, DropColumn | AlterColumn):
        return (
            "drop it first: ALTER TABLE … DROP CONSTRAINT name for keys, checks and defaults, DROP INDEX name ON table"
        )
    if family == "sqlite":
        return "drop the index first; for a column of a key, make the table anew without it and copy the rows"
    return "drop the key that needs it first"
