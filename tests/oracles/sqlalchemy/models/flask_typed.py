# ruff: noqa
"""Flask-SQLAlchemy 3.1 with a model class and annotations."""

from typing import Optional

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)
plain = SQLAlchemy(metadata=MetaData(naming_convention={"fk": "fk_%(table_name)s_%(column_0_name)s"}))


class UserAccount(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20), unique=True)
    nick: Mapped[Optional[str]] = mapped_column(db.String(20))


class LoginEvent(db.Model):
    id: Mapped[int] = mapped_column(db.Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    ok: Mapped[bool]


class PlainOne(plain.Model):
    id = plain.Column(plain.Integer, primary_key=True)


class PlainTwo(plain.Model):
    id = plain.Column(plain.Integer, primary_key=True)
    one_id = plain.Column(plain.ForeignKey("plain_one.id"))


METADATA = [db.metadata, plain.metadata]
