"""GORM v1's names (naming.go, BuildKeyName of its dialects)."""

from __future__ import annotations

import hashlib
import re

from schemalint.model.frozen import frozen
from schemalint.parsers.gorm.naming import INITIALISMS, plural

_INITIALISM = re.compile("|".join(INITIALISMS))
_NO_NAME = re.compile("[^a-zA-Z0-9]+")
_LONGEST = 64


def column(name: str) -> str:
    """defaultNamer: the column, or the table's singular, of a Go name."""
    if not name:
        return ""
    value = _INITIALISM.sub(lambda found: found.group().capitalize(), name)
    out: list[str] = []
    before = here = False
    for index, char in enumerate(value[:-1]):
        after = value[index + 1]
        is_upper, is_digit = "A" <= after <= "Z", "0" <= after <= "9"
        if index == 0:
            here = True
        elif here and not (before and (is_upper or is_digit)) and value[index - 1] != "_" and after != "_":
            out.append("_")
        out.append(char)
        if index and not here and index == len(value) - 2 and is_upper and not is_digit:
            out.append("_")
        before, here = here, is_upper
    return "".join([*out, value[-1]]).lower()


@frozen
class Naming:
    """`db.SingularTable(true)`, and what DefaultTableNameHandler puts before a derived name."""

    prefix: str = ""
    singular: bool = False

    def table(self, struct: str) -> str:
        """The table of a struct without a TableName method."""
        name = column(struct)
        return self.prefix + (name if self.singular else plural(name))


def key_name(kind: str, table: str, fields: list[str], mysql: bool) -> str:
    """BuildKeyName: the name of an index or a foreign key; MySQL's is shortened with a hash."""
    name = _NO_NAME.sub("_", "_".join([kind, table, *fields]))
    if not mysql or len(name) <= _LONGEST:
        return name
    digest = hashlib.sha1(name.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
    return _NO_NAME.sub("_", fields[0])[:24] + digest
