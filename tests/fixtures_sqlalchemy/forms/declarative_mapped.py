# ruff: noqa
"""Mapped[…] in every spelling of optional."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import uuid
from typing import Any, Dict, List, Optional, Set, Union

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Index, Integer, LargeBinary, Numeric, SmallInteger
from sqlalchemy import String, Text, UniqueConstraint, func, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    type_annotation_map = {str: String(191), Dict[str, Any]: JSON, dict[str, int]: JSON(), bytes: LargeBinary(300)}


class Kind(enum.Enum):
    small = 1
    LARGE = 2


class Plain(Base):
    __tablename__ = "plain"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[str]
    b: Mapped[Optional[str]]
    c: Mapped[str | None]
    d: Mapped[None | str]
    e: Mapped[Union[str, None]]
    f: Mapped["str"]
    g: Mapped["Optional[str]"]
    j: Mapped[Optional[int]] = mapped_column(nullable=False)
    k: Mapped[int] = mapped_column(nullable=True)


class Typed(Base):
    __tablename__ = "typed"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    i: Mapped[int]
    big: Mapped[int] = mapped_column(BigInteger)
    small: Mapped[int] = mapped_column(SmallInteger, server_default=text("3"))
    s: Mapped[str]
    t: Mapped[str] = mapped_column(Text)
    b: Mapped[bool]
    at: Mapped[dt.datetime]
    tz: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    on: Mapped[dt.date]
    when: Mapped[dt.time]
    delta: Mapped[dt.timedelta]
    money: Mapped[decimal.Decimal]
    exact: Mapped[decimal.Decimal] = mapped_column(Numeric(9, 3))
    raw: Mapped[bytes]
    data: Mapped[Dict[str, Any]]
    counts: Mapped[dict[str, int] | None]
    kind: Mapped[Kind]
    other: Mapped[Optional[Kind]] = mapped_column(default=Kind.small)


class Parent(Base):
    __tablename__ = "parent"
    id: Mapped[int] = mapped_column(primary_key=True)
    children: Mapped[List["Child"]] = relationship(back_populates="parent")
    friends: Mapped[Set[Friend]] = relationship()
    only: Mapped[Optional["Only"]] = relationship(back_populates="parent", uselist=False)


class Child(Base):
    __tablename__ = "child"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
    parent: Mapped["Parent"] = relationship(back_populates="children")


class Friend(Base):
    __tablename__ = "friend"
    parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(20), primary_key=True)


class Only(Base):
    __tablename__ = "only_one"
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("parent.id"), unique=True)
    id: Mapped[int] = mapped_column(primary_key=True)
    parent: Mapped[Parent] = relationship(back_populates="only")


class Mixed(Base):
    __tablename__ = "mixed"
    id = mapped_column(Integer, primary_key=True)
    name = mapped_column(String(30))
    code = mapped_column("code_", String(3), nullable=False)
    size: Mapped[int | None] = mapped_column("size_", index=True)
    sort: Mapped[int] = mapped_column(sort_order=-1)
    also: Mapped[str] = mapped_column(unique=True, index=True)


class Args(Base):
    __tablename__ = "args"
    a: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    b: Mapped[int] = mapped_column(primary_key=True)
    c: Mapped[str] = mapped_column(String(10))
    __table_args__ = (
        UniqueConstraint("b", "c", name="uq_args"),
        Index("ix_args_c_b", "c", "b"),
        Index("ix_args_desc", c.desc()),
        Index(None, "c"),
    )


class Defaults(Base):
    __tablename__ = "defaults"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[int] = mapped_column(default=1)
    b: Mapped[int] = mapped_column(insert_default=1)
    c: Mapped[int] = mapped_column(server_default="1")
    d: Mapped[int] = mapped_column(server_default=text("1"))
    e: Mapped[str] = mapped_column(server_default="it's")
    f: Mapped[dt.datetime] = mapped_column(server_default=func.current_timestamp())
    g: Mapped[dt.datetime] = mapped_column(onupdate=func.now(), server_onupdate=func.now())
    h: Mapped[bool] = mapped_column(server_default=text("false"))
