"""Expressions after a column that they name was renamed: servers keep the column, not its name."""

from __future__ import annotations

import re

from schemalint.dialects import Dialect
from schemalint.model.frozen import replace
from schemalint.model.names import Name
from schemalint.model.schema import Expr

_QUOTED = r"""\"(?>(?:[^"]|"")+)\"|`(?>(?:[^`]|``)+)`"""
_PIECES = {
    brackets: re.compile(rf"'(?>(?:[^']|'')*)'|(?P<quoted>{_QUOTED}{more})|(?P<bare>[^\W\d][\w$]*+)|\d[\w.]*+")
    for brackets, more in ((False, ""), (True, r"|\[(?>(?:[^\]]|\]\])+)\]"))
}
"""Texts, quoted names, words, numbers; brackets quote names in SQL Server."""


def respelled(expr: Expr, old: Name, new: Name, dialect: Dialect) -> Expr:
    """An expression that names a column, after the column was renamed."""
    word = re.compile(rf"('(?:[^']|'')*')|(?<![\w.$]){re.escape(old.key)}(?![\w.$(])")
    key = word.sub(lambda found: found[1] or new.key, expr.key)
    return replace(expr, key=key, raw=respelled_text(expr.raw, old, new, dialect))


def respelled_text(raw: str, old: Name, new: Name, dialect: Dialect) -> str:
    """The same for an expression as written: its other words stay, and the new name is quoted."""

    def piece(found: re.Match[str]) -> str:
        text = found["bare"] or found["quoted"]
        if text is None:
            return found[0]
        at = found.start() - 1
        while at >= 0 and raw[at].isspace():
            at -= 1
        if (at >= 0 and raw[at] in ".:") or raw[found.end() : found.end() + 1] in ("(", "."):
            return found[0]  # part of a longer name, a type, a function
        quoted = found["bare"] is None
        plain = text[1:-1].replace(text[-1] * 2, text[-1]) if quoted else text
        if dialect.identifier(plain, quoted) != old:
            return found[0]
        return dialect.quote(new.key if dialect.family == "postgres" else new.text)

    return _PIECES[dialect.family == "tsql"].sub(piece, raw)
