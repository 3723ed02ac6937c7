"""What the usual forms are made of: names, lists of names, and what is read by its tokens after all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from schemalint.model.facts import Fact
from schemalint.model.names import Name, TableName
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor, Script
from schemalint.sql.tokens import PUNCT, QUOTED, WORD, tokenize, words

Key = tuple[str | int, ...]
"""What makes a difference to a statement's shape: words and marks of its form, kinds of its names."""
Read = Callable[[Script, "re.Match[str]", int, Span], tuple[Key, list[Fact]]]

FLAGS = re.IGNORECASE | re.ASCII | re.DOTALL
NAME = {
    "postgres": r"(?:[a-zA-Z_]\w*+|\"[a-zA-Z_]\w*+\")",
    "mysql": r"(?:[a-zA-Z_]\w*+|`[a-zA-Z_]\w*+`)",
    "sqlite": r"(?:[a-zA-Z_]\w*+|\"[a-zA-Z_]\w*+\")",
}
"""Names as nearly all are written, by family."""
_GRAMMAR = words(
    """
    ALL ADD ALTER AS CHECK COLUMN CONSTRAINT CASCADE CONCURRENTLY DELAYED DROP EXCLUDE FOREIGN FULLTEXT HIGH_PRIORITY IF IGNORE
    INDEX INTO KEY LIKE LOW_PRIORITY NOT ON ONLY OF OR PARTITION PERIOD PRIMARY PROJECTION RENAME RESTRICT SPATIAL SYSTEM TO
    UNIQUE USING WITH
    """
)
"""Words that the readers take for no name where these forms have one."""
_new_tuple = tuple.__new__  # as in schemalint.sql.cursor


class Unusual(Exception):
    """The statement is not of the form after all."""


@dataclass(slots=True)
class Form:
    """Statements that begin with a word. `begins` matches one, or what stands before its list of actions; `read` gives the
    key and the facts of what was matched, up to an offset, or raises Unusual."""

    head: str
    begins: Callable[[str, int, int], re.Match[str] | None]
    read: Read


def table_of(name: str) -> str:
    """The expression for a table's name with its schema, two groups."""
    return rf"(?:({name})\.)?({name})"


def list_of(item: str) -> str:
    """The expression for items between commas."""
    return rf"{item}(?>(?:\s*+,\s*+{item})*)"


class Names:
    """Takes the names of statements of a family, whose refusals ask for the words `asked`."""

    __slots__ = ("_every", "_words", "asked")

    def __init__(self, family: str, asked: frozenset[str]) -> None:
        self.asked = asked
        self._words = asked | _GRAMMAR
        self._every = re.compile(NAME[family], re.ASCII)

    def written(self, raw: str) -> tuple[str, bool, int]:
        """A name: its text, whether it is quoted, its kind. Raises Unusual of a word that something asks for."""
        if raw[0] in '"`':
            return raw[1:-1], True, QUOTED
        if raw.upper() in self._words:
            raise Unusual
        return raw, False, WORD

    def table(self, script: Script, match: re.Match[str], group: int) -> tuple[TableName, Span, Key]:
        """The table that two groups name, where that stands, and what it adds to the key."""
        schema, named = match.group(group, group + 1)
        key: Key
        start, end = match.span(group + 1)
        text, quoted, kind = self.written(named)
        if schema is None:
            table, key = script.dialect.table_name(text, quoted), (kind,)
        else:
            above, above_quoted, above_kind = self.written(schema)
            start = match.start(group)
            table, key = script.dialect.table_name(text, quoted, above, above_quoted), (above_kind, ".", kind)
        return table, _new_tuple(Span, (script.path, start + script.base, end + script.base)), key

    def column(self, script: Script, match: re.Match[str], group: int) -> tuple[Name, Span, int]:
        """The column that a group names, where that stands, and its kind."""
        text, quoted, kind = self.written(match[group])
        start, end = match.span(group)
        place = _new_tuple(Span, (script.path, start + script.base, end + script.base))
        return script.dialect.identifier(text, quoted), place, kind

    def columns(self, script: Script, match: re.Match[str], group: int) -> tuple[tuple[tuple[Name, Span], ...], Key]:
        """The columns of a list, each with its place, and what the list adds to the key."""
        found: list[tuple[Name, Span]] = []
        key: list[str | int] = []
        for one in self._every.finditer(match.string, *match.span(group)):
            name, span, kind = self.column(script, one, 0)
            found.append((name, span))
            key += (",", kind) if key else (kind,)
        return tuple(found), tuple(key)

    def rest(self, script: Script, statement: Span, start: int, end: int) -> tuple[Cursor, Key]:
        """What stands between two offsets, the second the statement's end, by its tokens."""
        tokens, asked = tokenize(script.text, start, end, script.lexicon), self.asked
        key = tuple(value if value in asked or kind == PUNCT else kind for kind, value, _, _ in tokens[:-1])
        if "COLLATE" in key:  # of which a shape keeps more
            raise Unusual
        return Cursor(script, tokens, statement), key
