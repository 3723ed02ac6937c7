"""Runs the fixtures with the real tools and writes goldens.json. See README.md."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from tests.oracles.migrations.reflect import real
from tests.servers import mariadb, postgres

HERE = Path(__file__).parent
NOT_FOR_SQLITE = ("sequelize", "umzug", "dbmigrate")
"""The first adds a unique column, which SQLite refuses, so that `sequelize-sqlite` is there instead; the second renames a
column of a table with indexes, of which Sequelize 7 leaves none there, and has `umzug-sqlite`; the driver of the third for
SQLite is not read."""


def states(name: str, connection: dict[str, str], url: str, dialect: str) -> list[Any]:
    """The database after every step up, then after every step back; the tool's own words where it refuses one."""
    folder, tool = HERE / "fixtures" / name, name.split("-")[0]
    count = len(list(folder.glob("*.js")))
    engine = create_engine(url, poolclass=NullPool)
    found: list[Any] = []
    for way, done in [("up", at) for at in range(count)] + [("down", count - at) for at in range(count)]:
        command = ["node", str(HERE / "run.js"), tool, str(folder), way, str(done), json.dumps(connection)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        if told.returncode:
            print(tool, dialect, way, done, told.stderr[-2000:], file=sys.stderr)
        with engine.connect() as connected:
            found.append({"refused": told.returncode != 0, "tables": real(connected, dialect)})
    return found


def main() -> None:
    goldens: dict[str, Any] = json.loads((HERE / "goldens.json").read_text()) if sys.argv[1:] else {}
    tools = sys.argv[1:] or sorted(folder.name for folder in (HERE / "fixtures").iterdir())
    with (
        tempfile.TemporaryDirectory(dir="/tmp") as place,
        postgres(Path(place)) as server,
        mariadb(Path(place)) as other,
    ):
        for tool in tools:
            if tool not in NOT_FOR_SQLITE:
                connection = {"dialect": "sqlite", "storage": f"{place}/{tool}.sqlite"}
                goldens[f"{tool} sqlite"] = states(tool, connection, f"sqlite:///{place}/{tool}.sqlite", "sqlite")
            if tool.endswith("-sqlite"):
                continue
            server.execute(f"CREATE DATABASE {tool}")
            other.cursor().execute(f"CREATE DATABASE {tool}")
            info = server.info
            connection = {"dialect": "postgres", "host": info.host, "user": info.user, "database": tool}
            url = f"postgresql+psycopg://{info.user}@/{tool}?host={info.host}&port={info.port}"
            goldens[f"{tool} postgres"] = states(tool, connection, url, "postgres")
            connection = {"dialect": "mariadb", "host": str(other.unix_socket), "user": "root", "database": tool}
            url = f"mariadb+pymysql://root@localhost/{tool}?unix_socket={other.unix_socket}"
            goldens[f"{tool} mariadb"] = states(tool, connection, url, "mariadb")
    lines = [
        f" {json.dumps(key)}: [\n  " + ",\n  ".join(map(json.dumps, steps)) + "\n ]"
        for key, steps in sorted(goldens.items())
    ]
    (HERE / "goldens.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
