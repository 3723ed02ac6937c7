"""The whole way back, from the head of a history: what one way back seems to break, the next may mend.

Some histories are cut into small steps whose ways back belong together without each undoing its own way up. What then looks
wrong in the one is right in all of them, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from schemalint.model.catalog import Undone
from schemalint.model.facts import DropColumn, DropConstraint, DropIndex, DropTable, Fact
from schemalint.model.frozen import frozen, replace
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Table
from schemalint.model.source import Script
from schemalint.replay.blocks import execute
from schemalint.replay.parts import named
from schemalint.replay.state import State
from schemalint.replay.undo import alike, apart

_How = frozenset[tuple[str, object]]
_WHOLE: _How = frozenset({("gone", None), ("behind", None)})
"""What leaves nothing to be said of a table's parts."""


@frozen
class Stage:
    """A script and the tables that its way up changed, as they stood before it (None: not there, or no way back)."""

    script: Script
    before: Mapping[TableName, Table | None]


@frozen
class _Astray:
    """What a script's way back certainly did not undo in a table, and what has not been mended on the way since. `lost` are the
    keys of the names of the keys and indexes that it lacked."""

    path: str
    how: _How
    lost: frozenset[str]


@dataclass(slots=True)
class _Walk:
    """What the way back from the head has shown so far, by the path of each script that it has passed: the facts that were
    refused, and the tables that stood otherwise than before the script; and the types that are there at its end."""

    refused: dict[str, set[int]] = field(default_factory=dict)
    astray: dict[str, set[TableName]] = field(default_factory=dict)
    types: set[TableName] = field(default_factory=set)


def together(head: State, stages: Sequence[Stage], undone: Iterable[Undone], source: str) -> Iterator[Undone]:
    """Of scripts that seem not to be undone, those that are not undone either when all ways back are run from the head. The
    tools step over a script without one; its tables are not judged any more. Behind something unread the way goes on from what
    should be there then."""
    undone = tuple(undone)
    if not undone:
        return
    walk = _walked(head, stages, {one.script.path: one.tables for one in undone}, source)
    for one in undone:
        path = one.script.path
        if path not in walk.refused:
            yield one
            continue
        problems = tuple(problem for problem in one.problems if id(problem.fact) in walk.refused[path])
        tables = tuple(pair for pair in one.tables if _stays(pair, walk.astray[path]))
        types = tuple(made for made in one.types if made.name in walk.types)
        if problems or tables or types:
            yield replace(one, problems=problems, tables=tables, types=types)


def _walked(
    head: State,
    stages: Sequence[Stage],
    claims: Mapping[str, tuple[tuple[Table | None, Table | None], ...]],
    source: str,
) -> _Walk:
    """The way back from the head. `claims` are the tables that each script seems to leave otherwise than before, by path."""
    walk, state, expected = _Walk(), head.copy(), dict(head.tables)
    state.opaque = ()  # what was not read on the way up is weighed by who judges each way back by itself
    open_: dict[TableName, list[_Astray]] = {}
    left: set[TableName] = set()  # tables that a script without a way back has left as they are
    for stage in reversed(stages):
        path = stage.script.path
        if state.opaque:
            state = _anew(state, expected)
            open_.clear()
        state.key_checks, state.legacy_renames, state.saved = True, False, None
        state.assumed, state.touched = {}, {}
        if not stage.script.down:
            left |= stage.before.keys()
            continue
        refused = [
            fact
            for fact, trouble, causes in execute(state, stage.script.down, source)
            if not trouble.refusal.silent and not causes
        ]
        walk.refused[path] = set(map(id, refused))
        missed = set(map(_dropped, refused))
        expected.update((name, table) for name, table in stage.before.items() if table is not None)
        for name in [name for name, table in stage.before.items() if table is None]:
            expected.pop(name, None)
        for name in list(open_):
            waiting = [
                one for one in open_[name] if name in left or not missed & one.lost
            ]  # else it failed for want of it
            open_[name] = list(_unmended(walk, waiting, name in left, _how(name, expected, state), stage.script, name))
        walk.astray[path] = set()
        for old, new in claims.get(path, ()):
            known = old or new
            if known is None or known.name in left:
                continue
            claim = apart(old, new, state.dialect.name, expected, expected)
            stuck = _kept(claim, _how(known.name, expected, state))
            if stuck:
                walk.astray[path].add(known.name)
                open_.setdefault(known.name, []).append(_Astray(path, stuck, _names(old) - _names(new)))
    walk.types = {*state.enums, *state.types}
    return walk


def _how(name: TableName, expected: Mapping[TableName, Table], state: State) -> _How:
    """In what a table stands otherwise than it should."""
    old, new = expected.get(name), state.tables.get(name)
    if alike(old, new, state.dialect.name, expected, state.tables):
        return frozenset()
    return apart(old, new, state.dialect.name, expected, state.tables)


def _unmended(
    walk: _Walk, open_: list[_Astray], left: bool, now: _How, script: Script, name: TableName
) -> Iterator[_Astray]:
    """What the way back of this script does not mend, either, and another one may. Dropped where they were made, a table or
    columns were not mended: they went with what was wrong with them."""
    down = script.down or ()
    dropped = not now and any(isinstance(fact, DropTable) and fact.table == name for fact in down)
    lost = {fact.column for fact in down if isinstance(fact, DropColumn) and fact.table == name}
    for one in open_:
        if not left and ((dropped and ("behind", None) not in one.how) or _changed(one.how) & lost):
            continue  # for good
        kept = one.how if now & _WHOLE else _kept(one.how, now)
        if left or not kept:
            walk.astray[one.path].discard(name)
        else:
            yield _Astray(one.path, kept, one.lost)


def _kept(how: _How, now: _How) -> _How:
    """What was wrong with a table and still is."""
    names = _changed(now)
    return frozenset(
        one for one in how if one in now or (one[0] == "changed" and isinstance(one[1], tuple) and one[1][0] in names)
    )


def _changed(how: _How) -> set[Name]:
    """The columns that are other ones."""
    return {what[0] for kind, what in how if kind == "changed" and isinstance(what, tuple)}


def _anew(state: State, tables: Mapping[TableName, Table]) -> State:
    """The state with these tables, whatever has been done to those it had."""
    anew = State(
        state.dialect, state.closed, enums=state.enums, types=state.types, views=state.views, things=state.things
    )
    for table in tables.values():
        anew.put(table)
    return anew


def _stays(pair: tuple[Table | None, Table | None], astray: set[TableName]) -> bool:
    """Whether a table is another one after all ways back. Of one that is not known in all its parts, only what its own
    script adds is judged, and that was done."""
    return any(one and (one.name in astray or one.incomplete) for one in pair)


def _dropped(fact: Fact) -> str | None:
    """The key of the name of the index or constraint that a statement takes away."""
    if isinstance(fact, DropIndex):
        return fact.name.name.key
    return fact.name.key if isinstance(fact, DropConstraint) and fact.name is not None else None


def _names(table: Table | None) -> frozenset[str]:
    return frozenset() if table is None else frozenset(named(table))
