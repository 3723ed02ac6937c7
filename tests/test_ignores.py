"""Comments that silence: what SL003 would take out of a file, and that many of them take no time."""

from __future__ import annotations

import time

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint

_PATH = "db/migrations/000001_users.up.sql"
_TABLE = "CREATE TABLE users (id bigserial PRIMARY KEY);\n"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"-- schemalint: ignore[SL101] why\n{_TABLE}", _TABLE),
        (f"  -- schemalint: ignore[SL101]\n{_TABLE}", _TABLE),
        (f"{_TABLE[:-1]} -- schemalint: ignore[SL101] why\n", _TABLE),
        (f"{_TABLE[:-1]} -- schemalint: ignore[SL101]", _TABLE[:-1]),
        (f"{_TABLE[:-1]} -- schemalint: ignore[SL101] why\r\n", f"{_TABLE[:-1]}\r\n"),
        (f"-- schemalint: ignore[SL101] why\r\n{_TABLE[:-1]}\r\n", f"{_TABLE[:-1]}\r\n"),
        (f"/* schemalint: ignore[SL101] */ {_TABLE}", f" {_TABLE}"),
        (f"/* schemalint: ignore[SL101]\n*/{_TABLE}", None),
        (f"-- schemalint: ignore-file[SL101]\n{_TABLE}", _TABLE),
        (f"-- schemalint: ignore[SL0101]\n{_TABLE}", f"-- schemalint: ignore[SL101]\n{_TABLE}"),
        (f"-- schemalint: ignore\n{_TABLE}", None),
    ],
)
def test_what_the_fix_leaves(text: str, left: str | None) -> None:
    (finding,) = lint(MemoryTree({_PATH: text}), Config(), only={"SL003"}).findings
    assert finding.primary.span.path == _PATH
    if left is None:
        assert finding.fix is None
        return
    assert finding.fix is not None
    (edit,) = finding.fix.edits
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == left


@pytest.mark.parametrize(
    ("words", "left"),
    [("SL102, SL101", " SL101"), ("SL101, SL102", "SL101"), ("SL101, SL102, SL203", "SL101, SL203")],
)
def test_one_word_of_several(words: str, left: str) -> None:
    text = f"{_TABLE}CREATE INDEX i ON users (name); -- schemalint: ignore[{words}]\n"
    fix = lint(MemoryTree({_PATH: text}), Config(), only={"SL003"}).findings[0].fix
    assert fix is not None
    (edit,) = fix.edits
    assert f"ignore[{left}]" in text[: edit.span.start] + edit.text + text[edit.span.end :]


def test_many_findings_and_many_comments() -> None:
    tables = "".join(f"CREATE TABLE t{n} (id bigint);\n" for n in range(500))
    lines = "".join(f"CREATE INDEX i{n} ON t{n % 500} (c{n}); -- schemalint: ignore[SL101]\n" for n in range(5_000))
    started = time.perf_counter()
    report = lint(MemoryTree({_PATH: f"-- schemalint: ignore-file[SL102]\n{tables}{lines}"}), Config(), only={"SL003"})
    assert [finding.message for finding in report.findings] == ["ignore-file[SL102] silences nothing"]
    assert time.perf_counter() - started < 20
