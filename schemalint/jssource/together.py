"""What is started together, as by `Promise.all`: in which order the server gets it is not known.

Each item of such a set is a run of facts of its own. Where one makes, changes or takes away what another names, nobody can tell
which comes first: the other is applied if it applies, and never complained of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from schemalint.model.clauses import Guard
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropIndex,
    DropTable,
    Fact,
    RenameColumn,
    RenameTable,
)
from schemalint.model.objects import RemakeTable
from schemalint.model.schema import ForeignKey, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span

Together = tuple[tuple[Span, int], ...]
"""The sets around a step, outermost first: each by its place, with the number of the item."""

Thing = tuple[str, ...]
"""A table, a column of one, an index or a key, by their folded names."""

_TAKING: Thing = ("taking",)
_TAKES = DropTable | DropColumn | DropConstraint


def unordered(facts: Sequence[tuple[Fact, Together]]) -> Iterator[Fact]:
    """The facts, in the order in which they are written, those that hang on another item of their set marked."""
    done: dict[Span, dict[Thing, set[int]]] = {}
    for fact, sets in facts:
        for place, item in sets:
            for thing in (*_does(fact), *((_TAKING,) if isinstance(fact, _TAKES) else ())):
                done.setdefault(place, {}).setdefault(thing, set()).add(item)
    for fact, sets in facts:
        doubt = next((place for place, item in sets if _hangs(fact, item, done.get(place, {}))), None)
        if doubt is None:
            yield fact
        elif fact.guard is None:
            yield replace(fact, guard=Guard(doubt, True))
        else:
            yield replace(fact, guard=replace(fact.guard, conditional=True))


def _hangs(fact: Fact, item: int, done: Mapping[Thing, Set[int]]) -> bool:
    """Whether an item of the set, other than the fact's own, does what the fact needs to be done or not to be done. A key of
    what others take away may still need a table that is dropped."""
    things = _names(fact) | {thing for thing in _does(fact) if thing[0] != "keys"}
    if isinstance(fact, DropTable):
        things.add(_TAKING)
    return any(done.get(thing, frozenset()) - {item} for thing in things)


def _does(fact: Fact) -> set[Thing]:
    """What a fact makes, changes or takes away."""
    keys: set[Thing]
    match fact:
        case CreateTable() | DropTable():
            return {("table", fact.table.key)}
        case RenameTable():
            return {("table", fact.table.key), ("table", fact.new.key)}
        case AddColumn():
            keys = {("keys", fact.table.key)} if fact.primary_key or fact.uniques else set()
            return keys | {("column", fact.table.key, fact.column.name.key)}
        case AlterColumn() | DropColumn():
            return {("column", fact.table.key, fact.column.key)}
        case RemakeTable():
            return {("table", fact.table.key)}
        case RenameColumn():
            return {("column", fact.table.key, one.key) for one in (fact.column, fact.new)}
        case CreateIndex():
            keys = {("keys", fact.table.key)} if fact.index.unique else set()
            return keys | {("index", str(fact.index.name))}
        case DropIndex():
            return {("index", str(fact.name.name))}
        case AddConstraint():
            named: set[Thing] = {("key", fact.table.key, str(fact.constraint.name))}
            unique = isinstance(fact.constraint, PrimaryKey | UniqueConstraint)
            return named | ({("keys", fact.table.key)} if unique else set())
        case DropConstraint():
            return {("key", fact.table.key, str(fact.name)), ("keys", fact.table.key)}
    return set()


def _names(fact: Fact) -> set[Thing]:
    """What a fact needs to be there."""
    table = getattr(fact, "table", None)
    found: set[Thing] = set() if table is None or isinstance(fact, CreateTable) else {("table", table.key)}
    keys: tuple[ForeignKey, ...] = ()
    match fact:
        case CreateTable() | AddColumn():
            keys = fact.foreign_keys
        case CreateIndex():
            found |= {("column", fact.table.key, part.column.key) for part in fact.index.parts if part.column}
        case AddConstraint():
            columns = getattr(fact.constraint, "columns", ())
            found |= {("column", fact.table.key, one.key) for one in columns}
            keys = (fact.constraint,) if isinstance(fact.constraint, ForeignKey) else ()
    for key in keys:
        found |= {("table", key.ref_table.key), ("keys", key.ref_table.key)}
        found |= {("column", key.ref_table.key, one.key) for one in key.ref_columns}
    return found
