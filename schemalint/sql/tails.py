"""What stands behind a column's name, `varchar(255) NOT NULL DEFAULT ''`, recurs: two of three in a script, nine of ten in a
project, have been read before, letter by letter. What they say is kept, and said again at the next place.

Only what depends on nothing but its own text is kept: no comment, nothing that a template makes, no name that USE or
search_path would move, and nothing that was refused or not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemalint.model.names import Name
from schemalint.model.quick import copier
from schemalint.model.schema import Check, Column, ForeignKey, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.sql.cursor import FILLED, Cursor
from schemalint.sql.parts import Parts

_BARE = rf"[^,()'\"`\[\]/#\\$;\-{FILLED}]++|-(?!-)|'[^'\\]*+'|\"[^\"\\]*+\"|`[^`\\]*+`|\[\d*+\]"
_GROUP = rf"\((?>(?:{_BARE}|,|\((?>(?:{_BARE}|,)*)\))*)\)"
_TAIL = re.compile(rf"(?>(?:{_BARE}|{_GROUP})*)(?=[,);])")
_new_tuple = tuple.__new__  # as in schemalint.sql.cursor
_LONGEST, _MOST_KEPT = 300, 10_000


@dataclass(slots=True)
class Tail:
    """What a tail says: the column, and the keys and checks that it adds, as they were where it was read first, with the
    offset `origin` at which it starts there; `tokens` is how many it is made of, and `lone` says that it adds nothing to the
    table but its column. `quiet`: no server refuses any of it, as it is written; `sound`: MySQL and MariaDB take its column."""

    origin: int
    tokens: int
    column: Column
    primary_key: PrimaryKey | None
    uniques: tuple[UniqueConstraint, ...]
    foreign_keys: tuple[ForeignKey, ...]
    checks: tuple[Check, ...]
    lone: bool
    quiet: bool = False
    sound: bool = False


_again = copier(Column, "name", "span", "type_span")
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
        column,
        own.primary_key,
        tuple(own.uniques),
        tuple(own.foreign_keys),
        tuple(own.checks),
        not (keys or own.checks),
    )
    cursor.tails.append((first - 1, tail))


def say_again(tail: Tail, cursor: Cursor, name: Name, span: Span, parts: Parts) -> Column:
    """The column of that name, where the cursor stands, with what the tail says of it. Its keys and checks go to `parts`."""
    path, by = cursor.script.path, cursor.tokens[cursor.at - 1][3] + cursor.script.base - tail.origin
    cursor.tails.append((cursor.at - 1, tail))
    cursor.at += tail.tokens
    column = tail.column
    if not tail.lone:
        _add(tail, name, span, path, by, parts)
    at = column.type_span
    return _again(column, name, span, at and _new_tuple(Span, (path, at[1] + by, at[2] + by)))


def _add(tail: Tail, name: Name, span: Span, path: str, by: int, parts: Parts) -> None:
    """Adds the keys and checks of a tail."""
    mine = (name,)
    key = tail.primary_key
    if key is not None:
        span_of = _moved(key.span, path, by)
        late, kept = (key.deferrable, key.deferred), key.settings
        parts.keyed_by(PrimaryKey(key.name, mine, span_of, key.include, *late, settings=kept, clustered=key.clustered))
    for unique in tail.uniques:
        said = (unique.include, unique.nulls_distinct, unique.deferrable, unique.deferred)
        kept, clustered = unique.settings, unique.clustered
        parts.uniques.append(
            UniqueConstraint(unique.name, mine, span, (span,), *said, settings=kept, clustered=clustered)
        )
    for one in tail.foreign_keys:
        target = None if one.ref_span is None else _moved(one.ref_span, path, by)
        on_delete, on_update = one.on_delete, one.on_update
        parts.foreign_keys.append(
            ForeignKey(
                one.name,
                mine,
                one.ref_table,
                one.ref_columns,
                span,
                target,
                on_delete,
                on_update,
                one.deferrable,
                one.deferred,
                one.full,
                enforced=one.enforced,
            )
        )
    for check in tail.checks:
        mentions = tuple((column, _moved(at, path, by)) for column, at in check.mentions)
        of = None if check.of is None else name
        parts.checks.append(
            Check(
                check.name,
                check.expr,
                _moved(check.span, path, by),
                mentions,
                check.inherited,
                of=of,
                enforced=check.enforced,
            )
        )


def _moved(span: Span, path: str, by: int) -> Span:
    return _new_tuple(Span, (path, span[1] + by, span[2] + by))
