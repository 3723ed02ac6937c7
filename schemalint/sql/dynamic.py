"""Texts that a script executes: literals are read, what is put together while it runs is Opaque."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum

from schemalint.model.clauses import Guard
from schemalint.model.facts import Opaque
from schemalint.model.frozen import frozen
from schemalint.model.names import TableName
from schemalint.model.span import Span
from schemalint.sql.composed import Pieces, closing, pieces, plain
from schemalint.sql.cursor import Cursor, Script, Unreadable
from schemalint.sql.dispatch import read_statement
from schemalint.sql.statements import split
from schemalint.sql.tokens import END, PUNCT, STRING, WORD, Token, string_body, string_text, tokenize

BEARERS = frozenset({"CREATE", "ALTER", "DROP", "RENAME", "COMMENT"})
"""First words of the statements that are read inside of blocks and texts."""
DEEPEST = 3
"""How many texts may stand in each other."""
_KINDS = r"(?>(?:(?:OR\s++REPLACE|UNIQUE|UNLOGGED|FOREIGN|MATERIALIZED|FULLTEXT|SPATIAL|CLUSTERED|NONCLUSTERED)\s++)*)"
DDL = re.compile(
    rf"\b(?:CREATE|ALTER|DROP|RENAME)\s++{_KINDS}(?:TABLE|INDEX|TYPE|DOMAIN|COLUMN|VIEW)\b"
    r"|\b(?:DROP|ALTER)\s++(?:SCHEMA|DATABASE|EXTENSION)\b",
    re.I,
)
"""What makes, changes or drops tables and what belongs to them."""
_THINGS = re.compile(
    r"\b(?:CREATE|ALTER|DROP)\s++(?:OR\s++(?:REPLACE|ALTER)\s++)?(?:CONSTRAINT\s++)?"
    r"(?:TRIGGER|FUNCTION|PROCEDURE|PROC|SEQUENCE|SCHEMA|EXTENSION)\b",
    re.I,
)
_VAGUE = re.compile(rf"\s*+(?:CREATE|ALTER|DROP)\s*+{_KINDS}(?:%|\Z)", re.I)
_SQL = re.compile(
    r"(?>(?:\s++|--[^\n]*+)*)(?:CREATE|ALTER|DROP|SELECT|INSERT|UPDATE|DELETE|WITH|GRANT|REVOKE|SET|TRUNCATE|ANALYZE|VACUUM|REFRESH|LOCK"
    r"|COPY|COMMENT|CALL|EXEC|EXECUTE|MERGE|REINDEX|CLUSTER|NOTIFY|LISTEN)\b",
    re.I,
)
_TARGET = re.compile(
    r"\s*+(?:ALTER|DROP)\s++TABLE\s++(?>(?:IF\s++EXISTS\s++)?)(?>(?:ONLY\s++)?)([\w.\"`\[\]]++)(?=\s)", re.I
)
_JOINED = frozenset({"FORMAT", "CONCAT", "CONCAT_WS"})
_WHY = "the statement is put together while it runs"


class Effect(IntEnum):
    """What a text may do once it is executed: nothing to the schema, something to triggers, functions and sequences, or
    anything."""

    NONE = 0
    THINGS = 1
    TABLES = 2


def effect(text: str) -> Effect:
    """What a text that may go on may do."""
    if DDL.search(text) or _VAGUE.match(text):
        return Effect.TABLES
    return Effect.THINGS if _THINGS.search(text) else Effect.NONE


@frozen
class Texts:
    """What the literals of a body may do, and whether any of them is SQL at all."""

    effect: Effect
    sql: bool

    @property
    def unknown(self) -> Effect:
        """What a variable that is executed beside them may hold: one of them or, where none is SQL, anything."""
        return self.effect if self.sql else Effect.TABLES


def texts_of(script: Script, tokens: Iterable[Token]) -> Texts:
    """The literals among some tokens."""
    found = [string_text(script.text[token[2] : token[3]], script.lexicon) for token in tokens if token[0] == STRING]
    return Texts(max(map(effect, found), default=Effect.NONE), any(_SQL.match(text) for text in found))


@frozen
class Body:
    """The text inside a literal, as a script of its own when it is not verbatim."""

    script: Script
    range: tuple[int, int]


def body_of(script: Script, token: Token) -> Body:
    """What stands inside a literal."""
    raw = script.text[token[2] : token[3]]
    inside = string_body(raw)
    if inside is not None:
        return Body(script, (token[2] + inside[0], token[2] + inside[1]))
    text = "" if raw[:1] in "bBxX" else string_text(raw, script.lexicon)  # bits are no statement
    pinned = Script(
        script.path,
        text,
        script.dialect,
        pin=script.span(token[2], token[3]),
        schema=script.schema,
        created=script.created,
        types=script.types,
        known=script.known,
        facts=script.facts,
    )
    return Body(pinned, (0, len(text)))


def composed_body(script: Script, text: str, pin: Span) -> Body:
    """A text that was put together, at the place of the statement that executes it."""
    pinned = Script(
        script.path,
        text,
        script.dialect,
        pin=pin,
        schema=script.schema,
        created=script.created,
        types=script.types,
        facts=script.facts,
    )
    return Body(pinned, (0, len(text)))


def read_execute(script: Script, tokens: list[Token], guard: Guard, texts: Texts, depth: int) -> None:
    """postgres: `EXECUTE 'literal'` is read; a text that is put together is Opaque where it may bear schema. `texts` are all
    literals of the body."""
    statement = script.span(tokens[0][2], tokens[-2][3])
    alone = tokens[1][0] == STRING and (tokens[2][0] == END or tokens[2][1] in ("USING", "INTO"))
    if alone and depth < DEEPEST:
        read_text(body_of(script, tokens[1]), guard)
        return
    made = pieces(script, tokens[1 : _end(tokens)])
    text = plain(made)
    if text is not None and depth < DEEPEST:
        read_text(composed_body(script, text, statement), guard)
        return
    first = next((at for at, token in enumerate(tokens[1:], 1) if token[1] != "("), 1)
    while tokens[first][0] == WORD and tokens[first][1] in _JOINED and tokens[first + 1][1] == "(":
        first += 2
    computed(script, tokens, first, statement, guard, texts, made or ())


def _end(tokens: list[Token]) -> int:
    """Where the text that EXECUTE is given ends."""
    depth = 0
    for at, (kind, value, _, _) in enumerate(tokens):
        if kind == END or (depth == 0 and kind == WORD and value in ("INTO", "USING")):
            return at
        if kind == PUNCT:
            depth += (value == "(") - (value == ")")
    return len(tokens)


def computed(
    script: Script,
    tokens: list[Token],
    first: int,
    statement: Span,
    guard: Guard | None,
    texts: Texts,
    made: Pieces = (),
) -> None:
    """A text that begins with the token at `first` and is put together while it runs, of these pieces if they are known."""
    own = texts_of(script, tokens)
    begins = tokens[first][0] == STRING
    does = own.effect if begins else max(own.effect, texts.unknown)
    if does is Effect.NONE:
        return
    touches: tuple[TableName, ...] | None = ()
    if does is Effect.TABLES:
        text = string_text(script.text[tokens[first][2] : tokens[first][3]], script.lexicon) if begins else ""
        touches = _target(script, text)
    script.facts.append(Opaque(statement, statement, _WHY, touches, guard, made))


def _target(script: Script, text: str) -> tuple[TableName, ...] | None:
    match = _TARGET.match(text)
    if match is None:
        return None
    inner = Script(script.path, match.group(1), script.dialect, schema=script.schema, created=script.created)
    cursor = Cursor(inner, tokenize(inner.text, 0, len(inner.text), script.lexicon), script.span(0, 0))
    try:
        table = cursor.qualified()[0]
    except Unreadable:
        return None
    return (table,) if cursor.done else None


def read_text(body: Body, guard: Guard | None) -> None:
    """The statements inside a literal."""
    script = body.script
    for statement in split(script.text, *body.range, script.lexicon):
        if statement.head in BEARERS:
            read_statement(script, tokenize(script.text, statement.start, statement.end, script.lexicon), guard)


def read_dynamic(script: Script, tokens: list[Token], guard: Guard | None = None) -> None:
    """MySQL: `SET @sql = IF(…, 'ALTER TABLE …', 'SELECT 1')`, to be prepared and executed: what the texts say may
    or may not run; a text that is put together of what is not known is Opaque."""
    statement = script.span(tokens[0][2], tokens[-2][3])
    guard = Guard(guard.span if guard else statement, True, guard.handler if guard else None)
    if tokens[0][1] == "SELECT" and not any(token[1] in ("INTO", ":=") for token in tokens):
        return  # it shows the text
    grows = tokens[1][1] in script.growing
    joined = any(token[0] == WORD and token[1] in ("CONCAT", "CONCAT_WS", "REPLACE") for token in tokens)
    at = 0
    while at < len(tokens) - 1:
        token = tokens[at]
        stop = _join(tokens, at) if joined and not grows else at
        made = pieces(script, tokens[at : stop + 1]) if stop > at else None
        if made is not None:
            _read_made(script, tokens[at : stop + 1], made, statement, guard)
            at = stop + 1
            continue
        at += 1
        if token[0] != STRING:
            continue
        text = string_text(script.text[token[2] : token[3]], script.lexicon)
        does = effect(text)
        if does is Effect.NONE:
            continue
        if joined or grows:
            touches = _target(script, text) if does is Effect.TABLES else ()
            script.facts.append(Opaque(statement, statement, _WHY, touches, guard))
        else:
            read_text(body_of(script, token), guard)


_LONGEST = 2_000
"""In how many tokens a text is looked for that is put together."""
_AROUND = frozenset({"=", ":=", "(", ",", ")", ";", "THEN", "ELSE", "SELECT", "IMMEDIATE", "END", "WHEN", "INTO", ""})
"""What may stand before and behind a text that is executed as it is."""


def _join(tokens: list[Token], at: int) -> int:
    """MySQL: the end of the CONCAT() that begins here and is a whole text; `at` where none does."""
    if tokens[at][0] != WORD or tokens[at][1] not in ("CONCAT", "CONCAT_WS") or tokens[at + 1][1] != "(":
        return at
    stop = at + closing(tokens[at : at + _LONGEST], 1)
    if stop < at or at > _LONGEST or tokens[at - 1][1] not in _AROUND or tokens[stop + 1][1] not in _AROUND:
        return at
    depth = 0
    for n in range(at - 1, 0, -1):
        if tokens[n][0] == PUNCT:
            depth += (tokens[n][1] == ")") - (tokens[n][1] == "(")
            if depth < 0 and tokens[n - 1][1] not in ("=", ":=", "IF", "(", ","):
                return at  # a function makes something else of it
            depth = max(depth, 0)
    return stop


def _read_made(script: Script, tokens: list[Token], made: Pieces, statement: Span, guard: Guard) -> None:
    """A text that CONCAT() puts together."""
    text = plain(made)
    if text is not None:
        read_text(composed_body(script, text, statement), guard)
        return
    texts = [piece.text for piece in made if piece.parameter is None]
    does = max([Effect.TABLES if made[0].parameter is not None else Effect.NONE, *map(effect, texts)])
    if does is not Effect.NONE:
        touches = _target(script, texts[0]) if does is Effect.TABLES and made[0].parameter is None else ()
        touches = None if does is Effect.TABLES and not touches else touches
        script.facts.append(Opaque(statement, statement, _WHY, touches, guard, made))
