"""What TypeORM itself makes of entities on three servers, and what we read in them. See tests/oracles/typeorm/README.md."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.equality import same_default, same_type
from schemalint.lint import lint
from schemalint.model.catalog import Catalog
from schemalint.model.schema import Check, ForeignKey, Table
from schemalint.model.types import Outcome
from tests.oracles.typeorm.renew import HERE, cases
from tests.pages import Section

GOLDENS = json.loads(Path(HERE / "goldens.json").read_text("utf-8"))
CASES = [(server, section) for server, sections in cases().items() for section in sections]


def _catalog(path: str, text: str, dialect: str) -> Catalog:
    report = lint(MemoryTree({path: text}), Config(dialect=dialect), only=())
    assert report.broken == ()
    ((source, catalog),) = report.catalogs
    assert source.dialect == dialect
    assert catalog.opaque == ()
    return catalog


def test_every_program_was_put_to_typeorm() -> None:
    assert {server: [one.id for one in sections] for server, sections in cases().items()} == {
        server: list(found) for server, found in GOLDENS.items()
    }
    assert [one for found in GOLDENS.values() for one in found.values() if "sql" not in one] == []


@pytest.mark.parametrize(("server", "case"), CASES, ids=lambda one: one.id if isinstance(one, Section) else one)
def test_what_typeorm_makes(server: str, case: Section) -> None:
    sql = ";\n".join(GOLDENS[server][case.id]["sql"]) + ";\n"
    made = _catalog("schema.sql", sql, server)
    read = _catalog("entities.ts", case.files["entities.ts"], server)
    assert {name: enum.values for name, enum in read.enums.items()} == {
        name: enum.values for name, enum in made.enums.items()
    }
    assert sorted(map(str, read.tables)) == sorted(map(str, made.tables))
    for name, table in made.tables.items():
        _compare(table, read.tables[name], server)


def _compare(made: Table, read: Table, dialect: str) -> None:
    assert not read.incomplete
    assert sorted(map(str, read.columns)) == sorted(map(str, made.columns))
    for name, column in made.columns.items():
        ours = read.columns[name]
        if ours.type is not None or str(column.type) not in {"None", "blob"}:
            assert ours.type is not None, name
            assert same_type(column.type, ours.type, dialect, dialect).outcome is Outcome.SAME, (name, column, ours)
        assert ours.nullable == column.nullable, name
        assert bool(ours.identity) == bool(column.identity), name
        if ours.identity:
            continue
        told = ours.has_default is not None and (ours.default is not None or not ours.has_default)
        same = same_default(column, ours, dialect, dialect).outcome
        assert same in ((Outcome.SAME,) if told else (Outcome.SAME, Outcome.UNKNOWN)), (name, column, ours)
        if ours.has_default is not None:
            assert ours.has_default == column.has_default, name
    assert (read.primary_key and set(read.primary_key.columns)) == (made.primary_key and set(made.primary_key.columns))
    if dialect == "postgres":
        assert (read.primary_key and read.primary_key.name) == (made.primary_key and made.primary_key.name)
    assert _uniques(read) == _uniques(made)
    assert _indexes(read) == _indexes(made)
    assert sorted(map(_key, read.foreign_keys)) == sorted(map(_key, made.foreign_keys))
    if dialect != "mysql":  # TypeORM sends no checks there
        assert sorted(map(_check, read.checks)) == sorted(_check(one) for one in made.checks if one.name is not None)


def _uniques(table: Table) -> list[tuple[object, ...]]:
    return sorted((str(one.name), tuple(map(str, one.columns))) for one in table.uniques)


def _indexes(table: Table) -> list[tuple[str, object]]:
    found = [(str(one.name), one.signature) for one in table.indexes if not one.implied]
    return sorted(found, key=lambda one: one[0])


def _key(key: ForeignKey) -> tuple[object, ...]:
    columns = (tuple(map(str, key.columns)), str(key.ref_table), tuple(map(str, key.ref_columns)))
    return str(key.name), columns, key.on_delete or "NO ACTION", key.on_update or "NO ACTION"


def _check(check: Check) -> tuple[str, str]:
    return str(check.name), check.expr.key
