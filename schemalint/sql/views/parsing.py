"""The text of a query to sqlglot's tree, with the bounds that keep hostile text from stopping us."""

from __future__ import annotations

import logging
import re

from sqlglot import Dialect, TokenType, exp
from sqlglot.tokenizer_core import Token

logging.getLogger("sqlglot").addHandler(logging.NullHandler())  # it warns of odd JSON paths, on the terminal

_READ_AS = {"postgres": "postgres", "mysql": "mysql", "mariadb": "mysql", "sqlite": "sqlite", "tsql": "tsql"}
_DEEPEST = 32
"""sqlglot gives up with RecursionError between 32 and 48 levels; a compiled build of it would crash."""
_DEEPEST_TYPES = 6
"""sqlglot tries `ARRAY[`, `DECIMAL(` and the like as a type and then again as a value: each level doubles its time (16
levels took 3 s)."""
_MOST_BRACKETS = 500
"""Its time grows with the square of `a[1][1][1]…` (15,000 took more than 4 s)."""

_OPENING = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.CASE})
_CLOSING = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.END})
_BRACES = frozenset({TokenType.L_BRACE, TokenType.BLOCK_START})
_STARTS = frozenset({"SELECT", "WITH", "VALUES", "TABLE", "("})
_TAIL = re.compile(r"\s+WITH\s+(?:(?:NO\s+)?DATA|(?:(?:CASCADED|LOCAL)\s+)?CHECK\s+OPTION|READ\s+ONLY)[\s;]*+\Z", re.I)
_UNICODE = re.compile(r"""\b[uU]&["']""")
"""`U&"d\\0061t"`: sqlglot reads `U & "d…"`."""


def parse(text: str, dialect: str) -> exp.Query | exp.Values | None:
    """The one query of the text, None when it is none, or templated, or beyond the bounds. Raises whatever sqlglot
    raises."""
    tail = _TAIL.search(text, max(0, len(text) - 200))
    if tail is not None:  # belongs to CREATE VIEW, not to the query
        text = text[: tail.start()]
    if dialect in ("postgres", "generic") and _UNICODE.search(text):
        return None
    if _READ_AS.get(dialect, "mysql") == "mysql":
        if "/*!" in text or "/*M!" in text:  # run by the server, skipped by sqlglot
            return None
        if text.rstrip("; \t\r\n").endswith("*/") and text.count("*/") > text.count("/*"):
            text = text[: text.rindex("*/")]  # mysqldump writes the whole statement into such a comment
    tool = Dialect.get_or_raise(_READ_AS.get(dialect))
    tokens = tool.tokenize(text)
    if not tokens or tokens[0].text.upper() not in _STARTS or not _bounded(tokens, tool.parser_class.TYPE_TOKENS):
        return None
    found = [tree for tree in tool.parser().parse(tokens, text) if tree is not None]
    return found[0] if len(found) == 1 and isinstance(found[0], exp.Query | exp.Values) else None


def _bounded(tokens: list[Token], types: set[TokenType]) -> bool:
    """Whether brackets stand no deeper than is read in a moment, and no brace stands outside of texts: those are a
    template's, or ODBC's."""
    open_: list[bool] = []
    depth = brackets = 0
    before: TokenType | None = None
    for token in tokens:
        kind = token.token_type
        if kind in _BRACES:
            return False
        if kind in _OPENING:
            typed = before in types or before in (TokenType.ARRAY, TokenType.STRUCT, TokenType.MAP)
            open_.append(typed)
            depth += typed
            brackets += kind is TokenType.L_BRACKET
            if len(open_) > _DEEPEST or depth > _DEEPEST_TYPES or brackets > _MOST_BRACKETS:
                return False
        elif kind in _CLOSING and open_:
            depth -= open_.pop()
        before = kind
    return True
