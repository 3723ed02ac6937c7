# ruff: noqa
import sqlalchemy as sa
from alembic import op

revision = "b3"
down_revision = "b1"


def upgrade():
    with op.batch_alter_table("invoices", recreate="auto") as batch_op:
        batch_op.add_column(sa.Column("number", sa.String(20), nullable=True))
        batch_op.create_unique_constraint("uq_invoices_number", ["number"])
        batch_op.alter_column(
            "total", existing_type=sa.Numeric(10, 2), type_=sa.Numeric(12, 2), existing_nullable=False
        )


def downgrade():
    with op.batch_alter_table("invoices") as batch_op:
        batch_op.alter_column(
            "total", existing_type=sa.Numeric(12, 2), type_=sa.Numeric(10, 2), existing_nullable=False
        )
        batch_op.drop_constraint("uq_invoices_number", type_="unique")
        batch_op.drop_column("number")
