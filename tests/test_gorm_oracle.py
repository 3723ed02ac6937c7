"""Static reading of GORM models equals what real GORM sends to a server. See tests/oracles/gorm/README.md."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from tests.catalogs import canonical
from tests.oracles.gorm.renew import RELEASES

HERE = Path(__file__).parent / "oracles" / "gorm"
GOLDENS = json.loads((HERE / "goldens.json").read_text("utf-8"))
CASES = [
    (release, fixture, dialect)
    for release, fixtures in GOLDENS.items()
    for fixture, dialects in fixtures.items()
    for dialect in dialects
]


def tables(files: dict[str, str], dialect: str, source: str) -> list[str]:
    """The canonical text of a source's tables: in order of creation, keys and indexes of each sorted."""
    report = lint(MemoryTree(files), Config(dialect=dialect), only=())
    assert report.broken == ()
    text = canonical(report)
    found: list[list[str]] = []
    assert text.startswith(f"# {source}"), text
    for line in text.splitlines()[1:]:
        if line.startswith(("call ", "#")):
            continue
        if not line.startswith(" "):
            found.append([line])
        else:
            found[-1].append(line)
    if "many2many" in "".join(files.values()) or "user_languages" in text:
        found.sort()  # GORM keeps relations in a map: the order of several join tables changes from run to run
    return [line for table in found for line in (table[0], *sorted(table[1:], key=_kind))]


def _kind(line: str) -> tuple[bool, str]:
    """Columns keep their place, everything else is sorted: GORM keeps relations in a map."""
    other = re.match(r"  (primary key|unique|index|foreign key|check)\b", line)
    return other is not None, line if other else ""


@pytest.mark.parametrize(("release", "fixture", "dialect"), CASES)
def test_models_are_read_as_gorm_makes_them(release: str, fixture: str, dialect: str) -> None:
    sent = ";\n".join(GOLDENS[release][fixture][dialect]) + ";\n"
    if dialect == "sqlite":  # the driver writes texts in double quotes
        sent = re.sub(r'DEFAULT "([^"]*)"', r"DEFAULT '\1'", sent)
    model = (HERE / "fixtures" / fixture / "models.go").read_text("utf-8")
    required = "".join(f"require {package.replace('@', ' ')}\n" for package in RELEASES[release].split())
    mod = f"module oracle\n\ngo 1.22\n\n{required}"
    static = tables({"models/models.go": model, "go.mod": mod}, dialect, "gorm:.")
    assert static == tables({"schema.sql": sent}, dialect, "sql:schema.sql")


def test_there_is_enough_to_judge_by() -> None:
    structs = sum(path.read_text("utf-8").count("struct") for path in HERE.glob("fixtures/*/models.go"))
    assert structs >= 40
    assert len(CASES) >= 100
