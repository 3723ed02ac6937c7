"""By which columns a table's partitions are told apart."""

from __future__ import annotations

import re

from schemalint.model.names import Name
from schemalint.model.schema import Table
from schemalint.replay.state import State

_GROUP = re.compile(r"\(((?>[^()]*)(?:\([^()]*\)[^()]*)*)\)")
_WORDS = re.compile(r"'[^']*'|(?:`(?P<back>[^`]+)`|\"(?P<double>[^\"]+)\"|\b(?P<bare>[^\W\d]\w*))(?!\s*\()")
_PLAIN = re.compile(r'[\w", ]+')


def partition_columns(state: State, table: Table) -> list[Name]:
    """The columns that `PARTITION BY` names, in order; none of a table without partitions. Of PostgreSQL's only plain ones
    count: an expression may name types and collations."""
    found: dict[Name, None] = {}
    for group in _GROUP.finditer(table.partition_by or ""):
        if state.dialect.family == "postgres" and not _PLAIN.fullmatch(group[1]):
            return []
        for word in _WORDS.finditer(group[1]):
            text = word["back"] or word["double"] or word["bare"]
            if text and (name := state.dialect.identifier(text, word["bare"] is None)) in table.columns:
                found[name] = None
    return list(found)
