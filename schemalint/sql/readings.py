"""What UPDATE, DELETE and INSERT … SELECT read, as the query that they come to.

`UPDATE t SET a = b + 1 WHERE c` reads what `SELECT b + 1 FROM t WHERE c` reads. What is not of the query becomes blanks, so that
the rest stands where it stood. SQL Server's UPDATE names an alias of its FROM, and is left alone.
"""

from __future__ import annotations

from schemalint.model.clauses import Query
from schemalint.sql.cursor import Script
from schemalint.sql.tokens import END, NUMBER, PUNCT, STRING, WORD, Token

_LONGEST = 4_000  # code points of a statement
_MOST = 300  # queries of one script
_FAMILIES = frozenset({"postgres", "mysql", "sqlite"})
_BEFORE_TABLES = frozenset({"LOW_PRIORITY", "IGNORE", "QUICK"})
_ENDS = frozenset({"WHERE", "FROM", "RETURNING", "ORDER", "LIMIT"})
_BEHIND_ON = frozenset({"CONFLICT", "DUPLICATE"})


def reading(script: Script, tokens: list[Token], head: str, seen: set[str]) -> Query | None:
    """The query of a statement: of an UPDATE or DELETE from its first token on, of an INSERT from SELECT or WITH on. None
    where it reads nothing, is odd, or was met before."""
    if script.lexicon not in _FAMILIES or script.readings >= _MOST or len(tokens) < 4:
        return None
    if tokens[-2][3] - tokens[0][2] > _LONGEST:
        return None
    shape = " ".join(value for kind, value, _, _ in tokens if kind not in (STRING, NUMBER))
    if shape in seen:
        return None
    seen.add(shape)
    said = _update(script, tokens) if head == "UPDATE" else _delete(script, tokens) if head == "DELETE" else None
    if head == "INSERT":
        said = _Draft(script, tokens[0][2], tokens[_query_end(tokens) - 1][3]).query()
    script.readings += said is not None
    return said


class _Draft:
    """A stretch of the script in which parts are blanked, and one text is put in between."""

    def __init__(self, script: Script, start: int, end: int) -> None:
        self.script, self.start, self.end = script, start, end
        self.text = list(script.text[start:end])
        self.inserted = (0, "")

    def put(self, start: int, end: int, text: str = "") -> None:
        """This text for what stands between two offsets of the script, no shorter than it, and then blanks."""
        self.text[start - self.start : end - self.start] = text.ljust(end - start)

    def query(self) -> Query:
        at, more = self.inserted
        text = "".join(self.text)
        span = self.script.span(self.start, self.end)
        return Query(span, text[:at] + more + text[at:], self.script.schema, (at, len(more)))


def _update(script: Script, tokens: list[Token]) -> Query | None:
    at = 1
    while tokens[at][0] == WORD and tokens[at][1] in _BEFORE_TABLES:
        at += 1
    if tokens[at][1] == "OR":  # SQLite: UPDATE OR IGNORE
        at += 2
    set_ = _cut(tokens, at, frozenset({"SET"}))
    if tokens[set_][0] == END or set_ == at:
        return None
    end = _cut(tokens, set_, frozenset({"RETURNING"}))
    draft = _Draft(script, tokens[0][2], tokens[end - 1][3])
    relations = script.text[tokens[at][2] : tokens[set_ - 1][3]]
    draft.put(tokens[0][2], tokens[set_][3], "SELECT")
    item, stop = set_ + 1, _cut(tokens, set_, _ENDS)
    while item < stop:
        equals = _mark(tokens, item, stop, "=")
        if equals == stop or any(token[1] == "(" for token in tokens[item:equals]):
            return None  # (a, b) = (SELECT …)
        draft.put(tokens[item][2], tokens[equals][3])
        item = _mark(tokens, equals, stop, ",") + 1
    more = f" FROM {relations} "
    if tokens[stop][1] == "FROM" and tokens[stop][0] == WORD:
        draft.put(tokens[stop][2], tokens[stop][3], ",")
    draft.inserted = (tokens[stop - 1][3] - draft.start, more)
    return draft.query()


def _delete(script: Script, tokens: list[Token]) -> Query | None:
    if tokens[1][1] != "FROM":
        return None  # MySQL: DELETE t FROM t JOIN …
    end = _cut(tokens, 1, frozenset({"RETURNING"}))
    where, using = _cut(tokens, 1, frozenset({"WHERE"})), _cut(tokens, 1, frozenset({"USING"}))
    if where >= end:
        return None
    draft = _Draft(script, tokens[0][2], tokens[end - 1][3])
    draft.put(tokens[0][2], tokens[0][3], "SELECT")
    if tokens[2][1] == "ONLY":
        draft.put(tokens[2][2], tokens[2][3])
    if using < where:
        if script.lexicon != "postgres":
            return None
        draft.put(tokens[using][2], tokens[using][3], ",")
    return draft.query()


def _query_end(tokens: list[Token]) -> int:
    """Where the query of an INSERT ends: at RETURNING, ON CONFLICT or ON DUPLICATE KEY."""
    at = 0
    while True:
        at = _cut(tokens, at, frozenset({"RETURNING", "ON"}))
        if tokens[at][1] != "ON" or tokens[at][0] == END or tokens[at + 1][1] in _BEHIND_ON:
            return at
        at += 1


def _cut(tokens: list[Token], at: int, words: frozenset[str]) -> int:
    """Where the first of these words stands outside of parentheses, else where the statement ends."""
    depth = 0
    while True:
        kind, value, _, _ = tokens[at]
        if kind == END or (depth == 0 and kind == WORD and value in words):
            return at
        if kind == PUNCT:
            depth += (value == "(") - (value == ")")
        at += 1


def _mark(tokens: list[Token], at: int, stop: int, mark: str) -> int:
    """Where a mark stands outside of parentheses, else `stop`."""
    depth = 0
    while at < stop and not (depth == 0 and tokens[at][0] == PUNCT and tokens[at][1] == mark):
        if tokens[at][0] == PUNCT:
            depth += (tokens[at][1] == "(") - (tokens[at][1] == ")")
        at += 1
    return at
