"""What is written of a column after it was renamed. PostgreSQL prints the same for these (`pg_get_expr`), but for quotes."""

from __future__ import annotations

import pytest

from schemalint.dialects import dialect
from schemalint.replay.respelled import respelled_text


@pytest.mark.parametrize(
    ("name", "raw", "made"),
    [
        ("postgres", "a > 0 AND A < 9", '"b" > 0 AND "b" < 9'),
        ("postgres", "\"a\" > 'a' || 'it''s a'", "\"b\" > 'a' || 'it''s a'"),
        ("postgres", '"A" > 0 AND aa > 1 AND a1 > 2', '"A" > 0 AND aa > 1 AND a1 > 2'),
        ("postgres", "a(a) + x::a + t.a + a.x + 1a", 'a("b") + x::a + t.a + a.x + 1a'),
        ("postgres", "arr[a] = a", 'arr["b"] = "b"'),
        ("mysql", "`a` > A", "`b` > `b`"),
        ("tsql", "[a] > A AND [A]]] > 0", "[b] > [b] AND [A]]] > 0"),
    ],
)
def test_a_renamed_column(name: str, raw: str, made: str) -> None:
    spoken = dialect(name)
    assert respelled_text(raw, spoken.identifier("a"), spoken.identifier("b"), spoken) == made
