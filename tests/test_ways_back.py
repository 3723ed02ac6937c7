"""What the page of SL506 says is refused, real servers refuse, and nothing else of those ways back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from posixpath import basename
from typing import Any

import pytest

from schemalint.rules import pages
from tests.pages import Section, sections
from tests.servers import mariadb, postgres

_SAID = re.compile(r"\s*-- error: \[SL506\].*$", re.M)
PAGE = [
    section
    for section in sections(pages() / "SL506-down-fails.md")
    if section.files
    and all(path.endswith((".up.sql", ".down.sql")) for path in section.files)
    and section.title != "Not reported"  # it holds a mistake that a condition hides from us
]


def _statements(text: str) -> list[tuple[str, bool]]:
    """The statements of a file, and whether the page says that they are refused. A block counts as one."""
    pieces = re.split(r";[ \t]*(?=\n|--|$)", text) if "DO $$" not in text else [text]
    found: list[tuple[str, bool]] = []
    for piece in pieces:
        said = _SAID.match(piece) is not None
        if said and found:
            found[-1] = (found[-1][0], True)
        if statement := _SAID.sub("", piece).strip():
            found.append((statement, False))
    return found


def _run(section: Section, execute: Callable[[str], object], refused: type[Exception]) -> None:
    ups = sorted(path for path in section.files if path.endswith(".up.sql"))
    for path in ups:
        for statement, _ in _statements(section.files[path]):
            execute(statement)
    for path in reversed(ups):
        for statement, said in _statements(section.files.get(path.replace(".up.", ".down."), "")):
            answer = None
            try:
                execute(statement)
            except refused as error:
                answer = error
            assert (answer is not None) is said, f"{basename(path)}: {statement}: {answer}"
            if said and statement.startswith("DROP TABLE"):
                execute(f"{statement} CASCADE")  # as the replay goes on: as if it had been repaired


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with postgres(tmp_path_factory.mktemp("pg")) as connection:
        yield connection


@pytest.mark.parametrize(
    "section", [one for one in PAGE if not any("mysql" in path for path in one.files)], ids=lambda one: one.title
)
def test_postgres(section: Section, servers: Any) -> None:
    import psycopg

    servers.execute("DROP SCHEMA public CASCADE")
    servers.execute("CREATE SCHEMA public")
    _run(section, servers.execute, psycopg.Error)


@pytest.mark.parametrize(
    "section", [one for one in PAGE if any("mysql" in path for path in one.files)], ids=lambda one: one.title
)
def test_mariadb(section: Section, tmp_path: Path) -> None:
    import pymysql

    with mariadb(tmp_path) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE checked")
        cursor.execute("USE checked")
        _run(section, cursor.execute, pymysql.Error)


def test_what_mariadb_says_to_an_empty_file(tmp_path: Path) -> None:
    """SL512: a file with a comment is no empty query."""
    import pymysql

    with mariadb(tmp_path) as connection, connection.cursor() as cursor:
        for text in ("-- nothing to do", "-- nothing to do\n", "/* nothing */"):
            cursor.execute(text)
        for text in ("", " \n"):
            with pytest.raises(pymysql.Error, match=r"1065.*Query was empty"):
                cursor.execute(text)
