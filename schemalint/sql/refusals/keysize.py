"""MySQL and MariaDB: keys of more bytes than InnoDB indexes, where the character set is written.

MySQL 8.0 Reference Manual, "InnoDB Limits" and "CREATE INDEX": 3072 bytes for a key, 767 for a column of a table in COMPACT or
REDUNDANT format. Smaller pages take less. MariaDB 10.11 was asked: since 10.4 it makes a hash of a UNIQUE that is too long,
and it cuts a lone column off in an index that is not unique, as MySQL does outside of its strict mode.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from schemalint.dialects.charsets import BYTES
from schemalint.model.facts import CreateTable, Servers
from schemalint.model.names import Name
from schemalint.model.schema import Column
from schemalint.model.span import Span
from schemalint.model.types import Family
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.phrases import layout
from schemalint.sql.refusals.say import Found
from schemalint.sql.tokens import END, PUNCT, STRING, Token, string_text

_MOST, _MOST_OF_COLUMN = 3072, 767
_WORDS = "Specified key was too long; max key length is 3072 bytes (1071)"
_NO_HASH = (Servers("mysql"), Servers("mariadb", None, (10, 4)))
_WIDEST = max(BYTES.values())
_NARROW = frozenset({"COMPACT", "REDUNDANT"})
_INTEGERS = {"tinyint": 1, "smallint": 2, "mediumint": 3, "int": 4, "bigint": 8}


def bytes_of(cursor: Cursor, table: CreateTable) -> dict[int, int]:
    """How many bytes a character of each column takes at most, where its character set is written, by where its name starts."""
    made = layout(cursor, [token[1] for token in cursor.tokens])
    base = cursor.script.base
    usual = _charset(cursor, cursor.tokens[made.elements[-1][1] :]) if made.elements else None
    own = {cursor.tokens[start][2] + base: _charset(cursor, cursor.tokens[start:end]) for start, end in made.columns}
    found = {column.span.start: own.get(column.span.start) or usual for column in table.columns}
    return {start: BYTES[charset] for start, charset in found.items() if charset in BYTES}


def too_long(cursor: Cursor, table: CreateTable) -> Iterator[Found]:
    """The keys of a new table that are certainly too long."""
    most = _most(table)
    if most <= _MOST_OF_COLUMN or (most <= _MOST and _NARROW.isdisjoint([token[1] for token in cursor.tokens])):
        return
    made = layout(cursor, [token[1] for token in cursor.tokens])
    tail = cursor.tokens[made.elements[-1][1] :] if made.elements else []
    options = {token[1] for token in tail}
    if "ENGINE" in options and "INNODB" not in {_text(cursor, token).upper() for token in tail}:
        return
    usual = _charset(cursor, tail)
    own = {cursor.tokens[start][2]: _charset(cursor, cursor.tokens[start:end]) for start, end in made.columns}
    widths: dict[Name, int] = {}
    for column in table.columns:
        charset = own.get(column.span.start - cursor.script.base) or usual
        widths[column.name] = _width(column, BYTES.get(charset or "", 0))
    narrow = not _NARROW.isdisjoint(options)
    if table.primary_key is not None and not prefixed(cursor):
        sizes = [widths.get(name, 0) for name in table.primary_key.columns]
        yield from _judged(table.primary_key.span, sizes, narrow, ())
    for unique in table.uniques:
        sizes = [widths.get(name, 0) for name in unique.columns]
        yield from _judged(unique.span, sizes, narrow and sum(sizes) <= _MOST, _NO_HASH)
    for index in table.indexes:
        if index.method in ("fulltext", "spatial"):
            continue
        sizes = [_part(widths, table, part.column, part.prefix, own, usual, cursor) for part in index.parts]
        if index.unique:
            yield from _judged(index.span, sizes, narrow and sum(sizes) <= _MOST, _NO_HASH)
        elif len(sizes) > 1:
            yield from _judged(index.span, sizes, False, ())


def _most(table: CreateTable) -> int:
    """The bytes that the longest key takes at most, whatever the character sets."""
    keys = [[name.key for name in unique.columns] for unique in table.uniques]
    keys += [[part.column.key for part in index.parts if part.column is not None] for index in table.indexes]
    if table.primary_key is not None:
        keys.append([name.key for name in table.primary_key.columns])
    named = frozenset(chain.from_iterable(keys))
    widths = {column.name.key: _width(column, _WIDEST) for column in table.columns if column.name.key in named}
    return max((sum([widths.get(name, 0) for name in key]) for key in keys), default=0)


def prefixed(cursor: Cursor) -> bool:
    """Whether the primary key of a new table states lengths: facts do not keep them."""
    values = [token[1] for token in cursor.tokens]
    for at in [at for at, value in enumerate(values) if value == "PRIMARY" and values[at + 1] == "KEY"]:
        if values[at - 1] not in ("(", ",") and "CONSTRAINT" not in values[at - 2 : at]:
            continue  # of a column
        depth = 0
        for value in values[at + 2 :]:
            depth += (value == "(") - (value == ")")
            if depth != 1 and value in ("(", ")"):
                return depth > 1
    return False


def _judged(span: Span, sizes: list[int], narrow: bool, only: tuple[Servers, ...]) -> Iterator[Found]:
    total = sum(sizes)
    if total > _MOST:
        yield span, f"the key takes at least {total} bytes, and InnoDB indexes {_MOST}", _WORDS, only
    elif narrow and max(sizes, default=0) > _MOST_OF_COLUMN:
        reason = f"a column of the key takes {max(sizes)} bytes, and this row format indexes {_MOST_OF_COLUMN}"
        yield span, reason, "", ()


def _part(
    widths: dict[Name, int],
    table: CreateTable,
    name: Name | None,
    prefix: int | None,
    own: dict[int, str | None],
    usual: str | None,
    cursor: Cursor,
) -> int:
    """At least how many bytes of an index one part takes."""
    column = next((column for column in table.columns if column.name == name), None)
    if column is None or name is None:
        return 0
    if prefix is None:
        return widths[name]
    charset = own.get(column.span.start - cursor.script.base) or usual
    whole = widths[name]
    return min(whole, prefix * BYTES.get(charset or "", 0)) if whole else 0


def _width(column: Column, per_character: int) -> int:
    """At least how many bytes a column takes in a key; 0 where that is not known."""
    kind = column.type
    if kind is None or kind.size is None:
        return 0
    word = kind.name.split("(")[0].split(" ")[0].lower()
    if kind.family is Family.TEXT and word in ("char", "varchar"):
        return kind.size * per_character
    if kind.family is Family.BINARY and word in ("binary", "varbinary"):
        return kind.size
    return _INTEGERS.get(word, 0)


def _charset(cursor: Cursor, tokens: list[Token]) -> str | None:
    """The character set that these tokens state, by its name or by that of a collation, which wins. In MySQL a collation
    belongs to the set that its name begins with."""
    found, depth = None, 0
    for at, token in enumerate(tokens):
        if token[0] == PUNCT:
            depth += (token[1] == "(") - (token[1] == ")")
        if depth > 0:
            continue
        if token[1] == "COLLATE" or token[1] == "CHARSET" or (token[1] == "SET" and tokens[at - 1][1] == "CHARACTER"):
            behind = at + 1 + (at + 1 < len(tokens) and tokens[at + 1][1] == "=")
            if behind >= len(tokens) or tokens[behind][0] == END:
                return None
            text = _text(cursor, tokens[behind]).lower()
            found = text.split("_")[0]
            if token[1] == "COLLATE":
                break
    return found


def _text(cursor: Cursor, token: Token) -> str:
    raw = cursor.text[token[2] : token[3]]
    return string_text(raw, cursor.family) if token[0] == STRING else raw.strip("`")
