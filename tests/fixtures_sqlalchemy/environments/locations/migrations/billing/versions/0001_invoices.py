# ruff: noqa
import sqlalchemy as sa
from alembic import op

revision = "b1"
down_revision = None
branch_labels = ("billing",)
depends_on = "c2"


def upgrade():
    op.create_table(
        "invoices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), sa.ForeignKey("teams.id", name="fk_invoice_team"), nullable=True),
        sa.Column("total", sa.Numeric(10, 2), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invoices"),
        sa.CheckConstraint("total >= 0", name="ck_total"),
    )


def downgrade():
    op.drop_table("invoices")
