"""Every way to write a model, each module by itself: what SQLAlchemy's own DDL says is what the static reading says.

A module's `# dialects:` line names the databases it is for, where it is not for all three."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_mock_engine

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import Report, lint
from schemalint.model.catalog import Catalog
from schemalint.model.schema import Column, ForeignKey, Index, Table

FORMS = Path(__file__).parent / "fixtures_sqlalchemy" / "forms"
URLS = {"postgres": "postgresql+psycopg://", "mysql": "mysql+pymysql://", "sqlite": "sqlite://"}
UNKNOWN = {
    *(("typed", "td_scalars", column, "default") for column in ("fetched", "marked")),  # a trigger may set it
    *(("mixins", "cups", "other_rank", part) for part in ("null", "default")),  # Mapped[int] of the mixin is taken over
    ("many_small", "s23", "w", "type"),  # arithmetic is not done
    ("schemas", "core.invoice_kind"),
    ("schemas", "billing.invoice", "kind", "type"),  # 2.0 and 2.1 make the type in different schemas
    *(("columns_like", "cl_pointed", column, part) for column in ("x1", "y1", "y2") for part in ("null", "default")),
}
"""What the source does not say, or no reading can know: left unknown by us, never guessed."""


def cases() -> Iterator[tuple[str, str]]:
    for path in sorted(FORMS.glob("*.py")):
        named = re.search(r"^# dialects: (.+)$", path.read_text(), re.M)
        for dialect in named[1].split() if named else URLS:
            yield path.stem, dialect


def imported(name: str) -> list[MetaData]:
    """The metadata that a module makes, imported afresh."""
    spec = importlib.util.spec_from_file_location(f"forms_{name}", FORMS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    finally:
        sys.modules.pop(spec.name)
    found: dict[int, MetaData] = {}
    for value in vars(module).values():
        held = value if isinstance(value, MetaData) else getattr(value, "metadata", None)
        if isinstance(held, MetaData) and held.tables:
            found[id(held)] = held
    return list(found.values())


def compiled(name: str, dialect: str) -> Catalog:
    """What the SQL reader finds in the DDL that SQLAlchemy sends."""
    statements: dict[str, None] = {}

    def collect(statement: object, *_: object) -> None:
        statements[str(statement.compile(dialect=engine.dialect)).strip()] = None  # type: ignore[attr-defined]

    engine = create_mock_engine(URLS[dialect], collect)
    for each in imported(name):
        each.create_all(engine, checkfirst=False)
    report = lint(MemoryTree({"schema.sql": ";\n".join(statements) + ";\n"}), Config(dialect=dialect), only=())
    return clean(report).catalogs[0][1]


def written(name: str, dialect: str) -> Catalog:
    """What the parser finds in the source."""
    report = lint(MemoryTree({"models.py": (FORMS / f"{name}.py").read_text()}), Config(dialect=dialect), only=())
    [(_, catalog)] = clean(report).catalogs
    assert not catalog.opaque
    return catalog


def clean(report: Report) -> Report:
    assert (report.broken, report.unread, report.unreadable) == ((), (), ())
    return report


def told(table: Table, dialect: str) -> dict[tuple[object, ...], object]:
    """A table as a list of statements, so that a difference names itself."""
    said: dict[tuple[object, ...], object] = {("incomplete",): bool(table.incomplete)}
    for name, each in table.columns.items():
        said |= {(str(name), part): value for part, value in column(each).items()}
    key = table.primary_key
    said["primary key",] = key and (key.name and str(key.name), tuple(map(str, key.columns)))
    said["keys",] = {
        (each.name and str(each.name), tuple(map(str, each.columns)), dialect == "mysql" or "constraint")
        for each in table.uniques
    } | {index(each, dialect) for each in table.indexes}
    said["foreign keys",] = {foreign(each) for each in table.foreign_keys}
    said["checks",] = {(each.name and str(each.name), each.expr) for each in table.checks}
    return said


def column(each: Column) -> dict[str, object]:
    return {
        "type": each.type,
        "null": each.nullable,
        "default": each.has_default if each.has_default is None else bool(each.has_default),
        "identity": bool(each.identity),
        "generated": each.generated,
    }


def index(each: Index, dialect: str) -> tuple[object, ...]:
    parts = tuple(str(p.column) if p.column else p.expr for p in each.parts)
    order = tuple(bool(p.descending) for p in each.parts)
    if dialect == "mysql" and each.unique and not any(order):
        return each.name and str(each.name), parts, True
    return each.name and str(each.name), parts, order, each.unique, each.where, each.method


def foreign(each: ForeignKey) -> tuple[object, ...]:
    columns, referenced = tuple(map(str, each.columns)), tuple(map(str, each.ref_columns))
    return each.name and str(each.name), columns, str(each.ref_table), referenced, each.on_delete, each.on_update


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.MovedIn20Warning")
@pytest.mark.parametrize(("name", "dialect"), list(cases()))
def test_source_and_ddl_agree(name: str, dialect: str) -> None:
    real, ours = compiled(name, dialect), written(name, dialect)
    assert {str(each) for each in ours.tables} == {str(each) for each in real.tables}
    assert {str(each): enum.values for each, enum in ours.enums.items()} == {
        str(each): enum.values for each, enum in real.enums.items() if (name, str(each)) not in UNKNOWN
    }
    wrong = []
    for table, held in real.tables.items():
        right, mine = told(held, dialect), told(ours.tables[table], dialect)
        for part in [*right, *(each for each in mine if each not in right)]:
            unknown = mine.get(part) is None and (name, str(table), *part) in UNKNOWN
            if right.get(part) != mine.get(part) and not unknown:
                wrong.append(f"{table}.{'.'.join(map(str, part))}: {mine.get(part)} is {right.get(part)}")
    assert wrong == []


def test_a_chain_of_classes_too_long_to_follow_is_said() -> None:
    classes = "".join(
        f'class C{n}({f"C{n - 1}" if n else "Base"}):\n    __tablename__ = "c{n}"\n'
        f"    id = Column(Integer, {f'ForeignKey(C{n - 1}.id), ' if n else ''}primary_key=True)\n"
        for n in range(260)
    )
    head = "from sqlalchemy import *\nfrom sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): pass\n"
    report = lint(MemoryTree({"models.py": head + classes}), Config(dialect="sqlite"), only=())
    tables = report.catalogs[0][1].tables
    assert len(tables) == 260
    assert {str(name) for name, table in tables.items() if table.incomplete} >= {"c250", "c259"}
    assert report.unread != ()


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.MovedIn20Warning")
def test_there_are_enough_models() -> None:
    assert sum(len(metadata.tables) for path in FORMS.glob("*.py") for metadata in imported(path.stem)) >= 190
