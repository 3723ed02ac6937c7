"""structure.sql as Rails writes it, against the servers that it was written from. See tests/oracles/rails/README.md."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.finding import Severity

HERE = Path(__file__).parent / "oracles" / "rails"
GOLDENS = json.loads((HERE / "goldens.json").read_text("utf-8"))
_WIDTH = re.compile(r"\b((?:small|big)?int)\(\d+\)")
"""MariaDB tells the width in which integers are shown, which says nothing."""


def _plain(kind: str, dialect: str) -> str:
    """A type as we write it: SQLite keeps its spelling in small letters or large ones, as its release likes."""
    return kind.lower() if dialect == "sqlite" else _WIDTH.sub(r"\1", kind)


@pytest.mark.parametrize("dialect", GOLDENS)
def test_what_rails_wrote_is_what_the_server_has(dialect: str) -> None:
    text = (HERE / f"structure-{dialect}.sql").read_text("utf-8")
    report = lint(MemoryTree({"db/structure.sql": text}), Config(dialect=dialect))
    ((source, catalog),) = report.catalogs
    assert (source.parser, report.broken, report.unread) == ("sql", (), ())
    assert [one.message for one in report.findings if one.severity is Severity.ERROR] == []
    read = {
        str(table.name.name): {
            str(column.name): f"{column.type.name if column.type else '?'}{'' if column.nullable else ' not null'}"
            for column in table.columns.values()
        }
        for table in catalog.tables.values()
        if not str(table.name.name).startswith(
            "sqlite_"
        )  # Rails dumps SQLite's own, and passes over the error when it loads it
    }
    expected = {
        table: {name: _plain(kind, dialect) for name, kind in columns.items()}
        for table, columns in GOLDENS[dialect].items()
    }
    assert read == expected
