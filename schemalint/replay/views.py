"""Views: what the server does with each fact about them, or why it refuses."""

from __future__ import annotations

from schemalint.model.catalog import Refusal
from schemalint.model.frozen import replace
from schemalint.model.names import Name
from schemalint.model.objects import CreateView, DropView
from schemalint.model.schema import View
from schemalint.replay.mysqlchanges import view_altered
from schemalint.replay.queries import read_query
from schemalint.replay.readers import views_on, without_views
from schemalint.replay.state import State
from schemalint.replay.triggers import without_view
from schemalint.replay.trouble import Trouble, Troubles

_CHECKED = frozenset({"postgres", "mysql", "tsql"})
"""Families that look at a view's query when it is made. SQLite does so when the view is read."""


def create_view(state: State, fact: CreateView, source: str) -> Troubles:
    if fact.temporary:
        state.temporary |= {fact.name}
        return
    if fact.alters:
        yield from view_altered(state, fact)
    taken = state.relation(fact.name) or (state.type_named(fact.name) if state.dialect.family == "postgres" else None)
    replaces = fact.or_replace and fact.name in state.views
    if taken is not None and not state.opaque and not (fact.if_not_exists or replaces):
        yield Trouble(Refusal.VIEW_EXISTS, fact.span, fact.name, fact.name.name, taken=taken)
        return
    old = state.views.get(fact.name)
    if taken is not None and (old is None or fact.if_not_exists):
        return
    query, schema = (fact.query.text, fact.query.schema) if fact.query else ("", None)
    view = View(fact.name, fact.span, fact.materialized, fact.columns, query=query, schema=schema, bound=fact.bound)
    refused = False
    if fact.query is not None and not state.opaque:
        said = read_query(state, fact.query)
        if said is not None:
            if state.dialect.family in _CHECKED:
                for trouble in said.troubles(fact.name, Refusal.VIEW_TABLE_MISSING, Refusal.VIEW_COLUMN_MISSING):
                    refused = True  # what would fail for the view follows from this
                    yield trouble
            if not refused:
                for trouble in _named_twice(state, fact, said.names):
                    refused = True
                    yield trouble
            columns = fact.columns or said.names
            types = tuple(column.type if column else None for _, column in said.columns or ())
            view = replace(view, columns=columns, reads=said.reads, types=types, keyed=said.keyed)
    was, now = (old.columns if old else None), view.columns
    kept = was is None or now is None or now[: len(was)] == was
    if old is not None and not kept and state.dialect.family == "postgres" and fact.name not in state.doubtful:
        yield Trouble(Refusal.VIEW_COLUMNS_CHANGE, fact.span, fact.name, fact.name.name, taken=old.span)
    state.views[fact.name] = view
    state.doubtful = state.doubtful | {fact.name} if refused else state.doubtful - {fact.name}
    state.gone.pop(fact.name, None)


def _named_twice(state: State, fact: CreateView, given: tuple[Name, ...] | None) -> Troubles:
    """A view with two columns of one name, or with other than its query gives. SQLite does not mind before it is read; what SQL
    Server minds is told where the statement is read."""
    family = state.dialect.family
    if family not in ("postgres", "mysql") or state.models or state.opaque:
        return
    number = len(fact.columns or ())
    names = fact.columns or given or ()
    if fact.columns and given is not None and family == "postgres":
        names = (*fact.columns, *given[number:])  # it takes the query's names for those that are not listed
    twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if fact.columns and given is not None and (len(given) < number or (len(given) != number and family == "mysql")):
        why = f"{fact.name} lists {number} column{'s' * (number > 1)}, and its query gives {len(given)}"
        words = "CREATE VIEW specifies more column names than columns (42601)" if family == "postgres" else ""
        yield Trouble(Refusal.IMPOSSIBLE, fact.span, fact.name, why=why, server=words)
    elif twice is not None:
        words = f"Duplicate column name '{twice.text}' (1060)"
        if family == "postgres":
            words = f'column "{twice.key}" specified more than once (42701)'
        why = f"two columns of {fact.name} are called {twice}: give one of them another name"
        yield Trouble(Refusal.IMPOSSIBLE, fact.span, fact.name, twice, why=why, server=words)


def drop_view(state: State, fact: DropView, source: str) -> Troubles:
    if fact.name in state.views:
        if fact.cascade:
            without_views(state, fact.name)
        else:
            yield from views_on(state, fact.name, None, fact.span)
    state.doubtful -= {fact.name}
    missing = without_view(state, fact.name) is None
    if missing and not fact.if_exists and state.closed and not state.opaque and fact.name not in state.temporary:
        yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)
    state.temporary -= {fact.name}
    if fact.name not in state.tables:
        state.gone[fact.name] = fact.span
