"""Hostile texts: no recursion, no exception, what stands before the trouble is read, and the trouble leaves a trace."""

from __future__ import annotations

import gc

import pytest

from schemalint.model.facts import CreateTable, Fact, Invalid, Opaque
from schemalint.model.span import SourceFile
from schemalint.sql import read, read_literal
from tests.sql.hostile import SHAPES

DIALECTS = ("postgres", "mysql", "sqlite", "tsql", "generic")


def _facts(sql: str, dialect: str) -> tuple[Fact, ...]:
    return read(SourceFile("a.sql", sql), dialect).facts


def _unclosed(sql: str, dialect: str) -> list[tuple[str, str]]:
    """What is never closed, and the text from where it starts."""
    facts = [fact for fact in _facts(sql, dialect) if isinstance(fact, Opaque) and "never closed" in fact.why]
    assert all(fact.touches is None for fact in facts)
    return [(fact.why.split(" that")[0], sql[fact.span.start :]) for fact in facts]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_nothing_is_too_deep_or_too_long(shape: object, dialect: str) -> None:
    _facts(shape(3_000), dialect)  # type: ignore[operator]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_ten_thousand_columns_are_all_read(dialect: str) -> None:
    (table,) = _facts(SHAPES["many columns"](10_000), dialect)
    assert isinstance(table, CreateTable)
    assert [column.name.key for column in table.columns] == [f"c{n}" for n in range(10_000)]
    assert table.unread == ()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_deep_parentheses_are_one_default(dialect: str) -> None:
    facts = _facts(SHAPES["nested parentheses"](10_000), dialect)  # a hundred thousand of them
    (table,) = (fact for fact in facts if not isinstance(fact, Invalid))  # older versions of MySQL take no expression
    assert isinstance(table, CreateTable)
    assert table.columns[0].default is not None


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("opened", "what"),
    [("'it", "the string"), ("'it''s'' ", "the string"), ("/* it", "the comment")],
)
def test_what_is_never_closed_leaves_a_trace(opened: str, what: str, dialect: str) -> None:
    tail = f"{opened}; CREATE TABLE b (a int); -- swallowed"
    sql = f"CREATE TABLE a (a int); -- don't\nINSERT INTO a VALUES (1, 'x') {tail}"
    assert [fact.table.name.key for fact in _facts(sql, dialect) if isinstance(fact, CreateTable)] == ["a"]
    assert _unclosed(sql, dialect) == [(what, tail)]
    alone = f"CREATE TABLE a (a int);\n{opened}"
    assert _unclosed(alone, dialect) == [(what, opened)]


@pytest.mark.parametrize(
    ("dialect", "opened", "what"),
    [
        ("postgres", "$$ it", "the string"),
        ("postgres", "$body$ it $$ ", "the string"),
        ("postgres", "/* /* it */ ", "the comment"),
        ("postgres", '"it', "the quoted name"),
        ("postgres", r"E'it\'s", "the string"),
        ("mysql", r"'it\'s", "the string"),
        ("mysql", '"it', "the string"),
        ("mysql", "`it", "the quoted name"),
        ("tsql", "[it", "the quoted name"),
        ("sqlite", "[it", "the quoted name"),
    ],
)
def test_each_database_has_its_own_quotes(dialect: str, opened: str, what: str) -> None:
    sql = f"CREATE TABLE a (a int); SELECT {opened}"
    assert _unclosed(sql, dialect) == [(what, opened.removeprefix("E"))]


@pytest.mark.parametrize(
    ("dialect", "sql"),
    [
        ("postgres", "CREATE TABLE a (a int); SELECT 'it''s', E'it\\'s', $$it's$$, $a$ $$ ' $a$, \"it's\" -- it's"),
        ("postgres", "SELECT 1 /* it's /* nested */ one's */"),
        ("postgres", "COPY t FROM stdin;\nit's\n\\.\n\\echo it's\n"),
        ("mysql", "SELECT 'it\\'s', \"it's\" # it's\n -- it's"),
        ("mysql", "/*!40101 SET x = 'y' */"),
        ("mysql", "DELIMITER //\nSELECT 'x'//\nDELIMITER ;\n-- it's"),
        ("tsql", "SELECT 'it''s', [it's], \"it's\" -- it's\nGO\nSELECT N'x'"),
        ("sqlite", "SELECT 'it''s', [it's], `it's`"),
        ("generic", "SELECT E'it\\'s', 'x', $$it's$$ /* it's */"),
    ],
)
def test_what_is_closed_leaves_none(dialect: str, sql: str) -> None:
    assert _unclosed(sql, dialect) == []


def test_a_text_in_code_may_be_half_of_a_statement() -> None:
    sql = "UPDATE t SET a = '"  # … + value + "'"
    assert read_literal(SourceFile("m.py", f'run("{sql}" + x)'), 5, sql, "postgres").facts == ()


def test_a_mistake_on_an_endless_line_shows_no_endless_line() -> None:
    facts = _facts(SHAPES["one line"](2_000), "postgres")
    lines = [fact.line for fact in facts if isinstance(fact, Invalid)]
    assert len(lines) == 2_000
    assert all(line and len(line) <= 2_000 for line in lines)
    assert sum(line.startswith("datetime") for line in lines) > 1_900  # shown from the mistake on


def test_a_procedure_that_is_called_over_and_over_is_read_a_few_times() -> None:
    assert 1_000 < len(_facts(SHAPES["calls"](8_000), "mysql")) <= 10_000


@pytest.mark.parametrize("clause", ["NOT FOR", "NOT", "ON", "ON DELETE", "ON UPDATE SET", "MATCH", "INITIALLY"])
def test_a_reference_may_break_off_anywhere(clause: str) -> None:
    for dialect in DIALECTS:
        assert _facts(f"CREATE TABLE a (b int REFERENCES c (d) {clause}", dialect)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_reading_makes_no_cycles(dialect: str) -> None:
    """The collector is kept away while a script is read: it must find nothing there afterwards."""
    texts = [shape(50) for shape in SHAPES.values()]
    for text in texts:
        _facts(text, dialect)  # what is made once: lexicons, dialects
    while gc.collect():  # what goes may let others go
        pass
    gc.disable()
    try:
        for text in texts:
            _facts(text, dialect)
        gc.set_debug(gc.DEBUG_SAVEALL)  # so that a failure says what it was
        gc.collect()
        assert [repr(one)[:200] for one in gc.garbage] == []
        assert not gc.isenabled()  # left as it was found
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
