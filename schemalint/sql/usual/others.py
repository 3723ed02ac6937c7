"""CREATE INDEX, DROP TABLE and COMMENT ON TABLE as they are usually written."""

from __future__ import annotations

import re

from schemalint.dialects import NameKind
from schemalint.model.described import Comment
from schemalint.model.facts import CreateIndex, DropTable, Fact
from schemalint.model.names import Name
from schemalint.model.schema import Expr, Index, IndexPart
from schemalint.model.span import Span
from schemalint.sql.cursor import Script
from schemalint.sql.expressions import expression, mentions, skip_expression
from schemalint.sql.tokens import STRING
from schemalint.sql.usual.forms import FLAGS, NAME, Form, Key, Names, Unusual, list_of, table_of


def create_index(family: str, asked: frozenset[str]) -> Form:
    """`CREATE [UNIQUE] INDEX [IF NOT EXISTS] name ON table (column [ASC | DESC], …) [WHERE …]`."""
    name, names = NAME[family], Names(family, asked)
    guard = "()" if family == "mysql" else r"(IF\s++NOT\s++EXISTS\s++)?"
    filtered = r"()\Z" if family == "mysql" else r"(?:(WHERE\b)|\Z)"
    part = rf"({name})(?>(?:\s++(ASC|DESC)\b)?)"
    parts = list_of(part.replace("(ASC", "(?:ASC").replace(f"({name})", name))
    begins = re.compile(
        rf"CREATE\s++(UNIQUE\s++)?INDEX\s++{guard}({name})\s++ON\s++{table_of(name)}\s*+\(\s*+({parts})\s*+\)\s*+{filtered}",
        FLAGS,
    ).match
    each = re.compile(part, FLAGS)

    def read(script: Script, match: re.Match[str], end: int, statement: Span) -> tuple[Key, list[Fact]]:
        unique, guarded = match[1] is not None, bool(match[2])
        text, quoted, kind = names.written(match[3])
        called = script.dialect.identifier(text, quoted, NameKind.INDEX)
        span = script.span(*match.span(3))
        table, table_span, key = names.table(script, match, 4)
        found: list[IndexPart] = []
        orders: list[str | int] = []
        for one in each.finditer(script.text, *match.span(6)):
            column, where, column_kind = names.column(script, one, 1)
            order = one[2]
            orders += (",", column_kind) if orders else (column_kind,)
            if order is not None:
                order = order.upper()
                orders.append(order)
            found.append(IndexPart(where, column, None, order == "DESC"))
        key = (
            "CREATE UNIQUE INDEX" if unique else "CREATE INDEX",
            "IF NOT EXISTS" if guarded else "",
            kind,
            "ON",
            *key,
            "(",
            *orders,
            ")",
        )
        predicate: Expr | None = None
        mentioned: tuple[tuple[Name, Span], ...] = ()
        if match[7]:
            cursor, words = names.rest(script, statement, match.start(7), end)
            key += words
            cursor.at = 1
            stop = skip_expression(cursor, frozenset())
            if not 1 < stop == len(cursor.tokens) - 1:
                raise Unusual
            predicate, mentioned = expression(cursor, 1, stop), mentions(cursor, 1, stop)
        index = Index(called, tuple(found), span, unique, predicate, mentioned)
        return key, [CreateIndex(span, statement, table, table_span, index, guarded)]

    return Form("CREATE", begins, read)


def drop_table(family: str, asked: frozenset[str]) -> Form:
    """`DROP TABLE [IF EXISTS] table [CASCADE]`."""
    names = Names(family, asked)
    table = table_of(NAME[family])
    begins = re.compile(rf"DROP\s++TABLE\s++(IF\s++EXISTS\s++)?{table}(?>(\s++CASCADE)?)\s*+\Z", FLAGS).match

    def read(script: Script, match: re.Match[str], end: int, statement: Span) -> tuple[Key, list[Fact]]:
        guarded, cascade = match[1] is not None, match[4] is not None
        table, span, key = names.table(script, match, 2)
        script.created.pop(table, None)
        said = ("DROP TABLE IF EXISTS" if guarded else "DROP TABLE", *key, "CASCADE" if cascade else "")
        return said, [DropTable(span, statement, table, guarded, cascade)]

    return Form("DROP", begins, read)


def comment(family: str, asked: frozenset[str]) -> Form:
    """`COMMENT ON TABLE table IS 'text'`."""
    names = Names(family, asked)
    table = table_of(NAME[family])
    begins = re.compile(rf"COMMENT\s++ON\s++TABLE\s++{table}\s++IS\s++'([^'\\]*+)'\s*+\Z", FLAGS).match

    def read(script: Script, match: re.Match[str], end: int, statement: Span) -> tuple[Key, list[Fact]]:
        table, span, key = names.table(script, match, 1)
        said = Comment(span, statement, table, text=match[3] or None, said=True)
        return ("COMMENT ON TABLE", *key, "IS", STRING), [said]

    return Form("COMMENT", begins, read)
