"""Real SQLAlchemy is the judge: the fixture models are imported here, their DDL is compiled for each database and read
by the SQL reader, and the catalog must be the one that the parser finds in the same source without importing it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_mock_engine
from sqlalchemy.exc import CompileError

from schemalint.config import Config
from schemalint.dialects import dialect as dialect_named
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.catalog import Catalog
from schemalint.model.schema import Column, ForeignKey, Index, Table
from schemalint.model.types import ColumnType

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
    files = {str(path.relative_to(FIXTURES)): path.read_text() for path in sorted((FIXTURES / "shop").rglob("*.py"))}
    report = lint(MemoryTree(files), Config(dialect=dialect), only=())
    assert report.broken == ()
    assert report.unreadable == ()
    [(_, catalog)] = [each for each in report.catalogs if each[0].parser == "sqlalchemy"]
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
        assert {(each.name, each.expr) for each in mine.checks} == {(each.name, each.expr) for each in table.checks}, (
            name
        )


def test_fixture_is_large_enough() -> None:
    classes = sum(path.read_text().count("\nclass ") for path in (FIXTURES / "shop").rglob("*.py"))
    assert len(MODULES) >= 8
    assert classes >= 40


@pytest.mark.parametrize("dialect", URLS)
def test_spans_cover_what_they_name(dialect: str) -> None:
    files = {str(path.relative_to(FIXTURES)): path.read_text() for path in sorted((FIXTURES / "shop").rglob("*.py"))}
    report = lint(MemoryTree(files), Config(dialect=dialect), only=())
    for table in report.catalogs[0][1].tables.values():
        for each in table.columns.values():
            text = files[each.span.path][each.span.start : each.span.end]
            assert text in (str(each.name), each.attribute, f"{each.name}"), (text, each)


TYPES = """
Integer | SmallInteger() | BigInteger | String(20) | String | String(length=5) | Unicode(9) | Text | Text(100)
UnicodeText() | Float | Float(24) | Float(53) | Double | Double(53) | Numeric | Numeric(5) | Numeric(5, 2)
Numeric(precision=9, scale=1) | DECIMAL(4, 1) | REAL() | DOUBLE_PRECISION | FLOAT(10) | Boolean | BOOLEAN() | Date
DATE | DateTime | DateTime(True) | DateTime(timezone=True) | DATETIME() | TIMESTAMP | TIMESTAMP(timezone=True)
Time | Time(timezone=True) | TIME() | Interval | Interval(native=False) | Interval(second_precision=3) | LargeBinary
LargeBinary(90) | BLOB | BINARY(16) | VARBINARY(12) | PickleType | JSON | JSON(none_as_null=True) | Uuid
Uuid(native_uuid=False) | UUID | CHAR(3) | CHAR | NCHAR(2) | NVARCHAR(7) | VARCHAR(8) | VARCHAR | TEXT | INTEGER()
BIGINT | SMALLINT | Enum("a", "bcd", name="e") | Enum("a", "bcd", native_enum=False)
Enum("x", "y", name="e", native_enum=False, length=9) | ARRAY(Integer) | ARRAY(String(4), dimensions=2)
postgresql.JSONB | postgresql.ARRAY(Text) | postgresql.UUID(as_uuid=True) | postgresql.INET | postgresql.TSVECTOR()
postgresql.CITEXT | postgresql.TIMESTAMP(timezone=True, precision=3) | postgresql.TIME(precision=2)
postgresql.INTERVAL(precision=3) | postgresql.INTERVAL(fields="DAY TO SECOND") | postgresql.BIT(3)
postgresql.BIT(5, varying=True) | postgresql.BYTEA | postgresql.DOUBLE_PRECISION() | postgresql.NUMERIC(3, 1)
postgresql.HSTORE | postgresql.INT4RANGE | postgresql.MONEY | postgresql.ENUM("a", "b", name="e2")
mysql.INTEGER(unsigned=True) | mysql.INTEGER(display_width=11) | mysql.BIGINT(20, unsigned=True) | mysql.TINYINT(1)
mysql.TINYINT(unsigned=True) | mysql.MEDIUMINT | mysql.DATETIME(fsp=6) | mysql.TIMESTAMP(fsp=3) | mysql.TIME(fsp=2)
mysql.LONGTEXT | mysql.MEDIUMTEXT() | mysql.TINYTEXT | mysql.LONGBLOB | mysql.MEDIUMBLOB | mysql.DOUBLE
mysql.DOUBLE(10, 2) | mysql.DOUBLE(unsigned=True) | mysql.FLOAT(7, 3) | mysql.DECIMAL(9, 2, unsigned=True)
mysql.BIT(8) | mysql.BIT | mysql.YEAR | mysql.VARCHAR(30, charset="latin1") | mysql.CHAR(5, collation="utf8mb4_bin")
mysql.TEXT(300) | mysql.ENUM("q", "r") | mysql.JSON | sqlite.DATETIME() | sqlite.JSON
Integer().with_variant(String(5), "mysql") | Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")
JSON().with_variant(postgresql.JSONB(), "postgresql") | String(10, collation="C")
mutable.MutableDict.as_mutable(JSON) | mutable.MutableList.as_mutable(postgresql.ARRAY(Integer))
"""
WORDS = [each.strip() for line in TYPES.strip().splitlines() for each in line.split(" | ")]


@pytest.mark.parametrize("dialect", URLS)
def test_types_are_spelled_as_sqlalchemy_spells_them(dialect: str) -> None:
    """A type that SQLAlchemy refuses is not known, any other is what its DDL names."""
    names: dict[str, object] = {}
    head = "from sqlalchemy import *\nfrom sqlalchemy.dialects import mysql, postgresql, sqlite\n"
    exec(head + "from sqlalchemy.ext import mutable\nfrom sqlalchemy.types import *", names)
    spoken = create_mock_engine(URLS[dialect], None).dialect  # type: ignore[arg-type]
    expected: dict[str, ColumnType | None] = {}
    lines = []
    for at, word in enumerate(WORDS):
        lines.append(f"    Column('c{at}', {word}),")
        made = eval(word, names)
        column_made = names["Column"]("c", made)  # type: ignore[operator]
        try:
            text = spoken.type_compiler_instance.process(column_made.type)
        except (CompileError, AttributeError):
            expected[f"c{at}"] = None
            continue
        expected[f"c{at}"] = dialect_named(dialect).column_type(
            text.partition(" COLLATE")[0].partition(" CHARACTER SET")[0]
        )
    source = head + "from sqlalchemy.ext import mutable\nt = Table('t', MetaData(),\n" + "\n".join(lines) + "\n)\n"
    report = lint(MemoryTree({"models.py": source}), Config(dialect=dialect), only=())
    [table] = report.catalogs[0][1].tables.values()
    read = {str(name): each.type for name, each in table.columns.items()}
    # What one database's own type is in another is left unknown.
    foreign_types = tuple(f"{name}." for name in ("mysql", "postgresql", "sqlite") if spoken.name != name)
    expected = {c: each for c, each in expected.items() if not WORDS[int(c[1:])].startswith(foreign_types)}
    wrong = {WORDS[int(c[1:])]: (read[c], expected[c]) for c in expected if read[c] != expected[c]}
    assert [f"{k}: {v[0] and v[0].name} != {v[1] and v[1].name}" for k, v in wrong.items()] == []
