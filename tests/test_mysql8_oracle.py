"""What a MySQL 8 compatible engine accepts and refuses, and what we call invalid. See tests/oracles/mysql8/README.md."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from schemalint.model.facts import CreateTable
from schemalint.model.span import SourceFile
from schemalint.sql import read
from tests.sql.servers import refusals

FOLDER = Path(__file__).parent / "oracles" / "mysql8"
GOLDENS = {answer["sql"]: answer["error"] for answer in json.loads((FOLDER / "goldens.json").read_text())}


@dataclass(frozen=True)
class Case:
    """A statement, whether the engine and the manual refuse it; `manual` None where it says what the engine says."""

    sql: str
    engine: bool
    manual: bool | None

    @property
    def refused(self) -> bool:
        return self.engine if self.manual is None else self.manual


def _cases() -> list[Case]:
    found: list[Case] = []
    manual: bool | None = None
    for line in (FOLDER / "statements.sql").read_text().splitlines():
        if line.startswith(("-- refuses: ", "-- accepts: ")):
            manual = line.startswith("-- refuses: ")
        elif line and not line.startswith("--"):
            sql = line.removesuffix(";")
            assert sql in GOLDENS, f"not put to the engine: {sql} (run renew.py)"
            found.append(Case(sql, GOLDENS[sql] is not None, manual))
            manual = None
    return found


CASES = _cases()
SAID = 19
"""How many of the refused statements we call invalid at least."""


def _invalid(sql: str, dialect: str = "mysql") -> list[str]:
    return [fact.reason for fact in refusals(read(SourceFile("a.sql", sql), dialect).facts, dialect)]


def test_every_answer_is_of_a_statement() -> None:
    assert [case.sql for case in CASES] == list(GOLDENS)
    assert len(CASES) > 150


@pytest.mark.parametrize("case", [case for case in CASES if case.manual is not None], ids=lambda case: case.sql)
def test_the_manual_is_only_quoted_where_the_engine_deviates(case: Case) -> None:
    assert case.manual is not case.engine


@pytest.mark.parametrize("case", [case for case in CASES if not case.refused], ids=lambda case: case.sql)
def test_what_is_accepted_is_not_called_invalid(case: Case) -> None:
    assert _invalid(case.sql) == []


def test_what_is_called_invalid_is_refused() -> None:
    refused = [case.sql for case in CASES if case.refused]
    said = [sql for sql in refused if _invalid(sql)]
    assert len(refused) > 70
    assert len(said) >= SAID, f"not said: {[sql for sql in refused if sql not in said]}"


@pytest.mark.parametrize("sql", [sql for sql in GOLDENS if "IF NOT EXISTS j" in sql or "IF NOT EXISTS d" in sql])
def test_mariadb_takes_it(sql: str) -> None:
    """What MySQL 8 refuses here is MariaDB's own, and is not held against a MariaDB."""
    assert GOLDENS[sql] is not None
    assert _invalid(sql, "mariadb") == []


def test_an_inline_reference_makes_no_key() -> None:
    """The engine takes one to a table that does not exist, because it forgets it (13.1.20.5)."""
    sql = "CREATE TABLE t (a int REFERENCES nothing (id))"
    assert GOLDENS[sql] is None
    (fact,) = read(SourceFile("a.sql", sql), "mysql").facts
    assert isinstance(fact, CreateTable)
    assert fact.foreign_keys == ()
