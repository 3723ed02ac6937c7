"""Views of Knex's schema builder: `createView('v', (view) => { view.columns([…]); view.as(knex.raw('select …')); })` (Knex 3,
lib/schema/viewcompiler.js). A query that Knex builds itself is not known, and what the view reads neither."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemalint.dialects import Dialect
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.model.clauses import Query
from schemalint.model.facts import Fact
from schemalint.model.names import Name, TableName
from schemalint.model.objects import CreateView, DropView
from schemalint.model.span import Span

MAKES = {"createView": (False, False), "createViewOrReplace": (False, True), "createMaterializedView": (True, False)}
"""Whether each makes a materialized view, and whether it replaces one."""
_POSTGRES = frozenset({"postgres", "generic"})
ONLY = {
    "renameView": _POSTGRES | {"mysql"},
    **dict.fromkeys(("createMaterializedView", "dropMaterializedView", "dropMaterializedViewIfExists"), _POSTGRES),
}
"""What Knex does for some servers alone."""
DROPS = {"dropView", "dropViewIfExists", "dropMaterializedView", "dropMaterializedViewIfExists"}


def made(
    evaluator: Evaluator, dialect: Dialect, method: str, view: TableName, call: Here, place: Span, told: Iterable[Here]
) -> Iterator[Fact]:
    """The view, by what is `told` of it: calls on the view's builder."""
    materialized, replaces = MAKES[method]
    columns: tuple[Name, ...] | None = None
    query = None
    for one in told:
        arguments = one.arguments()
        if one.value["f"].get("p") == "columns" and arguments:
            columns = _columns(evaluator, dialect, arguments[0])
        elif one.value["f"].get("p") == "as" and arguments:
            query = _query(evaluator, arguments[0])
    if replaces and dialect.family == "sqlite":
        yield DropView(place, call.span, view, if_exists=True)
        replaces = False
    yield CreateView(place, call.span, view, materialized, replaces, columns=columns, query=query)


def dropped(method: str, view: TableName, call: Here, place: Span) -> DropView:
    """A view that goes."""
    return DropView(place, call.span, view, if_exists=method.endswith("IfExists"))


def _columns(evaluator: Evaluator, dialect: Dialect, here: Here) -> tuple[Name, ...] | None:
    found = evaluator.follow(here)
    texts = [evaluator.text(item) for item in (found.arguments() if found.kind == "arr" else [here])]
    return (
        tuple(dialect.identifier(text, quoted=True) for text in texts if text is not None)
        if None not in texts
        else None
    )


def _query(evaluator: Evaluator, here: Here) -> Query | None:
    """The text of `knex.raw('…')` that is given nothing to fill in."""
    found = evaluator.follow(here)
    if found.kind != "call" or found.value["f"].get("p") != "raw" or len(found.arguments()) != 1:
        return None
    literal = evaluator.follow(found.arguments()[0])
    if literal.kind != "str":
        return None
    start, end = literal.value["s"], literal.value["e"]
    return Query(Span(literal.path, start + 1, max(start + 1, end - 1)), literal.value["v"])
