# ruff: noqa
"""Dataclasses in every form that SQLAlchemy maps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import List, Optional

from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, registry, relationship

reg = registry()


class Base(MappedAsDataclass, DeclarativeBase):
    """init everywhere"""


class User(Base):
    __tablename__ = "dc_users"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    name: Mapped[str] = mapped_column(String(30))
    fullname: Mapped[Optional[str]] = mapped_column(String(60), default=None)
    addresses: Mapped[List[Address]] = relationship(default_factory=list, back_populates="user")


class Address(Base, repr=False, unsafe_hash=True):
    __tablename__ = "dc_addresses"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("dc_users.id"), init=False)
    email: Mapped[str] = mapped_column(String(99), default="none", kw_only=True)
    user: Mapped[User] = relationship(default=None, back_populates="addresses")


class Mixin(MappedAsDataclass):
    created_by: Mapped[Optional[int]] = mapped_column(default=None, kw_only=True)


class Uses(Mixin, Base):
    __tablename__ = "dc_uses"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    what: Mapped[str] = mapped_column(String(9), default_factory=str, kw_only=True)


class Late(DeclarativeBase):
    pass


class Half(MappedAsDataclass, Late, kw_only=True):
    __tablename__ = "dc_half"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    n: Mapped[int] = mapped_column(default=3, server_default="4")


@reg.mapped_as_dataclass(unsafe_hash=True)
class Decorated:
    __tablename__ = "dc_decorated"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    label: Mapped[Optional[str]] = mapped_column(String(5), default=None)


@reg.mapped
@dataclass
class Imperative:
    __table__ = Table(
        "dc_imperative",
        reg.metadata,
        Column("id", Integer, primary_key=True),
        Column("name", String(50)),
    )
    id: int = field(init=False)
    name: Optional[str] = None


@dataclass
class Pure:
    id: int = 0
    name: str = ""


pure = Table("dc_pure", reg.metadata, Column("id", Integer, primary_key=True), Column("name", String(8)))
reg.map_imperatively(Pure, pure)
