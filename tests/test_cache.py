"""The cache changes nothing but the time: what is broken, foreign or strange in it is a file that is read."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from schemalint import cache as module
from schemalint import reading
from schemalint.cache import Cache, packed, unpacked
from schemalint.config import Config
from schemalint.discover import DiskTree, MemoryTree
from schemalint.lint import lint
from schemalint.model.report import Report
from schemalint.parsers import parsers

CORPUS = Path(__file__).parent.parent / "corpus"
PROJECTS = sorted(path.parent for path in CORPUS.rglob("go.mod")) + sorted(
    path.parent for path in CORPUS.rglob("package.json")
)


@pytest.fixture(autouse=True)
def _everything_is_costly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_COSTLY", -1.0)


def _run(project: Path, folder: Path) -> Report:
    cache = Cache(folder)
    report = lint(DiskTree(project), Config(), cache=cache)
    cache.close()
    return report


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: str(path.relative_to(CORPUS)))
def test_warm_and_cold_say_the_same_and_warm_reads_nothing(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = lint(DiskTree(project), Config())
    cold = _run(project, tmp_path)
    for parser in parsers():
        monkeypatch.setattr(type(parser), "extract", _never)
    warm = _run(project, tmp_path)
    for report in (cold, warm):
        assert report.findings == without.findings
        assert report.catalogs == without.catalogs
        assert (report.unread, report.unreadable, report.broken) == (without.unread, without.unreadable, ())


def _never(self: Any, file: Any, dialect: Any) -> Any:
    raise AssertionError(f"{file.path} is read again")


_FILES = {
    "db/migrations/1_a.up.sql": "CREATE TABLE a (id int PRIMARY KEY);",
    "db/migrations/2_b.up.sql": "DROP TABLE b;",
}


def _said(folder: Path) -> list[str]:
    cache = Cache(folder)
    report = lint(MemoryTree(_FILES), Config(dialect="postgres"), cache=cache)
    cache.close()
    assert report.broken == ()
    return [finding.message for finding in report.findings if finding.severity.value == "error"]


def test_a_cache_that_is_no_database_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "extracts.sqlite3"
    for rubbish in (b"not a database" * 100, b"SQLite format 3\0" + b"\xff" * 5_000):
        path.write_bytes(rubbish)
        assert _said(tmp_path) == ["table b does not exist at this point"]
        assert _said(tmp_path) == ["table b does not exist at this point"]


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert _said(tmp_path / "file" / "folder") == ["table b does not exist at this point"]


@pytest.mark.parametrize(
    "value",
    [b"", b"12345678", b"x" * 100, b"\x81" * 5_000, packed({})[:-1], "text", None],
)
def test_a_row_that_is_not_what_was_written_is_passed_over(value: object, tmp_path: Path) -> None:
    assert _said(tmp_path) == ["table b does not exist at this point"]
    with sqlite3.connect(tmp_path / "extracts.sqlite3") as database:
        if value is None:
            database.execute("ALTER TABLE extracts RENAME COLUMN value TO other")
        else:
            database.execute("UPDATE extracts SET value = ?", (value,))
    database.close()
    assert _said(tmp_path) == ["table b does not exist at this point"]


def test_other_code_reads_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _said(tmp_path)
    monkeypatch.setattr(module, "_stamp", lambda: b"other")
    assert Cache(tmp_path).get("db/migrations/1_a.up.sql", _FILES["db/migrations/1_a.up.sql"].encode()) == {}


def test_what_nobody_asks_for_goes(tmp_path: Path) -> None:
    _said(tmp_path)
    with sqlite3.connect(tmp_path / "extracts.sqlite3") as database:
        database.execute("UPDATE extracts SET used = used - 31")
    database.close()
    cache = Cache(tmp_path)
    cache.put("x.sql", b"", {"sql": {"facts": ()}})
    cache.close()
    with sqlite3.connect(tmp_path / "extracts.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM extracts").fetchone() == (1,)
    database.close()


def test_it_does_not_grow_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LARGEST", 10_000)
    for number in range(20):
        cache = Cache(tmp_path)
        cache.put(f"{number}.sql", b"", {"sql": {"text": "x" * 2_000}})
        cache.close()
    with sqlite3.connect(tmp_path / "extracts.sqlite3") as database:
        assert database.execute("SELECT sum(length(value)) FROM extracts").fetchone()[0] < 14_000
    database.close()


def test_runs_at_the_same_time(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "schemalint", "check", str(CORPUS / "golang-migrate-dirty/broken")]
    command += ["--cache-dir", str(tmp_path), "--output-format", "json", "--exit-zero"]
    root = Path(__file__).parent.parent
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root, text=True) for _ in range(3)]
    said = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert said[0] == said[1] == said[2]
    assert json.loads(said[0])["findings"]


def test_facts_that_parsers_share_are_kept_once() -> None:
    facts = lint(MemoryTree(_FILES), Config(dialect="postgres")).catalogs[0][0].scripts[0].facts
    one = packed({"a": {"facts": facts}})
    both = packed({"a": {"facts": facts}, "b": {"facts": facts}})
    assert len(both) < len(one) + 30
    assert unpacked(both) == {"a": {"facts": facts}, "b": {"facts": facts}}
