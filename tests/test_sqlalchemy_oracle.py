"""Real SQLAlchemy is the judge: the fixture models are imported here, their DDL is compiled for each database and read by
the SQL reader, and the catalog must be the one that the parser finds in the same source without importing it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_mock_engine

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.catalog import Catalog
from schemalint.model.schema import Column, ForeignKey, Index, Table

FIXTURES = Path(__file__).parent / "fixtures_sqlalchemy"
MODULES = tuple(
    sorted(
        ".".join(path.relative_to(FIXTURES).with_suffix("").parts).removesuffix(".__init__")
        for path in (FIXTURES / "shop").rglob("*.py")
    )
)
URLS = {"postgres": "postgresql+psycopg://", "mysql": "mysql+pymysql://", "sqlite": "sqlite://"}


@pytest.fixture
def metadata() -> Iterator[list[MetaData]]:
    """The fixture's metadata, imported afresh: create_all for one database leaves marks on constraints."""
    sys.path.insert(0, str(FIXTURES))
    try:
        found: dict[int, MetaData] = {}
        for name in MODULES:
            for value in vars(importlib.import_module(name)).values():
                held = value if isinstance(value, MetaData) else getattr(value, "metadata", None)
                if isinstance(held, MetaData) and held.tables:
                    found[id(held)] = held
        yield list(found.values())
    finally:
        sys.path.remove(str(FIXTURES))
        for name in MODULES:
            sys.modules.pop(name, None)


def compiled(metadata: list[MetaData], dialect: str) -> Catalog:
    """What the SQL reader finds in the DDL that SQLAlchemy sends."""
    statements: list[str] = []

    def collect(statement: object, *_: object) -> None:
        statements.append(str(statement.compile(dialect=engine.dialect)).strip())  # type: ignore[attr-defined]

    engine = create_mock_engine(URLS[dialect], collect)
    seen: set[str] = set()
    for each in metadata:
        each.create_all(engine, checkfirst=False)
    unique = [text for text in statements if not (text in seen or seen.add(text))]  # type: ignore[func-returns-value]
    report = lint(MemoryTree({"schema.sql": ";\n".join(unique) + ";\n"}), Config(dialect=dialect), only=())
    assert report.broken == ()
    assert report.unread == ()
    return report.catalogs[0][1]


def written(dialect: str) -> Catalog:
    """What the parser finds in the source."""
    files = {str(path.relative_to(FIXTURES)): path.read_text() for path in sorted(FIXTURES.rglob("*.py"))}
    report = lint(MemoryTree(files), Config(dialect=dialect), only=())
    assert report.broken == ()
    assert report.unreadable == ()
    [(source, catalog)] = [each for each in report.catalogs if each[0].parser == "sqlalchemy"]
    assert not catalog.opaque
    return catalog


def column(each: Column) -> tuple[object, ...]:
    return each.type, each.nullable, bool(each.default), bool(each.has_default), bool(each.identity), each.generated


def keys(table: Table, dialect: str) -> set[tuple[object, ...]]:
    """Unique constraints and indexes. MySQL keeps both as indexes, named or not."""
    found: set[tuple[object, ...]] = {
        (each.name, tuple(map(str, each.columns)), dialect == "mysql" or "constraint") for each in table.uniques
    }
    return found | {index(each, dialect) for each in table.indexes}


def index(each: Index, dialect: str) -> tuple[object, ...]:
    parts = tuple(str(p.column) if p.column else p.expr for p in each.parts)
    order = tuple(bool(p.descending) for p in each.parts)
    if dialect == "mysql" and each.unique and not any(order):
        return each.name, parts, True
    return each.name, parts, order, each.unique, each.where, each.method


def foreign(each: ForeignKey) -> tuple[object, ...]:
    return each.name, each.columns, each.ref_table, each.ref_columns, each.on_delete, each.on_update


@pytest.mark.parametrize("dialect", URLS)
def test_source_and_ddl_agree(metadata: list[MetaData], dialect: str) -> None:
    real, ours = compiled(metadata, dialect), written(dialect)
    assert {str(name) for name in ours.tables} == {str(name) for name in real.tables}
    assert {name.key: each.values for name, each in ours.enums.items()} == {
        name.key: each.values for name, each in real.enums.items()
    }
    for name, table in real.tables.items():
        mine = ours.tables[name]
        assert not mine.incomplete, name
        assert {str(c): column(each) for c, each in mine.columns.items()} == {
            str(c): column(each) for c, each in table.columns.items()
        }, name
        assert (mine.primary_key and (mine.primary_key.name, mine.primary_key.columns)) == (
            table.primary_key and (table.primary_key.name, table.primary_key.columns)
        ), name
        assert keys(mine, dialect) == keys(table, dialect), name
        assert {foreign(each) for each in mine.foreign_keys} == {foreign(each) for each in table.foreign_keys}, name
        assert {(each.name, each.expr) for each in mine.checks} == {(each.name, each.expr) for each in table.checks}, name


def test_fixture_is_large_enough() -> None:
    classes = sum(path.read_text().count("\nclass ") for path in FIXTURES.rglob("*.py"))
    assert len(MODULES) >= 8
    assert classes >= 40


@pytest.mark.parametrize("dialect", URLS)
def test_spans_cover_what_they_name(dialect: str) -> None:
    files = {str(path.relative_to(FIXTURES)): path.read_text() for path in sorted(FIXTURES.rglob("*.py"))}
    report = lint(MemoryTree(files), Config(dialect=dialect), only=())
    for table in report.catalogs[0][1].tables.values():
        for each in table.columns.values():
            text = files[each.span.path][each.span.start : each.span.end]
            assert text in (str(each.name), each.attribute, f"{each.name}"), (text, each)
