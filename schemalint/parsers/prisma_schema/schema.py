"""Blocks of one Prisma schema, whatever files they stand in, by what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from schemalint.dialects import Dialect, NameKind
from schemalint.model.names import Name, TableName
from schemalint.model.span import Span

Data = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One block and the file that it stands in."""

    path: str
    data: Data

    @property
    def name(self) -> str:
        return str(self.data["name"])

    @property
    def kind(self) -> str:
        return str(self.data["kind"])

    @property
    def entries(self) -> list[Data]:
        found: list[Data] = self.data["entries"]
        return found

    @property
    def mapped(self) -> str:
        """What the database calls it."""
        return map_of(self.data["attributes"]) or self.name

    def span(self, data: Data | None = None, key: str = "place") -> Span:
        """Where the block, or a part of it, stands."""
        start, end = (self.data if data is None else data)[key]
        return Span(self.path, start, end)


class Schema:
    """The blocks of one schema for a server. `client_keeps`: relationMode is "prisma", so that there are no foreign keys."""

    def __init__(self, extracts: Mapping[str, Data], server: Dialect, client_keeps: bool) -> None:
        self.server = server
        self.client_keeps = client_keeps
        self.blocks = [Block(path, data) for path, extract in extracts.items() for data in extract["blocks"]]
        self._columns: dict[Block, dict[str, Name]] = {}

    @cached_property
    def models(self) -> dict[str, Block]:
        return {block.name: block for block in self.blocks if block.kind == "model"}

    @cached_property
    def enums(self) -> dict[str, Block]:
        return {block.name: block for block in self.blocks if block.kind == "enum"}

    def is_relation(self, field: Data) -> bool:
        """Whether a field is no column: it stands for rows of another model, or of a view."""
        return field["type"] in self.models or field["type"] in self._views

    @cached_property
    def _views(self) -> frozenset[str]:
        return frozenset(block.name for block in self.blocks if block.kind == "view")

    def schema_of(self, block: Block) -> str | None:
        """What `@@schema` says."""
        return text(argument(named(block.data["attributes"], "schema"), "map", 0))

    def table(self, block: Block) -> TableName:
        return self.server.table_name(block.mapped, True, self.schema_of(block), True)

    def column(self, block: Block, field: str) -> Name | None:
        """The column of a field, None where the model has no field of that name."""
        if block not in self._columns:
            names = {entry["name"]: map_of(entry["attributes"]) or entry["name"] for entry in block.entries}
            self._columns[block] = {entry: self.identifier(name) for entry, name in names.items()}
        return self._columns[block].get(field)

    def columns(self, block: Block, fields: Sequence[str]) -> tuple[Name, ...] | None:
        """The same for several, None unless all of them are known."""
        found = tuple(name for field in fields if (name := self.column(block, field)) is not None)
        return found if len(found) == len(fields) and found else None

    def identifier(self, name: str, kind: NameKind = NameKind.COLUMN) -> Name:
        return self.server.identifier(name, True, kind)


def named(attributes: Sequence[Data], name: str) -> Data | None:
    """The first attribute of that name."""
    return next((one for one in attributes if one["name"] == name), None)


def argument(attribute: Data | None, name: str, position: int | None = None) -> Data | None:
    """An argument of an attribute or a call by name, or else the one at that place if it is written without a name."""
    arguments = [] if attribute is None else attribute.get("arguments", [])
    for key, value in arguments:
        if key == name:
            return dict(value)
    if position is not None and position < len(arguments) and arguments[position][0] is None:
        return dict(arguments[position][1])
    return None


def text(value: Data | None) -> str | None:
    return None if value is None else value.get("text")


def word(value: Data | None) -> str | None:
    return None if value is None else value.get("word")


def map_of(attributes: Sequence[Data]) -> str | None:
    """What `@map` or `@@map` says."""
    return text(argument(named(attributes, "map"), "name", 0))


def items_of(value: Data | None) -> list[Data]:
    """The items of a list; one alone may stand there without brackets."""
    if value is None:
        return []
    items: list[Data] = value.get("list", [value])
    return items


def fields_of(value: Data | None) -> list[str] | None:
    """The fields that a list names, None where something else stands there."""
    items = items_of(value)
    names = [name for item in items if (name := item.get("word", item.get("call"))) is not None]
    return names if names and len(names) == len(items) else None


def relations(block: Block, schema: Schema) -> Iterator[Data]:
    """The fields of a model that stand for rows of other models."""
    for field in block.entries:
        if field["type"] in schema.models:
            yield field


def relation_of(field: Data) -> str | None:
    """The name of a relation, None where it has none."""
    return text(argument(named(field["attributes"], "relation"), "name", 0))
