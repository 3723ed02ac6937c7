"""A semicolon that is missing; and INSERT, REPLACE, UPDATE and DELETE that no server takes: parentheses that do not pair, no SET.

Rows are many and are not read elsewhere, so what cannot be wrong is told from the bare text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from schemalint.sql.cursor import Cursor, Script
from schemalint.sql.refusals import tsql_rows
from schemalint.sql.refusals.commas import cut_off, templated
from schemalint.sql.refusals.pgrows import slips, suspicious
from schemalint.sql.refusals.say import invalid, says_ansi, stumbles
from schemalint.sql.tokens import NUMBER, PUNCT, QUOTED, STRING, WORD, Token, tokenize

_LONGEST = 20_000  # code points of a statement that are looked at
_FAMILIES = frozenset({"postgres", "mysql", "sqlite"})
_HEADS = frozenset({"INSERT", "REPLACE", "UPDATE", "DELETE", "TRUNCATE"})
_SET = re.compile(r"\bSET\b", re.I)
_NEXT = re.compile(r"\n\s*+(?:INSERT|ALTER|CREATE|DROP|DELETE|UPDATE)\s", re.I)
"""A line on which another statement may begin."""
_VALUES = re.compile(r"\bVALUES\b", re.I)
_ALONE = re.compile(r'[(,]\s*+"[^"]*+"\s*+[,)]')
_NOUNS = {
    "INSERT": frozenset({"INTO"}),
    "ALTER": frozenset({"TABLE"}),
    "CREATE": frozenset({"TABLE", "INDEX", "UNIQUE", "TYPE", "VIEW", "OR"}),
    "DROP": frozenset({"TABLE", "INDEX"}),
    "DELETE": frozenset({"FROM"}),
}
"""What makes a statement of a word that may be something else."""


_BEFORE_TABLE = frozenset({"INSERT", "REPLACE", "UPDATE", "DELETE", "IGNORE", "INTO", "FROM", "ONLY"})
_TABLE = re.compile(r"(?>(?:(?:INSERT|REPLACE|UPDATE|DELETE|IGNORE|INTO|FROM|ONLY)\s++)+)(?=[\"`])", re.I)
"""A statement up to its table, if that stands in quotes."""
_MARKS = {"mysql": '"', "postgres": "`", "sqlite": "\0"}
_WRONG_QUOTES = {
    "mysql": "what stands in double quotes is a text, unless the server runs with ANSI_QUOTES: backquotes quote names",
    "postgres": "PostgreSQL quotes names with double quotes, not with backquotes",
}


def rows(script: Script, start: int, end: int, head: str) -> list[list[Token]]:
    """Says what is wrong with a statement between two offsets that changes rows. Gives the tokens of the statements that stand
    behind it, where a semicolon is missing: the server never comes to them."""
    if script.lexicon == "tsql":
        tsql_rows.rows(script, start, end, head)
    text = script.text
    if script.lexicon not in _FAMILIES or head not in _HEADS or end - start > _LONGEST:
        return []
    if script.lexicon == "postgres" and suspicious(text, start, end, head) and _slips(script, start, end):
        return []
    lacks = head == "UPDATE" and _SET.search(text, start, end) is None
    uneven = text.count("(", start, end) != text.count(")", start, end)
    doubled = script.lexicon == "postgres" and _doubled(text, start, end)
    misquoted = _MARKS[script.lexicon] in text[start : start + 40] and _misquoted(text, start, end, script.lexicon)
    if not lacks and not uneven and not doubled and not misquoted and _NEXT.search(text, start, end) is None:
        return []
    tokens = tokenize(text, start, end, script.lexicon)
    cursor = Cursor(script, tokens, script.span(start, end))
    # A setting of the server may take a backslash for an escape.
    escaped = script.lexicon != "mysql" and text.find("\\", start, end) >= 0
    if len(tokens) < 5 or escaped or cut_off(cursor) or templated(cursor, [token[1] for token in tokens]):
        return []
    if doubled:
        _text_in_double_quotes(cursor)
    if misquoted:
        at = next(at for at, token in enumerate(tokens) if token[1] not in _BEFORE_TABLE)
        _say(cursor, at, at + 1, _WRONG_QUOTES[script.lexicon], stumbles(cursor, at))
        return []
    behind = _apart(cursor)[1:]
    if lacks and not behind:
        _say(cursor, 0, 1, "UPDATE needs SET: ALTER TABLE changes a table", None)
    elif uneven and not behind:
        _unpaired(cursor)
    return behind


def others(script: Script, start: int, end: int) -> None:
    """Says what is wrong with a statement that bears no schema and changes no rows; PostgreSQL."""
    _slips(script, start, end)


def _slips(script: Script, start: int, end: int) -> bool:
    """Says the first thing that PostgreSQL does not take of a statement, if there is one."""
    tokens = tokenize(script.text, start, min(end, start + _LONGEST), script.lexicon)
    cursor = Cursor(script, tokens, script.span(start, end))
    found = slips(cursor) if len(tokens) > 1 else []
    for one in found:
        cursor.emit(invalid(cursor, cursor.span(one.start, one.end), one.reason, one.words or None, None, one.only))
    return bool(found)


def _misquoted(text: str, start: int, end: int, lexicon: str) -> bool:
    """Whether the table stands in quotes that the server takes for something else."""
    found = _TABLE.match(text, start, end)
    return found is not None and text[found.end()] == _MARKS[lexicon] and (lexicon != "mysql" or not says_ansi(text))


def _doubled(text: str, start: int, end: int) -> bool:
    """Whether something in double quotes may be meant for a text."""
    at = text.find('"', start, end)
    if at < 0 or text.find('""', at, end) >= 0:
        return at >= 0
    values = _VALUES.search(text, start, end)
    return values is not None and _ALONE.search(text, values.end(), end) is not None


def _text_in_double_quotes(cursor: Cursor) -> None:
    """PostgreSQL: a value in double quotes, which make a name. A row of VALUES has no columns to name; no name is empty."""
    tokens, depth, listed = cursor.tokens, 0, False
    for at, (kind, value, start, end) in enumerate(tokens[:-1]):
        if kind == PUNCT and value in "()":
            depth += 1 if value == "(" else -1
        elif kind == WORD and depth == 0:
            listed = value == "VALUES"
        elif kind == QUOTED and cursor.text[start] == '"':
            empty = end - start == 2
            alone = all(one[0] == PUNCT and one[1] in "(),;" for one in (tokens[at - 1], (*tokens, tokens[-1])[at + 1]))
            if empty or (listed and depth == 1 and alone):
                words = 'zero-length delimited identifier at or near """"' if empty else None
                _say(
                    cursor, at, at + 1, "what stands in double quotes is a name: a text stands in single quotes", words
                )
                return


def apart(script: Script, tokens: list[Token]) -> list[list[Token]]:
    """The statements that stand in one, where semicolons are missing between them, which is said; in CREATE and DROP of a table,
    an index or a type, and in COMMENT. Actions of ALTER TABLE begin with the words of statements, routines have bodies."""
    first = tokens[0][1]
    if first not in _DDL or len(tokens) < 6:
        return [tokens]
    start, end = tokens[0][2], tokens[-2][3]
    if _NEXT.search(script.text, start, end) is None or script.lexicon not in _FAMILIES:
        return [tokens]
    if first != "COMMENT" and not any(kind == WORD and value in _MADE for kind, value, _, _ in tokens[1:4]):
        return [tokens]
    cursor = Cursor(script, tokens, script.span(start, end))
    if cut_off(cursor) or templated(cursor, [token[1] for token in tokens]):
        return [tokens]
    return _apart(cursor)


_DDL = frozenset({"CREATE", "DROP", "COMMENT"})
_MADE = frozenset({"TABLE", "INDEX", "TYPE"})
_NO_ACTIONS = frozenset({"INSERT", "ALTER", "CREATE", "DELETE"})
"""What no action of ALTER TABLE begins with, where its noun follows."""
_GO_ON = frozenset({"AS", "ON", "DO", "THEN", "BEFORE", "AFTER", "FOR", "OR", "INSTEAD"})
"""Words that another statement may follow as a part of this one."""


def _apart(cursor: Cursor) -> list[list[Token]]:
    tokens, last = cursor.tokens, cursor.tokens[-1]
    starts = [0, *_starts(tokens, cursor.text)]
    for at in starts[1:]:
        _say(cursor, at, at + 1, f"a semicolon is missing before this {tokens[at][1]}", stumbles(cursor, at))
    if len(starts) == 1:
        return [tokens]
    return [[*tokens[at:end], last] for at, end in pairwise((*starts, len(tokens) - 1))]


def _starts(tokens: list[Token], text: str) -> Iterator[int]:
    """Where other statements begin, each on a line of its own."""
    depth, head = 0, tokens[0][1]
    for at, (kind, value, start, _) in enumerate(tokens[:-3]):
        if kind == PUNCT and value in "()":
            depth += 1 if value == "(" else -1
        elif kind != WORD or depth or at < 3 or text.find("\n", tokens[at - 1][3], start) < 0:
            continue
        elif _begins(tokens, at, head in _DDL):
            if head == "ALTER" and value not in _NO_ACTIONS:
                continue
            yield at
            head = value


def _begins(tokens: list[Token], at: int, words: bool) -> bool:
    """Whether the words of another statement stand behind a value that ends this one, or with `words` behind any word."""
    value, before, following = tokens[at][1], tokens[at - 1], tokens[at + 1]
    ended = before[0] in (NUMBER, STRING) or (before[0] == PUNCT and before[1] == ")")
    if not ended and not (words and before[0] in (WORD, QUOTED) and before[1] not in _GO_ON):
        return False
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
