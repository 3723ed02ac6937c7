"""What SQL Server accepts and refuses, as far as an engine that speaks T-SQL or Microsoft's pages tell, and of what we say so:
tests/oracles/tsql/README.md."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.finding import Severity
from tests.oracles.tsql.cases import Case, cases

ANSWERS = json.loads((Path(__file__).parent / "oracles" / "tsql" / "goldens.json").read_text("utf-8"))["statements"]
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
