"""The static reading of the fixtures equals what real Sequelize 5 and 6 made of them (tests/oracles/sequelize)."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from schemalint.config import Config
from schemalint.dialects import dialect as dialect_of
from schemalint.discover import MemoryTree
from schemalint.jssource.inflection import camelize, pluralize, singularize, underscore
from schemalint.model.deployment import Deployment
from schemalint.model.facts import AddConstraint, CreateTable
from schemalint.model.schema import Column, ForeignKey
from schemalint.model.source import Source
from schemalint.parsers.sequelize import PARSER
from schemalint.project import Project

ORACLE = Path(__file__).parent / "oracles" / "sequelize"
GOLDEN: dict[str, Any] = json.loads((ORACLE / "golden.json").read_text())
INFLECTION: list[list[str]] = json.loads((ORACLE / "inflection.json").read_text())


def golden(key: str) -> dict[str, Any]:
    made = GOLDEN[key]
    return golden(made) if isinstance(made, str) else made


def read(files: dict[str, str]) -> list[Source]:
    tree = MemoryTree(files)
    claimed = [path for path in tree.paths if PARSER.claims(path, tree.read(path) or b"")]
    extracts = {path: PARSER.extract(file, None) for path in claimed if (file := tree.file(path)) is not None}
    # What is cached must survive JSON.
    extracts = json.loads(json.dumps(extracts))
    return list(PARSER.link(extracts, Project(tree, Config(), Deployment())))


@cache
def facts_of(key: str) -> tuple[Source, dict[str, CreateTable], list[AddConstraint]]:
    name, dialect, version = key.split()
    text = (ORACLE / "fixtures" / f"{name}.js").read_text().replace("DIALECT", repr(dialect))
    package = json.dumps({"dependencies": {"sequelize": f"^{version}.0.0"}})
    (source,) = read({"package.json": package, "models.js": text})
    created = {fact.model or "": fact for fact in source.facts if isinstance(fact, CreateTable)}
    return source, created, [fact for fact in source.facts if isinstance(fact, AddConstraint)]


@pytest.mark.parametrize("key", GOLDEN)
def test_tables_are_named_as_sequelize_names_them(key: str) -> None:
    _, created, _ = facts_of(key)
    assert {model: fact.table.name.text for model, fact in created.items()} == {
        model: made["table"] for model, made in golden(key).items()
    }


@pytest.mark.parametrize("key", GOLDEN)
def test_tables_are_read_whole(key: str) -> None:
    _, created, _ = facts_of(key)
    assert {model: fact.unread for model, fact in created.items() if fact.unread} == {}


@pytest.mark.parametrize("key", GOLDEN)
def test_columns_and_their_order(key: str) -> None:
    _, created, _ = facts_of(key)
    assert {model: [column.name.text for column in fact.columns] for model, fact in created.items()} == {
        model: list(made["columns"]) for model, made in golden(key).items()
    }


@pytest.mark.parametrize("key", GOLDEN)
def test_what_is_said_of_each_column(key: str) -> None:
    source, created, added = facts_of(key)
    dialect = source.dialect
    wrong = []
    for model, made in golden(key).items():
        fact = created[model]
        keys = [*fact.foreign_keys, *(one.constraint for one in added if one.table == fact.table)]
        several = sum("PRIMARY KEY" in sql for sql in made["columns"].values()) > 1
        for column, (field, sql) in zip(fact.columns, made["columns"].items(), strict=True):
            expected = from_sql(sql, str(dialect), field, made["table"], several)
            if dialect in {"postgres", "sqlite"} and any(fields == [field] for _, fields in made["uniques"]):
                expected["unique"] = True  # a unique key of the table, whose name these dialects leave out
            got = from_column(column, fact, [one for one in keys if isinstance(one, ForeignKey)])
            if expected != got:
                wrong.append((model, field, sql, {k: (v, got[k]) for k, v in expected.items() if got[k] != v}))
    assert wrong == []


@pytest.mark.parametrize("key", GOLDEN)
def test_unique_keys(key: str) -> None:
    source, created, _ = facts_of(key)
    named = source.dialect in {"mysql", "mariadb", "tsql"}
    for model, made in golden(key).items():
        expected = [([name] if named else [None], fields) for name, fields in made["uniques"]]
        got = [
            ([one.name.text if one.name else None], [column.text for column in one.columns])
            for one in created[model].uniques
            if one.name is not None or len(one.columns) > 1 or not _inline(one.columns[0].text, made)
        ]
        assert got == expected, model


def _inline(column: str, made: dict[str, Any]) -> bool:
    return " UNIQUE" in made["columns"][column]


@pytest.mark.parametrize("key", GOLDEN)
def test_indexes(key: str) -> None:
    _, created, _ = facts_of(key)
    for model, made in golden(key).items():
        expected = [
            (one["name"], one["unique"], [f if isinstance(f, str) else f[0] for f in one["fields"]])
            for one in made["indexes"]
        ]
        got = [
            (str(one.name), one.unique, [part.column.text for part in one.parts if part.column is not None])
            for one in created[model].indexes
        ]
        assert got == expected, model


def from_column(column: Column, fact: CreateTable, keys: list[ForeignKey]) -> dict[str, Any]:
    primary = fact.primary_key is not None and column.name in fact.primary_key.columns
    key = next((one for one in keys if one.columns == (column.name,)), None)
    unique = any(one.columns == (column.name,) and one.name is None for one in fact.uniques)
    return {
        "type": column.type,
        "null": column.nullable,
        "default": column.default.raw if column.default is not None else None,
        "has default": column.has_default,
        "primary": primary,
        "identity": bool(column.identity),
        "unique": unique,
        "references": key and [key.ref_table.name.text, key.ref_columns[0].text, key.on_delete, key.on_update],
    }


def from_sql(sql: str, dialect: str, field: str, table: str, several: bool) -> dict[str, Any]:
    """What a column's SQL says, as Sequelize printed it."""
    references = re.search(r" REFERENCES [`\"\[](\w+)[`\"\]] \([`\"\[](\w+)[`\"\]]\)(.*)", sql)
    actions = references[3] if references else ""
    head = sql[: references.start()] if references else sql
    on_delete = re.search(r"ON DELETE (NO ACTION|SET NULL|\w+)", actions)
    on_update = re.search(r"ON UPDATE (NO ACTION|SET NULL|\w+)", actions)
    default = re.search(r" DEFAULT ('(?:[^']|'')*'|\S+)", head)
    words = ("NOT NULL", "NULL", "auto_increment", "AUTOINCREMENT", "SERIAL", "IDENTITY(1,1)", "UNIQUE", "PRIMARY KEY")
    type = re.sub(r" DEFAULT ('(?:[^']|'')*'|\S+)", "", head)
    type = re.sub(r" CHECK \(.*\)$", "", type)
    for word in words:
        type = re.sub(rf" {re.escape(word)}(?= |$)", "", type)
    primary = "PRIMARY KEY" in head
    identity = any(word in head for word in ("auto_increment", "AUTOINCREMENT", "SERIAL", "IDENTITY"))
    if dialect == "sqlite" and primary and not several and "INT" in head:
        type, identity = "INTEGER", True
    if dialect == "postgres" and type.startswith("ENUM("):
        type = f'"enum_{table}_{field}"'
    stated = default is not None and default[1] != "NULL"
    value = default[1] if default is not None and stated else None
    if dialect in {"sqlite", "tsql"} and value in {"true", "false"}:
        value = "1" if value == "true" else "0"  # replaced when the whole statement is put together
    if value is not None and value.startswith("N'"):
        value = value[1:]
    return {
        "type": dialect_of(dialect).column_type(type.removesuffix(" BINARY")),
        "null": not ("NOT NULL" in head or (primary and (dialect != "sqlite" or identity or several))),
        "default": value,
        "has default": stated,
        "primary": primary,
        "identity": identity,
        "unique": " UNIQUE" in head,
        "references": references
        and [
            references[1],
            references[2],
            on_delete[1] if on_delete else None,
            on_update[1] if on_update else None,
        ],
    }


def test_words_are_formed_as_npm_inflection_forms_them() -> None:
    assert len(INFLECTION) > 200
    wrong = []
    for word, plural, singular, plural5, singular5, line, camel, plural7, singular7 in INFLECTION:
        got = [
            pluralize(word),
            singularize(word),
            pluralize(word, 5),
            singularize(word, 5),
            underscore(word),
            camelize(f"{word}_id"),
            pluralize(word, 7),
            singularize(word, 7),
        ]
        if got != [plural, singular, plural5, singular5, line, camel, plural7, singular7]:
            wrong.append((word, got))
    assert wrong == []
