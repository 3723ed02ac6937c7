"""SQL Server's batches: statements without terminators between them, those behind IF, and texts that EXEC runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.clauses import Guard
from schemalint.sql import refusals
from schemalint.sql.calls import read_calls
from schemalint.sql.cursor import Script
from schemalint.sql.dispatch import read_statement
from schemalint.sql.dynamic import DEEPEST, body_of, computed, texts_of
from schemalint.sql.tokens import END, PUNCT, STRING, WORD, Token, tokenize, words

EXECUTES = re.compile(r"\bEXEC(?:UTE)?\s*+\(|\bsp_executesql\b", re.I)
"""A text is executed."""
_LOOKED_BACK = 300
"""How many tokens back the texts stand that a variable may hold."""
_STARTS = frozenset({"CREATE", "ALTER", "DROP", "RENAME"})
_NOUNS = words(
    """
    TABLE INDEX VIEW TYPE UNIQUE CLUSTERED NONCLUSTERED PROCEDURE PROC FUNCTION TRIGGER SCHEMA DATABASE SEQUENCE
    SYNONYM USER ROLE LOGIN FULLTEXT OR STATISTICS PARTITION PRIMARY XML SPATIAL COLUMNSTORE TEMPORARY TEMP UNLOGGED
    DOMAIN EXTENSION
    """
)
_OTHERS = words(
    """
    INSERT EXEC EXECUTE PRINT IF BEGIN END DECLARE SELECT ELSE MERGE RETURN GOTO GRANT REVOKE DENY WHILE TRUNCATE
    RAISERROR USE COMMIT ROLLBACK THROW SP_RENAME
    """
)
_BEFORE_IF = _NOUNS | {"COLUMN", "CONSTRAINT", "DROP"}
_GOING_ON = frozenset({"(", ",", "AS", "UNION", "ALL", "EXCEPT", "INTERSECT", "ADD"})
"""What the statement goes on behind."""
_CHANGES = frozenset({"UPDATE", "DELETE"})
_OF_ANOTHER = frozenset({"ON", "FOR", "AFTER", "OF", "THEN", "NOT", "GRANT", "REVOKE", "DENY", ".", "="})
"""What stands before UPDATE and DELETE that are no statements."""


def read_batch(script: Script, tokens: list[Token], outer: Guard | None = None, depth: int = 0) -> None:
    """The statements of a batch, also those behind IF, alone or between BEGIN and END. `outer` is what already guards all
    of it."""
    starts = list(_beginnings(tokens))
    levels: list[bool] = []
    once = left = False  # left: a statement before may have left the batch, or passed over what comes next
    first = tokens[0][2]
    for position, at in enumerate(starts):
        stop = starts[position + 1] if position + 1 < len(starts) else len(tokens) - 1
        word = tokens[at][1]
        if word in ("IF", "ELSE", "WHILE"):
            once = True
        elif word == "BEGIN":
            if tokens[at + 1][1] not in ("TRAN", "TRANSACTION", "DISTRIBUTED"):
                levels.append(once or tokens[at + 1][1] == "CATCH")
                once = False
        elif word == "END":
            if levels:
                levels.pop()
        else:
            conditional = left or once or any(levels)
            once = False
            left = left or word in ("RETURN", "GOTO")
            while tokens[stop - 1][1] == ";":
                stop -= 1
            piece = [*tokens[at:stop], (END, "", tokens[stop][2], tokens[stop][2])]
            guard = Guard(script.span(first, tokens[-2][3]), True) if conditional else outer
            if word in ("EXEC", "EXECUTE") and _exec(
                script, piece, tokens[max(0, at - _LOOKED_BACK) : at], guard, depth
            ):
                continue
            before = len(script.facts)
            read_statement(script, piece, guard)
            if at > 0 and word in _STARTS:
                refusals.not_first(script, tokens[:at], piece, guard)
            if word in ("EXEC", "EXECUTE") and len(script.facts) == before:  # it is not sp_rename
                read_calls(script, piece, guard)


def _exec(script: Script, tokens: list[Token], before: list[Token], guard: Guard | None, depth: int) -> bool:
    """`EXEC (text)` and `EXEC sp_executesql text`; gives whether it is one of them. `before` is the batch so far, whose
    literals a variable may hold."""
    at = 1
    if tokens[1][1] != "(":
        at = next((n for n, token in enumerate(tokens[:8]) if token[1] == "SP_EXECUTESQL"), 0)
        if at and tokens[at + 1][0] == WORD and len(tokens) > at + 3 and tokens[at + 2][1] == "=":
            at += 2
    if not at or len(tokens) < at + 3:
        return False
    first, behind = tokens[at + 1], tokens[at + 2]
    if first[0] == STRING and (behind[0] == END or behind[1] in (")", ",")) and depth < DEEPEST:
        body = body_of(script, first)
        inner = tokenize(body.script.text, *body.range, script.lexicon)
        if len(inner) > 1:
            read_batch(body.script, inner, guard, depth + 1)
        return True
    statement = script.span(tokens[0][2], tokens[-2][3])
    computed(script, tokens, at + 1, statement, guard, texts_of(script, before))
    return True


def _beginnings(tokens: list[Token]) -> Iterator[int]:
    """The indexes at which statements start. Inside parentheses only CREATE, ALTER and DROP do, which stand there when one
    was never closed; the ELSE and END of a CASE never do."""
    depth = cases = 0
    for at, (kind, word, _, _) in enumerate(tokens[:-1]):
        if kind == PUNCT:
            depth = depth + 1 if word == "(" else max(0, depth - 1) if word == ")" else depth
        elif kind == WORD and word == "CASE":
            cases += 1
        elif kind == WORD and cases and word in ("ELSE", "END"):
            cases -= word == "END"
        elif kind == WORD and (depth == 0 or word in _STARTS) and _starts(tokens, at):
            depth = cases = 0
            yield at


def _starts(tokens: list[Token], at: int) -> bool:
    """Whether this word can start a statement where it stands."""
    word = tokens[at][1]
    if word in _STARTS:
        if at and tokens[at - 1][1] == "OR":
            return False  # CREATE OR ALTER
        if _acts(tokens, at):
            return False
        return tokens[at + 1][0] == WORD and tokens[at + 1][1] in _NOUNS
    if word == "IF" and at and tokens[at - 1][0] == WORD and tokens[at - 1][1] in _BEFORE_IF:
        return False  # DROP TABLE IF EXISTS
    if word in _CHANGES and at and tokens[at - 1][1] in _OF_ANOTHER:
        return False
    return (word in _OTHERS or word in _CHANGES) and (at == 0 or tokens[at - 1][1] not in _GOING_ON)


def _acts(tokens: list[Token], at: int) -> bool:
    """Whether ALTER TABLE and a name stand right before, so that this is what it does: DROP INDEX, ALTER INDEX, RENAME."""
    name = at - 1
    while name > 2 and tokens[name - 1][1] == "." and tokens[name - 1][0] == PUNCT:
        name -= 2
    return name > 1 and tokens[name - 1][1] == "TABLE" and tokens[name - 2][1] == "ALTER"
