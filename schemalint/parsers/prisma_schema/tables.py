"""Models, enumerations and relations → the tables and types that Prisma makes of them."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import AddConstraint, CreateTable, Fact
from schemalint.model.names import TableName
from schemalint.model.objects import CreateEnum
from schemalint.model.schema import Column
from schemalint.model.span import Span
from schemalint.model.types import ColumnType, Family
from schemalint.parsers.prisma_schema.defaults import default_of
from schemalint.parsers.prisma_schema.indexes import indexes, primary_key, uniques, unread
from schemalint.parsers.prisma_schema.relations import foreign_keys, joins
from schemalint.parsers.prisma_schema.schema import Block, Data, Schema, map_of, named
from schemalint.parsers.prisma_schema.types import SCALARS, scalar


def facts(schema: Schema, uncertain: frozenset[str]) -> Iterator[Fact]:
    """Everything that Prisma makes: types, tables, those between two models, then the keys. The models of the files `uncertain`
    may not be part of the schema."""
    if schema.server.family == "postgres":
        for block in schema.enums.values():
            yield CreateEnum(block.span(), block.span(key="statement"), _type_name(block, schema), _values(block))
    for block in schema.models.values():
        yield _table(block, schema, block.path not in uncertain)
    between = list(joins(schema, column_type))
    yield from (table for table, _ in between)
    if schema.client_keeps:
        return
    for block in schema.models.values():
        for key in foreign_keys(block, schema):
            yield AddConstraint(key.span, block.span(key="statement"), schema.table(block), key)
    for table, keys in between:
        yield from (AddConstraint(key.span, table.statement, table.table, key) for key in keys)


def column_type(field: Data, schema: Schema) -> ColumnType | None:
    """The type of a field that is a column, None where that is not known."""
    server, enum = schema.server, schema.enums.get(field["type"])
    if field["unsupported"] is not None:
        found = server.column_type(field["unsupported"])
    elif enum is not None:
        found = _enum_type(enum, schema)
    else:
        native = next((one for one in field["attributes"] if "." in one["name"]), None)
        said = None
        if native is not None:
            arguments = [str(value.get("number", value.get("word", "?"))).lower() for _, value in native["arguments"]]
            said = (native["name"].rpartition(".")[2], arguments)
        found = scalar(field["type"], said, server)
    if found is not None and field["arity"] == "[]":
        return ColumnType(Family.ARRAY, f"{found.name}[]", element=found)
    return found


def _type_name(enum: Block, schema: Schema) -> TableName:
    return schema.server.table_name(enum.mapped, True, schema.schema_of(enum), True)


def _values(enum: Block) -> tuple[str, ...]:
    return tuple(map_of(entry["attributes"]) or entry["name"] for entry in enum.entries)


def _enum_type(enum: Block, schema: Schema) -> ColumnType | None:
    server = schema.server
    if server.family == "postgres":
        name = _type_name(enum, schema)
        prefix = "" if name.schema is None else server.quote(name.schema.text) + "."
        return server.column_type(prefix + server.quote(enum.mapped))
    if server.family == "mysql":
        texts = ("'" + value.replace("'", "''") + "'" for value in _values(enum))
        return server.column_type(f"enum({','.join(texts)})")
    return server.column_type("TEXT") if server.family == "sqlite" else None


def _table(block: Block, schema: Schema, certain: bool) -> CreateTable:
    columns = []
    missing = [Span(block.path, *place) for place in block.data["unread"]]
    for field in block.entries:
        if schema.is_relation(field):
            continue
        if field["type"] not in SCALARS and field["type"] not in schema.enums and field["unsupported"] is None:
            missing.append(block.span(field))  # whether it is a column, what is not there would say
            continue
        columns.append(_column(block, field, schema))
    return CreateTable(
        span=block.span(),
        statement=block.span(key="statement"),
        table=schema.table(block),
        columns=tuple(columns),
        primary_key=primary_key(block, schema),
        uniques=uniques(block, schema),
        indexes=tuple(indexes(block, schema)),
        unread=tuple(dict.fromkeys((*missing, *unread(block, schema)))),
        model=block.name,
        certain=certain,
    )


def _column(block: Block, field: Data, schema: Schema) -> Column:
    server = schema.server
    enum = schema.enums.get(field["type"])
    default = default_of(field, enum, server)
    rowid = server.family == "sqlite" and field["type"] == "Int" and named(field["attributes"], "id") is not None
    counted = default.counted or rowid
    return Column(
        name=schema.identifier(map_of(field["attributes"]) or field["name"]),
        span=block.span(field),
        type=column_type(field, schema),
        type_span=block.span(field, "type_place"),
        nullable=None
        if field["arity"] == "[]"
        else field["arity"] == "?",  # an empty list is written, NULL read as one
        default=default.expr,
        has_default=default.has,
        identity=counted,
        serial=counted and server.family == "postgres",
        attribute=field["name"],
        client_default=default.by_client,
        choices=_values(enum) if enum is not None and server.family not in ("postgres", "mysql") else None,
    )
