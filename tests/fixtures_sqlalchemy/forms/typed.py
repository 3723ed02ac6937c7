# ruff: noqa
"""TypeDecorator, variants, computed, identity and what each database spells differently."""

import json
import uuid

from sqlalchemy import JSON, BigInteger, Boolean, Column, Computed, DateTime, FetchedValue, Float, Identity, Integer
from sqlalchemy import LargeBinary, Numeric, PickleType, Sequence, SmallInteger, String, Text, Time, TypeDecorator
from sqlalchemy import Unicode, UnicodeText, Uuid, func, literal, sql, text
from sqlalchemy.dialects.mysql import INTEGER, LONGTEXT, TINYINT
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import declarative_base
from sqlalchemy.types import CHAR, DECIMAL, VARCHAR, TypeEngine

Base = declarative_base()


class Lower(TypeDecorator):
    impl = String(50)
    cache_ok = True


class Sized(TypeDecorator):
    impl = String
    cache_ok = True


class Money(TypeDecorator):
    impl = Numeric
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value


class Json(TypeDecorator):
    """JSON as text"""

    impl = Text
    cache_ok = True


class Inherits(Sized):
    cache_ok = True


big = BigInteger().with_variant(Integer, "sqlite")
JSONType = JSON().with_variant(JSONB, "postgresql")


class Decorated(Base):
    __tablename__ = "td_decorated"
    id = Column(big, primary_key=True)
    lower = Column(Lower, nullable=False)
    lower_call = Column(Lower())
    sized = Column(Sized(20))
    sized_kw = Column(Sized(length=21))
    money = Column(Money(10, 2), nullable=False)
    data = Column(Json)
    inherited = Column(Inherits(5))


class Variants(Base):
    __tablename__ = "td_variants"
    id = Column(big, primary_key=True, autoincrement=True)
    data = Column(JSONType, nullable=False)
    text = Column(Text().with_variant(LONGTEXT, "mysql"))
    flag = Column(Boolean().with_variant(TINYINT(1), "mysql"))
    unsigned = Column(Integer().with_variant(INTEGER(unsigned=True), "mysql"), server_default="0")
    chained = Column(String(20).with_variant(VARCHAR(30), "postgresql").with_variant(CHAR(20), "sqlite"))


class Computed_(Base):
    __tablename__ = "td_computed"
    id = Column(Integer, primary_key=True)
    w = Column(Integer, nullable=False)
    h = Column(Integer, nullable=False)
    area = Column(Integer, Computed("w * h", persisted=True))
    text_ = Column("name", String(20), Computed("w || 'x'", persisted=True))


class Identities(Base):
    __tablename__ = "td_identities"
    id = Column(Integer, Identity(), primary_key=True)
    name = Column(String(3))


class Always(Base):
    __tablename__ = "td_always"
    id = Column(BigInteger, Identity(always=True, start=100, increment=5), primary_key=True)


class Sequences(Base):
    __tablename__ = "td_sequences"
    id = Column(Integer, Sequence("td_seq", optional=True), primary_key=True)


class Scalars(Base):
    __tablename__ = "td_scalars"
    id = Column(Uuid, primary_key=True, default=uuid.uuid4)
    as_text = Column(Uuid(as_uuid=False), unique=True)
    price = Column(DECIMAL(precision=8, scale=3))
    whole = Column(Numeric(precision=5))
    ratio = Column(Float(precision=24))
    exact = Column(Float(asdecimal=True))
    blob = Column(LargeBinary)
    sized_blob = Column(LargeBinary(length=100))
    pickled = Column(PickleType)
    unicode = Column(Unicode(30))
    long = Column(UnicodeText)
    at = Column(DateTime(timezone=False))
    tz = Column(DateTime(True))
    time = Column(Time)
    flag = Column(Boolean(), nullable=False, server_default=sql.expression.false())
    on = Column(Boolean, server_default=sql.true(), nullable=False)
    zero = Column(Integer, server_default="0")
    fetched = Column(Integer, FetchedValue())
    marked = Column(Integer, server_default=FetchedValue())
    none = Column(Integer, server_default=None)
    curr = Column(DateTime, server_default=func.current_timestamp())
    now_text = Column(DateTime, server_default=text("CURRENT_TIMESTAMP"))
    empty = Column(String(3), server_default="")
    spaced = Column(String(3), server_default=text("'a b'"))
    negative = Column(Integer, server_default="-1")
