# ruff: noqa
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "o1"
down_revision = None


def upgrade():
    op.create_table(
        "plain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room", sa.Integer()),
        sa.Column("during", postgresql.TSRANGE()),
    )
    op.create_primary_key("plain_key", "plain", ["id"])
    op.create_table_comment("plain", "what is plain")
    op.create_index("ix_plain_room", "plain", ["room"], if_not_exists=True, postgresql_where=sa.text("room > 1"))
    sa.Enum("on", "off", name="plain_state").create(op.get_bind())
    op.add_column(
        "plain",
        sa.Column(
            "state",
            postgresql.ENUM("on", "off", name="plain_state", create_type=False),
            server_default="on",
            nullable=False,
        ),
    )
    op.execute("ALTER TYPE plain_state ADD VALUE IF NOT EXISTS 'idle' AFTER 'on'")
    op.create_table(
        "other",
        sa.Column("plain_id", sa.Integer(), sa.ForeignKey("plain.id", name="fk_other_plain"), primary_key=True),
        sa.Column("n", sa.Integer(), sa.Computed("plain_id * 2", persisted=True)),
    )


def downgrade():
    op.drop_table("other")
    op.drop_table("plain")
    op.execute("DROP TYPE plain_state")
