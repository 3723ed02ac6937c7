# ruff: noqa
import sqlalchemy as sa
from alembic import op

revision = "m1"
down_revision = None


def upgrade():
    op.create_table(
        "things",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("age", sa.Integer(), server_default="3", nullable=False),
        sa.Column("rank", sa.Integer(), server_default="4", nullable=False),
        sa.Column("kept", sa.String(20), server_default="x", nullable=False),
        sa.Column("alone", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    op.drop_table("things")
