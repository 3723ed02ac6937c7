"""SL206 index-name-taken. Docs and tests: rules/SL206-index-name-taken.md"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.facts import CreateIndex, DropIndex
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.schema import Index
from schemalint.model.source import SourceKind
from schemalint.rules import Rule, listed, rule

_TITLES = {"gorm": "GORM", "sequelize": "Sequelize", "sqlalchemy": "SQLAlchemy"}


@rule("SL206", "index-name-taken", severity=Severity.ERROR, on=Problem)
def check(self: Rule, problem: Problem) -> Iterator[Finding]:
    if problem.taken is None or problem.name is None or problem.path.dialect == "generic":
        return  # of a server that is not read it is not known what it makes of the second
    if problem.refusal is Refusal.INDEX_EXISTS:
        where = f"on {problem.existing.name}" if problem.existing else "in this schema"
        meant = _meant(problem)
        help = "give one of the two another name, or remove the second"
        related = [Location(problem.taken, "taken by this one")]
        if meant is not None:
            related.append(Location(meant.span, f"drops {meant.name.name}"))
            help = f"nothing in this script makes {meant.name.name}, which it drops before: was {problem.name} meant there?"
        yield self.problem(
            problem,
            f"index {problem.name} exists already, {where}",
            "the name is taken",
            *related,
            severity=Severity.NOTE if problem.path.alone and _lists_a_key(problem) else self.severity,
            help=help,
            object=problem.name,
        )
    elif problem.refusal is Refusal.INDEX_DIFFERS and problem.existing and problem.index:
        held = next(index for index in problem.existing.indexes if index.name == problem.name)
        tool = _TITLES.get(problem.step.source.parser, problem.step.source.parser)
        # Values that should be unique and are not do harm in silence; a plain index of another shape only costs time.
        severity = Severity.ERROR if problem.index.unique else Severity.WARNING
        yield self.problem(
            problem,
            f"{tool} wants {_said(problem.index)} called {problem.name} on {problem.table}, but the database has"
            f" {_said(held)} of that name",
            f"the model wants {_said(problem.index)}",
            Location(problem.taken, f"the database has {_said(held)}"),
            severity=severity,
            help=f"{tool} looks for indexes by name only and leaves this one as it is: drop or rename it in the SQL"
            + (", or the values will not be unique" if problem.index.unique and not held.unique else ""),
            object=problem.name,
        )


def _meant(problem: Problem) -> DropIndex | None:
    """The statement before this one, of the same script, that drops an index of nearly this name, which the script does not
    make: it was probably to make room."""
    if problem.script is None or problem.name is None:
        return None
    dropped: dict[str, DropIndex] = {}
    for fact in problem.script.facts:
        if fact.statement == problem.fact.statement:
            break
        if isinstance(fact, DropIndex) and fact.table in (None, problem.table):
            dropped[fact.name.name.key] = fact
    made = {fact.index.name.key for fact in problem.script.facts if isinstance(fact, CreateIndex) and fact.index.name}
    names = [name for name in dropped if name not in made]
    close = get_close_matches(problem.name.key, names, n=1, cutoff=0.85)
    return dropped[close[0]] if close else None


def _lists_a_key(problem: Problem) -> bool:
    """Whether a script only names the index again that a key of the same table has: a listing of what a server holds does so,
    and is not there to be run."""
    if problem.existing is None or problem.index is None or problem.step.source.kind is not SourceKind.SCHEMA:
        return False
    keys = (problem.existing.primary_key, *problem.existing.uniques)
    return any(key and key.name == problem.name and key.columns == problem.index.columns for key in keys)


def _said(index: Index) -> str:
    columns = index.columns
    on = f" on ({listed(columns)})" if columns else ""
    return f"a{' unique' if index.unique else ' plain'} index{on}"
