"""Starts every program of sync/ twice with real Sequelize and writes sync.json. See README.md."""

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
from tests.oracles.sequelize.written import VERSIONS, script
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


def main() -> None:
    goldens: dict[str, Any] = json.loads((HERE / "sync.json").read_text()) if sys.argv[1:] else {}
    files = [HERE / "sync" / f"{name}.js" for name in sys.argv[1:]] or sorted((HERE / "sync").glob("*.js"))
    with (
        tempfile.TemporaryDirectory(dir="/tmp") as place,
        postgres(Path(place)) as server,
        mariadb(Path(place)) as other,
    ):
        number = 0
        for file in files:
            for version in VERSIONS:
                for dialect in ("mysql", "postgres", "sqlite"):
                    number += 1
                    name = f"app_{number}"
                    if dialect == "mysql":
                        other.cursor().execute(f"CREATE DATABASE {name}")
                        connection = {
                            "username": "root",
                            "database": name,
                            "dialectOptions": {"socketPath": str(other.unix_socket)},
                        }
                        url = f"mariadb+pymysql://root@localhost/{name}?unix_socket={other.unix_socket}"
                    elif dialect == "postgres":
                        server.execute(f"CREATE DATABASE {name}")
                        info = server.info
                        connection = {"host": info.host, "username": info.user, "database": name}
                        url = f"postgresql+psycopg://{info.user}@/{name}?host={info.host}&port={info.port}"
                    else:
                        connection = {"storage": f"{place}/{name}.sqlite"}
                        url = f"sqlite:///{place}/{name}.sqlite"
                    key = f"{file.stem} {dialect} {version}"
                    goldens[key] = list(started(version, file, dialect, connection, url))
                    print(key, [one["refused"] for one in goldens[key]], file=sys.stderr, flush=True)
            for key in [key for key in goldens if key.split()[0] == file.stem]:
                last = f"{' '.join(key.split()[:2])} {VERSIONS[-1]}"
                if key != last and goldens[key] == goldens[last]:
                    goldens[key] = last
    (HERE / "sync.json").write_text(json.dumps(goldens, indent=1) + "\n")


if __name__ == "__main__":
    main()
