"""The views that stand on tables and on other views: what they keep from being dropped, and how they follow renames."""

from __future__ import annotations

import re
from functools import lru_cache

from schemalint.model.catalog import Refusal
from schemalint.model.frozen import replace
from schemalint.model.names import Name, TableName
from schemalint.model.objects import DropView
from schemalint.model.schema import View
from schemalint.model.span import Span
from schemalint.replay.state import State
from schemalint.replay.triggers import without_view
from schemalint.replay.trouble import Trouble, Troubles


def views_on(state: State, relation: TableName, column: Name | None, span: Span) -> Troubles:
    """PostgreSQL: the first view that certainly reads a relation, or a column of it, so that it cannot be dropped (or, for
    a column, change its type). In SQL Server only a view WITH SCHEMABINDING stands in the way (errors 3729, 5074 and 15336)."""
    if state.dialect.family not in ("postgres", "tsql") or state.opaque:
        return
    bound = state.dialect.family == "tsql"
    dropped = {fact.name for fact in state.statement if isinstance(fact, DropView)}
    for view in state.views.values():
        if view.name in state.doubtful or view.name in dropped or view.name == relation or (bound and not view.bound):
            continue
        for name, columns in view.reads or ():
            if name == relation and (column is None or column in columns):
                yield Trouble(
                    Refusal.DEPENDED_ON,
                    span,
                    relation,
                    column or relation.name,
                    existing=state.tables.get(relation),
                    taken=view.span,
                    holder=view.name,
                )
                return


def grouping(state: State, table: TableName) -> list[View]:
    """PostgreSQL: the views that need a table's primary key."""
    if state.dialect.family != "postgres" or state.opaque:
        return []
    return [view for view in state.views.values() if table in view.keyed and view.name not in state.doubtful]


def without_views(state: State, relation: TableName, column: Name | None = None) -> None:
    """CASCADE: the views that read a relation, or a column of it, go as well, and those that read them. Where that is not
    certain, their being there is doubtful from now on."""
    if state.dialect.family != "postgres":
        return
    for view in list(state.views.values()):
        if view.name == relation or view.name not in state.views:
            continue
        read = [columns for name, columns in view.reads or () if name == relation]
        if read and (column is None or any(column in columns for columns in read)):
            without_view(state, view.name)
            without_views(state, view.name)
        elif read or not view.query or re.search(rf"\b{re.escape(relation.name.key)}\b", view.query, re.I):
            state.doubtful |= {view.name}


def renamed_in_views(state: State, old: TableName, new: TableName) -> None:
    """Views follow a relation to its new name."""
    for view in list(state.views.values()):
        if view.reads is None and _says(view, old.name):
            state.views[view.name] = replace(view, stale=True)
        elif view.reads and any(name == old for name, _ in view.reads):
            reads = tuple((new if name == old else name, columns) for name, columns in view.reads)
            keyed = tuple(new if name == old else name for name in view.keyed)
            state.views[view.name] = replace(view, reads=reads, keyed=keyed, stale=True)


def column_renamed_in_views(state: State, table: TableName, old: Name, new: Name) -> None:
    """Views follow a column to its new name; their own columns keep theirs."""
    for view in list(state.views.values()):
        if view.reads is None and _says(view, table.name) and (_says(view, old) or "*" in view.query):
            state.views[view.name] = replace(view, stale=True)
        elif view.reads and any(name == table and old in columns for name, columns in view.reads):
            reads = tuple(
                (name, tuple(new if one == old else one for one in columns) if name == table else columns)
                for name, columns in view.reads
            )
            state.views[view.name] = replace(view, reads=reads, stale=True)


def _says(view: View, name: Name) -> bool:
    """Whether the text of a view that was not understood has that name in it."""
    return name.key.lower() in words_of(view.query)


@lru_cache(maxsize=1024)
def words_of(query: str) -> frozenset[str]:
    """The words of a query in lower case. Views are asked for them at every rename."""
    return frozenset(re.findall(r"\w+", query.lower()))
