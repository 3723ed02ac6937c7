"""Has TypeORM make the tables of every section of the pages beside this file on empty databases, and keeps the statements that it
sent in goldens.json. README.md says what it needs and how it is called."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.pages import Section, sections
from tests.servers import mariadb, postgres

HERE = Path(__file__).parent
SERVERS = ("postgres", "mysql", "sqlite")


def cases() -> dict[str, list[Section]]:
    """The sections for each server: those of the page of its name, and those of pages that are for all of them."""
    every = [section for page in sorted(HERE.glob("*.md")) if page.stem != "README" for section in sections(page)]
    return {
        server: [one for one in every if one.page.stem == server or one.page.stem not in SERVERS] for server in SERVERS
    }


def made(driver: str, connection: dict[str, Any], given: list[Section]) -> dict[str, Any]:
    """What TypeORM sends for each section."""
    command = ["node", str(HERE / "run.js"), driver, json.dumps(connection)]
    texts = json.dumps([one.files["entities.ts"] for one in given])
    done = subprocess.run(command, input=texts, capture_output=True, text=True, check=True)
    return {one.id: found for one, found in zip(given, json.loads(done.stdout), strict=True)}


def main() -> None:
    given = cases()
    with (
        tempfile.TemporaryDirectory(dir="/tmp") as place,
        postgres(Path(place)) as server,
        mariadb(Path(place)) as other,
    ):
        server.execute("CREATE DATABASE entities")
        other.cursor().execute("CREATE DATABASE entities")
        info = server.info
        goldens = {
            "postgres": made(
                "postgres", {"host": info.host, "username": info.user, "database": "entities"}, given["postgres"]
            ),
            "mysql": made(
                "mysql",
                {"socketPath": str(other.unix_socket), "username": "root", "database": "entities"},
                given["mysql"],
            ),
            "sqlite": made("better-sqlite3", {"database": ":memory:"}, given["sqlite"]),
        }
    (HERE / "goldens.json").write_text(json.dumps(goldens, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
