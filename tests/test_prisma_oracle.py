"""What Prisma's own schema engine makes of schemas, and what we read in them. See tests/oracles/prisma/README.md."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from schemalint.compare import unique_sets
from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.equality import same_default, same_type
from schemalint.lint import lint
from schemalint.model.catalog import Catalog
from schemalint.model.schema import ForeignKey, Index, Table
from schemalint.model.types import Outcome
from schemalint.parsers.prisma_schema.types import DIALECTS
from tests.pages import Section, sections

HERE = Path(__file__).parent / "oracles" / "prisma"
GOLDENS = json.loads((HERE / "goldens.json").read_text("utf-8"))
CASES = [section for page in sorted(HERE.glob("*.md")) if page.stem != "README" for section in sections(page)]


_COCKROACH = ((r"\bSTRING(?=\()", "VARCHAR"), (r"\bSTRING\b", "TEXT"), (r"\bBYTES\b", "BYTEA"))
"""CockroachDB's own words for types, and PostgreSQL's."""


def _catalog(path: str, text: str, dialect: str) -> Catalog:
    report = lint(MemoryTree({path: text}), Config(dialect=dialect), only=())
    assert report.broken == ()
    ((source, catalog),) = report.catalogs
    assert source.dialect == dialect
    assert catalog.opaque == ()
    return catalog


def test_every_schema_was_put_to_prisma() -> None:
    assert [case.id for case in CASES] == list(GOLDENS)
    assert all("sql" in golden for golden in GOLDENS.values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_what_prisma_makes(case: Section) -> None:
    dialect = DIALECTS[case.page.stem]
    sql = GOLDENS[case.id]["sql"]
    if case.page.stem == "cockroachdb":
        for theirs, ours in _COCKROACH:
            sql = re.sub(theirs, ours, sql)
    made = _catalog("schema.sql", sql, dialect)
    read = _catalog("schema.prisma", case.files["schema.prisma"], dialect)
    assert read.enums == {name: replace(enum, span=read.enums[name].span) for name, enum in made.enums.items()}
    assert sorted(map(str, read.tables)) == sorted(map(str, made.tables))
    for name, table in made.tables.items():
        _compare(table, read.tables[name], dialect, cockroach=case.page.stem == "cockroachdb")


def _compare(made: Table, read: Table, dialect: str, cockroach: bool) -> None:
    between = str(made.name).rpartition(".")[2].startswith("_")
    assert not read.incomplete
    assert [str(name) for name in read.columns] == [str(name) for name in made.columns]
    for name, column in made.columns.items():
        ours = read.columns[name]
        assert same_type(column.type, ours.type, dialect, dialect).outcome is Outcome.SAME, (name, column, ours)
        assert ours.nullable in (column.nullable, None), name
        assert (ours.nullable is None) is (ours.type is not None and ours.type.element is not None)
        if not (cockroach and ours.identity):  # it counts by a function of its own
            assert bool(ours.identity) == bool(column.identity), name
            told = ours.has_default is not None and (ours.default is not None or not ours.has_default)
            same = same_default(column, ours, dialect, dialect).outcome
            assert same in ((Outcome.SAME,) if told else (Outcome.SAME, Outcome.UNKNOWN)), (name, column, ours)
    if between:
        pair = frozenset(read.columns)
        assert pair in unique_sets(read)
        assert pair in unique_sets(made) or (made.primary_key and pair == frozenset(made.primary_key.columns))
    else:
        assert (read.primary_key and read.primary_key.columns) == (made.primary_key and made.primary_key.columns)
        assert (read.primary_key and read.primary_key.name) == (made.primary_key and made.primary_key.name)
    assert _indexes(read, between) == _indexes(made, between)
    assert sorted(map(_key, read.foreign_keys)) == sorted(map(_key, made.foreign_keys))


def _indexes(table: Table, between: bool) -> list[tuple[str, object]]:
    found: list[Index] = [one for one in table.indexes if not (between and one.unique)]
    return sorted(((str(one.name), one.signature) for one in found), key=lambda one: one[0])


def _key(key: ForeignKey) -> tuple[object, ...]:
    columns = (tuple(map(str, key.columns)), str(key.ref_table), tuple(map(str, key.ref_columns)))
    return str(key.name), columns, key.on_delete, key.on_update
