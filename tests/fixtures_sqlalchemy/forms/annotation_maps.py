# ruff: noqa
import enum, datetime as dt, uuid
from decimal import Decimal
from typing import Annotated, Any, Dict, List, Literal, Optional, Union, Set
import sqlalchemy as sa
from sqlalchemy import *
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.orm import *
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator


class Colour(enum.Enum):
    red = 1
    blue = 2


class Level(enum.IntEnum):
    low = 1
    high = 2


class Str(enum.StrEnum):
    A = "a"
    B = "bbb"


big = Annotated[int, "big"]
name50 = Annotated[str, mapped_column(String(50), nullable=False)]
pk = Annotated[int, mapped_column(primary_key=True, autoincrement=True)]


class Money(TypeDecorator):
    impl = Numeric(10, 2)
    cache_ok = True


class Unknown(TypeDecorator):
    impl = sa.types.TypeEngine

    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(String(9))


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        str: String(33),
        big: BigInteger(),
        Dict[str, Any]: JSON,
        dict: JSON(),
        Colour: Enum(Colour, native_enum=False),
        Decimal: Numeric(9, 3),
        dt.datetime: DateTime(timezone=True),
        list[str]: ARRAY(String(7)).with_variant(JSON, "sqlite", "mysql"),
        Literal["p", "q"]: Enum("p", "q", name="pq", native_enum=False),
        uuid.UUID: String(36),
    }


class TableName:
    @declared_attr.directive
    def __tablename__(cls) -> str:
        return cls.__name__.lower() + "s"


class Audited:
    __abstract__ = True
    created: Mapped[dt.datetime] = mapped_column(server_default=func.now())

    @declared_attr
    def owner_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("accounts.id"))

    @declared_attr.directive
    def __table_args__(cls):
        return (Index(None, "created"), {"comment": "audited"})


class Account(TableName, Base):
    id: Mapped[pk]
    name: Mapped[name50]
    other: Mapped[Optional[name50]]
    size: Mapped[big]
    data: Mapped[Dict[str, Any]]
    data2: Mapped[dict | None]
    colour: Mapped[Colour]
    level: Mapped[Optional[Level]]
    s: Mapped[Str] = mapped_column(Enum(Str, values_callable=lambda e: [m.value for m in e]))
    price: Mapped[Decimal]
    at: Mapped[dt.datetime]
    tags: Mapped[list[str]]
    lit: Mapped[Literal["p", "q"]]
    lit2: Mapped[Literal["x", "yyy"]]
    uid: Mapped[uuid.UUID]
    money: Mapped[Decimal] = mapped_column(Money)
    blob: Mapped[Optional[bytes]]
    flag: Mapped[bool] = mapped_column(default=True)
    u: Mapped[Union[int, None]] = mapped_column(unique=True, index=True)
    calc: Mapped[int] = mapped_column(Computed("size * 2"))
    ident: Mapped["int"] = mapped_column("ident_col", Integer, CheckConstraint("ident_col > 0", name="pos"))
    ver: Mapped[int] = mapped_column(Integer)
    __mapper_args__ = {"version_id_col": ver}


class Doc(TableName, Base, Audited):
    __abstract__ = False
    id: Mapped[pk]
    kind: Mapped[str] = mapped_column(String(10))
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "doc"}


class Report(Doc):
    __tablename__ = "reports"
    id: Mapped[int] = mapped_column(ForeignKey("docs.id", ondelete="cascade"), primary_key=True)
    pages: Mapped[int]
    __table_args__ = (UniqueConstraint("pages"),)
    __mapper_args__ = {"polymorphic_identity": "report"}


class Memo(Doc):
    __tablename__ = None
    note: Mapped[Optional[str]]
    extra = mapped_column(Text, nullable=True, use_existing_column=True)
    __mapper_args__ = {"polymorphic_identity": "memo"}


class Letter(Memo):
    __tablename__ = None
    extra = mapped_column(Text, nullable=True, use_existing_column=True)
    stamp: Mapped[Optional[int]] = mapped_column(ForeignKey(Account.id))
    __mapper_args__ = {"polymorphic_identity": "letter"}


assoc = Table(
    "assoc",
    Base.metadata,
    Column("a", ForeignKey(Account.id), primary_key=True),
    Column("d", ForeignKey("docs.id"), primary_key=True),
    Index("ix_assoc_d", "d", postgresql_where=text("d > 1")),
    schema=None,
)
Index("ix_late", Account.name.desc(), func.lower(Account.other))
Index(None, Doc.kind, Doc.created)
