# ruff: noqa
# dialects: postgres mysql
"""Schemas: of metadata, of tables, in keys."""

from sqlalchemy import Column, Enum, ForeignKey, ForeignKeyConstraint, Integer, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, mapped_column

SCHEMA = "billing"
Base = declarative_base(metadata=MetaData(schema="core"))


class Account(Base):
    __tablename__ = "account"
    id = Column(Integer, primary_key=True)
    code = Column(String(5), index=True)


class Entry(Base):
    __tablename__ = "entry"
    id = Column(Integer, primary_key=True)
    account_id = Column(ForeignKey("core.account.id"))
    other_id = Column(Integer, ForeignKey(Account.id), index=True)


class Invoice(Base):
    __tablename__ = "invoice"
    __table_args__ = {"schema": SCHEMA}
    id = Column(Integer, primary_key=True)
    account_id = Column(ForeignKey("core.account.id", ondelete="CASCADE"))
    kind = Column(Enum("a", "b", name="invoice_kind"))


class Line(Base):
    __tablename__ = "line"
    __table_args__ = (
        ForeignKeyConstraint(["invoice_id"], [f"{SCHEMA}.invoice.id"], name="fk_line"),
        {"schema": SCHEMA},
    )
    id = Column(Integer, primary_key=True)
    invoice_id = Column(Integer, nullable=False)
    parent_id = Column(ForeignKey(f"{SCHEMA}.line.id"), unique=True)


class Plain(DeclarativeBase):
    pass


class Local(Plain):
    __tablename__ = "local"
    id: Mapped[int] = mapped_column(primary_key=True)
    remote_id: Mapped[int] = mapped_column(ForeignKey("far.remote.id"))


class Remote(Plain):
    __tablename__ = "remote"
    __table_args__ = {"schema": "far"}
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(5), index=True)


core = Table("core_t", MetaData(), Column("id", Integer, primary_key=True), schema="far")
inherits = Table(
    "meta_t", MetaData(schema="near"), Column("id", Integer, primary_key=True), Column("a", Integer, index=True)
)
nothing = Table("no_schema", MetaData(schema=None), Column("id", Integer, primary_key=True))


class SchemaBase(DeclarativeBase):
    __table_args__ = {"schema": "based"}


class InBase(SchemaBase):
    __tablename__ = "in_base"
    id: Mapped[int] = mapped_column(primary_key=True)
