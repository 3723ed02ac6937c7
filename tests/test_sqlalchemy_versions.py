"""What SQLAlchemy 1.4, 2.0 and 2.1, Flask-SQLAlchemy and SQLModel send for the same models, kept as goldens
(`tests/oracles/sqlalchemy/make.py` renews them), is what the static reading says; where versions differ, it says nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from tests.test_sqlalchemy_forms import clean, told

ORACLES = Path(__file__).parent / "oracles" / "sqlalchemy"
GOLDENS = {path.stem.partition("-")[2]: json.loads(path.read_text()) for path in sorted(ORACLES.glob("*.json"))}
CASES = [
    (version, name, dialect)
    for version, made in GOLDENS.items()
    for name, dialects in made.items()
    for dialect in dialects
]
UNKNOWN: set[tuple[str, ...]] = {
    *(("floats", "readings", column, "type") for column in ("value", "maybe")),  # FLOAT or DOUBLE
    ("floats", "app.jobs", "state", "type"),  # job_state or app.job_state
}
"""What no reading without the version, or without the library, can know."""


@pytest.mark.parametrize(("version", "name", "dialect"), CASES)
def test_source_and_golden_agree(version: str, name: str, dialect: str) -> None:
    statements = GOLDENS[version][name][dialect]
    source = (ORACLES / "models" / f"{name}.py").read_text()
    read = clean(lint(MemoryTree({"models.py": source}), Config(dialect=dialect), only=())).catalogs
    assert not any(catalog.opaque for _, catalog in read)
    ours = {
        name: table for _, catalog in read for name, table in catalog.tables.items()
    }  # binds are sources of their own
    if statements is None:
        return  # SQLAlchemy refuses the models for this database
    text = ";\n".join(dict.fromkeys(statements)) + ";\n"
    real = clean(lint(MemoryTree({"schema.sql": text}), Config(dialect=dialect), only=())).catalogs[0][1]
    assert {str(each) for each in ours} == {str(each) for each in real.tables}
    wrong = []
    for table, held in real.tables.items():
        right, mine = told(held, dialect), told(ours[table], dialect)
        for part in [*right, *(each for each in mine if each not in right)]:
            place = (name, str(table), *map(str, part))
            if right.get(part) != mine.get(part) and not (mine.get(part) is None and place in UNKNOWN):
                wrong.append(f"{'.'.join(place)}: {mine.get(part)} is {right.get(part)}")
    assert wrong == []


def test_every_version_is_there() -> None:
    assert set(GOLDENS) == {"1.4", "2.0", "2.1"}
    assert {"floats", "flask_shop", "sqlmodel_heroes"} <= GOLDENS["2.0"].keys() & GOLDENS["2.1"].keys()
