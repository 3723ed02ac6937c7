# ruff: noqa
import sqlalchemy as sa
from alembic import op
from shared import tables

revision = "h2"
down_revision = "h1"


def upgrade():
    tables.add_all("people", [sa.Column("born", sa.Date()), sa.Column("height", sa.Integer(), server_default="1")])
    with op.batch_alter_table("rooms") as batch_op:
        tables.in_batch(batch_op, "floor")
    if not tables.has_column("doors", "colour"):
        op.add_column("doors", sa.Column("colour", sa.String(9)))


def downgrade():
    with op.batch_alter_table("doors") as batch_op:
        batch_op.drop_column("colour")
    with op.batch_alter_table("rooms") as batch_op:
        batch_op.drop_column("floor")
    with op.batch_alter_table("people") as batch_op:
        for name in ("height", "born"):
            batch_op.drop_column(name)
