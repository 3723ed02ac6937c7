"""What MySQL and MariaDB do with the names of keys: the indexes that they make for foreign keys, and names that clash.

Source: MySQL 8.0 Reference Manual 13.1.20.5 "FOREIGN KEY Constraints", and MariaDB 10.11, which was asked.
"""

from __future__ import annotations

from schemalint.dialects import NameKind
from schemalint.model.catalog import Refusal
from schemalint.model.frozen import replace
from schemalint.model.names import Name
from schemalint.model.schema import ForeignKey, Index, IndexPart, Table, UniqueConstraint
from schemalint.model.span import Span
from schemalint.replay.parts import keys, named
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles


def with_key_indexes(state: State, table: Table) -> Table:
    """The table with an index for every foreign key that has none yet, and without those that another can serve for: a key
    that is written, or the index of a later foreign key over the same columns or more."""
    if state.dialect.family != "mysql" or not table.foreign_keys:
        return table
    written = [key for key in keys(table) if not (isinstance(key, Index) and key.implied)]
    shapes = [leading(key) for key in written]
    kept = tuple(
        index
        for index in table.indexes
        if not index.implied or not any(shape[: len(index.parts)] == index.columns for shape in shapes)
    )
    table = replace(table, indexes=kept)
    before = state.tables.get(table.name)
    known = before.foreign_keys if before is not None else ()
    for key in table.foreign_keys:
        if key not in known and not any(shape[: len(key.columns)] == key.columns for shape in shapes):
            left = tuple(one for one in table.indexes if not one.implied or not _starts(key.columns, one.columns or ()))
            table = replace(table, indexes=left)
        if not any(leading(one)[: len(key.columns)] == key.columns for one in keys(table)):
            last = [one for one in table.foreign_keys if one.columns == key.columns][-1]  # which names it
            table = replace(table, indexes=(*table.indexes, _made(state, table, last)))
    return table


def serves(state: State, index: Index, other: object) -> bool:
    """Whether MySQL takes its own index for a foreign key away, name and all, as the new one can be used for that (asked: MySQL
    5.6 and 9.7, MariaDB 10.11)."""
    if state.dialect.family != "mysql" or not isinstance(other, Index) or not other.implied:
        return False
    return leading(index)[: len(other.parts)] == other.columns


def _starts(columns: tuple[Name, ...], first: tuple[Name, ...]) -> bool:
    return columns[: len(first)] == first


def leading(key: object) -> tuple[Name, ...]:
    """The columns that a key can be looked up by, as far as they are plain ones."""
    if isinstance(key, Index):
        if key.method not in (None, "btree", "hash"):
            return ()
        found = []
        for part in key.parts:
            if part.column is None or part.prefix is not None:
                break
            found.append(part.column)
        return tuple(found)
    columns: tuple[Name, ...] = getattr(key, "columns", ())
    return columns


def _made(state: State, table: Table, key: ForeignKey) -> Index:
    """It is called as the constraint, when that was named, else as the key says, else as its first column."""
    used = set(named(replace(table, foreign_keys=(), checks=())))
    generated = key.name is not None and key.name.text.startswith(f"{table.name.name.text}_ibfk_")
    name = key.name
    if generated and key.index_name is not None and key.index_name.key not in used:
        name = key.index_name
    elif name is None or generated:
        text = state.dialect.index_name(
            table.name.name.text, tuple(column.text for column in key.columns), lambda name: name.lower() in used
        )
        name = state.dialect.identifier(text or key.columns[0].text, True, NameKind.INDEX)
    parts = tuple(IndexPart(key.span, column) for column in key.columns)
    return Index(name, parts, key.span, implied=True)


def names_shared(state: State, table: Table, span: Span) -> Troubles:
    """MariaDB takes no unique key that is called as a check of its table."""
    if state.dialect.name != "mariadb" or not table.checks:
        return
    checks = {check.name: check for check in table.checks if check.name is not None}
    uniques: tuple[UniqueConstraint | Index, ...] = (*table.uniques, *(one for one in table.indexes if one.unique))
    for key in uniques:
        if key.name in checks:
            taken = key.span if checks[key.name].span == span else checks[key.name].span
            yield Trouble(Refusal.CONSTRAINT_EXISTS, span, table.name, key.name, existing=table, taken=taken)
            return
