# ruff: noqa
import datetime
import decimal

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.orm import Mapped, column_property, deferred, mapped_column, relationship, synonym

from ..db import Base, Keyed, Named, Owned, Stamped
from ..enums import Color

product_tags = Table(
    "product_tags",
    Base.metadata,
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
    Column("weight", sa.SmallInteger, nullable=False, server_default=sa.text("1")),
)


class Product(Stamped, Owned, Named, Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    price: Mapped[decimal.Decimal]
    cost: Mapped[decimal.Decimal | None] = mapped_column(sa.Numeric(10, 4))
    weight: Mapped[float] = mapped_column(sa.Double)
    sku = mapped_column(String(40), nullable=False, unique=True)
    description = deferred(Column(sa.Text))
    upper_sku = column_property(sa.func.upper(sku))
    code = synonym("sku")
    tags: Mapped[list["Tag"]] = relationship(secondary=product_tags)


class Tag(Named, Base):
    id = Column(Integer, primary_key=True)
    name = Column(String(30), index=True)
    color = Column(sa.Enum("red", "green", "it's", name="tag_color"), nullable=False, server_default="red")


class Picture(Keyed):
    __tablename__ = "pictures"

    path: Mapped[str] = mapped_column(sa.String(255))
    width: Mapped[int] = mapped_column(sa.Integer, sa.CheckConstraint("width > 0", name="width_positive"))
    product_id = mapped_column(ForeignKey("products.id"), index=True)


class Reading(Base):
    __tablename__ = "Readings"

    Id = Column("Id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    takenAt = Column(sa.DateTime, nullable=False)
    payload = Column(sa.JSON().with_variant(postgresql.JSONB(), "postgresql"))
    raw = Column(sa.LargeBinary)
    Value = Column(sa.Numeric(8, 3), key="value")

    __table_args__ = (sa.Index("IX_readings_value", "value", unique=True), sa.Index(None, "takenAt"))


class Interval_(Base):
    __tablename__ = "intervals"

    id: Mapped[int] = mapped_column(sa.Identity(always=True), primary_key=True)
    length: Mapped[datetime.timedelta]
    begin: Mapped[datetime.time | None]
    day: Mapped[datetime.date]
    total: Mapped[int] = mapped_column(sa.Computed("id * 2", persisted=True))


class Stock(Base):
    __tablename__ = "stocks"

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    shelf: Mapped[str] = mapped_column(String(10), primary_key=True)
    amount: Mapped[int] = mapped_column(sa.Integer, server_default=sa.text("0"))
    kind: Mapped[Color | None]
    x: Mapped[int] = mapped_column("pos_x")
    y: Mapped[int] = mapped_column("pos_y")


sa.Index("ix_stocks_amount", Stock.amount.desc(), Stock.shelf)
sa.Index(
    "ix_stocks_low", Stock.shelf, unique=True, postgresql_where=Stock.kind.is_(None), sqlite_where=Stock.kind.is_(None)
)


class Attachment(Base):
    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True)
    of_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    mime: Mapped[str | None] = mapped_column(mysql.VARCHAR(100).with_variant(String(100), "postgresql", "sqlite"))
