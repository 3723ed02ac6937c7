"""Long chains are followed; one that is longer still is listed, and nothing is asserted of the tables before its end."""

from __future__ import annotations

import json

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint


@pytest.mark.parametrize(("length", "followed"), [(3, True), (100, True), (400, False), (5000, False)])
def test_what_is_not_followed_is_listed(length: int, followed: bool) -> None:
    links = "".join(f".then(() => q.addColumn('a', 'c{at}', {{ type: S.INTEGER }}))" for at in range(length))
    up = f"exports.up = (q, S) => q.createTable('a', {{ id: S.INTEGER }}){links}.then(() => q.dropTable('b'));"
    files = {
        "migrations/1-a.js": up + " // queryInterface",
        "package.json": json.dumps({"dependencies": {"sequelize": "*"}}),
    }
    report = lint(MemoryTree(files), Config(dialect="postgres"), only=())
    [(source, _)] = report.catalogs
    assert report.broken == ()
    assert (len(source.scripts[0].facts) == length + 2) is followed
    assert bool(report.unread) is not followed


@pytest.mark.parametrize("length", [3, 100])
def test_tables_that_knex_makes_in_one_chain(length: int) -> None:
    links = "".join(f".createTable('t{at}', (table) => {{ table.increments(); }})" for at in range(length))
    files = {
        "migrations/1-a.js": f"const make = (db) => db.schema{links}; exports.up = (knex) => make(knex);",
        "package.json": json.dumps({"dependencies": {"knex": "*"}}),
    }
    report = lint(MemoryTree(files), Config(dialect="postgres"), only=())
    [(_, catalog)] = report.catalogs
    assert report.broken == ()
    assert report.unread == ()
    assert len(catalog.tables) == length


def test_chains_in_chains_end() -> None:
    inner = "q"
    for _ in range(30):
        inner = "q.then(() => " + inner + ".createTable('a', {})" + ".then(f)" * 60 + ")"
    up = f"exports.up = (q, S) => {inner}; // queryInterface"
    files = {"migrations/1-a.js": up, "package.json": json.dumps({"dependencies": {"sequelize": "*"}})}
    report = lint(MemoryTree(files), Config(dialect="postgres"), only=())
    assert report.broken == ()
    assert report.unread


def test_an_array_that_holds_itself() -> None:
    code = "const a = [...a, 'x']; exports.up = async (queryInterface, S) => { for (const one of a) await queryInterface.%s };"
    entity = (
        "import { Column, Entity, PrimaryColumn } from 'typeorm'; const k = Object.values(k); const a = [...a, 'x'];"
        "@Entity() export class One { @PrimaryColumn({ type: 'enum', enum: a }) id: string;"
        " @Column({ type: 'enum', enum: k }) b: string; }"
    )
    files = {
        "migrations/1-a.js": code % "createTable(one, { id: S.INTEGER });",
        "migrations/2-b.js": "const a = [...a]; exports.up = (queryInterface) => Promise.all([...a]);",
        "migrations/3-c.js": code % "addColumn('x', one, S.ENUM(...a));",
        "one.ts": entity,
        "package.json": json.dumps({"dependencies": {"sequelize": "*", "typeorm": "*"}}),
    }
    assert lint(MemoryTree(files), Config(dialect="postgres"), only=()).broken == ()
