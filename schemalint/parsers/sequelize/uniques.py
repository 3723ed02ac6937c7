"""`unique: 'name'` in a migration, which Sequelize 5 and 6 read and do not send: the names of unique keys are gathered for models
only (`lib/model.js`), and `attributeToSQL` writes UNIQUE for `true` alone. Run: tests/oracles/migrations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropTable,
    Fact,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.frozen import frozen
from schemalint.model.names import Name, TableName
from schemalint.model.schema import UniqueConstraint
from schemalint.model.source import Hazard, HazardKind
from schemalint.model.span import Span

_GONE = DropTable | DropColumn | RenameTable | RenameColumn


@frozen
class IgnoredUnique:
    """`unique: 'name'` or `unique: {…}` of a column in a migration, of which nothing is sent. `name` is "" for an object
    without one."""

    table: TableName
    column: Name
    name: str
    span: Span
    method: str


def ignored_uniques(found: Iterable[IgnoredUnique], facts: Iterable[Fact]) -> Iterator[Hazard]:
    """One hazard for each unique key that a history says for nothing, and that none of its facts makes otherwise."""
    said = tuple(facts)
    keys = {pair for fact in said for pair in _keys(fact)}
    gone = {fact.table for fact in said if isinstance(fact, _GONE)}
    unread = [fact.touches for fact in said if isinstance(fact, Opaque)]
    if None in unread:
        return  # it may make them
    gone |= {table for touches in unread for table in touches or ()}
    groups: dict[tuple[TableName, str], list[IgnoredUnique]] = {}
    for number, one in enumerate(found):
        groups.setdefault((one.table, one.name or str(number)), []).append(one)
    for (table, _), members in groups.items():
        columns = frozenset(one.column for one in members)
        made = any(owner == table and key and key <= columns for owner, key in keys)
        if made or table in gone:
            continue
        first = members[0]
        names = ", ".join(str(one.column) for one in members)
        yield Hazard(
            HazardKind.IGNORED_UNIQUE,
            first.span,
            f"{table}.{names}",
            f"{first.method} sends no UNIQUE for ({names}) of {table}",
            "in a migration only `unique: true` does something, and duplicates get in",
            "write `unique: true`, or add the key with addConstraint or addIndex",
            related=tuple((one.span, "nor for this one") for one in members[1:12]),
        )


def _keys(fact: Fact) -> Iterator[tuple[TableName, frozenset[Name]]]:
    """What a fact makes unique."""
    match fact:
        case CreateTable() | AddColumn():
            yield from ((fact.table, frozenset(key.columns)) for key in fact.uniques)
            if fact.primary_key is not None:
                yield fact.table, frozenset(fact.primary_key.columns)
        case CreateIndex() if fact.index.unique:
            yield fact.table, frozenset(fact.index.columns or ())
        case AddConstraint(constraint=UniqueConstraint() as key):
            yield fact.table, frozenset(key.columns)
        case _:
            pass
