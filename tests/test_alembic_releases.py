"""Which requirements and lock files leave no doubt that SQLAlchemy is older than 2.1."""

from __future__ import annotations

import pytest

from schemalint.parsers.alembic.releases import _stated


@pytest.mark.parametrize(
    "text",
    [
        "sqlalchemy==2.0.36",
        "SQLAlchemy[asyncio] >=2.0, <2.1 ; python_version > '3'",
        "sqlalchemy~=2.0.3",
        "sqlalchemy~=1.4",
        "sqlalchemy==2.0.*",
        "sqlalchemy<2.1.0",
        '[[package]]\nname = "SQLAlchemy"\nversion = "1.4.54"',
        '"sqlalchemy": {\n  "hashes": ["sha256:1"],\n  "version": "==2.0.44"\n}',
    ],
)
def test_older(text: str) -> None:
    assert list(_stated(text.encode())) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "sqlalchemy>=2.0",
        "sqlalchemy~=2.0",
        "sqlalchemy==2.1.0",
        "sqlalchemy<3.0",
        'name = "sqlalchemy"\nversion = "2.1.9"',
    ],
)
def test_not_older_for_certain(text: str) -> None:
    assert list(_stated(text.encode())) == [False]


@pytest.mark.parametrize(
    "text", ["sqlalchemy", "sqlalchemy-utils==0.41", "flask-sqlalchemy==3.1.1", "# sqlalchemy==1.4"]
)
def test_nothing_is_stated(text: str) -> None:
    assert list(_stated(text.encode())) == []
