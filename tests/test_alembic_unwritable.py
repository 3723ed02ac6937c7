"""What the real Alembic refuses to write is what SL424 reports, and nothing else: each operation by itself, for each database.

Offline, but for SQLite, where a real database says what it does not take.
"""

from __future__ import annotations

import io
import warnings

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.dialects import postgresql

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint

OPERATIONS = """
op.drop_constraint("k", "t")
op.drop_constraint("k", "t", "unique")
op.drop_constraint("k", "t", type_="foreignkey")
op.drop_constraint("k", "t", type_="check")
op.alter_column("t", "c", nullable=False)
op.alter_column("t", "c", nullable=False, existing_type=sa.Integer())
op.alter_column("t", "c", new_column_name="d")
op.alter_column("t", "c", type_=sa.BigInteger())
op.alter_column("t", "c", type_=sa.BigInteger(), existing_nullable=False)
op.alter_column("t", "c", server_default="5")
op.alter_column("t", "c", server_default=None)
op.alter_column("t", "c", existing_type=sa.Integer(), server_default=False, nullable=True)
op.create_unique_constraint("u", "t", ["c"])
op.create_foreign_key("f", "t", "t2", ["c"], ["id"])
op.create_check_constraint("k2", "t", "c > 1")
op.create_primary_key("p", "t3", ["c"])
op.add_column("t", sa.Column("x", sa.Integer()))
op.add_column("t", sa.Column("x", sa.Integer(), sa.ForeignKey("t2.id")))
op.add_column("t", sa.Column("x", sa.Integer(), unique=True))
op.add_column("t", sa.Column("x", sa.Integer(), unique=True, index=True))
op.add_column("t", sa.Column("x", sa.Integer(), sa.CheckConstraint("x > 1")))
op.add_column("t", sa.Column("x", sa.Integer(), index=True))
op.add_column("t", sa.Column("x", sa.String()))
op.add_column("t", sa.Column("x", sa.Unicode))
op.add_column("t", sa.Column("x", sa.String(5)))
op.add_column("t", sa.Column("x", sa.Text()))
op.create_table("n", sa.Column("x", sa.String()), sa.Column("y", sa.VARCHAR()))
op.create_table("n", sa.Column("x", sa.String().with_variant(sa.String(9), "mysql", "mariadb")))
op.create_table("n", sa.Column("x", sa.Enum("a", "b", name="e")), sa.Column("y", sa.CHAR()))
op.create_table("n", sa.Column("x", sa.Integer(), sa.ForeignKey("t2.id"), unique=True, index=True))
op.create_index(None, "t", ["c"])
op.create_index("i2", "t", ["c"])
op.drop_index("i")
op.drop_index("i", "t")
op.drop_index("i", table_name="t")
with op.batch_alter_table("t") as batch: batch.alter_column("c", type_=sa.BigInteger())
with op.batch_alter_table("t") as batch: batch.alter_column("c", new_column_name="d")
with op.batch_alter_table("t") as batch: batch.alter_column("c", nullable=False, existing_type=sa.Integer())
with op.batch_alter_table("t") as batch: batch.drop_constraint("k")
with op.batch_alter_table("t") as batch: batch.drop_constraint("k", type_="check")
with op.batch_alter_table("t") as batch: batch.create_unique_constraint("u", ["c"])
with op.batch_alter_table("t") as batch: batch.add_column(sa.Column("x", sa.Integer(), unique=True))
with op.batch_alter_table("t") as batch: batch.drop_index("i")
with op.batch_alter_table("t") as batch: batch.create_unique_constraint(None, ["c"])
with op.batch_alter_table("t") as batch: batch.create_foreign_key(None, "t2", ["c"], ["id"])
with op.batch_alter_table("t") as batch: batch.create_check_constraint(None, "c > 1")
with op.batch_alter_table("t") as batch: batch.create_primary_key(None, ["c"])
with op.batch_alter_table("t") as batch: batch.add_column(sa.Column("x", sa.Integer(), sa.ForeignKey("t2.id")))
with op.batch_alter_table("t") as batch: batch.add_column(sa.Column("x", sa.Integer(), sa.ForeignKey("t2.id", name="f")))
with op.batch_alter_table("t") as batch: batch.add_column(sa.Column("x", sa.Integer(), sa.CheckConstraint("x > 1")))
with op.batch_alter_table("t") as batch: batch.add_column(sa.Column("x", sa.Integer(), unique=True, index=True))
op.create_table("n", sa.Column("x", sa.Enum("a", "b")))
op.create_table("n", sa.Column("x", sa.Enum("a", "b", native_enum=False)))
op.add_column("t", sa.Column("x", sa.Enum("a", "b")))
op.add_column("t", sa.Column("x", postgresql.ENUM("a", "b", name="e", create_type=False)))
op.alter_column("t", "c", type_=sa.Enum("a", "b"), existing_type=sa.Integer())
op.alter_column("t", "c", type_=sa.Integer(), existing_type=sa.Enum("a", "b"))
op.create_table("n", sa.Column("x"))
op.create_table("n", sa.Column("x", sa.NullType()))
op.create_table("n", sa.Column("x", sa.ForeignKey("t2.id")))
op.create_table("n", sa.Column("i", sa.Integer(), primary_key=True), sa.Column("x", sa.ForeignKey("n.i")))
op.create_table("n", sa.Column("x", sa.types.NullType(), nullable=True))
op.add_column("t", sa.Column("x", nullable=True))
op.add_column("t", sa.Column("x", sa.NullType()))
op.alter_column("t", "c", type_=sa.NullType(), existing_type=sa.Integer())
"""
WORDS = OPERATIONS.strip().splitlines()
CONVENTION = {"uq": "uq_%(table_name)s_%(column_0_name)s"}
SCHEMA = """
CREATE TABLE t2 (id INTEGER PRIMARY KEY);
CREATE TABLE t3 (c INTEGER);
CREATE TABLE t (c INTEGER, b INTEGER, CONSTRAINT k CHECK (b > 0));
CREATE INDEX i ON t (c);
"""
LEFT_OUT = {
    ("sqlite", 'op.alter_column("t", "c", nullable=False)'),
    ("sqlite", 'op.alter_column("t", "c", nullable=False, existing_type=sa.Integer())'),
    ("sqlite", 'op.alter_column("t", "c", existing_type=sa.Integer(), server_default=False, nullable=True)'),
}
"""What some version of SQLite takes, or what is no matter of writing: a constraint without a name in a batch."""


def refused(statement: str, dialect: str, metadata: sa.MetaData) -> bool:
    """Whether Alembic, or SQLite, refuses."""
    names = {"sa": sa, "postgresql": postgresql}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if dialect == "sqlite":
            with sa.create_engine("sqlite://").connect() as connection:
                for each in SCHEMA.strip().split(";\n"):
                    connection.exec_driver_sql(each)
                context = MigrationContext.configure(connection, opts={"target_metadata": metadata})
                return fails(statement, {**names, "op": Operations(context)})
        name = {"postgres": "postgresql", "tsql": "mssql"}.get(dialect, dialect)
        written = io.StringIO()
        options = {"as_sql": True, "output_buffer": written, "target_metadata": metadata}
        context = MigrationContext.configure(dialect_name=name, opts=options)
        return fails(statement, {**names, "op": Operations(context)}) or "no_table" in written.getvalue()


def fails(statement: str, names: dict[str, object]) -> bool:
    try:
        exec(statement, names)
    except Exception:
        return True
    return False


def reported(statement: str, dialect: str, convention: bool) -> bool:
    """Whether SL424 is reported of a revision that does just this."""
    named = f"naming_convention={CONVENTION!r}" if convention else ""
    files = {
        "migrations/env.py": "from models import metadata\n\ntarget_metadata = metadata\n",
        "models.py": f"import sqlalchemy as sa\n\nmetadata = sa.MetaData({named})\n",
        "migrations/versions/a1.py": "import sqlalchemy as sa\nfrom alembic import op\n"
        "from sqlalchemy.dialects import postgresql\n\nrevision = 'a1'\n"
        f"down_revision = None\n\n\ndef upgrade():\n    {statement}\n\n\ndef downgrade():\n    pass\n",
    }
    report = lint(MemoryTree(files), Config(dialect=dialect), only={"SL424"})
    assert report.broken == ()
    return bool(report.findings)


@pytest.mark.parametrize("convention", [False, True], ids=["plain", "convention"])
@pytest.mark.parametrize("dialect", ["mysql", "mariadb", "sqlite", "tsql", "postgres"])
def test_what_alembic_refuses_is_reported(dialect: str, convention: bool) -> None:
    wrong = []
    for statement in WORDS:
        metadata = sa.MetaData(naming_convention=CONVENTION) if convention else sa.MetaData()
        real, ours = refused(statement, dialect, metadata), reported(statement, dialect, convention)
        if real != ours and (dialect, statement) not in LEFT_OUT:
            wrong.append(f"{'' if real else 'not '}refused, {'' if ours else 'not '}reported: {statement}")
    assert wrong == []
