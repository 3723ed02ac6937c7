"""Small projects to fix, and what fixes make of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from schemalint.config import Config
from schemalint.discover import MemoryTree, Tree
from schemalint.fixes import Outcome, fix
from schemalint.lint import lint
from schemalint.model.finding import Edit, Finding, Fix, Location, Severity
from schemalint.model.report import Report
from schemalint.model.span import Span

HERE = Path(__file__).parent.parent.parent
SQL = "db/migrations/000001_init.up.sql"
TABLE = "CREATE TABLE users (id bigserial PRIMARY KEY);\n"
UNUSED = "-- schemalint: ignore[SL101] once needed\n"
GO_MOD = "module example.com/shop\n\ngo 1.22\n\nrequire (\n\tgorm.io/driver/mysql v1.6.0\n\tgorm.io/gorm v1.31.2\n)\n"


def judge(tree: Tree) -> Report:
    return lint(tree, Config())


def fixed(files: dict[str, str | bytes], unsafe: bool = True, check: Callable[[Tree], Report] = judge) -> Outcome:
    tree = MemoryTree(files)
    return fix(tree, check(tree), check, unsafe)


def model(tag: str) -> str:
    return (
        'package main\n\nimport "gorm.io/gorm"\n\n'
        f"type User struct {{\n\tID uint\n\tMail string {tag}\n}}\n\n"
        "func migrate(db *gorm.DB) error { return db.AutoMigrate(&User{}) }\n"
    )


def edits(path: str, *given: tuple[int, int, str], safe: bool = True) -> Finding:
    made = tuple(Edit(Span(path, start, end), text) for start, end, text in given)
    return Finding("SL999", "made-up", Severity.NOTE, "", Location(made[0].span), fix=Fix("", made, safe))


def told(findings: Iterable[Finding], then: Iterable[Finding] = ()) -> Callable[[Tree], Report]:
    """A check that finds these, and at every later call those."""
    calls = [tuple(findings)]

    def check(tree: Tree) -> Report:
        return Report(calls.pop() if calls else tuple(then), {}, (), (), {})

    return check


def shop(column: str, ddl: str = "name text NOT NULL", rest: str = "") -> dict[str, str]:
    return {
        SQL: f"CREATE TABLE shops (id bigserial PRIMARY KEY, {ddl});\n{rest}",
        "requirements.txt": "psycopg2-binary==2.9.9\nsqlalchemy==2.0.36\n",
        "models.py": (
            "import sqlalchemy as sa\n"
            "from sqlalchemy import BigInteger, Column, MetaData, String, Text, UniqueConstraint\n"
            "from typing import Optional\n"
            "from sqlalchemy.orm import Mapped, declarative_base, mapped_column\n\n"
            "Base = declarative_base()\nMORE = {}\n\n\n"
            'class Shop(Base):\n    __tablename__ = "shops"\n'
            f"    id = Column(BigInteger, primary_key=True)\n    {column}\n"
            "    code = Column(Text, unique=True, index=False)\n    kind = Column(Text, index=True)\n"
        ),
    }


def after(files: dict[str, str]) -> str | None:
    """What the line of the column becomes."""
    done = fixed(dict(files))
    if "models.py" not in done.files:
        return None
    before, now = (content.decode().split("\n") for content in done.files["models.py"])
    (line,) = [new.strip() for old, new in zip(before, now, strict=True) if old != new]
    return line
