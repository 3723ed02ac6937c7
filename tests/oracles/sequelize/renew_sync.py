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
from tests.oracles.sequelize.written import BETWEEN, DIALECTS, VERSIONS, script
from tests.servers import mariadb, postgres

HERE = Path(__file__).parent


def started(version: str, file: Path, dialect: str, connection: dict[str, Any], url: str) -> Iterator[Any]:
    """The database before, and after each of two starts, with the server's words where a start fails."""
    engine = create_engine(url, poolclass=NullPool)
    spoken = {"mysql": "mariadb"}.get(dialect, dialect)
    with engine.connect() as connected:
        for statement in script(file.with_suffix(".sql").read_text(), dialect).split(";\n"):
            if statement.strip():
                connected.execute(text(statement))
        connected.commit()
    for _ in range(2):
        command = ["node", str(HERE / "sync.js"), version, str(file), dialect, json.dumps(connection)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        words = [line for line in told.stderr.splitlines() if line.strip() and "arning" not in line]
        refused = re.sub(r"app_\w+", "app", words[-1]) if told.returncode else None
        with engine.connect() as connected:
            yield {"refused": refused, "tables": real(connected, spoken)}


class Databases:
    """New databases on the three servers, one after another."""

    def __init__(self, place: Path, postgres: Any, mariadb: Any) -> None:
        self.place, self.postgres, self.mariadb, self.number = place, postgres, mariadb, 0

    def new(self, dialect: str) -> tuple[dict[str, Any], str]:
        """How Sequelize connects to it, and how SQLAlchemy does."""
        self.number += 1
        name = f"app_{self.number}"
        if dialect == "mysql":
            self.mariadb.cursor().execute(f"CREATE DATABASE {name}")
            socket = str(self.mariadb.unix_socket)
            connection = {"username": "root", "database": name, "dialectOptions": {"socketPath": socket}}
            return connection, f"mariadb+pymysql://root@localhost/{name}?unix_socket={socket}"
        if dialect == "postgres":
            self.postgres.execute(f"CREATE DATABASE {name}")
            info = self.postgres.info
            url = f"postgresql+psycopg://{info.user}@/{name}?host={info.host}&port={info.port}"
            return {"host": info.host, "username": info.user, "database": name}, url
        return {"storage": f"{self.place}/{name}.sqlite"}, f"sqlite:///{self.place}/{name}.sqlite"


def types(databases: Databases) -> dict[str, Any]:
    """What each server says of each type; null where it takes it."""
    made = {}
    for version in (VERSIONS[0], VERSIONS[-1]):
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
        (HERE / "types.json").write_text(json.dumps(types(databases), indent=1) + "\n")
        for file in files:
            for dialect in DIALECTS:
                last = f"{file.stem} {dialect} {VERSIONS[-1]}"
                for version in sorted({*VERSIONS, *BETWEEN.get(file.stem, ())}, reverse=True):
                    key = f"{file.stem} {dialect} {version}"
                    made = list(started(version, file, dialect, *databases.new(dialect)))
                    goldens[key] = last if key != last and made == goldens[last] else made
                    print(key, [one["refused"] for one in made], file=sys.stderr, flush=True)
    (HERE / "sync.json").write_text(json.dumps(dict(sorted(goldens.items())), indent=1) + "\n")


if __name__ == "__main__":
    main()
