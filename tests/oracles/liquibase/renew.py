"""Runs Liquibase on every folder of fixtures/ and writes goldens.json: the SQL that it sends to each kind of server, and, on
real servers, which changesets ran and what the catalog was then. Needs Java, Maven, MariaDB's server and the test
dependencies of this project; Liquibase and the drivers come from Maven Central (pom.xml).

    python tests/oracles/liquibase/renew.py

With the word `older`, what older versions send for the types of older/root.xml, on which they differ: older.json.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from tests.oracles.liquibase import catalogs  # noqa: E402
from tests.servers import mariadb_socket, postgres  # noqa: E402

OFFLINE = {
    "postgres": "postgresql?version=16",
    "mariadb": "mariadb?version=10.11",
    "mysql": "mysql?version=8.0",
    "sqlite": "sqlite?version=3.40",
    "tsql": "mssql?version=15",
}
RUN = ("changes", "includes", "formatted", "yaml", "rollback")
BACK = {"rollback": 5}
OLDER = ("4.17.2", "4.20.0", "4.23.2", "4.24.0", "4.25.0", "4.25.1", "4.26.0", "4.27.0", "4.31.1", "4.33.0")


def java(work: Path, *words: str) -> str:
    done = subprocess.run(
        ["java", "-cp", f"{work}:{(work / 'classpath').read_text()}", "Oracle", *words],
        cwd=work,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        why = [line for line in done.stderr.split("\n") if "Caused by" in line or "Exception" in line]
        raise SystemExit(f"{words}: {done.stdout[-2000:]}{why[:5]}")
    return done.stdout


def sent(work: Path, case: Path, root: str) -> dict[str, Any]:
    """Dialect → changeset → the SQL that Liquibase would send."""
    urls = [f"offline:{url}&changeLogFile={work}/{name}.csv&outputLiquibaseSql=none" for name, url in OFFLINE.items()]
    found: dict[str, Any] = {}
    for name, text in zip(OFFLINE, java(work, "sql", str(case), root, *urls).split("==== ")[1:], strict=True):
        if "\n!! " in text:
            continue  # this server does not have all of the changes
        found[name] = {}
        for key, sql in re.findall(r"^--  ?Changeset (\S.*?)$\n(.*?)(?=^--  ?Changeset |\Z)", text, re.M | re.S):
            _, id_, author = key.split("::")
            kept = "\n".join(line for line in sql.split("\n") if not line.startswith("--") and line != "GO")
            found[name][f"{author}:{id_}"] = " ".join(kept.split())
    return found


@contextmanager
def port(path: str) -> Iterator[int]:
    """A port of this machine that leads to a server's socket."""
    listening = socket.create_server(("127.0.0.1", 0))

    def pump(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def serve() -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(path)
            for pair in ((client, server), (server, client)):
                threading.Thread(target=pump, args=pair, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


def ran(output: str) -> list[list[str]]:
    return [line.split("\t")[1:] for line in output.split("\n") if line.startswith("ran\t")]


def run(work: Path, case: Path, root: str, url: str, user: str, catalog: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"ran": ran(java(work, "run", str(case), root, url, user)), "catalog": catalog()}
    if case.name in BACK:
        java(work, "back", str(case), root, url, user, str(BACK[case.name]))
        found["back"] = catalog()
    return found


def compile_(work: Path, *options: str) -> None:
    """Oracle.java with the Liquibase of pom.xml, or of another version that an option names."""
    command = ["mvn", "-q", "-B", "dependency:build-classpath", f"-Dmdep.outputFile={work}/classpath", *options]
    subprocess.run(command, cwd=HERE, check=True)
    classpath = (work / "classpath").read_text()
    subprocess.run(["javac", "-cp", classpath, "-d", work, "-nowarn", "Oracle.java"], cwd=HERE, check=True)


def older() -> None:
    goldens = {}
    for version in OLDER:
        with tempfile.TemporaryDirectory() as folder:
            compile_(Path(folder), f"-Dliquibase.version={version}")
            found = sent(Path(folder), HERE / "older", "root.xml")
            goldens[version] = {dialect: found[dialect] for dialect in ("mysql", "mariadb")}
    (HERE / "older.json").write_text(json.dumps(goldens, indent=1) + "\n")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        work.chmod(0o755)
        compile_(work)
        cases = {path: next(path.glob("root.*")).name for path in sorted((HERE / "fixtures").iterdir())}
        goldens: dict[str, dict[str, Any]] = {
            path.name: {"sql": sent(work, path, root)} for path, root in cases.items()
        }
        with postgres(work) as connection, port(f"{connection.info.host}/.s.PGSQL.{connection.info.port}") as number:
            for path, root in cases.items():
                if path.name in RUN:
                    connection.execute("DROP SCHEMA public CASCADE")
                    connection.execute("CREATE SCHEMA public")
                    url = f"jdbc:postgresql://127.0.0.1:{number}/{connection.info.dbname}"
                    catalog = lambda: catalogs.postgres(connection)  # noqa: E731
                    goldens[path.name]["postgres"] = run(work, path, root, url, connection.info.user, catalog)
        with mariadb_socket(work) as server, port(str(server)) as number:
            import pymysql

            for path, root in cases.items():
                if path.name in RUN:
                    with pymysql.connect(unix_socket=str(server), user="root", autocommit=True) as connection:
                        connection.cursor().execute("DROP DATABASE IF EXISTS shop")
                        connection.cursor().execute("CREATE DATABASE shop")
                        connection.select_db("shop")
                        url = f"jdbc:mariadb://127.0.0.1:{number}/shop"
                        catalog = lambda one=connection: catalogs.mariadb(one)  # noqa: E731
                        goldens[path.name]["mariadb"] = run(work, path, root, url, "root", catalog)
    (HERE / "goldens.json").write_text(json.dumps(goldens, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    older() if sys.argv[1:] == ["older"] else main()
