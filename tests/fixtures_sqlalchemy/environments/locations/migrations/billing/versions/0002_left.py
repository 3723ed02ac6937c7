# ruff: noqa
import sqlalchemy as sa
from alembic import op

revision = "b2"
down_revision = "b1"


def upgrade():
    op.add_column("invoices", sa.Column("paid", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_invoices_paid", "invoices", ["paid", "team_id"])


def downgrade():
    op.drop_index("ix_invoices_paid", table_name="invoices")
    with op.batch_alter_table("invoices") as batch_op:
        batch_op.drop_column("paid")
