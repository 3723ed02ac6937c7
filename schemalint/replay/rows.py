"""Rows that a script writes: they bear no schema, but need the table and the columns they name."""

from __future__ import annotations

from schemalint.model.catalog import Refusal
from schemalint.model.objects import Write
from schemalint.replay.depends import emptied
from schemalint.replay.readings import unread_columns
from schemalint.replay.rowfaults import query_faulty, row_faulty
from schemalint.replay.sqlserver import not_of_a_view, row_refused
from schemalint.replay.state import State
from schemalint.replay.trouble import Troubles, missing_columns, missing_table
from schemalint.replay.upserts import unmatched


def write(state: State, fact: Write, source: str) -> Troubles:
    if fact.query is not None:
        yield from unread_columns(state, fact)
    if fact.verb == "SELECT":
        return  # it may read what no script makes: a view, a function, a table of the server's own
    table = state.tables.get(fact.table)
    if table is None:
        if fact.verb == "TRUNCATE":
            yield from not_of_a_view(state, fact.table, fact.span, fact.verb)
        if fact.table not in state.views:
            yield from missing_table(state, fact.table, fact.span)
        return
    if fact.verb in ("DELETE", "TRUNCATE"):
        state.rows.clear()  # of other tables, too, by keys that cascade
    if fact.verb in ("INSERT", "COPY"):
        state.filled |= {fact.table}
        if fact.width is not None:
            faults = [*row_refused(state, table, fact), *row_faulty(state, table, fact)]
            yield from faults
            if fact.guard is None and not faults:
                state.rows.setdefault(fact.table, fact.span)
        elif fact.query is not None:
            yield from query_faulty(state, table, fact)
    if fact.verb == "TRUNCATE" and not fact.cascade:
        yield from emptied(state, table, fact.span)
    yield from missing_columns(state, Refusal.ROW_COLUMN_MISSING, table, list(fact.columns), None)
    if fact.conflict is not None:
        yield from unmatched(state, table, fact.conflict)
