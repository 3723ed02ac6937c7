# ruff: noqa
import sqlalchemy as sa
from alembic import op

revision = "o2"
down_revision = "o1"


def upgrade():
    op.drop_table_comment("plain", existing_comment="what is plain")
    op.drop_index("ix_plain_room", "plain", if_exists=True)
    op.drop_index("ix_plain_room", "plain", if_exists=True)
    op.drop_constraint("fk_other_plain", "other", type_="foreignkey")
    op.drop_constraint("plain_key", "plain", type_="primary")
    op.alter_column("plain", "id", new_column_name="number", type_=sa.BigInteger(), existing_type=sa.Integer())
    op.create_primary_key(None, "plain", ["number"])
    op.create_foreign_key(
        "fk_again", "other", "plain", ["plain_id"], ["number"], ondelete="CASCADE", onupdate="RESTRICT"
    )
    op.alter_column("plain", "room", server_default=sa.text("7"), nullable=False)
    op.alter_column("plain", "state", server_default=None, existing_type=sa.String())
    op.create_unique_constraint("uq_plain_room", "plain", ["room", "state"])
    op.create_check_constraint("ck_plain", "plain", "room > 0")
    op.drop_table("never", if_exists=True)


def downgrade():
    op.drop_constraint("ck_plain", "plain", type_="check")
    op.drop_constraint("uq_plain_room", "plain")
    op.alter_column("plain", "state", server_default="on")
    op.alter_column("plain", "room", server_default=None, nullable=True)
    op.drop_constraint("fk_again", "other", type_="foreignkey")
    op.drop_constraint("plain_pkey", "plain", type_="primary")
    op.alter_column("plain", "number", new_column_name="id", type_=sa.Integer())
    op.create_primary_key("plain_key", "plain", ["id"])
    op.create_foreign_key("fk_other_plain", "other", "plain", ["plain_id"], ["id"])
    op.create_index("ix_plain_room", "plain", ["room"], postgresql_where=sa.text("room > 1"))
