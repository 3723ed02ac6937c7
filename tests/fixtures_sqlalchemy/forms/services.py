# ruff: noqa
"""A service as projects write it: helpers, constants, long tables."""

from __future__ import annotations

import datetime
import enum
import typing as t
import uuid
from typing import Optional

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.orm import Mapped, mapped_column as col

from decimal import Decimal

NAMING = {"ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s"}

metadata = sa.MetaData(naming_convention=NAMING)
UserTable = "svc_users"
USER_ID = UserTable + ".id"
UTC_NOW = sa.text("CURRENT_TIMESTAMP")
Json = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


class Base(orm.DeclarativeBase):
    metadata = metadata
    type_annotation_map = {datetime.datetime: sa.DateTime(timezone=True), str: sa.String(255)}


class PK:
    id: Mapped[int] = col(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True)


class UUIDPK:
    id: Mapped[uuid.UUID] = col(sa.Uuid(as_uuid=True), primary_key=True, default=uuid.uuid4)


class Times:
    created_at: Mapped[datetime.datetime] = col(server_default=UTC_NOW, nullable=False)
    updated_at: Mapped[t.Optional[datetime.datetime]] = col(onupdate=sa.func.now())


class Role(str, enum.Enum):
    ADMIN = "admin"
    USER = "user"


class User(PK, Times, Base):
    __tablename__ = UserTable
    email: Mapped[str] = col(sa.String(320), unique=True)
    role: Mapped[Role] = col(sa.Enum(Role, name="svc_role"), server_default=Role.USER.name)
    settings: Mapped[dict[str, t.Any]] = col(Json, default=dict)
    last_login: Mapped[t.Union[datetime.datetime, None]]


class Token(UUIDPK, Times, Base):
    __tablename__ = "svc_tokens"
    user_id: Mapped[int] = col(sa.BigInteger, sa.ForeignKey(USER_ID, ondelete="CASCADE"), index=True)
    hashed: Mapped[bytes] = col(sa.LargeBinary(32))
    expires: Mapped[datetime.datetime]


class Project(UUIDPK, Times, Base):
    __tablename__ = "svc_projects"
    name: Mapped[str]
    slug: Mapped[str] = col(sa.String(64), unique=True, index=True)
    owner_id: Mapped[int | None] = col(sa.ForeignKey(f"{UserTable}.id", ondelete="SET NULL"))
    budget: Mapped[Decimal] = col(sa.Numeric(precision=12, scale=2), server_default="0.00")


class ProjectMember(Base):
    __tablename__ = "svc_project_members"
    project_id: Mapped[uuid.UUID] = col(sa.ForeignKey(Project.id, ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = col(sa.ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime.date] = col(server_default=sa.func.current_date())


class Task(PK, Base):
    __tablename__ = "svc_tasks"
    __table_args__ = (
        sa.UniqueConstraint("project_id", "number"),
        sa.Index("ix_tasks_open", "project_id", "done_at", postgresql_where=sa.text("done_at IS NULL")),
        sa.CheckConstraint("number > 0", name="ck_number"),
        {"comment": "what is to be done"},
    )
    project_id: Mapped[uuid.UUID] = col(sa.ForeignKey("svc_projects.id"))
    parent_id: Mapped[Optional[int]] = col(sa.ForeignKey("svc_tasks.id"))
    number: Mapped[int]
    title: Mapped[str] = col(sa.String(length=200))
    body: Mapped[str | None] = col(sa.Text())
    done_at: Mapped[datetime.datetime | None]
    estimate: Mapped[datetime.timedelta | None]
    priority: Mapped[int] = col(sa.SmallInteger, server_default=sa.text("0"), default=0)


class Tag(PK, Base):
    __tablename__ = "svc_tags"
    label: Mapped[str] = col(sa.String(30))
    __table_args__ = (sa.Index("uq_tags_label", sa.func.lower(label), unique=True),)


task_tags = sa.Table(
    "svc_task_tags",
    Base.metadata,
    sa.Column("task_id", sa.ForeignKey(Task.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("tag_id", sa.ForeignKey(Tag.id, ondelete="CASCADE"), primary_key=True),
)


class Event(UUIDPK, Base):
    __tablename__ = "svc_events"
    at: Mapped[datetime.datetime] = col(primary_key=True)
    kind: Mapped[str] = col(sa.String(40), index=True)
    payload: Mapped[dict] = col(Json)


class Legacy(Base):
    __tablename__ = "svc_legacy"
    code = sa.Column(sa.CHAR(8), primary_key=True)
    amount = sa.Column(sa.DECIMAL(18, 4))
    stamp = sa.Column(sa.TIMESTAMP, server_default=sa.func.now(), nullable=False)
    flag = sa.Column(sa.Boolean, nullable=False, default=False, server_default=sa.sql.false())
    ratio = sa.Column(sa.REAL)
    big = sa.Column(sa.BIGINT)
    small = sa.Column(sa.SMALLINT, nullable=False)
    day = sa.Column(sa.DATE)


class Node(PK, Base):
    __tablename__ = "svc_nodes"
    parent_id: Mapped[int | None] = col(sa.ForeignKey("svc_nodes.id", ondelete="CASCADE", name="fk_node_parent"))
    left_id: Mapped[int | None] = col(sa.ForeignKey("svc_nodes.id", use_alter=True, name="fk_node_left"))
    children: Mapped[list[Node]] = orm.relationship("Node", foreign_keys=[parent_id])


class Address(Base):
    __tablename__ = "svc_addresses"
    user_id: Mapped[int] = col(sa.ForeignKey(User.id), primary_key=True)
    kind: Mapped[str] = col(sa.String(10), primary_key=True)
    street: Mapped[str]
    zip_code: Mapped[str] = col("zip", sa.String(10))


class Order(Base):
    __tablename__ = "svc_orders"
    id: Mapped[int] = col(primary_key=True)
    user_id: Mapped[int]
    kind: Mapped[str] = col(sa.String(10))
    total: Mapped[int] = col(sa.Integer(), sa.CheckConstraint("total >= 0", name="ck_total"), default=0)
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["user_id", "kind"], ["svc_addresses.user_id", "svc_addresses.kind"], name="fk_order_address"
        ),
    )


class OrderLine(Base):
    __tablename__ = "svc_order_lines"
    order_id: Mapped[int] = col(sa.ForeignKey("svc_orders.id", ondelete="RESTRICT"), primary_key=True)
    line: Mapped[int] = col(primary_key=True, autoincrement=False)
    sku: Mapped[str] = col(sa.String(40), index=True)


class Session(Base):
    __tablename__ = "svc_sessions"
    key: Mapped[str] = col(sa.String(128), primary_key=True)
    data: Mapped[str] = col(sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql"))
    version: Mapped[int] = col(server_default="1")
    __mapper_args__ = {"version_id_col": version}


class Audit(Base):
    __tablename__ = "svc_audit"
    id: Mapped[int] = col(sa.Identity(start=10), primary_key=True)
    who: Mapped[int | None] = col(sa.ForeignKey(User.id, onupdate="CASCADE", ondelete="SET NULL"), index=True)
    table_: Mapped[str] = col("table", sa.String(63))
    row: Mapped[str] = col("row_id", sa.String(63), index=True)
    __table_args__ = (sa.Index(None, "table", "row_id"),)
