"""The reader against other parsers: PostgreSQL's own grammar, and sqlglot for MySQL and SQL Server, statement by statement.

The statements and the marks above them stand in `statements/`; what is compared, in `judges/neutral.py`. Servers judge the
same reader in test_servers.py; here it is the shapes that no server at hand knows, and positions of no table.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.sql.judges import by_sqlglot, files, neutral
from tests.sql.judges.files import Statement
from tests.sql.judges.neutral import SHAPED_ELSEWHERE, Words

Judge = tuple[Callable[[str], list[str] | None], Words]

STATEMENTS = {dialect: list(files.statements(dialect)) for dialect in ("postgres", "mysql", "tsql")}
"""Statement files by the dialect that reads them."""
COMPARED = {"postgres": 310, "mysql": 170, "tsql": 105}
"""How many statements the other parser must at least judge; the rest is compared with lines written by hand."""


def _judge(dialect: str) -> Judge:
    if dialect == "postgres":
        pytest.importorskip("pglast", reason="pglast is GPL: a tool beside the project, no dependency")
        from tests.sql.judges import by_pglast

        return by_pglast.lines, by_pglast.WORDS
    return lambda sql: by_sqlglot.lines(sql, dialect), by_sqlglot.words(dialect)


def _sorted(lines: list[str]) -> list[str]:
    """The lines but for how a table's shape that stands elsewhere is told, which is not compared."""
    if SHAPED_ELSEWHERE in lines:
        lines = [line for line in lines if line != SHAPED_ELSEWHERE]
    return sorted(lines)


def _both(dialect: str, statement: Statement) -> tuple[list[str], list[str] | None]:
    """Our lines and the other parser's, None where it does not read the statement."""
    judge, words = _judge(dialect)
    ours, theirs = neutral.ours(statement.sql, dialect, words), judge(statement.sql)
    if theirs is not None and SHAPED_ELSEWHERE in theirs:
        ours = [line for line in ours if not line.endswith(": unread")]
    return _sorted(ours), None if theirs is None else _sorted(theirs)


@pytest.mark.parametrize(
    ("dialect", "statement"),
    [pytest.param(dialect, one, id=f"{dialect}: {one.sql}") for dialect, found in STATEMENTS.items() for one in found],
)
def test_agrees(dialect: str, statement: Statement) -> None:
    ours, theirs = _both(dialect, statement)
    if not statement.mark:
        assert theirs is not None, "the other parser does not read it: mark it and write down what it says"
        assert ours == theirs
        return
    right = sorted(statement.says) if statement.says or statement.nothing else theirs
    assert right is not None, "what is right must be written down"
    if statement.mark == "ours":
        assert ours != right, "we read it rightly now: take the mark away"
        return
    assert ours == right
    if statement.mark == "unread":
        assert theirs is None, "the other parser reads it now: take the mark away"
    else:
        assert theirs not in (None, right), "the other parser is right now: take the mark away"


@pytest.mark.parametrize("dialect", STATEMENTS)
def test_enough_is_compared(dialect: str) -> None:
    """A judge that refuses everything would agree with everything."""
    judge, _ = _judge(dialect)
    compared = [one for one in STATEMENTS[dialect] if not one.mark and judge(one.sql) is not None]
    assert len(compared) >= COMPARED[dialect]
    lines = [line for one in compared for line in judge(one.sql) or ()]
    assert len(lines) > 2 * COMPARED[dialect]
