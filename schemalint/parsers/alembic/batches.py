"""Batches on SQLite: which of them make the table anew, and in which order that does what they say.

Run with Alembic 1.20 (`tests/test_alembic_batches.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from schemalint.model.facts import (
    AddColumn,
    CreateIndex,
    DropColumn,
    DropConstraint,
    DropIndex,
    Fact,
    Opaque,
    RenameColumn,
)
from schemalint.model.objects import CopyTable
from schemalint.parsers.alembic.operations import Operations
from schemalint.pysource.naming import NO_CONVENTION, convention
from schemalint.pysource.nodes import Call, Text, span

_SIMPLE = frozenset({"add_column", "create_index", "drop_index"})
_ORDER = {"drop_index": 0, "create_index": 2}
_KEEPING = ("copy_from", "table_args", "table_kwargs", "naming_convention", "reflect_args", "reflect_kwargs")
Told = tuple[str | None, Call | None]
S = TypeVar("S")


def grouped(steps: Sequence[S], told: Sequence[Told]) -> Iterator[tuple[list[S], Call | None]]:
    """The steps, those of one batch together, with the batch when it makes its table anew. `told` are the operation that
    each is and its batch. Such a batch does what it says as the new table needs it, wherever in the batch it stands: an
    index that goes is not made again, a new one is made of the new table."""
    for _, group in groupby(zip(steps, told, strict=True), key=lambda pair: pair[1][1] and pair[1][1].start):
        pairs = list(group)
        batch = pairs[0][1][1]
        if batch is None or not _remakes(batch, [name for _, (name, _) in pairs]):
            yield [step for step, _ in pairs], None
            continue
        pairs.sort(key=lambda pair: _ORDER.get(pair[1][0] or "", 1))
        yield [step for step, _ in pairs], batch


def _remakes(batch: Call, names: list[str | None]) -> bool:
    """Whether some operation of a batch has no statement in SQLite, or it is told to make the table anew."""
    recreate = batch.keyword("recreate")
    told = recreate.value if isinstance(recreate, Text) else "auto"
    return told != "never" and (told == "always" or any(name not in _SIMPLE for name in names))


def remake(operations: Operations, path: str, batch: Call, facts: Sequence[Fact], certain: bool) -> Fact | None:
    """What stands before the facts of a batch that makes its table anew; None where that changes nothing more that is known.
    It is conditional where all that needs it is. `certain`: it is meant for SQLite."""
    given = operations.columns.name(path, batch.argument(0, "table_name"))
    schema = operations.columns.name(path, batch.argument(1, "schema"))
    if given.text is None or not schema.known:
        return None
    statement = span(path, batch)
    place = given.span or statement
    table = operations.builder.table_name(given.text, schema.text)
    kept = not certain or any(word is None or word in _KEEPING for word, _ in batch.keywords)
    named = batch.keyword("naming_convention")
    names = NO_CONVENTION if named is None else convention(operations.modules, path, named)
    if not names.known:
        return Opaque(place, statement, "a naming convention that is computed names the keys of the table", (table,))
    if kept and named is None:
        return None
    needing = [one for one in facts if not isinstance(one, AddColumn | CreateIndex | DropIndex)] or facts
    takes = {one.column for one in facts if isinstance(one, DropColumn | RenameColumn) and one.guard is None}
    unsure = kept or any(isinstance(one, Opaque) for one in facts)  # it may be a check or a column that is dropped
    drops = {one.name for one in facts if isinstance(one, DropConstraint) and one.name is not None}
    drops |= {one.column for one in facts if isinstance(one, DropColumn)}
    templates = () if named is None else tuple(sorted(names.templates.items()))
    guard = None if any(one.guard is None for one in needing) else needing[0].guard
    shape = None if unsure else frozenset(takes)
    return CopyTable(place, statement, table, shape, frozenset(drops), templates, kept, guard)
