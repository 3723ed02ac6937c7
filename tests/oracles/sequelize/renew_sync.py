"""Starts every program of sync/ twice with real Sequelize and writes sync.json, makes a column of every type and writes
types.json. See README.md."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.oracles.migrations.reflect import real
from tests.oracles.sequelize.written import BETWEEN, DIALECTS, LAST_6, VERSIONS, program, script, seven, spoken
from tests.servers import mariadb, postgres

HERE = Path(__file__).parent


def started(version: str, file: Path, dialect: str, connection: dict[str, Any], url: str) -> Iterator[Any]:
    """The database before, and after each of two starts, with the server's words where a start fails."""
    engine = create_engine(url, poolclass=NullPool)
    server = {"mysql": "mariadb"}.get(dialect, dialect)
    with engine.connect() as connected:
        for statement in script(file.with_suffix(".sql").read_text(), dialect).split(";\n"):
            if statement.strip():
                connected.execute(text(statement))
        connected.commit()
    for _ in range(2):
        command = ["node", "--no-deprecation", str(HERE / "sync.js"), version, json.dumps(connection)]
        given = program(file.read_text(), dialect, version)
        told = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
        words = [line for line in told.stderr.splitlines() if line.strip() and "arning" not in line and line[0] != " "]
        words = [line for line in words if not line.startswith(("Node.js v", "}", ")"))]
        refused = re.sub(r"app_\w+", "app", words[-1]) if told.returncode else None
        with engine.connect() as connected:
            yield {"refused": refused, "tables": real(connected, server)}


class Databases:
    """New databases on the three servers, one after another."""

    def __init__(self, place: Path, postgres: Any, mariadb: Any) -> None:
        self.place, self.postgres, self.mariadb, self.number = place, postgres, mariadb, 0

    def new(self, dialect: str, version: str = LAST_6) -> tuple[dict[str, Any], str]:
        """How Sequelize connects to it, and how SQLAlchemy does."""
        self.number += 1
        name = f"app_{self.number}"
        if dialect == "mysql":
            self.mariadb.cursor().execute(f"CREATE DATABASE {name}")
            socket = str(self.mariadb.unix_socket)
            connection = {"username": "root", "database": name, "dialectOptions": {"socketPath": socket}}
            if seven(version):
                connection = {"user": "root", "database": name, "socketPath": socket}
            return connection, f"mariadb+pymysql://root@localhost/{name}?unix_socket={socket}"
        if dialect == "postgres":
            self.postgres.execute(f"CREATE DATABASE {name}")
            info = self.postgres.info
            url = f"postgresql+psycopg://{info.user}@/{name}?host={info.host}&port={info.port}"
            user = {"user" if seven(version) else "username": info.user}
            return {"host": info.host, "database": name, **user}, url
        return {"storage": f"{self.place}/{name}.sqlite"}, f"sqlite:///{self.place}/{name}.sqlite"


def types(databases: Databases) -> dict[str, Any]:
    """What each server says of each type; null where it takes it."""
    made = {}
    for version in (VERSIONS[0], LAST_6):
        for dialect in DIALECTS:
            connection, _ = databases.new(dialect)
            command = ["node", str(HERE / "types.js"), version, dialect, json.dumps(connection)]
            told = subprocess.run(command, capture_output=True, text=True, check=True)
            said = json.loads(told.stdout.splitlines()[-1])
            made[f"{dialect} {version}"] = {key: words and words.split("\n")[0] for key, words in said.items()}
    return made


def main() -> None:
    goldens: dict[str, Any] = json.loads((HERE / "sync.json").read_text()) if sys.argv[1:] else {}
    files = [HERE / "sync" / f"{name}.js" for name in sys.argv[1:]] or sorted((HERE / "sync").glob("*.js"))
    with (
        tempfile.TemporaryDirectory(dir="/tmp") as place,
        postgres(Path(place)) as server,
        mariadb(Path(place)) as other,
    ):
        databases = Databases(Path(place), server, other)
        if not sys.argv[1:]:
            (HERE / "types.json").write_text(json.dumps(types(databases), indent=1) + "\n")
        for file in files:
            for dialect in spoken(file.stem):
                last = f"{file.stem} {dialect} {LAST_6}"
                for version in (LAST_6, *sorted({*VERSIONS, *BETWEEN.get(file.stem, ())} - {LAST_6})):
                    key = f"{file.stem} {dialect} {version}"
                    made = list(started(version, file, dialect, *databases.new(dialect, version)))
                    goldens[key] = last if key != last and made == goldens[last] else made
                    print(key, [one["refused"] for one in made], file=sys.stderr, flush=True)
    lines = ",\n".join(f" {json.dumps(key)}: {json.dumps(made)}" for key, made in sorted(goldens.items()))
    (HERE / "sync.json").write_text(f"{{\n{lines}\n}}\n")


if __name__ == "__main__":
    main()
