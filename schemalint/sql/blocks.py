"""Blocks around statements: `DO $$ … $$`, MySQL's procedures that are called at once, SQL Server's IF.

Their facts carry a Guard: whether an IF or a loop stands before them, and where a handler swallows their failure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemalint.model.clauses import Guard
from schemalint.model.facts import Opaque
from schemalint.model.names import TableName
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor, Script, Unreadable
from schemalint.sql.dispatch import read_statement
from schemalint.sql.statements import split
from schemalint.sql.tokens import END, PUNCT, STRING, WORD, Token, string_body, string_text, tokenize, words

_BEARERS = frozenset({"CREATE", "ALTER", "DROP", "RENAME", "COMMENT"})
DDL = re.compile(r"\b(?:CREATE|ALTER|DROP|RENAME)\s++(?:UNIQUE\s++)?(?:TABLE|INDEX|TYPE|COLUMN|VIEW)\b", re.I)
_TARGET = re.compile(r"\s*+(?:ALTER|DROP)\s++TABLE\s++(?:IF\s++EXISTS\s++)?(?:ONLY\s++)?([\w.\"`]++)(?=\s)", re.I)
_DEEPEST = 3


@dataclass(slots=True)
class _Block:
    """A BEGIN … END: where it starts, its end and its handler once they are met, and the block around it. `expected`: the
    handler waits for one condition (`WHEN duplicate_object`), so that its statements may fail in that way."""

    parent: _Block | None
    start: int
    end: int
    handler: Span | None = None
    expected: bool = False


@dataclass(slots=True)
class _Frame:
    """What END will close. `conditional`: it, or what stands around it, may not run. `handling`: the block's handlers have
    begun."""

    kind: str
    block: _Block
    conditional: bool
    handling: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A statement of a body: its token indexes, its block, whether a condition stands before it."""

    start: int
    end: int
    block: _Block
    conditional: bool


def read_do(script: Script, tokens: list[Token], depth: int = 0) -> None:
    """postgres: `DO [LANGUAGE plpgsql] $$ … $$`."""
    at = next((n for n, token in enumerate(tokens) if token[0] == STRING), None)
    if at is None or depth > _DEEPEST:
        return
    languages = [tokens[n + 1][1] for n, token in enumerate(tokens[:-1]) if token[0] == WORD and token[1] == "LANGUAGE"]
    statement = script.span(tokens[0][2], tokens[-2][3])
    if languages and languages[0] not in ("PLPGSQL", '"', "'"):
        if DDL.search(script.text, tokens[at][2], tokens[at][3]):
            script.facts.append(Opaque(statement, statement, "a block in another language", None))
        return
    body = _body(script, tokens[at])
    inner = tokenize(body.script.text, *body.range, script.lexicon)
    _read_body(body.script, inner, depth)


@dataclass(frozen=True, slots=True)
class _Body:
    """The text inside a literal, as a script of its own when it is not verbatim."""

    script: Script
    range: tuple[int, int]


def _body(script: Script, token: Token) -> _Body:
    raw = script.text[token[2] : token[3]]
    inside = string_body(raw)
    if inside is not None:
        return _Body(script, (token[2] + inside[0], token[2] + inside[1]))
    text = string_text(raw, script.lexicon)
    pinned = Script(
        script.path,
        text,
        script.dialect,
        pin=script.span(token[2], token[3]),
        schema=script.schema,
        created=script.created,
        types=script.types,
        facts=script.facts,
    )
    return _Body(pinned, (0, len(text)))


def _read_body(script: Script, tokens: list[Token], depth: int) -> None:
    dynamic = any(token[0] == STRING and DDL.search(script.text, token[2], token[3]) for token in tokens)
    for found in _statements(script, tokens):
        guard = _guard(script, tokens, found)
        word = tokens[found.start][1]
        piece = [*tokens[found.start : found.end], (END, "", tokens[found.end][2], tokens[found.end][2])]
        if word in _BEARERS:
            read_statement(script, piece, guard)
        elif script.lexicon == "mysql":
            if word in ("SET", "SELECT") and dynamic:  # what EXECUTE runs later
                read_dynamic(script, piece, guard)
        elif word == "EXECUTE":
            _execute(script, piece, guard, dynamic, depth)


def _guard(script: Script, tokens: list[Token], found: _Found) -> Guard:
    """The innermost block around a statement that has a handler for it, else the outermost one."""
    block = found.block
    passed = []
    while block.handler is None and block.parent is not None:
        passed.append(block)
        block = block.parent
    for inner in passed:
        inner.parent = block  # the next statement in there goes no long way
    last = tokens[min(block.end, len(tokens) - 1)]
    span = script.span(tokens[block.start][2], last[3])
    if block.expected:
        return Guard(span, True)
    return Guard(span, found.conditional, block.handler)


def _statements(script: Script, tokens: list[Token]) -> list[_Found]:
    """The plain statements of a PL/pgSQL or MySQL body. Structure words only count where a statement may start."""
    outer = _Block(None, 0, len(tokens) - 1)
    frames: list[_Frame] = []
    found: list[_Found] = []
    at, last = 0, len(tokens) - 1

    def block() -> _Block:
        if not frames:
            return outer
        inner = frames[-1]
        return inner.block.parent if inner.handling and inner.block.parent else inner.block

    def conditional() -> bool:
        return bool(frames) and (frames[-1].conditional or frames[-1].handling)

    while at < last:
        kind, word, _, _ = tokens[at]
        if kind != WORD:
            at += 1
            continue
        following = tokens[at + 1][1] if tokens[at + 1][0] == WORD else ""
        if word == "BEGIN":
            made = _Block(block(), at, last)
            frames.append(_Frame("BEGIN", made, conditional()))
            at += 1
        elif word == "DECLARE" and following in ("CONTINUE", "EXIT", "UNDO"):
            stop = _until(tokens, at, ("BEGIN", ";"))
            block().handler = script.span(tokens[at][2], tokens[max(stop - 1, at)][3])
            if tokens[stop][1] == "BEGIN":
                frames.append(_Frame("BEGIN", _Block(block(), stop, last), True))
            at = stop + 1
        elif word == "EXCEPTION" and frames and frames[-1].kind == "BEGIN" and following == "WHEN":
            stop = _until(tokens, at, ("THEN",))
            frames[-1].block.handler = script.span(tokens[at][2], tokens[min(stop, last)][3])
            frames[-1].block.expected = not any(token[1] == "OTHERS" for token in tokens[at:stop])
            frames[-1].handling = True
            at = stop + 1
        elif word in ("IF", "ELSIF", "ELSEIF", "CASE", "WHEN"):
            if word in ("IF", "CASE"):
                frames.append(_Frame(word, block(), True))
            at = _until(tokens, at + 1, ("THEN",)) + 1
        elif word == "ELSE":
            at += 1
        elif word in ("WHILE", "FOR", "FOREACH", "LOOP", "REPEAT"):
            frames.append(_Frame("LOOP", block(), True))
            if word in ("WHILE", "FOR", "FOREACH"):
                at = _until(tokens, at + 1, ("LOOP", "DO"))
            at += 1
        elif word == "END":
            if frames:
                closed = frames.pop()
                if closed.kind == "BEGIN":
                    closed.block.end = at
            at = _until(tokens, at, (";",)) + 1
        else:
            stop = _until(tokens, at, (";",))
            found.append(_Found(at, stop, block(), conditional()))
            at = stop + 1
    return found


def _until(tokens: list[Token], at: int, marks: tuple[str, ...]) -> int:
    """The index of the next of these words or marks outside of parentheses and of CASE expressions."""
    depth = cases = 0
    last = len(tokens) - 1
    while at < last:
        kind, value, _, _ = tokens[at]
        if kind == PUNCT:
            if value == "(":
                depth += 1
            elif value == ")":
                depth = max(0, depth - 1)
            elif value == ";" or (value in marks and depth == 0):
                return at
        elif kind == WORD and depth == 0:
            if cases == 0 and value in marks:
                return at
            if value == "CASE":
                cases += 1
            elif value == "END" and cases:
                cases -= 1
        at += 1
    return last


def _execute(script: Script, tokens: list[Token], guard: Guard, dynamic: bool, depth: int) -> None:
    """`EXECUTE 'literal'` is read; a computed text is Opaque where the body's texts speak of tables."""
    statement = script.span(tokens[0][2], tokens[-2][3])
    alone = tokens[1][0] == STRING and (tokens[2][0] == END or tokens[2][1] in ("USING", "INTO"))
    if alone and depth < _DEEPEST:
        _read_text(_body(script, tokens[1]), guard)
        return
    if not dynamic:
        return
    touches: tuple[TableName, ...] | None = None
    literal = next((token for token in tokens if token[0] == STRING), None)
    if literal is not None:
        text = string_text(script.text[literal[2] : literal[3]], script.lexicon)
        if not DDL.search(text) and any(token[0] == STRING for token in tokens):
            return
        touches = _target(script, text)
    why = "the statement is put together while it runs"
    script.facts.append(Opaque(statement, statement, why, touches, guard))


def _target(script: Script, text: str) -> tuple[TableName, ...] | None:
    match = _TARGET.match(text)
    if match is None:
        return None
    inner = Script(script.path, match.group(1), script.dialect, schema=script.schema, created=script.created)
    cursor = Cursor(inner, tokenize(inner.text, 0, len(inner.text), script.lexicon), script.span(0, 0))
    try:
        return (cursor.qualified()[0],)
    except Unreadable:
        return None


def _read_text(body: _Body, guard: Guard | None) -> None:
    """The statements inside a literal."""
    for statement in split(body.script.text, *body.range, body.script.lexicon):
        if statement.head in _BEARERS:
            read_statement(
                body.script, tokenize(body.script.text, statement.start, statement.end, body.script.lexicon), guard
            )


def read_dynamic(script: Script, tokens: list[Token], guard: Guard | None = None) -> None:
    """MySQL: `SET @sql = IF(…, 'ALTER TABLE …', 'SELECT 1')`, to be prepared and executed: what the texts say may
    or may not run; a text that is put together is Opaque."""
    statement = script.span(tokens[0][2], tokens[-2][3])
    guard = Guard(guard.span if guard else statement, True, guard.handler if guard else None)
    pieces = [token for token in tokens if token[0] == STRING and DDL.search(script.text, token[2], token[3])]
    computed = any(token[0] == WORD and token[1] in ("CONCAT", "CONCAT_WS", "REPLACE") for token in tokens)
    for token in pieces:
        if computed:
            text = string_text(script.text[token[2] : token[3]], script.lexicon)
            why = "the statement is put together while it runs"
            script.facts.append(Opaque(statement, statement, why, _target(script, text), guard))
        else:
            _read_text(_body(script, token), guard)


def read_procedure(script: Script, tokens: list[Token]) -> None:
    """MySQL: the body of a procedure that the script itself calls."""
    at = next((n for n, token in enumerate(tokens) if token[0] == WORD and token[1] == "BEGIN"), None)
    if at is not None:
        _read_body(script, tokens[at:], 0)


_STARTS = frozenset({"CREATE", "ALTER", "DROP"})
_NOUNS = words(
    """
    TABLE INDEX VIEW TYPE UNIQUE CLUSTERED NONCLUSTERED PROCEDURE PROC FUNCTION TRIGGER SCHEMA DATABASE SEQUENCE
    SYNONYM USER ROLE LOGIN FULLTEXT OR STATISTICS PARTITION PRIMARY XML SPATIAL COLUMNSTORE
    """
)
_OTHERS = words(
    """
    INSERT EXEC EXECUTE PRINT IF BEGIN END DECLARE SELECT ELSE MERGE RETURN GRANT REVOKE DENY WHILE TRUNCATE
    RAISERROR USE COMMIT ROLLBACK THROW SP_RENAME
    """
)
_GOING_ON = frozenset({"(", ",", "AS", "UNION", "ALL", "EXCEPT", "INTERSECT"})
"""What the statement goes on behind."""


def read_batch(script: Script, tokens: list[Token]) -> None:
    """SQL Server: statements without terminators between them, and those behind IF, alone or between BEGIN and END."""
    starts = list(_beginnings(tokens))
    levels: list[bool] = []
    once = False
    first = tokens[0][2]
    for position, at in enumerate(starts):
        stop = starts[position + 1] if position + 1 < len(starts) else len(tokens) - 1
        word = tokens[at][1]
        if word in ("IF", "ELSE", "WHILE"):
            once = True
        elif word == "BEGIN":
            if tokens[at + 1][1] not in ("TRAN", "TRANSACTION", "DISTRIBUTED"):
                levels.append(once)
                once = False
        elif word == "END":
            if levels:
                levels.pop()
        else:
            conditional = once or any(levels)
            once = False
            while tokens[stop - 1][1] == ";":
                stop -= 1
            piece = [*tokens[at:stop], (END, "", tokens[stop][2], tokens[stop][2])]
            guard = Guard(script.span(first, tokens[-2][3]), True) if conditional else None
            read_statement(script, piece, guard)


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
        return tokens[at + 1][0] == WORD and tokens[at + 1][1] in _NOUNS
    if word == "IF" and at and tokens[at - 1][0] == WORD and tokens[at - 1][1] in _NOUNS | {"COLUMN", "CONSTRAINT"}:
        return False  # DROP TABLE IF EXISTS
    return word in _OTHERS and (at == 0 or tokens[at - 1][1] not in _GOING_ON)
