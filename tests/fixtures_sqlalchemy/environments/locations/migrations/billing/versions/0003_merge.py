# ruff: noqa
import sqlalchemy as sa
from alembic import op

revision = "b4"
down_revision = ("b2", "b3")


def upgrade():
    with op.batch_alter_table("invoices") as batch:
        batch.drop_constraint("ck_total", type_="check")
        batch.alter_column("paid", new_column_name="settled", existing_type=sa.Boolean(), existing_nullable=False)
    op.rename_table("teams_old", "crews")


def downgrade():
    op.rename_table("crews", "teams_old")
    with op.batch_alter_table("invoices") as batch:
        batch.alter_column("settled", new_column_name="paid", existing_type=sa.Boolean(), existing_nullable=False)
        batch.create_check_constraint("ck_total", sa.text("total >= 0"))
