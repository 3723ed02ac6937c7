# ruff: noqa
"""Naming conventions: every token, names that stay as they are, op.f-like finals."""

from typing import Optional

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
)
from sqlalchemy import PrimaryKeyConstraint, String, Table, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, mapped_column
from sqlalchemy.sql.naming import conv

POSTGRES_INDEXES = {
    "ix": "%(column_0_label)s_idx",
    "uq": "%(table_name)s_%(column_0_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}
Base = declarative_base(metadata=MetaData(naming_convention=POSTGRES_INDEXES))


class Planet(Base):
    __tablename__ = "planets"
    id = Column(Integer, primary_key=True)
    name = Column(String(30), unique=True)
    code = Column(String(3), index=True)
    both = Column(String(3), index=True, unique=True)
    size = Column(Integer, CheckConstraint("size > 0", name="size_positive"))


class Moon(Base):
    __tablename__ = "moons"
    id = Column(Integer, primary_key=True)
    planet_id = Column(ForeignKey("planets.id"), nullable=False)
    named_id = Column(ForeignKey("planets.id", name="fk_by_hand"))
    final_id = Column(ForeignKey("planets.id", name=conv("fk_final")))
    __table_args__ = (
        UniqueConstraint("planet_id", "named_id"),
        UniqueConstraint("named_id", "planet_id", name="uq_by_hand"),
        CheckConstraint("id > 0", name=conv("ck_final")),
        Index(None, "planet_id", "named_id"),
        Index("ix_by_hand", "final_id"),
    )


class Every(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s__%(column_0N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s__%(referred_table_name)s_%(referred_column_0_name)s",
            "pk": "pk_%(table_name)s_%(column_0_name)s",
        }
    )


class Captain(Every):
    __tablename__ = "captains"
    id: Mapped[int] = mapped_column(primary_key=True)
    rank: Mapped[str] = mapped_column(Enum("high", "low", name="rank", native_enum=False, create_constraint=True))
    good: Mapped[bool] = mapped_column(Boolean(create_constraint=True, name="good"))


class Ship(Every):
    __tablename__ = "ships"
    yard: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20), index=True)
    flag: Mapped[str] = mapped_column(String(2))
    __table_args__ = (UniqueConstraint("name", "flag"), Index(None, "flag", "name"))


class Voyage(Every):
    __tablename__ = "voyages"
    id: Mapped[int] = mapped_column(primary_key=True)
    yard: Mapped[int]
    number: Mapped[int]
    captain_id: Mapped[Optional[int]] = mapped_column(ForeignKey("captains.id"))
    __table_args__ = (ForeignKeyConstraint(["yard", "number"], ["ships.yard", "ships.number"]),)


class Late(DeclarativeBase):
    pass


Late.metadata.naming_convention = {"uq": "late_%(table_name)s_%(column_0_name)s", "pk": "late_%(table_name)s"}


class Evening(Late):
    __tablename__ = "evenings"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[int] = mapped_column(unique=True)


own = MetaData(naming_convention={"fk": "fk_%(table_name)s_%(referred_table_name)s", "uq": "uq_%(column_0_label)s"})
stars = Table("stars", own, Column("id", Integer, primary_key=True), Column("n", Integer, unique=True))
comets = Table(
    "comets",
    own,
    Column("id", Integer),
    Column("star_id", ForeignKey("stars.id")),
    Column("tail", Integer, unique=True),
    PrimaryKeyConstraint("id", name="comets_pk"),
)


def fk_name(constraint, table):
    return "_".join(column.name for column in constraint.columns)


LONG = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s", "uq": "uq_%(column_0_name)s"})
long_names = Table(
    "a_table_whose_name_is_so_long_that_nothing_can_be_added",
    LONG,
    Column("id", Integer, primary_key=True),
    Column("a_column_with_a_very_long_name", Integer, index=True),
)
