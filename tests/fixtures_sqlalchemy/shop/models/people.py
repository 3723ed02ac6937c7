# ruff: noqa
from typing import Literal, Optional

from sqlalchemy import Column, ForeignKey, Index, String, Text, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from shop.db import Plain


class Person(Plain):
    __tablename__ = "people"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(50))


class Manager(Person):
    __mapper_args__ = {"polymorphic_identity": "manager"}

    budget: Mapped[Optional[int]]


class Director(Manager):
    __mapper_args__ = {"polymorphic_identity": "director"}

    board: Mapped[str | None] = mapped_column(String(30), unique=True)


class Engineer(Person):
    __tablename__ = "engineers"
    __mapper_args__ = {"polymorphic_identity": "engineer"}

    id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    language: Mapped[Literal["python", "go", "rust"]]


class Badge(Plain):
    __tablename__ = "badges"
    __table_args__ = (
        UniqueConstraint("person_id", "label", name="uq_badge"),
        Index("ix_badges_low", func.lower(Column("label")), "id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", name="fk_badge_person"))
    label: Mapped[str] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)


class Desk(Plain):
    __tablename__ = "desks"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id = mapped_column(ForeignKey("people.id", use_alter=True), unique=True)
