"""The words that findings quote are those of the servers: each is provoked on a real one and compared.

A statement that the server refuses must be refused by the replay as well, so every case also proves that refusal.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from schemalint.model.catalog import DeploymentPath, Refusal, Step
from schemalint.model.source import Part, Script, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.refusals import _WORDS, server_words
from schemalint.replay import play
from schemalint.sql import read
from tests import servers

USERS = "CREATE TABLE users (id int PRIMARY KEY, a int, b int);"
BOTH = USERS + "CREATE TABLE orders (id int, user_id int);"
INDEX = BOTH + "CREATE INDEX i ON users (a);"
TRIGGER = (
    USERS
    + "CREATE TRIGGER t BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();"
)
VIEW = USERS + "CREATE VIEW v AS SELECT a FROM users;"
CHECK = USERS + "ALTER TABLE users ADD CONSTRAINT c CHECK (a > 0);"
UNIQUE = USERS + "ALTER TABLE users ADD CONSTRAINT c UNIQUE (a);"
FOREIGN = BOTH + "ALTER TABLE orders ADD CONSTRAINT c FOREIGN KEY (user_id) REFERENCES users (id);"
ENUM = "CREATE TYPE mood AS ENUM ('sad');"
PAIR = "CREATE TYPE pair AS (a int, b text);"
TYPED = PAIR + "CREATE TABLE typed OF pair;"
DOMAIN = "CREATE DOMAIN d AS int CONSTRAINT c CHECK (VALUE > 0);"
HASHED = "CREATE TABLE t (a int, b int) PARTITION BY HASH (a);"
LISTED = "CREATE TABLE t (a int, b int) PARTITION BY LIST (a);"

CASES = [
    ("TABLE_EXISTS", "", "postgres mariadb sqlite", USERS, "CREATE TABLE users (id int)"),
    ("TABLE_EXISTS", "view", "sqlite", VIEW, "CREATE TABLE v (id int)"),
    ("TABLE_MISSING", "", "postgres mariadb sqlite", USERS, "ALTER TABLE orders ADD COLUMN x int"),
    ("TABLE_MISSING", "", "postgres mariadb sqlite", USERS, "ALTER TABLE orders RENAME TO purchases"),
    ("TABLE_MISSING", "", "postgres", USERS, "COMMENT ON TABLE orders IS 'x'"),
    ("TABLE_MISSING", "drop", "postgres mariadb", USERS, "DROP TABLE orders"),
    ("COLUMN_EXISTS", "", "postgres mariadb sqlite", USERS, "ALTER TABLE users ADD COLUMN b int"),
    ("COLUMN_EXISTS", "", "postgres mariadb sqlite", USERS, "ALTER TABLE users RENAME COLUMN a TO b"),
    ("COLUMN_EXISTS", "", "postgres", USERS, "ALTER TABLE users RENAME COLUMN a TO a"),
    ("COLUMN_EXISTS", "create", "postgres", USERS, "CREATE TABLE orders (id int, id int)"),
    ("COLUMN_MISSING", "", "mariadb", USERS, "ALTER TABLE users MODIFY x int"),
    ("COLUMN_MISSING", "", "mariadb", USERS, "ALTER TABLE users CHANGE x y int"),
    ("COLUMN_MISSING", "", "mariadb", USERS, "ALTER TABLE users ADD COLUMN y int AFTER x"),
    ("COLUMN_MISSING", "", "postgres", USERS, "ALTER TABLE users ALTER COLUMN x TYPE text"),
    ("COLUMN_MISSING", "", "postgres", USERS, "ALTER TABLE users ALTER COLUMN x SET NOT NULL"),
    ("COLUMN_MISSING", "", "postgres", USERS, "COMMENT ON COLUMN users.x IS 'x'"),
    ("COLUMN_MISSING", "", "postgres sqlite", USERS, "ALTER TABLE users DROP COLUMN x"),
    ("COLUMN_MISSING", "drop", "mariadb", USERS, "ALTER TABLE users DROP COLUMN x"),
    ("COLUMN_MISSING", "", "postgres", USERS, "ALTER TABLE users DROP COLUMN createdAt"),
    ("COLUMN_MISSING", "", "postgres", USERS, 'ALTER TABLE users DROP COLUMN "createdAt"'),
    ("COLUMN_MISSING", "drop", "mariadb", USERS, "ALTER TABLE users DROP COLUMN createdAt"),
    ("COLUMN_MISSING", "rename", "postgres", USERS, "ALTER TABLE users RENAME COLUMN x TO y"),
    ("INDEX_EXISTS", "", "postgres mariadb sqlite", INDEX, "CREATE INDEX i ON users (b)"),
    ("INDEX_EXISTS", "", "postgres sqlite", INDEX, "CREATE INDEX i ON orders (user_id)"),
    ("INDEX_COLUMN_MISSING", "", "postgres mariadb sqlite", USERS, "CREATE INDEX i ON users (x)"),
    ("INDEX_COLUMN_MISSING", "", "postgres sqlite", USERS, "CREATE INDEX i ON users (a) WHERE x IS NULL"),
    ("INDEX_COLUMN_MISSING", "", "postgres sqlite", USERS, "CREATE INDEX i ON users (lower(x))"),
    ("INDEX_COLUMN_MISSING", "", "mariadb", USERS, "CREATE TABLE orders (id int, KEY k (x))"),
    ("INDEX_TABLE_MISSING", "", "postgres mariadb sqlite", USERS, "CREATE INDEX i ON orders (x)"),
    ("CONSTRAINT_EXISTS", "", "postgres", UNIQUE, "ALTER TABLE users ADD CONSTRAINT c UNIQUE (b)"),
    ("CONSTRAINT_EXISTS", "check", "postgres mariadb", CHECK, "ALTER TABLE users ADD CONSTRAINT c CHECK (b > 0)"),
    ("CONSTRAINT_EXISTS", "check", "postgres", CHECK, "ALTER TABLE users ADD CONSTRAINT c UNIQUE (b)"),
    (
        "CONSTRAINT_EXISTS", "foreign key", "postgres", FOREIGN,
        "ALTER TABLE orders ADD CONSTRAINT c FOREIGN KEY (id) REFERENCES users (id)",
    ),
    ("CONSTRAINT_COLUMN_MISSING", "", "postgres", USERS, "ALTER TABLE users ADD CONSTRAINT c UNIQUE (x)"),
    ("INDEX_COLUMN_MISSING", "", "mariadb", USERS, "ALTER TABLE users ADD CONSTRAINT c UNIQUE (x)"),
    ("INDEX_EXISTS", "", "mariadb", UNIQUE, "ALTER TABLE users ADD CONSTRAINT c UNIQUE (b)"),
    ("CONSTRAINT_COLUMN_MISSING", "", "postgres sqlite", USERS, "CREATE TABLE orders (id int, UNIQUE (x))"),
    (
        "CONSTRAINT_COLUMN_MISSING", "", "postgres mariadb sqlite", USERS,
        "CREATE TABLE orders (id int, PRIMARY KEY (x))",
    ),
    ("CONSTRAINT_COLUMN_MISSING", "add primary key", "postgres", BOTH, "ALTER TABLE orders ADD PRIMARY KEY (x)"),
    (
        "CONSTRAINT_COLUMN_MISSING", "check", "postgres mariadb", USERS,
        "ALTER TABLE users ADD CONSTRAINT c CHECK (x > 0)",
    ),
    ("CONSTRAINT_COLUMN_MISSING", "check", "postgres mariadb", USERS, "CREATE TABLE orders (id int, CHECK (x > 0))"),
    (
        "KEY_TABLE_MISSING", "", "postgres mariadb", USERS,
        "CREATE TABLE t (id int, FOREIGN KEY (id) REFERENCES teams (id))",
    ),
    (
        "KEY_TABLE_MISSING", "", "postgres mariadb", BOTH,
        "ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES teams (id)",
    ),
    (
        "KEY_COLUMN_MISSING", "", "postgres mariadb", BOTH,
        "ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES users (x)",
    ),
    ("KEY_COLUMN_MISSING", "", "postgres", BOTH, "ALTER TABLE orders ADD FOREIGN KEY (x) REFERENCES users (id)"),
    ("KEY_COLUMN_MISSING", "own", "mariadb", BOTH, "ALTER TABLE orders ADD FOREIGN KEY (x) REFERENCES users (id)"),
    (
        "KEY_COLUMN_MISSING", "own", "mariadb sqlite", USERS,
        "CREATE TABLE t (id int, FOREIGN KEY (x) REFERENCES users (id))",
    ),
    ("OBJECT_MISSING", "drop index", "postgres sqlite", USERS, "DROP INDEX i"),
    ("OBJECT_MISSING", "drop index", "mariadb", USERS, "DROP INDEX i ON users"),
    ("OBJECT_MISSING", "drop index", "mariadb", USERS, "ALTER TABLE users DROP INDEX i"),
    ("OBJECT_MISSING", "rename index", "postgres", USERS, "ALTER INDEX i RENAME TO j"),
    ("OBJECT_MISSING", "rename index", "mariadb", USERS, "ALTER TABLE users RENAME INDEX i TO j"),
    ("OBJECT_MISSING", "constraint", "postgres mariadb", USERS, "ALTER TABLE users DROP CONSTRAINT c"),
    ("OBJECT_MISSING", "foreign key", "mariadb", USERS, "ALTER TABLE users DROP FOREIGN KEY c"),
    ("OBJECT_MISSING", "primary key", "mariadb", BOTH, "ALTER TABLE orders DROP PRIMARY KEY"),
    ("OBJECT_MISSING", "rename constraint", "postgres", USERS, "ALTER TABLE users RENAME CONSTRAINT c TO d"),
    ("OBJECT_MISSING", "type", "postgres", USERS, "DROP TYPE mood"),
    ("OBJECT_MISSING", "type", "postgres", USERS, "ALTER TYPE mood ADD VALUE 'glad'"),
    ("OBJECT_MISSING", "view", "postgres mariadb sqlite", USERS, "DROP VIEW v"),
    ("TABLE_EXISTS", "index", "sqlite", INDEX, "CREATE TABLE i (id int)"),
    ("TABLE_EXISTS", "rename", "sqlite", BOTH, "ALTER TABLE users RENAME TO orders"),
    ("TABLE_EXISTS", "rename", "postgres mariadb", BOTH, "ALTER TABLE users RENAME TO orders"),
    ("INDEX_EXISTS", "table", "sqlite", BOTH, "CREATE INDEX orders ON users (a)"),
    ("INDEX_EXISTS", "table", "postgres", BOTH, "CREATE INDEX orders ON users (a)"),
    ("PRIMARY_KEY_EXISTS", "", "postgres mariadb", USERS, "ALTER TABLE users ADD PRIMARY KEY (a)"),
    ("VIEW_EXISTS", "", "postgres mariadb", VIEW, "CREATE VIEW v AS SELECT 1 AS x"),
    ("VIEW_TABLE_MISSING", "", "postgres mariadb", USERS, "CREATE VIEW v AS SELECT id FROM orders"),
    ("ROW_COLUMN_MISSING", "", "postgres sqlite", USERS, "INSERT INTO users (x) VALUES (1)"),
    ("ROW_COLUMN_MISSING", "update", "postgres sqlite", USERS, "UPDATE users SET x = 1"),
    ("READ_COLUMN_MISSING", "", "postgres sqlite", USERS, "DELETE FROM users WHERE x = 1"),
    ("KEY_UNMATCHED", "", "postgres sqlite", USERS, "INSERT INTO users (id, a) VALUES (1, 1) ON CONFLICT (a) DO NOTHING"),
    ("ROW_REFUSED", "", "postgres", USERS, "INSERT INTO users (a) VALUES (1)"),
    ("ROW_REFUSED", "", "postgres mariadb", USERS, "INSERT INTO users (id, id) VALUES (1, 2)"),
    ("ROW_REFUSED", "", "postgres mariadb sqlite", USERS, "INSERT INTO users (id, a) VALUES (1)"),
    ("ROW_REFUSED", "", "postgres mariadb sqlite", USERS, "INSERT INTO users (id) VALUES (1, 2)"),
    ("OBJECT_EXISTS", "sequence", "postgres", USERS + "CREATE SEQUENCE s;", "CREATE SEQUENCE s"),
    ("OBJECT_EXISTS", "schema", "postgres", USERS + "CREATE SCHEMA zone;", "CREATE SCHEMA zone"),
    ("OBJECT_EXISTS", "extension", "postgres", USERS + "CREATE EXTENSION IF NOT EXISTS plpgsql;", "CREATE EXTENSION plpgsql"),
    ("OBJECT_EXISTS", "trigger", "postgres", TRIGGER, TRIGGER.split(";")[-2]),
    (
        "OBJECT_MISSING", "sequence", "postgres", USERS + "CREATE SEQUENCE s; DROP SEQUENCE s;",
        "DROP SEQUENCE s",
    ),
    ("OBJECT_MISSING", "trigger", "postgres", TRIGGER + "DROP TRIGGER t ON users;", "DROP TRIGGER t ON users"),
    ("DEPENDED_ON", "view", "postgres", VIEW + "CREATE VIEW w AS SELECT a FROM v;", "DROP VIEW v"),
    (
        "DEPENDED_ON", "sequence", "postgres",
        "CREATE SEQUENCE s; CREATE TABLE users (id int DEFAULT nextval('s'));", "DROP SEQUENCE s",
    ),
    ("DEPENDED_ON", "schema", "postgres", "CREATE SCHEMA area; CREATE TABLE area.users (id int);", "DROP SCHEMA area"),
    ("DEPENDED_ON", "truncate", "postgres mariadb", FOREIGN, "TRUNCATE TABLE users"),
    ("UNKEYED", "", "mariadb", "CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY, b int);", "ALTER TABLE t DROP PRIMARY KEY"),
    ("UNKEYED", "", "mariadb", USERS, "ALTER TABLE users MODIFY a int AUTO_INCREMENT"),
    ("KEY_LACKS_PARTITION", "", "mariadb", HASHED, "ALTER TABLE t ADD UNIQUE (b)"),
    ("KEY_LACKS_PARTITION", "primary", "mariadb", HASHED, "ALTER TABLE t ADD PRIMARY KEY (b)"),
    ("KEY_LACKS_PARTITION", "", "postgres", LISTED, "CREATE UNIQUE INDEX i ON t (b)"),
    ("DEPENDED_ON", "retyped", "postgres", VIEW, "ALTER TABLE users ALTER COLUMN a TYPE bigint"),
    (
        "DEPENDED_ON", "generated", "postgres",
        "CREATE TABLE users (a int, b int GENERATED ALWAYS AS (a * 2) STORED);", "ALTER TABLE users ALTER COLUMN a TYPE bigint",
    ),
    ("DEPENDED_ON", "nullable key", "postgres", USERS, "ALTER TABLE users ALTER COLUMN id DROP NOT NULL"),
    (
        "DEPENDED_ON", "nullable", "postgres",
        "CREATE TABLE users (id int GENERATED ALWAYS AS IDENTITY);", "ALTER TABLE users ALTER COLUMN id DROP NOT NULL",
    ),
    (
        "DEPENDED_ON", "table", "postgres",
        "CREATE TABLE users (id serial); CREATE TABLE orders (id int DEFAULT nextval('users_id_seq'));", "DROP TABLE users",
    ),
    (
        "DEPENDED_ON", "column", "postgres",
        "CREATE TABLE users (id serial, n int DEFAULT nextval('users_id_seq'));", "ALTER TABLE users DROP COLUMN id",
    ),
    ("DEPENDED_ON", "table", "postgres", VIEW, "DROP TABLE users"),
    ("DEPENDED_ON", "column", "postgres", VIEW, "ALTER TABLE users DROP COLUMN a"),
    (
        "DEPENDED_ON", "index", "mariadb",
        "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE orders (id int, u int, FOREIGN KEY (u) REFERENCES users (id));",
        "DROP INDEX u ON orders",
    ),
    ("DEPENDED_ON", "table", "postgres mariadb", FOREIGN, "DROP TABLE users"),
    ("DEPENDED_ON", "column", "postgres", FOREIGN, "ALTER TABLE users DROP COLUMN id"),
    ("DEPENDED_ON", "constraint", "postgres", FOREIGN, "ALTER TABLE users DROP CONSTRAINT users_pkey"),
    ("DEPENDED_ON", "index", "postgres", USERS, "DROP INDEX users_pkey"),
    (
        "DEPENDED_ON", "index", "postgres",
        BOTH + "CREATE UNIQUE INDEX i ON users (a); ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (a);",
        "DROP INDEX i",
    ),
    ("DEPENDED_ON", "type", "postgres", ENUM + "CREATE TABLE t (c mood);", "DROP TYPE mood"),
    ("DEPENDED_ON", "type", "postgres", TYPED, "DROP TYPE pair"),
    ("DEPENDED_ON", "type", "postgres", PAIR + "CREATE TYPE two AS (p pair[]);", "DROP TYPE pair"),
    ("DEPENDED_ON", "type", "postgres", DOMAIN + "CREATE DOMAIN e AS d;", "DROP DOMAIN d"),
    ("DEPENDED_ON", "composite", "postgres", TYPED, "ALTER TYPE pair ADD ATTRIBUTE c int"),
    ("DEPENDED_ON", "composite", "postgres", TYPED, "ALTER TYPE pair RENAME ATTRIBUTE a TO c"),
    ("DEPENDED_ON", "composite", "postgres", TYPED, "ALTER TYPE pair DROP ATTRIBUTE IF EXISTS z"),
    (
        "DEPENDED_ON", "used composite", "postgres",
        TYPED + "CREATE TABLE uses (p pair);", "ALTER TYPE pair ALTER ATTRIBUTE a TYPE bigint CASCADE",
    ),
    ("DEPENDED_ON", "typed AddColumn", "postgres", TYPED, "ALTER TABLE typed ADD COLUMN c int"),
    ("DEPENDED_ON", "typed DropColumn", "postgres", TYPED, "ALTER TABLE typed DROP COLUMN b"),
    ("DEPENDED_ON", "typed RenameColumn", "postgres", TYPED, "ALTER TABLE typed RENAME b TO c"),
    ("DEPENDED_ON", "typed AlterColumn", "postgres", TYPED, "ALTER TABLE typed ALTER COLUMN a TYPE bigint"),
    ("COLUMN_EXISTS", "", "postgres", TYPED, "ALTER TYPE pair ADD ATTRIBUTE b int CASCADE"),
    ("COLUMN_EXISTS", "create", "postgres", ENUM, "CREATE TYPE two AS (a int, a int)"),
    ("COLUMN_MISSING", "", "postgres", PAIR, "ALTER TYPE pair DROP ATTRIBUTE z"),
    ("COLUMN_MISSING", "", "postgres", PAIR, "ALTER TYPE pair ALTER ATTRIBUTE z TYPE text"),
    ("COLUMN_MISSING", "rename", "postgres", PAIR, "ALTER TYPE pair RENAME ATTRIBUTE z TO y"),
    ("COLUMN_MISSING", "rename", "postgres", PAIR, "CREATE TABLE typed OF pair (c WITH OPTIONS DEFAULT 3)"),
    ("OBJECT_MISSING", "composite", "postgres", USERS + PAIR, "ALTER TYPE pairs ADD ATTRIBUTE c int"),
    ("OBJECT_MISSING", "type", "postgres", USERS + DOMAIN, "ALTER DOMAIN e SET DEFAULT 3"),
    ("OBJECT_MISSING", "type", "postgres", USERS + DOMAIN, "ALTER DOMAIN e DROP CONSTRAINT IF EXISTS c"),
    ("OBJECT_MISSING", "domain", "postgres", DOMAIN, "ALTER DOMAIN d DROP CONSTRAINT k"),
    ("OBJECT_MISSING", "domain", "postgres", DOMAIN, "ALTER DOMAIN d VALIDATE CONSTRAINT k"),
    ("OBJECT_MISSING", "rename domain", "postgres", DOMAIN, "ALTER DOMAIN d RENAME CONSTRAINT k TO l"),
    (
        "CONSTRAINT_EXISTS", "foreign key", "postgres",
        "CREATE TABLE users (id int PRIMARY KEY, a int CONSTRAINT c CHECK (a > 0));", "ALTER INDEX users_pkey RENAME TO c",
    ),
    ("CONSTRAINT_EXISTS", "domain", "postgres", DOMAIN, "ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 1)"),
    (
        "CONSTRAINT_EXISTS", "rename domain", "postgres",
        DOMAIN + "ALTER DOMAIN d ADD CHECK (VALUE > 1);", "ALTER DOMAIN d RENAME CONSTRAINT c TO d_check",
    ),
    ("TYPE_EXISTS", "", "postgres", ENUM, "CREATE TYPE mood AS ENUM ('sad')"),
]  # fmt: skip
"""Refusal, kind of statement, the servers that answer it in words we quote, what is there before, the statement."""

BY_SERVER = [
    pytest.param(dialect, refusal, before, statement, id=f"{dialect}: {statement}")
    for refusal, _, dialects, before, statement in CASES
    for dialect in dialects.split()
]


@pytest.fixture(scope="session")
def connections(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Connections to the servers that were asked for so far."""
    managers = []
    folder = tmp_path_factory.mktemp("servers")

    class Connections(dict[str, Any]):
        def __missing__(self, dialect: str) -> Any:
            manager = getattr(servers, dialect)(folder)
            self[dialect] = manager.__enter__()
            managers.append(manager)
            return self[dialect]

    yield Connections()
    for manager in managers:
        manager.__exit__(None, None, None)


def _heard(dialect: str, connections: dict[str, Any], before: str, statement: str) -> str:
    """What the server says to the statement, with its code behind it as findings quote it."""
    if dialect == "sqlite":
        own = sqlite3.connect(":memory:")
        own.executescript(before)
        with pytest.raises(sqlite3.Error) as refused:
            own.execute(statement)
        own.close()
        return str(refused.value)
    connection = connections[dialect]
    setup = [one for one in before.split(";") if one]
    if dialect == "postgres":
        import psycopg

        connection.execute("DROP SCHEMA IF EXISTS asked CASCADE; CREATE SCHEMA asked; SET search_path = asked")
        for one in setup:
            connection.execute(one)
        with pytest.raises(psycopg.Error) as wrong:
            connection.execute(statement)
        return f"{wrong.value.diag.message_primary} ({wrong.value.sqlstate})"
    import pymysql

    cursor = connection.cursor()
    for one in ("DROP DATABASE IF EXISTS asked", "CREATE DATABASE asked", "USE asked", *setup):
        cursor.execute(one)
    with pytest.raises(pymysql.MySQLError) as denied:
        cursor.execute(statement)
    number, text = denied.value.args
    return f"{text} ({number})"


@pytest.mark.parametrize(("dialect", "refusal", "before", "statement"), BY_SERVER)
def test_words(dialect: str, refusal: str, before: str, statement: str, connections: dict[str, Any]) -> None:
    heard = _heard(dialect, connections, before, statement)
    facts = read(SourceFile("a.sql", f"{before}\n{statement};\n"), dialect).facts
    script = Script("a.sql", "1", facts)
    states = frozenset(Part)
    source = Source("t:.", SourceKind.MIGRATIONS, "t", ".", dialect, "the test", states, (script,), ("a.sql",))
    path = DeploymentPath("test", "default", dialect, (Step(source),))
    problems = play(path, {}).problems
    assert [problem.refusal.name for problem in problems] == [refusal]
    words = server_words(problems[0], dialect)
    assert words is not None
    said = words.split(": ", 1)[1]
    pattern = ".*".join(map(re.escape, said.split("…")))
    assert re.search(pattern, heard), f"we quote {said!r}, the server says {heard!r}"


def test_every_quoted_text_was_heard() -> None:
    heard = {
        _WORDS[dialect].get((Refusal[refusal], kind))
        for refusal, kind, dialects, *_ in CASES
        for dialect in dialects.split()
    }
    quoted = {
        text for dialect, words in _WORDS.items() if dialect not in ("mysql", "tsql") for text in words.values() if text
    }
    assert quoted - heard == set()
