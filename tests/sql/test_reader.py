"""What is kept of statements that no server's catalog shows: guards, names under USE and search_path, what is passed
over, what is called invalid by MySQL's manual."""

from __future__ import annotations

import pytest

from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    CreateView,
    DropColumn,
    DropIndex,
    DropTable,
    Fact,
    Invalid,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.objects import CallRoutine, CreateObject, DropObject
from schemalint.model.span import SourceFile
from schemalint.sql import expression, guess, read
from tests.sql.servers import refusals


def facts(sql: str, dialect: str | None) -> tuple[Fact, ...]:
    return read(SourceFile("a.sql", sql), dialect).facts


def only(sql: str, dialect: str | None) -> Fact:
    (fact,) = facts(sql, dialect)
    return fact


def guards(sql: str, dialect: str = "postgres") -> list[tuple[bool, str | None]]:
    """Whether each fact is conditional, and the text of the handler that swallows its failure."""
    file = SourceFile("a.sql", sql)
    found = []
    for fact in read(file, dialect).facts:
        assert fact.guard is not None, fact
        found.append((fact.guard.conditional, file.slice(fact.guard.handler) if fact.guard.handler else None))
    return found


def block(body: str) -> str:
    return f"DO $$ BEGIN {body} END $$;"


ADD = "ALTER TABLE t ADD COLUMN x int;"
OTHERS = "EXCEPTION WHEN OTHERS THEN"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (ADD, [(False, None)]),
        (f"IF NOT EXISTS (SELECT 1 WHERE 1 IN (1)) THEN {ADD} END IF; {ADD}", [(True, None), (False, None)]),
        (f"IF a THEN NULL; ELSIF b THEN {ADD} ELSE {ADD} END IF;", [(True, None), (True, None)]),
        (f"{ADD} {OTHERS} RAISE NOTICE 'no';", [(False, OTHERS)]),
        (f"BEGIN {ADD} {OTHERS} NULL; END; {ADD}", [(False, OTHERS), (False, None)]),
        (f"BEGIN NULL; {OTHERS} {ADD} END;", [(True, None)]),
        (f"BEGIN IF a THEN {ADD} END IF; {OTHERS} NULL; END;", [(True, OTHERS)]),
        (f"BEGIN BEGIN {ADD} END; {OTHERS} NULL; END;", [(False, OTHERS)]),
        (f"FOR r IN SELECT 1 LOOP {ADD} END LOOP; WHILE x LOOP {ADD} END LOOP;", [(True, None), (True, None)]),
        (f"CASE WHEN a THEN {ADD} ELSE {ADD} END CASE; {ADD}", [(True, None), (True, None), (False, None)]),
        (f"IF CASE WHEN a THEN b ELSE c END THEN {ADD} END IF;", [(True, None)]),
        ("EXECUTE 'ALTER TABLE t ADD COLUMN x int';", [(False, None)]),
        ("EXECUTE $q$ALTER TABLE t ADD COLUMN x int DEFAULT '1'$q$;", [(False, None)]),
        ("EXECUTE 'ALTER TABLE t ADD COLUMN x text DEFAULT ''a''';", [(False, None)]),
        ("x := 'DROP TABLE t';", []),
    ],
)
def test_guards(body: str, expected: list[tuple[bool, str | None]]) -> None:
    assert guards(block(body)) == expected
    for fact in facts(block(body), "postgres"):
        assert isinstance(fact, AddColumn)


def test_a_block_may_declare() -> None:
    sql = f"DO LANGUAGE plpgsql $x$ DECLARE r record; n int := 1; BEGIN {ADD} END $x$"
    assert guards(sql) == [(False, None)]


@pytest.mark.parametrize(
    ("statement", "touches"),
    [
        ("EXECUTE format('DROP TABLE %I', n);", None),
        ("EXECUTE 'ALTER TABLE t ADD COLUMN ' || n;", ("t",)),
        ("EXECUTE format('ALTER TABLE only_t DROP COLUMN %I', n);", ("only_t",)),
        ("EXECUTE 'GRANT ALL ON t TO ' || n;", "silent"),
    ],
)
def test_computed_statements(statement: str, touches: tuple[str, ...] | str | None) -> None:
    found = facts(block(statement), "postgres")
    if touches == "silent":
        assert found == ()
        return
    (fact,) = found
    assert isinstance(fact, Opaque)
    assert (fact.touches and tuple(table.key for table in fact.touches)) == touches


def test_mysql_procedures_that_are_called() -> None:
    body = (
        "DELIMITER $$\nCREATE PROCEDURE `Up`() BEGIN\n"
        " DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;\n"
        " IF NOT EXISTS (SELECT 1) THEN ALTER TABLE t ADD a int; END IF; ALTER TABLE t ADD b int; END$$\nDELIMITER ;\n"
    )
    made, call = facts(body + "CALL up();", "mysql")
    assert isinstance(made, CreateObject)
    assert isinstance(call, CallRoutine)
    assert made.routine is not None
    found = [fact.guard for fact in made.routine.facts if fact.guard]
    assert [guard.conditional for guard in found] == [True, False]
    assert all(guard.handler and body[guard.handler.start :].startswith("DECLARE CONTINUE") for guard in found)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT f()", ["f"]),
        ("SELECT app.f(1, 'x') AS y, \"G\"()", ["app.f", "G"]),
        ("SELECT g(f(1))", ["f", "g"]),
        ("SELECT * FROM f(1) AS x", ["f"]),
        ("CALL p(1)", ["p"]),
        ("SELECT f(id) FROM t", ["f?"]),
        ("SELECT * FROM f(1), g(2)", ["f?", "g?"]),
        ("SELECT CASE WHEN a THEN f() END", ["f?"]),
        ("SELECT f() WHERE NOT EXISTS (SELECT 1)", ["f?"]),
        ("SELECT coalesce(f(), 1)", ["f?"]),
        ("SELECT f(NULL)", ["f?"]),
        ("WITH x AS (SELECT f()) SELECT 1", ["f?"]),
        ("SELECT pg_catalog.setval('s', 1)", []),
        ("SELECT (1 + 2) * (3)", []),
        (block("PERFORM f(); x := g(1);"), ["f", "g?"]),
        (block("IF a THEN PERFORM f(); END IF; SELECT g() INTO x;"), ["f?", "g"]),
        (block("IF a THEN RETURN; END IF; PERFORM f();"), ["f?"]),
        (block("FOR i IN 1..2 LOOP EXIT WHEN a; PERFORM f(); END LOOP; PERFORM g();"), ["f?", "g"]),
        (block("<<one>> BEGIN PERFORM f(); END; <<two>> LOOP PERFORM g(); END LOOP; PERFORM h();"), ["f", "g?", "h"]),
    ],
)
def test_calls(statement: str, expected: list[str]) -> None:
    """What is called, in order; a question mark where it may be called never, or more than once."""
    found = facts(statement, "postgres")
    assert all(isinstance(fact, CallRoutine) for fact in found)
    assert [
        f"{fact.name.key}{'?' if fact.guard and fact.guard.conditional else ''}"
        for fact in found
        if isinstance(fact, CallRoutine)
    ] == expected


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TYPE BOOLEAN FROM bit NOT NULL",
        "CREATE TYPE [dbo].[Boolean] FROM bit",
        "EXEC sp_addtype N'boolean', 'bit'",
    ],
)
def test_sql_server_has_alias_types(made: str) -> None:
    """CREATE TYPE … FROM and sp_addtype of Microsoft's reference: a script may make what other servers have."""
    use = "CREATE TABLE t (a BOOLEAN NOT NULL, b int)"
    assert [fact for fact in facts(f"{made}\nGO\n{use}", "tsql") if isinstance(fact, Invalid)] == []
    assert [fact for fact in facts(use, "tsql") if isinstance(fact, Invalid)]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("EXEC p", ["p"]),
        ("EXECUTE @r = [app].[p] @a = 1, @b = 'x'", ["app.p"]),
        ("EXEC @p", []),
        ("IF 1 = 1 EXEC p", ["p?"]),
        ("IF 1 = 1 RETURN EXEC p", ["p?"]),
        ("BEGIN TRY EXEC p END TRY BEGIN CATCH EXEC q END CATCH EXEC r", ["p", "q?", "r"]),
        ("SET NOCOUNT ON EXEC p", ["p"]),
        ("INSERT INTO t (a) EXEC p", ["p"]),
        ("EXEC sp_rename 'a', 'b'", []),
    ],
)
def test_sql_server_calls(statement: str, expected: list[str]) -> None:
    found = [fact for fact in facts(statement, "tsql") if isinstance(fact, CallRoutine)]
    assert [f"{f.name.key}{'?' if f.guard and f.guard.conditional else ''}" for f in found] == expected


def test_mysql_prepared_statements() -> None:
    sql = "SET @s = IF((SELECT 1) > 0, 'SELECT 1', 'ALTER TABLE t ADD a int'); PREPARE p FROM @s; EXECUTE p;"
    assert guards(sql, "mysql") == [(True, None)]
    (fact,) = facts("SET @s = CONCAT('ALTER TABLE t ADD ', @name, ' int')", "mysql")
    assert isinstance(fact, Opaque)
    assert fact.touches is not None
    assert [table.key for table in fact.touches] == ["t"]


def test_sql_server_conditions() -> None:
    sql = (
        "IF COL_LENGTH('t', 'a') IS NULL\n ALTER TABLE t ADD a int\nALTER TABLE t ADD b int\n"
        "IF 1 = 1\nBEGIN\n ALTER TABLE t ADD c int;\n ALTER TABLE t ADD d int;\nEND\nALTER TABLE t ADD e int"
    )
    found = facts(sql, "tsql")
    assert [fact.column.name.text for fact in found if isinstance(fact, AddColumn)] == ["a", "b", "c", "d", "e"]
    assert [fact.guard is not None and fact.guard.conditional for fact in found] == [True, False, True, True, False]


@pytest.mark.parametrize(
    ("sql", "dialect", "keys"),
    [
        ("USE shop; CREATE TABLE a (i int); CREATE TABLE shop.b (i int);", "mysql", ["a", "b"]),
        ("USE x; CREATE TABLE a (i int); USE `y`; CREATE TABLE a (i int);", "mysql", ["x.a", "y.a"]),
        ("CREATE TABLE shop.b (i int)", "mysql", ["shop.b"]),
        ("SET search_path TO app, public; CREATE TABLE a (); CREATE TABLE public.b ()", "postgres", ["app.a", "b"]),
        ("SET search_path = public, pg_catalog; CREATE TABLE a (i int)", "postgres", ["a"]),
        ('CREATE TABLE "Users" (i int); CREATE TABLE Users (i int)', "postgres", ["Users", "users"]),
        ("CREATE TABLE Users (i int); CREATE TABLE `users` (i int)", "mysql", ["Users", "users"]),
        ("CREATE TABLE [dbo].[Users] (i int); CREATE TABLE shop..Users (i int)", "tsql", ["users", "users"]),
        ("CREATE TABLE main.A (i int); CREATE TABLE 'b' (i int)", "sqlite", ["a", "b"]),
        (f"CREATE TABLE {'x' * 70} (i int)", "postgres", ["x" * 63]),
    ],
)  # fmt: skip
def test_table_names(sql: str, dialect: str, keys: list[str]) -> None:
    assert [fact.table.key for fact in facts(sql, dialect) if isinstance(fact, CreateTable)] == keys


@pytest.mark.parametrize(
    "sql",
    [
        "SET x = 1; GRANT ALL ON t TO u; SELECT 1; BEGIN; COMMIT; ANALYZE",
        "CREATE STATISTICS s ON a FROM t; CREATE ROLE r; CREATE POLICY p ON t",
        "ALTER TABLE t OWNER TO x, ENABLE TRIGGER ALL, CLUSTER ON i",
        "ALTER TABLE t ALTER COLUMN c SET STATISTICS 100, ALTER c SET (n_distinct = 5), REPLICA IDENTITY FULL",
        "COMMENT ON ROLE x IS ''",
        "ALTER TYPE t OWNER TO x; ALTER VIEW v SET (a = b); ALTER INDEX i SET TABLESPACE x",
        "LOCK TABLE t",
        "-- only a comment\n/* CREATE TABLE t (i int); */",
        "",
        "\\connect db\n\\i other.sql\n",
    ],
)
def test_what_bears_no_schema_is_passed_over(sql: str) -> None:
    assert facts(sql, "postgres") == ()


@pytest.mark.parametrize(
    ("sql", "dialect", "wanted"),
    [
        ("CREATE INDEX IF NOT EXISTS i ON t (a)", "mysql", True),
        ("CREATE INDEX IF NOT EXISTS i ON t (a)", "mariadb", False),
        ("ALTER TABLE t ADD COLUMN IF NOT EXISTS a int", "mysql", True),
        ("ALTER TABLE t ADD COLUMN IF NOT EXISTS a int", "mariadb", False),
        ("ALTER TABLE t DROP COLUMN IF EXISTS a", "mysql", True),
        ("ALTER TABLE t DROP COLUMN IF EXISTS a", "mariadb", False),
        ("CREATE TABLE t (a text DEFAULT 'x')", "mysql", True),
        ("CREATE TABLE t (a text DEFAULT 'x')", "mariadb", False),
        ("CREATE TABLE t (a json DEFAULT '{}]')", "mysql", True),
        ("CREATE TABLE t (a text DEFAULT ('x'), b text DEFAULT NULL, c text DEFAULT '')", "mysql", False),
        ("CREATE TABLE t (a varchar(9) DEFAULT 'x')", "mysql", False),
        ("DROP INDEX i", "mysql", True),
        ("DROP INDEX i ON t", "mysql", False),
        ("CREATE TYPE datetime AS ENUM ('a'); CREATE TABLE t (a datetime)", "postgres", False),
        ("CREATE TABLE t (key text, index int, a double precision)", "postgres", False),
        ("CREATE TABLE t (a int AUTO_INCREMENT, b datetime, INDEX i (a),)", "generic", False),
        ("CREATE TABLE t (a int,)", "tsql", False),
        ("CREATE TABLE t (a int REFERENCES p (i) ON UPDATE CASCADE)", "postgres", False),
    ],
)
def test_invalid_only_where_it_is(sql: str, dialect: str, wanted: bool) -> None:
    assert bool(refusals(facts(sql, dialect), dialect)) is wanted


def test_invalid_is_said_once_a_statement() -> None:
    sql = "CREATE TABLE `a` (`i` int AUTO_INCREMENT, j int AUTO_INCREMENT, k datetime, l datetime);"
    found = facts(sql, "postgres")
    assert [type(fact) for fact in found] == [Invalid, Invalid, Invalid, CreateTable]


@pytest.mark.parametrize(("dialect", "count"), [("mysql", 0), ("mariadb", 1), ("postgres", 1)])
def test_inline_references(dialect: str, count: int) -> None:
    fact = only("CREATE TABLE t (a int REFERENCES p (i))", dialect)
    assert isinstance(fact, CreateTable)
    assert len(fact.foreign_keys) == count


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("lower(email)", ["email"]),
        ("(a->>'b')", ["a"]),
        ("a > 0 AND b IS NOT NULL OR c IN (1, 2)", ["a", "b", "c"]),
        ("a::text || b::character varying(3) || 'c'", ["a", "b"]),
        ("CAST(a AS integer), coalesce(b, now())", ["a", "b"]),
        ("t.a > 0", []),
        ("date_trunc('day', at_ AT TIME ZONE 'UTC')", ["at_"]),
        ("EXTRACT(year FROM made)", ["made"]),
        ("a > (SELECT max(b) FROM c)", []),
        ("kind = 'x'::app.kind", ["kind"]),
        ("\"Upper\" > date '2020-01-01'", ["Upper"]),
        ("a COLLATE \"C\" > interval '1 day'", ["a"]),
    ],
)
def test_mentions_are_certain(sql: str, expected: list[str]) -> None:
    fact, *_ = (
        facts(f"CREATE INDEX i ON t (x) WHERE {sql}", "postgres")
        if "," not in sql
        else facts(f"CREATE INDEX i ON t (x) WHERE f({sql})", "postgres")
    )
    assert isinstance(fact, CreateIndex)
    assert [name.key for name, _ in fact.index.where_mentions] == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("'x'::character varying", "'x'"),
        ("now()", "CURRENT_TIMESTAMP"),
        ("( 1 + 2 )", "1+2"),
        ("'-1'::integer", "-1"),
        ("TRUE", "true"),
        ("'{}'::jsonb", "'{}'"),
        ("Lower( a )", "lower(a)"),
    ],
)
def test_equal_expressions(left: str, right: str) -> None:
    assert expression(left, "postgres") == expression(right, "postgres")


@pytest.mark.parametrize(
    ("left", "right"), [("'a'", "'A'"), ("1", "2"), ("a::int", "a"), ("'007'", "7"), ("a - 1", "a + 1")]
)
def test_different_expressions(left: str, right: str) -> None:
    assert expression(left, "postgres") != expression(right, "postgres")


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("CREATE TABLE `a` (`id` INT AUTO_INCREMENT) ENGINE=InnoDB", "mysql"),
        ("CREATE TABLE a (id BIGSERIAL, at TIMESTAMPTZ)", "postgres"),
        ("CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)", "sqlite"),
        ("CREATE TABLE [dbo].[a] ([id] INT IDENTITY(1,1))\nGO\n", "tsql"),
        ("CREATE TABLE a (id INT PRIMARY KEY)", None),
        ("-- AUTO_INCREMENT ENGINE=InnoDB\nCREATE TABLE a (id INT)", None),
        ("CREATE TABLE `a` (id BIGSERIAL) ENGINE=InnoDB", None),
        ("INSERT INTO a VALUES ('$2a$10$7r20uS.BQ9uBpf3Baj3uQOZvMV')", None),
        ("CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql", "postgres"),
        ("CREATE TABLE a (at TIMESTAMP WITH TIME ZONE, b BLOB)", None),
        ("", None),
    ],
)
def test_guess(sql: str, expected: str | None) -> None:
    assert guess(sql) == expected


def test_other_statements() -> None:
    kinds = {
        "ALTER TABLE a SET SCHEMA s": RenameTable,
        "ALTER TABLE a ALTER COLUMN i DROP IDENTITY IF EXISTS": AlterColumn,
        "ALTER TABLE a RENAME b TO c": RenameColumn,
        "DROP TABLE IF EXISTS a": DropTable,
    }
    for sql, kind in kinds.items():
        assert isinstance(only(sql, "postgres"), kind), sql
        assert isinstance(only(sql, None), kind), sql


def test_dropping_a_schema() -> None:
    found = facts(
        "CREATE TABLE s.a (i int); CREATE TABLE b (i int); DROP SCHEMA s CASCADE; CREATE TABLE s.a (i int)", "postgres"
    )
    assert [type(fact) for fact in found] == [CreateTable, CreateTable, DropObject, CreateTable]


def test_sql_server_drops_if_exists() -> None:
    found = facts("DROP TABLE IF EXISTS a\nDROP INDEX IF EXISTS i ON t\nCREATE TABLE a (i int)", "tsql")
    assert [type(fact) for fact in found] == [DropTable, DropIndex, CreateTable]


def test_sql_server_is_given_words_of_mariadb() -> None:
    fact, invalid = facts("ALTER TABLE t ADD CONSTRAINT IF NOT EXISTS u UNIQUE (a)", "tsql")
    assert isinstance(fact, AddConstraint)
    assert fact.if_not_exists
    assert isinstance(invalid, Invalid)


def test_a_last_statement_may_end_in_a_quote() -> None:
    assert guards("SELECT 1; DO $$ BEGIN ALTER TABLE t ADD x int; END $$") == [(False, None)]


def test_statements_are_counted() -> None:
    reading = read(SourceFile("a.sql", "SELECT 1; CREATE TABLE a (i int); ALTER TABLE a OWNER TO x;"), "postgres")
    assert (reading.statements, reading.ddl) == (3, 1)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        (
            "IF EXISTS (SELECT 1)\nBEGIN\n  SELECT CASE WHEN 1 = 1 THEN 2 ELSE 3 END\n  ALTER TABLE t DROP COLUMN a\nEND",
            [(DropColumn, True)],
        ),
        (
            "DROP TABLE u\nSELECT CASE WHEN 1 = 1 THEN 2 ELSE 3 END\nALTER TABLE t DROP COLUMN a",
            [(DropTable, False), (DropColumn, False)],
        ),
        (
            "ALTER TABLE t ADD b AS CASE WHEN a = 1 THEN 2 ELSE 3 END\nDROP TABLE u",
            [(AddColumn, False), (DropTable, False)],
        ),
        (
            "CREATE TABLE t (a int CHECK (CASE WHEN a > 1 THEN 1 ELSE 0 END = 1), b int)\nDROP TABLE u",
            [(CreateTable, False), (DropTable, False)],
        ),
        ("CREATE TABLE t (a int, b int\nDROP TABLE u", [(CreateTable, False), (DropTable, False)]),
        ("CREATE OR ALTER VIEW v AS SELECT 1 AS a", [(CreateView, False)]),
    ],
)
def test_where_statements_of_a_batch_start(sql: str, expected: list[tuple[type[Fact], bool]]) -> None:
    """The END of a CASE ends no block, and a word inside parentheses starts no statement."""
    assert [(type(fact), fact.guard is not None) for fact in facts(sql, "tsql")] == expected


def test_columns_behind_a_period() -> None:
    """`ROW END` ends no block: what follows it in a temporal table of SQL Server is read."""
    sql = "CREATE TABLE t (a int, e datetime2 GENERATED ALWAYS AS ROW END NOT NULL, b int NOT NULL)"
    table = only(sql, "tsql")
    assert isinstance(table, CreateTable)
    assert [(column.name.key, column.nullable) for column in table.columns] == [("a", True), ("e", False), ("b", False)]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE t (a int REFERENCES u (x, 5), b int)",
        "CREATE TABLE t (a int REFERENCES u (x, 5, y), b int)",
        "CREATE TABLE t (a int VISIBLE (x, y), b int)",
        "CREATE TABLE t (a int CHECK a IN (1, c), b int)",
    ],
)
def test_a_clause_that_is_not_understood_ends_with_its_column(sql: str) -> None:
    """What stands in its parentheses is no column, and the columns behind it are read."""
    (table,) = (fact for fact in facts(sql, "postgres") if isinstance(fact, CreateTable))
    assert [column.name.key for column in table.columns] == ["a", "b"]
    assert table.unread


def test_what_only_mysql_drops_is_no_column() -> None:
    for what in ("INDEX x", "KEY x", "FOREIGN KEY x", "PRIMARY KEY"):
        for dialect in ("postgres", "sqlite"):
            assert not any(isinstance(fact, DropColumn) for fact in facts(f"ALTER TABLE a DROP {what}", dialect))
    assert isinstance(only("ALTER TABLE a DROP key CASCADE", "postgres"), DropColumn)


def test_what_a_table_has_once_is_counted_however_often_its_columns_were_seen() -> None:
    """Columns in which nothing was found are one mark in the shape of a statement; each of these is right by itself."""
    alone = ("CREATE TABLE a (n int PRIMARY KEY CLUSTERED)", "CREATE TABLE a (m int UNIQUE CLUSTERED)")
    for sql in (*alone, *alone):
        assert not [fact for fact in read(SourceFile("a.sql", sql), "tsql").facts if isinstance(fact, Invalid)]
    both = "CREATE TABLE a (n int PRIMARY KEY CLUSTERED, m int UNIQUE CLUSTERED)"
    assert [fact for fact in read(SourceFile("a.sql", both), "tsql").facts if isinstance(fact, Invalid)]


@pytest.mark.parametrize(
    ("dialect", "column"),
    [
        ("tsql", "int NOT NULL PRIMARY KEY NONCLUSTERED"),
        ("tsql", "int NOT NULL UNIQUE CLUSTERED"),
        ("postgres", "int PRIMARY KEY WITH (fillfactor = 70)"),
        ("postgres", "int UNIQUE WITH (fillfactor = 70) DEFERRABLE"),
        ("postgres", "text STORAGE EXTERNAL COMPRESSION pglz"),
    ],
)
def test_what_is_said_again_of_a_column_is_all_that_was_said(dialect: str, column: str) -> None:
    """Fields that take no part in comparing are held as well."""
    text = f"CREATE TABLE a (id {column});\nCREATE TABLE b (id {column});"
    first, second = (fact for fact in read(SourceFile("a.sql", text), dialect).facts if isinstance(fact, CreateTable))
    (key,), (again,) = (
        (*([one.primary_key] if one.primary_key else []), *one.uniques, None)[:1] for one in (first, second)
    )
    assert [(one.settings, one.clustered) for one in (key,) if one] == [
        (one.settings, one.clustered) for one in (again,) if one
    ]
    assert first.columns[0].marks == second.columns[0].marks
