"""Real Sequelize 5, 6 and 7 on real servers are the judges: what sync() makes of the projects in tests/oracles/sequelize is what
we read of them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from schemalint.config import Config
from schemalint.dialects import dialect as dialect_named
from schemalint.discover import MemoryTree
from schemalint.equality import same_default
from schemalint.lint import lint
from schemalint.model.catalog import Catalog
from schemalint.model.schema import Column, Expr, Index, Table
from schemalint.model.source import Source
from schemalint.model.types import ColumnType, Family, Outcome

ORACLE = Path(__file__).parent / "oracles" / "sequelize"
GOLDEN: dict[str, Any] = json.loads((ORACLE / "models.json").read_text())
CLASSES = {"postgres": "PostgresDialect", "mariadb": "MariaDbDialect", "sqlite": "SqliteDialect"}


def golden(key: str) -> dict[str, Any]:
    """What was recorded; Sequelize 5 often makes the same as 6."""
    made = GOLDEN[key]
    return golden(made) if isinstance(made, str) else made


@cache
def ours(key: str) -> tuple[Source, Catalog]:
    """Our reading of a project."""
    project, dialect, major = key.split()
    folder = ORACLE / "projects" / project
    files = {
        path.relative_to(folder).as_posix(): path.read_text()
        .replace("DIALECT", dialect)
        .replace("CLASS", CLASSES[dialect])
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    needs = {"@sequelize/core": "7.0.0-alpha.48"} if major == "7" else {"sequelize": f"^{major}.0.0"}
    if project.startswith("decorated"):
        needs["sequelize-typescript"] = "^2.1.6"
    report = lint(MemoryTree({**files, "package.json": json.dumps({"dependencies": needs})}), Config(), only=())
    assert report.broken == ()
    [found] = [pair for pair in report.catalogs if pair[0].parser == "sequelize"]
    return found


def tables(key: str) -> dict[str, Table]:
    return {str(name): table for name, table in ours(key)[1].tables.items()}


def pairs(key: str) -> list[tuple[Table, dict[str, Any]]]:
    """Each table of ours with what was recorded of it."""
    read, made = tables(key), golden(key)["tables"]
    assert sorted(read) == sorted(made)
    return [(read[name], made[name]) for name in made]


SYNCED = [key for key in GOLDEN if golden(key)["refused"] is None]


def test_enough_was_recorded() -> None:
    models = {(key.split()[0], table) for key in SYNCED for table in golden(key)["tables"]}
    assert len(models) >= 150


def test_refusals_are_known() -> None:
    """For MariaDB, Sequelize looks for the indexes of a table with a schema in the wrong database."""
    assert {key.split()[0] for key in GOLDEN if key not in SYNCED} == {"schemas"}
    assert {key.split()[1] for key in GOLDEN if key not in SYNCED} == {"mariadb"}


@pytest.mark.parametrize("key", GOLDEN)
def test_the_dialect_and_nothing_unread(key: str) -> None:
    source, catalog = ours(key)
    assert source.dialect == key.split()[1]
    assert [str(name) for name, table in catalog.tables.items() if table.incomplete] == []


@pytest.mark.parametrize("key", SYNCED)
def test_columns(key: str) -> None:
    dialect = dialect_named(key.split()[1])
    wrong = []
    for table, made in pairs(key):
        expected = {}
        for name, type, nullable, _ in made["columns"]:
            real = dialect.column_type(type)
            expected[name] = [real.name, real, nullable]
        got = {
            str(one.name): [one.type and one.type.name, _stored(one.type), one.nullable]
            for one in table.columns.values()
        }
        wrong += [(str(table.name), name, got.get(name)) for name in expected if got.get(name) != expected[name]]
        if list(got) != list(expected):
            wrong.append((str(table.name), ",".join(got), list(expected)))
    assert wrong == []


@pytest.mark.parametrize("key", SYNCED)
def test_defaults(key: str) -> None:
    dialect = key.split()[1]
    wrong = []
    for table, made in pairs(key):
        for name, type, nullable, default in made["columns"]:
            column = next(one for one in table.columns.values() if str(one.name) == name)
            counted = default is not None and "nextval" in default
            row = dialect == "sqlite" and made["primary"] == [name] and type == "INTEGER"
            stated = None if default is None or default == "NULL" or counted else Expr(default, default)
            real = Column(
                column.name,
                column.span,
                column.type,
                nullable=nullable,
                default=stated,
                has_default=stated is not None,
                identity=column.identity,
            )
            outcome = same_default(column, real, dialect, dialect).outcome
            known = Outcome.SAME if column.default is not None or stated is None else Outcome.UNKNOWN
            got = (bool(column.identity), column.has_default, outcome)
            if got != (counted or row, stated is not None, known):
                wrong.append((str(table.name), name, default, column.default, got))
    assert wrong == []


@pytest.mark.parametrize("key", SYNCED)
def test_keys_and_indexes(key: str) -> None:
    wrong = []
    for table, made in pairs(key):
        uniques = [[str(one.name or ""), *map(str, one.columns)] for one in table.uniques]
        indexes = [[str(one.name), one.unique, *parts(one)] for one in table.indexes]
        real_uniques, real_indexes = made["uniques"], made["indexes"]
        if key.split()[1] == "mariadb":  # its unique keys are indexes, and every foreign key brings one along
            indexes += [[name, True, *columns] for name, *columns in uniques]
            uniques = []
            brought = [[one[0].split(",")[0], False, *one[0].split(",")] for one in made["foreign"]]
            real_indexes = [one for one in real_indexes if one not in brought or one in indexes]
        if key.split()[1] == "sqlite":  # a unique key over the primary key's columns is no index of its own
            uniques = [one for one in uniques if one[1:] != made["primary"]]
        if not all(one[0] for one in uniques):  # a server's own name
            uniques, real_uniques = [one[1:] for one in uniques], [one[1:] for one in real_uniques]
        primary = list(map(str, table.primary_key.columns if table.primary_key else ()))
        got = [primary, foreign_of(table, key.split()[1]), sorted(uniques), sorted(indexes)]
        expected = [made["primary"], made["foreign"], sorted(real_uniques), real_indexes]
        wrong += [(str(table.name), one, real) for one, real in zip(got, expected, strict=True) if one != real]
    assert wrong == []


def _stored(type: ColumnType | None) -> ColumnType | None:
    """MariaDB's JSON is a LONGTEXT."""
    json_text = type is not None and type.family is Family.JSON and type.name == "longtext"
    return dialect_named("mariadb").column_type("longtext") if json_text else type


def foreign_of(table: Table, dialect: str) -> list[list[str]]:
    """MariaDB tells RESTRICT and NO ACTION not apart."""
    same = {"RESTRICT": "NO ACTION"} if dialect == "mariadb" else {}
    return sorted(
        [
            ",".join(map(str, one.columns)),
            str(one.ref_table),
            ",".join(map(str, one.ref_columns)),
            *(same.get(action, action) for action in (one.on_delete or "NO ACTION", one.on_update or "NO ACTION")),
        ]
        for one in table.foreign_keys
    )


def parts(index: Index) -> list[str | None]:
    return [None if part.column is None else str(part.column) for part in index.parts]


def test_every_project_is_written_for_every_dialect() -> None:
    for path in (ORACLE / "projects").rglob("index.*"):
        if path.parent.parent.name == "projects" and path.parent.name != "factory":
            assert re.search(r"DIALECT|CLASS|init-models|require|import", path.read_text()), path
