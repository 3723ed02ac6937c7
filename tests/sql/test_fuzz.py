"""No input raises, and every span stands inside its file and covers what it names."""

from __future__ import annotations

import dataclasses
import json
import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from schemalint.dialects import NAMES, NameKind, dialect
from schemalint.model.facts import CreateTable, Fact
from schemalint.model.schema import Column
from schemalint.model.span import SourceFile, Span
from schemalint.sql import guess, read, read_literal
from schemalint.sql.plain import decode, encode
from schemalint.sql.statements import split
from schemalint.sql.tokens import name_text, tokenize
from tests.sql.test_servers import MARIADB, POSTGRES, SQLITE

_PIECES = """
CREATE TABLE|ALTER TABLE|DROP TABLE|IF NOT EXISTS|IF EXISTS|CREATE UNIQUE INDEX|ON|ADD COLUMN|DROP COLUMN|RENAME TO
RENAME COLUMN|TO|MODIFY|CHANGE|ALTER COLUMN|TYPE|SET DEFAULT|SET NOT NULL|DROP DEFAULT|PRIMARY KEY|UNIQUE|KEY|INDEX
FOREIGN KEY|REFERENCES|ON DELETE CASCADE|CHECK|CONSTRAINT|DEFAULT|NOT NULL|NULL|GENERATED ALWAYS AS IDENTITY|AS|SELECT
LIKE|INHERITS|PARTITION OF|CREATE TYPE|AS ENUM|CREATE VIEW|COMMENT ON COLUMN|DO|$$|$a$|BEGIN|END|EXCEPTION WHEN|THEN
EXECUTE|IF|ELSE|END IF|LOOP|DECLARE|CREATE PROCEDURE p()|CALL p()|SET @s =|DELIMITER //~|//|~GO~|~\\c x~
COPY t FROM stdin;~|\\.~|int|varchar(20)|text[]|enum('a','b')|serial|timestamp with time zone|AUTO_INCREMENT|USING
(|)|,|;|.|::|'x'|'it''s'|E'\\''|"q"|`b`|[c]|--|/*|*/|/*!40101|#|a|b|users|1|-1|now()|'|"|`|[|]|$|\\|~|é|😀|\0
"""
_WORDS = st.sampled_from(_PIECES.strip().replace("\n", "|").replace("~", "\n").split("|"))
_SQL = st.one_of(
    st.lists(_WORDS, max_size=40).map(" ".join),
    st.lists(_WORDS, max_size=25).map("".join),
    st.text(max_size=60),
)
_SCRIPTS = [*POSTGRES.values(), *MARIADB.values(), *SQLITE.values()]
_DIALECTS = st.sampled_from(NAMES)
_FEW = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _spans(getattr(value, field.name))


def _columns(value: object, within: Span | None = None) -> Iterator[tuple[Column, Span | None]]:
    """Every column with the span of the fact that makes it, which may stand in that of a routine."""
    if isinstance(value, Column):
        yield value, within
    elif isinstance(value, tuple):
        for item in value:
            yield from _columns(item, within)
    elif dataclasses.is_dataclass(value) and not isinstance(value, Span):
        span = getattr(value, "span", within) if hasattr(value, "statement") else within
        for field in dataclasses.fields(value):
            yield from _columns(getattr(value, field.name), span)


def _single(text: str) -> str:
    """Text with every doubled quote made one, as often as it takes."""
    return re.sub(r"(['\"`\]])\1+", r"\1", text)


def _holds(file: SourceFile, name: str, facts: tuple[Fact, ...]) -> None:
    for fact in facts:
        for span in _spans(fact):
            assert span.path == file.path
            assert 0 <= span.start <= span.end <= len(file.text)
        for column, place in _columns(fact):
            if column.name.text == "VALUE":
                continue  # of a domain, whose name it stands at
            if column.span == place:
                continue  # of a text whose characters do not stand in the file as they are
            written, quoted = name_text(file.slice(column.span))
            if quoted or written[:1] not in "'\"":
                assert written == column.name.text
            assert (
                dialect(name).fold(column.name.text, quoted, NameKind.COLUMN) == column.name.key or written[:1] in "'\""
            )
        if isinstance(fact, CreateTable) and fact.span != fact.statement:  # it is where the text was put together
            assert _single(fact.table.name.text) in _single(file.slice(fact.span))


@_FEW
@example('SET @s = "CREATE TABLE t (Id int)"', "mysql")
@example('SET @s = "CREATE TABLE t (\\\\n Id int)"', "mysql")
@given(_SQL, _DIALECTS)
def test_anything_is_read(sql: str, name: str) -> None:
    file = SourceFile("a.sql", sql)
    facts = read(file, name).facts
    _holds(file, name, facts)
    assert tuple(decode(json.loads(json.dumps(encode(fact)))) for fact in facts) == facts
    guess(sql)


@_FEW
@given(st.sampled_from(_SCRIPTS), st.integers(0, 3000), st.integers(0, 3000), _WORDS, _DIALECTS)
def test_damaged_scripts_are_read(script: str, at: int, end: int, piece: str, name: str) -> None:
    at, end = sorted((at % len(script), end % len(script)))
    damaged = script[:at] + piece + script[max(at, end - 30 if end - at > 60 else end) :]
    file = SourceFile("a.sql", damaged)
    _holds(file, name, read(file, name).facts)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("script", _SCRIPTS, ids=range(len(_SCRIPTS)))
def test_round_trip_is_exact(script: str, name: str) -> None:
    facts = read(SourceFile("a.sql", script), name).facts
    again = tuple(decode(json.loads(json.dumps(encode(fact)))) for fact in facts)
    assert again == facts
    assert repr(again) == repr(facts)  # what takes no part in == survives too


@_FEW
@given(_SQL, _DIALECTS)
def test_statements_and_tokens_stand_in_order(sql: str, name: str) -> None:
    family = dialect(name).family
    last = 0
    for statement in split(sql, 0, len(sql), family):
        assert last <= statement.start < statement.end <= len(sql)
        last = statement.end
    at = 0
    for _, _, start, end in tokenize(sql, 0, len(sql), family):
        assert at <= start <= end <= len(sql)
        at = end


HOSTILE = {
    "parens": "CREATE TABLE t (a int DEFAULT " + "(" * 30_000,
    "dollars": "$a$ " + "$b$c" * 20_000,
    "comments": "/*" * 30_000 + "CREATE TABLE t (a int)",
    "pairs": "/*/**/*/" * 10_000 + "CREATE TABLE t (a int)",
    "begins": "DO $$ " + "BEGIN " * 20_000 + "$$",
    "quotes": "'" * 50_001,
    "semicolons": "CREATE FUNCTION f() " + "BEGIN x; " * 20_000,
    "commas": "CREATE TABLE t (" + "a int," * 20_000,
    "casts": "CREATE TABLE t (a int DEFAULT 1" + "::int" * 20_000 + ")",
    "dots": "CREATE TABLE " + "a." * 30_000,
    "executes": "DO $$ BEGIN " + "EXECUTE 'ALTER TABLE t ADD x int' || y; " * 5_000 + "END $$",
    "backslashes": "\n\\c x" * 20_000,
    "delimiters": "\nDELIMITER //\n" * 20_000,
    "brackets": "CREATE TABLE t (a int" + "[" * 30_000,
    "alters": "ALTER TABLE t " + "DROP COLUMN a, " * 10_000,
    "unions": "CREATE INDEX i ON t (" + "lower(" * 20_000,
    "nested do": "DO $a$ BEGIN EXECUTE $b$ DO $c$ BEGIN EXECUTE 'DO $d$ BEGIN END $d$'; END $c$ $b$; END $a$",
}


@pytest.mark.parametrize("name", ["postgres", "mysql", "sqlite", "tsql", "generic"])
@pytest.mark.parametrize("sql", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_read_in_time(sql: str, name: str) -> None:
    start = time.process_time()
    read(SourceFile("a.sql", sql), name)
    assert time.process_time() - start < 2


def test_a_literal_points_into_its_file() -> None:
    file = SourceFile("m.py", 'op.execute("ALTER TABLE users ADD COLUMN age int")')
    start = file.text.index("ALTER")
    (fact,) = read_literal(file, start, file.text[start:-2], "postgres").facts
    assert file.slice(fact.span) == "age"
    pinned = file.span(0, 10)
    (fact,) = read_literal(file, 0, "ALTER TABLE users ADD COLUMN age int", "postgres", pinned).facts
    assert set(_spans(fact)) == {pinned}
