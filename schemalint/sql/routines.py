"""Functions and procedures: what their bodies do to the schema. Where they are called, `schemalint.routines` plays it."""

from __future__ import annotations

import re
from dataclasses import replace

from schemalint.model.facts import Opaque
from schemalint.model.names import ObjectKind
from schemalint.model.objects import AlterObject, CreateObject, Routine
from schemalint.sql.batches import read_batch
from schemalint.sql.blocks import read_body
from schemalint.sql.calls import read_calls
from schemalint.sql.cursor import Script
from schemalint.sql.dispatch import BEARERS, read_statement
from schemalint.sql.dynamic import DDL, body_of
from schemalint.sql.search_path import search_path
from schemalint.sql.selects import SELECTS
from schemalint.sql.statements import split
from schemalint.sql.tokens import END, STRING, WORD, Token, tokenize, words
from schemalint.sql.variables import parameters

_OBJECTS = (CreateObject, AlterObject)
_ROUTINES = frozenset({ObjectKind.FUNCTION, ObjectKind.PROCEDURE})
_RUNS = {
    "postgres": re.compile(r"\b(?:PERFORM|CALL|EXECUTE|SELECT)\b", re.I),
    "mysql": re.compile(r"\b(?:CALL|EXECUTE)\b", re.I),
    "tsql": re.compile(r"\bEXEC(?:UTE)?\b", re.I),
}
"""Words without which a body calls nothing, and executes no text."""
_CHARACTERISTICS = words(
    "LANGUAGE SQL NOT DETERMINISTIC CONTAINS NO READS MODIFIES DATA SECURITY DEFINER INVOKER COMMENT"
)
_OTHER_SCHEMA = "in which schema its tables stand is not known"
_OTHER_LANGUAGE = "the function is written in a language that is not read"


def read_routine(script: Script, tokens: list[Token], before: int) -> None:
    """Adds to what a CREATE or ALTER of a function or procedure emitted, from the fact `before` on, what its body does."""
    for at in range(before, len(script.facts)):
        fact = script.facts[at]
        if not isinstance(fact, _OBJECTS) or fact.kind not in _ROUTINES:
            continue
        if isinstance(fact, AlterObject) and script.lexicon != "tsql":
            continue  # the others' ALTER changes no body
        if script.lexicon != "postgres" and fact.kind is ObjectKind.FUNCTION:
            continue  # elsewhere a function cannot change the schema
        routine = _READERS[script.lexicon](script, tokens) if script.lexicon in _READERS else None
        if routine is not None and script.lexicon == "tsql" and fact.name.schema is not None and _unqualified(routine):
            routine = replace(routine, facts=(Opaque(fact.span, fact.statement, _OTHER_SCHEMA, None),))
        if routine is not None:
            script.facts[at] = replace(fact, routine=routine)


def _unqualified(routine: Routine) -> bool:
    """Whether a body names tables without their schema: in SQL Server they are looked up in the procedure's own first."""
    tables = (getattr(fact, "table", None) for fact in routine.facts)
    return any(table is not None and table.schema is None for table in tables)


def _inner(script: Script) -> Script:
    """A script for the body: it makes nothing before it is called."""
    return replace(script, created=dict(script.created), known={}, facts=[])


def _bears(script: Script, start: int, end: int) -> bool:
    return (
        DDL.search(script.text, start, end) is not None
        or _RUNS[script.lexicon].search(script.text, start, end) is not None
    )


def _of_mysql(script: Script, tokens: list[Token]) -> Routine | None:
    at = _behind_parameters(tokens, "PROCEDURE")
    while tokens[at][1] in _CHARACTERISTICS or tokens[at][0] == STRING:
        at += 1
    if not _bears(script, tokens[at][2], tokens[-1][3]):
        return None
    inner = _inner(script)
    first = next((n for n, token in enumerate(tokens) if token[1] == "("), at)
    given, inner.known = parameters(script, tokens[first + 1 : _closing(tokens, first)])
    read_body(inner, tokens[at:])
    return Routine(tuple(inner.facts), parameters=given)


def _of_tsql(script: Script, tokens: list[Token]) -> Routine | None:
    """The body stands behind the AS that belongs to no EXECUTE AS, and fills the rest of the batch."""
    at = 1
    while at < len(tokens) - 1:
        if tokens[at][1] == "AS" and tokens[at][0] == WORD and tokens[at - 1][1] not in ("EXECUTE", "EXEC"):
            break
        at += 1
    body = tokens[at + 1 :]
    inner = _inner(script)
    if len(body) > 1 and _bears(script, body[0][2], body[-1][3]):
        read_batch(inner, body)
    return Routine(tuple(inner.facts))


def _of_postgres(script: Script, tokens: list[Token]) -> Routine | None:
    """A body in a text. What has none between quotes (BEGIN ATOMIC) holds no DDL; a trigger's function is called by none."""
    last = len(tokens) - 1
    heads = [n for n, token in enumerate(tokens[:last]) if token[0] == WORD]
    arguments = _arguments(script, tokens)
    text = next((n + 1 for n in heads if tokens[n][1] == "AS" and tokens[n + 1][0] == STRING), None)
    returns = next((tokens[n + 1][1] for n in heads if tokens[n][1] == "RETURNS"), "")
    if text is None or returns in ("TRIGGER", "EVENT_TRIGGER") or not _bears(script, *tokens[text][2:]):
        return Routine((), arguments)
    inner, bound = _inner(script), False
    first = next((n for n, token in enumerate(tokens) if token[1] == "("), last)
    given, inner.known = parameters(script, tokens[first + 1 : _closing(tokens, first)])
    path = next((n for n in heads if tokens[n][1] == "SEARCH_PATH" and tokens[n - 1][1] == "SET"), None)
    if path is not None:
        stop = next((n for n in heads if n > path and tokens[n][1] in _CLAUSES), last)
        inner.schema, bound = next(iter(search_path(inner, tokens[path + 1 : stop])), None), True
    language = _language(script, tokens, heads)
    if language == "plpgsql":
        body = body_of(inner, tokens[text])
        read_body(body.script, tokenize(body.script.text, *body.range, script.lexicon))
    elif language == "sql":
        body = body_of(inner, tokens[text])
        _read_plain(body.script, *body.range)
    elif DDL.search(script.text, *tokens[text][2:]):
        statement = script.span(tokens[0][2], tokens[-2][3])
        inner.facts.append(Opaque(statement, statement, _OTHER_LANGUAGE, None))
    return Routine(tuple(inner.facts), arguments, inner.schema, bound, given)


_CLAUSES = words(
    "AS LANGUAGE SET COST ROWS STABLE VOLATILE IMMUTABLE SECURITY STRICT CALLED PARALLEL LEAKPROOF SUPPORT WINDOW"
)


def _language(script: Script, tokens: list[Token], heads: list[int]) -> str:
    at = next((n + 1 for n in heads if tokens[n][1] == "LANGUAGE"), None)
    return "" if at is None else script.text[tokens[at][2] : tokens[at][3]].strip("'\"").lower()


def _read_plain(script: Script, start: int, end: int) -> None:
    """The statements of a function in SQL."""
    for statement in split(script.text, start, end, script.lexicon):
        if statement.head in BEARERS:
            read_statement(script, tokenize(script.text, statement.start, statement.end, script.lexicon))
        elif statement.head in SELECTS or statement.head == "CALL":
            read_calls(script, tokenize(script.text, statement.start, statement.end, script.lexicon))


def _arguments(script: Script, tokens: list[Token]) -> str:
    """What stands in the first parentheses, in one spelling."""
    first = next((n for n, token in enumerate(tokens) if token[1] == "("), len(tokens) - 1)
    return " ".join(script.text[start:end].lower() for _, _, start, end in tokens[first : _closing(tokens, first)])


def _behind_parameters(tokens: list[Token], noun: str) -> int:
    """The index behind the parentheses that follow a name behind that word."""
    at = next((n for n, token in enumerate(tokens) if token[0] == WORD and token[1] == noun), 0)
    while tokens[at][1] != "(" and tokens[at][0] != END:
        at += 1
    return min(_closing(tokens, at) + 1, len(tokens) - 1)


def _closing(tokens: list[Token], at: int) -> int:
    """The index of the parenthesis that closes the one at this index; END where none does."""
    depth = 0
    for n in range(at, len(tokens)):
        depth += (tokens[n][1] == "(") - (tokens[n][1] == ")")
        if depth == 0 or tokens[n][0] == END:
            return n
    return len(tokens) - 1


_READERS = {"mysql": _of_mysql, "tsql": _of_tsql, "postgres": _of_postgres}
