"""Comments: what is missing is an error of the server, and what is there keeps the text for the dump."""

from __future__ import annotations

from typing import TypeVar

from schemalint.model.described import Comment, CommentOn
from schemalint.model.frozen import replace
from schemalint.model.names import Name
from schemalint.model.schema import Check, Exclusion, ForeignKey, PrimaryKey, Table, UniqueConstraint, View
from schemalint.replay.state import State
from schemalint.replay.trouble import Troubles, missing_column, missing_table


def comment(state: State, fact: Comment, source: str) -> Troubles:
    """COMMENT ON TABLE, VIEW and COLUMN, which may be one of a composite type, too."""
    table, view, kind = state.tables.get(fact.table), state.views.get(fact.table), state.types.get(fact.table)
    if table is not None:
        if fact.column is None:
            if fact.said:
                state.put(replace(table, comment=fact.text))
        elif (column := table.columns.get(fact.column)) is None:
            yield from missing_column(state, table, fact.column, fact.span)
        elif fact.said:
            state.put(replace(table, columns={**table.columns, fact.column: replace(column, comment=fact.text)}))
    elif kind is not None and kind.shape is not None and not kind.domain and fact.column is not None:
        if fact.said and (attribute := kind.shape.columns.get(fact.column)) is not None:
            columns = {**kind.shape.columns, fact.column: replace(attribute, comment=fact.text)}
            state.types[fact.table] = replace(kind, shape=replace(kind.shape, columns=columns))
    else:
        yield from missing_table(state, fact.table, fact.span)
        if view is not None and fact.said:
            state.views[fact.table] = _remarked(view, fact.column, fact.text)


def _remarked(view: View, column: Name | None, text: str | None) -> View:
    if column is None:
        return replace(view, comment=text)
    others = tuple(one for one in view.remarks if one[0] != column)
    return replace(view, remarks=(*others, (column, text)) if text else others)


Kind = TypeVar("Kind", PrimaryKey, UniqueConstraint, Exclusion, ForeignKey, Check)


def with_remark(table: Table, name: Name, text: str) -> Table:
    """The table with a comment on the constraint of that name; "" takes it away."""

    def remarked(key: Kind) -> Kind:
        return replace(key, comment=text or None) if key.name == name else key

    return replace(
        table,
        primary_key=table.primary_key and remarked(table.primary_key),
        uniques=tuple(map(remarked, table.uniques)),
        exclusions=tuple(map(remarked, table.exclusions)),
        foreign_keys=tuple(map(remarked, table.foreign_keys)),
        checks=tuple(map(remarked, table.checks)),
    )


def comment_on(state: State, fact: CommentOn, source: str) -> Troubles:
    """COMMENT ON what is no table. Nothing is said of what is missing: much of it is made elsewhere."""
    yield from ()
    if fact.kind is not None:
        key = (fact.kind, fact.name, None)
        if key in state.things:
            state.things[key] = replace(state.things[key], comment=fact.text)
    elif fact.name in state.enums:
        state.enums[fact.name] = replace(state.enums[fact.name], comment=fact.text)
    elif fact.name in state.types:
        state.types[fact.name] = replace(state.types[fact.name], comment=fact.text)
