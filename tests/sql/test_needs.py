"""Which words a row of refusals cannot do without. What is asked too much would silence the row."""

from __future__ import annotations

import pytest

from schemalint.sql.refusals.needs import needs


@pytest.mark.parametrize(
    ("regex", "wanted"),
    [
        (r"\S+ .*?DEFAULT (?P<near>NOT) ", ["DEFAULT", "NOT"]),
        (r"DROP (?P<at>(?P<near>PRIMARY|FOREIGN)(?: KEY)?) ", ["DROP", "FOREIGN|PRIMARY"]),
        (r"ADD (?:COLUMN )?(?!CHECK )\S+ ", ["ADD"]),
        (r"\S+ (?=.*PRIMARY KEY )(?:\S+ )+?(?<!NOT )NULL ", ["KEY", "NULL", "PRIMARY"]),
        (r"\S+ (?:SERIAL[248]?|BIGSERIAL) ", []),  # a word that is written in part is none
        (r"(?P<near>RENAME) TABLES? ", ["RENAME"]),
        (r"COLLATE (?P<at>(?:UTF8|LATIN1)_\w+) ", ["COLLATE"]),
        (r"\S+ (?P<near>\[) (?:0 )?\] ", ["["]),
        (r"\S+ (?P<at>FLOAT \(0,0\)) ", ["(", "FLOAT"]),  # its numbers may stand without a comma
        (r"(?:(?:UNIQUE )?(?:INDEX|KEY)|FOREIGN KEY) ", ["FOREIGN|INDEX|KEY"]),
    ],
)
def test_words_that_must_stand(regex: str, wanted: list[str]) -> None:
    found = sorted("|".join(sorted(clause)) for clause in needs(regex))
    assert found == sorted(wanted)
