# ruff: noqa
"""Joined, single-table and concrete inheritance."""

from typing import Optional

from sqlalchemy import Column, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, declared_attr, mapped_column

Old = declarative_base()


class Base(DeclarativeBase):
    pass


class Animal(Old):
    __tablename__ = "animals"
    id = Column(Integer, primary_key=True)
    type = Column(String(20))
    __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "animal"}


class Dog(Animal):
    __tablename__ = "dogs"
    id = Column(Integer, ForeignKey("animals.id"), primary_key=True)
    breed = Column(String(30))
    __mapper_args__ = {"polymorphic_identity": "dog"}


class Puppy(Dog):
    __tablename__ = "puppies"
    id = Column(ForeignKey("dogs.id", ondelete="CASCADE"), primary_key=True)
    weeks = Column(Integer, nullable=False)
    __mapper_args__ = {"polymorphic_identity": "puppy"}


class Cat(Animal):
    lives = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "cat"}


class Kitten(Cat):
    weeks = Column("kitten_weeks", Integer, index=True)
    __mapper_args__ = {"polymorphic_identity": "kitten"}


Index("ix_cat_lives", Cat.lives)


class Payment(Base):
    __tablename__ = "payments"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    amount: Mapped[int]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}


class Card(Payment):
    last4: Mapped[str] = mapped_column(String(4), nullable=True)
    brand: Mapped[Optional[str]] = mapped_column(String(9))
    __mapper_args__ = {"polymorphic_identity": "card"}


class Transfer(Payment):
    iban: Mapped[str] = mapped_column(String(34), nullable=True, unique=True)
    __mapper_args__ = {"polymorphic_identity": "transfer"}


class Shared:
    @declared_attr
    def start(cls) -> Mapped[Optional[int]]:
        return mapped_column(Integer)


class Job(Base):
    __tablename__ = "jobs"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "job"}


class TimedJob(Job):
    seconds: Mapped[Optional[int]] = mapped_column(use_existing_column=True)
    __mapper_args__ = {"polymorphic_identity": "timed"}


class RetriedJob(Job):
    seconds: Mapped[Optional[int]] = mapped_column(use_existing_column=True)
    times: Mapped[Optional[int]]
    __mapper_args__ = {"polymorphic_identity": "retried"}


class Stored(Base):
    __tablename__ = "stored"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30))


class Elsewhere(Stored):
    __tablename__ = "elsewhere"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30))
    extra: Mapped[str] = mapped_column(String(1))
    __mapper_args__ = {"concrete": True}


class Stamped:
    stamp: Mapped[Optional[int]]


class Root(Stamped, Base):
    __tablename__ = "roots"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(5))
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "r"}


class Branch(Root):
    __tablename__ = "branches"
    id: Mapped[int] = mapped_column(ForeignKey(Root.id), primary_key=True)
    leaves: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "b"}


class Vote(Root):
    yes: Mapped[Optional[bool]]
    __mapper_args__ = {"polymorphic_identity": "v"}


class Middle(Base):
    __abstract__ = True
    middle: Mapped[Optional[str]] = mapped_column(String(3))


class Leaf(Middle):
    __tablename__ = "leaf"
    id: Mapped[int] = mapped_column(primary_key=True)


class LeafOfLeaf(Leaf):
    __tablename__ = "leaf_of_leaf"
    leaf_id: Mapped[int] = mapped_column(ForeignKey("leaf.id"), primary_key=True)
    __table_args__ = (UniqueConstraint("leaf_id"),)
