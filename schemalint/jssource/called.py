"""A call of a migration as facts, for tools whose objects take SQL with `query` and changes by methods of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from schemalint.discover import Tree
from schemalint.jssource.here import Here
from schemalint.jssource.history import Receivers, Unread, left_out, sql
from schemalint.model.facts import Fact

Method = Callable[[str, str, Here], Iterator[Fact]]
"""The facts of a method that is not `query`: of the object that it is called on, by its name, and the call."""


def facts_of(call: Here, receivers: Receivers, tree: Tree, dialect: str | None, method: Method) -> Iterator[Fact]:
    """What a call says of the database. What is not known of its arguments is left out and listed, and so is a call that hands
    one of the tool's objects on to a function that is not read."""
    called = receivers.called(call)
    if called is None:
        if receivers.handed(call):
            yield left_out(call.span, "a function from elsewhere is given the database")
        return
    owner, name = called
    arguments = call.arguments()
    if name == "query" and arguments:
        yield from sql(receivers.evaluator, tree, arguments[0], dialect, call.span)
        return
    try:
        yield from list(method(owner, name, call))
    except Unread as unread:
        yield unread.fact(call)
