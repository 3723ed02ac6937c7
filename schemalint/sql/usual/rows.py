"""INSERT as it is usually written: the table and the columns that it certainly needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from schemalint.model.clauses import Query
from schemalint.model.objects import OnConflict, Write
from schemalint.sql.cursor import Script
from schemalint.sql.usual.forms import FLAGS, NAME, Names, Unusual, list_of, table_of


def read_usual_insert(
    script: Script,
    start: int,
    stop: int,
    end: int,
    width: int | None,
    conflict: OnConflict | None,
    query: Query | None,
) -> bool:
    """Emits what an INSERT from `start` to `end` needs if all up to `stop`, its rows, is `INSERT INTO table (column, …)`; the
    rest is said of it. Gives whether it is."""
    form = _form(script.dialect.family)
    if form is None or script.schema is not None or script.several or script.pin is not None:
        return False
    begins, names = form
    match = begins(script.text, start, stop)
    if match is None:
        return False
    try:
        table, span, _ = names.table(script, match, 1)
        columns, _ = names.columns(script, match, 3)
    except Unusual:
        return False
    statement = script.span(start, end)
    script.facts.append(Write(span, statement, "INSERT", table, columns, width=width, conflict=conflict, query=query))
    return True


@cache
def _form(family: str) -> tuple[Callable[[str, int, int], re.Match[str] | None], Names] | None:
    """What matches the beginnings of such statements of a family, and what takes their names."""
    name = NAME.get(family)
    if name is None:
        return None
    form = rf"INSERT\s++INTO\s++{table_of(name)}\s*+\(\s*+({list_of(name)})\s*+\)\Z"
    return re.compile(form, FLAGS).match, Names(family, frozenset())
