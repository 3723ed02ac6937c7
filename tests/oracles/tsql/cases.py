"""The statements of statements.sql, each with what is there before it and with who decides about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_STATEMENTS = Path(__file__).parent / "statements.sql"


@dataclass(frozen=True)
class Case:
    """A statement. `beside` are the statements that are run before it, in batches of their own; `said` False: SQL Server
    refuses it, and we do not say so, for the reason that stands beside it. `takes` is what Microsoft's pages say, where they
    differ from the engine, else None."""

    beside: str
    sql: str
    said: bool = True
    takes: bool | None = None


def cases() -> Iterator[Case]:
    """Every statement, in the order of the file."""
    beside, said, takes = "", True, None
    for line in _STATEMENTS.read_text("utf-8").splitlines():
        if line.startswith("-- beside: "):
            beside = line.removeprefix("-- beside: ")
        elif line == "-- alone":
            beside = ""
        elif line.startswith("-- not said: "):
            said = False
        elif line.startswith("-- microsoft: "):
            takes = line.removeprefix("-- microsoft: ").startswith("takes")
        elif line and not line.startswith("-- "):
            yield Case(beside, line.removesuffix(";"), said, takes)
            said, takes = True, None
