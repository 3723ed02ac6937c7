"""Projects made to break a reader: nothing raises, nothing hangs, and what was not read is told."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from schemalint.config import Config
from schemalint.discover import DiskTree, MemoryTree
from schemalint.lint import lint
from schemalint.model.report import Report

DEEP = sys.getrecursionlimit() * 3
TABLE = "CREATE TABLE a (x int);\n"
GO = 'package m\nimport "gorm.io/gorm"\ntype A struct { gorm.Model }\nvar db *gorm.DB\n'
GOMOD = "module x\nrequire gorm.io/gorm v1.25.7\n"
JS = "const {Sequelize, DataTypes} = require('sequelize');\nconst sequelize = new Sequelize('postgres://x');\n"
PY = (
    "from sqlalchemy import Column, Integer\nfrom sqlalchemy.orm import declarative_base\nBase = declarative_base()\n"
    "class A(Base):\n    __tablename__ = 'a'\n    id = Column(Integer, primary_key=True)\n    x = Column(Integer, default="
)


def nested(opening: str, inner: str, closing: str, depth: int = DEEP) -> str:
    return opening * depth + inner + closing * depth


def check(files: dict[str, str | bytes], large: int = 8_000_000) -> Report:
    report = lint(MemoryTree(files, large=large), Config())
    assert report.broken == ()
    return report


def told(report: Report, code: str) -> list[tuple[str, int, int]]:
    """Where findings of a code stand."""
    places = []
    for finding in report.findings:
        if finding.code == code:
            span = finding.primary.span
            places.append((span.path, *report.files[span.path].position(span.start)))
    return places


@pytest.mark.parametrize("folder", ["postgres", "mysql", "sqlite", "mssql"])
@pytest.mark.parametrize(
    "sql",
    [
        f"CREATE TABLE a ({', '.join(f'c{n} int NOT NULL DEFAULT 0' for n in range(10_000))});",
        f"CREATE TABLE a (x int CHECK (x IN ({','.join(map(str, range(10_000)))})));",
        f"CREATE TABLE a (x int DEFAULT {nested('(', '1', ')')});",
        f"CREATE TABLE a (x int, CHECK {nested('(', 'x > 1', ')')});",
        f"CREATE TABLE a (x int, y int GENERATED ALWAYS AS ({nested('CASE WHEN x THEN ', '1', ' END')}) STORED);",
        f"{TABLE}CREATE INDEX i ON a ({nested('(', 'x + 1', ')')});",
        f"{TABLE}CREATE VIEW v AS SELECT {nested('(', 'x + 1', ')')} FROM a;",
        f"{TABLE}CREATE VIEW v AS SELECT * FROM {nested('(SELECT * FROM ', 'a', ')')};",
        f"{TABLE}SELECT {nested('(', '', '')}",
        f"CREATE TABLE {'a' * 100_000} (x int);",
        f"CREATE TYPE e AS ENUM ({','.join(repr(str(n)) for n in range(20_000))}); CREATE TABLE t (x e);",
        f"CREATE PROCEDURE p() BEGIN {'BEGIN; ' * 20_000}",
        "DELIMITER //\n" * 20_000,
        "SELECT 1;\n" * 20_000 + TABLE,
        *(mark * 50_000 for mark in ("'", '"', "`", "/*", "$a", "$$", "/ ", "[", "\\", "-- \n", "E'\\", "\0")),
        *(
            f"{TABLE}CREATE TABLE b (y int DEFAULT {mark}\n);\n{TABLE * 50}"
            for mark in ("'", '"', "/*", "$$", "$a$", "[")
        ),
    ],
    ids=lambda sql: sql[:30],
)
@pytest.mark.parametrize("large", [8_000_000, 1000], ids=["whole", "in pieces"])
def test_scripts(folder: str, sql: str, large: int) -> None:
    check({f"{folder}/a.sql": sql}, large)


@pytest.mark.parametrize(
    ("folder", "quote"),
    [("postgres", "'"), ("postgres", '"'), ("postgres", "E'\\'"), ("postgres", "$$"), ("postgres", "$a$ $$"), ("mysql", "'"),
     ("mysql", "'it\\'"), ("mysql", '"'), ("mysql", "`"), ("sqlite", "'it''"), ("sqlite", "["), ("mssql", "[")],
)  # fmt: skip
def test_a_quote_that_is_left_open_is_told(folder: str, quote: str) -> None:
    sql = f"{TABLE}CREATE TABLE b (\n  y varchar(9) DEFAULT {quote}\n);\nDROP TABLE c;\n"
    report = check({f"{folder}/a.sql": sql})
    told = [(one.why, report.files[one.span.path].position(one.span.start)[0]) for one in report.unread]
    assert [(why.replace("quoted name", "string"), line) for why, line in told] == [
        ("the string that starts here is never closed, so nothing behind it is read", 3)
    ]
    assert [finding.severity.value for finding in report.findings] == ["note"]


@pytest.mark.parametrize("folder", ["postgres", "mysql", "sqlite", "mssql"])
@pytest.mark.parametrize("value", ["''", "'it''s'", "'x'"])
def test_a_quote_that_is_closed_at_the_end_is_not(folder: str, value: str) -> None:
    report = check({f"{folder}/a.sql": f"{TABLE}ALTER TABLE a ADD y varchar(9) DEFAULT {value}"})
    assert report.unread == ()


def test_a_name_of_strange_bytes_makes_its_statement_unknown() -> None:
    sql = "-- é\nCREATE TABLE a (x varchar(9) DEFAULT 'é');\nCREATE TABLE größe (x int);\nCREATE INDEX i ON a (y);\n"
    report = check({"postgres/a.sql": sql.encode("latin-1")})
    assert told(report, "SL001") == [("postgres/a.sql", 3, 16)]
    assert "a part of this file" in next(one.message for one in report.findings if one.code == "SL001")
    assert len(report.unread) == 1


def test_utf_16_that_breaks_off_is_told() -> None:
    content = f"{TABLE}CREATE TABLE b (y int".encode("utf-16")[:-1]
    assert told(check({"mssql/a.sql": content}), "SL001") == [("mssql/a.sql", 2, 21)]


def test_a_nul_byte_is_told_where_it_matters() -> None:
    report = check({"postgres/a.sql": f"{TABLE}-- \0\nCREATE TABLE b\0 (y int);\n"})
    assert told(report, "SL001") == [("postgres/a.sql", 3, 15)]


def test_places_behind_cut_data_are_those_of_the_file() -> None:
    rows = "".join(f"INSERT INTO a VALUES ({n}, 'x;\n');\n" for n in range(1000))
    sql = f"{TABLE}{rows}  CREATE INDEX i ON a (gone);\n"
    whole, pieces = check({"postgres/a.sql": sql}), check({"postgres/a.sql": sql}, 1000)
    assert told(whole, "SL101") == told(pieces, "SL101") == [("postgres/a.sql", 2002, 24)]


BOMB = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(
    f"{after}: &{after} [{','.join([f'*{before}'] * 8)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
PROJECTS: dict[str, dict[str, str | bytes]] = {
    "a bomb of aliases": {"docker-compose.yml": f"{BOMB}services: *i\n"},
    "a bomb of merges": {
        "docker-compose.yml": "a0: &a0 {x: 1}\n"
        + "".join(f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}]\n  y{n}: 1\n" for n in range(1, 40))
        + "services:\n  db:\n    <<: *a39\n    image: postgres\n"
    },
    "YAML that is nested": {"docker-compose.yml": f"services:\n  db:\n    x: {nested('{a: ', '1', '}')}\n"},
    "YAML that is left open": {"docker-compose.yml": f"services: {'[' * DEEP}"},
    "Go in parentheses": {"go.mod": GOMOD, "a.go": f"{GO}func f() {{ db.AutoMigrate({nested('(', '&A{}', ')')}) }}\n"},
    "Go in blocks": {"go.mod": GOMOD, "a.go": f"{GO}func f() {{ {nested('if true {', 'db.AutoMigrate(&A{})', '}')} }}\n"},
    "Go structs in structs": {"go.mod": GOMOD, "a.go": f"{GO}type B struct {{ V {nested('struct{ V ', 'int', '}')} }}\n"},
    "Go in chains": {"go.mod": GOMOD, "a.go": f"{GO}func f() {{ db{'.Debug()' * DEEP}.AutoMigrate(&A{{}}) }}\n"},
    "JavaScript objects": {"a.js": f"{JS}sequelize.define('A', {nested('{a:', '1', '}')});\n"},
    "JavaScript functions": {"a.js": f"{JS}{nested('function f(){', 'sequelize.sync()', '}')}\n"},
    "JavaScript operators": {"a.js": f"{JS}sequelize.define('A', {{a: {'a+' * DEEP}1, b: {'a?b:' * DEEP}1}});\n"},
    "TypeScript types": {"a.ts": f"{JS}type A = {nested('Array<', 'int', '>')};\nsequelize.define('A', {{}});\n"},
    "a nested package.json": {"package.json": nested('{"sequelize":', "1", "}")},
    "a nested config.json": {"config/config.json": nested('{"dialect":', "1", "}")},
    "JSON that is left open": {"drizzle/meta/_journal.json": "[" * DEEP, "drizzle/0000_a.sql": TABLE},
    "a Dockerfile": {"Dockerfile": f"FROM a\nRUN {nested('$(', 'x', ')')}\nENV A={nested('${A:-', '', '}')}\nCOPY \\\n"},
    "a shell script": {
        "entry.sh": f"#!/bin/sh\n{nested('$(', 'psql -f a.sql', ')')}\n{nested('if true; then ', 'psql -f a.sql;', 'fi;')}\n",
        "docker-compose.yml": "services:\n  a:\n    image: postgres\n    command: sh entry.sh\n",
    },
    "Rust": {"Cargo.toml": "[dependencies]\nsqlx='1'\n", "main.rs": f"fn main() {{{nested('{', 'sqlx::migrate!();', '}')}}}"},
    "diesel types in types": {
        "src/schema.rs": f"diesel::table! {{ t (id) {{ id -> {nested('Array<Nullable<', 'Int4', '>>')}, }} }}\n"
    },
    "diesel attributes and tokens": {
        "src/schema.rs": f"table! {{ t (id) {{ {'#[a = 1] ' * DEEP} id -> {nested('(', 'A', ')')} }} }}\n"
    },
    "diesel's types without end": {"src/schema.rs": "table! { t (id) { id -> A } }\n" + "#[diesel(postgres_type(name = " * DEEP},
    "a schema of Prisma": {
        "schema.prisma": f"datasource a {{\nprovider = {nested('[', 'x', ']')}\n}}\n"
        + f"model A {{\nid Int @default({nested('f(', '1', ')')})\n"
        + "a A[] @relation(" * 2000 + "\nb A[]\n" * 5000 + "c Int @id @unique\n" * 5000 + "@@index([c" * 2000
    },
    "one word after another in Prisma's": {"schema.prisma": "model A {" * 20_000 + "@@ " * 20_000 + '"' * 20_000},
    "entities of TypeORM": {
        "src/a.ts": "import { Entity, Column, ManyToOne, PrimaryColumn } from 'typeorm';\n"
        + "@Entity() export class A extends B { @PrimaryColumn() id: number; @Column(() => C) c: C }\n"
        + "export class B extends A { @Column({ ...x, name: " + nested("f(", "y", ")") + " }) b: string }\n"
        + "class C { @Column(() => C) c: C; @ManyToOne(() => A) a: A; @Column(() => D) d: D }\n"
        + "class D { @Column(() => C) c: C; @Column(() => C, { prefix: 'x' }) e: C }\n"
        + "@Entity() export class E { " + "@Column() @Column() x: string;" * 3000 + "}\n" + "@Entity(" * 5000
    },
    "a shell script at first start": {
        "compose.yaml": "services:\n  db:\n    image: postgres:16\n    volumes: ['./i:/docker-entrypoint-initdb.d']\n",
        "i/1.sh": "psql <<A\n" + "\\$a" * DEEP + "\nA\n" + "psql <<A <<B <<C\n" * DEEP + "for f in *.sql; do " * DEEP,
        "i/2.sh": "psql -c '" + nested("$(", "x", ")"),
        "i/3.sh": "psql -f /docker-entrypoint-initdb.d/3.sh\npsql -f /docker-entrypoint-initdb.d/2.sh\n" * 2000,
    },
    "many numbered scripts": {f"m/{number:05}_a.sql": f"CREATE TABLE t{number} (id int);" for number in range(500)},
}  # fmt: skip


@pytest.mark.parametrize("case", PROJECTS)
def test_projects(case: str) -> None:
    check({"a.sql": TABLE, **PROJECTS[case]})


@pytest.mark.parametrize(
    "value", ["-" * 50_000 + "1", "1+" * 50_000 + "1", "a" + ".b" * 50_000, "a" + "()" * 50_000, "(" * 300]
)
def test_python_that_python_refuses_is_told(value: str) -> None:
    assert [path for path, _, _ in told(check({"a.py": f"{PY}{value})\n"}), "SL001")] == ["a.py"]


def test_things_that_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "c.sql").write_text(TABLE)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "a.sql").symlink_to("b.sql")
    (tmp_path / "b.sql").symlink_to("a.sql")
    (tmp_path / "device.sql").symlink_to("/dev/zero")
    (tmp_path / "docker-compose.yml").symlink_to("docker-compose.yml")
    (tmp_path / "folder.sql").mkdir()
    (tmp_path / "package.json").mkdir()
    os.mkfifo(tmp_path / "pipe.sql")
    os.mkfifo(tmp_path / "Dockerfile")
    tree = DiskTree(tmp_path)
    assert tree.paths == ("c.sql",)
    report = lint(tree, Config())
    assert report.broken == ()
    assert report.findings == ()


LINES = "\n" * 4_000  # a file of one line is taken for a bundle
RUN = 'package a\nimport _ "github.com/lib/pq"\nfunc f() {\n'
MADE = '"CREATE TABLE a (x int)"'


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.go", f"{RUN}db.Exec({nested('(', MADE, ')')})\n}}"),
        ("a.go", f"{RUN}db.Exec({MADE}{' + x' * DEEP})\n}}"),
        ("a.go", f"{RUN}{nested('if x {', f'db.Exec({MADE})', '}')}\n}}"),
        ("a.go", f"{RUN}a0 := {MADE}\n" + "".join(f"a{n + 1} := a{n} + a{n}\n" for n in range(60)) + "db.Exec(a60)\n}"),
        ("a.go", f"{RUN}a := {MADE}\na = a + a\nb := b + a\ndb.Exec(a)\ndb.Exec(b)\n}}"),
        ("a.go", f"{RUN}l := []string{{{MADE}}}\n" + "for _, s := range l { db.Exec(s) }\n" * 500 + "}"),
        ("a.go", f"func f( {{ db.Exec({MADE} "),
        ("a.js", f"{nested('db.exec(`CREATE TABLE a (x int ${', '1', '})`)')}"),
        ("a.js", f"db.exec({MADE});{nested('(() => {', '', '})()')}"),
        ("a.js", f"db.exec({MADE});{'if (a) { return } else ' * DEEP}{{}}"),
        ("a.rs", f"fn f() {{ {nested('{', f'c.execute({MADE}, [])?;', '}')} }}"),
        ("a.rs", f"fn f() {{ c.execute({MADE}, []){'.a()' * DEEP}?; }}"),
        ("a.py", f"c.execute({MADE}{' + x' * DEEP})"),
        ("a.py", f'c.execute({MADE[:-2]}{chr(34)} {chr(34)}" * 5)'),
        ("a.py", f'c.execute("""CREATE TABLE a (x int){chr(92)}{chr(34)}' * 500),
        ("a.py", "".join(f"{' ' * n}if x:\n" for n in range(90)) + f"{' ' * 90}c.execute({MADE})\n"),
    ],
)
def test_programs_that_run_sql(path: str, text: str) -> None:
    check({path: text + LINES})


def test_programs_with_more_sql_than_is_read() -> None:
    many = ",\n".join(f'"CREATE TABLE t{n} ({"x" * 2000} int)"' for n in range(100))
    loops = "for _, s := range l { db.Exec(s) }\n" * 20
    report = check({"a.go": f"{RUN}l := []string{{{many}}}\n{loops}}}{LINES}"})
    assert "the program runs more SQL than is read" in {one.why for one in report.unread}
