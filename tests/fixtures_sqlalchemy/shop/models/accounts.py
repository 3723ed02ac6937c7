# ruff: noqa
from __future__ import annotations

import datetime
from typing import Optional, Union

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import Base, Identified, Stamped, str50
from ..enums import Color, Level, State


class Account(Identified, Stamped, Base):
    __tablename__ = "accounts"
    __table_args__ = (
        sa.UniqueConstraint("email", "tenant"),
        sa.CheckConstraint("length(email) > 3", name="email_long"),
        sa.Index("ix_accounts_tenant_email", "tenant", sa.text("email DESC")),
    )

    email: Mapped[str] = mapped_column(sa.String(120), unique=True, index=True)
    tenant: Mapped[str50]
    nick: Mapped[Optional[str]]
    bio: Mapped[Union[str, None]] = mapped_column(sa.Text, deferred=True)
    age: Mapped["int | None"]
    active: Mapped[bool] = mapped_column(default=True)
    verified: Mapped[bool] = mapped_column(server_default=sa.false())
    color: Mapped[Color]
    level: Mapped[Level | None]
    sessions: Mapped[list["Session"]] = relationship(back_populates="account")


class Session(Base):
    __tablename__ = "sessions"

    token: Mapped[str] = mapped_column(sa.CHAR(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE", onupdate="CASCADE"))
    state: Mapped[State] = mapped_column(
        sa.Enum(State, values_callable=lambda e: [m.value for m in e], name="session_state")
    )
    ip: Mapped[str] = mapped_column("ip_address", sa.String(45), nullable=True)
    account: Mapped[Account] = relationship(back_populates="sessions")


class Profile(Base):
    __tablename__ = "profiles"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey(Account.id), primary_key=True)
    picture: Mapped[bytes | None]
    score: Mapped[float] = mapped_column(sa.Float(53))
    settings: Mapped[dict] = mapped_column(sa.JSON, default=dict)
    born: Mapped[Optional["datetime.date"]]
    wakes: Mapped[datetime.time | None] = mapped_column(sa.Time)


class Membership(Base):
    __tablename__ = "memberships"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["group_realm", "group_number"], ["groups.realm", "groups.number"], ondelete="SET NULL"
        ),
        {"comment": "who is where"},
    )

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    group_realm: Mapped[str | None] = mapped_column(sa.String(20))
    group_number: Mapped[int | None]


class Group(Base):
    __tablename__ = "groups"

    realm: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.Unicode(80), server_default="untitled")
    parent_realm = mapped_column(sa.String(20))
