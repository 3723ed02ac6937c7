"""What ties tables together once all of them are there: foreign keys, parents, partitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from schemalint.model.names import Name
from schemalint.model.schema import ForeignKey, Index, Table, UniqueConstraint
from schemalint.reporters.dump.sql.spelling import Speller
from schemalint.reporters.terminal import safe


def foreign_keys(write: Speller, table: Table) -> Iterator[str]:
    """A statement for every foreign key. SQLite has them inside the table."""
    if write.family == "sqlite":
        return
    names = _names(write, table)
    for key, name in zip(table.foreign_keys, names, strict=True):
        lead = "" if key.ref_table in write.catalog.tables else "-- nothing here creates its target: "
        yield f"{lead}ALTER TABLE {write.name(table.name)} ADD {foreign_key(write, key, name)};"


def foreign_key(write: Speller, key: ForeignKey, name: Name | None) -> str:
    """The constraint under that name."""
    target = write.catalog.tables.get(key.ref_table)
    columns = key.ref_columns
    if not columns and target and target.primary_key and write.family != "sqlite":
        columns = target.primary_key.columns
    made = f"{write.constraint(name)}FOREIGN KEY ({write.names(key.columns)}) REFERENCES "
    made += write.name(key.ref_table) + (f" ({write.names(columns)})" if columns else "")
    made += " MATCH FULL" if key.full and write.family == "postgres" else ""
    made += f" ON DELETE {key.on_delete}" if key.on_delete else ""
    made += f" ON UPDATE {key.on_update}" if key.on_update else ""
    if write.family in ("postgres", "sqlite"):
        made += write.deferral(key)
    if not key.enforced:
        return f"{made} NOT ENFORCED"
    return made if key.validated else f"{made} NOT VALID"


def _names(write: Speller, table: Table) -> list[Name | None]:
    """What each key has to be called. MySQL names those that have no name by itself, and calls the indexes that it makes
    for them otherwise than for those that have one: what it would say by itself is left to it."""
    if write.family != "mysql":
        return [key.name for key in table.foreign_keys]
    used: set[str] = set()
    names: list[Name | None] = []
    for key in table.foreign_keys:
        made = write.dialect.foreign_key_name(table.name.name.text, (), lambda text: text.lower() in used)
        own = key.name is not None and made is not None and key.name.key == made.lower()
        names.append(None if own else key.name)
        used.add(key.name.key if key.name else (made or "").lower())
    return names


def made_by_keys(write: Speller, table: Table) -> frozenset[Name | None]:
    """The indexes that MySQL makes by itself, under these names, when the foreign keys come."""
    others: list[Index | UniqueConstraint] = [*table.uniques, *table.indexes]
    taken = Counter(one.name.key for one in others if one.name is not None)
    implied = {index.columns: index.name for index in table.indexes if index.implied}
    found = []
    for key, name in zip(table.foreign_keys, _names(write, table), strict=True):
        own = implied.get(key.columns)
        if own is None:
            continue
        texts = tuple(column.text for column in key.columns)
        taken[own.key] -= 1  # its own name is free when it is made
        usual = write.dialect.index_name(table.name.name.text, texts, lambda text: taken[text.lower()] > 0)
        taken[own.key] += 1
        if own.key == (name.key if name else (usual or "").lower()):
            found.append(own)
    return frozenset(found)


def attachments(write: Speller, table: Table) -> Iterator[str]:
    """The table below its parents. It was made whole, so that its keys and indexes keep their names."""
    for parent in table.parents:
        if parent not in write.catalog.tables:
            yield f"-- nothing here creates {safe(str(parent))}, which {safe(str(table.name))} is below"
        elif not table.partition:
            yield f"ALTER TABLE {write.name(table.name)} INHERIT {write.name(parent)};"
        elif table.bound is None or write.catalog.tables[parent].partition_by is None:
            yield f"-- {safe(str(table.name))} is a partition of {safe(str(parent))}; of what part is not known here"
        else:
            yield f"ALTER TABLE {write.name(parent)} ATTACH PARTITION {write.name(table.name)} {table.bound};"
