"""Indexes of PostgreSQL's materialised views, and REFRESH, which may need one of them. Put to PostgreSQL 10 to 18."""

from __future__ import annotations

from schemalint.model.catalog import Refusal
from schemalint.model.described import AlterIndex
from schemalint.model.facts import CreateIndex, DropIndex, RenameIndex
from schemalint.model.frozen import replace
from schemalint.model.names import Name, TableName
from schemalint.model.objects import RefreshView
from schemalint.model.schema import Table, View
from schemalint.replay.names import name_all
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles, missing_table


def create_on_view(state: State, fact: CreateIndex, view: View) -> Troubles:
    """An index more; unnamed ones get the server's name."""
    index = fact.index
    if view.name not in state.doubtful and not state.opaque:
        yield from _refused(fact, view)
    if not view.materialized:
        return
    if index.name is None:
        index = name_all(state, Table(view.name, view.span, "", {}, indexes=(index,))).indexes[0]
    elif (taken := state.relation(TableName(view.name.schema, index.name))) is not None:
        if not fact.if_not_exists:
            yield Trouble(Refusal.INDEX_EXISTS, fact.span, view.name, index.name, index=index, taken=taken)
        return
    state.put_view(replace(view, indexes=(*view.indexes, index)))


def _refused(fact: CreateIndex, view: View) -> Troubles:
    """Why a view cannot have the index."""
    if not view.materialized:
        words = f'cannot create index on relation "{view.name.name.key}" (42809)'
        why = "it is a view that keeps no rows: only a materialised one has indexes"
        yield Trouble(Refusal.IMPOSSIBLE, fact.span, view.name, taken=view.span, why=why, server=words)
        return
    for part in fact.index.parts:
        if part.column is not None and view.columns is not None and part.column not in view.columns:
            words = f'column "{part.column.key}" does not exist (42703)'
            why = f"it has no column {part.column}"
            yield Trouble(Refusal.IMPOSSIBLE, part.span, view.name, taken=view.span, why=why, server=words)
            return


def drop_of_view(state: State, fact: DropIndex, view: View) -> None:
    """One index less."""
    state.put_view(replace(view, indexes=tuple(one for one in view.indexes if one.name != fact.name.name)))


def rename_of_view(state: State, fact: RenameIndex, view: View) -> Troubles:
    """ALTER INDEX … RENAME TO."""
    if (taken := state.relation(TableName(view.name.schema, fact.new))) is not None:
        yield Trouble(Refusal.INDEX_EXISTS, fact.span, view.name, fact.new, taken=taken)
        return
    _change(state, view, fact.name.name, name=fact.new)


def alter_of_view(state: State, fact: AlterIndex, view: View) -> None:
    """COMMENT ON INDEX. (Its parameters are not kept.)"""
    if fact.comment is not None:
        _change(state, view, fact.name.name, comment=fact.comment or None)


def _change(state: State, view: View, old: Name, **change: Name | str | None) -> None:
    indexes = tuple(replace(one, **change) if one.name == old else one for one in view.indexes)
    state.put_view(replace(view, indexes=indexes))


def refresh(state: State, fact: RefreshView, source: str) -> Troubles:
    """REFRESH MATERIALIZED VIEW. CONCURRENTLY, it finds the rows by a unique index on columns alone, without WHERE."""
    view = state.views.get(fact.name)
    if view is None:
        yield from missing_table(state, fact.name, fact.span)
        return
    if fact.name in state.doubtful or state.opaque:
        return
    if not view.materialized:
        why = "it is a view that keeps no rows, and only a materialised one is refreshed"
        words = f'"{fact.name.name.key}" is not a … materialized view (42809)'
        yield Trouble(Refusal.IMPOSSIBLE, fact.span, fact.name, taken=view.span, why=why, server=words)
        return
    if not fact.concurrently:
        return
    if not any(index.unique and index.where is None and index.columns is not None for index in view.indexes):
        named = f"{fact.name.schema or 'public'}.{fact.name.name.key}"
        words = f'cannot refresh materialized view "{named}" concurrently (55000)'
        why = "REFRESH … CONCURRENTLY needs a unique index of it, on columns alone and without WHERE"
        yield Trouble(Refusal.IMPOSSIBLE, fact.span, fact.name, taken=view.span, why=why, server=words)
