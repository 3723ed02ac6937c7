# ruff: noqa
import sqlalchemy as sa
from alembic import op

revision = "c1"
down_revision = None
branch_labels = ("core",)
depends_on = None


def upgrade():
    op.create_table(
        "accounts", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.String(40), index=True)
    )
    op.create_index("ix_accounts_low", "accounts", [sa.text("lower(name)")], unique=True)
    op.bulk_insert(sa.table("accounts", sa.column("id"), sa.column("name")), [{"id": 1, "name": "first"}])


def downgrade():
    op.drop_index("ix_accounts_low", "accounts")
    op.drop_table("accounts")
