"""Texts that a script puts together: out of literals, of variables that hold one, and of what a routine is called with.

postgres' `||`, format(), concat(), quote_ident() and quote_literal() (its documentation, 9.4 and 43.5.4), MySQL's CONCAT() and
CONCAT_WS(). Whatever else goes into a text makes it unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from schemalint.model.clauses import Piece
from schemalint.sql.cursor import FILLED, Script
from schemalint.sql.tokens import NUMBER, PUNCT, QUOTED, STRING, WORD, Token, name_text, string_text, words

Pieces = tuple[Piece, ...]
Known = Mapping[str, Pieces]
"""What variables and parameters hold, by their names in upper case."""
_DEEPEST, _MOST, _LONGEST = 8, 200, 100_000
"""How deep expressions stand in each other, of how many pieces a text is made, and how long it gets."""
_WHOLE = re.compile(r"(?:0|[1-9]\d*+)\Z")
_TEXTS = words("TEXT VARCHAR NAME")
_FORMAT = re.compile(r"%(?:(\d{1,3})\$)?([sIL%])")


def pieces(script: Script, tokens: Sequence[Token], depth: int = 0) -> Pieces | None:
    """What an expression, which all these tokens make up, comes to."""
    if not tokens or depth > _DEEPEST:
        return None
    found: list[Piece] = []
    postgres = script.lexicon == "postgres"
    for part in _parts(tokens, "||") if postgres else (tokens,):
        made = _term(script, part, depth)
        if made is None:
            return None
        found += made
        if len(found) > _MOST:
            return None
    return tuple(found)


def spelled(found: Pieces, given: Sequence[str | None]) -> str | None:
    """The text, where parameters have these values."""
    texts: list[str] = []
    for piece in found:
        if piece.parameter is None:
            texts.append(piece.text)
            continue
        value = given[piece.parameter] if piece.parameter < len(given) else None
        if value is None or ("'" in piece.doubled and "\\" in value):
            return None
        texts.append(_doubled(value, piece.doubled))
    text = "".join(texts)
    return text if len(text) <= _LONGEST else None


def plain(found: Pieces | None) -> str | None:
    """The text of pieces that need no argument."""
    return None if found is None else spelled(found, ())


def _doubled(text: str, marks: str) -> str:
    for mark in marks:
        text = text.replace(mark, mark * 2)
    return text


def _quoted(found: Pieces, mark: str) -> Pieces | None:
    """Between marks. postgres leaves them away around plain lower-case names, which mean the same with them."""
    inner = []
    for piece in found:
        if piece.parameter is not None:
            inner.append(Piece("", piece.parameter, piece.doubled + mark))
        elif mark == "'" and "\\" in piece.text:
            return None
        else:
            inner.append(Piece(piece.text.replace(mark, mark * 2)))
    return (Piece(mark), *inner, Piece(mark))


def arguments(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The tokens between each comma outside of parentheses."""
    return _parts(tokens, ",") if tokens else iter(())


def _parts(tokens: Sequence[Token], mark: str) -> Iterator[Sequence[Token]]:
    depth = start = 0
    for at, (kind, value, _, _) in enumerate(tokens):
        if kind != PUNCT:
            continue
        if value == mark and depth == 0:
            yield tokens[start:at]
            start = at + 1
        elif value in "([":
            depth += 1
        elif value in ")]":
            depth -= 1
    yield tokens[start:]


def _term(script: Script, tokens: Sequence[Token], depth: int) -> Pieces | None:
    while len(tokens) > 2 and tokens[-2][1] == "::" and tokens[-1][1] in _TEXTS:
        tokens = tokens[:-2]
    if not tokens:
        return None
    kind, value, start, end = tokens[0]
    if kind == STRING:
        return _literal(script, tokens)
    if len(tokens) == 1:
        if kind == NUMBER:
            written = script.text[start:end]
            return (Piece(written),) if _WHOLE.match(written) else None
        return script.known.get(named(script, tokens[0]))
    if value == "$" and len(tokens) == 2 and tokens[1][0] == NUMBER:
        return script.known.get("$" + script.text[tokens[1][2] : tokens[1][3]])
    if tokens[-1][1] != ")" or closing(tokens, 0 if value == "(" else 1) != len(tokens) - 1:
        return None
    if value == "(":
        return pieces(script, tokens[1:-1], depth + 1)
    return _call(script, value, tokens[2:-1], depth) if kind == WORD and tokens[1][1] == "(" else None


def closing(tokens: Sequence[Token], at: int) -> int:
    """The index of the parenthesis that closes the one at `at`; -1 where none stands there or none does."""
    depth = 0
    for n in range(at, len(tokens)):
        if tokens[n][0] == PUNCT:
            depth += (tokens[n][1] == "(") - (tokens[n][1] == ")")
        if depth <= 0:
            return n if n > at else -1
    return -1


def _literal(script: Script, tokens: Sequence[Token]) -> Pieces | None:
    """Literals that follow each other are one: in MySQL always, in postgres on lines of their own."""
    texts = []
    for at, (kind, _, start, end) in enumerate(tokens):
        raw = script.text[start:end]
        if kind != STRING or raw[:1] in "bBxXuU":
            return None
        if at and script.lexicon == "postgres" and "\n" not in script.text[tokens[at - 1][3] : start]:
            return None
        texts.append(string_text(raw, script.lexicon))
    text = "".join(texts)
    return None if FILLED in text else (Piece(text),)


def _call(script: Script, function: str, given: Sequence[Token], depth: int) -> Pieces | None:
    made = [pieces(script, one, depth + 1) for one in arguments(given)]
    known = [one for one in made if one is not None]
    if not known or len(known) < len(made) or sum(map(len, known)) > _MOST:
        return None
    postgres = script.lexicon == "postgres"
    if function == "CONCAT":
        return tuple(chain.from_iterable(known))
    if function == "CONCAT_WS":
        joined = [known[1:][0]] if len(known) > 1 else []
        for one in known[2:]:
            joined += [known[0], one]
        return tuple(chain.from_iterable(joined))
    if function == "FORMAT" and postgres:
        return _formatted(known[0], known[1:])
    if function in ("QUOTE_IDENT", "QUOTE_LITERAL") and postgres and len(known) == 1:
        return _quoted(known[0], '"' if function == "QUOTE_IDENT" else "'")
    return None


def _formatted(pattern: Pieces, given: Sequence[Pieces]) -> Pieces | None:
    """postgres: format(). A width or a star is not read."""
    text = plain(pattern)
    if text is None:
        return None
    found: list[Piece] = []
    at = following = 0
    while True:
        mark = text.find("%", at)
        if mark < 0:
            break
        found.append(Piece(text[at:mark]))
        match = _FORMAT.match(text, mark)
        if match is None:
            return None
        at = match.end()
        if match[2] == "%":
            found.append(Piece("%"))
            continue
        following = int(match[1]) if match[1] else following + 1
        if not 0 < following <= len(given):
            return None
        one = given[following - 1]
        made = one if match[2] == "s" else _quoted(one, '"' if match[2] == "I" else "'")
        if made is None:
            return None
        found += made
        if len(found) > _MOST:
            return None
    found.append(Piece(text[at:]))
    return tuple(found)


def named(script: Script, token: Token) -> str:
    """What a variable or parameter is looked up by; "" for what is no name of one."""
    if token[0] == QUOTED and script.lexicon == "mysql":
        return name_text(script.text[token[2] : token[3]])[0].upper()
    return token[1] if token[0] == WORD else ""
