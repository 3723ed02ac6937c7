"""SQL text to tokens, one regular expression a family of databases. Never raises: the unknown is punctuation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from schemalint.model.frozen import frozen

END, WORD, QUOTED, STRING, NUMBER, PUNCT = range(6)
"""Kinds of tokens. END closes every list."""

Token = tuple[int, str, int, int]
"""Kind, value, start, end. A word's value is upper case, a mark's is itself; quoted names and strings carry their first
character, so that no name or text is ever taken for a keyword."""


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


_LINE = r"--[^\n]*+"
_BLOCK = r"/\*(?>(?:[^*]++|\*(?!/))*)(?:\*/|\Z)"
_PLAIN = r"'(?>(?:[^']++|'')*)(?:'|\Z)"
_ESCAPED = r"'(?>(?:[^'\\]++|\\.|'')*)(?:'|\\?\Z)"
_DOUBLE = r'"(?>(?:[^"]++|"")*)(?:"|\Z)'
_DOUBLE_ESCAPED = r'"(?>(?:[^"\\]++|\\.|"")*)(?:"|\\?\Z)'
_BACK = r"`(?>(?:[^`]++|``)*)(?:`|\Z)"
_DOLLAR = r"(?P<tag>\$(?>(?:[^\W\d]\w*+)?)\$)(?:.*?)(?:(?P=tag)|\Z)"
_NESTING = r"/\*(?>(?:[^*/]++|\*(?!/)|/(?!\*))*)(?:\*/|\Z)"  # a comment that holds no other; others are counted by hand
_NUMBER = r"0[xX][\da-fA-F]++|0[bB][01]++|(?:\d[\d_]*+(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d++)?"
_OPERATOR = r"::|:=|=>|->>|->|<>|!=|<=|>=|\|\||@@|/\*"

_COMMENTS = {
    "postgres": rf"{_LINE}|{_NESTING}",
    "mysql": rf"--(?=\s|\Z)[^\n]*+|\#[^\n]*+|/\*M?!\d*+|\*/|{_BLOCK}",
    "sqlite": rf"{_LINE}|{_BLOCK}",
    "tsql": rf"{_LINE}|{_NESTING}",
    "generic": rf"{_LINE}|\#\s[^\n]*+|/\*!\d*+|\*/|{_NESTING}",
}
_WORD_HEAD = {"tsql": r"[@#]{0,2}[^\W\d]", "mysql": r"@{0,2}[^\W\d]"}
_NUMBERED = {"mysql": r"(?!0[xXbB][\da-fA-F]++(?!\w))\d++(?![eE][+-]?\d)[^\W\d][\w$]*+"}
"""Words that begin with digits: 2fa. What is left of them are numbers: 1e5, 0x1F."""
_WORD_TAIL = {"tsql": r"[\w$@#]*+"}
_NAMES = {
    "postgres": rf"[uU]&{_DOUBLE}|{_DOUBLE}|{_BACK}",
    "mysql": _BACK,
    "sqlite": rf"{_DOUBLE}|{_BACK}|\[[^\]]*+(?:\]|\Z)",
    "tsql": rf"{_DOUBLE}|\[(?>(?:[^\]]++|\]\])*)(?:\]|\Z)",
    "generic": rf"{_DOUBLE}|{_BACK}|\[[^\W\d][^\]\n'\"]*+\]",
}
_STRINGS = {
    "postgres": rf"[eE]{_ESCAPED}|[nNbBxX]?{_PLAIN}|[uU]&{_PLAIN}|{_DOLLAR}",
    "mysql": rf"[nNbBxX]?{_ESCAPED}|{_DOUBLE_ESCAPED}",
    "sqlite": rf"[xX]?{_PLAIN}",
    "tsql": rf"[nN]?{_PLAIN}",
    "generic": rf"[eE]{_ESCAPED}|[nNbBxX]?{_PLAIN}|{_DOLLAR}",
}
_RARE = {"postgres": ("/*", "$"), "tsql": ("/*",), "generic": ("/*", "$")}
"""What one look cannot step over: comments that may hold comments, dollar quotes."""
_KINDS = {
    "usual": WORD,
    "mark": PUNCT,
    "string": STRING,
    "word": WORD,
    "quoted": QUOTED,
    "numbered": WORD,
    "number": NUMBER,
    "punct": PUNCT,
    None: END,
}
_LONGEST_KEPT, _MOST_KEPT = 60, 20_000


def _lexicon(family: str) -> re.Pattern[str]:
    """One token with all that is stepped over before it. Something always matches, so that matches follow each other
    without a gap. Nearly all tokens are words of several letters, which start nothing else, and four marks, with nothing
    but spaces before them: those are tried first."""
    head, tail = _WORD_HEAD.get(family, r"[^\W\d]"), _WORD_TAIL.get(family, r"[\w$]*+")
    numbered = rf"|(?P<numbered>{_NUMBERED[family]})" if family in _NUMBERED else ""
    return re.compile(
        rf"[ \n\t\r]*+(?:(?P<usual>[a-zA-Z_][a-zA-Z_0-9$]++{tail})"
        r"|(?P<mark>[(),;])"
        rf"|\s*+(?>(?:(?:{_COMMENTS[family]})\s*+)*)"
        rf"(?:(?P<string>{_STRINGS[family]})"
        rf"|(?P<word>{head}{tail})"
        rf"|(?P<quoted>{_NAMES[family]})"
        rf"{numbered}|(?P<number>{_NUMBER})"
        rf"|(?P<punct>{_OPERATOR}|.)"
        r"|\Z))",
        re.S,
    )


class _Known(dict[str, tuple[int, str, int, int]]):
    """A match of the lexicon → its token's kind and value, the match's length and the token's. The same few hundred make up
    most of any script."""

    def __init__(self, lexicon: re.Pattern[str]) -> None:
        self._match = lexicon.match

    def __missing__(self, lexeme: str) -> tuple[int, str, int, int]:
        match = self._match(lexeme)
        name = match.lastgroup if match else None
        kind = _KINDS[name]
        value = match[name] if match and name else ""
        shown = value.upper() if kind == WORD else value[:1] if kind in (QUOTED, STRING) else value
        found = (kind, shown, len(lexeme), len(value))
        if len(lexeme) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[lexeme] = found
        return found


@frozen
class _Lexer:
    """What reads the tokens of one family. `findall` is for texts in which none of the `rare` marks stands: it captures
    nothing and so gives whole matches; `finditer` is for any text."""

    rare: tuple[str, ...]
    findall: Callable[[str, int, int], list[str]]
    finditer: Callable[[str, int, int], Iterator[re.Match[str]]]
    known: _Known


@cache
def _lexer(family: str) -> _Lexer:
    lexicon = _lexicon(family)
    plain = re.sub(r"\(\?P<\w+>", "(?:", lexicon.pattern.replace(f"|{_DOLLAR}", ""))
    return _Lexer(_RARE.get(family, ()), re.compile(plain, re.S).findall, lexicon.finditer, _Known(lexicon))


def tokenize(text: str, start: int, end: int, family: str) -> list[Token]:
    """The tokens of a stretch of text, closed by an END token. Strings and comments that do not end reach to `end`."""
    lexer = _lexer(family)
    for mark in lexer.rare:
        if text.find(mark, start, end) >= 0:
            return _tokenize_any(lexer, text, start, end)
    found = map(lexer.known.__getitem__, lexer.findall(text, start, end))
    at = start
    tokens = [(kind, value, (at := at + length) - size, at) for kind, value, length, size in found]
    if len(tokens) > 1 and tokens[-2][0] == END:  # what is stepped over at the end, and then the end
        tokens.pop()
    return tokens


def _tokenize_any(lexer: _Lexer, text: str, start: int, end: int) -> list[Token]:
    """The same, with a look at each match: a comment that holds comments is measured by hand."""
    tokens: list[Token] = []
    at: int | None = start
    while at is not None:
        begin, at = at, None
        for match in lexer.finditer(text, begin, end):
            kind, value, _, size = lexer.known[match[0]]
            stop = match.end()
            if kind == END:
                break
            if value == "/*":
                at = comment_end(text, stop - 2, end) or end
                break
            tokens.append((kind, value, stop - size, stop))
    tokens.append((END, "", end, end))
    return tokens


_COMMENT_MARK = re.compile(r"/\*|\*/")


def comment_end(text: str, start: int, end: int) -> int | None:
    """Where a comment that may hold comments ends, None when it never does."""
    depth = 0
    for match in _COMMENT_MARK.finditer(text, start, end):
        depth += 1 if match.group() == "/*" else -1
        if depth == 0:
            return match.end()
    return None


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
    mark = '"' if raw[:1] == '"' else "'"  # MySQL has both
    at = raw.find(mark)
    if at < 0 or at > 1 or raw[-1] != mark or len(raw) < at + 2:
        return None
    inner = raw[at + 1 : -1]
    return None if mark in inner or "\\" in inner else (at + 1, len(raw) - 1)
