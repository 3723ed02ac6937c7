"""Facts → catalogs and problems: a deployment path played on paper, statement by statement, as the server would.

After a refusal the replay goes on as if the author had repaired it in the obvious way (the existing table stays, the
missing column is taken as there), so that one run shows every independent failure; what only follows from an earlier one
is folded into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from schemalint.dialects import dialect
from schemalint.model.catalog import (
    Catalog,
    DeploymentPath,
    Played,
    PlayedStep,
    Problem,
    Refusal,
    Step,
    Undone,
)
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    Fact,
    Invalid,
    KeyChecks,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.names import TableName
from schemalint.model.objects import CreateEnum, CreateObject, CreateView, Transaction, Write
from schemalint.model.schema import ForeignKey
from schemalint.model.source import Script, SourceKind
from schemalint.model.span import Span
from schemalint.replay.apply import run
from schemalint.replay.state import State
from schemalint.replay.sync import sync
from schemalint.replay.trouble import Trouble
from schemalint.replay.undo import undo

_SILENT = frozenset({Refusal.MASKED, Refusal.INDEX_DIFFERS})
_FOLDED = frozenset(
    {
        Refusal.INDEX_COLUMN_MISSING,
        Refusal.CONSTRAINT_COLUMN_MISSING,
        Refusal.COLUMN_MISSING,
        Refusal.ROW_COLUMN_MISSING,
        Refusal.VIEW_COLUMN_MISSING,
    }
)
_TABLES = frozenset(
    {
        Refusal.TABLE_MISSING,
        Refusal.INDEX_TABLE_MISSING,
        Refusal.KEY_TABLE_MISSING,
        Refusal.VIEW_TABLE_MISSING,
    }
)


_PASSED_OVER = frozenset({Refusal.MASKED, Refusal.INDEX_DIFFERS, Refusal.BLOCK_FAILS})
"""What goes wrong without a word from the server."""
_PREPARING = CreateEnum | CreateView | CreateObject | Opaque | Invalid | KeyChecks | Transaction
"""What may stand before the first table of a history that begins with nothing."""


def play(path: DeploymentPath, models: Mapping[str, Catalog]) -> Played:
    """Plays a path from an empty database. `models` holds the own catalog of every models source, by its id."""
    state = State(dialect(path.dialect), closed=_closed(path, models))
    problems: list[Problem] = []
    steps = []
    for step in path.steps:
        before = state.catalog()
        undone: list[Undone] = []
        if step.call is not None:
            for fact, trouble in sync(state, models[step.source.id], step.call):
                _note(state, problems, _problem(path, step, None, fact, trouble))
        else:
            for script in step.source.scripts:
                state.key_checks, state.saved = True, None
                start = state.copy() if script.down is not None else None
                for fact, trouble, causes in _run(state, script.facts, step.source.id):
                    if causes and all(_follows_refusal(state, why) for _, why in causes):
                        continue
                    problem = _problem(path, step, script, fact, trouble)
                    causing = tuple(_problem(path, step, script, cause, why) for cause, why in causes)
                    _note(state, problems, replace(problem, causes=causing))
                if start is not None:
                    undone += undo(start, state, script, step.source.id)
        steps.append(PlayedStep(step, before, state.catalog(), tuple(undone)))
    return Played(path, tuple(steps), state.catalog(), tuple(_with_later(problem) for problem in _stopping(problems)))


def _stopping(problems: list[Problem]) -> Iterator[Problem]:
    """The problems, with those marked at which their scripts stop."""
    stopped: set[tuple[str, str]] = set()
    for problem in problems:
        if problem.script is not None and problem.refusal not in _PASSED_OVER:
            script = problem.step.source.id, problem.script.path
            if script not in stopped:
                stopped.add(script)
                problem = replace(problem, stops=True)
        yield problem


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
        for fact in step.source.facts:
            match fact:
                case CreateTable():
                    created.add(fact.table)
                    used.update(key.ref_table for key in fact.foreign_keys)
                case RenameTable():
                    created.add(fact.new)
                    used.add(fact.table)
                case CreateView():
                    created.add(fact.name)
                case AddConstraint(constraint=ForeignKey() as key):
                    used.update((fact.table, key.ref_table))
                case (
                    AddColumn()
                    | AlterColumn()
                    | DropColumn()
                    | RenameColumn()
                    | AddConstraint()
                    | CreateIndex()
                    | Write()
                ):
                    used.add(fact.table)
                case _:
                    pass
    return len(used - created) <= max(1, len(created) // 10)


def _run(
    state: State, facts: Iterable[Fact], source: str
) -> Iterator[tuple[Fact, Trouble, tuple[tuple[Fact, Trouble], ...]]]:
    """Applies facts in order. A block whose handler swallows failures either runs whole or, where the server rolls it
    back, not at all; its failure is one trouble with the causes inside."""
    for handler, group in groupby(
        facts, key=lambda fact: fact.guard.handler and fact.guard.span if fact.guard else None
    ):
        if handler is None:
            for fact, trouble in run(state, group, source):
                if fact.guard is None or not fact.guard.conditional:
                    yield fact, trouble, ()
            continue
        start = state.copy()
        causes = []
        for fact, trouble in run(state, group, source):
            assert fact.guard is not None
            if not fact.guard.conditional and trouble.refusal not in _SILENT:
                causes.append((fact, trouble))
        if causes:
            if state.dialect.transactional_ddl:
                state.reset(start)
            first, why = causes[0]
            block = Trouble(
                Refusal.BLOCK_FAILS, why.span, why.table, why.name, why.names, why.existing, taken=why.taken
            )
            yield first, block, tuple(causes)


def _problem(path: DeploymentPath, step: Step, script: Script | None, fact: Fact, trouble: Trouble) -> Problem:
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
    )


def _note(state: State, problems: list[Problem], problem: Problem) -> None:
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
    if problem.refusal in _TABLES:
        near = _near(problem.table, state.tables)
    problems.append(replace(problem, masked=masked, gone=state.gone.get(problem.table), near=near))


def _follows_refusal(state: State, why: Trouble) -> bool:
    """Whether a block fails only for want of columns that an earlier, refused or skipped definition of the table has:
    that is reported where it was refused."""
    masked = state.masked.get(why.table, ()) if why.table else ()
    return bool(why.names) and all(any(c.name == name for d in masked for c in d.columns) for name in why.names)


def _near(table: TableName, tables: Iterable[TableName]) -> TableName | None:
    """The table whose name is so like this one that it was probably meant."""
    from difflib import get_close_matches

    names = {known.key: known for known in tables}
    close = get_close_matches(table.key, names, n=1, cutoff=0.85)
    return names[close[0]] if close else None


def _with_later(problem: Problem) -> Problem:
    """Says where the missing table is created further down the path, if it is."""
    if problem.refusal not in _TABLES:
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
