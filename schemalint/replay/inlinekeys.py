"""REFERENCES inside a column on MySQL, which reads and forgets it before 9.0 and makes a foreign key of it from then on (MySQL
9.0 Release Notes; put to MySQL 5.6 and 9.7)."""

from __future__ import annotations

from typing import TypeVar

from schemalint.model.facts import AddColumn, CreateTable, Servers
from schemalint.model.frozen import replace
from schemalint.replay.state import State

_HONOURS = (Servers("mysql", (9,)),)
_Fact = TypeVar("_Fact", CreateTable, AddColumn)


def with_inline_keys(state: State, fact: _Fact) -> _Fact:
    """The definition with the foreign keys that its columns state, where the server is known to make them."""
    if not fact.inline_keys or state.server is None or not state.server.is_one_of(_HONOURS):
        return fact
    return replace(fact, foreign_keys=(*fact.inline_keys, *fact.foreign_keys), inline_keys=())
