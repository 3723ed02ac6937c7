"""Statements of the usual forms say the same whether they are read by one expression or by their tokens."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemalint.dialects import dialect
from schemalint.sql import reader, rows
from schemalint.sql.cursor import Script
from schemalint.sql.reader import Reading, read_script
from schemalint.sql.usual import read_usual
from schemalint.sql.usual.rows import read_usual_insert

FAMILIES = ("postgres", "mysql", "mariadb", "sqlite")
SCRIPTS = sorted(path for path in Path(__file__).parents[1].rglob("*.sql") if path.stat().st_size < 30_000)
FORMS = {
    "postgres": """
        CREATE INDEX i ON t (a)
        create unique index if not exists "I" on s."T" (a, "B" desc, c ASC)
        CREATE INDEX i ON t(a) WHERE b IS NOT NULL AND c > 1
        DROP TABLE t
        DROP TABLE IF EXISTS s.t CASCADE
        COMMENT ON TABLE t IS 'what it holds'
        COMMENT ON TABLE s.t IS ''
        ALTER TABLE t ADD COLUMN a text
        ALTER TABLE IF EXISTS ONLY s.t ADD a text NOT NULL DEFAULT '', ADD COLUMN IF NOT EXISTS "B" integer
        ALTER TABLE t ADD COLUMN a bigint REFERENCES u (id) ON DELETE CASCADE
        ALTER TABLE t ADD COLUMN a integer UNIQUE CHECK (a > 0)
        ALTER TABLE t ADD CONSTRAINT c UNIQUE (a, b)
        ALTER TABLE t ADD CONSTRAINT c CHECK (a IN (1, 2) OR b = 'x')
        ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES s.u (c, d) ON DELETE SET NULL ON UPDATE NO  ACTION
        ALTER TABLE ONLY t ADD CONSTRAINT "C" FOREIGN KEY (a) REFERENCES u(id)
        ALTER TABLE t DROP COLUMN a
        ALTER TABLE t DROP COLUMN IF EXISTS a CASCADE, DROP COLUMN b
        ALTER TABLE t ALTER COLUMN a SET DEFAULT now()
        ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x'::text
        ALTER TABLE t ALTER COLUMN a SET NOT NULL, ALTER COLUMN b DROP NOT NULL, ALTER COLUMN c DROP DEFAULT
        """,
    "mysql": """
        CREATE UNIQUE INDEX i ON t (a, `b` DESC)
        DROP TABLE IF EXISTS d.t
        ALTER TABLE t ADD COLUMN a varchar(20) NOT NULL DEFAULT '', ADD b int
        ALTER TABLE `t` ADD CONSTRAINT `c` FOREIGN KEY (`a`) REFERENCES `u` (`id`) ON DELETE CASCADE
        """,
    "sqlite": """
        CREATE INDEX IF NOT EXISTS i ON t (a, b DESC) WHERE c IS NULL
        DROP TABLE t
        ALTER TABLE "t" ADD COLUMN a text NOT NULL DEFAULT ''
        """,
}
UNUSUAL = {
    "postgres": """
        CREATE INDEX ON t (a)
        CREATE INDEX i ON t (lower(a))
        CREATE INDEX i ON t (a) INCLUDE (b)
        CREATE INDEX i ON t /* no comment */ (a)
        CREATE INDEX user ON t (a)
        CREATE INDEX i ON order (a)
        CREATE INDEX i ON t (a, a b)
        CREATE INDEX i ON t (a) WHERE
        DROP TABLE a, b
        COMMENT ON TABLE t IS 'it''s'
        ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID
        ALTER TABLE t ADD CONSTRAINT UNIQUE (a)
        ALTER TABLE t ADD CONSTRAINT c CHECK
        ALTER TABLE t ADD COLUMN check text
        ALTER TABLE t ADD COLUMN a text PRIMARY KEY
        ALTER TABLE t ADD PRIMARY KEY
        ALTER TABLE t ADD COLUMN a text b
        ALTER TABLE t ALTER COLUMN a SET DEFAULT nextval('s'), ALTER COLUMN b SET NOT NULL
        ALTER TABLE t ALTER COLUMN a SET DEFAULT NULL
        ALTER TABLE t ADD COLUMN a text,
        ALTER TABLE t ADD COLUMN a text ADD COLUMN b text
        """,
    "mysql": """
        CREATE INDEX IF NOT EXISTS i ON t (a)
        CREATE INDEX i ON t (a(10))
        ALTER TABLE t ADD COLUMN a int AFTER b
        ALTER TABLE t ADD COLUMN a int AUTO_INCREMENT
        ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a, b) REFERENCES u (id)
        """,
    "sqlite": """
        DROP TABLE t CASCADE
        ALTER TABLE t ADD COLUMN a text, ADD COLUMN b text
        """,
}


def cases(forms: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, line.strip()) for name, lines in forms.items() for line in lines.splitlines() if line.strip()]


def read(text: str, name: str) -> Reading:
    return read_script(Script("a.sql", text, dialect(name)), 0, len(text))


def by_tokens(monkeypatch: pytest.MonkeyPatch, text: str, name: str) -> Reading:
    with monkeypatch.context() as patch:
        patch.setattr(reader, "read_usual", lambda *_: False)
        patch.setattr(rows, "read_usual_insert", lambda *_: False)
        return read(text, name)


@pytest.mark.parametrize(("name", "statement"), cases(FORMS))
def test_a_usual_form_is_read_at_once_and_alike(name: str, statement: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{statement};\n  {statement};{statement} ;\n\t{statement}\n;"
    expected = by_tokens(monkeypatch, text, name)
    script = Script("a.sql", text, dialect(name))
    assert read_usual(script, 0, len(statement), statement.split()[0].upper())
    assert repr(read(text, name)) == repr(expected)
    assert repr(script.facts) == repr(list(expected.facts[: len(script.facts)]))
    assert len(script.facts) * 4 == len(expected.facts)


@pytest.mark.parametrize(("name", "statement"), cases(UNUSUAL))
def test_what_only_looks_like_one_is_read_by_its_tokens(
    name: str, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{statement};\n{statement};\n"
    expected = by_tokens(monkeypatch, text, name)
    script = Script("a.sql", text, dialect(name))
    assert not read_usual(script, 0, len(statement), statement.split()[0].upper())
    assert not script.facts
    assert repr(read(text, name)) == repr(expected)


ROWS = """
    INSERT INTO t (a, "b") VALUES (1, 'x')
    insert into s.t (a,b) SELECT c, d FROM u WHERE e > 1
    INSERT INTO t ( a )
    INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO NOTHING
    """


@pytest.mark.parametrize("statement", [line.strip() for line in ROWS.splitlines() if line.strip()])
def test_usual_rows_are_read_at_once_and_alike(statement: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = by_tokens(monkeypatch, statement, "postgres")
    script = Script("a.sql", statement, dialect("postgres"))
    assert read_usual_insert(script, 0, statement.index(")") + 1, len(statement), None, None, None)
    assert repr(read(statement, "postgres")) == repr(expected)
    assert len(expected.facts) >= 1


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO t VALUES (1)",
        "INSERT INTO t (a, b) AS x VALUES (1)",
        "INSERT INTO ignore (a) VALUES (1)",
        "INSERT INTO t (a.b) VALUES (1)",
        "INSERT INTO t (a b) VALUES (1)",
        "INSERT INTO t (a,) VALUES (1)",
    ],
)
def test_other_rows_are_read_by_their_tokens(statement: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = by_tokens(monkeypatch, statement, "postgres")
    assert repr(read(statement, "postgres")) == repr(expected)


@pytest.mark.parametrize("name", FAMILIES)
def test_all_scripts_say_the_same_both_ways(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    used = 0

    def counted(script: Script, start: int, end: int, head: str) -> bool:
        nonlocal used
        found = read_usual(script, start, end, head)
        used += found
        return found

    for path in SCRIPTS:
        text = path.read_text("utf-8", errors="replace")
        expected = by_tokens(monkeypatch, text, name)
        with monkeypatch.context() as patch:
            patch.setattr(reader, "read_usual", counted)
            assert repr(read(text, name)) == repr(expected), path
    assert used > 10
