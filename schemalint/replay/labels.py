"""What PostgreSQL calls the columns of an index: as those of its table were called when it was made, whatever these are called
now. LIKE and partitions make such an index anew under a name made of that (`generateClonedIndexStmt`), and ALTER TABLE … RENAME
COLUMN of an index asks for it. Changing the type of a column makes its indexes anew. Asked of PostgreSQL 10 to 18."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from schemalint.model.frozen import replace
from schemalint.model.names import Name
from schemalint.model.schema import Exclusion, Index, Table, UniqueConstraint

Labels = tuple[Name | None, ...]
"""One a column of the index, those that it carries along last; None of an expression."""
Kind = TypeVar("Kind", UniqueConstraint, Index, Exclusion)


def labels_of(key: UniqueConstraint | Index | Exclusion) -> Labels:
    """What the columns of its index are called."""
    return key.labels or _columns(key)


def _columns(key: UniqueConstraint | Index | Exclusion) -> Labels:
    match key:
        case UniqueConstraint():
            return (*key.columns, *key.include)
        case Index():
            return (*(part.column for part in key.parts), *(name for name, _ in key.include))
        case Exclusion():
            return tuple(part.column for part in key.parts)


def labelled(before: Kind, key: Kind) -> Kind:
    """A key whose columns were renamed, with what its index still calls them."""
    labels = labels_of(before)
    now = _columns(key)
    if labels == now:
        return replace(key, labels=())
    return key if key.labels == labels else replace(key, labels=labels)


def label_renamed(table: Table, key: UniqueConstraint | Index | Exclusion, old: Name, new: Name) -> Table:
    """A table after a column of the index of one of its keys got another name, the table's column keeping its own."""
    labels = tuple(new if label == old else label for label in labels_of(key))

    def called(one: Kind) -> Kind:
        return replace(one, labels=labels) if one is key else one

    return _with_each(table, called)


def labelled_anew(table: Table, column: Name) -> Table:
    """A table after the type of a column changed."""

    def anew(key: Kind) -> Kind:
        return replace(key, labels=()) if key.labels and _reads(key, column) else key

    return _with_each(table, anew)


def _with_each(table: Table, made: Callable[[Any], Any]) -> Table:
    uniques, indexes = tuple(map(made, table.uniques)), tuple(map(made, table.indexes))
    return replace(table, uniques=uniques, indexes=indexes, exclusions=tuple(map(made, table.exclusions)))


def _reads(key: UniqueConstraint | Index | Exclusion, column: Name) -> bool:
    if column in _columns(key):
        return True
    if isinstance(key, UniqueConstraint):
        return False
    mentioned = (*key.where_mentions, *(one for part in key.parts for one in part.mentions))
    return any(name == column for name, _ in mentioned)
