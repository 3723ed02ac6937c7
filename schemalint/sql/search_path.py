"""postgres' search_path: the schema that unqualified names belong to."""

from __future__ import annotations

from collections.abc import Iterable

from schemalint.dialects import NameKind
from schemalint.model.names import Name
from schemalint.sql.cursor import Script
from schemalint.sql.tokens import QUOTED, STRING, WORD, Token, name_text

_ANYWHERE = frozenset({"public", "pg_catalog", "$user", "", "pg_temp"})
_NO_NAMES = frozenset({"TO", "SEARCH_PATH", "SESSION", "LOCAL", "DEFAULT"})


def search_path(script: Script, tokens: Iterable[Token]) -> Name | None:
    """The schema that the tokens behind SET say; None for the usual one."""
    for kind, value, start, end in tokens:
        if (kind == WORD and value not in _NO_NAMES) or kind == QUOTED:
            name, quoted = name_text(script.text[start:end])
        elif kind == STRING:
            name, quoted = script.text[start + 1 : end - 1], True
        else:
            continue
        if name.lower() in _ANYWHERE:
            if name.lower() == "public":
                return None
            continue
        return script.dialect.identifier(name, quoted, NameKind.SCHEMA)
    return None
