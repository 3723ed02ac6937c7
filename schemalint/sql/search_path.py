"""postgres' search_path: the schemas that unqualified names are looked up in."""

from __future__ import annotations

from collections.abc import Iterable

from schemalint.dialects import NameKind
from schemalint.model.names import Name
from schemalint.sql.cursor import Script
from schemalint.sql.tokens import QUOTED, STRING, WORD, Token, name_text

_NOT_MADE_IN = frozenset({"pg_catalog", "$user", "", "pg_temp"})
_NO_NAMES = frozenset({"TO", "SEARCH_PATH", "SESSION", "LOCAL", "DEFAULT"})


def search_path(script: Script, tokens: Iterable[Token]) -> tuple[Name | None, ...]:
    """The schemas that the tokens behind SET say, in order; None is the usual one."""
    found: list[Name | None] = []
    for kind, value, start, end in tokens:
        if (kind == WORD and value not in _NO_NAMES) or kind == QUOTED:
            name, quoted = name_text(script.text[start:end])
        elif kind == STRING:
            name, quoted = script.text[start + 1 : end - 1], True
        else:
            continue
        if name.lower() == "public":
            found.append(None)
        elif name.lower() not in _NOT_MADE_IN:
            found.append(script.dialect.identifier(name, quoted, NameKind.SCHEMA))
    return tuple(dict.fromkeys(found))
