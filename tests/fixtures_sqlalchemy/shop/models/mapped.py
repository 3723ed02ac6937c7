# ruff: noqa
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, registry

reg = registry(
    metadata=sa.MetaData(naming_convention={"pk": "%(table_name)s_pk", "fk": "%(table_name)s_%(column_0_N_name)s_fk"})
)


@reg.mapped
class Room:
    __tablename__ = "rooms"

    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(20), nullable=False)


@reg.mapped_as_dataclass
class Chair:
    __tablename__ = "chairs"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    room_id: Mapped[int] = mapped_column(sa.ForeignKey("rooms.id"))
    legs: Mapped[int] = mapped_column(default=4)
    color: Mapped[str | None] = mapped_column(sa.String(10), default=None)


GenBase = reg.generate_base()


class Lamp(GenBase):
    __tablename__ = "lamps"

    id = sa.Column(sa.Integer, primary_key=True)
    watts = sa.Column(sa.DECIMAL(6, 2), nullable=False, server_default="40")
    chair_id = sa.Column(sa.ForeignKey("chairs.id", ondelete="SET NULL"))


class DataBase(MappedAsDataclass, DeclarativeBase):
    pass


class Window(DataBase, kw_only=True):
    __tablename__ = "windows"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    height: Mapped[int] = mapped_column(default=1)
    open: Mapped[bool] = mapped_column(default=False, server_default="0")
    glass: Mapped[str] = mapped_column(sa.String(20), insert_default="clear")


class Blind(DataBase):
    __tablename__ = "blinds"

    window_id: Mapped[int] = mapped_column(sa.ForeignKey("windows.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
