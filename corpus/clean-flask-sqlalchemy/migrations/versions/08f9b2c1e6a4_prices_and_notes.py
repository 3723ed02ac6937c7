"""prices and notes

Revision ID: 08f9b2c1e6a4
Revises: c43e86d2f517
"""

import sqlalchemy as sa
from alembic import op

revision = "08f9b2c1e6a4"
down_revision = "c43e86d2f517"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("appointment", sa.Column("price", sa.Numeric(precision=10, scale=2), nullable=True))
    op.add_column("appointment", sa.Column("details", sa.JSON(), nullable=True))
    op.add_column("practitioner", sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table("patient") as batch_op:
        batch_op.add_column(sa.Column("notes", sa.Text(), nullable=True))
        batch_op.alter_column("full_name", existing_type=sa.String(length=120), type_=sa.String(length=160))


def downgrade():
    with op.batch_alter_table("patient") as batch_op:
        batch_op.alter_column("full_name", existing_type=sa.String(length=160), type_=sa.String(length=120))
        batch_op.drop_column("notes")
    op.drop_column("practitioner", "active")
    op.drop_column("appointment", "details")
    op.drop_column("appointment", "price")
