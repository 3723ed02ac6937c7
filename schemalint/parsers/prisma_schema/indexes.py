"""Keys and indexes of a model, under the names that Prisma gives them.

Names: prisma-engines, psl `ConstraintNames`, of 3.0 and later: table and columns as the database calls them, then `_pkey`,
`_key`, `_idx` or `_fkey`, the former cut so that all of it fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from schemalint.dialects import NameKind
from schemalint.model.names import Name
from schemalint.model.schema import Index, IndexPart, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.parsers.prisma_schema.schema import (
    Block,
    Data,
    Schema,
    argument,
    fields_of,
    items_of,
    named,
    text,
    word,
)

_LONGEST = {"postgres": 63, "mysql": 64, "tsql": 128}


def made_name(schema: Schema, parts: Sequence[str], suffix: str) -> str:
    """The name that Prisma makes of a table, columns and a suffix."""
    longest = _LONGEST.get(schema.server.family, 10_000) - len(suffix) - 1
    return f"{'_'.join(parts).encode()[:longest].decode(errors='ignore')}_{suffix}"


def primary_key(block: Block, schema: Schema) -> PrimaryKey | None:
    """What `@id` or `@@id` says, None for a model without."""
    attribute = named(block.data["attributes"], "id")
    place = None if attribute is None else block.span(attribute)
    fields = fields_of(argument(attribute, "fields", 0)) or []
    for field in block.entries:
        if attribute is None and (attribute := named(field["attributes"], "id")) is not None:
            fields, place = [field["name"]], block.span(field)
    columns = schema.columns(block, fields)
    if columns is None or place is None:
        return None
    called = text(argument(attribute, "map"))
    if called is None and schema.server.family in ("postgres", "tsql"):
        called = made_name(schema, [block.mapped], "pkey")
    name = None if called is None else schema.identifier(called, NameKind.CONSTRAINT)
    return PrimaryKey(name, columns, place)


def uniques(block: Block, schema: Schema) -> tuple[UniqueConstraint, ...]:
    """Unique constraints: what SQL Server gets where the others get a unique index."""
    return tuple(
        UniqueConstraint(index.name, index.columns, index.span)
        for index in _uniques(block, schema)
        if schema.server.family == "tsql" and index.columns is not None
    )


def indexes(block: Block, schema: Schema) -> Iterator[Index]:
    """Indexes and unique indexes."""
    if schema.server.family != "tsql":
        yield from _uniques(block, schema)
    for attribute in block.data["attributes"]:
        if attribute["name"] in ("index", "fulltext"):
            yield from _index(block, schema, attribute)


def unread(block: Block, schema: Schema) -> Iterator[Span]:
    """Keys and indexes of which something is not known."""
    for attribute in block.data["attributes"]:
        if attribute["name"] in ("id", "unique", "index", "fulltext"):
            listed = argument(attribute, "fields", 0)
            fields = fields_of(listed)
            if fields is None or schema.columns(block, fields) is None or argument(attribute, "where") is not None:
                yield block.span(attribute)


def _uniques(block: Block, schema: Schema) -> Iterator[Index]:
    for field in block.entries:
        attribute = named(field["attributes"], "unique")
        if attribute is not None:
            column = schema.column(block, field["name"])
            assert column is not None
            place = block.span(field)
            name = text(argument(attribute, "map")) or made_name(schema, [block.mapped, column.text], "key")
            part = IndexPart(place, column, descending=_descends(attribute), prefix=_length(attribute))
            yield Index(schema.identifier(name, NameKind.INDEX), (part,), place, unique=True)
    for attribute in block.data["attributes"]:
        if attribute["name"] == "unique":
            yield from _index(block, schema, attribute)


def _index(block: Block, schema: Schema, attribute: Data) -> Iterator[Index]:
    unique = attribute["name"] == "unique"
    listed = argument(attribute, "fields", 0)
    columns = schema.columns(block, fields_of(listed) or [])
    if columns is None or argument(attribute, "where") is not None:
        return
    called = text(argument(attribute, "map"))
    if called is None and not unique:
        called = text(argument(attribute, "name"))  # before 3.0; of a unique one it is the client's own word
    called = called or made_name(schema, [block.mapped, *(name.text for name in columns)], "key" if unique else "idx")
    pairs = zip(items_of(listed), columns, strict=True)
    yield Index(
        schema.identifier(called, NameKind.INDEX),
        tuple(_part(block, item, name) for item, name in pairs),
        block.span(attribute),
        unique=unique,
        method="fulltext" if attribute["name"] == "fulltext" else _method(attribute, schema),
    )


def _part(block: Block, item: Data, name: Name) -> IndexPart:
    ops = argument(item, "ops")
    raw = ops["arguments"][0][1].get("text") if ops is not None and ops.get("arguments") else None
    return IndexPart(
        block.span(item),
        name,
        descending=_descends(item),
        prefix=_length(item),
        opclass=raw or (_opclass(word(ops)) if ops is not None else None),
    )


def _descends(item: Data) -> bool | None:
    return True if word(argument(item, "sort")) == "Desc" else None


def _length(item: Data) -> int | None:
    length = (argument(item, "length") or {}).get("number", "")
    return int(length) if length.isdecimal() and len(length) < 6 else None


def _opclass(told: str | None) -> str | None:
    """JsonbPathOps is jsonb_path_ops, Int4MinMaxOps int4_minmax_ops."""
    return None if told is None else re.sub(r"(?<!^)(?=[A-Z])", "_", told).lower().replace("min_max", "minmax")


def _method(attribute: Data, schema: Schema) -> str | None:
    told = word(argument(attribute, "type"))
    if told is None or told == "BTree" or schema.server.family != "postgres":
        return None
    return told.lower()
