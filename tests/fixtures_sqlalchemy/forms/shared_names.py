# ruff: noqa
"""Aliases, star imports, conditions that do not matter."""

try:
    from sqlalchemy.orm import declarative_base
except ImportError:
    from sqlalchemy.ext.declarative import declarative_base
import sqlalchemy
import sqlalchemy as SA
import sqlalchemy.orm as orm
from sqlalchemy import Column as C, Integer as I, String as S
from sqlalchemy.orm import registry as make_registry
from sqlalchemy.schema import Column as SchemaColumn, ForeignKey as FK, Table as T
from sqlalchemy.sql import func as F
from sqlalchemy.sql.schema import UniqueConstraint as UQ
from sqlalchemy.types import String as TypesString

ORM = declarative_base(name="ORM")
Model = ORM


class A(Model):
    __tablename__ = "sn_a"
    id = C(I, primary_key=True)
    s = C(S(5), nullable=False)
    t = SchemaColumn(TypesString(6))
    u = sqlalchemy.Column(sqlalchemy.types.String(7))
    v = SA.Column("vv", SA.Integer)
    __table_args__ = (UQ("s", "t"),)


class B(ORM):
    __tablename__ = "sn_b"
    id = SA.Column(SA.Integer, SA.ForeignKey(A.id), primary_key=True)
    a_id = SA.Column(FK("sn_a.id"))
    at = SA.Column(SA.DateTime, server_default=F.now())


class C_(orm.DeclarativeBase):
    pass


class D(C_):
    __tablename__ = "sn_d"
    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    name: "orm.Mapped[str]" = orm.mapped_column(SA.String(3))
    maybe: orm.Mapped["int | None"]


made = make_registry()
Made = made.generate_base()


class E_(Made):
    __tablename__ = "sn_e"
    id = C(I, primary_key=True)


t = T("sn_t", made.metadata, C("id", I, primary_key=True), C("e_id", FK(E_.id)))


def unused():
    class Inner(ORM):
        __tablename__ = "never"
        id = C(I, primary_key=True)


def key(name="id", **kw):
    return C(name, I, primary_key=True, **kw)


if True:

    class Conditional(ORM):
        __tablename__ = "sn_conditional"
        id = C(I, primary_key=True)
