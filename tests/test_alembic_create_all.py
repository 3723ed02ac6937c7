"""The sections of SL426 run by the real Alembic on SQLite: it stops where an error is expected, and nowhere else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from schemalint.rules import pages
from tests.pages import Section, sections

SECTIONS = [section for section in sections(pages() / "SL426-create-all-in-revision.md") if section.files]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.title)
def test_alembic_stops_where_an_error_is_expected(
    section: Section, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, text in section.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
        del sys.modules[name]
    config = Config()
    config.set_main_option("script_location", str(tmp_path / "migrations"))
    expected = [line for text in section.files.values() for line in text.splitlines() if "# error: [SL426]" in line]
    with create_engine("sqlite://").connect() as connection:
        config.attributes["connection"] = connection
        if expected:
            with pytest.raises(OperationalError, match=r"already exists|duplicate column name"):
                command.upgrade(config, "head")
        else:
            command.upgrade(config, "head")
    for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
        del sys.modules[name]
