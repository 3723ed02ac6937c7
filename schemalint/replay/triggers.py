"""What triggers stand on: which relation takes which of them, and how they go along with a view.

PostgreSQL ("CREATE TRIGGER"; asked 10 to 18) and SQLite: INSTEAD OF is for views, whose rows have no BEFORE and AFTER. SQL
Server ("CREATE TRIGGER" and "DML Trigger Planning Guidelines" of Microsoft's reference): AFTER is for tables; INSTEAD OF is for
both, one for each action, and none of DELETE or UPDATE where a foreign key of the table cascades it.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Refusal
from schemalint.model.frozen import replace
from schemalint.model.names import ObjectKind, TableName
from schemalint.model.objects import CreateObject
from schemalint.model.schema import Firing, Table, Thing, View
from schemalint.model.span import Span
from schemalint.replay.state import State, ThingKey
from schemalint.replay.trouble import Trouble, Troubles

_Refused = tuple[str, str, Span]
"""Why, in the server's words, and what stands in the way."""


def triggers_of(state: State, relation: TableName) -> list[tuple[ThingKey, Thing]]:
    """The triggers on a table or view. Most histories have none, and nothing is looked for there."""
    if not state.triggered:
        return []
    every = state.things.items()
    return [(key, thing) for key, thing in every if thing.kind is ObjectKind.TRIGGER and thing.table == relation]


def without_view(state: State, name: TableName) -> View | None:
    """Takes a view away, and its triggers with it. Gives the view, where it was there."""
    if name in state.views:
        for key, _ in triggers_of(state, name):
            del state.things[key]
    return state.views.pop(name, None)


def with_new_view(state: State, old: TableName, new: TableName) -> None:
    """The triggers of a view follow it to its new name."""
    for key, thing in triggers_of(state, old):
        del state.things[key]
        state.things[(key[0], key[1], new if key[2] == old else key[2])] = replace(thing, table=new)


def trigger_refused(state: State, fact: CreateObject) -> Troubles:
    """A trigger that the relation which it is to stand on does not take."""
    name, firing = fact.table, fact.firing
    if name is None or firing is None or fact.guard is not None or state.models or state.opaque:
        return
    table = state.tables.get(name)
    view = state.views.get(name) if table is None and state.view(name) is not None else None
    why = next(_refused(state, fact, firing, table, view), None)
    if why is not None:
        reason, words, taken = why
        yield Trouble(Refusal.IMPOSSIBLE, fact.span, name, taken=taken, why=reason, server=words)


def _refused(
    state: State, fact: CreateObject, firing: Firing, table: Table | None, view: View | None
) -> Iterator[_Refused]:
    family, name = state.dialect.family, fact.table.name.text if fact.table is not None else ""
    instead = firing.moment == "INSTEAD OF"
    if family == "tsql":
        yield from _of_sql_server(state, fact, firing, table, view)
    elif table is not None and instead and family in ("postgres", "sqlite"):
        words = f'"{name}" is a table (42809)'
        if family == "sqlite":
            words = f"cannot create INSTEAD OF trigger on table: {name}"
        yield f"{name} is a table, and only a view has INSTEAD OF triggers", words, table.span
    elif view is not None and family == "sqlite" and not instead:
        words = f"cannot create {firing.moment} trigger on view: {name}"
        yield f"{name} is a view, which has INSTEAD OF triggers only", words, view.span
    elif view is not None and family == "postgres" and view.materialized:
        yield f"{name} is a materialized view, which has no triggers", "", view.span
    elif view is not None and family == "postgres" and "TRUNCATE" in firing.events:
        yield f"{name} is a view, which cannot be truncated", f'"{name}" is a view (42809)', view.span
    elif view is not None and family == "postgres" and firing.by_row and not instead:
        why = f"{name} is a view: for each of its rows it has INSTEAD OF triggers only"
        yield why, f'"{name}" is a view (42809)', view.span


def _of_sql_server(
    state: State, fact: CreateObject, firing: Firing, table: Table | None, view: View | None
) -> Iterator[_Refused]:
    relation = fact.table.name.text if fact.table is not None else ""
    if firing.moment != "INSTEAD OF":
        if view is not None:
            words = f"The object '{relation}' does not exist or is invalid for this operation (8197)"
            yield f"{relation} is a view, which has INSTEAD OF triggers only", words, view.span
        return
    for _, thing in triggers_of(state, fact.table) if fact.table is not None else ():
        other = thing.firing
        if other is None or other.moment != "INSTEAD OF" or thing.name == fact.name:
            continue
        both = next((event for event in firing.events if event in other.events), None)
        if both is not None and not state.hidden:
            kind = "view" if view is not None else "table"
            words = f"Cannot create trigger '{fact.name.name.text}' on {kind} '{relation}' because an INSTEAD OF {both}"
            why = f"{thing.name.name} stands instead of {both} already, and {relation} has one such trigger only"
            yield why, f"{words} trigger already exists on this object (2111)", thing.span
    if table is None or table.incomplete:
        return
    for key in table.foreign_keys:
        for event, action in (("DELETE", key.on_delete), ("UPDATE", key.on_update)):
            if event in firing.events and action == "CASCADE":
                words = f"Cannot create INSTEAD OF DELETE or INSTEAD OF UPDATE TRIGGER '{fact.name.name.text}' on table"
                why = f"a foreign key of {relation} has ON {event} CASCADE"
                yield why, f"{words} '{relation}' … (2113)", key.span
