"""The statements and scripts that every version of PostgreSQL is asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schemalint.sql.statements import split
from tests.sql.judges.files import statements

HERE = Path(__file__).parent
SQL = HERE.parent.parent / "sql"
SCRIPTS = sorted((SQL / "scripts" / "postgres").glob("*.sql"))
BESIDE = "CREATE TABLE k (a int, b text)"
"""What stands beside every case."""


@dataclass(frozen=True)
class Case:
    """`line` as it stands in the file: what prepares, and the statement that is asked. `reason`: why we do not notice it; `rule`:
    the code of the rule that says it, which the reading and the replay do not."""

    line: str
    before: tuple[str, ...]
    statement: str
    reason: str | None = None
    rule: str | None = None


def case(line: str, reason: str | None = None, rule: str | None = None) -> Case:
    before, _, statement = line.rpartition("==>")
    return Case(line, tuple(filter(None, map(str.strip, before.split("; ")))), statement.strip(), reason, rule)


def cases() -> Iterator[Case]:
    """The cases of statements.sql; a mark holds for the lines up to the next empty one."""
    reason = rule = None
    for line in (HERE / "statements.sql").read_text().splitlines():
        if line.startswith("-- not noticed: "):
            reason = line.removeprefix("-- not noticed: ")
        elif line.startswith("-- said by "):
            rule = line.removeprefix("-- said by ")
        elif not line:
            reason = rule = None
        elif not line.startswith("--"):
            yield case(line, reason, rule)


def refusals(what: str) -> list[str]:
    """The statements that are put to PostgreSQL 18 elsewhere: "accepted" or "refused"."""
    return (SQL / "refusals" / f"postgres-{what}.sql").read_text().splitlines()


def grammar() -> list[str]:
    """The statements on which other parsers judge the reader, each on one line. What they speak of is mostly not there, so
    that only an error of syntax says something."""
    return [" ".join(one.sql.split()) for one in statements("postgres") if "--" not in one.sql and "$$" not in one.sql]


def asked() -> list[Case]:
    """All of them, once."""
    lines = (*(one.line for one in cases()), *refusals("accepted"), *refusals("refused"), *grammar())
    return [case(line) for line in dict.fromkeys(lines)]


def statements_of(script: str) -> list[str]:
    """The statements of a script, in order."""
    return [script[one.start : one.end] for one in split(script, 0, len(script), "postgres") if one.head]
