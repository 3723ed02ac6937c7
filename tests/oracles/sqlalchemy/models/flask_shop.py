# ruff: noqa
"""Flask-SQLAlchemy 2 and 3: automatic names, mixins, inheritance, binds, tables."""

import enum
from datetime import datetime

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.ext.declarative import declared_attr

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
app.config["SQLALCHEMY_BINDS"] = {"logs": "sqlite://"}
app.config["SQLALCHEMY_TRACK_MODIFICATIONS"] = False
db = SQLAlchemy(app)

roles_users = db.Table(
    "roles_users",
    db.Column("user_id", db.Integer, db.ForeignKey("user.id"), primary_key=True),
    db.Column("role_id", db.Integer(), db.ForeignKey("role.id"), primary_key=True),
)


class Status(enum.Enum):
    open = "o"
    closed = "c"


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    username = db.Column(db.String(80), unique=True, nullable=False)
    email = db.Column(db.String(120), index=True, unique=True)
    joined = db.Column(db.DateTime, default=datetime.utcnow, index=True)
    roles = db.relationship("Role", secondary=roles_users, backref=db.backref("users", lazy="dynamic"))


class Role(db.Model):
    __tablename__ = "role"
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(30), nullable=False, server_default="member")


class BlogPost(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    user_id = db.Column(db.Integer, db.ForeignKey("user.id", ondelete="CASCADE"), nullable=False)
    body = db.Column(db.Text)
    status = db.Column(db.Enum(Status), default=Status.open, nullable=False)
    __table_args__ = (db.UniqueConstraint("user_id", "status", name="uq_status"), db.Index("ix_u_s", "user_id", "id"))


class HTTPServer(db.Model):
    id = db.Column(db.BigInteger, primary_key=True)


class OAuth2Token(db.Model):
    token = db.Column(db.String(40), primary_key=True)


class Stamped:
    created = db.Column(db.DateTime, nullable=False, server_default=db.func.now())

    @declared_attr
    def author_id(cls):
        return db.Column(db.Integer, db.ForeignKey("user.id"))


class Article(Stamped, db.Model):
    id = db.Column(db.Integer, primary_key=True)


class BaseModel(db.Model):
    __abstract__ = True
    id = db.Column(db.Integer, primary_key=True)
    deleted = db.Column(db.Boolean, default=False, nullable=False)


class SiteSetting(BaseModel):
    key = db.Column(db.String(20), nullable=False)


class Visit(BaseModel):
    __bind_key__ = "logs"
    path = db.Column(db.String(200))


class Vehicle(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    type = db.Column(db.String(10))
    __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "v"}


class Car(Vehicle):
    doors = db.Column(db.Integer)
    __mapper_args__ = {"polymorphic_identity": "c"}


class Truck(Vehicle):
    id = db.Column(db.Integer, db.ForeignKey("vehicle.id"), primary_key=True)
    load = db.Column(db.Numeric(8, 2))
    __mapper_args__ = {"polymorphic_identity": "t"}


class Named:
    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower() + "_named"


class Thing(Named, db.Model):
    id = db.Column(db.Integer, primary_key=True)


class WithTable(db.Model):
    __table__ = db.Table("with_table", db.metadata, db.Column("id", db.Integer, primary_key=True))


METADATA = [db.metadata, *getattr(db, "metadatas", {}).values()]
