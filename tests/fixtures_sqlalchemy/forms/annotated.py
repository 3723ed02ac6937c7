# ruff: noqa
"""Annotated, aliases, NewType and type_annotation_map on bases and registries."""

import datetime
import decimal
import enum
from typing import Annotated, List, Literal, NewType, Optional

from sqlalchemy import DECIMAL, TIMESTAMP, BigInteger, CheckConstraint, Enum, ForeignKey, Identity, Integer, MetaData
from sqlalchemy import Numeric, String, Text, Unicode, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from typing_extensions import TypeAlias

str30 = Annotated[str, 30]
str50 = Annotated[str, mapped_column(String(50))]
code = Annotated[str, mapped_column(String(8), nullable=True, unique=True)]
required = Annotated[Optional[int], mapped_column(nullable=False)]
pk = Annotated[int, mapped_column(primary_key=True)]
bigpk = Annotated[int, mapped_column(BigInteger, primary_key=True, autoincrement=True)]
owner_fk = Annotated[int, mapped_column(ForeignKey("owners.id", ondelete="CASCADE"), index=True)]
now = Annotated[datetime.datetime, mapped_column(TIMESTAMP(timezone=True), server_default=func.now())]
num_12_4 = Annotated[decimal.Decimal, 12]
Email = NewType("Email", str)
Alias: TypeAlias = str


class Status(enum.Enum):
    new = "n"
    old = "o"


reg = registry(
    type_annotation_map={
        str30: String(30),
        num_12_4: Numeric(12, 4),
        Email: Unicode(254),
        int: BigInteger().with_variant(Integer, "sqlite"),
        decimal.Decimal: DECIMAL(10, 2),
        str: String(77),
    }
)


class Base(DeclarativeBase):
    registry = reg


class Owner(Base):
    __tablename__ = "owners"
    id: Mapped[pk]
    name: Mapped[str30]
    nick: Mapped[Optional[str30]]
    long: Mapped[str50]
    maybe: Mapped[str50 | None]
    email: Mapped[Email]


class Thing(Base):
    __tablename__ = "things"
    id: Mapped[bigpk]
    owner_id: Mapped[owner_fk]
    code: Mapped[code]
    must: Mapped[required]
    created: Mapped[now]
    price: Mapped[num_12_4]
    other: Mapped[decimal.Decimal]
    plain: Mapped[str]
    inline: Mapped[Annotated[str, mapped_column(Text)]]
    inline_optional: Mapped[Annotated[str | None, mapped_column(Text)]]
    number: Mapped[int]


class Override(Base):
    __tablename__ = "overrides"
    id: Mapped[pk] = mapped_column("override_id")
    other: Mapped[code] = mapped_column(String(9), nullable=False)
    name: Mapped[str50] = mapped_column(index=True)
    created: Mapped[now] = mapped_column(server_default=None, nullable=True)


class OwnMap(DeclarativeBase):
    type_annotation_map = {
        enum.Enum: Enum(enum.Enum, native_enum=False, length=20),
        datetime.datetime: TIMESTAMP(timezone=True),
        Literal["a", "b"]: Enum("a", "b", name="ab_kind"),
    }


class Stated(OwnMap):
    __tablename__ = "stated"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime.datetime]
    maybe_at: Mapped[Optional[datetime.datetime]]
    ab: Mapped[Literal["a", "b"]]


class Literals(OwnMap):
    __tablename__ = "literals"
    id: Mapped[int] = mapped_column(primary_key=True)
    pick: Mapped[Literal["one", "three"]]
    maybe: Mapped[Optional[Literal["x", "longer"]]]


class Metadata(DeclarativeBase):
    metadata = MetaData(naming_convention={"pk": "%(table_name)s_key"})
    type_annotation_map = {str: String(40)}


class InMeta(Metadata):
    __tablename__ = "in_meta"
    id: Mapped[pk]
    a: Mapped[str]


class Deeper(Metadata):
    __abstract__ = True
    id: Mapped[bigpk]


class Below(Deeper):
    __tablename__ = "below"
    b: Mapped[str | None]
