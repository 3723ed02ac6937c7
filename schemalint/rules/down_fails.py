"""SL506 down-fails. Docs and tests: rules/SL506-down-fails.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.databases import Database
from schemalint.model.catalog import Problem, Refusal, Undone
from schemalint.model.facts import AlterColumn
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.model.source import SourceKind
from schemalint.refused import missing_kind
from schemalint.rules import Rule, listed, rule

_WHY = {
    Refusal.TABLE_EXISTS: "table {table} is there by then",
    Refusal.TABLE_MISSING: "there is no table {table} by then",
    Refusal.COLUMN_EXISTS: "{table} has a column {name} by then",
    Refusal.COLUMN_MISSING: "{table} has no column {name} by then",
    Refusal.INDEX_EXISTS: "the name {name} is taken by then",
    Refusal.INDEX_COLUMN_MISSING: "{table} has no column {names} by then",
    Refusal.INDEX_TABLE_MISSING: "there is no table {table} by then",
    Refusal.CONSTRAINT_EXISTS: "the name {name} is taken by then",
    Refusal.CONSTRAINT_COLUMN_MISSING: "{table} has no column {names} by then",
    Refusal.KEY_TABLE_MISSING: "there is no table {table} by then",
    Refusal.KEY_COLUMN_MISSING: "{table} has no column {names} by then",
    Refusal.OBJECT_MISSING: "there is no {name} by then",
    Refusal.TYPE_EXISTS: "type {name} is there by then",
    Refusal.PRIMARY_KEY_EXISTS: "{table} has a primary key by then",
    Refusal.VIEW_EXISTS: "the name {name} is taken by then",
    Refusal.VIEW_TABLE_MISSING: "there is no table {table} by then",
    Refusal.VIEW_COLUMN_MISSING: "{table} has no column {names} by then",
    Refusal.VIEW_COLUMNS_CHANGE: "the view has other columns by then",
    Refusal.OBJECT_EXISTS: "{name} is there by then",
    Refusal.ROW_COLUMN_MISSING: "{table} has no column {names} by then",
    Refusal.READ_COLUMN_MISSING: "{table} has no column {names} by then",
    Refusal.KEY_UNMATCHED: "{table} has no such unique key by then",
    Refusal.VALUE_EXISTS: "the value is there by then",
}
_TAKEN = {Refusal.DEPENDED_ON: "needs it", Refusal.OBJECT_MISSING: "dropped or renamed here"}
_ABSENT = frozenset({Refusal.TABLE_MISSING, Refusal.INDEX_TABLE_MISSING, Refusal.KEY_TABLE_MISSING})
_GONE = frozenset(
    {
        Refusal.TABLE_MISSING,
        Refusal.COLUMN_MISSING,
        Refusal.OBJECT_MISSING,
        Refusal.INDEX_TABLE_MISSING,
        Refusal.INDEX_COLUMN_MISSING,
    }
)


@rule("SL506", "down-fails", severity=Severity.ERROR, on=Database)
def check(self: Rule, database: Database) -> Iterator[Finding]:
    remade = frozenset(_remade(database))
    for played in database.played:
        for step in played.steps:
            for undone in step.undone:
                for problem in undone.problems:
                    if problem.refusal not in _ABSENT or problem.table not in remade:
                        yield _finding(self, undone, problem)


def _remade(database: Database) -> Iterator[TableName]:
    """The tables that a program makes whenever it starts and they are missing: one that the way up drops may be back."""
    for source in database.sources:
        if source.kind is SourceKind.MODELS and source.calls:
            yield from database.catalogs[source.id].tables


def _finding(self: Rule, undone: Undone, problem: Problem) -> Finding:
    related = []
    if problem.existing is not None:
        related.append(Location(problem.existing.span, f"{problem.existing.name} is made here"))
    if problem.taken is not None and problem.taken != (problem.existing and problem.existing.span):
        related.append(Location(problem.taken, _TAKEN.get(problem.refusal, "taken by this")))
    if problem.gone is not None:
        related.append(Location(problem.gone, "dropped or renamed here"))
    return self.problem(
        problem,
        f"the way back of {undone.script.label} will be refused: {_why(problem)}",
        "refused when the migration is undone",
        *related,
        help=_help(problem),
        object=f"{undone.script.label} {problem.name or ''}".strip(),
    )


def _why(problem: Problem) -> str:
    if problem.refusal is Refusal.DEPENDED_ON:
        return _needed(problem)
    name: object = problem.name or problem.table
    if problem.refusal is Refusal.OBJECT_MISSING:
        name = f"{missing_kind(problem)} {problem.name or 'primary key'}"
    if problem.refusal not in _WHY:
        return problem.why or problem.refusal.value
    return _WHY[problem.refusal].format(table=problem.table, name=name, names=listed(problem.names))


def _needed(problem: Problem) -> str:
    """What stands in the way of dropping or retyping something."""
    holder = f"{problem.why or 'view'} {problem.holder}" if problem.holder is not None else "something else"
    if problem.holder is None and problem.existing is not None and problem.existing.name != problem.table:
        holder = f"table {problem.existing.name}"
    what = problem.name if problem.name is not None else problem.table
    return f"{holder} still needs {'the type of ' if isinstance(problem.fact, AlterColumn) else ''}{what}"


def _help(problem: Problem) -> str:
    if problem.refusal is Refusal.DEPENDED_ON:
        return "undo in reverse order: what needs it goes first"
    if problem.refusal in _GONE:
        return "undo in reverse order and only what the way up did; what goes with its table or column needs no drop"
    return "undo only what the way up did"
