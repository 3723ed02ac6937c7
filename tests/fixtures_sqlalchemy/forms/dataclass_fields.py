# ruff: noqa
from __future__ import annotations
import enum, datetime as dt, uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Dict, List, Literal, Optional, Union
import sqlalchemy as sa
from sqlalchemy import *
from sqlalchemy.orm import *
from sqlalchemy.orm import declared_attr, declarative_mixin

reg = registry()


@reg.mapped
@dataclass
class User:
    __tablename__ = "dc_user"
    __sa_dataclass_metadata_key__ = "sa"
    id: int = field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
    name: Optional[str] = field(default=None, metadata={"sa": Column(String(50))})
    addresses: List[Address] = field(default_factory=list, metadata={"sa": relationship("Address")})


@dataclass
class TimestampMixin:
    __sa_dataclass_metadata_key__ = "sa"
    created: dt.datetime = field(init=False, metadata={"sa": Column(DateTime, nullable=False)})


@reg.mapped
@dataclass
class Address(TimestampMixin):
    __tablename__ = "dc_address"
    __sa_dataclass_metadata_key__ = "sa"
    id: int = field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
    user_id: int = field(init=False, metadata={"sa": Column(ForeignKey("dc_user.id"))})
    email: Optional[str] = field(default=None, metadata={"sa": Column(String(50), index=True)})


@reg.mapped
@dataclass
class WithTable:
    __table__ = Table("dc_table", reg.metadata, Column("id", Integer, primary_key=True), Column("x", String(5)))
    id: int = field(init=False)
    x: Optional[str] = None
