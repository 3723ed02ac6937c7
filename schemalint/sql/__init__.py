"""SQL in files and in code → facts. Nothing here raises on input: what is not understood becomes Opaque.

`read` reads a file or a stretch of it, `read_literal` a text that stands in code, `read_made` one that is put together
there (with `HOLE` for what is not known), `read_executed` one that a routine executes, `expression` one expression for
comparing (`mentioning` tells its columns too), `guess` tells the database from telling words.
"""

from __future__ import annotations

from schemalint.dialects import Dialect
from schemalint.dialects import dialect as named
from schemalint.model.facts import Fact, Opaque
from schemalint.model.names import Name
from schemalint.model.schema import Expr
from schemalint.model.span import Gap, SourceFile, Span
from schemalint.sql.cursor import FILLED as HOLE
from schemalint.sql.cursor import Cursor, Script
from schemalint.sql.dynamic import composed_body, read_text
from schemalint.sql.expressions import expression as _expression
from schemalint.sql.expressions import mentions as _mentions
from schemalint.sql.guess import guess, unread
from schemalint.sql.holes import bridged, holes
from schemalint.sql.reader import Reading, read_script
from schemalint.sql.templates import Filled, filled
from schemalint.sql.tokens import tokenize

__all__ = [
    "HOLE",
    "Reading",
    "expression",
    "gaps",
    "guess",
    "mentioning",
    "read",
    "read_executed",
    "read_literal",
    "read_made",
    "unread",
]


def read(file: SourceFile, dialect: str | None, start: int = 0, end: int | None = None) -> Reading:
    """The facts of a file, or of the stretch between two code points of it. `dialect` None: not known."""
    family = named(dialect).family
    made = filled(file.text, family)
    script = Script(file.path, file.text if made is None else made.text, named(dialect))
    end = len(file.text) if end is None else end
    reading = read_script(script, start, end)
    if made is not None:
        reading = made.settle(file.path, reading, start, end)
    return bridged(reading, file, script.lexicon) if file.gaps else reading


def gaps(file: SourceFile, dialect: str | None) -> tuple[Gap, ...]:
    """Where a file holds something that may bear schema and was not taken in."""
    return tuple(gap for gap, _ in holes(file, named(dialect).family))


def read_literal(file: SourceFile, start: int, sql: str, dialect: str | None, span: Span | None = None) -> Reading:
    """The facts of a text in code. It stands at code point `start` of the file, verbatim; when it does not (escapes,
    pieces put together), `span` is where every one of its facts is shown instead."""
    script = Script(file.path, sql, named(dialect), base=start, pin=span)
    return read_script(script, 0, len(sql), whole=False)


def read_made(path: str, text: str, dialect: str | None) -> Reading:
    """The facts of a text that code puts together. `HOLE` stands in it for every piece that is not known: what such a
    piece makes is unknown too. Every span is one of the text itself."""
    script = Script(path, text, named(dialect))
    reading = read_script(script, 0, len(text), whole=False, rows=False)
    return Filled(text).settle(path, reading, 0, len(text)) if HOLE in text else reading


def read_executed(fact: Opaque, text: str, dialect: Dialect, schema: Name | None) -> tuple[Fact, ...]:
    """The facts of the text that a routine executes where that fact stands, once its arguments are known. Names without a
    schema mean those of `schema`."""
    script = Script(fact.span.path, "", dialect, schema=schema)
    read_text(composed_body(script, text, fact.statement), fact.guard)
    return tuple(script.facts)


def expression(text: str, dialect: str | None) -> Expr:
    """An expression as written in SQL, with the key it is compared by."""
    return mentioning(dialect, text, Span("", 0, 0))[0]


def mentioning(dialect: str | None, text: str, place: Span) -> tuple[Expr, tuple[tuple[Name, Span], ...]]:
    """An expression as written in SQL, and the columns that it certainly names, all of them shown at `place`."""
    script = Script("", text, named(dialect), pin=place)
    tokens = tokenize(text, 0, len(text), script.lexicon)
    cursor, last = Cursor(script, tokens, place), len(tokens) - 1
    return _expression(cursor, 0, last), _mentions(cursor, 0, last)
