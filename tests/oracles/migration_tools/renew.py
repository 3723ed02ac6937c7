"""Runs the real migration tools on every case of the pages beside this file, each with a PostgreSQL database of its own, and
writes what came of it to goldens/TOOL.json. README.md says what it needs and how it is called."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.oracles.migration_tools.cases import HERE, cases, files
from tests.pages import Section
from tests.servers import postgres

PROGRAMS = Path(os.environ.get("MIGRATION_TOOLS", HERE / "programs"))

PATIENCE = 20  # seconds: a tool that waits for a lock of its own waits for ever

WATCH = """
CREATE SCHEMA audit;
CREATE TABLE audit.seen (id serial, transaction bigint, command text, object text);
CREATE FUNCTION audit.note() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit.seen (transaction, command, object)
  SELECT txid_current(), command_tag, object_identity FROM pg_event_trigger_ddl_commands()
  WHERE (command_tag, object_type) IN (('CREATE TABLE', 'table'), ('CREATE INDEX', 'index'));
END $$;
CREATE EVENT TRIGGER note ON ddl_command_end EXECUTE FUNCTION audit.note();
"""
USED = "n.nspname NOT IN ('audit', 'drizzle', 'information_schema') AND n.nspname !~ '^pg_'"
COLUMNS = f"""
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND {USED} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum
"""
KEYS = f"""
SELECT c.relname::text, k.contype::text || ' ' || k.conname || ' (' || COALESCE((SELECT string_agg(a.attname, ', ' ORDER BY o.n)
  FROM unnest(k.conkey) WITH ORDINALITY o(number, n) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.number
  WHERE k.contype <> 'c'), '') || ')' || COALESCE(' ' || f.relname || ' ' || k.confdeltype::text, '')
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid LEFT JOIN pg_class f ON f.oid = k.confrelid
WHERE k.contype IN ('p', 'u', 'f', 'c') AND c.relnamespace IN (SELECT oid FROM pg_namespace n WHERE {USED})
UNION ALL SELECT t.relname, CASE WHEN x.indisunique THEN 'unique index ' ELSE 'index ' END || i.relname
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
WHERE t.relnamespace IN (SELECT oid FROM pg_namespace n WHERE {USED})
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY 1, 2
"""
_OWN = """goose_db_version schema_migrations gorp_migrations schema_version pgmigrations migrations flyway_schema_history
    _sqlx_migrations __diesel_schema_migrations refinery_schema_history __drizzle_migrations
    _prisma_migrations atlas_schema_revisions schema_migration seed_files"""
OWN = frozenset(_OWN.split())


@dataclass(frozen=True)
class Tool:
    """`up` and `down` are commands, with {url}, {port}, {database}, {programs} and {here} filled in; `applied` finds the
    migrations in their order: a query, or an expression for what the command prints."""

    up: str
    down: str | None
    applied: str


TOOLS = {
    "goose": Tool(
        "{programs}/bin/goose -dir migrations postgres {url} up",
        "{programs}/bin/goose -dir migrations postgres {url} reset",
        "SELECT version_id FROM goose_db_version WHERE version_id > 0 AND is_applied ORDER BY id",
    ),
    "golang-migrate": Tool(
        "{programs}/bin/migrate -path migrations -database {url} up",
        "{programs}/bin/migrate -path migrations -database {url} down -all",
        r"(?m)^(\d+)/u ",
    ),
    "dbmate": Tool(
        "{programs}/node_modules/.bin/dbmate --url {url} --no-dump-schema up",
        "{programs}/node_modules/.bin/dbmate --url {url} --no-dump-schema rollback",
        "SELECT version FROM schema_migrations ORDER BY ctid",
    ),
    "tern": Tool(
        "{programs}/bin/tern migrate -m migrations --conn-string {url}{options}",
        "{programs}/bin/tern migrate -m migrations --conn-string {url}{options} -d 0",
        r"(?m) executing 0*(\d+)_.* up$",
    ),
    "sql-migrate": Tool(
        "{programs}/bin/sql-migrate up",
        "{programs}/bin/sql-migrate down -limit=0",
        "SELECT id FROM gorp_migrations ORDER BY applied_at",
    ),
    "node-pg-migrate": Tool(
        "{programs}/node_modules/.bin/node-pg-migrate up --verbose false",
        "{programs}/node_modules/.bin/node-pg-migrate down 99 --verbose false",
        "SELECT name FROM pgmigrations ORDER BY id",
    ),
    "db-migrate": Tool(
        "{programs}/node_modules/.bin/db-migrate up",
        "{programs}/node_modules/.bin/db-migrate reset",
        "SELECT substr(name, 2) FROM migrations ORDER BY id",
    ),
    "drizzle": Tool(
        "node {here}/drizzle.mjs {programs}",
        None,
        "SELECT hash FROM drizzle.__drizzle_migrations ORDER BY id",
    ),
    "prisma": Tool(
        "node {here}/prisma.mjs {programs} {url}",
        None,
        "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY started_at",
    ),
    "sqlx": Tool(
        "{programs}/bin/rust-oracle sqlx {url}",
        "{programs}/bin/rust-oracle sqlx {url} down",
        "SELECT version FROM _sqlx_migrations WHERE success ORDER BY ctid",
    ),
    "diesel": Tool(
        "{programs}/bin/rust-oracle diesel {url}",
        "{programs}/bin/rust-oracle diesel {url} down",
        "SELECT version FROM __diesel_schema_migrations ORDER BY ctid",
    ),
    "refinery": Tool(
        "{programs}/bin/rust-oracle refinery {url}",
        None,
        "SELECT version FROM refinery_schema_history ORDER BY ctid",
    ),
    "atlas": Tool(
        "{programs}/bin/atlas migrate apply --dir file://migrations --url {url} --allow-dirty",
        None,
        "SELECT version FROM atlas_schema_revisions.atlas_schema_revisions WHERE applied = total ORDER BY executed_at",
    ),
    "supabase": Tool(
        "{programs}/node_modules/.bin/supabase db push --db-url {url} --include-all --yes",
        None,
        "SELECT version FROM supabase_migrations.schema_migrations ORDER BY ctid",
    ),
    "pop": Tool(
        "{programs}/bin/soda migrate up",
        "{programs}/bin/soda migrate down --step 99",
        "SELECT version FROM schema_migration ORDER BY ctid",
    ),
    "flyway": Tool(
        "java -cp {programs}/flyway:{programs}/flyway/lib/*:src/main/resources Run jdbc:postgresql://127.0.0.1:{port}/{database}",
        None,
        r"(?m)^applied: (.*)$",
    ),
}


_TRACE = re.compile(
    r"\s+(?:at |\.\.\. \d+ more|[\w$]+: .*,?$)|INFO: |WARNING: |pg_dump: |\[POP\] |[A-Z][a-z]{2} \d\d?, \d{4} .*[AP]M "
)
"""Lines of stack traces, of the objects that Node prints with them, of Java's log, and of dumps that pop makes besides."""


class _Relay(socketserver.BaseRequestHandler):
    """Not every tool can speak through a socket of the file system."""

    target = ""

    def handle(self) -> None:
        with socket.socket(socket.AF_UNIX) as server:
            server.connect(self.target)
            back = threading.Thread(target=_copy, args=(server, self.request), daemon=True)
            back.start()
            _copy(self.request, server)
            back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@contextmanager
def server(folder: Path) -> Iterator[tuple[Any, int]]:
    """A connection to a fresh server, and a port of this machine where it can be reached."""
    with postgres(folder) as connection:
        place = connection.info.host, connection.info.port
        _Relay.target = f"{place[0]}/.s.PGSQL.{place[1]}"
        with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Relay) as relay:
            threading.Thread(target=relay.serve_forever, daemon=True).start()
            yield connection, relay.server_address[1]
            relay.shutdown()


def _run(tool: str, command: str, work: Path, port: int, database: str) -> subprocess.CompletedProcess[str]:
    url = f"postgres://postgres@127.0.0.1:{port}/{database}?sslmode=disable"
    options = " -c tern.conf" if (work / "tern.conf").exists() else ""
    words = command.format(url=url, port=port, database=database, programs=PROGRAMS, here=HERE, options=options)
    if tool == "pop":
        (work / "database.yml").write_text(f"development:\n  dialect: postgres\n  url: {url}\n")
    if tool == "sql-migrate":
        (work / "dbconfig.yml").write_text(
            f"development: {{dialect: postgres, datasource: '{url}', dir: migrations}}\n"
        )
    environment = {**os.environ, "DATABASE_URL": url, "NO_COLOR": "1", "NODE_PATH": str(PROGRAMS / "node_modules")}
    try:
        return subprocess.run(
            words.split(), cwd=work, env=environment, capture_output=True, text=True, timeout=PATIENCE, input="y\n"
        )
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode()
        return subprocess.CompletedProcess(words, -1, said, f"it did not come to an end within {PATIENCE} seconds")


def _told(done: subprocess.CompletedProcess[str], work: Path, port: int) -> str | None:
    """What the tool said when it stopped: its last lines, without what differs from run to run."""
    if done.returncode == 0:
        return None
    said = (done.stdout + done.stderr).replace("\r", "").partition("\ngoroutine ")[0]
    lines = [line for line in said.split("\n") if line.strip(" {}") and not _TRACE.match(line)]
    text = "\n".join(lines[-4:]).replace(str(work), ".").replace(str(port), "PORT")
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    text = re.sub(r"\d{4}[/-]\d\d[/-]\d\d[ T]\d\d:\d\d:\d\d\S*", "TIME", text)
    return re.sub(r"\b\d+(?:\.\d+)?(?:µs|ms|s)\b", "TIME", text)


def _tables(database: Any) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in database.execute(COLUMNS):
        if table not in OWN:
            found.setdefault(table, {})[column] = kind
    return found


def _keys(database: Any) -> dict[str, list[str]]:
    """The constraints and indexes of every table, each as a text that says what it is made of."""
    found: dict[str, list[str]] = {}
    for table, key in database.execute(KEYS):
        if table not in OWN:
            found.setdefault(table, []).append(key)
    return found


def _transactions(database: Any) -> list[list[str]]:
    """The tables and indexes that were made, in order, those of one transaction together."""
    found: list[list[str]] = []
    last = None
    for transaction, name in database.execute("SELECT transaction, object FROM audit.seen ORDER BY id"):
        schema, _, name = name.rpartition(".")
        if name in OWN or name.startswith("flyway_schema") or schema == "drizzle":
            continue
        if transaction != last:
            found.append([])
        last = transaction
        found[-1].append(name)
    return found


def _applied(tool: Tool, done: subprocess.CompletedProcess[str], database: Any, work: Path) -> list[str]:
    if not tool.applied.startswith("SELECT"):
        found = re.findall(tool.applied, done.stdout + done.stderr)
        return found[:-1] if " executing " in tool.applied and done.returncode != 0 else found
    try:
        rows = [str(row[0]) for row in database.execute(tool.applied)]
    except psycopg.errors.UndefinedTable:
        return []
    if "__drizzle_migrations" in tool.applied:  # it only notes what was in the files
        known = {hashlib.sha256(path.read_bytes()).hexdigest(): path.stem for path in work.rglob("*.sql")}
        return [known[row] for row in rows]
    return rows


def outcome(name: str, section: Section, connection: Any, port: int) -> dict[str, object]:
    """What the tool makes of one case: up, and where it goes up and can go back, all the way down."""
    tool, database = TOOLS[name], "shop"
    connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
    connection.execute(f"CREATE DATABASE {database}")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for path, text in files(section).items():
            (work / path).parent.mkdir(parents=True, exist_ok=True)
            (work / path).write_bytes(text.encode())
        place = f"host=127.0.0.1 port={port} user=postgres dbname={database} sslmode=disable"
        with psycopg.connect(place, autocommit=True) as inside:
            inside.execute(files(section).get("init.sql", ""))
            inside.execute(WATCH)
            done = _run(name, tool.up, work, port, database)
            result: dict[str, object] = {
                "applied": _applied(tool, done, inside, work),
                "transactions": _transactions(inside),
                "tables": _tables(inside),
                "keys": _keys(inside),
                "stopped": _told(done, work, port),
            }
            if tool.down is None or done.returncode != 0:
                return result
            # Some tools go back one step at a time, and complain when there is none left.
            steps = len(result["applied"]) if name == "dbmate" else 1  # type: ignore[arg-type]
            for _ in range(steps):
                done = _run(name, tool.down, work, port, database)
                if done.returncode != 0:
                    break
            result["down"] = {"tables": _tables(inside), "stopped": _told(done, work, port)}
            return result


def main(names: list[str]) -> None:
    (HERE / "goldens").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp())
    try:
        with server(folder) as (connection, port):
            for name in names or TOOLS:
                goldens = {case.title: outcome(name, case, connection, port) for case in cases(name)}
                text = json.dumps(goldens, indent=1, ensure_ascii=False) + "\n"
                (HERE / "goldens" / f"{name}.json").write_text(text, "utf-8")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
