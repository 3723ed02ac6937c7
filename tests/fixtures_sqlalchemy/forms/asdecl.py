# ruff: noqa
"""as_declarative, registry decorators, bases with columns of their own."""

from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, String, func
from sqlalchemy.orm import DeclarativeBaseNoMeta, Mapped, as_declarative, declarative_base, declared_attr, mapped_column
from sqlalchemy.orm import registry

meta = MetaData(naming_convention={"pk": "pk__%(table_name)s"})


@as_declarative()
class Base:
    id = Column(Integer, primary_key=True, index=True)

    @declared_attr
    def __tablename__(cls) -> str:
        return cls.__name__.lower()


class Alpha(Base):
    name = Column(String(5))


class Beta(Base):
    __tablename__ = "betas"
    alpha_id = Column(ForeignKey("alpha.id"))


@as_declarative(metadata=meta)
class Other:
    created = Column(DateTime, server_default=func.now())


class Gamma(Other):
    __tablename__ = "gammas"
    id = Column(Integer, primary_key=True)


class Columns:
    id = Column(Integer, primary_key=True)
    note = Column(String(9))


Third = declarative_base(cls=Columns, metadata=MetaData(naming_convention={"pk": "third_%(table_name)s"}))


class Delta(Third):
    __tablename__ = "deltas"
    note = Column(String(99))


class NoMeta(DeclarativeBaseNoMeta):
    pass


class Epsilon(NoMeta):
    __tablename__ = "epsilons"
    id: Mapped[int] = mapped_column(primary_key=True)


reg = registry(metadata=MetaData(), constructor=None)


@reg.mapped
class Zeta:
    __tablename__ = "zetas"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(5), server_default="x")


@reg.as_declarative_base()
class RegBase:
    id = Column(Integer, primary_key=True)


class Eta(RegBase):
    __tablename__ = "etas"
    zeta_id = Column(ForeignKey("zetas.id"), nullable=False)


Fourth = reg.generate_base(cls=Columns)


class Theta(Fourth):
    __tablename__ = "thetas"


class Abstract(Third):
    __abstract__ = True
    extra = Column(Integer, nullable=False)


class Iota(Abstract):
    __tablename__ = "iotas"


class Kappa(Abstract):
    __tablename__ = "kappas"
    extra = Column(Integer)


class Mixed(Columns, Other):
    __tablename__ = "mixeds"
    own = Column(Integer, unique=True)
