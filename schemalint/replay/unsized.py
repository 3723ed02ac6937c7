"""MySQL: keys on TEXT, BLOB and JSON. It wants to know how much of a text a key holds, and indexes no JSON at all. (Put to MySQL
5.6 and 9.7, errors 1170 and 3152; MariaDB cuts the text, or makes a hash of it.) What CREATE TABLE says in one go is judged
where it is read; models have rules of their own."""

from __future__ import annotations

from collections.abc import Iterable

from schemalint.model.catalog import Refusal
from schemalint.model.names import Name
from schemalint.model.schema import Column, ForeignKey, Index, PrimaryKey, Table
from schemalint.model.span import Span
from schemalint.model.types import Family
from schemalint.replay.state import Key, State, keys
from schemalint.replay.trouble import Trouble, Troubles


def unsized(state: State, table: Table, key: Key | ForeignKey, span: Span) -> Troubles:
    """Why a new key of a table is refused. Of a primary key it is not known what lengths it states."""
    if not _asks(state) or isinstance(key, PrimaryKey):
        return
    for name in _whole(key):
        if _large(table.columns.get(name)):
            yield Trouble(Refusal.KEY_UNSIZED, span, table.name, name, existing=table, taken=table.columns[name].span)
            return


def unsized_column(state: State, table: Table, column: Column, span: Span) -> Troubles:
    """Why a column of a table cannot become what it is changed to."""
    if not _asks(state) or not _large(column):
        return
    for key in keys(table):
        if not isinstance(key, PrimaryKey) and column.name in _whole(key):
            changed = {**table.columns, column.name: column}
            existing = Table(table.name, table.span, table.source, changed)
            yield Trouble(Refusal.KEY_UNSIZED, span, table.name, column.name, existing=existing, taken=key.span)
            return


def _asks(state: State) -> bool:
    server = state.server
    return state.dialect.name == "mysql" and server is not None and server.certain_family and not state.models


def _whole(key: Key | ForeignKey) -> Iterable[Name]:
    """The columns that a key holds in full."""
    if not isinstance(key, Index):
        return key.columns or ()
    if key.method in ("fulltext", "spatial"):
        return ()
    return [part.column for part in key.parts if part.column is not None and part.prefix is None]


def _large(column: Column | None) -> bool:
    kind = column.type if column is not None else None
    if kind is None or kind.family is Family.JSON:
        return kind is not None
    return kind.family in (Family.TEXT, Family.BINARY) and kind.name.endswith(("text", "blob"))
