# ruff: noqa
"""Where SQLAlchemy 2.0 and 2.1 part: the type of a float, the schema of an enum."""

from typing import Optional

from sqlalchemy import Enum, Float, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Reading(Base):
    __tablename__ = "readings"
    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[float]
    maybe: Mapped[Optional[float]]
    stated: Mapped[float] = mapped_column(Float)


class InSchema(DeclarativeBase):
    metadata = MetaData(schema="app")


class Job(InSchema):
    __tablename__ = "jobs"
    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(Enum("on", "off", name="job_state"))


METADATA = [Base.metadata, InSchema.metadata]
