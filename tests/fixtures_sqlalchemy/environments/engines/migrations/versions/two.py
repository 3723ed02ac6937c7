# ruff: noqa
import sqlalchemy as sa
from alembic import op

revision = "a2"
down_revision = "a1"


def upgrade(engine_name):
    globals()[f"upgrade_{engine_name}"]()


def downgrade(engine_name):
    globals()[f"downgrade_{engine_name}"]()


def upgrade_users():
    op.add_column("people", sa.Column("email", sa.String(90), nullable=True))


def downgrade_users():
    with op.batch_alter_table("people") as batch_op:
        batch_op.drop_column("email")


def upgrade_logs():
    pass


def downgrade_logs():
    pass
