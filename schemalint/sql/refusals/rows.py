"""INSERT, REPLACE, UPDATE and DELETE that no server takes: parentheses that do not pair, a semicolon that is missing, no SET.

Rows are many and are not read elsewhere, so what cannot be wrong is told from the bare text.
"""

from __future__ import annotations

import re

from schemalint.sql.cursor import Cursor, Script
from schemalint.sql.refusals.commas import cut_off, templated
from schemalint.sql.refusals.say import invalid, stumbles
from schemalint.sql.tokens import NUMBER, PUNCT, STRING, WORD, Token, tokenize

_LONGEST = 20_000  # code points of a statement that are looked at
_FAMILIES = frozenset({"postgres", "mysql", "sqlite"})
_HEADS = frozenset({"INSERT", "REPLACE", "UPDATE", "DELETE"})
_SET = re.compile(r"\bSET\b", re.I)
_NEXT = re.compile(r"\n\s*+(?:INSERT|ALTER|CREATE|DROP|DELETE|UPDATE)\s", re.I)
"""A line on which another statement may begin."""
_NOUNS = {
    "INSERT": frozenset({"INTO"}),
    "ALTER": frozenset({"TABLE"}),
    "CREATE": frozenset({"TABLE", "INDEX", "UNIQUE"}),
    "DROP": frozenset({"TABLE", "INDEX"}),
    "DELETE": frozenset({"FROM"}),
}
"""What makes a statement of a word that may be something else."""


def rows(script: Script, start: int, end: int, head: str) -> int | None:
    """Says what is wrong with a statement between two offsets that changes rows. Gives where another statement begins within
    it, which the server never comes to."""
    if script.lexicon not in _FAMILIES or head not in _HEADS or end - start > _LONGEST:
        return None
    text = script.text
    lacks = head == "UPDATE" and _SET.search(text, start, end) is None
    uneven = text.count("(", start, end) != text.count(")", start, end)
    if not lacks and not uneven and _NEXT.search(text, start, end) is None:
        return None
    tokens = tokenize(text, start, end, script.lexicon)
    cursor = Cursor(script, tokens, script.span(start, end))
    escaped = (
        script.lexicon != "mysql" and "\\" in text[start:end]
    )  # what a setting of the server may take for an escape
    if len(tokens) < 5 or escaped or cut_off(cursor) or templated(cursor, [token[1] for token in tokens]):
        return None
    at = _second(tokens)
    if at is not None:
        _say(cursor, at, at + 1, f"a semicolon is missing before this {tokens[at][1]}", stumbles(cursor, at))
        return tokens[at][2]
    if lacks:
        _say(cursor, 0, 1, "UPDATE needs SET: ALTER TABLE changes a table", None)
    elif uneven:
        _unpaired(cursor)
    return None


def _second(tokens: list[Token]) -> int | None:
    """Where another statement begins, behind a value that ends this one."""
    depth = 0
    for at, (kind, value, _, _) in enumerate(tokens[:-2]):
        if kind == PUNCT and value in "()":
            depth += 1 if value == "(" else -1
        elif kind == WORD and depth == 0 and at > 3 and _begins(tokens, at):
            return at
    return None


def _begins(tokens: list[Token], at: int) -> bool:
    before, following = tokens[at - 1], tokens[at + 1]
    if not (before[0] in (NUMBER, STRING) or (before[0] == PUNCT and before[1] == ")")):
        return False
    value = tokens[at][1]
    if value == "UPDATE":
        return following[1] != "SET" and tokens[at + 2][1] == "SET" and tokens[at + 2][0] == WORD
    return following[0] == WORD and following[1] in _NOUNS.get(value, ())


def _unpaired(cursor: Cursor) -> None:
    """A parenthesis that nothing opens, or nothing closes."""
    opened: list[int] = []
    for at, (kind, value, _, _) in enumerate(cursor.tokens):
        if kind == PUNCT and value == "(":
            opened.append(at)
        elif kind == PUNCT and value == ")":
            if not opened:
                _say(cursor, at, at + 1, "this parenthesis closes nothing", stumbles(cursor, at))
                return
            opened.pop()
    if opened:
        _say(cursor, opened[0], opened[0] + 1, "this parenthesis is never closed", None)


def _say(cursor: Cursor, start: int, end: int, reason: str, words: str | None) -> None:
    cursor.emit(invalid(cursor, cursor.span(start, end), reason, words, None))
