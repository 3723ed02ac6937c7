"""PostgreSQL: what is wrong with what a statement makes, though each of its clauses is right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.facts import Fact, Servers
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.pgcolumns import of_columns
from schemalint.sql.refusals.pgexpressions import of_expressions
from schemalint.sql.refusals.pgindexes import of_method
from schemalint.sql.refusals.pgstorage import of_settings
from schemalint.sql.refusals.pgvalues import of_fact

Found = tuple[Span, str, str, tuple[Servers, ...]]


def of_postgres(cursor: Cursor, fact: Fact) -> Iterator[Found]:
    """What to underline, the reason, the server's words, and the servers that refuse it."""
    yield from ((*found, ()) for found in of_fact(fact))
    yield from of_columns(cursor, fact)
    yield from of_settings(fact)
    yield from of_method(fact)
    for found, function in of_expressions(fact):
        if not function or not _made_here(cursor, function):
            yield found


def _made_here(cursor: Cursor, function: str) -> bool:
    """Whether the script makes a function of that name, which may be the one that is meant."""
    made = rf"FUNCTION\s++(?:[\w\"]++\.)?\"?{re.escape(function)}\"?\s*+\("
    return re.search(made, cursor.text, re.IGNORECASE) is not None
