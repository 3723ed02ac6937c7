"""SL214 type-already-exists. Docs and tests: rules/SL214-type-already-exists.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import ObjectKind
from schemalint.model.objects import AddEnumValue, AlterObject, CreateObject, RenameEnumValue
from schemalint.rules import Rule, rule

_REFUSALS = frozenset(
    {
        Refusal.TYPE_EXISTS,
        Refusal.VALUE_EXISTS,
        Refusal.VIEW_EXISTS,
        Refusal.VIEW_COLUMNS_CHANGE,
        Refusal.OBJECT_EXISTS,
    }
)


@rule("SL214", "type-already-exists", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.refusal not in _REFUSALS or problem.taken is None:
        return
    message, label, help = _words(problem)
    yield self.problem(
        problem,
        message,
        label,
        Location(problem.taken, "created first here"),
        help=help,
        object=problem.name,
    )


def _words(problem: Problem) -> tuple[str, str, str]:
    """The message, the label of the place, and the help."""
    fact, name = problem.fact, problem.name
    match problem.refusal:
        case Refusal.VIEW_EXISTS:
            help = "drop the first one before, rename one of them, or write CREATE OR REPLACE where both are views"
            return f"view {name} cannot be created: something of that name exists already", "created here", help
        case Refusal.VIEW_COLUMNS_CHANGE:
            help = "drop the view and create it again, or add new columns behind the old ones only"
            return f"view {name} cannot be replaced by one that lacks or reorders its columns", "replaced here", help
    match fact:
        case AddEnumValue(value=value) | RenameEnumValue(new=value):
            return f'enum {name} has a value "{value}" already', "added again here", "remove the second"
        case CreateObject(kind=kind) | AlterObject(kind=kind):
            there = f" on {problem.table}" if kind is ObjectKind.TRIGGER and problem.table else ""
            return f"{kind.value} {name}{there} exists already", "created again here", _once(kind)
    help = "remove the second, or put it into DO $$ … EXCEPTION WHEN duplicate_object"
    return f"type {name} exists already", "created again here", help


def _once(kind: ObjectKind) -> str:
    replaceable = kind in (ObjectKind.FUNCTION, ObjectKind.PROCEDURE, ObjectKind.TRIGGER)
    return f"remove the second, or write {'OR REPLACE' if replaceable else 'IF NOT EXISTS'}"
