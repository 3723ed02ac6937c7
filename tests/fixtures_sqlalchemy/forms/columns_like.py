# ruff: noqa
"""Attributes that make columns, and those that look as if they did."""

import dataclasses
from typing import TYPE_CHECKING, Any, ClassVar, List, Optional

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, func, select
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.ext.hybrid import hybrid_method, hybrid_property
from sqlalchemy.orm import DeclarativeBase, DynamicMapped, Mapped, WriteOnlyMapped, column_property, composite, deferred
from sqlalchemy.orm import mapped_column, query_expression, relationship, synonym, validates

if TYPE_CHECKING:
    from somewhere import Other


class Base(DeclarativeBase):
    pass


link = Table(
    "cl_link",
    Base.metadata,
    Column("left_id", ForeignKey("cl_left.id"), primary_key=True),
    Column("right_id", ForeignKey("cl_right.id"), primary_key=True),
)


@dataclasses.dataclass
class Point:
    x: int
    y: int


class Left(Base):
    __tablename__ = "cl_left"
    id: Mapped[int] = mapped_column(primary_key=True)
    LIMIT: ClassVar[int] = 10
    CONSTANT = 5
    names = ["a", "b"]
    rights: Mapped[List["Right"]] = relationship(secondary=link, back_populates="lefts")
    right_names: AssociationProxy[List[str]] = association_proxy("rights", "name")
    big = deferred(Column(Text))
    bigger: Mapped[str] = deferred(mapped_column(Text), group="g")
    named: Mapped[str] = column_property(Column("named_", String(7)))
    upper = column_property(func.upper(named))
    alias = synonym("named")
    computed: Mapped[int] = query_expression()

    @validates("named")
    def check(self, key, value):
        return value

    @hybrid_property
    def length(self) -> int:
        return len(self.named)

    @property
    def plain(self):
        return Column(Integer)


class Right(Base):
    __tablename__ = "cl_right"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(9))
    lefts: WriteOnlyMapped["Left"] = relationship(secondary=link, back_populates="rights")
    dynamic: DynamicMapped["Pointed"] = relationship()


class Pointed(Base):
    __tablename__ = "cl_pointed"
    id: Mapped[int] = mapped_column(primary_key=True)
    right_id: Mapped[int] = mapped_column(ForeignKey("cl_right.id"))
    start: Mapped[Point] = composite(mapped_column("x1", Integer), mapped_column("y1", Integer))
    end: Mapped[Point] = composite(mapped_column("x2", Integer, nullable=True), mapped_column("y2", Integer))


class Private(Base):
    __tablename__ = "cl_private"
    _id: Mapped[int] = mapped_column("id", primary_key=True)
    __secret: Mapped[str] = mapped_column("secret", String(5))
    _password = Column(String(60), nullable=False)
    metadata_: Mapped[Optional[str]] = mapped_column("metadata", Text)

    class Config:
        arbitrary = Column(Integer)

    class Meta:
        name = "x"


class Many(Base):
    __tablename__ = "cl_many"
    id, version = mapped_column(Integer, primary_key=True), mapped_column(Integer)
    a = b = None
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}


Left.late = Column("late", Integer)
Right.late_too = mapped_column(String(4), nullable=False)
