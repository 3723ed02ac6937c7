"""What the drift rules state about servers and ORMs, put to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from schemalint.model.types import Family
from schemalint.rules.type_mismatch import REFUSED
from tests import servers

_VALUES = {
    Family.UUID: ["6f1e3b1c-52c7-4f4e-9f9a-0d3b6e3a1b2c", "12345678-1234-1234-1234-123456789012"],
    Family.INTEGER: ["5", "1700000000"],
    Family.DECIMAL: ["1.5", "12.25"],
    Family.FLOAT: ["1.5", "12.25"],
    Family.BOOLEAN: ["true", "false"],
    Family.DATE: ["2024-02-01"],
    Family.TIMESTAMP: ["2024-02-01 10:11:12"],
}
"""Values as texts, which is the most lenient way to send them: a typed one is refused where its text is."""
_COLUMNS = {
    "postgres": {
        Family.UUID: ["uuid"],
        Family.INTEGER: ["smallint", "integer", "bigint"],
        Family.DECIMAL: ["numeric", "numeric(10,2)"],
        Family.FLOAT: ["real", "double precision"],
        Family.BOOLEAN: ["boolean"],
        Family.DATE: ["date"],
        Family.TIMESTAMP: ["timestamp", "timestamptz"],
    },
    "mysql": {
        Family.UUID: ["uuid"],
        Family.INTEGER: ["int", "bigint unsigned"],
        Family.DECIMAL: ["decimal(10,2)"],
        Family.FLOAT: ["float", "double"],
        Family.BOOLEAN: ["tinyint(1)"],
        Family.DATE: ["date"],
        Family.TIMESTAMP: ["datetime", "timestamp"],
    },
}


def _accepted(run: Any, server: str) -> Iterator[str]:
    """The values that went in although the rule says that they do not."""
    refusals: tuple[type[Exception], ...]
    if server == "postgres":
        import psycopg

        refusals = (psycopg.errors.DataError, psycopg.errors.ProgrammingError)
    else:
        import pymysql

        refusals = (pymysql.err.DataError, pymysql.err.OperationalError)
    for ours, columns in REFUSED[server].items():
        for theirs in columns:
            for column in _COLUMNS[server][theirs]:
                run(f"CREATE TABLE t (c {column})")
                for value in _VALUES[ours]:
                    try:
                        run(f"INSERT INTO t VALUES ('{value}')")
                    except refusals:
                        continue
                    yield f"{ours.value} {value} into {column}"
                run("DROP TABLE t")


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with servers.postgres(tmp_path_factory.mktemp("drift")) as connection:
        yield connection


@pytest.fixture(scope="module")
def mariadb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with servers.mariadb(tmp_path_factory.mktemp("drift")) as connection:
        cursor = connection.cursor()
        cursor.execute("CREATE DATABASE d")
        cursor.execute("USE d")
        yield cursor


def test_postgres_refuses_what_sl304_calls_refused(postgres: Any) -> None:
    assert list(_accepted(postgres.execute, "postgres")) == []


def test_mariadb_refuses_what_sl304_calls_refused(mariadb: Any) -> None:
    assert list(_accepted(mariadb.execute, "mysql")) == []


def test_sqlite_makes_numbers_of_texts() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (c integer)")
    connection.execute("INSERT INTO t VALUES ('007')")
    assert connection.execute("SELECT c FROM t").fetchone() == (7,)


def test_sqlalchemy_sends_null_and_not_the_default_of_the_database() -> None:
    """SL306 and SL307: a column without a default of the model is sent as NULL when nobody set it."""
    from sqlalchemy import Integer, String, create_engine, text
    from sqlalchemy.exc import IntegrityError
    from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

    class Base(DeclarativeBase):
        pass

    class Thing(Base):
        __tablename__ = "things"
        id = mapped_column(Integer, primary_key=True)
        state = mapped_column(String)

    class Other(Base):
        __tablename__ = "others"
        id = mapped_column(Integer, primary_key=True)
        state = mapped_column(String)

    engine = create_engine("sqlite://")
    with engine.connect() as connection, Session(connection) as session:
        connection.execute(text("CREATE TABLE things (id integer PRIMARY KEY, state text DEFAULT 'new')"))
        connection.execute(text("CREATE TABLE others (id integer PRIMARY KEY, state text NOT NULL DEFAULT 'new')"))
        session.add(Thing())
        session.flush()
        assert connection.execute(text("SELECT state FROM things")).scalar() is None
        session.add(Other())
        with pytest.raises(IntegrityError, match="NOT NULL constraint failed"):
            session.flush()
    engine.dispose()


_TOO_LARGE = [
    ("varchar(3)", "'abcd'"),
    ("smallint", "32768"),
    ("integer", "2147483648"),
    ("bigint", "9223372036854775808"),
    ("decimal(5,2)", "1000"),
]


@pytest.mark.parametrize(("column", "value"), _TOO_LARGE)
def test_postgres_refuses_what_sl305_calls_refused(postgres: Any, column: str, value: str) -> None:
    import psycopg

    postgres.execute(f"CREATE TEMPORARY TABLE t (c {column})")
    with pytest.raises(psycopg.errors.DataError):
        postgres.execute(f"INSERT INTO t VALUES ({value})")
    postgres.execute("DROP TABLE t")


@pytest.mark.parametrize(("column", "value"), [*_TOO_LARGE, ("int unsigned", "-1"), ("varbinary(2)", "'abc'")])
def test_mariadb_refuses_what_sl305_calls_refused(mariadb: Any, column: str, value: str) -> None:
    import pymysql

    mariadb.execute(f"CREATE TEMPORARY TABLE t (c {column})")
    with pytest.raises(pymysql.err.DataError):
        mariadb.execute(f"INSERT INTO t VALUES ({value})")
    mariadb.execute("DROP TABLE t")


def test_both_round_what_sl305_calls_rounded(postgres: Any, mariadb: Any) -> None:
    for run in (postgres.execute, mariadb.execute):
        run("CREATE TEMPORARY TABLE r (c decimal(5,2))")
        run("INSERT INTO r VALUES (1.239)")
    assert str(postgres.execute("SELECT c FROM r").fetchone()[0]) == "1.24"
    mariadb.execute("SELECT c FROM r")
    assert str(mariadb.fetchone()[0]) == "1.24"


def test_sqlalchemy_refuses_to_read_a_value_that_it_does_not_know() -> None:
    """SL312."""
    from sqlalchemy import Column, Enum, Integer, MetaData, Table, create_engine, select, text

    table = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("s", Enum("a", "b")))
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE t (id integer PRIMARY KEY, s text)"))
        connection.execute(text("INSERT INTO t VALUES (1, 'c')"))
        with pytest.raises(LookupError, match="'c' is not among the defined enum values"):
            connection.execute(select(table.c.s)).all()
    engine.dispose()


def test_servers_refuse_a_value_that_is_not_of_the_enumeration(postgres: Any, mariadb: Any) -> None:
    """SL312. MariaDB looks at neither letter case nor blanks at the end."""
    import psycopg
    import pymysql

    postgres.execute("CREATE TYPE mood AS ENUM ('sad')")
    postgres.execute("CREATE TEMPORARY TABLE m (c mood)")
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        postgres.execute("INSERT INTO m VALUES ('Sad')")
    mariadb.execute("CREATE TEMPORARY TABLE m (c ENUM('sad'))")
    mariadb.execute("INSERT INTO m VALUES ('SAD'), ('sad ')")
    with pytest.raises(pymysql.err.DataError, match="Data truncated"):
        mariadb.execute("INSERT INTO m VALUES ('glad')")


def test_postgres_indexes_a_column_twice(postgres: Any) -> None:
    """SL210: a warning, for it is not refused."""
    postgres.execute("CREATE TEMPORARY TABLE i (a int)")
    postgres.execute("CREATE UNIQUE INDEX ON i (a, a)")


def test_sqlalchemy_with_psycopg_sends_text_as_varchar(postgres: Any) -> None:
    """SL304: which PostgreSQL refuses for a uuid and for json, whatever the text."""
    import psycopg
    from sqlalchemy import Column, MetaData, String, Table, create_engine
    from sqlalchemy.exc import ProgrammingError

    postgres.execute("CREATE TABLE texts (u uuid, j jsonb)")
    dsn = postgres.info.dsn
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn))
    table = Table("texts", MetaData(), Column("u", String), Column("j", String))
    for values in ({"u": _VALUES[Family.UUID][0]}, {"j": "{}"}):
        with (
            engine.connect() as connection,
            pytest.raises(ProgrammingError, match="but expression is of type character varying"),
        ):
            connection.execute(table.insert().values(values))
    engine.dispose()
