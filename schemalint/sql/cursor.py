"""A position in one statement's tokens: asks for keywords, names and lists, and makes exact spans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from schemalint.dialects import Dialect, NameKind
from schemalint.model.clauses import Guard, Piece
from schemalint.model.facts import Fact
from schemalint.model.names import Name, TableName
from schemalint.model.span import Span
from schemalint.sql.tokens import END, PUNCT, QUOTED, STRING, WORD, Token, name_text, string_text

if TYPE_CHECKING:
    from schemalint.sql.tails import Tail

FILLED = "\ua66e"
"""Stands for every character that a template makes; a letter that no script uses (see `schemalint.sql.templates`)."""
_PLAIN = (WORD, PUNCT)
_ORDERS = frozenset({"ASC", "DESC"})
_ENDS_ITEM = frozenset({",", ")"})
_new_tuple = tuple.__new__  # what Span(…) comes to, in half the time: no other line runs as often


@lru_cache(maxsize=20_000)
def quoted_name(fold: Callable[[str, bool, NameKind], str], raw: str, kind: NameKind = NameKind.COLUMN) -> Name:
    """A name in quotes. Like others, it recurs."""
    text, quoted = name_text(raw)
    return Name(fold(text, quoted, kind), text)


class Unreadable(Exception):
    """A clause is not understood. Caught where the clause began; never leaves this room."""


@dataclass(slots=True)
class Script:
    """One stretch of SQL while it is read. `base` is added to every offset; `pin` replaces every span when the text is
    not verbatim in its file. `schema` is what USE or search_path put in force, `several` says that MySQL's USE names
    more than one database, so that their tables must be kept apart, or postgres' search_path several schemas; `created` holds
    the tables made so far, `types` the keys of types made anywhere in the file. `in_code`: a program may put more behind the
    text. `known` is what variables and parameters hold, as far as it is known where the text is read; the text in
    those of `growing` (MySQL) is put together by several statements. `loose` (SQL Server): the text may let rows state what
    they may not else. `upserts`: it may say ON CONFLICT somewhere, `queries`: SELECT; `readings` are
    the queries that were kept of its rows."""

    path: str
    text: str
    dialect: Dialect
    base: int = 0
    pin: Span | None = None
    schema: Name | None = None
    several: bool = False
    created: dict[TableName, None] = field(default_factory=dict)
    types: frozenset[str] = frozenset()
    in_code: bool = False
    known: dict[str, tuple[Piece, ...]] = field(default_factory=dict)
    growing: frozenset[str] = frozenset()
    loose: bool = False
    upserts: bool = False
    queries: bool = False
    readings: int = 0
    facts: list[Fact] = field(default_factory=list)

    @property
    def lexicon(self) -> str:
        """The family whose tokens are meant."""
        return self.dialect.family

    def span(self, start: int, end: int) -> Span:
        """A span of the file from offsets into `text`."""
        return self.pin or _new_tuple(Span, (self.path, start + self.base, end + self.base))


class Cursor:
    """Walks `tokens[at:]`. `statement` is the span of the whole statement and `guard` the block around it."""

    __slots__ = ("at", "dialect", "family", "guard", "refused", "script", "statement", "tails", "text", "tokens")

    def __init__(self, script: Script, tokens: list[Token], statement: Span, guard: Guard | None = None) -> None:
        self.script = script
        self.text = script.text
        self.dialect = script.dialect
        self.family = script.dialect.family
        self.tokens = tokens
        self.at = 0
        self.statement = statement
        self.guard = guard
        self.refused: set[str] = set()
        self.tails: list[tuple[int, Tail]] = []  # what was read behind columns' names, each with the name's token

    @property
    def value(self) -> str:
        """The current token's value: the upper-case word or the mark."""
        return self.tokens[self.at][1]

    @property
    def kind(self) -> int:
        return self.tokens[self.at][0]

    @property
    def done(self) -> bool:
        return self.tokens[self.at][0] == END

    def ahead(self, by: int) -> Token:
        """The token so many places on; END past the last."""
        return self.tokens[min(self.at + by, len(self.tokens) - 1)]

    def word(self, by: int = 0) -> str:
        """The upper-case word so many places on, "" when no plain word stands there."""
        token = self.tokens[self.at] if by == 0 else self.tokens[min(self.at + by, len(self.tokens) - 1)]
        return token[1] if token[0] == WORD else ""

    def take(self, value: str, *more: str) -> bool:
        """Steps over these words or marks when all of them come next."""
        at, tokens = self.at, self.tokens
        token = tokens[at]
        if token[1] != value or token[0] not in _PLAIN:
            return False
        for following in more:
            at += 1
            token = tokens[at]
            if token[1] != following or token[0] not in _PLAIN:
                return False
        self.at = at + 1
        return True

    def take_any(self, values: frozenset[str]) -> str:
        """Steps over one of these words; "" when none comes next."""
        kind, value, _, _ = self.tokens[self.at]
        if kind == WORD and value in values:
            self.at += 1
            return value
        return ""

    def need(self, *values: str) -> None:
        """Steps over these words or gives up on the clause."""
        if not self.take(*values):
            raise Unreadable(f"expected {' '.join(values)}")

    def advance(self) -> Token:
        """Steps over one token; stays at END."""
        token = self.tokens[self.at]
        if token[0] != END:
            self.at += 1
        return token

    def span(self, start: int, end: int | None = None) -> Span:
        """The span from one token to the one before `end` (indexes); a single token without `end`."""
        _, _, begin, stop = self.tokens[start]
        if end is not None and end > start + 1:
            stop = self.tokens[end - 1][3]
        script = self.script
        return script.pin or _new_tuple(Span, (script.path, begin + script.base, stop + script.base))

    def raw(self, start: int, end: int) -> str:
        """The text from one token to the one before `end` (indexes)."""
        if end <= start:
            return ""
        return self.text[self.tokens[start][2] : self.tokens[end - 1][3]]

    def is_name(self, by: int = 0) -> bool:
        """Whether something that can be a name stands there."""
        kind, value, _, _ = self.ahead(by)
        return (
            kind in (WORD, QUOTED) or (kind == STRING and value == '"') or (kind == STRING and self.family == "sqlite")
        )

    def written(self) -> tuple[str, bool, Span]:
        """A name as written: its text, whether it was quoted, where it stands."""
        kind, value, start, end = self.tokens[self.at]
        raw = self.text[start:end]
        if kind == WORD:  # by far the most
            text, quoted = raw, False
        elif kind == QUOTED or (kind == STRING and value == '"'):
            text, quoted = name_text(raw)
        elif kind == STRING and self.family == "sqlite":  # SQLite takes a text for a name
            text, quoted = (string_text(raw, self.family), True) if raw[:1] == "'" else name_text(raw)
        else:
            raise Unreadable("expected a name")
        if not text.isascii() and FILLED in text:
            raise Unreadable("a template makes the name")
        self.at += 1
        return text, quoted, self.script.span(start, end)

    def name(self, kind: NameKind = NameKind.COLUMN) -> tuple[Name, Span]:
        """A name and where it stands."""
        token, _, start, end = self.tokens[self.at]
        if token == WORD and (text := self.text[start:end]).isascii():  # nearly all are so
            self.at += 1
            script = self.script
            place = script.pin or _new_tuple(Span, (script.path, start + script.base, end + script.base))
            return self.dialect.identifier(text, False, kind), place
        if token == QUOTED and (raw := self.text[start:end]).isascii():
            self.at += 1
            return quoted_name(self.dialect.fold, raw, kind), self.script.span(start, end)
        text, quoted, span = self.written()
        return self.dialect.identifier(text, quoted, kind), span

    def qualified(self) -> tuple[TableName, Span]:
        """A table's name with its schema, if written, and where the whole of it stands. The parts before the schema
        (database, server) are dropped."""
        first = self.at
        tokens, script = self.tokens, self.script
        kind, _, start, end = tokens[first]
        if kind == WORD and tokens[first + 1][1] == "." and script.schema is None:  # schema.name, as dumps write it
            last, _, begin, stop = tokens[first + 2]
            whole = self.text[start:stop]
            if last == WORD and tokens[first + 3][1] != "." and whole.isascii():
                self.at = first + 3
                named = self.dialect.table_name(self.text[begin:stop], False, self.text[start:end], False)
                return named, script.pin or _new_tuple(Span, (script.path, start + script.base, stop + script.base))
        text, quoted, span = self.written()
        if tokens[self.at][1] != ".":
            named = self.dialect.table_name(text, quoted)
            return (named if script.schema is None else self.placed(named, False)), span
        schema: tuple[str, bool] | None = None
        while tokens[self.at][1] == ".":
            self.at += 1
            schema = (text, quoted)
            while tokens[self.at][1] == ".":  # SQL Server: database..table
                self.at += 1
                schema = None
            text, quoted, span = self.written()
        named = self.dialect.table_name(text, quoted, *(schema or (None, False)))
        return self.placed(named, schema is not None), self.span(first, self.at) if schema else span

    def placed(self, named: TableName, stated: bool) -> TableName:
        """What USE or search_path make of it: in MySQL the database in use is the default schema; in postgres an
        unqualified name belongs to the first schema of the path, unless this file made it elsewhere."""
        current = self.script.schema
        if current is None:
            return named
        if self.family != "postgres":
            if self.script.several:
                return named if stated else TableName(current, named.name)
            return TableName(None, named.name) if named.schema == current else named
        if stated or (named in self.script.created and not self.script.several):
            return named
        return TableName(current, named.name)

    def skip_parens(self) -> None:
        """Steps over a parenthesis and all it holds. Gives up when none comes next."""
        tokens, at = self.tokens, self.at
        if tokens[at][1] != "(":
            raise Unreadable("expected (")
        depth = 0
        while True:
            kind, value, _, _ = tokens[at]
            if kind == PUNCT:
                if value == "(":
                    depth += 1
                elif value == ")":
                    depth -= 1
                    if depth == 0:
                        self.at = at + 1
                        return
            elif kind == END:
                self.at = at
                return
            at += 1

    def skip_item(self) -> None:
        """Steps to the next comma or closing parenthesis of this level, or to the end."""
        tokens, at = self.tokens, self.at
        depth = 0
        while True:
            kind, value, _, _ = tokens[at]
            if kind == PUNCT:
                if depth == 0 and value in (",", ")"):
                    break
                if value in ("(", "["):
                    depth += 1
                elif value in (")", "]"):
                    depth = max(0, depth - 1)
            elif kind == END:
                break
            at += 1
        self.at = at

    def names_in_parens(self) -> tuple[tuple[Name, Span], ...]:
        """`(a, b)`: column names with nothing but an order beside them."""
        self.need("(")
        found = []
        while True:
            if self.word() == "PERIOD" and self.is_name(1):
                self.at += 1  # PostgreSQL 18
            found.append(self.name())
            kind, value, _, _ = self.tokens[self.at]
            if kind != PUNCT or value not in _ENDS_ITEM:
                if value == "(" and self.family in ("mysql", "generic"):
                    self.skip_parens()  # a prefix length
                if self.family == "sqlite" and self.take("COLLATE"):
                    self.advance()
                while self.take_any(_ORDERS) or self.take("WITHOUT", "OVERLAPS"):
                    pass
                if self.family == "sqlite":
                    self.take("AUTOINCREMENT")
            if self.take(","):
                continue
            self.need(")")
            return tuple(found)

    def emit(self, fact: Fact) -> None:
        self.script.facts.append(fact)
