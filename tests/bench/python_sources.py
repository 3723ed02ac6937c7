"""How long a cold check of Python sources takes: half models, half revisions that create their tables, and a chain of classes
that each inherit from the one before. CPU seconds of the whole process on one core, start-up included."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

_MODEL = """from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base import Base, Stamped


class Thing{n}(Stamped, Base):
    __tablename__ = "things_{n}"
    __table_args__ = (UniqueConstraint("tenant", "name"), Index("ix_things_{n}_open", "tenant", "closed_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    tenant: Mapped[int] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(200))
    closed_at: Mapped[datetime.datetime | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("things_{parent}.id", ondelete="CASCADE"))
    parent: Mapped[Thing{parent} | None] = relationship()

    def title(self) -> str:
        return f"{{self.name}} of {{self.tenant}}"
"""
_BASE = """import datetime

from sqlalchemy import func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Stamped:
    created_at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
"""
_REVISION = """import sqlalchemy as sa
from alembic import op

revision = "{n:06}"
down_revision = {down}


def upgrade() -> None:
    op.create_table(
        "things_{n}",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["things_{parent}.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("tenant", "name"),
    )
    op.create_index(op.f("ix_things_{n}_tenant"), "things_{n}", ["tenant"], unique=False)
    op.create_index("ix_things_{n}_open", "things_{n}", ["tenant", "closed_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_things_{n}_open", table_name="things_{n}")
    op.drop_index(op.f("ix_things_{n}_tenant"), table_name="things_{n}")
    op.drop_table("things_{n}")
"""


def flat(root: Path, files: int) -> None:
    """As many models as revisions."""
    (root / "app").mkdir()
    (root / "app" / "__init__.py").write_text("")
    (root / "app" / "base.py").write_text(_BASE)
    (root / "migrations" / "versions").mkdir(parents=True)
    for n in range(1, files // 2 + 1):
        parent, down = max(1, n - 1), repr(f"{n - 1:06}") if n > 1 else None
        (root / "app" / f"thing_{n}.py").write_text(_MODEL.format(n=n, parent=parent))
        path = root / "migrations" / "versions" / f"{n:06}_thing.py"
        path.write_text(_REVISION.format(n=n, parent=parent, down=down))


def chain(root: Path, files: int) -> None:
    """Classes of joined inheritance, each the parent of the next."""
    lines = [_BASE, "from sqlalchemy import ForeignKey\n\n"]
    for n in range(files):
        parent = f"Link{n - 1}" if n else "Base"
        key = f'ForeignKey("links_{n - 1}.id"), ' if n else ""
        lines.append(f'class Link{n}({parent}):\n    __tablename__ = "links_{n}"\n')
        lines.append(f"    id: Mapped[int] = mapped_column({key}primary_key=True)\n    own_{n}: Mapped[int]\n\n")
    (root / "models.py").write_text("\n".join(lines))


def measure(name: str, root: Path) -> None:
    command = [sys.executable, "-m", "schemalint", "check", str(root), "--no-cache", "--output-format", "concise"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name:>16}: {took:6.2f} s  {done.stdout.strip().splitlines()[-1:]}")


def main() -> None:
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    for name, write, count in (
        (f"{files // 2} files", flat, files // 2),
        (f"{files} files", flat, files),
        ("chain of 100", chain, 100),
        ("chain of 200", chain, 200),
    ):
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), count)
            measure(name, Path(folder))


if __name__ == "__main__":
    main()
