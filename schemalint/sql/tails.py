"""What stands behind a column's name, `varchar(255) NOT NULL DEFAULT ''`, recurs: two of three in a script, nine of ten in a
project, have been read before, letter by letter. What they say is kept, and said again at the next place.

Only what depends on nothing but its own text is kept: no comment, nothing that a template makes, no name that USE or
search_path would move, and nothing that was refused or not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemalint.model.frozen import copier
from schemalint.model.names import Name
from schemalint.model.schema import Check, Column, ForeignKey, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.sql.cursor import FILLED, Cursor, Script, quoted_name
from schemalint.sql.parts import Parts
from schemalint.sql.tokens import QUOTED, WORD

_BARE = rf"[^,()'\"`\[\]/#\\$;\-{FILLED}]++|-(?!-)|'[^'\\]*+'|\"[^\"\\]*+\"|`[^`\\]*+`|\[\d*+\]"
_GROUP = rf"\((?>(?:{_BARE}|,|\((?>(?:{_BARE}|,)*)\))*)\)"
_TAIL = re.compile(rf"(?>(?:{_BARE}|{_GROUP})*)(?=[,);])")
_new_tuple = tuple.__new__  # as in schemalint.sql.cursor
_LONGEST, _MOST_KEPT = 300, 10_000


@dataclass(slots=True)
class Tail:
    """What a tail says: the column, and the keys and checks that it adds, as they were where it was read first, with the
    offset `origin` at which it starts there. It is made of so many `tokens` and is so many characters long; `lone` says that
    it adds nothing to the table but its column. `quiet`: no server refuses any of it, as it is written; `sound`: MySQL and
    MariaDB take its column."""

    origin: int
    tokens: int
    length: int
    column: Column
    primary_key: PrimaryKey | None
    uniques: tuple[UniqueConstraint, ...]
    foreign_keys: tuple[ForeignKey, ...]
    checks: tuple[Check, ...]
    lone: bool
    quiet: bool = False
    sound: bool = False


_again = copier(Column, "name", "span", "type_span")
_primary_key = copier(PrimaryKey, "columns", "span")
_unique = copier(UniqueConstraint, "columns", "span", "column_spans")
_foreign_key = copier(ForeignKey, "columns", "span", "ref_span")
_check = copier(Check, "span", "mentions", "of")
_known: dict[str, dict[str, Tail]] = {}
"""By dialect and text."""


def tail_text(cursor: Cursor) -> str | None:
    """The tail that comes next; None when what it says depends on more than its text."""
    script = cursor.script
    if script.schema is not None or script.several or script.pin is not None:
        return None
    start = cursor.tokens[cursor.at - 1][3]
    match = _TAIL.match(cursor.text, start, cursor.tokens[-1][3] + 1)
    if match is None or match.end() - start > _LONGEST:
        return None
    return match[0]


def known_tail(text: str, dialect: str) -> Tail | None:
    """What is known of a tail."""
    known = _known.get(dialect)
    return None if known is None else known.get(text)


def keep(text: str, cursor: Cursor, first: int, column: Column, own: Parts) -> None:
    """Keeps what was read from the token `first` on, if it is what the text says and no more. `own` is what the column
    added to its table."""
    start = cursor.tokens[first - 1][3]
    if cursor.tokens[cursor.at][2] != start + len(text) or cursor.refused or cursor.script.types:
        return
    if (
        own.indexes
        or own.inline_keys
        or own.unread
        or own.after is not None
        or own.first
        or column.sequence is not None
    ):
        return
    if column.type is None:  # whether it may lack depends on what stands elsewhere
        return
    mine = (column.name,)
    keys = [*own.uniques, *own.foreign_keys, *([own.primary_key] if own.primary_key is not None else ())]
    if any(one.columns != mine for one in keys):  # SQL Server takes a table's constraint here
        return
    known = _known.setdefault(cursor.dialect.name, {})
    if len(known) >= _MOST_KEPT:
        known.clear()
    known[text] = tail = Tail(
        start + cursor.script.base,
        cursor.at - first,
        len(text),
        column,
        own.primary_key,
        tuple(own.uniques),
        tuple(own.foreign_keys),
        tuple(own.checks),
        not (keys or own.checks),
    )
    cursor.tails.append((first - 1, tail))


def tail_at(script: Script, start: int, end: int) -> Tail | None:
    """The tail that begins at an offset, if it is known; what must follow it stands before `end`."""
    known, match = _known.get(script.dialect.name), _TAIL.match(script.text, start, end)
    return None if known is None or match is None else known.get(match[0])


def known_columns(cursor: Cursor, parts: Parts, not_names: frozenset[str]) -> bool:
    """Reads the columns that come next into `parts`, as long as they are known but for their names and begin with none of
    the words. Gives whether the cursor stands behind a column, and not where another element begins."""
    script, known = cursor.script, _known.get(cursor.dialect.name)
    if known is None or script.schema is not None or script.several or script.pin is not None:
        return False
    tokens, text, path, base, at = cursor.tokens, cursor.text, script.path, script.base, cursor.at
    identifier, fold, match_tail, end = cursor.dialect.identifier, cursor.dialect.fold, _TAIL.match, tokens[-1][3] + 1
    behind = False
    while True:
        kind, word, start, stop = tokens[at]
        if kind != QUOTED and (kind != WORD or word in not_names):
            break
        raw, match = text[start:stop], match_tail(text, stop, end)
        tail = known.get(match[0]) if match is not None else None
        if tail is None or not raw.isascii():
            break
        span = _new_tuple(Span, (path, start + base, stop + base))
        name = identifier(raw) if kind == WORD else quoted_name(fold, raw)
        parts.columns.append(say_at(tail, path, stop + base, name, span, parts))
        cursor.tails.append((at, tail))
        at += 1 + tail.tokens
        behind = tokens[at][1] != "," or tokens[at + 1][1] == ")"
        if behind:
            break
        at += 1
    cursor.at = at
    return behind


def say_again(tail: Tail, cursor: Cursor, name: Name, span: Span, parts: Parts) -> Column:
    """The column of that name, where the cursor stands, with what the tail says of it. Its keys and checks go to `parts`."""
    cursor.tails.append((cursor.at - 1, tail))
    start = cursor.tokens[cursor.at - 1][3] + cursor.script.base
    cursor.at += tail.tokens
    return say_at(tail, cursor.script.path, start, name, span, parts)


def say_at(tail: Tail, path: str, start: int, name: Name, span: Span, parts: Parts) -> Column:
    """The same where the tail starts at an offset of the file."""
    column, by = tail.column, start - tail.origin
    if not tail.lone:
        _add(tail, name, span, path, by, parts)
    at = column.type_span
    return _again(column, name, span, at and _new_tuple(Span, (path, at[1] + by, at[2] + by)))


def _add(tail: Tail, name: Name, span: Span, path: str, by: int, parts: Parts) -> None:
    """Adds the keys and checks of a tail."""
    mine = (name,)
    key = tail.primary_key
    if key is not None:
        parts.keyed_by(_primary_key(key, mine, _moved(key.span, path, by)))
    for unique in tail.uniques:
        parts.uniques.append(_unique(unique, mine, span, (span,)))
    for one in tail.foreign_keys:
        target = None if one.ref_span is None else _moved(one.ref_span, path, by)
        parts.foreign_keys.append(_foreign_key(one, mine, span, target))
    for check in tail.checks:
        mentions = tuple((column, _moved(at, path, by)) for column, at in check.mentions)
        parts.checks.append(_check(check, _moved(check.span, path, by), mentions, None if check.of is None else name))


def _moved(span: Span, path: str, by: int) -> Span:
    return _new_tuple(Span, (path, span[1] + by, span[2] + by))
