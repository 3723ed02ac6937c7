# ruff: noqa
import uuid

import sqlalchemy
from sqlalchemy import *  # noqa: F403
from sqlalchemy.orm import declarative_base, declared_attr, relationship
from sqlalchemy.types import CHAR, TypeDecorator

metadata = MetaData(schema=None)


class Common:
    @declared_attr
    def created(cls):
        return Column(DateTime, server_default=text("CURRENT_TIMESTAMP"), nullable=False)

    note = Column(String(200))


Legacy = declarative_base(cls=Common, metadata=metadata)


class Lowered(TypeDecorator):
    impl = String
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value


class Money(TypeDecorator):
    impl = Numeric(14, 2)
    cache_ok = True


class Invoice(Legacy):
    __tablename__ = "invoices"

    id = Column(Integer, primary_key=True)
    number = Column(Lowered(20), nullable=False, unique=True)
    amount = Column(Money, nullable=False, default=0)
    currency = Column(CHAR(3), nullable=False, server_default="EUR")
    due = Column(Date)
    lines = relationship("Line")


class Line(Legacy):
    __tablename__ = "invoice_lines"

    invoice_id = Column(Integer, ForeignKey("invoices.id", ondelete="CASCADE"), primary_key=True)
    position = Column(Integer, primary_key=True, autoincrement=False)
    text = Column(String(200))
    note = None
    uid = Column(Uuid, default=uuid.uuid4, nullable=False, index=True, unique=True)


Bare = declarative_base(metadata=metadata)


class Ledger(Bare):
    __table__ = Table(
        "ledger",
        Bare.metadata,
        Column("id", BigInteger, primary_key=True, autoincrement=True),
        Column("line", String(30), nullable=False),
        Column("amount", Float, nullable=False),
        Index("ix_ledger_line", "line"),
        UniqueConstraint("line", "amount", name="uq_ledger"),
    )


audit = Table(
    "audit",
    metadata,
    sqlalchemy.Column("id", sqlalchemy.Integer, sqlalchemy.Sequence("audit_seq", optional=True), primary_key=True),
    sqlalchemy.Column("ledger_id", sqlalchemy.BigInteger, sqlalchemy.ForeignKey("ledger.id"), nullable=True),
    sqlalchemy.Column("at", sqlalchemy.TIMESTAMP(timezone=True), nullable=False),
    sqlalchemy.Column("ok", sqlalchemy.Boolean, nullable=False, server_default=sqlalchemy.true()),
    PrimaryKeyConstraint("id", name="audit_pk"),
)
