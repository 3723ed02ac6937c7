# ruff: noqa
import sqlalchemy as sa
from alembic import op
from shared import tables as t
from shared.indexes import raw
from shared.tables import create, key, stamps

revision = "h1"
down_revision = None


def upgrade():
    create("people")
    t.create(name="rooms", size=7)
    op.create_table("doors", key(sa.BigInteger()), sa.Column("room_id", sa.Integer()), *stamps())
    raw("people")
    raw(table="rooms", column="changed")


def downgrade():
    op.drop_table("doors")
    t.drop_one("rooms", "ix_rooms_label")
    t.drop_one("people", index="ix_people_label")
