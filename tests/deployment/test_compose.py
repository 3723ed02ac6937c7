"""Services as compose-go v2 loads them: each expected value was printed by `cli.ProjectOptions.LoadProject`."""

from __future__ import annotations

import pytest

from schemalint.deployment import compose
from schemalint.deployment.images import dialect, image
from schemalint.deployment.variables import interpolate
from schemalint.discover import MemoryTree
from schemalint.model.deployment import Service
from schemalint.model.span import Span

COMPOSE = r"""
x-base: &base
  restart: always
  environment: &env
    A: "1"
    B: ${NAME}
services:
  db:
    image: "postgres:${PG:-16}-alpine"
    volumes:
      - pg:/var/lib/postgresql/data
      - ./init.sql:/docker-entrypoint-initdb.d/1.sql:ro
      - type: bind
        source: ./a/../b.sql
        target: /b.sql
      - ${UNSET:-./d.sql}:/d.sql
      - /anon
      - C:\x\y:/win
  app:
    <<: *base
    image: reg.io:5000/team/app@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
    build: {context: ./svc, dockerfile: ../docker/Dockerfile.prod, target: prod, args: [GO=1.2]}
    env_file: app.env
    environment:
      <<: *env
      OVER: own
      C: ${UNSET2:-}${EXP}
      D: $$HOME
      E: ${EMPTY:-def}
      F: ${EMPTY-def}
      G: ${PG:+yes}
      H: ${A:-${PG}}
      I: "${PLAIN}"
    command: ["sh", "-c", "a && b"]
    depends_on: [db]
  ext:
    extends:
      service: app
    volumes: ["./init.sql:/x.sql"]
  lst:
    image: busybox
    environment:
      - X=1
      - Y=a=b
      - Z
    entrypoint: /e.sh
    command: run it
"""
FILES = {
    "docker-compose.yml": COMPOSE,
    ".env": "# c\nPG=15\nNAME='quoted val' # no\nexport EXP=\"x y\"\nPLAIN=a b # comment\nEMPTY=\n",
    "app.env": "FROM_FILE=1\nOVER=file\n",
    "init.sql": "",
    "b.sql": "",
}
APP = {
    "A": "1", "B": "quoted val", "C": "x y", "D": "$HOME", "E": "def", "F": "", "FROM_FILE": "1", "G": "yes", "H": "15",
    "I": "a b", "OVER": "own",
}  # fmt: skip


@pytest.fixture(scope="module")
def services() -> dict[str, Service]:
    (file,) = compose.read(MemoryTree(FILES)).files
    return {service.name: service for service in file.services}


def test_images_mounts_and_volumes(services: dict[str, Service]) -> None:
    db = services["db"]
    assert db.image is not None
    assert (db.image.name, db.image.tag, db.dialect) == ("postgres", "15-alpine", "postgres")
    assert [(one.source, one.target, one.exists) for one in db.mounts] == [
        ("init.sql", "/docker-entrypoint-initdb.d/1.sql", True),
        ("b.sql", "/b.sql", True),
        ("d.sql", "/d.sql", None),
        (None, "/win", None),
    ]
    assert [(one.name, one.target) for one in db.volumes] == [("pg", "/var/lib/postgresql/data")]
    assert COMPOSE[db.mounts[0].span.start : db.mounts[0].span.end] == "./init.sql"


def test_environment_with_files_merges_and_variables(services: dict[str, Service]) -> None:
    assert services["app"].environment == APP
    assert services["ext"].environment == APP
    assert services["lst"].environment == {"X": "1", "Y": "a=b", "Z": None}


def test_builds_commands_and_extends(services: dict[str, Service]) -> None:
    app, ext = services["app"], services["ext"]
    assert app.build is not None
    assert (app.build.context, app.build.dockerfile, app.build.target) == ("svc", "docker/Dockerfile.prod", "prod")
    assert (ext.build, ext.command) == (app.build, "sh -c a && b")
    assert [one.target for one in ext.mounts] == ["/x.sql"]
    assert services["lst"].command == "/e.sh run it"
    assert app.depends_on == ("db",)


def test_a_service_without_an_image_takes_that_of_the_main_file() -> None:
    found = compose.read(
        MemoryTree(
            {
                "docker-compose.yml": "services:\n  db:\n    image: mariadb:11\n",
                "docker-compose.override.yml": "services:\n  db:\n    volumes: ['./i.sql:/i.sql']\n",
            }
        )
    )
    assert [file.services[0].dialect for file in found.files] == ["mariadb", "mariadb"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$A-${A}", "1-1"),
        ("${B:-x}", "x"),
        ("${B:-${C:-${A}}}", "1"),
        ("${B}", None),
        ("${N:-x}", None),
        ("${A:?no}", "1"),
        ("${B:?no}", None),
        ("${B:+x}", ""),
        ("$$A", "$A"),
        ("${A", None),
        ("${" * 50 + "A" + "}" * 50, None),
        ("100$", "100$"),
    ],
)
def test_interpolation(text: str, value: str | None) -> None:
    assert interpolate(text, {"A": "1", "N": None}) == value


@pytest.mark.parametrize(
    ("reference", "name", "tag", "server"),
    [
        ("postgres", "postgres", None, "postgres"),
        ("docker.io/library/mysql:8.0", "mysql", "8.0", "mysql"),
        ("public.ecr.aws/docker/library/mariadb:11", "mariadb", "11", "mariadb"),
        ("bitnami/postgresql:16", "bitnami/postgresql", "16", "postgres"),
        ("localhost:5000/postgis", "localhost:5000/postgis", None, "postgres"),
        ("timescale/timescaledb:latest-pg16", "timescale/timescaledb", "latest-pg16", "postgres"),
        ("mcr.microsoft.com/mssql/server:2022-latest", "mcr.microsoft.com/mssql/server", "2022-latest", "tsql"),
        ("prometheuscommunity/postgres-exporter", "prometheuscommunity/postgres-exporter", None, None),
        ("phpmyadmin", "phpmyadmin", None, None),
        ("mongo:6", "mongo", "6", None),
    ],
)
def test_images(reference: str, name: str, tag: str | None, server: str | None) -> None:
    found = image(reference, Span("c", 0, 0))
    assert (found.name, found.tag, dialect(found)) == (name, tag, server)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("docker-compose.yml", True),
        ("compose.prod.yaml", True),
        ("dev-docker-compose.yml", True),
        ("podman-compose.yml", True),
        ("https.docker-compose.yml", True),
        ("docker_compose.yml", True),
        ("test-docker-compose.yml", False),
        ("decompose.yml", False),
        ("composer.yml", False),
    ],
)
def test_files_that_are_given_by_name(name: str, read: bool) -> None:
    files = compose.read(MemoryTree({name: "services:\n  db:\n    image: postgres:16\n"})).files
    assert [file.path for file in files] == ([name] if read else [])
