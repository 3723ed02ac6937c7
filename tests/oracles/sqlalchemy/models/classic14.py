# ruff: noqa
"""What 1.4 knows: classical declarative, mapper(), variants, sequences."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Computed, DateTime, Enum, Float, ForeignKey
from sqlalchemy import Identity, Index, Integer, Interval, JSON, LargeBinary, MetaData, Numeric, String, Table, Text
from sqlalchemy import Unicode, UniqueConstraint, func, text, true
from sqlalchemy.ext.declarative import declarative_base, declared_attr
from sqlalchemy.orm import registry, relationship

Base = declarative_base(metadata=MetaData(naming_convention={"ix": "ix_%(column_0_label)s", "pk": "pk_%(table_name)s"}))


class Mixin(object):
    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower() + "s"

    id = Column(Integer, primary_key=True)
    made = Column(DateTime, server_default=func.now(), nullable=False)


class Node(Mixin, Base):
    name = Column(Unicode(30), index=True)
    kind = Column(Enum("a", "b", name="node_kind"), nullable=False, server_default="a")
    parent_id = Column(Integer, ForeignKey("nodes.id", ondelete="CASCADE"))
    children = relationship("Node")


class Edge(Mixin, Base):
    __table_args__ = (UniqueConstraint("left_id", "right_id"), CheckConstraint("left_id <> right_id", name="no_loop"))
    left_id = Column(ForeignKey("nodes.id"), nullable=False)
    right_id = Column(ForeignKey("nodes.id"), nullable=False)
    weight = Column(Float, default=1.0)
    active = Column(Boolean, server_default=true())


class Big(Base):
    __tablename__ = "bigs"
    id = Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    data = Column(JSON)
    blob = Column(LargeBinary(20))
    price = Column(Numeric(10, 2), server_default=text("0"))
    wait = Column(Interval)
    twice = Column(Integer, Computed("id * 2", persisted=True))


class Counted(Base):
    __tablename__ = "counted"
    id = Column(Integer, Identity(always=True), primary_key=True)
    body = Column(Text)


reg = registry()
plain = Table("plain", reg.metadata, Column("id", Integer, primary_key=True), Column("n", String(3), unique=True))
Index("ix_plain_n_id", plain.c.n, plain.c.id)

METADATA = [Base.metadata, reg.metadata]
