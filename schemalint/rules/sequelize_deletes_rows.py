"""SL452 sequelize-deletes-rows. Docs and tests: rules/SL452-sequelize-deletes-rows.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Played, Problem, Refusal
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, listed, rule

_PARSERS = {"sequelize", "sequelize-cli"}
_ACTIONS = {"CASCADE", "SET NULL", "SET DEFAULT"}
_SWITCH = "send PRAGMA foreign_keys = OFF before it and = ON behind it with `sequelize.query`, outside a transaction"


@rule("SL452", "sequelize-deletes-rows", severity=Severity.ERROR, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    groups: dict[tuple[object, str], list[Problem]] = {}
    for problem in played.problems:
        if problem.refusal is Refusal.ROWS_LOST and problem.step.source.parser in _PARSERS:
            groups.setdefault((problem.span, _action(problem)), []).append(problem)
    for (_, action), problems in groups.items():
        yield _finding(self, played, action, problems)


def _action(problem: Problem) -> str:
    """What happens by the foreign key to a row that refers to one that goes; "" where it stands in the way."""
    keys = problem.existing.foreign_keys if problem.existing is not None else ()
    said = next(
        (key.on_delete for key in keys if key.columns == problem.names and key.ref_table == problem.table), None
    )
    return said if said in _ACTIONS else ""


def _finding(self: Rule, played: Played, action: str, problems: list[Problem]) -> Finding:
    """One statement and one of the things that it does to rows."""
    first = problems[0]
    what = "this migration" if first.step.call is None else first.step.call.title
    when = "at the next start, " if all(problem.restart for problem in problems) else ""
    tables = listed(dict.fromkeys(str(problem.table) for problem in problems))
    holders = listed(dict.fromkeys(str(problem.holder) for problem in problems), 5)
    columns = listed(dict.fromkeys(f"{problem.holder}.{problem.names[0]}" for problem in problems), 5)
    why = f"SQLite cannot change a column, so Sequelize makes a new table and drops the old {tables}"
    does = {
        "CASCADE": f"deletes every row of {holders} that refers to {tables}: {why}, and ON DELETE CASCADE acts",
        "": f"fails as soon as a row of {holders} refers to {tables}: {why}, which such a row forbids",
    }.get(action, f"empties {columns} in every row: {why}, and ON DELETE {action} acts")
    label = f"ON DELETE {action} here" if action else "no row may lose what it refers to here"
    return self.finding(
        f"{when}{what} {does}",
        Location(first.span, "drops the table and makes it anew"),
        *(Location(problem.taken, label) for problem in problems[:6] if problem.taken is not None),
        severity=Severity.ERROR if action else Severity.WARNING,
        help=_SWITCH if first.step.call is None else "remove `alter`, and change tables by migrations",
        notes=() if action else ("SQLite: FOREIGN KEY constraint failed",),
        table=first.table,
        object=f"{holders} {action}".strip(),
        sources=(first.step.source.id,),
        path=played.path,
    )
