"""The columns that UPDATE, DELETE and INSERT … SELECT read, looked up in the tables as they stand there.

The query is only parsed where a word of it is no column of a table that it names: that costs more than all the rest.
"""

from __future__ import annotations

import re

from schemalint.model.catalog import Refusal
from schemalint.model.clauses import Query
from schemalint.model.names import TableName
from schemalint.model.objects import Write
from schemalint.replay.assigned import may_mistype, mistyped
from schemalint.replay.queries import read_query
from schemalint.replay.state import State
from schemalint.replay.trouble import Troubles
from schemalint.sql.tokens import words

_FAMILIES = frozenset({"postgres", "mysql", "sqlite"})
_TEXT = re.compile(r"'(?>[^']*+)'")
_WORD = re.compile(r"[^\W\d]\w*+(?!\s*+\()")
_PLAIN = words(
    """
    all and any as asc between by case coalesce collate conflict cross current_date current_timestamp default delete desc
    distinct else end exists false from group having ilike in inner insert interval into is join key left like limit not null
    nulls offset on or order outer over partition right select set then true union update using values when where with
    boolean date integer int text json jsonb uuid varchar timestamp timestamptz bigint numeric
    """
)
"""Words that ask for no closer look: keywords and types."""


def unread_columns(state: State, fact: Write) -> Troubles:
    """The columns that a statement reads and that certainly are not there."""
    query = fact.query
    if query is None or state.dialect.family not in _FAMILIES:
        return
    if not _odd(state, fact.table, query) and not may_mistype(state, fact):
        return
    said = read_query(state, query)
    if said is None:
        return
    told = set()
    for trouble in said.troubles(fact.table, Refusal.TABLE_MISSING, Refusal.READ_COLUMN_MISSING):
        # What is read may be made by nothing that is seen here: a view, a function, a table of the server's own.
        if trouble.refusal is Refusal.READ_COLUMN_MISSING and trouble.existing is not None:
            column = (trouble.table, trouble.name)
            if column not in told:
                told.add(column)
                yield trouble
    if not told and state.dialect.family == "postgres":
        yield from mistyped(state, fact, said.sources)


def _odd(state: State, written: TableName, query: Query) -> bool:
    """Whether the query holds a word that is neither plain nor a column, a table or the schema of a table that it names, which
    more often than not is the one `written` to alone."""
    found = _WORD.findall(_TEXT.sub("''", query.text))
    said = {word.lower() for word in found}
    relations = said.union(found)
    said -= _PLAIN
    own = state.tables.get(written)
    if own is not None and all(
        word == own.name.name.key or state.dialect.identifier(word, True) in own.columns for word in said
    ):
        return False
    named = [table for name, table in state.tables.items() if name.name.key in relations]
    for table in named:
        said -= {name.key.lower() for name in table.columns}
        said.discard(table.name.name.key.lower())
    return bool(said) and bool(named)
