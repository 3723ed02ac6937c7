"""SQL text to tokens, one regular expression a family of databases. Never raises: the unknown is punctuation."""

from __future__ import annotations

import re
from functools import cache

END, WORD, QUOTED, STRING, NUMBER, PUNCT = range(6)
"""Kinds of tokens. END closes every list."""

Token = tuple[int, str, int, int]
"""Kind, value, start, end. A word's value is upper case, a mark's is itself; quoted names and strings carry their first
character, so that no name or text is ever taken for a keyword."""


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


_LINE = r"--[^\n]*+"
_BLOCK = r"/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)"
_PLAIN = r"'(?:[^']++|'')*+(?:'|\Z)"
_ESCAPED = r"'(?:[^'\\]++|\\.|'')*+(?:'|\\?\Z)"
_DOUBLE = r'"(?:[^"]++|"")*+(?:"|\Z)'
_DOUBLE_ESCAPED = r'"(?:[^"\\]++|\\.|"")*+(?:"|\\?\Z)'
_BACK = r"`(?:[^`]++|``)*+(?:`|\Z)"
_DOLLAR = r"\$(?:[^\W\d]\w*+)?+\$"
_NESTING = r"/\*(?:[^*/]++|\*(?!/)|/(?!\*))*+(?:\*/|\Z)"  # a comment that holds no other; others are counted by hand
_WORD = r"[^\W\d][\w$]*+"
_NUMBER = r"(?:\d[\d_]*+(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d++)?|0[xX][\da-fA-F]++"
_OPERATOR = r"::|:=|=>|->>|->|<>|!=|<=|>=|\|\||@@|/\*"

_SKIPPED = {
    "postgres": rf"\s++|{_LINE}|{_NESTING}",
    "mysql": rf"\s++|--(?=\s|\Z)[^\n]*+|\#[^\n]*+|/\*M?!\d*+|\*/|{_BLOCK}",
    "sqlite": rf"\s++|{_LINE}|{_BLOCK}",
    "tsql": rf"\s++|{_LINE}|{_NESTING}",
    "generic": rf"\s++|{_LINE}|\#\s[^\n]*+|/\*!\d*+|\*/|{_NESTING}",
}
_WORDS = {"tsql": r"[@#]{0,2}[^\W\d][\w$@#]*+", "mysql": r"@{0,2}[^\W\d][\w$]*+"}
_NAMES = {
    "postgres": rf"[uU]&{_DOUBLE}|{_DOUBLE}|{_BACK}",
    "mysql": _BACK,
    "sqlite": rf"{_DOUBLE}|{_BACK}|\[[^\]]*+(?:\]|\Z)",
    "tsql": rf"{_DOUBLE}|\[(?:[^\]]++|\]\])*+(?:\]|\Z)",
    "generic": rf"{_DOUBLE}|{_BACK}|\[[^\W\d][^\]\n'\"]*+\]",
}
_STRINGS = {
    "postgres": rf"[eE]{_ESCAPED}|[nNbBxX]?{_PLAIN}|[uU]&{_PLAIN}|(?P<tag>{_DOLLAR})(?:.*?)(?:(?P=tag)|\Z)",
    "mysql": rf"[nNbBxX]?{_ESCAPED}|{_DOUBLE_ESCAPED}",
    "sqlite": rf"[xX]?{_PLAIN}",
    "tsql": rf"[nN]?{_PLAIN}",
    "generic": rf"[eE]{_ESCAPED}|[nNbBxX]?{_PLAIN}|(?P<tag>{_DOLLAR})(?:.*?)(?:(?P=tag)|\Z)",
}


@cache
def _lexicon(family: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_SKIPPED[family]})"
        rf"|(?P<string>{_STRINGS[family]})"
        rf"|(?P<word>{_WORDS.get(family, _WORD)})"
        rf"|(?P<quoted>{_NAMES[family]})"
        rf"|(?P<number>{_NUMBER})"
        rf"|(?P<punct>{_OPERATOR}|.)",
        re.S,
    )


def tokenize(text: str, start: int, end: int, family: str) -> list[Token]:
    """The tokens of a stretch of text, closed by an END token. Strings and comments that do not end reach to `end`."""
    pattern = _lexicon(family)
    tokens: list[Token] = []
    add = tokens.append
    at: int | None = start
    while at is not None:
        begin, at = at, None
        for match in pattern.finditer(text, begin, end):
            kind = match.lastgroup
            if kind is None:
                continue
            if kind == "word":
                add((WORD, match.group().upper(), match.start(), match.end()))
            elif kind == "punct":
                mark = match.group()
                if mark == "/*":
                    at = comment_end(text, match.start(), end)
                    break
                add((PUNCT, mark, match.start(), match.end()))
            else:
                value = text[match.start()]
                number = QUOTED if kind == "quoted" else STRING if kind == "string" else NUMBER
                add((number, match.group() if number == NUMBER else value, match.start(), match.end()))
    add((END, "", end, end))
    return tokens


_COMMENT_MARK = re.compile(r"/\*|\*/")


def comment_end(text: str, start: int, end: int) -> int:
    """Where a comment that holds comments ends, `end` when it never does."""
    depth = 0
    for match in _COMMENT_MARK.finditer(text, start, end):
        depth += 1 if match.group() == "/*" else -1
        if depth == 0:
            return match.end()
    return end


def name_text(raw: str) -> tuple[str, bool]:
    """A name as written → its text and whether it was quoted."""
    mark = raw[:1]
    if mark in "uU" and raw[1:2] == "&":
        raw, mark = raw[2:], '"'
    if mark == "[":
        return raw[1:].removesuffix("]").replace("]]", "]"), True
    if mark and mark in '"`':
        body = raw[1:-1] if len(raw) > 1 and raw[-1] == mark else raw[1:]
        return body.replace(mark * 2, mark), True
    return raw, False


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "0": "\0"}


def string_text(raw: str, family: str) -> str:
    """The value of a string literal as written."""
    if raw.startswith("$"):
        tag = raw[: raw.find("$", 1) + 1]
        return raw[len(tag) :].removesuffix(tag)
    at = 0 if raw[:1] in "'\"" else raw.find("'")
    if at < 0:
        return raw
    mark = raw[at]
    escaped = raw[:1] in "eE" or family == "mysql"
    body = raw[at + 1 : -1] if len(raw) > at + 1 and raw[-1] == mark else raw[at + 1 :]
    body = body.replace(mark * 2, mark)
    if escaped and "\\" in body:
        return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match.group(1), match.group(1)), body, flags=re.S)
    return body


def string_body(raw: str) -> tuple[int, int] | None:
    """Where the text of a literal stands inside the literal, None when its text is not verbatim (escapes in it)."""
    if raw.startswith("$"):
        size = raw.find("$", 1) + 1
        tag = raw[:size]
        closed = len(raw) >= 2 * size and raw.endswith(tag)
        return size, len(raw) - size if closed else len(raw)
    at = raw.find("'")
    if at < 0 or at > 1 or raw[-1] != "'" or len(raw) < at + 2:
        return None
    inner = raw[at + 1 : -1]
    return None if "'" in inner or "\\" in inner else (at + 1, len(raw) - 1)
