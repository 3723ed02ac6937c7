# ruff: noqa
"""Constraint objects anywhere."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index, Integer, PrimaryKeyConstraint
from sqlalchemy import String, UniqueConstraint, and_, func, or_, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, mapped_column

Base = declarative_base()


class Keys(Base):
    __tablename__ = "ct_keys"
    a = Column(Integer, primary_key=True, autoincrement=False)
    b = Column(String(10), primary_key=True)
    c = Column(String(10))
    __table_args__ = (UniqueConstraint(c, name="uq_by_object"), Index("ix_by_object", a, c))


class Composite(Base):
    __tablename__ = "ct_composite"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    y = Column(String(10))
    z = Column(Integer, ForeignKey("ct_composite.id"))
    __table_args__ = (
        ForeignKeyConstraint((x, y), (Keys.a, Keys.b), name="fk_objects", ondelete="CASCADE"),
        ForeignKeyConstraint(columns=["z"], refcolumns=["ct_checks.id"]),
        CheckConstraint("z > 0", name="zpos"),
    )


class Checks(Base):
    __tablename__ = "ct_checks"
    id = Column(Integer, primary_key=True)
    low = Column(Integer)
    high = Column(Integer)
    word = Column(String(9), CheckConstraint("word <> ''", name="ck_word"))
    __table_args__ = (
        CheckConstraint("low < high"),
        CheckConstraint(text("high < 100"), name="ck_high"),
        CheckConstraint(sqltext="low >= 0", name="ck_low"),
    )


class Indexes(Base):
    __tablename__ = "ct_indexes"
    id = Column(Integer, primary_key=True)
    a = Column(Integer, index=True)
    b = Column(Integer, index=False, unique=False)
    c = Column(String(40))
    d = Column(String(40))
    __table_args__ = (
        Index("ct_ab", "a", "b"),
        Index("ct_b_desc", b.desc(), "a"),
        Index("ct_unique", "c", "d", unique=True),
        Index("ct_lower", func.lower(c)),
        Index("ct_text", text("lower(d)")),
        Index("ct_len", "c", mysql_length=10),
        Index("ct_len2", "c", "d", mysql_length={"c": 5, "d": 6}),
        Index(None, "b"),
    )


class Later(Base):
    __tablename__ = "ct_later"
    id = Column(Integer, primary_key=True)
    a = Column(Integer)
    b = Column(Integer)


Index("ct_later_a", Later.a)
Index("ct_later_ab", Later.__table__.c.a, Later.__table__.c.b.desc())
by_name = Index("ct_later_b", Later.__table__.c["b"], unique=True)


class Cycle1(Base):
    __tablename__ = "ct_cycle1"
    id = Column(Integer, primary_key=True)
    other_id = Column(ForeignKey("ct_cycle2.id", use_alter=True, name="fk_cycle"))


class Cycle2(Base):
    __tablename__ = "ct_cycle2"
    id = Column(Integer, primary_key=True)
    other_id = Column(ForeignKey("ct_cycle1.id"))


class Two(Base):
    __tablename__ = "ct_two"
    id = Column(Integer, primary_key=True)
    one = Column(Integer, ForeignKey("ct_later.id"), ForeignKey("ct_indexes.id"))


class Dict_(Base):
    __tablename__ = "ct_dict"
    __table_args__ = dict(comment="made by dict()", mysql_engine="InnoDB")
    id = Column(Integer, primary_key=True)


class List_(Base):
    __tablename__ = "ct_list"
    id = Column(Integer, primary_key=True)
    n = Column(Integer)
    __table_args__ = tuple([UniqueConstraint("n", name="uq_list")])


class Empty(Base):
    __tablename__ = "ct_empty"
    __table_args__ = ()
    id = Column(Integer, primary_key=True)


class PkOnly(Base):
    __tablename__ = "ct_pk"
    a = Column(Integer, nullable=False)
    b = Column(Integer, nullable=False)
    __table_args__ = (PrimaryKeyConstraint("b", "a"),)


class Renamed(Base):
    __tablename__ = "ct_renamed"
    id = Column("pk_id", Integer, primary_key=True)
    attr = Column("column_name", Integer)
    __table_args__ = (UniqueConstraint("column_name"), Index("ix_renamed", "column_name"))


class ToRenamed(Base):
    __tablename__ = "ct_to_renamed"
    id = Column(Integer, primary_key=True)
    a = Column(ForeignKey("ct_renamed.pk_id"))
    b = Column(ForeignKey(Renamed.id))
    c = Column(ForeignKey(Renamed.__table__.c.pk_id))
