"""INSERT and UPDATE as they are usually written: what they certainly need of a table."""

from __future__ import annotations

import re
from functools import cache

from schemalint.model.objects import Write
from schemalint.sql.cursor import Script
from schemalint.sql.usual.forms import FLAGS, NAME, Names, Unusual, list_of, table_of

_VALUE = r"('[^'\\]*+'(?!')|\d++|TRUE\b|FALSE\b|NULL\b)"


def read_usual_rows(script: Script, start: int, stop: int, end: int, head: str) -> bool:
    """Emits what a statement from `start` to `end` needs, which begins with the word `head`, if it is `INSERT INTO table
    (column, …)` up to `stop`, or `UPDATE table SET column = value [WHERE …]`. Gives whether it is."""
    form = _form(script.dialect.family, head)
    if form is None or script.schema is not None or script.several or script.pin is not None:
        return False
    begins, names = form
    match = begins.match(script.text, start, stop)
    if match is None:
        return False
    try:
        table, span, _ = names.table(script, match, 1)
        columns, _ = names.columns(script, match, 3)
    except Unusual:
        return False
    values = ((columns[0][0], match[4]),) if head == "UPDATE" and match[4][0] == "'" else ()
    statement = script.span(start, end)
    script.facts.append(Write(span, statement, head, table, columns, values=values))
    return True


@cache
def _form(family: str, head: str) -> tuple[re.Pattern[str], Names] | None:
    """The expression for statements of a family that begin with a word, and what takes their names."""
    name = NAME.get(family)
    if name is None or head not in ("INSERT", "UPDATE"):
        return None
    table = table_of(name)
    if head == "INSERT":
        form = rf"INSERT\s++INTO\s++{table}\s*+\(\s*+({list_of(name)})\s*+\)\Z"
    else:
        form = rf"UPDATE\s++{table}\s++SET\s++({name})\s*+=\s*+{_VALUE}\s*+(?:WHERE\s|\Z)"
    return re.compile(form, FLAGS), Names(family, frozenset())
