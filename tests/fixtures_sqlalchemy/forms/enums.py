# ruff: noqa
"""Enum in its forms."""

import enum
from enum import Enum as PyEnum, IntEnum, StrEnum, auto
from typing import Optional

from sqlalchemy import Column, Enum, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, mapped_column

Base = declarative_base()


class Color(enum.Enum):
    red = "R"
    green = "G"


class Size(str, PyEnum):
    SMALL = "small"
    EXTRA_LARGE = "extra large"


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Word(StrEnum):
    ALPHA = auto()
    BETA = "b"


class Aliased(enum.Enum):
    ONE = 1
    UNO = 1
    TWO = 2


KINDS = ("x", "y", "zz")
kind_type = Enum(*KINDS, name="kind_type")


class Named(Base):
    __tablename__ = "en_named"
    id = Column(Integer, primary_key=True)
    color = Column(Enum(Color), nullable=False)
    size = Column(Enum(Size, name="size_of_thing"), default=Size.SMALL)
    level = Column(Enum(Level))
    word = Column(Enum(Word), server_default="ALPHA")
    aliased = Column(Enum(Aliased))


class Values(Base):
    __tablename__ = "en_values"
    id = Column(Integer, primary_key=True)
    size = Column(Enum(Size, values_callable=lambda x: [e.value for e in x], name="size_values"))
    word = Column(Enum(Word, values_callable=lambda enum: [member.value for member in enum], native_enum=False))
    color = Column(Enum(Color, values_callable=lambda obj: [e.value for e in obj], name="color_values"), nullable=False)


class Strings(Base):
    __tablename__ = "en_strings"
    id = Column(Integer, primary_key=True)
    a = Column(Enum("one", "two", name="numbers"))
    b = Column(Enum("it's", 'say "x"', name="quotes"), nullable=False)
    c = Column(Enum("a", "bb", "ccc", native_enum=False))
    d = Column(Enum("a", "bb", name="checked", native_enum=False, create_constraint=True))
    e = Column(Enum("a", name="sized", native_enum=False, length=40))
    f = Column(kind_type)
    g = Column(kind_type, server_default="x")


class Base2(DeclarativeBase):
    pass


class Annotated_(Base2):
    __tablename__ = "en_annotated"
    id: Mapped[int] = mapped_column(primary_key=True)
    color: Mapped[Color]
    maybe: Mapped[Optional[Size]]
    word: Mapped[Word] = mapped_column(Enum(Word, name="word_named"))
    named: Mapped[Level] = mapped_column(Enum(Level, name="level_named", create_constraint=True))
    short: Mapped[Color] = mapped_column(Enum(Color, native_enum=False, length=12))


class Again(Base2):
    __tablename__ = "en_again"
    id: Mapped[int] = mapped_column(primary_key=True)
    color: Mapped[Color]
    other: Mapped[Color | None] = mapped_column(server_default="red")
