"""PostgreSQL: columns that are written from columns of another type, which it does not turn into theirs by itself.

Everything becomes text, numbers become numbers, moments moments; all else wants a cast that is written ("Type Conversion", 10.4
"Value Storage"; each pair was put to PostgreSQL 15).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemalint.model.catalog import Refusal
from schemalint.model.objects import Write
from schemalint.model.schema import Column
from schemalint.model.types import Family
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles

_GROUPS = {
    Family.INTEGER: "number",
    Family.DECIMAL: "number",
    Family.FLOAT: "number",
    Family.TEXT: "text",
    Family.BOOLEAN: "boolean",
    Family.DATE: "moment",
    Family.TIMESTAMP: "moment",
    Family.UUID: "uuid",
    Family.JSON: "json",
}
_TEXTS = re.compile(r"text|character varying|character\b|varchar", re.I)
_NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric", "real", "double precision"})
_PART = re.compile(r"'(?>[^']*+)'|\"(?>[^\"]*+)\"|[(),]|\bFROM\b", re.I)
_WORD = re.compile(r"[^\W\d]\w*+")
_PLAIN = re.compile(r"\s*+(?:SELECT\s++)?(?:\w++\s*+\.\s*+)?(?:([^\W\d]\w*+)|\"([^\"]++)\")\s*+", re.I)


def may_mistype(state: State, fact: Write) -> bool:
    """Whether an item of the query is the name of a column whose type is another than that of the column it goes to."""
    table = state.tables.get(fact.table)
    if state.dialect.family != "postgres" or table is None or fact.query is None or not fact.columns:
        return False
    items = _items(fact.query.text, len(fact.columns))
    if len(items) != len(fact.columns):
        return False
    plain_items = [_PLAIN.fullmatch(item) for item in items]
    if not any(plain_items):
        return False
    enums = _enums(state)
    targets = [_group(enums, table.columns.get(name)) for name, _ in fact.columns]
    found = _WORD.findall(fact.query.text)
    said = {word.lower() for word in found}.union(found)
    read = [other for name, other in state.tables.items() if name.name.key in said]
    for plain, target in zip(plain_items, targets, strict=True):
        if plain is None or target in (None, "text"):
            continue
        name = state.dialect.identifier(plain[1] or plain[2], plain[2] is not None)
        others = (_group(enums, other.columns.get(name)) for other in read)
        if any(other not in (None, target) for other in others):
            return True
    return False


def mistyped(state: State, fact: Write, sources: Sequence[Column | None] | None) -> Troubles:
    """The first column that gets what it does not take."""
    table = state.tables.get(fact.table)
    if table is None or sources is None or len(sources) != len(fact.columns) or state.opaque or table.incomplete:
        return
    enums = _enums(state)
    for (name, span), source in zip(fact.columns, sources, strict=True):
        column = table.columns.get(name)
        target, given = _group(enums, column), _group(enums, source)
        if column is None or source is None or target in (None, "text", given) or given is None:
            continue
        kinds = [one.type.name if one.type is not None else "" for one in (column, source)]
        why = f"{name} is {kinds[0]}, and {source.name} is {kinds[1]}"
        words = f'column "{name.key}" is of type {kinds[0]} but expression is of type {kinds[1]} (42804)'
        yield Trouble(
            Refusal.ROW_REFUSED, span, table.name, name, existing=table, taken=source.span, why=why, server=words
        )
        return


def _enums(state: State) -> frozenset[str]:
    return frozenset(name.name.key for name in state.enums)


def _group(enums: frozenset[str], column: Column | None) -> str | None:
    """What a column's type is turned into and from by itself, None where that is not known."""
    kind = column.type if column is not None else None
    if kind is None:
        return None
    bare = kind.name.rpartition(".")[2].strip('"')
    if bare in enums:
        return f"enum {bare}"
    group = _GROUPS.get(kind.family)
    if group == "text" and not _TEXTS.match(kind.name):
        return None  # citext, name and the like
    if group == "number" and kind.name.partition("(")[0] not in _NUMBERS:
        return None
    return group


def _items(text: str, most: int) -> list[str]:
    """The items of a select list, as written."""
    found: list[str] = []
    depth = start = 0
    for part in _PART.finditer(text):
        mark = part.group().upper()
        depth += (mark == "(") - (mark == ")")
        if depth == 0 and mark in (",", "FROM"):
            found.append(text[start : part.start()])
            start = part.end()
        if (depth == 0 and mark == "FROM") or len(found) > most:
            break
    return found
