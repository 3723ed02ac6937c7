# ruff: noqa
"""SQLModel: fields, parents that are no tables, sa_column and its kin."""

import datetime as dt
import enum
import uuid
from decimal import Decimal
from typing import ClassVar, List, Optional

import sqlalchemy as sa
from pydantic import EmailStr
from sqlmodel import JSON, Column, Field, Relationship, SQLModel, String, UniqueConstraint


class Power(str, enum.Enum):
    fly = "FLY"
    swim = "SWIM"


class TeamBase(SQLModel):
    name: str = Field(index=True, max_length=50)
    headquarters: Optional[str] = Field(default=None, max_length=100)


class Team(TeamBase, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    heroes: List["Hero"] = Relationship(back_populates="team")


class TeamCreate(TeamBase):
    secret: str


class Hero(SQLModel, table=True):
    LIMIT: ClassVar[int] = 3
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=30, unique=True)
    age: int | None = Field(default=None, index=True)
    strong: bool = True
    born: dt.date
    money: Decimal = Field(default=0, max_digits=9, decimal_places=2)
    team_id: int | None = Field(default=None, foreign_key="team.id", ondelete="SET NULL")
    team: Team | None = Relationship(back_populates="heroes")
    power: Power
    maybe: Power | None = None
    required: int | None = Field(default=None, nullable=False)
    loose: int = Field(default=1, nullable=True)


class HeroTeamLink(SQLModel, table=True):
    __tablename__ = "hero_team"
    __table_args__ = (UniqueConstraint("hero_id", "team_id", name="uq_link"),)
    hero_id: int = Field(foreign_key="hero.id", primary_key=True)
    team_id: int = Field(foreign_key="team.id", primary_key=True)
    data: dict = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    label: str = Field(sa_type=String(9))
    code: str = Field(max_length=4, sa_column_kwargs={"server_default": "none", "comment": "x"})
    text: str = Field(sa_column=sa.Column("body", sa.Text(), nullable=True))


class ItemOrder(SQLModel, table=True):
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    ref: uuid.UUID | None = None
    ratio: float
    raw: bytes
    gap: dt.timedelta | None
    at: dt.time
    email: EmailStr = Field(max_length=255, unique=True, index=True)


METADATA = [SQLModel.metadata]
