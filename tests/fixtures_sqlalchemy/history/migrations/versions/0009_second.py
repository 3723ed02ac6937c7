# ruff: noqa
from typing import Sequence, Union

import sqlalchemy as sa
from alembic import op

revision: str = "b2"
down_revision: Union[str, None] = "a1"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COLUMNS = [("created_at", sa.DateTime()), ("updated_at", sa.DateTime())]


def add_stamps(table, nullable=True):
    for name, kind in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=nullable))


def upgrade() -> None:
    add_stamps("teams")
    add_stamps("users", nullable=True)
    with op.batch_alter_table("users") as batch_op:
        batch_op.add_column(sa.Column("nick", sa.String(30), server_default="none", nullable=False))
        batch_op.alter_column("age", existing_type=sa.Integer(), type_=sa.BigInteger(), nullable=False)
        batch_op.create_unique_constraint("uq_nick", ["nick", "team_id"])


def downgrade() -> None:
    with op.batch_alter_table("users") as batch_op:
        batch_op.drop_constraint("uq_nick", type_="unique")
        batch_op.alter_column("age", existing_type=sa.BigInteger(), type_=sa.Integer(), nullable=True)
        batch_op.drop_column("nick")
        for name, _ in COLUMNS:
            batch_op.drop_column(name)
    for table in ("teams",):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("created_at")
            batch.drop_column("updated_at")
