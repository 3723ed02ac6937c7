"""What stands behind a column's name says the same wherever it is written again."""

from __future__ import annotations

import pytest

from schemalint.dialects import dialect
from schemalint.model.facts import CreateTable
from schemalint.sql.cursor import Script
from schemalint.sql.reader import read_script

COLUMNS = [
    ("postgres", "id int PRIMARY KEY WITH (fillfactor=70)"),
    ("postgres", "id int UNIQUE NULLS NOT DISTINCT WITH (fillfactor=70) DEFERRABLE"),
    ("postgres", "id int CONSTRAINT c REFERENCES u (id) MATCH FULL ON DELETE CASCADE INITIALLY DEFERRED"),
    ("postgres", "id int CHECK (id > 0) NO INHERIT"),
    ("mysql", "id int CHECK (id > 0) NOT ENFORCED"),
    ("tsql", "id int NOT NULL PRIMARY KEY NONCLUSTERED"),
]


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_a_column_says_the_same_each_time(name: str, column: str) -> None:
    line = f"CREATE TABLE t ({column});\n"
    facts = read_script(Script("a.sql", line * 3, dialect(name)), 0, len(line) * 3).facts
    said = []
    for number, fact in enumerate(fact for fact in facts if isinstance(fact, CreateTable)):
        shown = repr((fact.columns, fact.primary_key, fact.uniques, fact.foreign_keys, fact.checks))
        for at in range(len(line) * number, len(line) * (number + 1)):  # as if it stood in the first line
            shown = shown.replace(f"={at},", f"={at - len(line) * number},").replace(
                f"={at})", f"={at - len(line) * number})"
            )
        said.append(shown)
    assert said[1:] == said[:1] * 2
