"""One script to its extract."""

from __future__ import annotations

import re

from schemalint import histories
from schemalint.dialects import dialect as named
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract
from schemalint.parsers.sql.runs import of_one_database
from schemalint.sql import read
from schemalint.sql.client import Line, client_lines, without

_MARKED = re.compile(r"^--[ \t]*(?:\+goose|\+migrate|\+micrate|migrate:)[ \t]*up\b", re.I | re.M)
_DOWN = re.compile(r"^--[ \t]*(?:\+goose|\+migrate|migrate:)[ \t]*down\b", re.I | re.M)

_USE = re.compile(r"^[ \t]*USE[ \t]+[`\"\[]?(\w+)", re.I | re.M)
_BACK = re.compile(r"^[ \t]*(?:--|#|//)[ \t!@+/*=-]*(?:downs?|undo|rollback|revert)\b", re.I | re.M)


def extract(file: SourceFile, dialect: str | None) -> Extract:
    """What a script says: "marked" tells whether it bears the marks of a tool, "back" whether a
    comment begins a way back, "runs" are its lines that run others, "database" is the one that it changes to."""
    lines = tuple(client_lines(file.text, named(dialect).family))
    if lines:
        return _with_lines(file, dialect, lines)
    down = _DOWN.search(file.text)  # a tool's way back is not run with the way up
    marked = _MARKED.search(file.text) is not None
    if down is None:
        back = _BACK.search(file.text) is not None
        database = _only(_USE.findall(file.text))
        return {**histories.reading(file, dialect), "marked": marked, "back": back, "database": database}
    reading = read(file, dialect, 0, down.start())
    return {
        "facts": reading.facts,
        "statements": reading.statements,
        "ddl": reading.ddl,
        "marked": marked,
    }


def _with_lines(file: SourceFile, dialect: str | None, lines: tuple[Line, ...]) -> Extract:
    """What a script says that runs others, or changes to another database."""
    plain = SourceFile(file.path, without(file.text, lines), file.cuts, file.gaps)
    reading = read(plain, dialect)
    facts = of_one_database(file.path, reading.facts, lines)
    return {
        "facts": tuple(facts),
        "statements": reading.statements,
        "ddl": reading.ddl,
        "marked": False,
        "database": _only([line.what for line in lines if line.verb == "connect"]),
        "runs": [[line.start, line.end, line.verb, line.what] for line in lines if line.verb != "connect"],
    }


def _only(names: list[str]) -> str | None:
    """The one name of several that are alike; None where there is none, or more than one."""
    found = {name.rstrip(";").lower() for name in names}  # psql strips the semicolon, too
    return found.pop() if len(found) == 1 else None
