"""Runs real migration tools on every folder of fixtures/ with a new SQLite database each, and writes what came of it to
goldens.json: the migrations that were applied, in their order, the tables, and whether the tool stopped.

    go install -tags='no_clickhouse no_mssql no_mysql no_vertica no_ydb no_libsql no_spanner no_postgres' \
        github.com/pressly/goose/v3/cmd/goose@v3.29.0
    go install github.com/rubenv/sql-migrate/sql-migrate@v1.8.1
    npm install dbmate@2
    PATH="$(go env GOPATH)/bin:node_modules/.bin:$PATH" python tests/oracles/tools/renew.py
"""

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
RECORDS = {
    "goose": ("goose_db_version", "SELECT version_id FROM goose_db_version WHERE version_id > 0 ORDER BY id"),
    "dbmate": ("schema_migrations", "SELECT version FROM schema_migrations ORDER BY rowid"),
    "sql-migrate": ("gorp_migrations", "SELECT id FROM gorp_migrations ORDER BY rowid"),
}


def run(tool: str, case: Path, work: Path) -> subprocess.CompletedProcess[str]:
    if tool == "goose":
        command = ["goose", "-dir", "migrations", "sqlite", "x.db", "up"]
    elif tool == "dbmate":
        command = ["dbmate", "--url", "sqlite:x.db", "--no-dump-schema", "up"]
    else:
        settings = "development: {dialect: sqlite3, datasource: x.db, dir: migrations}\n"
        (work / "dbconfig.yml").write_text(settings)
        command = ["sql-migrate", "up"]
    shutil.copytree(case, work, dirs_exist_ok=True)
    return subprocess.run(command, cwd=work, capture_output=True, text=True)


def outcome(tool: str, case: Path) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        done = run(tool, case, work)
        tables: dict[str, list[str]] = {}
        applied: list[str] = []
        if (work / "x.db").exists():
            database = sqlite3.connect(work / "x.db")
            record, query = RECORDS[tool]
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if name == record:
                    applied = [str(row[0]) for row in database.execute(query)]
                elif not name.startswith("sqlite_"):
                    tables[name] = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
            database.close()
        return {"applied": applied, "tables": tables, "stopped": done.returncode != 0}


def main() -> None:
    cases = sorted(path for path in (HERE / "fixtures").glob("*/*") if path.is_dir())
    goldens = {f"{path.parent.name}/{path.name}": outcome(path.parent.name, path) for path in cases}
    (HERE / "goldens.json").write_text(json.dumps(goldens, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
