"""Batches of Alembic on SQLite, where most operations make the table anew: real Alembic runs each revision, and what it
refuses or leaves must be what replaying our reading of it gives."""

from __future__ import annotations

from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from tests.test_alembic_oracle import ours, real

KEY = "id INTEGER NOT NULL PRIMARY KEY"
TAKEN = [  # what goes with the column
    f"CREATE TABLE t ({KEY}, a INT, b INT, UNIQUE (a, b))",
    f"CREATE TABLE t ({KEY}, a INT, b INT, CONSTRAINT u UNIQUE (b))",
    f"CREATE TABLE t ({KEY}, a INT, b INT REFERENCES p (id))",
    f"CREATE TABLE t ({KEY}, a INT, b INT, CHECK (b > 1))",
    "CREATE TABLE t (id INTEGER NOT NULL, a INT, b INT NOT NULL, PRIMARY KEY (id, b))",
]
INDEXED = f"CREATE TABLE t ({KEY}, a INT, b INT); CREATE INDEX i ON t (a, b)"
REVISION = """from alembic import op
from sqlalchemy import Column, Integer

revision = "1"
down_revision = None


def upgrade():
    op.execute("CREATE TABLE p (id INTEGER NOT NULL PRIMARY KEY)")
{made}
    with op.batch_alter_table("t"{options}) as batch:
        batch.drop_column("b")
"""


def played(script: str, options: str = "", more: str = "") -> tuple[tuple[bool, Any], tuple[bool, Any]]:
    """Whether Alembic, and we, say that dropping column b is refused, and the tables afterwards."""
    made = "\n".join(f'    op.execute("{one.strip()}")' for one in script.split(";"))
    text = REVISION.format(made=made, options=options) + more
    namespace: dict[str, Any] = {}
    exec(text, namespace)
    with create_engine("sqlite://").connect() as connection:
        refused = False
        with Operations.context(MigrationContext.configure(connection)):
            try:
                namespace["upgrade"]()
            except DBAPIError:
                refused = True
        made = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        theirs = refused, (real(connection, "sqlite"), {name for (name,) in made})
    report = lint(MemoryTree({"migrations/versions/1.py": text}), Config(dialect="sqlite"))
    assert (report.broken, report.unread) == ((), ())
    errors = [finding.code for finding in report.findings if finding.severity.value == "error"]
    assert errors in ([], ["SL115"], ["SL425"])
    [(_, catalog)] = report.catalogs
    indexes = {str(index.name) for table in catalog.tables.values() for index in table.indexes}
    return theirs, (bool(errors), (ours(catalog, "sqlite"), indexes))


@pytest.mark.filterwarnings("ignore:Unnamed CHECK constraint")
@pytest.mark.parametrize("script", TAKEN)
def test_keys_go_with_a_column(script: str) -> None:
    theirs, mine = played(script)
    assert theirs == mine
    assert not mine[0]


def test_an_index_is_made_again_and_misses_its_column() -> None:
    theirs, mine = played(INDEXED)
    assert theirs[0]
    assert mine[0]


@pytest.mark.parametrize("script", [TAKEN[0], TAKEN[1], INDEXED])
def test_without_making_the_table_anew_sqlite_refuses(script: str) -> None:
    theirs, mine = played(script, ', recreate="never"')
    assert theirs[0]
    assert mine[0]


def test_indexes_come_and_go_with_the_new_table() -> None:
    first = '        batch.create_index("j", ["c"])\n        batch.drop_index("i")\n'
    then = '        batch.add_column(Column("c", Integer))\n'
    theirs, mine = played(INDEXED, more=first + then)
    assert theirs == mine
    assert not mine[0]


LOST = [  # what a copy has no more, though its columns stay
    f"CREATE TABLE t ({KEY}, a INT, b INT, CHECK (a > 1))",
    f"CREATE TABLE t ({KEY}, a INT CHECK (a > 1), b INT, CONSTRAINT k CHECK (a < 9))",
    f"CREATE TABLE t ({KEY}, a INT, b INT); CREATE INDEX i ON t (lower(a)); CREATE UNIQUE INDEX j ON t (a)",
]
STOPPED = [
    f"CREATE TABLE t ({KEY}, a INT, b INT, CONSTRAINT k CHECK (b > 1))",
    f"CREATE TABLE t ({KEY}, a INT, b INT CONSTRAINT k CHECK (b > 1))",
    f"CREATE TABLE t ({KEY}, a INT, b INT); CREATE VIEW v AS SELECT a FROM t",
]


@pytest.mark.filterwarnings("ignore:Unnamed CHECK constraint", "ignore:Skipped unsupported reflection")
@pytest.mark.parametrize("script", LOST)
def test_what_is_not_reflected_is_lost(script: str) -> None:
    theirs, mine = played(script)
    assert theirs == mine
    assert not mine[0]


@pytest.mark.parametrize("script", STOPPED)
def test_views_and_named_checks_stop_a_batch(script: str) -> None:
    theirs, mine = played(script)
    assert theirs[0]
    assert mine[0]


@pytest.mark.parametrize("script", STOPPED[:2])
def test_a_check_that_goes_along_stops_nothing(script: str) -> None:
    theirs, mine = played(script, more='        batch.drop_constraint("k", type_="check")\n')
    assert theirs == mine
    assert not mine[0]


def test_renaming_a_column_of_a_named_check_is_refused() -> None:
    script = f"CREATE TABLE t ({KEY}, a INT, b INT, CONSTRAINT k CHECK (a > 1))"
    theirs, mine = played(script, more='        batch.alter_column("a", new_column_name="c")\n')
    assert theirs[0]
    assert mine[0]


def test_a_naming_convention_names_the_keys_of_the_copy() -> None:
    """The recipe of Alembic's documentation for keys that were created without a name."""
    script = f"CREATE TABLE t ({KEY}, a INT, b INT, c INT REFERENCES p (id), d INT REFERENCES p (id), UNIQUE (a))"
    names = {
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
    more = """        batch.drop_constraint("fk_t_c_p", type_="foreignkey")
        batch.drop_constraint("uq_t_a", type_="unique")
"""
    theirs, mine = played(script, f", naming_convention={names}", more)
    assert theirs == mine
    assert not mine[0]


WEAKER = [  # what the copy has no more: the script, what its CREATE statements said, what is reported
    (f"CREATE TABLE t ({KEY}, a INT, b INT); CREATE INDEX i ON t (a DESC)", "DESC", "DESC of a in the index i"),
    (
        f"CREATE TABLE t ({KEY}, a TEXT, b INT); CREATE UNIQUE INDEX i ON t (a COLLATE NOCASE)",
        "COLLATE",
        "COLLATE NOCASE of a in the index i",
    ),
    (f"CREATE TABLE t ({KEY}, a TEXT COLLATE NOCASE, b INT)", "COLLATE", "COLLATE NOCASE of a"),
    (
        "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, a INT, b INT)",
        "AUTOINCREMENT",
        "AUTOINCREMENT of id",
    ),
    (
        f"CREATE TABLE t ({KEY}, a INT, b INT)|CREATE TRIGGER tr AFTER INSERT ON t BEGIN DELETE FROM p; END",
        "TRIGGER",
        "the trigger tr",
    ),
]


def carried_out(script: str, more: str = "", dropped: str = "b") -> tuple[str, list[str]]:
    """What SQLite keeps of the statements after Alembic's batch ("refused" when that fails), and what we say of it."""
    made = "\n".join(f'    op.execute("{one.strip()}")' for one in script.split("|" if "|" in script else ";"))
    text = REVISION.format(made=made, options="").replace('"b"', f'"{dropped}"') + more
    namespace: dict[str, Any] = {}
    exec(text, namespace)
    with create_engine("sqlite://").connect() as connection, Operations.context(MigrationContext.configure(connection)):
        try:
            namespace["upgrade"]()
            kept = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE tbl_name = 't'")
            left = " ".join(sql for (sql,) in kept if sql)
        except DBAPIError:
            left = "refused"
    report = lint(MemoryTree({"migrations/versions/1.py": text}), Config(dialect="sqlite"))
    said = [f"{finding.severity.value} {finding.message}" for finding in report.findings if finding.code == "SL425"]
    return left, said


@pytest.mark.parametrize(("script", "word", "reported"), WEAKER)
def test_what_is_reflected_in_part_is_weaker(script: str, word: str, reported: str) -> None:
    left, said = carried_out(script)
    assert left != "refused"
    assert word not in left
    assert [one.partition(" here:")[0] for one in said] == [f"warning t loses {reported}"]


@pytest.mark.parametrize("kind", ["VIRTUAL", "STORED"])
def test_a_generated_column_stops_a_batch(kind: str) -> None:
    script = f"CREATE TABLE t ({KEY}, a INT, b INT, g INT GENERATED ALWAYS AS (a + 1) {kind})"
    left, said = carried_out(script)
    assert left == "refused"
    assert [one.startswith("error the batch will fail") for one in said] == [True]


def test_a_generated_column_may_go_with_the_batch() -> None:
    left, said = carried_out(f"CREATE TABLE t ({KEY}, a INT, b INT, g INT AS (a + 1) STORED)", dropped="g")
    assert left != "refused"
    assert said == []


def test_what_is_made_again_behind_the_batch_is_not_lost() -> None:
    more = '    op.execute("DROP INDEX i")\n    op.execute("CREATE INDEX i ON t (a DESC)")\n'
    left, said = carried_out(f"CREATE TABLE t ({KEY}, a INT, b INT); CREATE INDEX i ON t (a DESC)", more)
    assert "DESC" in left
    assert said == []


def test_the_usual_collation_is_no_loss() -> None:
    _, said = carried_out(f"CREATE TABLE t ({KEY}, a TEXT COLLATE BINARY, b INT)")
    assert said == []
