"""Calls that migrate, as the model knows them, and what of their arguments is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.facts import Fact, Opaque
from schemalint.model.names import TableName
from schemalint.model.source import Call, Sync
from schemalint.model.span import Span
from schemalint.parsers.gorm.arguments import Given
from schemalint.parsers.gorm.expressions import Data

_MIGRATES = Sync(adds_columns=True, adds_indexes=True, adds_foreign_keys=True, alters_columns=True)


def start_call(path: str, call: Data, tables: tuple[TableName, ...] | None, unordered: bool = False) -> Call:
    """A call that was read, with the tables that it makes."""
    condition = call["condition"]
    return Call(
        span=Span(path, *call["at"]),
        text=call["text"],
        sync=Sync() if call["creates"] else _MIGRATES,
        tables=tables,
        condition=condition,
        environment=_environment(condition or ""),
        unordered=unordered,
    )


def _environment(condition: str) -> str | None:
    """Whether a guard certainly keeps a call out of production, or lets it run there only."""
    found = re.fullmatch(r'[\w.()" ]*?env[\w.()" ]*?\s*([!=]=)\s*"(\w+)"', condition, re.IGNORECASE)
    if found is None:
        return None
    equal, value = found.group(1) == "==", found.group(2).lower()
    if value in ("production", "prod"):
        return "production" if equal else "development"
    return "development" if equal and value in ("development", "dev", "local", "test") else None


def unknown(path: str, call: Data, given: Given, elsewhere: bool) -> Iterator[Fact]:
    """What a call is given that could not be told: it may migrate any model, but touches no table that is known. `elsewhere`:
    nor could the table that it makes of another name."""
    statement = Span(path, *call["statement"])
    for span in given.open:
        yield Opaque(span, statement, f"what {call['text']} migrates here could not be told", ())
    if elsewhere:
        span = Span(path, *call["at"])
        yield Opaque(span, statement, f"{call['text']} makes a table of another name", ())
