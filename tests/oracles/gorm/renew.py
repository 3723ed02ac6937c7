"""Runs the fixtures under real GORM, in several releases, and writes goldens.json and v1/goldens.json. Needs Go and a module
proxy.

python tests/oracles/gorm/renew.py
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
RELEASES = {
    "1.31.2": "gorm.io/gorm@v1.31.2 gorm.io/driver/mysql@v1.6.0 gorm.io/driver/postgres@v1.6.0"
    " github.com/glebarez/sqlite@v1.11.0 gorm.io/datatypes@v1.2.7 github.com/google/uuid@v1.6.0"
    " github.com/shopspring/decimal@v1.4.0 github.com/lib/pq@v1.10.9 gorm.io/driver/sqlserver@v1.6.3",
    "1.25.12": "gorm.io/gorm@v1.25.12 gorm.io/driver/mysql@v1.5.7 gorm.io/driver/postgres@v1.5.9"
    " github.com/glebarez/sqlite@v1.11.0",
    "1.25.5": "gorm.io/gorm@v1.25.5 gorm.io/driver/mysql@v1.5.2 gorm.io/driver/postgres@v1.5.4"
    " github.com/glebarez/sqlite@v1.10.0",
}


def run(packages: str) -> object:
    """What real GORM of these versions sends for every fixture."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(HERE / "fixtures", Path(folder, "fixtures"))
        shutil.copy(HERE / "main.go", folder)
        if "datatypes" in packages:
            for name in ("wellknown.go", "sqlserver.go"):
                shutil.copy(HERE / name, folder)
        else:
            shutil.rmtree(Path(folder, "fixtures", "wellknown"))
        Path(folder, "go.mod").write_text("module oracle\n\ngo 1.22\n")
        environment = {**os.environ, "GOFLAGS": "-mod=mod"}
        subprocess.run(["go", "get", *packages.split()], cwd=folder, env=environment, check=True)
        made = subprocess.run(["go", "run", "."], cwd=folder, env=environment, check=True, capture_output=True)
        return json.loads(made.stdout)


LEGACY = "github.com/jinzhu/gorm@v1.9.16"
DIALECTS = {"mysql": "mysql", "postgres": "postgres", "sqlite": "sqlite3", "tsql": "mssql"}


def run_legacy() -> dict[str, object]:
    """What real GORM v1 sends for every fixture of v1, by dialect."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(HERE / "v1", folder, dirs_exist_ok=True)
        Path(folder, "go.mod").write_text("module oracle\n\ngo 1.22\n")
        environment = {**os.environ, "GOFLAGS": "-mod=mod"}
        subprocess.run(["go", "get", LEGACY], cwd=folder, env=environment, check=True)
        subprocess.run(["go", "build", "-o", "oracle", "."], cwd=folder, env=environment, check=True)
        made = {
            dialect: subprocess.run(["./oracle", name], cwd=folder, check=True, capture_output=True).stdout
            for dialect, name in DIALECTS.items()
        }
        return {dialect: json.loads(out) for dialect, out in made.items()}


def _write(path: Path, goldens: object) -> None:
    path.write_text(json.dumps(goldens, indent=1, sort_keys=True) + "\n")


def main() -> None:
    goldens = {release: run(packages) for release, packages in RELEASES.items()}
    _write(HERE / "goldens.json", goldens)
    _write(HERE / "v1" / "goldens.json", run_legacy())


if __name__ == "__main__":
    main()
