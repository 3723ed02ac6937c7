"""What each server says when it refuses, so that a finding quotes the words its reader will search for.

Texts and numbers are those of PostgreSQL 16, MariaDB 10.11 and SQLite 3.40, as `tests/test_refusals.py` hears them.
"""

from __future__ import annotations

from schemalint.model.catalog import Problem, Refusal

_TITLES = {"postgres": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB", "sqlite": "SQLite"}

_WORDS: dict[str, dict[Refusal, str]] = {
    "postgres": {
        Refusal.TABLE_EXISTS: 'relation "{table}" already exists (42P07)',
        Refusal.TABLE_MISSING: 'relation "{table}" does not exist (42P01)',
        Refusal.COLUMN_EXISTS: 'column "{name}" of relation "{table}" already exists (42701)',
        Refusal.COLUMN_MISSING: 'column "{name}" of relation "{table}" does not exist (42703)',
        Refusal.INDEX_EXISTS: 'relation "{name}" already exists (42P07)',
        Refusal.INDEX_COLUMN_MISSING: 'column "{column}" does not exist (42703)',
        Refusal.INDEX_TABLE_MISSING: 'relation "{table}" does not exist (42P01)',
        Refusal.KEY_TABLE_MISSING: 'relation "{table}" does not exist (42P01)',
        Refusal.KEY_COLUMN_MISSING: 'column "{column}" referenced in foreign key constraint does not exist (42703)',
    },
    "mysql": {
        Refusal.TABLE_EXISTS: "Table '{table}' already exists (1050)",
        Refusal.COLUMN_EXISTS: "Duplicate column name '{name}' (1060)",
        Refusal.INDEX_EXISTS: "Duplicate key name '{name}' (1061)",
        Refusal.INDEX_COLUMN_MISSING: "Key column '{column}' doesn't exist in table (1072)",
        Refusal.CONSTRAINT_COLUMN_MISSING: "Key column '{column}' doesn't exist in table (1072)",
    },
    "sqlite": {
        Refusal.TABLE_EXISTS: "table {table} already exists",
        Refusal.TABLE_MISSING: "no such table: {table}",
        Refusal.COLUMN_EXISTS: "duplicate column name: {name}",
        Refusal.INDEX_EXISTS: "index {name} already exists",
        Refusal.INDEX_TABLE_MISSING: "no such table: main.{table}",
    },
}
_WORDS["mariadb"] = _WORDS["mysql"]


def server_words(problem: Problem, dialect: str | None) -> str | None:
    """The server's message for a problem, led by the server's name, or None where it is not known."""
    template = _WORDS.get(dialect or "", {}).get(problem.refusal)
    if template is None:
        return None
    name = problem.name.text if problem.name else ""
    column = problem.names[0].text if problem.names else name
    table = problem.table.name.text if problem.table else ""
    return f"{_TITLES[dialect or '']}: {template.format(table=table, name=name, column=column)}"
