"""Runners of a project's own that go on after refusals which a second run of the same script meets too.

They send statement by statement and look at the error: "the column is there already" counts as done. Statements that are
refused for that reason then stop nothing.
"""

from __future__ import annotations

import re

from schemalint.discover import Tree
from schemalint.syntax import LANGUAGES

_SUFFIXES = (*LANGUAGES, ".py", ".php", ".rb", ".java", ".kt", ".cs", ".sh", ".pl")
_RUNS = re.compile(rb"(?i)\.sql\b|migration")
_MYSQL = rb"\b(?:1050|1060|1061|1091)\b"  # table, column, key exist already; nothing to drop
_TOLERATED = re.compile(
    rb"(?i:errno|errorinfo|code|number)[^\n]{0,80}" + _MYSQL + rb"|" + _MYSQL + rb"\s{0,3},\s{0,3}\b1\d{3}\b"
    rb"|\b(?:42P07|42701|42710)\b"  # PostgreSQL: table, column, object exist already
    rb"|\bER_(?:TABLE_EXISTS_ERROR|DUP_FIELDNAME|DUP_KEYNAME|CANT_DROP_FIELD_OR_KEY)\b"
    rb"|(?i:[\"'/]\s?(?:already exists|duplicate column(?: name)?|duplicate key name)\s?[\"'/])"
)


def tolerant(tree: Tree) -> str | None:
    """The path of a program of the project that names SQL files or migrations and knows such an error by its number or its
    text; None where there is none. Numbers: MySQL's server error reference, appendix A of PostgreSQL's manual."""
    return next((path for path in tree.paths if path.endswith(_SUFFIXES) and knows_refusals(tree, path)), None)


def knows_refusals(tree: Tree, path: str) -> bool:
    """Whether a program names SQL files or migrations, and such an error."""
    content = tree.read(path)
    return content is not None and _RUNS.search(content) is not None and _TOLERATED.search(content) is not None
