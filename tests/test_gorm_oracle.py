"""Static reading of GORM models equals what real GORM sends to a server. See tests/oracles/gorm/README.md."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.facts import CreateTable
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


def tables(files: dict[str, str], dialect: str, source: str, ordered: bool) -> list[str]:
    """The canonical text of a source's tables: in order of creation, keys and indexes of each sorted. Where several join
    tables are made, GORM keeps relations in a map: their order changes from run to run."""
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
    if not ordered:
        found.sort()
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
    if dialect == "tsql":  # SQL Server has no prefixes of columns, the driver sends their lengths all the same
        sent = re.sub(r'("\w+")\(\d+\)\)', r"\1)", sent)
    model = (HERE / "fixtures" / fixture / "models.go").read_text("utf-8")
    required = "".join(f"require {package.replace('@', ' ')}\n" for package in RELEASES[release].split())
    mod = f"module oracle\n\ngo 1.22\n\n{required}"
    ordered = "many2many" not in model
    static = tables({"models/models.go": model, "go.mod": mod}, dialect, "gorm:.", ordered)
    assert static == tables({"schema.sql": sent}, dialect, "sql:schema.sql", ordered)


@pytest.mark.parametrize("fixture", sorted(GOLDENS["1.31.2"]))
def test_spans_cover_what_they_name(fixture: str) -> None:
    text = (HERE / "fixtures" / fixture / "models.go").read_text("utf-8")
    report = lint(MemoryTree({"models.go": text, "go.mod": "module oracle\n"}), Config(dialect="mysql"), only=())
    seen = 0
    for source, _ in report.catalogs:
        for fact in source.facts:
            if not isinstance(fact, CreateTable):
                continue
            shown = text[fact.span.start : fact.span.end]
            assert fact.model in (None, shown) or re.search(rf"type {fact.model} {shown}\n", text)
            for column in fact.columns:
                written = text[column.span.start : column.span.end]
                assert fact.model is None or written in (column.attribute, "gorm.Model"), (column, written)
                seen += 1
            for index in fact.indexes:
                piece = text[index.span.start : index.span.end]
                assert piece == "gorm.Model" or re.match(r"(?i)unique|index", piece), piece
            for check in fact.checks:
                assert text[check.span.start : check.span.end].startswith("check:")
        for call in source.calls:
            assert text[call.span.start : call.span.end].endswith(("AutoMigrate", "CreateTable"))
    assert seen


PIECES = st.sampled_from(
    r"""type User struct { } `gorm:" "` index uniqueIndex: , ; : \\ size:10 default: ' [] * . gorm Model embedded func
    ( ) db & embeddedPrefix: AutoMigrate return []interface{} ... for range := append if package import " é check:
    many2many:x references: foreignKey: polymorphic:O ID uint string map[string]int TableName()string NamingStrategy{
    require =>""".split()  # noqa: SIM905
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60), st.data())
def test_no_input_raises(pieces: list[str], data: st.DataObject) -> None:
    fixture = data.draw(st.sampled_from(sorted(GOLDENS["1.31.2"])))
    text = (HERE / "fixtures" / fixture / "models.go").read_text("utf-8")
    cut = data.draw(st.integers(0, len(text)))
    mangled = text[:cut] + " ".join(pieces) + text[cut + data.draw(st.integers(0, 40)) :]
    for files in ({"models.go": mangled}, {"models.go": text, "go.mod": " ".join(pieces)}):
        report = lint(MemoryTree(files), Config(dialect="mysql"), only=())
        assert report.broken == ()
        for source, _ in report.catalogs:
            for fact in source.facts:
                assert 0 <= fact.span.start <= fact.span.end <= len(files[fact.span.path])


HOSTILE = {
    "structs that embed themselves": "type A struct { *A; B }\ntype B struct { A }\n",
    "embedding that doubles": "".join(
        f'type A{i} struct {{ A{i + 1}; X A{i + 1} `gorm:"embedded"` }}\n' for i in range(30)
    ),
    "a long chain of relations": "".join(
        f"type A{i} struct {{ ID uint; AID uint; A *A{i + 1} }}\n" for i in range(3000)
    ),
    "a list that doubles": "func f(db *gorm.DB) {\nx := []any{&A0{}}\n"
    + "x = append(x, x...)\n" * 60
    + "db.AutoMigrate(x)\n}\n",
    "deep types": f"type A0 struct {{ X {'[]' * 20_000}int }}\n",
    "deep calls": f"func f(db *gorm.DB) {{ db.AutoMigrate({'(' * 20_000}&A0{{}}{')' * 20_000}) }}\n",
    "a long tag": 'type A0 struct { X int `gorm:"' + "a\\\\;" * 4000 + '"` }\n',
    "types that name each other": "type A0 A1\ntype A1 A0\ntype U struct { X A0 }\n",
    "constants that name each other": "const a = b + b\nconst b = a + a\nfunc (A0) TableName() string { return a }\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_in_time(name: str) -> None:
    text = 'package p\nimport "gorm.io/gorm"\n' + HOSTILE[name] + "func g(db *gorm.DB) { db.AutoMigrate(&A0{}) }\n"
    started = time.process_time()
    report = lint(MemoryTree({"models.go": text}), Config(dialect="mysql"), only=())
    assert report.broken == ()
    assert time.process_time() - started < 60  # what doubles with every step would never end


def test_there_is_enough_to_judge_by() -> None:
    structs = sum(path.read_text("utf-8").count("struct") for path in HERE.glob("fixtures/*/models.go"))
    assert structs >= 150
    assert len(CASES) >= 180
