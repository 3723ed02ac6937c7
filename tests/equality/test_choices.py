"""Checks that list texts, as authors write them and as servers print them."""

from __future__ import annotations

import pytest

from schemalint.equality.choices import choices
from schemalint.model.names import Name
from schemalint.model.schema import Check, Expr
from schemalint.model.span import Span

_HERE = Span("a.sql", 0, 1)


def _read(text: str, family: str, *columns: str) -> tuple[str, ...] | None:
    mentions = tuple((Name(column, column), _HERE) for column in columns or ("s",))
    found = choices(Check(None, Expr(text, text), _HERE, mentions), family)
    return None if found is None else found[1]


@pytest.mark.parametrize(
    ("text", "family", "texts"),
    [
        ("s IN ('a', 'b')", "postgres", ("a", "b")),
        ("(s in ('it''s'))", "sqlite", ("it's",)),
        ("`s` in ('a','b')", "mysql", ("a", "b")),
        ("s IS NULL OR s IN ('a')", "sqlite", ("a",)),
        ("s IN ('a') OR s IS NULL", "sqlite", ("a",)),
        ("((s = ANY (ARRAY['a'::text, 'b'::text])))", "postgres", ("a", "b")),
        ("((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))", "postgres", ("a", "b")),
        ("((s)::text = ANY (ARRAY[('a'::character varying)::text]))", "postgres", ("a",)),
        ("s NOT IN ('a')", "postgres", None),
        ("NOT s IN ('a')", "postgres", None),
        ("lower(s) IN ('a')", "postgres", None),
        ("s IN ('a') AND s <> 'b'", "postgres", None),
        ("s IN ('a') OR s LIKE 'x%'", "postgres", None),
        ("s IN ('a', 1)", "postgres", None),
        ("s IN ('a' || 'b')", "postgres", None),
        ("s = 'a'", "postgres", None),
        ("length(s) IN (SELECT 'a')", "sqlite", None),
    ],
)
def test_choices(text: str, family: str, texts: tuple[str, ...] | None) -> None:
    assert _read(text, family) == texts


def test_a_check_of_two_columns_lists_nothing() -> None:
    assert _read("s IN ('a')", "postgres", "s", "t") is None
