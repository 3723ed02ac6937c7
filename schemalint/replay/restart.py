"""What a program does to its own tables when it starts again: Sequelize on SQLite, whose `alter` makes each of them anew at every
start, and so loses what it made at the first (tests/oracles/sequelize/rows.js)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from schemalint.model.catalog import Catalog, DeploymentPath, Problem, Refusal
from schemalint.model.frozen import replace
from schemalint.replay.problems import problem_of
from schemalint.replay.state import State
from schemalint.replay.sync import sync

_TOLD = (Refusal.LOST_IN_COPY, Refusal.ROWS_LOST, Refusal.COPY_FAILS)


def restarted(
    state: State, path: DeploymentPath, models: Mapping[str, Catalog], before: Sequence[Problem]
) -> Iterator[Problem]:
    """What a second start loses, or fails on, that the first did not."""
    calls = [(step, step.call) for step in path.steps if step.call is not None and step.source.parser == "sequelize"]
    if state.dialect.family != "sqlite" or not any(call.sync.alters_columns for _, call in calls):
        return
    if any(problem.refusal is Refusal.COPY_FAILS for problem in before):
        return  # it never gets there
    known = {_said(problem) for problem in before}
    again = state.copy()
    for step, call in calls:
        again.key_checks = not step.source.unchecked
        for fact, trouble in sync(again, models[step.source.id], call, step.source):
            problem = replace(problem_of(path, step, None, fact, trouble), restart=True)
            if trouble.refusal in _TOLD and _said(problem) not in known:
                known.add(_said(problem))
                yield problem


def _said(problem: Problem) -> tuple[object, ...]:
    return problem.refusal, problem.table, problem.name, problem.names, problem.holder
