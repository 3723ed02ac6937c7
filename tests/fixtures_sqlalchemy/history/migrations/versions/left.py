# ruff: noqa
import sqlalchemy as sa
from alembic import op

revision = "c3"
down_revision = "b2"


def upgrade():
    op.execute(
        """
        CREATE TABLE tags (
            id INTEGER NOT NULL PRIMARY KEY,
            label VARCHAR(20) NOT NULL
        )
        """
    )
    op.get_bind().execute(sa.text("CREATE INDEX ix_tags_label ON tags (label)"))
    op.execute(sa.table("tags", sa.column("label")).update().values(label="x"))


def downgrade():
    op.execute("DROP TABLE tags")
