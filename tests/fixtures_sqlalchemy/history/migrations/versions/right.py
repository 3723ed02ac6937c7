# ruff: noqa
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "d4"
down_revision = "b2"

mood = sa.Enum("sad", "ok", name="mood")
existing = sa.Enum("sad", "ok", name="mood").with_variant(
    postgresql.ENUM("sad", "ok", name="mood", create_type=False), "postgresql"
)


def upgrade():
    bind = op.get_bind()
    mood.create(bind, checkfirst=True)
    op.add_column("teams", sa.Column("mood", mood, nullable=True))
    op.create_table(
        "moods",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("now", existing, nullable=False),
        sa.Column("then", sa.Enum("good", "bad", name="weather")),
    )
    if bind.dialect.name == "postgresql":
        op.execute("ALTER TABLE moods ADD COLUMN extra jsonb DEFAULT '{}'::jsonb")
        op.create_index("ix_moods_extra", "moods", [sa.text("lower(extra::text)"), "id"], unique=True)
    else:
        op.add_column("moods", sa.Column("extra", sa.JSON()))


def downgrade():
    op.drop_table("moods")
    with op.batch_alter_table("teams") as batch_op:
        batch_op.drop_column("mood")
    sa.Enum(name="weather").drop(op.get_bind(), checkfirst=True)
    mood.drop(op.get_bind())
