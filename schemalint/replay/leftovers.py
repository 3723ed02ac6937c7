"""What a script's way up and way back certainly add up to, whatever the schema was before.

Behind a step that was not read hardly a table is known whole any more. What the script itself makes, drops and renames is
known all the same: a statement without IF EXISTS that has run tells what was there before it, and what is there now.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropIndex,
    DropTable,
    Fact,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.frozen import frozen, replace
from schemalint.model.names import Name, TableName
from schemalint.model.objects import CopyTable, RemakeTable
from schemalint.model.schema import Check, Column, ForeignKey, Index, Table, UniqueConstraint
from schemalint.model.source import Script
from schemalint.model.span import Span
from schemalint.replay.state import State

_Key = TypeVar("_Key", bound=Hashable)
_Named = Index | UniqueConstraint | ForeignKey | Check
_Place = tuple[TableName, Name]
_Naming = Callable[[Fact], "Name | TableName | None"]


class WaysBack:
    """What the ways back of a history do, worked out when it is first asked for."""

    def __init__(self, scripts: tuple[Script, ...]) -> None:
        self._scripts = scripts

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {script.path: at for at, script in enumerate(self._scripts)}

    @cached_property
    def _taken(self) -> Mapping[Name | TableName, int]:
        """The first script whose way back takes away a table, or a column, index or constraint of that name."""
        return self._first(_taken)

    @cached_property
    def _given(self) -> Mapping[Name | TableName, int]:
        """The first script whose way back adds a column, index or constraint of that name."""
        return self._first(_given)

    def _first(self, named: _Naming) -> Mapping[Name | TableName, int]:
        found: dict[Name | TableName, int] = {}
        for at, script in enumerate(self._scripts):
            for fact in script.down or ():
                name = named(fact)
                if name is not None:
                    found.setdefault(name, at)
        return found

    @cached_property
    def remade(self) -> frozenset[TableName]:
        """The tables that a way back makes, renames or copies: another table has their name on the way."""
        facts = [fact for script in self._scripts for fact in script.down or ()]
        made = {fact.table for fact in facts if isinstance(fact, CreateTable | CopyTable | RemakeTable | RenameTable)}
        return frozenset(made | {fact.new for fact in facts if isinstance(fact, RenameTable)})

    @cached_property
    def certain(self) -> frozenset[TableName]:
        """The tables that a way up makes for certain: had they been there before, it would have been refused."""
        facts = (fact for script in self._scripts for fact in script.facts)
        return frozenset(
            fact.table for fact in facts if isinstance(fact, CreateTable) and _sure(fact) and not fact.temporary
        )

    def taken_before(self, script: Script, name: Name | TableName) -> bool:
        """Whether the way back of an earlier script takes away what has that name."""
        at = self._places[script.path]
        return self._taken.get(name, at) < at

    def given_before(self, script: Script, name: Name) -> bool:
        """Whether the way back of an earlier script adds something of that name."""
        at = self._places[script.path]
        return self._given.get(name, at) < at


def left_over(before: State, end: State, script: Script, ways: WaysBack) -> Iterator[tuple[Table | None, Table | None]]:
    """The tables that the script certainly leaves otherwise than it found them, each before and after, as far as the two
    differ for certain. What the way back of an earlier migration mends or takes away is left to that one. Of tables that
    something unread in the script itself may touch nothing is said."""
    facts = (*script.facts, *(script.down or ()))
    clouds = [fact.touches for fact in facts if isinstance(fact, Opaque)]
    if None in clouds:
        return
    clouded = {name for names in clouds for name in names or ()} | ways.remade
    tables = _net((key, there, sure) for fact in facts for key, there, sure in _tables(fact))
    for name, (was, is_) in tables.items():
        if name in clouded or was is is_ or was is None:
            continue
        old, new = before.tables.get(name), end.tables.get(name)
        if is_ and old is None and new is not None and not ways.taken_before(script, name):
            yield None, new
        elif was and old is not None and new is None:
            yield old, None
    yield from _altered(before, end, script, ways, clouded | tables.keys())


def _altered(
    before: State, end: State, script: Script, ways: WaysBack, aside: Iterable[TableName]
) -> Iterator[tuple[Table, Table]]:
    """The tables of which the script certainly adds or drops a part for good."""
    facts = (*script.facts, *(script.down or ()))
    columns: dict[TableName, dict[Name, tuple[bool | None, bool]]] = {}
    for (table, column), net in _net(step for fact in facts for step in _columns(fact)).items():
        columns.setdefault(table, {})[column] = net
    for name in dict.fromkeys((*columns, *_met(before, script))):
        old, new = before.tables.get(name), end.tables.get(name)
        if name not in aside and old is not None and new is not None and old.incomplete == new.incomplete:
            pair = _Parts(old, new, columns.get(name, {})).differing(script, ways)
            if pair is not None:
                yield pair


def _met(before: State, script: Script) -> Iterator[TableName]:
    """The tables whose indexes and constraints the way up adds or drops."""
    for fact in script.facts:
        if isinstance(fact, CreateIndex | AddConstraint | DropConstraint):
            yield fact.table
        elif isinstance(fact, DropIndex):
            held = before.find_key(fact.table or fact.name, fact.name.name)
            if held is not None:
                yield held[0].name


@frozen
class _Parts:
    """A table before the way up and after the way back, and for its columns whether they certainly were and are there."""

    old: Table
    new: Table
    columns: Mapping[Name, tuple[bool | None, bool]]

    def differing(self, script: Script, ways: WaysBack) -> tuple[Table, Table] | None:
        """The table with what it had and has lost, and with what it has and had not; None where that is nothing."""
        behind = [name for name, net in self.columns.items() if net == (False, True) and name in self.new.columns]
        behind = [name for name in behind if not ways.taken_before(script, name)]
        lost = [name for name, net in self.columns.items() if net == (True, False)]
        lost = [name for name in lost if not ways.given_before(script, name)]
        spans = _dropped(script)
        same = {name: column for name, column in self.new.columns.items() if name not in behind and name not in lost}
        was = {**same, **{name: self.old.columns.get(name) or Column(name, spans[name]) for name in lost}}
        has = {**same, **{name: self.new.columns[name] for name in behind}}
        old, new = replace(self.new, columns=was), replace(self.new, columns=has)
        added, dropped = frozenset(_adds(script)), frozenset(_drops(script))
        extra = {name for name in added if not ways.taken_before(script, name)}
        gone = {name for name in dropped if not ways.given_before(script, name)}
        for kind in ("indexes", "uniques", "foreign_keys", "checks"):
            kept, went, more = self._kept(kind, extra, gone)
            old, new = replace(old, **{kind: (*kept, *went)}), replace(new, **{kind: (*kept, *more)})
        return None if old == new else (old, new)

    def _kept(self, kind: str, extra: set[Name], gone: set[Name]) -> tuple[list[_Named], list[_Named], list[_Named]]:
        """Of the indexes or the constraints of a kind: those that may have been there before, those that are certainly lost,
        and those that certainly were not there."""
        ours: tuple[_Named, ...] = getattr(self.old, kind)
        theirs: tuple[_Named, ...] = getattr(self.new, kind)
        names, now = {one.name for one in ours}, {one.name for one in theirs}
        shapes = {_shape(one) for one in theirs}
        more = [one for one in theirs if one.name in extra - names and not self._went(one)]
        lost = [one for one in ours if one.name in gone - now and _shape(one) not in shapes and not self._went(one)]
        return [one for one in theirs if one not in more], lost, more

    def _went(self, one: _Named) -> bool:
        """Whether a column is not there any more with which an index or constraint goes."""
        return any(not self.columns[name][1] for name in _reads(one) if name in self.columns)


def _net(steps: Iterable[tuple[_Key, bool, bool]]) -> dict[_Key, tuple[bool | None, bool]]:
    """Of everything named: whether it was there before the first step that concerns it (None: not known) and is there behind
    the last. Each step says whether it is there afterwards, and whether it would have been refused had that been so before."""
    found: dict[_Key, tuple[bool | None, bool]] = {}
    for key, there, sure in steps:
        was = found[key][0] if key in found else (not there if sure else None)
        found[key] = was, there
    return found


def _tables(fact: Fact) -> Iterator[tuple[TableName, bool, bool]]:
    match fact:
        case CreateTable(temporary=False):
            yield fact.table, True, _sure(fact)
        case DropTable(temporary=False):
            yield fact.table, False, _sure(fact)
        case RenameTable():
            yield fact.table, False, _sure(fact)
            yield fact.new, True, _sure(fact)
        case CopyTable() | RemakeTable():
            yield fact.table, True, False


def _columns(fact: Fact) -> Iterator[tuple[_Place, bool, bool]]:
    match fact:
        case AddColumn():
            yield (fact.table, fact.column.name), True, _sure(fact)
        case DropColumn():
            yield (fact.table, fact.column), False, _sure(fact)
        case RenameColumn():
            yield (fact.table, fact.column), False, _sure(fact)
            yield (fact.table, fact.new), True, _sure(fact)


def _adds(script: Script) -> Iterator[Name]:
    """The indexes and constraints that the way up certainly adds, by name."""
    for fact in script.facts:
        if isinstance(fact, CreateIndex | AddConstraint) and _sure(fact):
            name = fact.index.name if isinstance(fact, CreateIndex) else fact.constraint.name
            if name is not None:
                yield name


def _drops(script: Script) -> Iterator[Name]:
    """The indexes and constraints that the way up certainly drops, by name."""
    for fact in script.facts:
        if isinstance(fact, DropIndex | DropConstraint) and _sure(fact):
            name = fact.name.name if isinstance(fact, DropIndex) else fact.name
            if name is not None:
                yield name


def _dropped(script: Script) -> dict[Name, Span]:
    """Where the columns are dropped or renamed, by name."""
    facts = (*script.facts, *(script.down or ()))
    return {fact.column: fact.span for fact in facts if isinstance(fact, DropColumn | RenameColumn)}


def _reads(one: _Named) -> Iterator[Name]:
    """The columns without which an index or constraint cannot be."""
    if isinstance(one, UniqueConstraint | ForeignKey):
        yield from one.columns
        return
    mentions = () if isinstance(one, Index) else one.mentions
    if isinstance(one, Index):
        yield from (part.column for part in one.parts if part.column is not None)
        mentions = (*one.where_mentions, *one.include, *(each for part in one.parts for each in part.mentions))
    yield from (name for name, _ in mentions)


def _shape(one: _Named) -> object:
    """What makes an index or constraint the same as another one of another name, or nearly so."""
    if isinstance(one, Check):
        return one.expr.key
    return frozenset(one.columns or ()), isinstance(one, ForeignKey)


def _sure(fact: Fact) -> bool:
    """Whether a statement is run in any case, and refused where it has nothing to do."""
    conditions = ("if_exists", "if_not_exists", "table_if_exists")
    return fact.guard is None and not any(getattr(fact, condition, False) for condition in conditions)


def _taken(fact: Fact) -> Name | TableName | None:
    match fact:
        case DropColumn():
            return fact.column
        case DropTable():
            return fact.table
        case DropIndex():
            return fact.name.name
        case DropConstraint():
            return fact.name
    return None


def _given(fact: Fact) -> Name | TableName | None:
    match fact:
        case AddColumn():
            return fact.column.name
        case RenameColumn():
            return fact.new
        case CreateIndex():
            return fact.index.name
        case AddConstraint():
            return fact.constraint.name
    return None
