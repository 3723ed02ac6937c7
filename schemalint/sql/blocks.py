"""Blocks around statements: `DO $$ … $$`, and the bodies of functions and procedures.

Their facts carry a Guard: whether an IF or a loop stands before them, and where a handler swallows their failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from schemalint.model.clauses import Guard
from schemalint.model.facts import Opaque
from schemalint.model.frozen import frozen
from schemalint.model.span import Span
from schemalint.sql.calls import CALLS, read_calls
from schemalint.sql.composed import Pieces
from schemalint.sql.cursor import Script
from schemalint.sql.dispatch import read_statement
from schemalint.sql.dynamic import BEARERS, DDL, DEEPEST, Texts, body_of, read_dynamic, read_execute, texts_of
from schemalint.sql.tokens import END, PUNCT, STRING, WORD, Token, tokenize
from schemalint.sql.variables import Loop, declared, loops, meet, once

_TELLING = frozenset({"DEBUG", "LOG", "INFO", "NOTICE", "WARNING"})
"""Levels of RAISE that only say something; without one it is EXCEPTION
(postgresql.org/docs/current/plpgsql-errors-and-messages.html)."""
_MOST_LOOPS = 200
"""Of how many loops in one body it is looked at what their variables hold."""


@dataclass(slots=True)
class _Block:
    """A BEGIN … END: where it starts, its end and its handler once they are met, and the block around it. `expected`: the
    handler waits for one condition (`WHEN duplicate_object`), so that its statements may fail in that way; `continues`: the
    statements behind the failure are run."""

    parent: _Block | None
    start: int
    end: int
    handler: Span | None = None
    expected: bool = False
    continues: bool = False


@dataclass(slots=True)
class _Frame:
    """What END will close. `conditional`: it, or what stands around it, may not run. `handling`: the block's handlers have
    begun."""

    kind: str
    block: _Block
    conditional: bool
    handling: bool = False


@frozen
class _Found:
    """A statement of a body: its token indexes, its block, whether a condition stands before it."""

    start: int
    end: int
    block: _Block
    conditional: bool


def read_do(script: Script, tokens: list[Token], depth: int = 0) -> None:
    """postgres: `DO [LANGUAGE plpgsql] $$ … $$`."""
    at = next((n for n, token in enumerate(tokens) if token[0] == STRING), None)
    if at is None or depth > DEEPEST:
        return
    languages = [tokens[n + 1][1] for n, token in enumerate(tokens[:-1]) if token[0] == WORD and token[1] == "LANGUAGE"]
    statement = script.span(tokens[0][2], tokens[-2][3])
    if languages and languages[0] not in ("PLPGSQL", '"', "'"):
        if DDL.search(script.text, tokens[at][2], tokens[at][3]):
            script.facts.append(Opaque(statement, statement, "a block in another language", None))
        return
    body = body_of(script, tokens[at])
    inner = tokenize(body.script.text, *body.range, script.lexicon)
    read_body(body.script, inner, depth)


def read_body(script: Script, tokens: list[Token], depth: int = 0) -> None:
    """The statements of a PL/pgSQL or MySQL body."""
    texts = texts_of(script, tokens)
    before, last = script.known, 0
    statements = _statements(script, tokens)
    pieces = [
        [*tokens[found.start : found.end], (END, "", tokens[found.end][2], tokens[found.end][2])]
        for found in statements
    ]
    held = once(script, tokens, pieces)
    named = declared(script, pieces) | before.keys()
    turns = list(loops(script, tokens)) if script.lexicon == "postgres" else []
    turns = turns if len(turns) <= _MOST_LOOPS else []
    script.known = dict(before)
    for found, piece in zip(statements, pieces, strict=True):
        guard = _guard(script, tokens, found)
        if any(token[0] == WORD and token[1] != "BEGIN" for token in tokens[last : found.start]):
            script.known = dict(held)
        last = found.end + 1
        for known in _turns(script, turns, found, piece):
            script.known = known
            _read_piece(script, piece, guard, texts, depth)
        meet(script, piece, named)
    script.known = before


def _turns(script: Script, turns: list[Loop], found: _Found, piece: list[Token]) -> Iterator[dict[str, Pieces]]:
    """What is known each time that a statement is done: once, or with each value of the loop's variable that it names."""
    around = {loop.name: loop.values for loop in turns if loop.at < found.start}
    used = {token[1] for token in piece if token[0] == WORD and token[1] in around} if around else ()
    known = script.known
    if len(used) == 1 and (values := around[next(iter(used))]):
        for value in values:
            yield {**known, **dict.fromkeys(used, value)}
        script.known = known
    else:
        yield known


def _read_piece(script: Script, tokens: list[Token], guard: Guard, texts: Texts, depth: int) -> None:
    """A plain statement of a body."""
    word = tokens[0][1]
    if word in BEARERS:
        read_statement(script, tokens, guard)
    elif script.lexicon == "mysql":
        if word in ("SET", "SELECT", "PREPARE", "EXECUTE"):  # what EXECUTE runs later, or IMMEDIATE
            read_dynamic(script, tokens, guard)
        elif word == "CALL":
            read_calls(script, tokens, guard)
    elif word == "EXECUTE":
        read_execute(script, tokens, guard, texts, depth)
    elif CALLS.search(script.text, tokens[0][2], tokens[-1][3]):
        read_calls(script, tokens, guard)


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
    return Guard(span, found.conditional, block.handler, block.continues)


def _statements(script: Script, tokens: list[Token]) -> list[_Found]:
    """The plain statements of a PL/pgSQL or MySQL body. Structure words only count where a statement may start."""
    outer = _Block(None, 0, len(tokens) - 1)
    frames: list[_Frame] = []
    found: list[_Found] = []
    at, last = 0, len(tokens) - 1
    left = False  # a statement before may have left the body

    def block() -> _Block:
        if not frames:
            return outer
        inner = frames[-1]
        return inner.block.parent if inner.handling and inner.block.parent else inner.block

    def conditional() -> bool:
        return left or (bool(frames) and (frames[-1].conditional or frames[-1].handling))

    while at < last:
        kind, word, _, _ = tokens[at]
        if kind != WORD:
            at += 1
            continue
        following = tokens[at + 1][1] if tokens[at + 1][0] == WORD else ""
        if tokens[at + 1][1] == ":" or (tokens[at + 1][1] == ">" and at and tokens[at - 1][1] == "<"):
            at += 2  # a label
        elif word == "BEGIN":
            made = _Block(block(), at, last)
            frames.append(_Frame("BEGIN", made, conditional()))
            at += 1
        elif word == "DECLARE" and following in ("CONTINUE", "EXIT", "UNDO"):
            stop = _until(tokens, at, ("BEGIN", ";"))
            block().handler = script.span(tokens[at][2], tokens[max(stop - 1, at)][3])
            block().continues = following == "CONTINUE"
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
            if word == "RAISE" and following not in _TELLING and frames and frames[-1].handling:
                frames[-1].block.handler = frames[-1].block.handler if frames[-1].block.expected else None  # passed on
            left = left or _leaves(word, following, frames)
            at = stop + 1
    return found


def _leaves(word: str, following: str, frames: list[_Frame]) -> bool:
    """Whether what stands behind the loops around such a statement may never be reached."""
    if word == "RETURN":
        return following not in ("NEXT", "QUERY")
    return word in ("LEAVE", "EXIT") and not any(frame.kind == "LOOP" for frame in frames)


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
