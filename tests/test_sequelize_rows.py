"""Real Sequelize is the judge: what is said of the rows that refer to a table of SQLite which is made anew is what became of
them (tests/oracles/sequelize/rows.json)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint

ORACLE = Path(__file__).parent / "oracles" / "sequelize"
GOLDEN: dict[str, str] = json.loads((ORACLE / "rows.json").read_text())
SEVEN: list[list[str]] = json.loads((ORACLE / "rows-seven.json").read_text())
SAID = {"deleted": "deletes every row", "emptied": "empties posts.user_id", "refused": "fails as soon as a row"}


def files(name: str, action: str, version: str) -> dict[str, str]:
    """The project of a case."""

    def text(file: str) -> str:
        written = (ORACLE / "rows" / f"{file}.js").read_text()
        for old, spelled in SEVEN if version.startswith("7") else ():
            written = written.replace(old, spelled)
        return written.replace("ACTION", action)

    packages = ("@sequelize/core", "@sequelize/sqlite3") if version.startswith("7") else ("sequelize",)
    package = json.dumps({"main": "app.js", "dependencies": dict.fromkeys(packages, version)})
    if name.startswith("start"):
        return {"package.json": package, "app.js": text(name)}
    return {"package.json": package, "migrations/1-first.js": text("first"), "migrations/2-second.js": text(name)}


@pytest.mark.parametrize("key", GOLDEN)
def test_rows(key: str) -> None:
    name, _, rest = key.partition(" ")
    action, _, version = rest.rpartition(" ")
    report = lint(MemoryTree(files(name, action, version)), Config(dialect="sqlite"), only={"SL452"})
    assert report.broken == ()
    said = [finding.message for finding in report.findings]
    wanted = SAID.get(GOLDEN[key].partition(":")[0])
    assert len(said) == (wanted is not None), said
    assert all(wanted is not None and wanted in one for one in said)
    if name.startswith("start"):
        assert all(one.startswith("at the next start, ") for one in said)
