# ruff: noqa
# dialects: postgres
"""What only PostgreSQL has."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, UniqueConstraint, func, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ARRAY, CITEXT, ENUM, HSTORE, INET, JSONB, TSVECTOR, UUID, ExcludeConstraint
from sqlalchemy.dialects.postgresql import TIMESTAMP as PGTS
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, mapped_column

Base = declarative_base()


class Doc(Base):
    __tablename__ = "pg_docs"
    id = Column(UUID(as_uuid=True), primary_key=True, server_default=text("gen_random_uuid()"))
    data = Column(JSONB, nullable=False, server_default=text("'{}'::jsonb"))
    tags = Column(ARRAY(String), server_default="{}")
    grid = Column(ARRAY(Integer, dimensions=2))
    words = Column(TSVECTOR)
    ip = Column(INET)
    attrs = Column(MutableDict.as_mutable(HSTORE))
    items = Column(MutableList.as_mutable(ARRAY(sa.Text)))
    mail = Column(CITEXT(), unique=True)
    at = Column(PGTS(timezone=True), server_default=func.now())
    state = Column(ENUM("on", "off", name="doc_state"), nullable=False, server_default="off")
    made = Column(ENUM("a", "b", name="made_elsewhere", create_type=True))
    __table_args__ = (
        Index("ix_docs_data", "data", postgresql_using="gin"),
        Index("ix_docs_words", words, postgresql_using="gin"),
        Index("ix_docs_open", "at", unique=True, postgresql_where=text("state = 'on'")),
        Index("ix_docs_low", func.lower(mail)),
        Index("ix_docs_inc", "at", postgresql_include=["ip"]),
        Index("ix_docs_ops", "data", postgresql_using="gin", postgresql_ops={"data": "jsonb_path_ops"}),
        Index("ix_docs_desc", text("at DESC"), "id"),
        Index("ix_docs_nulls", at.desc().nullslast()),
    )


class Slot(Base):
    __tablename__ = "pg_slots"
    id = Column(Integer, primary_key=True)
    room = Column(Integer, nullable=False)
    during = Column(postgresql.TSTZRANGE, nullable=False)
    __table_args__ = (ExcludeConstraint(("room", "="), ("during", "&&"), name="no_overlap", using="gist"),)


class Deferred(Base):
    __tablename__ = "pg_deferred"
    id = Column(Integer, primary_key=True)
    doc_id = Column(UUID(), ForeignKey("pg_docs.id", deferrable=True, initially="DEFERRED"))
    n = Column(Integer)
    __table_args__ = (
        UniqueConstraint("n", deferrable=True, initially="IMMEDIATE", name="uq_deferred"),
        UniqueConstraint("doc_id", "n", postgresql_nulls_not_distinct=True, name="uq_nulls"),
    )


class Mapped_(DeclarativeBase):
    type_annotation_map = {dict: JSONB, list[str]: ARRAY(String), str: sa.Text}


class Row(Mapped_):
    __tablename__ = "pg_rows"
    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(always=True), primary_key=True)
    data: Mapped[dict] = mapped_column(default=dict)
    tags: Mapped[list[str]]
    body: Mapped[str]
    numbers: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    free: Mapped[str]
    f: Mapped[float]


class Seq(Mapped_):
    __tablename__ = "pg_seq"
    id: Mapped[int] = mapped_column(sa.Sequence("pg_seq_id_seq"), primary_key=True)
    at: Mapped[str] = mapped_column(sa.String(length=None))
