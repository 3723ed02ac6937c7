"""Dumps are judged by servers: the dump of a script makes the same database as the script itself."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.reporters.dump import bare, dumper, formats
from tests.servers import postgres

POSTGRES = """
CREATE SCHEMA app;
CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
CREATE TABLE users (
  id SERIAL PRIMARY KEY,
  email VARCHAR(255) NOT NULL UNIQUE,
  "Odd Name" text DEFAULT 'it''s',
  mood mood NOT NULL DEFAULT 'sad',
  tags text[],
  amount NUMERIC(10, 2) DEFAULT 0 CHECK (amount >= 0),
  made TIMESTAMPTZ NOT NULL DEFAULT now(),
  total NUMERIC(10, 2) GENERATED ALWAYS AS (amount * 2) STORED
);
CREATE TABLE app.posts (
  id bigint GENERATED ALWAYS AS IDENTITY,
  user_id int NOT NULL REFERENCES users ON DELETE CASCADE,
  parent bigint,
  title text,
  CONSTRAINT posts_key PRIMARY KEY (id),
  CONSTRAINT one_title UNIQUE (user_id, title)
);
ALTER TABLE app.posts ADD CONSTRAINT to_parent FOREIGN KEY (parent) REFERENCES app.posts (id) ON UPDATE SET NULL;
CREATE UNIQUE INDEX title_once ON app.posts (lower(title)) WHERE title IS NOT NULL;
CREATE INDEX newest ON users (made DESC, email);
CREATE INDEX ON users USING gin (tags);
"""
SQLITE = """
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, "odd name" VARCHAR(20) DEFAULT 'x', plain);
CREATE TABLE posts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  score REAL DEFAULT 0 CHECK (score >= 0),
  UNIQUE (user_id, score)
);
CREATE INDEX by_score ON posts (score DESC) WHERE score > 1;
"""
MYSQL = """
CREATE TABLE users (
  id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(191) NOT NULL,
  note TEXT,
  kind ENUM('a', 'b') NOT NULL DEFAULT 'a',
  UNIQUE KEY email_once (email),
  KEY by_note (note(20))
) ENGINE=InnoDB;
CREATE TABLE posts (
  id BIGINT NOT NULL AUTO_INCREMENT,
  user_id INT UNSIGNED,
  PRIMARY KEY (id),
  CONSTRAINT of_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL
);
"""


def dump(form: str, sql: str, dialect: str) -> str:
    report = lint(MemoryTree({"schema.sql": sql}), Config(dialect=dialect), only=())
    assert not report.broken
    assert not report.unread
    out = io.StringIO()
    dumper(form)(report.catalogs, report.files, out)
    return out.getvalue()


def reflected(engine: sqlalchemy.Engine, schemas: tuple[str | None, ...] = (None,)) -> dict[str, Any]:
    """Everything SQLAlchemy sees, in an order of its own."""
    found: dict[str, Any] = {}
    inspector = sqlalchemy.inspect(engine)
    for schema in schemas:
        for table in inspector.get_table_names(schema):
            found[f"{schema}.{table}"] = {
                "columns": [
                    {
                        **{key: str(column.get(key)) for key in ("name", "type", "nullable", "computed")},
                        "default": None if column.get("identity") else _default(column["default"]),
                        "counts": bool(column.get("identity")) or "nextval" in str(column["default"]),
                    }
                    for column in inspector.get_columns(table, schema)
                ],
                "primary key": inspector.get_pk_constraint(table, schema),
                "unique": sorted(map(str, inspector.get_unique_constraints(table, schema))),
                "indexes": sorted(map(str, inspector.get_indexes(table, schema))),
                "foreign keys": sorted(map(str, inspector.get_foreign_keys(table, schema))),
                "checks": sorted(map(str, inspector.get_check_constraints(table, schema))),
            }
    return found


def _default(text: str | None) -> str | None:
    return None if text is None or "nextval" in text else text


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with postgres(tmp_path_factory.mktemp("server")) as connection:
        yield connection


def test_postgres_makes_the_same_of_the_dump(server: Any) -> None:
    info = server.info
    found = []
    for name, text in (("original", POSTGRES), ("dumped", dump("sql", POSTGRES, "postgres"))):
        server.execute(f"CREATE DATABASE {name}")
        url = sqlalchemy.URL.create(
            "postgresql+psycopg", info.user, info.password or None, database=name, query={"host": info.host}
        )
        engine = sqlalchemy.create_engine(url)
        with engine.begin() as connection:
            connection.exec_driver_sql(text)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "Skipped unsupported reflection of expression-based index"
            found.append(reflected(engine, (None, "app")))
        engine.dispose()
    assert len(found[0]) == 2
    assert found[0] == found[1]


KEPT = """
CREATE TABLE kept (
  x text STORAGE external COMPRESSION pglz, y text, z varchar(10) STORAGE PLAIN, n int, secret text COMPRESSION default
);
ALTER TABLE kept ALTER y SET STORAGE MAIN, ALTER COLUMN y SET COMPRESSION pglz;
CREATE TABLE stored (LIKE kept INCLUDING STORAGE);
CREATE TABLE compressed (LIKE kept INCLUDING COMPRESSION);
CREATE TABLE bare (LIKE kept);
CREATE UNLOGGED TABLE whole (LIKE kept INCLUDING ALL);
CREATE TABLE below () INHERITS (kept);
ALTER TABLE kept ALTER x TYPE varchar(30), ALTER z SET STORAGE DEFAULT;
ALTER TABLE kept ALTER y SET COMPRESSION DEFAULT, ALTER secret SET COMPRESSION pglz;
CREATE UNLOGGED TABLE quick (id int PRIMARY KEY);
CREATE UNLOGGED TABLE logged (id int);
ALTER TABLE logged SET LOGGED;
ALTER TABLE bare SET UNLOGGED;
ALTER TABLE kept ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE stored ENABLE ROW LEVEL SECURITY;
ALTER TABLE quick FORCE ROW LEVEL SECURITY;
ALTER TABLE bare ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE bare DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
"""
_SHOWN = (
    "SELECT c.relname, c.relpersistence::text, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c"
    " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1",
    "SELECT c.relname, a.attname, a.attstorage::text, a.attcompression::text FROM pg_attribute a"
    " JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 ORDER BY 1, 2",
)


def test_postgres_keeps_rows_the_same_way(server: Any) -> None:
    found = []
    for text in (KEPT, dump("sql", KEPT, "postgres")):
        server.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        server.execute(text)
        found.append([server.execute(query).fetchall() for query in _SHOWN])
    server.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    assert ("kept", "p", True, True) in found[0][0]
    assert ("whole", "x", "e", "p") in found[0][1]
    assert found[0] == found[1]


def test_json_says_how_rows_are_kept() -> None:
    tables = {one["name"]: one for one in json.loads(dump("json", KEPT, "postgres"))["sources"][0]["tables"]}
    assert tables["kept"]["options"] == ["FORCE ROW LEVEL SECURITY", "ROW LEVEL SECURITY"]
    assert tables["whole"]["options"] == ["UNLOGGED"]
    assert tables["whole"]["columns"][0]["marks"] == ["STORAGE EXTERNAL", "COMPRESSION pglz"]
    assert tables["below"]["columns"][2]["marks"] == []


def test_sqlite_makes_the_same_of_the_dump() -> None:
    found = []
    for text in (SQLITE, dump("sql", SQLITE, "sqlite")):
        connection = sqlite3.connect(":memory:")
        connection.executescript(text)
        tables = {}
        for table in ("users", "posts"):
            indexes = connection.execute(f"PRAGMA index_list({table})").fetchall()
            parts = {
                tuple(index): connection.execute(f"PRAGMA index_xinfo({index[1]})").fetchall() for index in indexes
            }
            columns = connection.execute(f"PRAGMA table_xinfo({table})").fetchall()
            tables[table] = (columns, parts, connection.execute(f"PRAGMA foreign_key_list({table})").fetchall())
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            connection.execute("INSERT INTO posts (user_id, score) VALUES (1, -1)")
        connection.close()
        found.append(tables)
    assert found[0]["posts"][2]
    assert found[0] == found[1]


def test_mariadb_makes_the_same_of_the_dump(tmp_path: Path) -> None:
    from tests.servers import mariadb

    found = []
    with mariadb(tmp_path) as connection, connection.cursor() as cursor:
        for text in (MYSQL, dump("sql", MYSQL, "mysql")):
            cursor.execute("DROP DATABASE IF EXISTS d")
            cursor.execute("CREATE DATABASE d")
            cursor.execute("USE d")
            code = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
            for statement in filter(str.strip, code.split(";")):
                cursor.execute(statement)
            tables = {}
            for table in ("users", "posts"):
                cursor.execute(f"SHOW CREATE TABLE {table}")
                tables[table] = cursor.fetchone()[1]
            found.append(tables)
    assert found[0] == found[1]


_MYSQL_PAGES = sorted((Path(__file__).parents[1] / "sql" / "scripts" / "mysql").glob("*.sql"))


@pytest.fixture(scope="module")
def mysql() -> Iterator[Any]:
    from tests.servers import mysql_socket
    from tests.sql.servers import MariaDb

    server = MariaDb(mysql_socket)
    yield server
    server.close()


@pytest.mark.parametrize("page", _MYSQL_PAGES, ids=lambda page: page.stem)
def test_mysql_makes_the_same_of_the_dump(page: Path, mysql: Any) -> None:
    text = page.read_text("utf-8")
    report = lint(MemoryTree({"schema.sql": text}), Config(dialect="mysql", version="9.7"), only=())
    out = io.StringIO()
    dumper("sql")(report.catalogs, report.files, out)
    assert mysql.reflect(out.getvalue()) == mysql.reflect(text)
    assert _shown(mysql, out.getvalue()) == _shown(mysql, text)


_LETTERS = re.compile(r"(?: CHARACTER SET \w+)?(?: COLLATE \w+)?| AUTO_INCREMENT=\d+| USING BTREE| DEFAULT NULL")
"""How SHOW CREATE TABLE writes a column's character set depends on who gave it, whether it says USING BTREE and DEFAULT NULL on
what was written; where rows are counted from is not kept."""


def _shown(mysql: Any, sql: str) -> tuple[dict[str, list[str]], list[Any]]:
    """The lines of every table that a script makes, as the server shows it, and the collation of every column."""
    with mysql.connect() as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        while cursor.nextset():
            pass
        cursor.execute("SHOW FULL TABLES WHERE table_type = 'BASE TABLE'")
        shown = {}
        for name, _ in cursor.fetchall():
            cursor.execute(f"SHOW CREATE TABLE `{name}`")
            lines = [_LETTERS.sub("", line.rstrip(",")) for line in cursor.fetchone()[1].splitlines()]
            columns = [line for line in lines if line.startswith("  `")]
            shown[name] = columns + sorted(line for line in lines if not line.startswith("  `"))
        cursor.execute(
            "SELECT table_name, column_name, collation_name FROM information_schema.columns"
            " WHERE table_schema = DATABASE() UNION SELECT table_name, NULL, table_collation FROM"
            " information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY 1, 2"
        )
        return shown, list(cursor.fetchall())


def test_json_keys_and_their_order_are_the_contract() -> None:
    data = json.loads(dump("json", POSTGRES, "postgres"))
    assert list(data) == ["version", "sources"]
    source = data["sources"][0]
    assert list(source) == [
        *("id", "kind", "parser", "dialect", "root", "tables", "enums", "views", "unread"),
        *("view_columns", "sequences", "types", "view_comments"),
    ]
    users, posts = source["tables"]
    assert list(users) == [
        *("schema", "name", "incomplete", "columns", "primary_key", "unique", "indexes", "foreign_keys", "checks"),
        *("exclusions", "parents", "partition", "bound", "partition_by", "of", "options"),
        *("comment", "settings", "partitions"),
    ]
    assert users["columns"][0] == {
        "name": "id",
        "type": "integer",
        "nullable": False,
        "default": None,
        "generated": None,
        "identity": True,
        "stored": None,
        "sequence": "users_id_seq",
        "on_update": None,
        "identity_always": None,
        "identity_options": {},
        "autoincrement": False,
        "comment": None,
        "charset": None,
        "collation": None,
        "marks": [],
    }
    assert list(users["columns"][0])[:6] == ["name", "type", "nullable", "default", "generated", "identity"]
    assert users["primary_key"] == {
        "name": "users_pkey",
        "columns": ["id"],
        "include": [],
        "deferrable": False,
        "deferred": False,
        "prefixes": [],
        "descending": [],
    }
    assert users["unique"] == [_unique("users_email_key", "email")]
    assert users["checks"] == [
        {
            "name": "users_amount_check",
            "expression": "amount >= 0",
            "inherited": True,
            "validated": True,
            "column": None,
            "enforced": True,
        }
    ]
    assert (users["schema"], posts["schema"]) == (None, "app")
    assert posts["indexes"] == [
        {
            "name": "title_once",
            "unique": True,
            "parts": ["(lower(title))"],
            "where": "title IS NOT NULL",
            "method": None,
            "include": [],
            "nulls_distinct": True,
            "comment": None,
            "invisible": False,
            "parser": None,
            "settings": {},
        }
    ]
    assert posts["foreign_keys"][0] == {
        "name": "posts_user_id_fkey",
        "columns": ["user_id"],
        "references": {"table": "users", "columns": ["id"]},
        "on_delete": "CASCADE",
        "on_update": None,
        "deferrable": False,
        "deferred": False,
        "match_full": False,
        "validated": True,
        "enforced": True,
    }
    assert source["enums"] == [{"name": "mood", "values": ["sad", "it's ok"]}]


def test_json_lists_unique_indexes_of_mysql_as_unique() -> None:
    users = json.loads(dump("json", MYSQL, "mysql"))["sources"][0]["tables"][0]
    assert users["unique"] == [_unique("email_once", "email")]
    assert [(one["name"], one["parts"]) for one in users["indexes"]] == [("by_note", ["note(20)"])]


def _unique(name: str, column: str) -> dict[str, Any]:
    return {
        "name": name,
        "columns": [column],
        "include": [],
        "nulls_distinct": True,
        "deferrable": False,
        "deferred": False,
        "parts": [column],
        "comment": None,
        "invisible": False,
    }


def test_names_cannot_leave_their_comment() -> None:
    sql = 'CREATE FUNCTION "x\nDROP TABLE y; --"() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;'
    text = dump("sql", sql, "postgres")
    assert "-- function x" in text
    assert [line for line in text.splitlines() if line and not line.startswith("--")] == []


NEW = """
CREATE TABLE base (id int PRIMARY KEY DEFERRABLE, code text, during tsrange, a int,
  CONSTRAINT code_once UNIQUE NULLS NOT DISTINCT (code) INCLUDE (a) DEFERRABLE,
  CONSTRAINT apart EXCLUDE USING gist (during WITH &&) WHERE (a > 0),
  twice int GENERATED ALWAYS AS (a * 2) STORED, CONSTRAINT here CHECK (a > 1) NO INHERIT);
CREATE TABLE child (own int) INHERITS (base);
CREATE TABLE owners (id int PRIMARY KEY);
CREATE TABLE parts (id int REFERENCES owners DEFERRABLE, at date) PARTITION BY RANGE (at);
CREATE TABLE parts_all PARTITION OF parts DEFAULT;
CREATE INDEX many ON base (code COLLATE "C" text_pattern_ops DESC NULLS LAST, id int4_ops, (a + id) NULLS FIRST);
CREATE UNIQUE INDEX one ON base (a DESC NULLS FIRST) INCLUDE (id) NULLS NOT DISTINCT;
CREATE SEQUENCE loose; CREATE SEQUENCE held OWNED BY base.a;
CREATE DOMAIN small AS int CHECK (VALUE < 9);
CREATE VIEW v (x) AS SELECT id FROM base; CREATE VIEW w AS SELECT * FROM made_elsewhere;
"""


def test_json_says_what_servers_say_of_keys_and_indexes() -> None:
    source = json.loads(dump("json", NEW, "postgres"))["sources"][0]
    base, child, _, parts, parts_all = source["tables"]
    assert base["primary_key"]["deferrable"] is True
    (code,) = base["unique"]
    assert (code["include"], code["nulls_distinct"], code["deferrable"]) == (["a"], False, True)
    assert base["exclusions"] == [
        {
            "name": "apart",
            "method": "gist",
            "parts": ["during WITH &&"],
            "where": "a > 0",
            "deferrable": False,
            "deferred": False,
        }
    ]
    assert base["checks"][0]["inherited"] is False
    assert [column["stored"] for column in base["columns"]] == [None] * 4 + [True]
    many, one = base["indexes"]
    assert many["parts"] == ['code COLLATE "C" text_pattern_ops DESC NULLS LAST', "id", "(a + id) NULLS FIRST"]
    assert (one["parts"], one["include"], one["nulls_distinct"]) == (["a DESC"], ["id"], False)
    assert (child["parents"], child["partition"], child["bound"]) == (["base"], False, None)
    assert (parts["partition_by"], parts["foreign_keys"][0]["deferrable"]) == ("RANGE (at)", True)
    assert (parts_all["parents"], parts_all["partition"], parts_all["bound"]) == (["parts"], True, "DEFAULT")
    assert source["sequences"] == [
        {"name": "held", "owned_by": {"table": "base", "column": "a"}, "options": {}},
        {"name": "loose", "owned_by": None, "options": {}},
    ]
    check = {
        "name": "small_check",
        "expression": "VALUE < 9",
        "inherited": True,
        "validated": True,
        "column": None,
        "enforced": True,
    }
    assert source["types"] == [
        {
            "name": "small",
            "domain": True,
            "attributes": None,
            "type": "integer",
            "nullable": True,
            "default": None,
            "checks": [check],
        }
    ]
    assert (source["views"], source["view_columns"]) == (["v", "w"], {"v": ["x"], "w": None})


def test_parts_are_spelled_as_the_server_spells_them(server: Any) -> None:
    server.execute(NEW.replace("CREATE VIEW w AS SELECT * FROM made_elsewhere;", ""))
    source = json.loads(dump("json", NEW, "postgres"))["sources"][0]
    for index in source["tables"][0]["indexes"]:
        (there,) = server.execute("SELECT pg_get_indexdef(%s::regclass)", [index["name"]]).fetchone()
        there = there.replace("((a + id))", "(a + id)")  # a part that is an expression has one pair of parentheses here
        assert f" USING btree ({', '.join(index['parts'])})" in there
    server.execute("DROP TABLE base, parts, owners CASCADE; DROP SEQUENCE loose; DROP DOMAIN small")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "CREATE VIEW w AS SELECT * FROM made_elsewhere",
            "view w: nothing here creates made_elsewhere, which it reads",
        ),
        (
            "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v;"
            " ALTER TABLE t RENAME TO u",
            "view w: it reads v, which is not written",
        ),
        (
            "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; ALTER TABLE t RENAME COLUMN a TO b",
            "view v: its text says a name that was changed since",
        ),
        ("CREATE TABLE t (a int REFERENCES gone (id))", "nothing here creates its target: ALTER TABLE"),
        ("CREATE TABLE t (a int) INHERITS (gone)", "nothing here creates gone, which t is below"),
        ("CREATE TABLE t (a int); ALTER TABLE t DO WHAT NOBODY KNOWS", "incomplete: something that touches it was not"),
        ("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "function f: its body is not kept"),
    ],
)
def test_what_is_not_written_is_said(sql: str, said: str) -> None:
    report = lint(MemoryTree({"schema.sql": sql}), Config(dialect="postgres"), only=())
    out = io.StringIO()
    dumper("sql")(report.catalogs, report.files, out)
    assert f"-- {said}" in out.getvalue()
    assert not [line for line in out.getvalue().splitlines() if "CREATE VIEW" in line and said.startswith("view")]


def test_formats() -> None:
    assert formats() == ("json", "sql")


@pytest.mark.parametrize(
    ("raw", "inner"), [("(a)", "a"), ("((a > 1))", "a > 1"), ("(a) + (b)", "(a) + (b)"), ("a", "a"), (" ( a ) ", "a")]
)
def test_bare(raw: str, inner: str) -> None:
    assert bare(raw) == inner
