"""What dialects answer. Types are judged by the servers themselves in tests/sql; here stands what no server shows."""

from __future__ import annotations

import pytest

from schemalint.dialects import NAMES, NameKind, dialect
from schemalint.model.types import Family


def never(name: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("name", "text", "quoted", "kind", "key"),
    [
        ("postgres", "User_ID", False, NameKind.COLUMN, "user_id"),
        ("postgres", "User_ID", True, NameKind.COLUMN, "User_ID"),
        ("postgres", "x" * 70, True, NameKind.INDEX, "x" * 63),
        ("postgres", "é" * 40, False, NameKind.TABLE, "é" * 31),
        ("mysql", "Users", False, NameKind.TABLE, "Users"),
        ("mysql", "User_ID", True, NameKind.COLUMN, "user_id"),
        ("mariadb", "Idx", False, NameKind.INDEX, "idx"),
        ("sqlite", "Users", True, NameKind.TABLE, "users"),
        ("tsql", "Users", True, NameKind.TABLE, "users"),
        ("generic", "Users", True, NameKind.TABLE, "users"),
    ],
)
def test_folding(name: str, text: str, quoted: bool, kind: NameKind, key: str) -> None:
    assert dialect(name).fold(text, quoted, kind) == key
    assert dialect(name).fold(key, True, kind) == key


def test_postgres_shortens_the_longer_part_first() -> None:
    """Made by PostgreSQL for a table of 40 letters and a column of 40: see tests/sql/scripts/postgres/names.sql."""
    made = dialect("postgres").unique_name("t" * 40, ("c" * 40,), never)
    assert made == "t" * 29 + "_" + "c" * 29 + "_key"


def test_names_that_are_taken_are_counted_on() -> None:
    taken = {"t_a_idx", "t_a_idx1"}
    assert dialect("postgres").index_name("t", ("a",), taken.__contains__) == "t_a_idx2"
    assert dialect("mysql").index_name("t", ("a", "b"), {"a", "a_2"}.__contains__) == "a_3"
    assert dialect("mysql").foreign_key_name("t", ("a",), {"t_ibfk_1"}.__contains__) == "t_ibfk_2"
    assert dialect("mariadb").check_name("t", (), never) == "CONSTRAINT_1"
    assert dialect("mysql").check_name("t", (), never) == "t_chk_1"


@pytest.mark.parametrize("name", ["sqlite", "tsql", "generic"])
def test_nameless_keys(name: str) -> None:
    found = dialect(name)
    assert found.primary_key_name("t") is None
    assert found.unique_name("t", ("a",), never) is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "raw", ["", "(", "int(", "varchar(9", "a.b.c.d", "int)", "'x'", "enum(", "text[", "é", "1", "int(x)", "x" * 9999]
)
def test_odd_types_are_unknown_or_other(name: str, raw: str) -> None:
    found = dialect(name).column_type(raw)
    assert found is None or found.family in (Family.OTHER, Family.INTEGER, Family.TEXT, Family.ENUM)


def test_user_types_are_named() -> None:
    postgres = dialect("postgres")
    for raw, key in [
        ("mood", "mood"),
        ("Mood", "mood"),
        ('"Mood"', "Mood"),
        ("public.mood", "mood"),
        ("app.mood", "app.mood"),
    ]:
        found = postgres.column_type(raw)
        assert found is not None
        assert (found.family, found.user_type) == (Family.OTHER, key)
    for raw in ("inet", "citext", "hstore", "geometry(Point, 4326)", "vector(3)", "xml", "extensions.vector(3)"):
        found = postgres.column_type(raw)
        assert found is not None
        assert found.user_type is None, raw


@pytest.mark.parametrize(
    ("raw", "family", "size"),
    [
        ("varchar(9)", Family.TEXT, 9),
        ("real", Family.FLOAT, None),
        ("text", Family.TEXT, None),
        ("int", Family.INTEGER, 32),
        ("datetime", Family.TIMESTAMP, None),
        ("nvarchar(9)", Family.TEXT, 9),
        ("mood", Family.OTHER, None),
    ],
)
def test_what_databases_disagree_about_stays_unknown(raw: str, family: Family, size: int | None) -> None:
    found = dialect("generic").column_type(raw)
    assert found is not None
    assert (found.family, found.size) == (family, size)


def test_mysql_keeps_one_width() -> None:
    mysql = dialect("mysql")
    names = {raw: found.name for raw in _WIDTHS if (found := mysql.column_type(raw))}
    assert names == _WIDTHS


_WIDTHS = {
    "int(11)": "int",
    "INT(10) UNSIGNED": "int unsigned",
    "tinyint(1)": "tinyint(1)",
    "boolean": "tinyint(1)",
    "tinyint(4)": "tinyint",
    "bigint(20) unsigned": "bigint unsigned",
}
