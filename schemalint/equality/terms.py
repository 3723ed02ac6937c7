"""A default as written, taken apart: a literal, a call, an array, with the casts around it.

Only what can be judged is taken apart. Operators, queries and anything else give None, and None is unknown.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from functools import lru_cache

from schemalint.model.frozen import frozen
from schemalint.sql.tokens import END, NUMBER, PUNCT, QUOTED, STRING, WORD, Token, string_text, tokenize

LONGEST = 20_000
"""Characters of a default that is still taken apart."""
_DEEPEST = 12
_BARE = frozenset({"CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIMESTAMP", "LOCALTIME", "UTC_TIMESTAMP"})
_TYPED = frozenset({"DATE", "TIME", "TIMESTAMP", "INTERVAL", "JSON", "JSONB", "UUID", "TEXT"})
"""Types that may stand before a text: `DATE '2020-01-01'`."""
_TAILS = {
    "DOUBLE": "PRECISION",
    "CHARACTER": "VARYING",
    "BIT": "VARYING",
    "TIME": "WITH WITHOUT TIME ZONE",
    "TIMESTAMP": "WITH WITHOUT TIME ZONE",
}


class Kind(Enum):
    TEXT = "text"
    NUMBER = "number"
    BITS = "bits"
    BYTES = "bytes"
    TRUTH = "truth"
    NULL = "null"
    CALL = "call"
    ARRAY = "array"


@frozen
class Term:
    """`value` is a literal's own value (bytes in hexadecimal digits, truths as true and false) or a call's name in lower
    case, `()` behind it where parentheses were written. `parts` are arguments or elements, `casts` the types it is cast to,
    innermost first."""

    kind: Kind
    value: str
    parts: tuple[Term, ...] = ()
    casts: tuple[str, ...] = ()

    @property
    def call(self) -> str | None:
        """A call without blanks, as `Spellings` writes it: `strftime('%s','now')`. None where an argument is no plain
        literal."""
        if not self.value.endswith("()"):
            return self.value
        said = [_said(part) for part in self.parts]
        return None if None in said else f"{self.value[:-1]}{','.join(map(str, said))})"


def _said(part: Term) -> str | None:
    if part.casts:
        return None
    if part.kind is Kind.TEXT:
        return f"'{part.value}'"
    return part.value if part.kind is Kind.NUMBER or (part.kind is Kind.CALL and not part.parts) else None


@lru_cache(maxsize=4096)
def spelled(raw: str, family: str) -> tuple[str, ...]:
    """A default's tokens without blanks, comments, letter case of words and parentheses around all of it: two that are
    alike are one expression."""
    tokens = tokenize(raw, 0, len(raw), family)[:-1]
    for _ in range(_DEEPEST):
        if len(tokens) < 3 or tokens[0][1] != "(" or _closing(tokens) != len(tokens) - 1:
            break
        tokens = tokens[1:-1]
    return tuple(value if kind in (WORD, PUNCT) else raw[start:stop] for kind, value, start, stop in tokens)


def _closing(tokens: list[Token]) -> int:
    """Where the parenthesis closes that opens them."""
    depth = 0
    for index, (kind, value, _, _) in enumerate(tokens):
        if kind == PUNCT:
            depth += {"(": 1, ")": -1}.get(value, 0)
        if depth == 0:
            return index
    return -1


@lru_cache(maxsize=4096)
def term(raw: str, family: str) -> Term | None:
    """What a default says, None where it is not understood."""
    if len(raw) > LONGEST:
        return None
    reading = _Reading(raw, family, tokenize(raw, 0, len(raw), family))
    try:
        found = reading.term(0)
    except _Unread:
        return None
    return found if reading.kind == END else None


class _Unread(Exception):
    """Met something that is not judged."""


class _Reading:
    """A walk over the tokens of one default. Its methods raise `_Unread`."""

    def __init__(self, text: str, family: str, tokens: list[Token]) -> None:
        self.text, self.family, self.tokens, self.at = text, family, tokens, 0

    @property
    def kind(self) -> int:
        return self.tokens[self.at][0]

    @property
    def value(self) -> str:
        return self.tokens[self.at][1]

    def mark(self, value: str) -> bool:
        """Steps over a mark or a word, if it stands here."""
        if self.kind in (PUNCT, WORD) and self.value == value:
            self.at += 1
            return True
        return False

    def need(self, value: str) -> None:
        if not self.mark(value):
            raise _Unread

    def term(self, depth: int) -> Term:
        made = self.inner(depth)
        while True:
            if self.family in ("postgres", "generic") and self.mark("::"):
                made = _cast(made, self.type())
            elif self.value == "AT" and self.kind == WORD:
                self.at += 1
                self.need("TIME")
                self.need("ZONE")
                made = Term(Kind.CALL, "timezone()", (self.inner(depth + 1), made))
            else:
                return made

    def inner(self, depth: int) -> Term:
        if depth > _DEEPEST:
            raise _Unread
        if self.mark("("):
            made = self.term(depth + 1)
            self.need(")")
            return made
        if self.kind == PUNCT and self.value in ("-", "+"):
            return self.signed(depth)
        if self.kind == STRING or (self.kind == QUOTED and self.family == "sqlite" and self.value == '"'):
            return self.string()
        if self.kind == NUMBER:
            return self.number()
        if self.mark("{"):
            return self.escape()
        if self.kind != WORD:
            raise _Unread
        return self.word(depth)

    def signed(self, depth: int) -> Term:
        sign = "-" if self.value == "-" else ""
        self.at += 1
        made = self.inner(depth + 1)
        if made.kind is not Kind.NUMBER or made.casts or made.value.startswith("-"):
            raise _Unread
        return replace(made, value=sign + made.value)

    def string(self) -> Term:
        start, stop = self.tokens[self.at][2:]
        raw = self.text[start:stop]
        prefix = raw[: raw.find("'")].lower() if "'" in raw and raw[0] not in "$\"'" else ""
        escapes = "\\" in raw and (self.family == "mysql" or prefix == "e")
        national = self.family == "tsql" and prefix != "n" and not raw.isascii()  # the code page may lack its letters
        closed = len(raw) > len(prefix) + 1 and (raw[0] == "$" or raw[-1] == raw[len(prefix)])
        if escapes or national or prefix == "u&" or not closed:
            raise _Unread
        self.at += 1
        text = raw[1:-1].replace('""', '"') if raw[0] == '"' else string_text(raw, self.family)
        if prefix in ("b", "x"):
            digits = text.lower()
            if not digits or digits.strip("01" if prefix == "b" else "0123456789abcdef"):
                raise _Unread
            return Term(Kind.BITS if prefix == "b" else Kind.BYTES, digits)
        return Term(Kind.TEXT, text)

    def number(self) -> Term:
        start, stop = self.tokens[self.at][2:]
        raw = self.text[start:stop].lower()
        self.at += 1
        kind, word, begin, _ = self.tokens[self.at]
        joined = begin == stop and kind in (WORD, NUMBER)
        if self.family in ("mysql", "tsql") and raw.startswith("0x") and not joined:
            return Term(Kind.BYTES, raw[2:])
        if self.family == "tsql" and raw == "0" and joined and word == "X":  # no bytes at all
            self.at += 1
            return Term(Kind.BYTES, "")
        if len(raw) > 60 or "_" in raw or raw[:2] in ("0x", "0b") or joined:
            raise _Unread
        return Term(Kind.NUMBER, raw)

    def escape(self) -> Term:
        """T-SQL's `{fn NOW()}`."""
        self.need("FN")
        self.need("NOW")
        self.need("(")
        self.need(")")
        self.need("}")
        return Term(Kind.CALL, "getdate()")

    def word(self, depth: int) -> Term:
        word = self.value
        self.at += 1
        if word in ("TRUE", "FALSE"):
            return Term(Kind.TRUTH, word.lower())
        if word == "NULL":
            return Term(Kind.NULL, "")
        if word == "PG_CATALOG" and self.mark("."):
            if self.kind != WORD:
                raise _Unread
            return self.word(depth)
        if self.kind == STRING:
            if word in _TYPED:
                return _cast(self.string(), word.lower())
            if self.family == "mysql" and word.startswith("_"):  # a character set before the text
                return self.string()
            raise _Unread
        if word == "ARRAY" and self.mark("["):
            return Term(Kind.ARRAY, "", self.listed("]", depth))
        if word == "CAST" and self.mark("("):
            made = self.term(depth + 1)
            self.need("AS")
            made = _cast(made, self.type())
            self.need(")")
            return made
        if self.mark("("):
            return Term(Kind.CALL, f"{word.lower()}()", self.listed(")", depth))
        if word in _BARE:
            return Term(Kind.CALL, word.lower())
        raise _Unread

    def listed(self, closing: str, depth: int) -> tuple[Term, ...]:
        parts: list[Term] = []
        while not self.mark(closing):
            if parts:
                self.need(",")
            parts.append(self.term(depth + 1))
        return tuple(parts)

    def type(self) -> str:
        """A type's name as written, which the dialect reads."""
        start = self.tokens[self.at][2]
        if self.kind not in (WORD, QUOTED):
            raise _Unread
        first = self.value if self.kind == WORD else ""
        self.at += 1
        while self.mark("."):
            if self.kind not in (WORD, QUOTED):
                raise _Unread
            self.at += 1
        tail = _TAILS.get(first, "").split()
        while self.kind == WORD and self.value in tail:
            self.at += 1
        if self.mark("("):
            while self.kind in (NUMBER, WORD) or self.value == ",":
                self.at += 1
            self.need(")")
        while self.kind == WORD and self.value in tail:
            self.at += 1
        while self.mark("["):
            self.need("]")
        return self.text[start : self.tokens[self.at - 1][3]]


def _cast(made: Term, type_: str) -> Term:
    return replace(made, casts=(*made.casts, type_))
