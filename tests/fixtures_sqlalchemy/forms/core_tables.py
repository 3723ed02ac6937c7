# ruff: noqa
"""Core tables: arguments in every position, objects before and after the table."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData, String, Table, Text
from sqlalchemy import UniqueConstraint, bindparam, func, literal_column, schema, text, types

meta = MetaData()
metadata_obj = MetaData()

users = Table(
    "core_users",
    meta,
    Column("id", Integer, primary_key=True),
    Column("email", String(100), unique=True, nullable=False),
    Column("name", String(50), index=True),
    Column("created", sa.DateTime(timezone=True), server_default=sa.func.now()),
    comment="people",
    mysql_engine="InnoDB",
)

addresses = sa.Table(
    "core_addresses",
    meta,
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("user_id", None, ForeignKey("core_users.id")),
    sa.Column("other_id", ForeignKey(users.c.id, name="fk_other", deferrable=True, initially="DEFERRED")),
    sa.Column("street", Text(), nullable=False),
    sa.UniqueConstraint("user_id", "other_id", name="uq_pairs"),
    sa.Index("ix_core_street_user", "user_id", "id"),
    sa.CheckConstraint("user_id <> other_id", name="ck_not_same"),
)

orders: Table = Table(
    "core_orders",
    meta,
    Column("id", Integer, autoincrement=True),
    Column("user_id", Integer),
    Column("email", String(100)),
    sa.PrimaryKeyConstraint("id"),
    ForeignKeyConstraint(["user_id"], ["core_users.id"], ondelete="RESTRICT", onupdate="CASCADE"),
    ForeignKeyConstraint(["email"], [users.c.email], name="by_mail"),
)

lines = Table(
    "core_lines",
    meta,
    Column("order_id", ForeignKey("core_orders.id", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("qty", Integer, nullable=False, default=1, server_default="1"),
    Column("price", types.Numeric(10, 2), nullable=False),
    Column("sku", types.VARCHAR(20), key="article"),
    UniqueConstraint("order_id", "article"),
)

composite = Table(
    "core_notes",
    meta,
    Column("id", Integer, primary_key=True),
    Column("order_id", Integer),
    Column("line", Integer),
    ForeignKeyConstraint(["order_id", "line"], ["core_lines.order_id", "core_lines.n"], ondelete="CASCADE"),
)

columns = [Column("a", Integer), Column("b", String(3))]
spread = Table("core_spread", meta, Column("id", Integer, primary_key=True), *columns)

tree = Table(
    "core_tree",
    metadata_obj,
    Column("id", Integer, primary_key=True),
    Column("parent_id", Integer, ForeignKey("core_tree.id")),
    Column("path", String(200), nullable=False),
)
Index("ix_tree_path", tree.c.path)
Index("ix_tree_low", func.lower(tree.c.path), unique=True)
ix = Index("ix_tree_parent_path", tree.c.parent_id, tree.c.path.desc())

one = Table("core_one", meta, Column("only", String(5), primary_key=True))
none = Table("core_nokey", meta, Column("a", Integer), Column("b", Integer))
quoted = Table("core quoted", meta, Column("Select", Integer, primary_key=True, quote=True))
not_auto = Table("core_not_auto", meta, Column("id", Integer, primary_key=True, autoincrement=False))
two_auto = Table(
    "core_two",
    meta,
    Column("a", Integer, primary_key=True, autoincrement=False),
    Column("b", Integer, primary_key=True, autoincrement=False),
)
big = Table("core_big", meta, Column("id", sa.BigInteger(), primary_key=True))
small = Table("core_small", meta, Column("id", sa.SmallInteger(), primary_key=True))
string_key = Table("core_strkey", meta, Column("id", sa.String(36), primary_key=True))
fk_key = Table("core_fkkey", meta, Column("id", sa.Integer, ForeignKey("core_one_int.id"), primary_key=True))
one_int = Table("core_one_int", meta, Column("id", sa.Integer, sa.Sequence("one_seq", optional=True), primary_key=True))
