"""Runs sync() of every project with real Sequelize on real servers and writes models.json. See README.md."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from tests.oracles.sequelize.reflected import reflected
from tests.servers import mariadb, postgres

HERE = Path(__file__).parent
PROJECTS = HERE / "projects"
DIALECTS = ("mariadb", "postgres", "sqlite")


def majors(project: str) -> list[str]:
    """The versions that a project is for: told by its name."""
    return {"five": ["5"], "seven": ["7"], "decorated": ["6"]}.get(project.split("-")[0], ["5", "6"])


def dialects(project: str) -> tuple[str, ...]:
    """The databases that a project is for: one where its name begins with it."""
    return tuple(one for one in DIALECTS if project.startswith(f"{one}-")) or DIALECTS


class Servers:
    """Fresh databases on request."""

    def __init__(self, place: Path, server: Any, other: Any) -> None:
        self._place, self._server, self._other = place, server, other

    def make(self, dialect: str, name: str, major: str) -> tuple[dict[str, Any], str]:
        """What Sequelize needs to connect to a new database, and its URL."""
        if dialect == "sqlite":
            file = self._place / f"{name}.sqlite"
            return {"storage": str(file)}, f"sqlite:///{file}"
        if dialect == "postgres":
            self._server.execute(f"CREATE DATABASE {name}")
            info = self._server.info
            user = {"user" if major == "7" else "username": info.user}
            url = f"postgresql+psycopg://{info.user}@/{name}?host={info.host}&port={info.port}"
            return {"host": info.host, "database": name, **user}, url
        self._other.cursor().execute(f"CREATE DATABASE {name}")
        socket = str(self._other.unix_socket)
        user = {"user": "root", "socketPath": socket} if major == "7" else {"username": "root"}
        options = {} if major == "7" else {"dialectOptions": {"socketPath": socket}}
        return {"database": name, **user, **options}, f"mariadb+pymysql://root@localhost/{name}?unix_socket={socket}"


@contextmanager
def servers() -> Iterator[Servers]:
    with (
        tempfile.TemporaryDirectory(dir="/tmp") as place,
        postgres(Path(place)) as server,
        mariadb(Path(place)) as other,
    ):
        yield Servers(Path(place), server, other)


def main() -> None:
    wanted = sys.argv[1:]
    file = HERE / "models.json"
    found: dict[str, Any] = json.loads(file.read_text()) if wanted and file.exists() else {}
    names = sorted(path.name for path in PROJECTS.iterdir() if not wanted or path.name in wanted)
    with servers() as made:
        for major in ("5", "6", "7"):
            jobs, urls = [], {}
            for project in (name for name in names if major in majors(name)):
                for dialect in dialects(project):
                    key = f"{project} {dialect} {major}"
                    connection, urls[key] = made.make(dialect, f"{project}_{major}".replace("-", "_"), major)
                    folder = str(PROJECTS / project) + os.sep
                    jobs.append({"name": key, "folder": folder, "dialect": dialect, "connection": connection})
            for key, refused in run(major, jobs).items():
                if refused is not None:
                    print(key, refused, file=sys.stderr)
                engine = create_engine(urls[key], poolclass=NullPool)
                with engine.connect() as connection:
                    found[key] = {"refused": refused, "tables": reflected(connection, key.split()[1])}
                older = f"{key[:-1]}5"
                if major == "6" and found.get(older) == found[key]:
                    found[older] = key
    text = ",\n".join(f" {json.dumps(key)}: {json.dumps(found[key])}" for key in sorted(found))
    file.write_text(f"{{\n{text}\n}}\n")


def run(major: str, jobs: list[dict[str, Any]]) -> dict[str, str | None]:
    """What sync() said of every job: None where it came to its end."""
    if not jobs:
        return {}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as given:
        json.dump(jobs, given)
        given.flush()
        command = ["node", "--no-deprecation", str(HERE / "models.js"), major, given.name]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
    if told.returncode:
        raise SystemExit(told.stderr)
    result: dict[str, str | None] = json.loads(told.stdout)
    return result


if __name__ == "__main__":
    main()
