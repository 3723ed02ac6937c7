"""What a real MySQL accepts and refuses, and of what we say so: tests/oracles/mysql/README.md."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.finding import Severity
from schemalint.model.source import Server
from schemalint.model.span import SourceFile
from schemalint.sql import read
from schemalint.sql.refusals.reserved import MYSQL, SOME
from tests.oracles.mysql.cases import Case, cases
from tests.oracles.mysql.renew import PAGES, plain
from tests.sql.servers import as_mysql, ours, refusals, resolved
from tests.sql.test_histories import MYSQL_ELSEWHERE, check

_FOLDER = Path(__file__).parent / "oracles" / "mysql"
GOLDENS = json.loads((_FOLDER / "goldens.json").read_text("utf-8"))
MARIADB = json.loads((_FOLDER / "mariadb.json").read_text("utf-8"))
HISTORIES = json.loads((_FOLDER / "histories.json").read_text("utf-8"))
ANSWERS = GOLDENS["statements"]
CASES = list(cases())


def _errors(case: Case, dialect: str, version: str) -> list[str]:
    """The errors of a history whose second migration is the statement."""
    files = {
        "migrations/000001_beside.up.sql": case.beside.replace("; ", ";\n") + ";\n",
        "migrations/000002_asked.up.sql": f"{case.sql};\n",
    }
    report = lint(MemoryTree(files), Config(dialect=dialect, version=version))
    return [f"{found.code} {found.message}" for found in report.findings if found.severity is Severity.ERROR]


def test_every_answer_is_of_a_statement() -> None:
    answered = {(beside, sql) for beside, answers in ANSWERS.items() for sql in answers}
    assert {(case.beside, case.sql) for case in CASES} == answered


@pytest.mark.parametrize("page", GOLDENS["pages"])
def test_the_tables_of_a_page_are_the_servers(page: str) -> None:
    sql = (PAGES / f"{page}.sql").read_text("utf-8")
    assert refusals(read(SourceFile("a.sql", sql), "mysql").facts, "mysql") == []
    assert (
        plain({name: as_mysql(table) for name, table in resolved(ours(sql, "mysql")).items()}) == GOLDENS["pages"][page]
    )


def test_every_page_was_run() -> None:
    assert sorted(GOLDENS["pages"]) == sorted(page.stem for page in PAGES.glob("*.sql"))


@pytest.mark.parametrize("number", range(len(HISTORIES)))
def test_a_history_is_refused_where_the_server_refuses_it(number: int) -> None:
    """As tests/sql/test_histories.py does it with a server at hand."""
    history = HISTORIES[number]
    answers = iter(history["statements"])
    made = check([sql for sql, _ in history["statements"]], "mysql", lambda _: next(answers)[1], MYSQL_ELSEWHERE)
    assert plain({name: as_mysql(table) for name, table in resolved(ours(made, "mysql")).items()}) == history["tables"]


def test_reserved_words_are_the_servers() -> None:
    version = tuple(map(int, GOLDENS["version"].split(".")))
    server = Server("mysql", version, "", True)
    assert MYSQL | {word for word, only in SOME["mysql"].items() if server.is_one_of(only)} == set(GOLDENS["reserved"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sql)
def test_what_is_refused_is_an_error_and_nothing_else_is(case: Case) -> None:
    errors = _errors(case, "mysql", GOLDENS["version"])
    if ANSWERS[case.beside][case.sql] is None:
        assert errors == []
        assert case.said, "the server takes it"
    else:
        assert bool(errors) is case.said


def _mariadb_takes(case: Case) -> bool:
    otherwise: dict[str, str | None] = MARIADB["statements"].get(case.beside, {})
    return otherwise.get(case.sql, ANSWERS[case.beside][case.sql]) is None and case.beside not in MARIADB["unasked"]


@pytest.mark.parametrize("case", [case for case in CASES if _mariadb_takes(case)], ids=lambda case: case.sql)
def test_what_mariadb_takes_is_not_called_invalid(case: Case) -> None:
    assert [error for error in _errors(case, "mariadb", MARIADB["version"]) if error.startswith("SL116")] == []
