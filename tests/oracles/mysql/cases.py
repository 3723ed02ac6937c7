"""The statements of statements.sql, each with the tables that are there before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_STATEMENTS = Path(__file__).parent / "statements.sql"


@dataclass(frozen=True)
class Case:
    """A statement. `beside` are the statements that are run before it; `said` False: the server refuses it, and we do not
    say so."""

    beside: str
    sql: str
    said: bool


def cases() -> Iterator[Case]:
    """Every statement, in the order of the file."""
    beside, said = "", True
    for line in _STATEMENTS.read_text("utf-8").splitlines():
        if line.startswith("-- beside: "):
            beside = line.removeprefix("-- beside: ")
        elif line.startswith("-- not said"):
            said = False
        elif line and not line.startswith("-- "):
            yield Case(beside, line.removesuffix(";"), said)
            said = True
