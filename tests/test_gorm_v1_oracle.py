"""Static reading of models of GORM v1 equals what real GORM v1.9.16 sends to a server. See tests/oracles/gorm/README.md."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from tests.test_gorm_oracle import tables

HERE = Path(__file__).parent / "oracles" / "gorm" / "v1"
GOLDENS = json.loads((HERE / "goldens.json").read_text("utf-8"))
CASES = [(fixture, dialect) for dialect, fixtures in GOLDENS.items() for fixture in fixtures]
MOD = "module oracle\n\ngo 1.22\n\nrequire github.com/jinzhu/gorm v1.9.16\n"


@pytest.mark.parametrize(("fixture", "dialect"), CASES)
def test_models_are_read_as_gorm_v1_makes_them(fixture: str, dialect: str) -> None:
    statements = GOLDENS[dialect][fixture]
    if dialect == "sqlite":  # SQLite adds no constraints to a table that is there
        statements = [one for one in statements if not re.match(r"ALTER TABLE .* ADD CONSTRAINT", one)]
    sent = "".join(f"{one.removesuffix(';')};\n" for one in statements)
    model = (HERE / "fixtures" / fixture / "models.go").read_text("utf-8")
    static = tables({"models/models.go": model, "go.mod": MOD}, dialect, "gorm:.", False)
    assert static == tables({"schema.sql": sent}, dialect, "sql:schema.sql", False)


HOSTILE = {
    "structs that embed themselves": "type A struct { *A; B }\ntype B struct { A }\n",
    "embedding that doubles": "".join(
        f"type A{i} struct {{ A{i + 1}; *B{i} }}\ntype B{i} A{i + 1}\n" for i in range(30)
    ),
    "a scanner inside itself": "type A struct { B B }\ntype B struct { C }\ntype C struct { B }\n"
    "func (*B) Scan(x interface{}) error { return nil }\nfunc (*C) Scan(x interface{}) error { return nil }\n",
    "joins without keys": 'type A struct { X []B `gorm:"many2many:"`; Y []A `gorm:"many2many:y;foreignkey:,,"` }\n'
    "type B struct {}\n",
    "broken tags": 'type A struct { X int `gorm:"index:(,);size:99999999999999999999;type:;default:" sql:"` }\n',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_in_time(name: str) -> None:
    text = f'package p\nimport "github.com/jinzhu/gorm"\n{HOSTILE[name]}'
    text += "func g(db *gorm.DB) { db.AutoMigrate(&A{}, &A0{}) }\n"
    started = time.process_time()
    report = lint(MemoryTree({"models.go": text}), Config(dialect="mysql"), only=())
    assert report.broken == ()
    assert time.process_time() - started < 20
