"""What counts as importing or starting a Python file."""

from __future__ import annotations

import time

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.model.deployment import Deployment
from schemalint.parsers.sqlalchemy.starts import Starts
from schemalint.project import Project


def by_nothing(path: str, other: str, text: str) -> bool:
    return Starts(Project(MemoryTree({path: "x = 1\n", other: text}), Config(), Deployment())).by_nothing(path)


@pytest.mark.parametrize(
    "text",
    [
        "from database import engine",
        "from .database import engine",
        "from shop.database import (\n    engine,\n)",
        "from shop import database",
        "from shop import models, database as db",
        "from shop import (\n    models, database,\n)",
        "from shop import (models,\n    database)",
        "import shop.database",
        'importlib.import_module("shop.database")',
    ],
)
def test_what_imports_a_module(text: str) -> None:
    assert not by_nothing("shop/database.py", "main.py", text)


@pytest.mark.parametrize("text", ["python shop/database.py", "python -m shop.database", "uvicorn database:app"])
@pytest.mark.parametrize("name", ["start.sh", "Dockerfile", "Procfile", ".github/workflows/ci.yml"])
def test_what_starts_a_file(name: str, text: str) -> None:
    assert not by_nothing("shop/database.py", name, text)


@pytest.mark.parametrize("text", ["# the database is made by hand", "database = 3", "DATABASE = connect()"])
def test_what_only_uses_the_word(text: str) -> None:
    assert by_nothing("shop/database.py", "main.py", text)


def test_usual_names_are_found_by_servers() -> None:
    assert not by_nothing("shop/main.py", "README.md", "")


def test_a_long_line_is_read_in_little_time() -> None:
    begun = time.perf_counter()
    long = "database " + "(" * 100_000 + " " * 100_000 + "import " * 50_000 + "from a." * 50_000
    assert by_nothing("shop/database.py", "main.py", long)
    assert time.perf_counter() - begun < 5
