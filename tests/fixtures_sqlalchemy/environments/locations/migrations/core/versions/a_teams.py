# ruff: noqa
import sqlalchemy as sa
from alembic import op

revision: str = "c2"
down_revision: str | None = "c1"


def upgrade() -> None:
    op.create_table(
        "teams",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(("account_id",), ["accounts.id"], name="fk_teams_account", ondelete="CASCADE"),
        sa.UniqueConstraint("account_id", name="uq_teams_account"),
    )
    if not sa.inspect(op.get_bind()).has_table("teams_old"):
        op.create_table("teams_old", sa.Column("id", sa.Integer(), primary_key=True))
    connection = op.get_bind()
    connection.execute(sa.text("INSERT INTO accounts (id, name) VALUES (2, 'second')"))


def downgrade() -> None:
    op.drop_table("teams_old")
    op.drop_table("teams")
