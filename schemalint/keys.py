"""What a table keeps as an index, as messages call it, and what MySQL does not keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.facts import CreateTable
from schemalint.model.names import Name
from schemalint.model.schema import Column, Index, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span

Key = PrimaryKey | UniqueConstraint | Index

_LONG = re.compile(r"(?:tiny|medium|long)?(?:text|blob)$", re.IGNORECASE)


def title(key: Key) -> str:
    """What a message calls a key."""
    if isinstance(key, PrimaryKey):
        return "the primary key"
    kind = "unique constraint" if isinstance(key, UniqueConstraint) else f"{'unique ' if key.unique else ''}index"
    return f"{kind} {key.name}" if key.name else f"a {kind}"


def without_length(fact: CreateTable) -> Iterator[tuple[Column, str, Span]]:
    """The texts and blobs that are indexed in full, which MySQL refuses (1170), with what indexes them and where."""
    columns = {column.name: column for column in fact.columns}
    for name, what, span in _keyed(fact):
        column = columns.get(name)
        if column is not None and column.type is not None and _LONG.match(column.type.name):
            yield column, what, span


def _keyed(fact: CreateTable) -> Iterator[tuple[Name, str, Span]]:
    """The columns that are indexed in full, with what does it and where."""
    if fact.primary_key is not None:
        for column in fact.primary_key.columns:
            yield column, "the primary key", fact.primary_key.span
    for unique in fact.uniques:
        for column in unique.columns:
            yield column, "UNIQUE", unique.span
    for index in fact.indexes:
        if index.method == "fulltext":
            continue
        for part in index.parts:
            if part.column is not None and not part.prefix:
                yield part.column, f"index {index.name}", part.span
