# ruff: noqa
import sqlalchemy as sa
from alembic import op

revision = "f6"
down_revision = "e5"


def upgrade():
    op.rename_table("tags", "labels")
    with op.batch_alter_table("labels", schema=None) as batch_op:
        batch_op.alter_column("label", new_column_name="title", existing_type=sa.String(20), existing_nullable=False)
        batch_op.add_column(sa.Column("team_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_labels_teams", "teams", ["team_id"], ["id"], ondelete="CASCADE")
        batch_op.create_index(batch_op.f("ix_labels_team_id"), ["team_id"], unique=False)
    op.create_table(
        "user_labels",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("label_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["label_id"], ["labels.id"], name=op.f("fk_to_label")),
        sa.PrimaryKeyConstraint("user_id", "label_id"),
    )


def downgrade():
    op.drop_table("user_labels")
    with op.batch_alter_table("labels") as batch_op:
        batch_op.drop_constraint("fk_labels_teams", type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_labels_team_id"))
        batch_op.drop_column("team_id")
        batch_op.alter_column("title", new_column_name="label", existing_type=sa.String(20), existing_nullable=False)
    op.rename_table("labels", "tags")
