"""SQL that tags hold (types, defaults, checks, index expressions), read by the same reader as every other SQL, so that
what is equal compares equal. Every span is pinned to the place in the tag or to the field."""

from __future__ import annotations

import schemalint.sql as sql
from schemalint.model.facts import CreateIndex, CreateTable, Fact, Invalid
from schemalint.model.span import SourceFile, Span


class Written:
    """Reads snippets in one dialect; columns repeat, so what was read is kept."""

    def __init__(self, dialect: str | None) -> None:
        self._dialect = dialect
        self._tables: dict[str, CreateTable | None] = {}

    def column(self, definition: str) -> CreateTable | None:
        """A table of the one column `c` defined so; its spans mean nothing. None when that is not understood."""
        if definition not in self._tables:
            self._tables[definition] = self._table(f"c {definition}", Span("", 0, 0))
        return self._tables[definition]

    def check(self, expression: str, span: Span) -> CreateTable | None:
        """A table whose only check is the expression."""
        return self._table(f"c int, CHECK ({expression})", span)

    def index(self, parts: str, where: str, span: Span) -> CreateIndex | None:
        """An index of the given parts and predicate."""
        facts = self._read(f"CREATE INDEX i ON t ({parts})" + (f" WHERE {where}" if where else ""), span)
        return facts[0] if len(facts) == 1 and isinstance(facts[0], CreateIndex) else None

    def _table(self, inside: str, span: Span) -> CreateTable | None:
        facts = self._read(f"CREATE TABLE t ({inside})", span)
        creates = [fact for fact in facts if isinstance(fact, CreateTable)]
        others = [fact for fact in facts if not isinstance(fact, CreateTable | Invalid)]
        if len(creates) != 1 or others or creates[0].unread or not creates[0].columns:
            return None
        return creates[0]

    def _read(self, text: str, span: Span) -> tuple[Fact, ...]:
        if len(text) > 10_000:
            return ()
        return sql.read_literal(SourceFile(span.path, text), 0, text, self._dialect, span=span).facts
