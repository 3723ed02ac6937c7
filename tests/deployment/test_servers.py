"""Which server a source is meant for: by image, by CI, by configuration, and what is not known of it."""

from __future__ import annotations

import pytest

from schemalint.config import Config, DatabaseConfig, SourceConfig
from schemalint.deployment import ci
from schemalint.deployment.images import image, version
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.report import Report
from schemalint.model.span import Span

NOWHERE = Span("", 0, 0)
SCHEMA = "CREATE TABLE users (id INT AUTO_INCREMENT PRIMARY KEY);\nALTER TABLE users ADD COLUMN IF NOT EXISTS a INT;\n"


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("postgres:15-alpine", (15,)),
        ("postgres:9.6", (9, 6)),
        ("docker.io/library/postgres:16.3-bookworm", (16, 3)),
        ("mysql:8.0.36", (8, 0, 36)),
        ("mysql:8", (8,)),
        ("mysql/mysql-server:5.7", (5, 7)),
        ("percona:8.0", (8, 0)),
        ("mariadb:10.11", (10, 11)),
        ("mariadb:10.6.16-focal", (10, 6, 16)),
        ("bitnami/postgresql:16", (16,)),
        ("bitnami/postgresql:16.2.0-debian-12-r8", (16, 2, 0)),
        ("timescale/timescaledb:2.14.2-pg15", (15,)),
        ("timescale/timescaledb:latest-pg16", (16,)),
        ("timescale/timescaledb-ha:pg15.4-ts2.11-all", (15, 4)),
        ("timescale/timescaledb:2.14.2", None),
        ("postgis/postgis:16-3.4", (16,)),
        ("pgvector/pgvector:pg16", (16,)),
        ("pgvector/pgvector:0.7.0-pg16", (16,)),
        ("citusdata/citus:12.1", None),
        ("ghcr.io/acme/postgres:14", (14,)),
        ("ghcr.io/acme/postgres:1.4.2", None),  # a team's own count
        ("acme/postgres:20240117", None),
        ("mcr.microsoft.com/mssql/server:2019-latest", (2019,)),
        ("postgres:latest", None),
        ("postgres:alpine", None),
        ("postgres:14beta2", None),
        ("postgres", None),
        ("postgres@sha256:aaaa", None),
        ("mysql:lts", None),
        ("redis:7", None),
    ],
)
def test_the_version_in_a_tag(reference: str, expected: tuple[int, ...] | None) -> None:
    assert version(image(reference, NOWHERE)) == expected


def _servers(report: Report) -> list[str | None]:
    return [source.server for database in report.databases for source in database.sources]


def _compose(*images: str) -> str:
    return "services:\n" + "".join(f"  db{n}:\n    image: {one}\n" for n, one in enumerate(images))


def _refusals(files: dict[str, str], config: Config | None = None) -> list[str]:
    report = lint(MemoryTree(files), config or Config(select=("SL116",)))
    return [finding.message for finding in report.findings]


PACKAGE = '{"dependencies": {"mysql2": "^3.0.0"}}'


def test_mysql_by_its_image_refuses_what_mariadb_takes() -> None:
    files = {"schema.sql": SCHEMA, "docker-compose.yml": _compose("mysql:8.0")}
    said = _refusals(files)
    assert said == [
        "MySQL 8.0 (image mysql:8.0 in docker-compose.yml:3) refuses `ALTER TABLE users ADD COLUMN IF NOT EXISTS a INT;`:"
        " MySQL's ADD COLUMN takes no IF NOT EXISTS"
    ]


@pytest.mark.parametrize(
    "files",
    [
        {"docker-compose.yml": _compose("mariadb:10.11")},
        {"package.json": PACKAGE},  # the driver speaks to MariaDB just as well
        {"docker-compose.yml": _compose("mysql:8.0"), "docker-compose.maria.yml": _compose("mariadb:11")},
        {"docker-compose.yml": _compose("mariadb:10.11"), "package.json": PACKAGE},
        {},
    ],
)
def test_what_may_be_mariadb_is_not_accused(files: dict[str, str]) -> None:
    assert _refusals({"schema.sql": SCHEMA, **files}) == []


GENERATED = "CREATE TABLE t (id SERIAL PRIMARY KEY, a INT, b INT GENERATED ALWAYS AS (a * 2) VIRTUAL);\n"


@pytest.mark.parametrize(
    ("images", "refused"),
    [
        (["postgres:15"], True),
        (["postgres:18"], False),
        (["postgres:latest"], False),
        (["postgres"], False),
        (["postgres:15", "postgres:18"], False),  # which of them, nothing tells
        (["postgres:15", "postgres:15-alpine"], True),
        (["pgvector/pgvector:pg17"], True),
    ],
)
def test_versions_decide_only_when_they_are_known(images: list[str], refused: bool) -> None:
    assert bool(_refusals({"schema.sql": GENERATED, "docker-compose.yml": _compose(*images)})) is refused


def test_the_server_that_mounts_a_file_is_the_one() -> None:
    text = (
        "services:\n  old:\n    image: postgres:15\n    volumes: ['./a.sql:/docker-entrypoint-initdb.d/a.sql']\n"
        "  new:\n    image: postgres:18\n    volumes: ['./b.sql:/docker-entrypoint-initdb.d/b.sql']\n"
    )
    said = _refusals({"a.sql": GENERATED, "b.sql": GENERATED.replace("TABLE t", "TABLE u"), "compose.yml": text})
    assert len(said) == 1
    assert said[0].startswith("PostgreSQL 15 (image postgres:15 in compose.yml:3) refuses")


def test_a_server_that_is_built_on_an_image() -> None:
    files = {
        "schema.sql": GENERATED,
        "docker-compose.yml": "services:\n  db:\n    build: ./db\n",
        "db/Dockerfile": "FROM postgres:14\n",
    }
    assert _servers(lint(MemoryTree(files), Config())) == ["PostgreSQL 14: image postgres:14 in db/Dockerfile:1"]


WORKFLOW = """
jobs:
  test:
    services:
      db:
        image: {image}
"""


def test_ci_tells_where_nothing_else_does() -> None:
    files = {"schema.sql": SCHEMA, ".github/workflows/test.yml": WORKFLOW.format(image="mysql:8.4")}
    assert [service.image and service.image.tag for service in ci.read(MemoryTree(files))] == ["8.4"]
    assert _servers(lint(MemoryTree(files), Config())) == ["MySQL 8.4: image mysql:8.4 in .github/workflows/test.yml:6"]
    matrix = WORKFLOW.format(image="mysql:${{ matrix.mysql }}")
    report = lint(MemoryTree({**files, ".github/workflows/test.yml": matrix}), Config())
    assert [server and server.split(":")[0] for server in _servers(report)] == ["MySQL"]
    both = {**files, "docker-compose.yml": _compose("mariadb:11.4")}
    assert _servers(lint(MemoryTree(both), Config())) == ["MariaDB 11.4: image mariadb:11.4 in docker-compose.yml:3"]


def test_ci_that_is_not_yaml_of_that_shape_says_nothing() -> None:
    for text in (
        "services: [1, 2]",
        "jobs: 3\nservices: 4",
        "jobs: {a: {services: [x]}}",
        "jobs: {a: {services: {b: 1}}}",
    ):
        assert list(ci.read(MemoryTree({".github/workflows/a.yml": text}))) == []


def test_configuration_says_it_best() -> None:
    files = {"schema.sql": SCHEMA, "docker-compose.yml": _compose("mariadb:10.11")}
    whole = Config(dialect="mysql", version="8.0")
    assert _servers(lint(MemoryTree(files), whole)) == ["MySQL 8.0: configuration: dialect"]
    one = Config(source=(SourceConfig(parser="sql", paths=("*.sql",), dialect="mysql", version="5.7"),))
    assert _servers(lint(MemoryTree(files), one)) == ["MySQL 5.7: configuration: [[source]]"]
    base = Config(database=(DatabaseConfig(name="main", sources=("sql:*",), version="10.6"),))
    assert _servers(lint(MemoryTree(files), base)) == ["MariaDB 10.6: configuration: [[database]] version"]
    # configuration names the server, the image its version
    named = Config(dialect="mariadb")
    assert _servers(lint(MemoryTree(files), named)) == ["MariaDB 10.11: image mariadb:10.11 in docker-compose.yml:3"]


def test_a_driver_tells_the_family_only() -> None:
    files = {"schema.sql": SCHEMA, "package.json": PACKAGE}
    assert _servers(lint(MemoryTree(files), Config())) == ["MySQL or MariaDB: the driver in package.json"]


SQLITE_DUMP = "PRAGMA foreign_keys=OFF;\nCREATE TABLE `a` (`id` INTEGER PRIMARY KEY AUTOINCREMENT, `b` TINYINT(1));\n"


def test_a_dump_of_another_database_beside_the_scripts_of_this_one() -> None:
    files = {
        "backup.sql": SQLITE_DUMP,
        "fix.sql": "ALTER TABLE a DROP FOREIGN KEY fk;\n",
        "schema.sql": "CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;\n",
        "docker-compose.yml": _compose("mysql:8.0"),
    }
    assert _refusals(files) == []
    # a step of a history is of the history's dialect, whatever it looks like
    history = {
        "db/000001_a.up.sql": "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);\n",
        "db/000002_b.up.sql": "CREATE TABLE b (id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;\n",
    }
    assert len(_refusals({**history, "docker-compose.yml": _compose("mysql:8.0")})) == 1
