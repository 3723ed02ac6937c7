# ruff: noqa
import sqlalchemy as sa
from alembic import op

revision = "m2"
down_revision = "m1"


def upgrade():
    op.alter_column("things", "id", type_=sa.BigInteger(), existing_nullable=False)
    op.alter_column("things", "age", type_=sa.BigInteger())
    op.alter_column("things", "rank", new_column_name="place", existing_type=sa.Integer(), existing_nullable=False)
    op.alter_column("things", "kept", type_=sa.String(40), existing_nullable=False, existing_server_default="x")
    op.alter_column("things", "alone", server_default="1")


def downgrade():
    op.alter_column("things", "alone", server_default=None)
    op.alter_column("things", "kept", type_=sa.String(20), existing_nullable=False, existing_server_default="x")
    op.alter_column("things", "place", new_column_name="rank", existing_type=sa.Integer(), existing_nullable=False)
    op.alter_column("things", "age", existing_type=sa.BigInteger(), nullable=False)
    op.alter_column(
        "things", "id", type_=sa.Integer(), existing_nullable=False, existing_autoincrement=True, autoincrement=True
    )
