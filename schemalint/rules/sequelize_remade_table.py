"""SL451 sequelize-remade-table. Docs and tests: rules/SL451-sequelize-remade-table.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.facts import AddColumn
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.objects import RemakeTable
from schemalint.model.span import Span
from schemalint.rules import Rule, rule

_WHY = "SQLite cannot change a column, so Sequelize makes the table anew"


@rule("SL451", "sequelize-remade-table", severity=Severity.WARNING, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.step.source.parser not in {"sequelize", "sequelize-cli"} or problem.table is None:
        return
    if problem.refusal is Refusal.COPY_FAILS:
        yield _fails(self, problem)
    elif problem.refusal is Refusal.UNADDABLE and isinstance(problem.fact, AddColumn):
        word = "PRIMARY KEY" if problem.fact.primary_key is not None else "UNIQUE"
        yield self.problem(
            problem,
            f"{_what(problem)} will fail: it adds {problem.table}.{problem.name} with {word}, which SQLite refuses",
            f"Cannot add a {word} column",
            severity=Severity.ERROR,
            help="say what is unique in `indexes: [{ unique: true, fields: […] }]`"
            if word == "UNIQUE"
            else "let the SQL that makes the table have the column",
            column=problem.name,
        )
    elif problem.refusal is Refusal.LOST_IN_COPY and problem.taken is not None:
        if isinstance(problem.fact, RemakeTable) and problem.name and problem.fact.constraint == problem.name:
            yield _stays(self, problem, problem.taken)
            return
        lost, label = _lost(problem)
        yield self.problem(
            problem,
            f"{_what(problem)} {lost}: {_WHY} from what PRAGMA table_info tells",
            "makes the table anew",
            Location(problem.taken, label),
            help="change the table with SQL of your own (`sequelize.query`), or make again afterwards what is lost",
            object=problem.name or ", ".join(map(str, problem.names)),
        )


def _stays(self: Rule, problem: Problem, taken: Span) -> Finding:
    return self.problem(
        problem,
        f"this removes no foreign key: Sequelize looks for {problem.name} with ON UPDATE and ON DELETE in the text of "
        f"{problem.table}, which does not say both",
        "changes nothing, and says nothing",
        Location(taken, "this key stays"),
        help="state onUpdate and onDelete where the key is added, or make the table anew by `sequelize.query`",
        object=problem.name,
    )


def _what(problem: Problem) -> str:
    if problem.step.call is None:
        return "this migration"
    return f"at the next start, {problem.step.call.title}" if problem.restart else problem.step.call.title


def _fails(self: Rule, problem: Problem) -> Finding:
    server: str | None
    if problem.index is not None and problem.names:
        column = problem.names[0]
        why = f"{_WHY} and its indexes again, and {problem.name} needs {column}, which is gone then"
        label, server, help = f"needs {column}", f"no such column: {column}", f"remove the index {problem.name} before"
    elif problem.holder is not None and not problem.names:
        why = f"{_WHY} and gives it the old name, which SQLite refuses while the view {problem.holder} reads {problem.table}"
        label, server = "this view", f"error in view {problem.holder}: no such table: main.{problem.table}"
        help = "drop the view before, and create it again afterwards"
    elif problem.index is None and problem.name is not None:
        why = f"{_WHY}, and reads the default of {problem.name} from SQLite as a text, which its type does not take"
        label, server = "this default is a text then", None
        help = "say again what the default is (`defaultValue`)"
    elif problem.index is not None:
        why = f"it asks for the columns of {problem.table}'s indexes, and {problem.name} is over an expression"
        label, server = "has no column", "Cannot set properties of undefined (setting 'unique')"
        help = "let a migration with SQL of its own change the table, or drop the index before"
    else:
        columns = ", ".join(map(str, problem.names))
        why = f"{_WHY}, in which {columns} is no longer unique, and the foreign key of {problem.holder} rests on it"
        label = "this foreign key"
        server = f'foreign key mismatch - "{problem.holder}" referencing "{problem.table}"'
        help = "let a migration with SQL of its own change the table"
    related = () if problem.taken is None else (Location(problem.taken, label),)
    return self.problem(
        problem,
        f"{_what(problem)} will fail: {why}",
        server or "fails here",
        *related,
        severity=Severity.ERROR,
        help=help,
        object=problem.name,
    )


def _lost(problem: Problem) -> tuple[str, str]:
    """What is lost, and what is said where it was made."""
    names = ", ".join(map(str, problem.names))
    if problem.index is not None and problem.names and problem.name is not None:
        rows = "unique in every row" if problem.index.unique else "over every row"
        return (
            f"takes WHERE from the index {problem.name} of {problem.table}, which is {rows} then",
            "this WHERE goes away",
        )
    if problem.index is not None and problem.name is None:
        return f"drops the unique key of {problem.table} ({names})", "this key goes away"
    if problem.holder is not None:
        return f"takes ON DELETE from the foreign key of {problem.table} ({names})", "this key loses its actions"
    if problem.names:
        return f"makes each of {names} of {problem.table} unique by itself", "these columns are unique together"
    kind = "index" if problem.index is not None else "trigger"
    return f"drops the {kind} {problem.name} of {problem.table}", f"the {kind} goes away"
