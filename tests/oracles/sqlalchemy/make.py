"""Prints, as JSON, the DDL that the installed libraries send for the models beside it.

Run once for each set of versions, each in an environment of its own that has them and the two drivers:

    pip install "sqlalchemy==1.4.*" "flask-sqlalchemy==2.5.1" "flask<2.3" "werkzeug<2.3" psycopg2-binary pymysql
    python tests/oracles/sqlalchemy/make.py classic14 flask_shop > tests/oracles/sqlalchemy/sqlalchemy-1.4.json
    pip install "sqlalchemy==2.0.*" flask-sqlalchemy sqlmodel "pydantic[email]" psycopg2-binary pymysql
    python tests/oracles/sqlalchemy/make.py > tests/oracles/sqlalchemy/sqlalchemy-2.0.json
    pip install "sqlalchemy==2.1.*" flask-sqlalchemy sqlmodel "pydantic[email]" psycopg2-binary pymysql
    python tests/oracles/sqlalchemy/make.py > tests/oracles/sqlalchemy/sqlalchemy-2.1.json
"""

import importlib
import json
import sys
import warnings
from pathlib import Path

from sqlalchemy import create_mock_engine
from sqlalchemy.exc import CompileError

MODELS = Path(__file__).parent / "models"
URLS = {"postgres": "postgresql+psycopg2://", "mysql": "mysql+pymysql://", "sqlite": "sqlite://"}


def sent(metadata: object, dialect: str) -> list[str]:
    """Every statement of create_all."""
    statements: list[str] = []
    engine = create_mock_engine(
        URLS[dialect], lambda made, *_, **__: statements.append(str(made.compile(dialect=engine.dialect)).strip())
    )
    for each in metadata:  # type: ignore[attr-defined]
        each.create_all(engine, checkfirst=False)
    return statements


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.path.insert(0, str(MODELS))
    made: dict[str, dict[str, list[str] | None]] = {}
    for name in sys.argv[1:] or sorted(path.stem for path in MODELS.glob("*.py")):
        metadata = importlib.import_module(name).METADATA
        made[name] = {}
        for dialect in URLS:
            try:
                made[name][dialect] = sent(metadata, dialect)
            except CompileError as error:
                made[name][dialect] = None  # SQLAlchemy refuses: a String without a length in MySQL
                print(name, dialect, error, file=sys.stderr)
    print(json.dumps(made, indent=1))
