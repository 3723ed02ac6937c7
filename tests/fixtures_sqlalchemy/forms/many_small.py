# ruff: noqa
"""Small tables, each with one thing that could be misread."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()
Short = String(5)
Id = Integer
pk = dict(primary_key=True)
WIDTH = 10 + 2


class S01(Base):
    __tablename__ = "s01"
    id = Column(Id(), primary_key=True)
    a = Column(Short, nullable=True)


class S02(Base):
    __tablename__ = "s02"
    id = Column("id", Integer(), primary_key=True, nullable=False)
    unique = Column(Integer, unique=True)
    index = Column(Integer, index=True)


class S03(Base):
    __tablename__ = "s03"
    a = Column(Integer, primary_key=True)
    b = Column(Integer, primary_key=True)
    c = Column(Integer, primary_key=True)


class S04(Base):
    __tablename__ = "s04"
    id = Column(Integer, ForeignKey("s01.id"), primary_key=True)


class S05(Base):
    __tablename__ = "s05"
    id = Column(Integer, primary_key=True, default=lambda: 4)


class S06(Base):
    __tablename__ = "s06"
    id = Column(Integer, primary_key=True, server_default=sa.text("5"))


class S07(Base):
    __tablename__ = "s07"
    id = Column(sa.Numeric(10, 0), primary_key=True)


class S08(Base):
    __tablename__ = "s08"
    id = Column(Integer, primary_key=True, autoincrement="auto")
    name = Column(String(5), default="x" * 3, server_default="x")


class S09(Base):
    __tablename__ = "s09"
    id = Column(Integer, primary_key=True)
    class_ = Column("class", String(9))
    from_ = Column("from", Integer, index=True)


class S10(Base):
    __tablename__ = "S10Camel"
    Id = Column(Integer, primary_key=True)
    fooBar = Column(String(9), unique=True)


class S11(Base):
    __tablename__ = "s11"
    id = Column(Integer, primary_key=True)
    ref = Column(Integer, ForeignKey("S10Camel.Id"))


class S12(Base):
    __tablename__ = "s12"
    id = Column(Integer, primary_key=True)
    a = Column(Integer, ForeignKey("s12.id"), nullable=False, unique=True, index=True)
    parent = relationship("S12")


class S13(Base):
    __tablename__ = "s13"
    id = Column(sa.Integer().with_variant(sa.BigInteger, "postgresql"), primary_key=True)


class S14(Base):
    __tablename__ = "s14"
    id = Column(Integer, primary_key=True)
    date = Column(sa.Date, default=sa.func.now())
    time = Column(sa.Time(timezone=True))


class S15(Base):
    __tablename__ = "s15"
    id = Column(Integer, primary_key=True, comment="the key")
    a = Column(Integer, info={"x": 1}, doc="none", key="k")
    __table_args__ = (sa.UniqueConstraint("k", name="uq_k"),)


class S16(Base):
    __tablename__ = "s16"
    id = Column(Integer, primary_key=True)
    n = Column(sa.Integer, sa.Sequence("s16_n", optional=True))


class S17(Base):
    __tablename__ = "s17"
    id = Column(sa.BigInteger, sa.ForeignKey("s13.id"), primary_key=True, autoincrement=False)


class S18(Base):
    __tablename__ = "s18"
    __table_args__ = (sa.PrimaryKeyConstraint("a", "b"), {})
    b = Column(Integer)
    a = Column(String(3), nullable=False)


class S19(Base):
    __tablename__ = "s19"
    id = Column(Integer, primary_key=True)
    price = Column(sa.Float, nullable=False, server_default="1.5")
    half = Column(sa.Float(precision=53))


class S20(Base):
    __tablename__ = "s20"
    id: int = Column(Integer, primary_key=True)
    name: str = Column(String(3))
    __allow_unmapped__ = True


class S21(Base):
    __tablename__ = "s21"
    id = Column(Integer, primary_key=True)
    j = Column(sa.JSON, nullable=False, server_default=sa.text("'{}'"))
    k = Column(sa.JSON(none_as_null=True))


class S22(Base):
    __tablename__ = "s22"
    id = Column(Integer, **pk)


class S23(Base):
    __tablename__ = "s23"
    id = Column(Integer, primary_key=True)
    w = Column(String(WIDTH))


class S24(Base):
    __tablename__ = "s24"
    id = Column(Integer, primary_key=True)
    s = Column(String(length=7, collation=None))
    u = Column(sa.Unicode(length=8), index=True)


class S25(Base):
    __tablename__ = "s25"
    id = Column(Integer, primary_key=True)
    one = Column(Integer, ForeignKey("s01.id", ondelete="cascade", onupdate="set null"))
    two = Column(Integer, ForeignKey("s01.id", ondelete="NO ACTION", name=None))
