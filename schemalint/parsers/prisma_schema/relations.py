"""Relations: the foreign keys of a model, and the tables that Prisma makes for many-to-many relations.

What happens without `onDelete` and `onUpdate`, and how tables and columns of implicit many-to-many relations are called: the
pages "Referential actions" and "Many-to-many relations" of Prisma's documentation, and what its engine writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from schemalint.dialects import NameKind
from schemalint.model.facts import CreateTable
from schemalint.model.schema import Column, ForeignKey, Index, IndexPart
from schemalint.model.types import ColumnType
from schemalint.parsers.prisma_schema.indexes import made_name
from schemalint.parsers.prisma_schema.schema import (
    Block,
    Data,
    Schema,
    argument,
    fields_of,
    named,
    relation_of,
    relations,
    text,
    word,
)

_ACTIONS = {
    "Cascade": "CASCADE",
    "Restrict": "RESTRICT",
    "NoAction": "NO ACTION",
    "SetNull": "SET NULL",
    "SetDefault": "SET DEFAULT",
}
TypeOf = Callable[[Data, Schema], ColumnType | None]


def foreign_keys(block: Block, schema: Schema) -> Iterator[ForeignKey]:
    """The keys of one model's relation fields."""
    for field in relations(block, schema):
        relation = named(field["attributes"], "relation")
        fields = fields_of(argument(relation, "fields"))
        if relation is None or fields is None:
            continue
        other = schema.models[field["type"]]
        columns = schema.columns(block, fields)
        referred = schema.columns(other, fields_of(argument(relation, "references")) or [])
        if columns is None or referred is None:
            continue
        optional = {one["name"] for one in block.entries if one["arity"] == "?"}
        required = not optional.issuperset(fields)
        restrict = "NO ACTION" if schema.server.family == "tsql" else "RESTRICT"
        called = text(argument(relation, "map")) or made_name(
            schema, [block.mapped, *(name.text for name in columns)], "fkey"
        )
        yield ForeignKey(
            name=schema.identifier(called, NameKind.CONSTRAINT),
            columns=columns,
            ref_table=schema.table(other),
            ref_columns=referred,
            span=block.span(field),
            ref_span=block.span(field, "type_place"),
            on_delete=_action(relation, "onDelete") or (restrict if required else "SET NULL"),
            on_update=_action(relation, "onUpdate") or "CASCADE",
        )


def _action(relation: Data, name: str) -> str | None:
    return _ACTIONS.get(word(argument(relation, name)) or "")


def joins(schema: Schema, type_of: TypeOf) -> Iterator[tuple[CreateTable, list[ForeignKey]]]:
    """The tables between two models that list one another, with their keys. Prisma before 6 gives them a unique index, later
    PostgreSQL a primary key: that the pair is unique is all that is said."""
    lists: dict[tuple[str, str, str | None], list[Data]] = {}
    for block in schema.models.values():
        for field in relations(block, schema):
            if field["arity"] == "[]":
                lists.setdefault((block.name, field["type"], relation_of(field)), []).append(field)
    done: set[tuple[str, str, str | None]] = set()
    for (one, other, name), fields in lists.items():
        back = lists.get((other, one, name), ())
        first, second = sorted((one, other))
        # a relation of a model with itself has two lists in it
        if len(back) < (2 if one == other else 1) or (first, second, name) in done:
            continue
        done.add((first, second, name))
        sides = schema.models[first], schema.models[second]
        made = _between(schema.models[one], fields[0], name or f"{first}To{second}", sides, schema, type_of)
        if made is not None:
            yield made


def _between(
    block: Block, field: Data, name: str, sides: tuple[Block, Block], schema: Schema, type_of: TypeOf
) -> tuple[CreateTable, list[ForeignKey]] | None:
    place = block.span(field)
    columns, keys = [], []
    table = schema.server.table_name(f"_{name}", True, schema.schema_of(sides[0]), True)
    for letter, side in zip("AB", sides, strict=True):
        key = next((one for one in side.entries if named(one["attributes"], "id") is not None), None)
        if key is None:
            return None
        column, referred = schema.identifier(letter), schema.column(side, key["name"])
        assert referred is not None
        columns.append(Column(column, place, type_of(key, schema), place, nullable=False, has_default=False))
        keys.append(
            ForeignKey(
                name=schema.identifier(made_name(schema, [f"_{name}", letter], "fkey"), NameKind.CONSTRAINT),
                columns=(column,),
                ref_table=schema.table(side),
                ref_columns=(referred,),
                span=place,
                on_delete="CASCADE",
                on_update="CASCADE",
            )
        )
    a, b = (IndexPart(place, column.name) for column in columns)
    made = CreateTable(
        span=place,
        statement=block.span(key="statement"),
        table=table,
        columns=tuple(columns),
        indexes=(
            Index(schema.identifier(f"_{name}_AB_unique", NameKind.INDEX), (a, b), place, unique=True),
            Index(schema.identifier(f"_{name}_B_index", NameKind.INDEX), (b,), place),
        ),
        model=f"{block.name}.{field['name']}",
    )
    return made, keys
