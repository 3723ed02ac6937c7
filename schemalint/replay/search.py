"""postgres: names without a schema under a search_path of several. What is made stands in the first of them, and so says its
name; what is there already is looked up in each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from schemalint.model.described import AlterIndex, CommentOn
from schemalint.model.facts import AddConstraint, CreateTable, DropIndex, Fact, RenameIndex
from schemalint.model.frozen import replace
from schemalint.model.names import ObjectKind, TableName
from schemalint.model.objects import AlterObject, DropObject, DropView, RefreshView, SearchPath
from schemalint.model.schema import ForeignKey
from schemalint.replay.state import State
from schemalint.replay.trouble import Troubles


def search_path(state: State, fact: SearchPath, source: str) -> Troubles:
    yield from ()
    state.search = fact.schemas


def found(state: State, fact: Fact) -> Fact:
    """The fact with the names of what exists as the server finds them."""
    changes: dict[str, Any] = {}
    table = getattr(fact, "table", None)
    if table is not None and not isinstance(fact, CreateTable):
        changes["table"] = _relation(state, table)
    match fact:
        case AddConstraint(constraint=ForeignKey() as key):
            changes["constraint"] = replace(key, ref_table=_relation(state, key.ref_table))
        case DropIndex() | RenameIndex() | AlterIndex():
            changes["name"] = _first(state, fact.name, lambda name: name in state.homes)
        case CommentOn(kind=ObjectKind.SEQUENCE):
            changes["name"] = _relation(state, fact.name)
        case DropView() | RefreshView():
            changes["name"] = _relation(state, fact.name)
        case AlterObject(kind=ObjectKind.SEQUENCE) | DropObject(kind=ObjectKind.SEQUENCE):
            changes["name"] = _relation(state, fact.name)
        case CreateTable():
            changes["likes"] = tuple(replace(like, table=_relation(state, like.table)) for like in fact.likes)
            changes["inherits"] = tuple((_relation(state, name), span) for name, span in fact.inherits)
        case _:
            pass
    if keys := getattr(fact, "foreign_keys", ()):
        changes["foreign_keys"] = tuple(
            key if key.ref_table == table else replace(key, ref_table=_relation(state, key.ref_table)) for key in keys
        )
    return replace(fact, **changes) if changes else fact


def _relation(state: State, name: TableName) -> TableName:
    return _first(
        state,
        name,
        lambda one: one in state.tables or one in state.views or (ObjectKind.SEQUENCE, one, None) in state.things,
    )


def _first(state: State, name: TableName, there: Callable[[TableName], bool]) -> TableName:
    """The first of that name on the path that is there; the name itself where it is of another schema, or nowhere."""
    if name.schema != state.search[0]:
        return name
    return next((one for schema in state.search if there(one := TableName(schema, name.name))), name)
