"""Where functions and procedures are called. Which of them change the schema is not known here: other scripts make them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from schemalint.model.clauses import Guard, Piece
from schemalint.model.names import TableName
from schemalint.model.objects import CallRoutine
from schemalint.sql.composed import arguments, closing, pieces
from schemalint.sql.cursor import Cursor, Script, Unreadable
from schemalint.sql.tokens import PUNCT, QUOTED, WORD, Token, words

CALLS = re.compile(r"(?<![\w$])(?!(?:setval|set_config|count|now)\s*+\()[\w\"]++\s*+\(", re.I)
"""Something may be called here that is none of the server's own functions which scripts call most."""
_DOUBTS = words(
    """
    FROM WHERE CASE COALESCE NULLIF AND OR WITH UNION EXCEPT INTERSECT LIMIT OFFSET HAVING GROUP JOIN EXISTS IN ANY ALL
    VALUES FILTER FETCH NULL UNNEST GENERATE_SERIES
    """
)
"""Words beside which a function may be called never, or more than once."""
_NO_NAMES = words("AS SELECT PERFORM CALL NOT ON USING DISTINCT INTO BY THEN ELSE WHEN LATERAL ROW OVER")
_DO = frozenset({"SELECT", "PERFORM", "CALL"})
_LONGEST = 400
"""Of how many tokens a call is looked through for its arguments."""


def read_calls(script: Script, tokens: list[Token], guard: Guard | None = None) -> None:
    """postgres: every function of a statement, in the order in which they are done. MySQL and SQL Server: the procedure that
    CALL or EXEC names."""
    cursor = Cursor(script, tokens, script.span(tokens[0][2], tokens[-2][3]), guard)
    if script.lexicon != "postgres":
        _emit(cursor, 3 if tokens[min(2, len(tokens) - 1)][1] == "=" else 1)  # EXEC @result = procedure
        return
    if not (tokens[0][1] in _DO and (_plain(tokens, 0) or _from_alone(tokens))):
        cursor.guard = replace(guard, conditional=True) if guard else Guard(cursor.statement, True)
    for at in _called(tokens):
        _emit(cursor, at)


def _emit(cursor: Cursor, at: int) -> None:
    """The call of what is named at this index."""
    cursor.at = min(at, len(cursor.tokens) - 1)
    if cursor.word().startswith("@"):
        return  # SQL Server: a variable says which procedure
    try:
        name, span = cursor.qualified()
    except Unreadable:
        return  # ODBC's {call …}, a template
    if cursor.at == at + 1:  # without a schema: it is looked up
        name = TableName(None, name.name)
    given = _given(cursor) if cursor.family != "tsql" else ()
    cursor.emit(CallRoutine(span, cursor.statement, name, cursor.script.schema, cursor.guard, given))


def _given(cursor: Cursor) -> tuple[tuple[Piece, ...] | None, ...]:
    """What stands in the parentheses behind a name."""
    tokens = cursor.tokens[cursor.at : cursor.at + _LONGEST]
    inside = tokens[1 : max(closing(tokens, 0), 0)]
    return tuple([pieces(cursor.script, one) for one in arguments(inside)])


def _plain(tokens: list[Token], at: int) -> bool:
    """Whether nothing from this index on makes it doubtful that a function is called, and once."""
    return not any(kind == WORD and word in _DOUBTS for kind, word, _, _ in tokens[at:])


def _from_alone(tokens: list[Token]) -> bool:
    """`SELECT * FROM f(…)`, and nothing else."""
    at = 3
    while tokens[at][0] in (WORD, QUOTED) and tokens[at + 1][1] == ".":
        at += 2
    return (
        [token[1] for token in tokens[1:3]] == ["*", "FROM"]
        and tokens[at + 1][1] == "("
        and _plain(tokens, 3)
        and not any(token[1] == "," and depth == 0 for token, depth in _deep(tokens))
    )


def _deep(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """The marks, each with how many parentheses are open around it."""
    depth = 0
    for token in tokens:
        if token[0] == PUNCT:
            depth += (token[1] == "(") - (token[1] == ")")
            yield token, depth


def _called(tokens: list[Token]) -> Iterator[int]:
    """Where the name of each call begins; what stands in the parentheses of another is called before it."""
    opened: list[int | None] = []
    for at, (kind, value, _, _) in enumerate(tokens):
        if kind != PUNCT:
            continue
        if value == "(":
            opened.append(_named(tokens, at))
        elif value == ")" and opened and (name := opened.pop()) is not None:
            yield name


def _named(tokens: list[Token], at: int) -> int | None:
    """Where the name before a parenthesis begins; None where none stands there."""
    kind, word, _, _ = tokens[at - 1]
    if at < 2 or not (kind == QUOTED or (kind == WORD and word not in _DOUBTS and word not in _NO_NAMES)):
        return None
    at -= 1
    while at > 2 and tokens[at - 1][1] == "." and tokens[at - 2][0] in (WORD, QUOTED):
        at -= 2
    return at
