"""Facts → catalogs and problems: a deployment path played on paper, statement by statement, as the server would.

After a refusal the replay goes on as if the author had repaired it in the obvious way (the existing table stays, the
missing column is taken as there), so that one run shows every independent failure; what only follows from an earlier one
is folded into it.
"""

from __future__ import annotations

from collections.abc import Mapping

from schemalint.dialects import spoken
from schemalint.histories.whole import is_whole, made_and_used
from schemalint.model.catalog import (
    Catalog,
    DeploymentPath,
    Played,
    PlayedStep,
    Problem,
    Undone,
)
from schemalint.model.facts import (
    CreateTable,
    Invalid,
    Opaque,
)
from schemalint.model.frozen import replace
from schemalint.model.names import TableName
from schemalint.model.objects import (
    CreateEnum,
    CreateObject,
    CreateView,
    KeyChecks,
    LegacyRenames,
    SearchPath,
    Transaction,
)
from schemalint.model.source import SourceKind
from schemalint.replay.blocks import execute
from schemalint.replay.elsewhere import part
from schemalint.replay.leftovers import WaysBack
from schemalint.replay.problems import note, once, problem_of, stopping, with_later
from schemalint.replay.restart import restarted
from schemalint.replay.rollback import Stage, together
from schemalint.replay.state import State
from schemalint.replay.sync import sync
from schemalint.replay.trouble import Trouble
from schemalint.replay.undo import undo

_PREPARING = (
    CreateEnum | CreateView | CreateObject | Opaque | Invalid | KeyChecks | LegacyRenames | SearchPath | Transaction
)
"""What may stand before the first table of a history that begins with nothing."""


def play(path: DeploymentPath, models: Mapping[str, Catalog]) -> Played:
    """Plays a path from an empty database. `models` holds the own catalog of every models source, by its id."""
    server = path.steps[0].source.server if path.steps else None
    state = State(spoken(path.dialect, server), closed=_closed(path, models), unknown=path.others)
    problems: list[Problem] = []
    steps = []
    for step in path.steps:
        before = state.catalog()
        undone: list[Undone] = []
        stages: list[Stage] = []
        state.models = step.source.kind is SourceKind.MODELS
        state.server = step.source.server
        state.script, state.ahead = (), None
        if step.call is not None:
            state.key_checks = not step.source.unchecked
            for fact, trouble in sync(state, models[step.source.id], step.call, step.source):
                note(state, problems, problem_of(path, step, None, fact, trouble))
        else:
            ways = WaysBack(step.source.scripts)
            for script in step.source.scripts:
                state.key_checks = not step.source.unchecked
                state.legacy_renames, state.saved, state.touched = False, None, {}
                state.search = ()
                state.script, state.ahead = script.facts, None
                start = state.copy() if script.down else None  # an empty way back says that there is none
                refused = False
                for fact, trouble, causes in execute(state, script.facts, step.source.id):
                    if causes and all(_follows_refusal(state, why) for _, why in causes):
                        continue
                    refused = refused or not trouble.refusal.silent
                    problem = problem_of(path, step, script, fact, trouble)
                    causing = tuple(problem_of(path, step, script, cause, why) for cause, why in causes)
                    note(state, problems, replace(problem, causes=causing))
                part(state)
                stood = start.tables if start is not None else {}
                stages.append(Stage(script, {name: stood.get(name) for name in state.touched}))
                if start is not None:
                    undone += undo(start, state, path, step, script, refused, ways)
            undone = list(together(state, stages, undone, step.source.id))
        steps.append(PlayedStep(step, before, state.catalog(), tuple(undone)))
    problems += restarted(state, path, models, problems)
    return Played(
        path, tuple(steps), state.catalog(), tuple(with_later(problem) for problem in stopping(once(problems)))
    )


def _closed(path: DeploymentPath, models: Mapping[str, Catalog]) -> bool:
    """Whether what the path does not create cannot exist.

    It cannot on a server that a deployment starts empty with its init scripts. A history, or a program, that begins by
    creating a table is taken as whole unless it works on several tables that it never creates: those are made elsewhere.
    A lone script or the models may be meant for a database that exists."""
    if not path.steps:
        return False
    first = path.steps[0].source
    if path.steps[0].call is not None or (first.kind is SourceKind.SCHEMA and not path.alone):
        return True
    if first.kind is not SourceKind.MIGRATIONS:
        return False
    opening = (fact for fact in first.facts if not isinstance(fact, _PREPARING))
    if not isinstance(next(opening, None), CreateTable):
        return False
    created: set[TableName] = set()
    used: set[TableName] = set()
    for step in path.steps:
        if step.call is not None:
            created |= models[step.source.id].tables.keys()
            continue
        made, needed = made_and_used(step.source.facts)
        created |= made
        used |= needed
    return is_whole(created, used - path.others)


def _follows_refusal(state: State, why: Trouble) -> bool:
    """Whether a block fails only for want of columns that an earlier, refused or skipped definition of the table has:
    that is reported where it was refused."""
    masked = state.masked.get(why.table, ()) if why.table else ()
    return bool(why.names) and all(any(c.name == name for d in masked for c in d.columns) for name in why.names)
