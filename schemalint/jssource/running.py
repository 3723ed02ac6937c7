"""A function gone through on paper: the calls it makes, in order, with what stands around each.

Helpers are followed, loops over literal arrays unrolled, `Promise.all` taken item by item; what a parameter or a loop's variable
stands for is told to the evaluator while the body is gone through. Steps must therefore be taken in one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace

from schemalint.jssource.around import Around, Step
from schemalint.jssource.chains import LINKS, Handled, Link, apart, handled
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.flow import Statement, contains, may_return, returns, throws
from schemalint.jssource.here import Here
from schemalint.jssource.items import items_of
from schemalint.jssource.textfiles import has_text, reading
from schemalint.jssource.values import Value
from schemalint.model.span import Span

MAX_STEPS = 4000
_MAX_CALLS = 16
_DEEPEST = 60
_EACH = {"forEach", "map", "each", "mapSeries", "eachSeries", "flatMap"}
_ALL = {"all", "allSettled", "race", "any", "each", "mapSeries"}
_NO_ERROR: Value = {"t": "bool", "v": False, "s": 0, "e": 0}
_RESOLVE: Value = {"t": "resolve", "s": 0, "e": 0}
"""What `new Promise(…)` gives its function to say what came of it."""


Decide = Callable[[Here], bool | None]
"""Whether a condition certainly holds (True) or does not (False) where the history runs; None when that is not known."""


class Runner:
    """Goes through functions of one project."""

    def __init__(
        self, evaluator: Evaluator, decide: Decide, own: Callable[[Here], bool], within: Value | None = None
    ) -> None:
        """`own` tells the calls that are steps themselves, so that they are neither followed nor taken apart; `within` is what
        the function of `transaction(…)` is given."""
        self.evaluator, self._decide, self._own = evaluator, decide, own
        self._within = within
        self._calls: list[tuple[str, int]] = []
        self._left = MAX_STEPS
        self._left_out: Span | None = None
        self._outcome: Here | None = None  # what the promise that was gone through last is resolved with

    def run(self, function: Here, given: list[Here]) -> Iterator[Step | Span]:
        """The steps of a function that is given these arguments; a span where something is left out, which may do
        anything."""
        self._calls, self._left, self._left_out = [], MAX_STEPS, None
        yield from self._function(function, given, Around())
        if self._left_out is not None:
            yield self._left_out

    def body(self, function: Here, given: list[Here], around: Around) -> Iterator[Step | Span]:
        """The same for a function that a step was given, within the run."""
        yield from self._function(function, given, around)

    # Functions

    def _function(self, function: Here, given: list[Here], around: Around) -> Iterator[Step | Span]:
        key = (function.path, function.value["s"])
        body = self.evaluator.bodies(function.path).get(str(key[1]))
        if body is None or key in self._calls or len(self._calls) >= _MAX_CALLS or around.level > _DEEPEST:
            yield function.span
            return
        self._calls.append(key)
        try:
            with self._giving(key, given):
                yield from self._block(function, body, around.deeper())
        finally:
            self._calls.pop()

    @contextmanager
    def _giving(self, key: tuple[str, int], given: list[Here]) -> Iterator[None]:
        """While a function or a loop is gone through, what it is given is known."""
        before = self.evaluator.given.get(key)
        self.evaluator.given[key] = given
        try:
            yield
        finally:
            if before is None:
                self.evaluator.given.pop(key, None)
            else:
                self.evaluator.given[key] = before

    def _block(self, here: Here, body: list[Statement], around: Around) -> Iterator[Step | Span]:
        for statement in body:
            self._left -= 1
            if self._left < 0:
                self._left_out = self._left_out or here.span
                return
            kind = statement[0]
            if kind in {"do", "return"}:
                yield from self._effects(here.at(statement[1]), around)
                if kind == "return":
                    return
            elif kind == "if":
                yield from self._if(here, statement, around)
                after = self._after(here, statement, around)
                if after is None:
                    return
                around = after
            elif kind == "for":
                yield from self._for(here, statement, around)
            elif kind == "loop":
                yield from self._block(
                    here, statement[3], around.under(Span(here.path, statement[1], statement[2])).deeper()
                )
            elif kind == "try":
                yield from self._try(here, statement, around)
            elif kind in {"throw", "leave"}:
                return
            if kind in {"for", "loop", "try"} and may_return(statement):
                around = around.under(_place(here, statement))

    # Statements

    def _if(self, here: Here, statement: Statement, around: Around) -> Iterator[Step | Span]:
        _, tested, then, other = statement
        condition = here.at(tested)
        yield from self._effects(condition, around)
        holds = self._holds(condition)
        inner = around if holds is not None else around.under(condition.span)
        if holds is not False:
            yield from self._block(here, then, inner.deeper())
        if holds is not True:
            yield from self._block(here, other, inner.deeper())

    def _after(self, here: Here, statement: Statement, around: Around) -> Around | None:
        """`if (…) return;` makes everything behind it conditional; None where nothing follows. A throw says that the run stops
        there, and is no other way through."""
        _, tested, then, other = statement
        condition = here.at(tested)
        holds = self._holds(condition)
        leaves, other_leaves = returns(then), returns(other)
        if holds is True:
            return None if leaves or throws(then) else around
        if holds is False:
            return None if other_leaves or throws(other) else around
        return around.under(condition.span) if leaves or other_leaves else around

    def _holds(self, condition: Here) -> bool | None:
        found = self.evaluator.follow(condition)
        if found.kind == "bool":
            return bool(found.value["v"])
        if found.kind == "un" and found.value["op"] == "!":
            inner = self._holds(found.at(found.value["v"]))
            return None if inner is None else not inner
        if found.kind == "bin" and found.value["op"] in {"&&", "||"}:
            left, right = (self._holds(found.at(found.value[side])) for side in ("l", "r"))
            stops = found.value["op"] == "||"
            if left is stops or right is stops:
                return stops
            return None if left is None or right is None else not stops
        return True if has_text(self.evaluator, found) else self._decide(found)

    def _for(self, here: Here, statement: Statement, around: Around) -> Iterator[Step | Span]:
        _, start, gone, body = statement
        through = here.at(gone)
        key = (here.path, start)
        items = items_of(self.evaluator, through)
        if items is None:
            with self._giving(key, []):
                yield from self._block(here, body, around.under(through.span).deeper())
        for item in items or ():
            with self._giving(key, [item]):
                yield from self._block(here, body, around.deeper())
            if may_return(statement):
                around = around.under(through.span)

    def _try(self, here: Here, statement: Statement, around: Around) -> Iterator[Step | Span]:
        _, body, caught, ending, handler, block = statement
        inner = around.deeper()
        if caught is not None and not throws(caught):
            inner = replace(inner, handler=Span(here.path, *handler), block=Span(here.path, *block))
            if contains(statement, "return") or contains(caught, "throw"):
                # One way is tried after another, or some failures are passed over: which, is not known.
                inner = inner.under(Span(here.path, *handler))
        yield from self._block(here, body, inner)
        if caught is not None and not throws(caught):
            yield from self._block(here, caught, around.under(Span(here.path, *handler)).deeper())
        yield from self._block(here, ending, around.deeper())

    # Expressions

    def _effects(self, here: Here, around: Around) -> Iterator[Step | Span]:
        kind, value = here.kind, here.value
        if around.level > _DEEPEST or kind == "deep":
            yield here.span
        elif kind == "call":
            yield from self._call(here, around.deeper())
        elif kind == "arr":
            for item in here.arguments():
                yield from self._effects(item.at(item.value["v"]) if item.kind == "spread" else item, around.deeper())
        elif kind == "cond":
            yield from self._choice(here, around)
        elif kind == "bin":
            left, right = here.at(value["l"]), here.at(value["r"])
            yield from self._effects(left, around.deeper())
            conditional = value["op"] in {"&&", "||", "??"}
            yield from self._effects(right, around.under(left.span).deeper() if conditional else around.deeper())
        elif kind == "un":
            yield from self._effects(here.at(value["v"]), around.deeper())
        elif kind == "mem":
            yield from self._effects(here.at(value["o"]), around.deeper())
        elif kind == "new":
            for argument in here.arguments():
                if argument.kind == "fn":
                    yield from self._function(argument, [argument.at(_RESOLVE)], around)

    def _choice(self, here: Here, around: Around) -> Iterator[Step | Span]:
        condition = here.at(here.value["c"])
        yield from self._effects(condition, around.deeper())
        holds = self._holds(condition)
        inner = (around if holds is not None else around.under(condition.span)).deeper()
        if holds is not False:
            yield from self._effects(here.at(here.value["l"]), inner)
        if holds is not True:
            yield from self._effects(here.at(here.value["r"]), inner)

    def _call(self, here: Here, around: Around) -> Iterator[Step | Span]:
        if self._own(here):
            yield Step(here, around)
            return
        callee, arguments = here.at(here.value["f"]), here.arguments()
        if callee.kind == "fn":
            yield from self._function(callee, arguments, around)
        elif callee.kind == "mem" and (handled := self._method(here, callee, arguments, around)) is not None:
            yield from handled
        else:
            yield from self._followed(here, callee, arguments, around)

    def _method(self, here: Here, callee: Here, arguments: list[Here], around: Around) -> Iterator[Step | Span] | None:
        """What the methods of promises and arrays do with the functions they are given; None for every other method."""
        name, owner = callee.value["p"], callee.at(callee.value["o"])
        if name in LINKS:
            return self._chain(here, around)
        if owner.kind == "id" and owner.value["v"] in {"Promise", "Bluebird"} and name in _ALL and arguments:
            if len(arguments) > 1:
                return self._over(owner, arguments[0], arguments[1], around)
            return self._together(here.at(here.value["f"]).span, arguments[0], around)
        if name in _EACH and len(arguments) >= 1 and self._is_function(arguments[0]):
            return self._over(owner, owner, arguments[0], around)
        if name == "reduce" and len(arguments) == 2 and arguments[0].kind == "fn":
            return self._reduced(owner, arguments, around)
        if name == "transaction" and arguments and self._is_function(arguments[-1]):
            inside = [] if self._within is None else [here.at(self._within)]
            return self._function(self.evaluator.follow(arguments[-1]), inside, replace(around, held=True))
        return None

    def _together(self, place: Span, through: Here, around: Around) -> Iterator[Step | Span]:
        """`Promise.all([…])`, `Promise.all(tables.map(…))`: the items, whose order is not known."""
        given = self.evaluator.follow(through)
        if given.kind == "arr" and around.level <= _DEEPEST:
            for number, item in enumerate(given.arguments()):
                inner = self.evaluator.follow(item.at(item.value["v"])) if item.kind == "spread" else item
                if item.kind == "spread" and inner.kind in {"arr", "call"}:
                    yield from self._together(place, inner, around.item(place, number).deeper())
                else:
                    yield from self._effects(inner, around.item(place, number).deeper())
            return
        callee = given.at(given.value["f"]) if given.kind == "call" else given
        arguments = given.arguments()
        if (
            callee.kind == "mem"
            and callee.value["p"] in {"map", "flatMap"}
            and arguments
            and self._is_function(arguments[0])
        ):
            owner = callee.at(callee.value["o"])
            yield from self._over(owner, owner, arguments[0], around, place)
            return
        yield from self._effects(given if given.kind == "call" else through, around)

    def _is_function(self, here: Here) -> bool:
        return self.evaluator.follow(here).kind == "fn"

    def _chain(self, call: Here, around: Around) -> Iterator[Step | Span]:
        """The links of a chain of promises, one after another; a handler covers what stands before it."""
        head, links = apart(call)
        inner, arounds = around, []
        for link in reversed(links):
            arounds.append(inner)
            how = handled(self.evaluator, link)
            if how is Handled.SWALLOWED and link.handler is not None:
                inner = replace(inner, handler=link.handler.span, block=link.owner.span)
            elif how is Handled.UNKNOWN and link.handler is not None:
                inner = inner.under(link.handler.span)
        at_once = [link for link in links if link.function is not None and self._starts(link.function)]
        if at_once:  # `.then(second())` does not wait for the first
            arounds = [one.item(call.span, 0) for one in arounds]
            inner = inner.item(call.span, 0)
        self._outcome = None
        yield from self._effects(head, inner)
        outcome = self._outcome or reading(self.evaluator, head)
        for link, own in zip(links, reversed(arounds), strict=True):
            given = [] if outcome is None or not link.goes_on else [outcome]
            self._outcome = None if link.goes_on else outcome
            yield from self._link(
                link, given, own, around.item(call.span, 1 + at_once.index(link)) if link in at_once else own
            )
            outcome = self._outcome

    def _link(self, link: Link, given: list[Here], own: Around, apart_from: Around) -> Iterator[Step | Span]:
        """What a link runs; its function is given what came of the link before it, as far as that is known."""
        if link.function is not None:
            function = self.evaluator.follow(link.function)
            if function.kind == "fn":
                maker = self._maker(link.function)
                with nullcontext() if maker is None else self._giving(*maker):
                    yield from self._function(function, given, own)
            elif function.kind == "call":
                yield from self._effects(link.function, apart_from)
        if link.handler is not None and handled(self.evaluator, link) is Handled.SWALLOWED:
            handler = self.evaluator.follow(link.handler)
            if handler.kind == "fn":
                yield from self._function(handler, [], own.under(link.handler.span))

    def _maker(self, argument: Here) -> tuple[tuple[str, int], list[Here]] | None:
        """The function that made a link's function, `step('users')`, with what it was given."""
        if argument.kind != "call":
            return None
        maker = self.evaluator.follow(argument.at(argument.value["f"]))
        return ((maker.path, maker.value["s"]), argument.arguments()) if maker.kind == "fn" else None

    def _starts(self, argument: Here) -> bool:
        """Whether a link is not given a function but what a call returns, which is made at once."""
        return self.evaluator.follow(argument).kind == "call"

    def _over(
        self, owner: Here, through: Here, function: Here, around: Around, place: Span | None = None
    ) -> Iterator[Step | Span]:
        """A function for each item; those of a set of that place are started together."""
        items = items_of(self.evaluator, through)
        called = self.evaluator.follow(function)
        if items is None:
            yield from self._effects(through, around.deeper())
            yield from self._function(called, [], around.under(owner.span))
        for number, item in enumerate(items or ()):
            yield from self._function(called, [item], around if place is None else around.item(place, number))

    def _reduced(self, owner: Here, arguments: list[Here], around: Around) -> Iterator[Step | Span]:
        items = items_of(self.evaluator, owner)
        if items is None:
            yield from self._function(arguments[0], [], around.under(owner.span))
        for item in items or ():
            yield from self._function(arguments[0], [arguments[1], item], around)

    def _followed(self, here: Here, callee: Here, arguments: list[Here], around: Around) -> Iterator[Step | Span]:
        """A function of the project is gone through, and what is called with the text of a file; any other call is a step."""
        for argument in arguments:
            if argument.kind == "call":
                yield from self._effects(argument, around.deeper())
        if arguments and self.evaluator.follow(callee).kind == "resolve":
            self._outcome = reading(self.evaluator, arguments[0]) or self.evaluator.follow(arguments[0])
            return
        text = reading(self.evaluator, here) if len(arguments) > 1 and self._is_function(arguments[-1]) else None
        if text is not None:
            given = [here.at(_NO_ERROR), text]
            yield from self._function(self.evaluator.follow(arguments[-1]), given, around)
            return
        function = _own_method(self.evaluator, callee) or self.evaluator.follow(callee)
        if function.kind == "fn" and str(function.value["s"]) in self.evaluator.bodies(function.path):
            yield from self._function(function, arguments, around)
            return
        if callee.kind == "mem":
            yield from self._effects(callee.at(callee.value["o"]), around.deeper())
        yield Step(here, around)


def _own_method(evaluator: Evaluator, callee: Here) -> Here | None:
    """`this.rename(…)`: the method, where one class alone of the file has one of that name."""
    if callee.kind != "mem" or callee.value["o"]["t"] != "this":
        return None
    found = [
        one["methods"][callee.value["p"]]
        for one in evaluator.classes(callee.path)
        if callee.value["p"] in one["methods"]
    ]
    return callee.at({"t": "fn", "s": found[0], "e": found[0]}) if len(found) == 1 else None


def _place(here: Here, statement: Statement) -> Span:
    kind = statement[0]
    if kind == "try":
        return Span(here.path, *statement[5])
    return here.at(statement[2]).span if kind == "for" else Span(here.path, statement[1], statement[2])
