"""atlas.sum beside scripts of which not all bytes are held."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint

_ROWS = "CREATE TABLE a (id int);\n" + "INSERT INTO a VALUES (1);\n" * 60_000


def _codes(listed: str, large: int) -> list[str]:
    sum_ = b64encode(sha256(b"1_a.sql" + listed.encode()).digest()).decode()
    total = b64encode(sha256(f"1_a.sql{sum_}".encode()).digest()).decode()
    files = {"m/atlas.sum": f"h1:{total}\n1_a.sql h1:{sum_}\n", "m/1_a.sql": _ROWS}
    return [finding.code for finding in lint(MemoryTree(files, large=large), Config()).findings]


def test_a_script_that_was_edited_is_told() -> None:
    assert "SL515" not in _codes(_ROWS, 10_000_000)
    assert "SL515" in _codes(_ROWS + "-- more", 10_000_000)


def test_nothing_is_said_of_a_script_that_is_held_without_its_data() -> None:
    assert "SL515" not in _codes(_ROWS, 100)
    assert "SL515" not in _codes(_ROWS + "-- more", 100)
