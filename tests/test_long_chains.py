"""A chain of promises that is longer than what is followed is listed, and nothing is asserted of the tables before its end."""

from __future__ import annotations

import json

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint


@pytest.mark.parametrize("length", [3, 400])
def test_what_is_not_followed_is_listed(length: int) -> None:
    links = "".join(f".then(() => q.addColumn('a', 'c{at}', {{ type: S.INTEGER }}))" for at in range(length))
    up = f"exports.up = (q, S) => q.createTable('a', {{ id: S.INTEGER }}){links}.then(() => q.dropTable('b'));"
    files = {
        "migrations/1-a.js": up + " // queryInterface",
        "package.json": json.dumps({"dependencies": {"sequelize": "*"}}),
    }
    report = lint(MemoryTree(files), Config(dialect="postgres"), only=())
    [(source, _)] = report.catalogs
    assert report.broken == ()
    assert len(source.scripts[0].facts) == length + 2 or report.unread
