"""What SQL Server accepts and refuses, as far as an engine that speaks T-SQL or Microsoft's pages tell, and of what we say so:
tests/oracles/tsql/README.md."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.finding import Severity
from schemalint.model.source import Server
from tests.oracles.tsql.cases import Case, cases
from tests.sql.servers import ours, resolved

GOLDENS = json.loads((Path(__file__).parent / "oracles" / "tsql" / "goldens.json").read_text("utf-8"))
ANSWERS = GOLDENS["statements"]
CASES = list(cases())


def _errors(case: Case) -> list[str]:
    """The errors of a history whose last migration is the statement."""
    statements = [*(case.beside.split("; ") if case.beside else ()), case.sql]
    files = {f"migrations/{number:06}_step.up.sql": f"{sql};\n" for number, sql in enumerate(statements, 1)}
    report = lint(MemoryTree(files), Config(dialect="tsql"))
    return [f"{found.code} {found.message}" for found in report.findings if found.severity is Severity.ERROR]


def _takes(case: Case) -> bool:
    """Whether SQL Server takes a statement: Microsoft's pages decide where they differ from the engine."""
    return ANSWERS[case.beside][case.sql] is None if case.takes is None else case.takes


def test_every_answer_is_of_a_statement() -> None:
    answered = {(beside, sql) for beside, answers in ANSWERS.items() for sql in answers}
    assert {(case.beside, case.sql) for case in CASES} == answered
    assert len(CASES) == len(answered), "a statement stands twice"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sql)
def test_what_is_refused_is_an_error_and_nothing_else_is(case: Case) -> None:
    errors = _errors(case)
    if _takes(case):
        assert errors == []
        assert case.said, "SQL Server takes it"
    else:
        assert bool(errors) is case.said


@pytest.mark.parametrize("case", [case for case in CASES if case.takes is not None], ids=lambda case: case.sql)
def test_microsofts_pages_decide_only_where_the_engine_does_not(case: Case) -> None:
    answer = ANSWERS[case.beside][case.sql]
    assert (answer is None) is not case.takes or _no_answer(answer)


@pytest.mark.parametrize("case", [case for case in CASES if case.takes is None], ids=lambda case: case.sql)
def test_what_the_engine_lacks_decides_nothing(case: Case) -> None:
    assert not _no_answer(ANSWERS[case.beside][case.sql])


def _no_answer(answer: str | None) -> bool:
    """Whether the engine only says that it does not know such a statement."""
    return answer is not None and ("supported in Babelfish" in answer or "Feature not supported" in answer)


PAGES = Path(__file__).parent / "sql" / "scripts" / "tsql"
_UNSIZED = {"time(6)": "time(7)", "datetime2(6)": "datetime2(7)", "datetimeoffset(6)": "datetimeoffset(7)"}
"""The engine keeps six digits of a second, SQL Server seven where none are asked for; no page writes six."""


def _as_microsoft_says(table: dict[str, Any]) -> dict[str, Any]:
    """A table of the goldens without what the engine keeps otherwise than Microsoft's reference has it: a rowversion is NOT NULL
    and has no default there, an index knows its filter, and the server gives names that nobody knows. What a computed column's
    type is we do not say."""
    columns = {
        name: [kind, False, False, identity, computed]
        if kind == "timestamp"
        else [None if computed else _UNSIZED.get(kind, kind), nullable, default, identity, computed]
        for name, (kind, nullable, default, identity, computed) in table["columns"].items()
    }
    return {**_nameless(table), "columns": columns}


def _nameless(table: dict[str, Any]) -> dict[str, Any]:
    indexes = {name: index[:2] for name, index in table["indexes"].items()}
    foreign = sorted(table["foreign_keys"].values())
    return {**table, "indexes": indexes, "foreign_keys": foreign, "checks": len(table["checks"])}


def _ours(page: str) -> dict[str, Any]:
    found = resolved(ours((PAGES / f"{page}.sql").read_text("utf-8"), "tsql", Server("tsql", None, "", True)))
    tables = json.loads(json.dumps({name: asdict(table) for name, table in found.items()}, default=sorted))
    return {name: _nameless(table) for name, table in tables.items()}


@pytest.mark.parametrize("page", GOLDENS["pages"])
def test_the_tables_of_a_page_are_the_engines(page: str) -> None:
    wanted = {name: _as_microsoft_says(table) for name, table in GOLDENS["pages"][page].items()}
    assert _ours(page) == wanted


def test_every_page_was_run() -> None:
    assert sorted(GOLDENS["pages"]) == sorted(page.stem for page in PAGES.glob("*.sql"))
