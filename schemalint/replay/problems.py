"""Troubles → problems: where on the path each was met, what else fails for the same reason, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemalint.model.catalog import DeploymentPath, Problem, Refusal, Step
from schemalint.model.facts import CreateTable, Fact, RenameTable
from schemalint.model.frozen import replace
from schemalint.model.names import TableName
from schemalint.model.source import Script
from schemalint.model.span import Span
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble

_FOLDED = frozenset(
    {
        Refusal.INDEX_COLUMN_MISSING,
        Refusal.CONSTRAINT_COLUMN_MISSING,
        Refusal.COLUMN_MISSING,
        Refusal.ROW_COLUMN_MISSING,
        Refusal.READ_COLUMN_MISSING,
        Refusal.VIEW_COLUMN_MISSING,
    }
)
TABLES = frozenset(
    {
        Refusal.TABLE_MISSING,
        Refusal.INDEX_TABLE_MISSING,
        Refusal.KEY_TABLE_MISSING,
        Refusal.VIEW_TABLE_MISSING,
    }
)
"""What is refused for want of a table."""


def problem_of(path: DeploymentPath, step: Step, script: Script | None, fact: Fact, trouble: Trouble) -> Problem:
    """The problem that a trouble with a fact is at this place of the path."""
    return Problem(
        refusal=trouble.refusal,
        fact=fact,
        span=trouble.span,
        path=path,
        step=step,
        script=script,
        table=trouble.table,
        name=trouble.name,
        names=trouble.names,
        existing=trouble.existing,
        index=trouble.index,
        taken=trouble.taken,
        holder=trouble.holder,
        why=trouble.why,
        server=trouble.server,
    )


def note(state: State, problems: list[Problem], problem: Problem) -> None:
    """Adds a problem, or folds it into the one that it only follows from."""
    if problem.table is None:
        problems.append(problem)
        return
    known = {state.assumed.get((problem.table, name)) for name in problem.names}
    first = known.pop() if problem.refusal in _FOLDED and len(known) == 1 else None
    if first is not None:
        problems[first] = replace(problems[first], follows=(*problems[first].follows, problem.span))
        return
    masked = tuple(
        definition
        for definition in state.masked.get(problem.table, ())
        if any(column.name in problem.names for column in definition.columns)
    )
    for name in problem.names:
        state.assumed.setdefault((problem.table, name), len(problems))
    near = None
    if problem.refusal in TABLES:
        near = _near(problem.table, state.tables)
    problems.append(replace(problem, masked=masked, gone=state.gone.get(problem.table), near=near))


def _near(table: TableName, tables: Iterable[TableName]) -> TableName | None:
    """The table whose name is so like this one that it was probably meant."""
    from difflib import get_close_matches

    names = {known.key: known for known in tables}
    close = get_close_matches(table.key, names, n=1, cutoff=0.85)
    return names[close[0]] if close else None


_SHOWN = 3
"""Statements of a script that runs a second time that are pointed at, besides the first."""


def once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, with one for each script that has run on the path before: what stands in the way of its statements is what
    they made themselves."""
    found: list[Problem] = []
    first: dict[tuple[int, str], int] = {}
    for problem in problems:
        if problem.script is None or problem.taken is None or problem.taken != problem.span:
            found.append(problem)
            continue
        at = first.setdefault((id(problem.step), problem.script.path), len(found))
        if at == len(found):
            found.append(problem)
        elif len(found[at].follows) < _SHOWN:
            found[at] = replace(found[at], follows=(*found[at].follows, problem.span))
    return found


def stopping(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, with those marked at which their scripts stop."""
    stopped: set[tuple[str, str]] = set()
    for problem in problems:
        if problem.script is not None and not (problem.refusal.silent or problem.refusal is Refusal.BLOCK_FAILS):
            script = problem.step.source.id, problem.script.path
            if script not in stopped:
                stopped.add(script)
                problem = replace(problem, stops=True)
        yield problem


def with_later(problem: Problem) -> Problem:
    """Says where the missing table is created further down the path, if it is."""
    if problem.refusal not in TABLES:
        return problem
    later = _creation_after(problem)
    return replace(problem, later=later) if later else problem


def _creation_after(problem: Problem) -> Span | None:
    steps = problem.path.steps
    passed = False
    for step in steps[steps.index(problem.step) :]:
        for fact in step.source.facts:
            if fact is problem.fact:
                passed = True
            elif passed or step is not problem.step:
                if isinstance(fact, CreateTable) and fact.table == problem.table:
                    return fact.span
                if isinstance(fact, RenameTable) and fact.new == problem.table:
                    return fact.new_span
    return None
