# ruff: noqa
"""Mixins, abstract bases and declared_attr."""

import re

from sqlalchemy import Boolean, CheckConstraint, Column, DateTime, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy import func
from sqlalchemy.ext.declarative import AbstractConcreteBase
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, column_property, declared_attr, mapped_column
from sqlalchemy.orm import relationship


class Base(DeclarativeBase):
    id: Mapped[int] = mapped_column(primary_key=True)

    @declared_attr.directive
    def __tablename__(cls):
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class BlogPost(Base):
    title = Column(String(20))


class HttpLog(Base):
    line = Column(String(30), nullable=False)


class Stamps:
    created_at = Column(DateTime, nullable=False, server_default=func.now())
    updated_at = Column(DateTime)


class Soft:
    deleted: Mapped[bool] = mapped_column(Boolean, default=False)

    @hybrid_property
    def alive(self):
        return not self.deleted


class Audited(Stamps, Soft):
    @declared_attr
    def author_id(cls):
        return Column(Integer, ForeignKey("blog_post.id"), nullable=False)

    @declared_attr
    def author(cls):
        return relationship("BlogPost", foreign_keys=[cls.author_id])


class Comment(Audited, Base):
    body = Column(String(100))


class Page(Base, Stamps):
    updated_at = Column(DateTime, nullable=False)
    path = Column(String(90), unique=True)


class Unwanted(Stamps, Base):
    created_at = None
    slug = Column(String(4))


class Slugged:
    slug: Mapped[str] = mapped_column(String(40))

    @declared_attr.directive
    def __table_args__(cls):
        return (UniqueConstraint("slug"), {"comment": "has a slug"})


class Topic(Slugged, Base):
    name = Column(String(10))


class Section(Slugged, Base):
    __table_args__ = (Index("ix_section_order", "order"), *[CheckConstraint("id > 0", name="positive")])
    order = Column(Integer)


class Tenanted(Base):
    __abstract__ = True
    tenant_id: Mapped[int] = mapped_column(index=True)
    __table_args__ = (CheckConstraint("tenant_id > 0", name="tenant"),)


class Invoice(Tenanted):
    number = mapped_column(String(9))


class Receipt(Tenanted):
    __tablename__ = "receipts"
    __table_args__ = (*Tenanted.__table_args__, UniqueConstraint("tenant_id", "number", name="uq_receipt"))
    number = mapped_column(String(9))


class Credit(Tenanted):
    __table_args__ = Tenanted.__table_args__ + (Index("ix_credit_n", "n"),)
    n = mapped_column(Integer)


class Ranked:
    @declared_attr
    def rank(cls) -> Mapped[int]:
        return mapped_column("rank_", Integer, nullable=False)


class Plural:
    @declared_attr
    def __tablename__(cls):
        return f"{cls.__name__.lower()}s"


class Medal(Ranked, Plural, Base):
    pass


class Cup(Plural, Ranked, Base):
    rank = mapped_column("other_rank", Integer)


class Keyed:
    key: Mapped[str] = mapped_column(String(10), primary_key=True)
    id = None


class Setting(Keyed, Plural, Base):
    value: Mapped[str | None] = mapped_column(String(10))


class Upper:
    @declared_attr
    def __tablename__(cls):
        return cls.__name__.upper()


class Shout(Upper, Base):
    loud = Column(Boolean, nullable=False)


class Counted:
    n: Mapped[int] = mapped_column(server_default="0")


class Grand(Stamps):
    grand = Column(String(1))


class Mother(Grand):
    mother = Column(String(2))


class Daughter(Mother, Soft, Base):
    daughter = Column(String(3))


class Sibling(Soft, Mother, Base):
    __tablename__ = "sibling"
    grand = Column(String(9), nullable=False)
