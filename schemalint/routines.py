"""What functions and procedures do, played where a source calls them: facts in, facts without a call out.

A body stands as often as it is called, with its own places: what fails in it is shown there. What depends on arguments, on
which of several functions of one name is meant, or on how often a function calls itself, may touch any table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from schemalint.dialects import Dialect, dialect
from schemalint.model.clauses import Guard
from schemalint.model.facts import Fact, Opaque
from schemalint.model.frozen import frozen
from schemalint.model.names import ObjectKind, TableName
from schemalint.model.objects import AlterObject, CallRoutine, CreateObject, DropObject, Parameter, Routine
from schemalint.model.source import Script, Source
from schemalint.sql import read_executed
from schemalint.sql.composed import spelled

_ROUTINES = frozenset({ObjectKind.FUNCTION, ObjectKind.PROCEDURE})
_DEEPEST, _MOST = 16, 20_000
"""How deep bodies may call each other, and how many facts of bodies are played in one source."""
_WHOLE = re.compile(r"(?:0|-?[1-9]\d*+)\Z")
_Given = tuple[str | None, ...]
"""What a routine's parameters hold, None where that is not known."""


def called(source: Source) -> Source:
    """The source with what is called in the place of every call."""
    ways = [way for script in source.scripts for way in (script.facts, script.down or ())]
    if not any(type(fact) is CallRoutine for way in ways for fact in way):
        return source
    known = _Known(dialect(source.dialect))
    return replace(source, scripts=tuple([_played(known, script) for script in source.scripts]))


def _played(known: _Known, script: Script) -> Script:
    facts = tuple(known.played(script.facts))
    down = None if script.down is None else tuple(known.copy().played(script.down))
    return replace(script, facts=facts, down=down)


@frozen
class _Made:
    """A function or procedure. `routine` None: it does nothing to the schema."""

    name: TableName
    routine: Routine | None


@dataclass(slots=True)
class _Known:
    """The routines made so far, by their own names without regard to case: several of one name where it is not certain which
    one of them a call means."""

    dialect: Dialect
    made: dict[str, tuple[_Made, ...]] = field(default_factory=dict)
    spent: int = 0

    def copy(self) -> _Known:
        return replace(self, made=dict(self.made))

    def played(self, facts: Iterable[Fact], around: tuple[_Made, ...] = (), given: _Given = ()) -> Iterator[Fact]:
        """The facts in order. `around` are the routines whose bodies they stand in, `given` the arguments of the innermost."""
        for fact in facts:
            match fact:
                case CallRoutine():
                    yield from self._body(fact, around, given)
                    continue
                case Opaque(text=pieces) if pieces and around:
                    text, routine = spelled(pieces, given), around[-1].routine
                    if text is not None and routine is not None:
                        said = read_executed(fact, text, self.dialect, routine.schema)
                        self.spent += len(said)
                        yield from self.played(said, around, given)
                        continue
                case CreateObject(kind=kind) | AlterObject(kind=kind) | DropObject(kind=kind) if kind in _ROUTINES:
                    self._meet(fact)
                case _:
                    pass
            yield fact

    def _meet(self, fact: CreateObject | AlterObject | DropObject) -> None:
        key = fact.name.name.key.lower()
        known = self.made.get(key, ())
        doubtful = fact.guard is not None and fact.guard.conditional
        match fact:
            case CreateObject():
                new = _Made(fact.name, fact.routine)
                stays = doubtful or fact.if_not_exists
                kept = tuple(one for one in known if stays or not self._replaces(new, one))
                self.made[key] = (*kept, new)
            case AlterObject(routine=Routine() as routine):
                self.made[key] = (*(known if doubtful else ()), _Made(fact.name, routine))
            case AlterObject(new=TableName() as renamed):
                moved = tuple(replace(one, name=renamed) for one in known if one.name == fact.name)
                self.made[key] = tuple(one for one in known if one.name != fact.name)
                renamed_key = renamed.name.key.lower()
                self.made[renamed_key] = (*self.made.get(renamed_key, ()), *moved)
            case DropObject() if not doubtful and len(known) == 1:
                self.made[key] = ()
            case _:
                pass  # which one of several goes is not known

    def _replaces(self, new: _Made, old: _Made) -> bool:
        """Whether one that is made takes the place of another of that name. postgres tells them apart by their arguments."""
        if new.name != old.name or self.dialect.family != "postgres":
            return new.name == old.name
        return new.routine is None or old.routine is None or new.routine.arguments == old.routine.arguments

    def _body(self, call: CallRoutine, around: tuple[_Made, ...], outer: _Given) -> Iterator[Fact]:
        known = self.made.get(call.name.name.key.lower(), ())
        meant = [one for one in known if self._may_be(call, one)]
        bearing = [one for one in meant if one.routine is not None and one.routine.facts]
        if not bearing:
            return
        one = bearing[0]
        assert one.routine is not None
        self.spent += len(one.routine.facts)
        found = one.name == call.name or (call.name.schema is None and one.name.schema == call.schema)
        certain = len(meant) == 1 and (found or self.dialect.family == "mysql")
        moved = not one.routine.bound and one.routine.schema != call.schema
        if not certain or moved or one in around or len(around) >= _DEEPEST or self.spent > _MOST:
            yield _unknown(call)
            return
        guarded = (_guarded(fact, call) for fact in one.routine.facts)
        for fact in self.played(guarded, (*around, one), _arguments(call, one.routine.parameters, outer)):
            yield _unknown(call) if isinstance(fact, Opaque) and fact.touches is None else fact

    def _may_be(self, call: CallRoutine, one: _Made) -> bool:
        """Whether a call may mean that one: a name without a schema may be looked up in any."""
        return call.name.schema == one.name.schema or call.name.schema is None or self.dialect.family == "mysql"


def _arguments(call: CallRoutine, parameters: tuple[Parameter, ...], outer: _Given) -> _Given:
    """What each parameter holds, where the call stands in a routine that is given `outer`."""
    if len(call.given) > len(parameters):
        return ()
    values = [None if one is None else spelled(one, outer) for one in call.given]
    values += [parameter.default for parameter in parameters[len(values) :]]
    return tuple(
        None if value is None or (parameter.number and not _WHOLE.match(value)) else value
        for value, parameter in zip(values, parameters, strict=True)
    )


def _unknown(call: CallRoutine) -> Opaque:
    why = f"{call.name.name}() may make or change tables"
    return Opaque(call.span, call.statement, why, None, call.guard)


def _guarded(fact: Fact, call: CallRoutine) -> Fact:
    """A fact of a body with what guards the call, and where the first of the calls around it stands."""
    inner, outer = fact.guard, call.guard or Guard(call.statement, False)
    called = outer.called or call.span
    if inner is None:
        return replace(fact, guard=replace(outer, called=called))
    guard = inner if inner.handler or not outer.handler else outer
    conditional = inner.conditional or outer.conditional
    return replace(fact, guard=replace(guard, conditional=conditional, called=called))
