"""The whole way back, from the head of a history: what one way back seems to break, the next may mend.

Some histories are cut into small steps whose ways back belong together without each undoing its own way up. What then looks
wrong in the one is right in all of them, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from schemalint.model.catalog import Undone
from schemalint.model.facts import DropColumn, DropConstraint, DropIndex, DropTable, Fact
from schemalint.model.names import Name, TableName
from schemalint.model.quick import replace
from schemalint.model.schema import Table
from schemalint.model.source import Script
from schemalint.replay.blocks import execute
from schemalint.replay.state import State
from schemalint.replay.undo import alike, otherwise


@dataclass(frozen=True, slots=True)
class Stage:
    """A script and the tables that its way up changed, as they stood before it (None: not there, or no way back)."""

    script: Script
    before: Mapping[TableName, Table | None]


@dataclass(frozen=True, slots=True)
class _Astray:
    """A table that stood otherwise than before a script: whether it was left behind, and, where nothing but columns was wrong
    with it, which. `lost` are the names of keys and indexes that it lacked."""

    path: str
    behind: bool
    changed: frozenset[Name]
    lost: frozenset[Name]


@dataclass(slots=True)
class _Walk:
    """What the way back from the head has shown so far, by the path of each script that it has passed: the facts that were
    refused, and the tables that stood otherwise than before the script; and the types that are there at its end."""

    refused: dict[str, set[int]] = field(default_factory=dict)
    astray: dict[str, set[TableName]] = field(default_factory=dict)
    types: set[TableName] = field(default_factory=set)


def together(head: State, stages: Sequence[Stage], undone: Iterable[Undone], source: str) -> Iterator[Undone]:
    """Of scripts that seem not to be undone, those that are not undone either when all ways back are run from the head. The
    tools step over a script without one; its tables are not judged any more. At something unread that way ends, and each is
    judged by itself."""
    undone = tuple(undone)
    if not undone:
        return
    walk = _walked(head, stages, source)
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


def _walked(head: State, stages: Sequence[Stage], source: str) -> _Walk:
    walk, state, expected = _Walk(), head.copy(), dict(head.tables)
    state.opaque = ()  # what was not read on the way up is weighed by who judges each way back by itself
    open_: dict[TableName, list[_Astray]] = {}  # tables gone astray, at the scripts passed since
    left: set[TableName] = set()  # tables that a script without a way back has left as they are
    for stage in reversed(stages):
        path = stage.script.path
        state.key_checks, state.legacy_renames, state.saved = True, False, None
        state.assumed, state.touched = {}, {}
        if state.opaque:
            break
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
        walk.astray[path] = set()
        for name in dict.fromkeys((*open_, *stage.before, *state.touched)):
            old, new = expected.get(name), state.tables.get(name)
            if name not in left and not alike(old, new, state.dialect.name, expected, state.tables):
                changed = otherwise(old, new, state.dialect.name, expected, state.tables)
                open_.setdefault(name, []).append(_Astray(path, old is None, changed, _names(old) - _names(new)))
                walk.astray[path].add(name)
            elif name in open_:
                # Dropped where they were made, a table or columns were not mended: they went with what was wrong with them.
                gone = old is None and any(_drops(fact, name) for fact in stage.script.down)
                lost = {
                    fact.column for fact in stage.script.down if isinstance(fact, DropColumn) and fact.table == name
                }
                for one in open_.pop(name):
                    if missed & one.lost:
                        continue  # this way back fails for want of it
                    if one.behind or name in left or not (gone or (one.changed and one.changed <= lost)):
                        walk.astray[one.path].discard(name)
    walk.types = {*state.enums, *state.types}
    return walk


def _stays(pair: tuple[Table | None, Table | None], astray: set[TableName]) -> bool:
    """Whether a table is another one after all ways back. Of one that is not known in all its parts, only what its own
    script adds is judged, and that was done."""
    return any(one and (one.name in astray or one.incomplete) for one in pair)


def _dropped(fact: Fact) -> Name | None:
    """The name of the index or constraint that a statement takes away."""
    if isinstance(fact, DropIndex):
        return fact.name.name
    return fact.name if isinstance(fact, DropConstraint) else None


def _names(table: Table | None) -> frozenset[Name]:
    """The names of a table's keys and indexes."""
    if table is None:
        return frozenset()
    found = {key.name for key in table.uniques} | {index.name for index in table.indexes}
    found |= {key.name for key in table.foreign_keys} | {check.name for check in table.checks}
    return frozenset(name for name in found if name is not None)


def _drops(fact: Fact, table: TableName) -> bool:
    return isinstance(fact, DropTable) and fact.table == table
