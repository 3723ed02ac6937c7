"""What a refused statement leaves behind, in the words of a finding."""

from __future__ import annotations

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint

FAILS = "CREATE TABLE a (id int);\nALTER TABLE missing ADD x int;\nALTER TABLE a DROP COLUMN nothing;\n"
FIRST = "CREATE TABLE users (id int);\n"


def _notes(files: dict[str, str], dialect: str | None = None) -> list[str]:
    report = lint(MemoryTree(files), Config(dialect=dialect))
    notes = [note for finding in report.findings if finding.severity.value == "error" for note in finding.notes]
    return [note for note in notes if note.startswith(("after:", "the container"))]


def test_golang_migrate_in_postgres() -> None:
    files = {"db/000001_a.up.sql": FIRST, "db/000002_b.up.sql": FAILS, "db/000002_b.down.sql": ""}
    assert _notes(files, "postgres") == [
        "after: 000002_b.up.sql is one transaction, so nothing of it is applied; golang-migrate marks version 2 dirty and runs "
        "nothing more until `migrate force`"
    ]


def test_the_first_statement_leaves_nothing() -> None:
    files = {
        "db/00001_a.sql": f"-- +goose Up\n{FIRST}",
        "db/00002_b.sql": "-- +goose Up\nALTER TABLE missing ADD x int;\n",
    }
    assert _notes(files, "postgres") == []


def test_mysql_keeps_what_stands_before() -> None:
    files = {"db/00001_a.sql": f"-- +goose Up\n{FIRST}", "db/00002_b.sql": f"-- +goose Up\n{FAILS}"}
    assert _notes(files, "mysql") == [
        "after: what stands before this in 00002_b.sql stays applied: the server commits each statement by itself"
    ]


def test_without_a_transaction() -> None:
    files = {
        "db/00001_a.sql": f"-- +goose Up\n{FIRST}",
        "db/00002_b.sql": f"-- +goose NO TRANSACTION\n-- +goose Up\n{FAILS}",
    }
    assert _notes(files, "postgres") == [
        "after: what stands before this in 00002_b.sql stays applied: no transaction is around it"
    ]


def test_an_init_script_is_not_run_again() -> None:
    compose = "services:\n  db:\n    image: postgres:16\n    volumes:\n      - ./init.sql:/docker-entrypoint-initdb.d/init.sql\n"
    assert _notes({"docker-compose.yml": compose, "init.sql": FIRST + FAILS}) == [
        "the container stops here; started again, it finds its volume filled and runs no script at all"
    ]
