# ruff: noqa
import datetime
import decimal
import uuid
from typing import Annotated

from sqlalchemy import BigInteger, DateTime, ForeignKey, MetaData, Numeric, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

str50 = Annotated[str, 50]
intpk = Annotated[int, mapped_column(BigInteger, primary_key=True)]
timestamp = Annotated[datetime.datetime, mapped_column(nullable=False, server_default=func.now())]

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        str: String(200),
        str50: String(50),
        datetime.datetime: DateTime(timezone=True),
        decimal.Decimal: Numeric(12, 2),
    }


class Plain(DeclarativeBase):
    """A second base, without a convention."""


class Stamped:
    created_at: Mapped[timestamp]
    updated_at: Mapped[datetime.datetime | None] = mapped_column(onupdate=func.now())


class Identified:
    id: Mapped[intpk]


class Owned:
    @declared_attr
    def owner_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)


class Named:
    @declared_attr.directive
    def __tablename__(cls) -> str:
        return cls.__name__.lower() + "s"


class Keyed(Base):
    __abstract__ = True

    key: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
