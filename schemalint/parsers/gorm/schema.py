"""What GORM knows of a struct: fields with names, types, sizes, defaults and keys, and the relations between structs.

The working state here is mutable on purpose: relations overwrite the types of the fields they use as keys, in the order
in which GORM happens to parse them.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Protocol

from schemalint.model.span import Span
from schemalint.parsers.gorm.external import External
from schemalint.parsers.gorm.naming import Naming
from schemalint.parsers.gorm.tags import Setting, Tag
from schemalint.parsers.gorm.world import Struct, World

UNKNOWN = "?"
"""A data type that could not be told: there is a column, of some type."""


@dataclass(slots=True, eq=False)
class Field:
    """schema.Field: `db` is empty without a column, `data_type` for a relation; `target` is the struct it holds."""

    name: str
    span: Span
    type_span: Span
    tag: Tag
    settings: dict[str, Setting]
    kind: str
    anonymous: bool
    hidden: bool = False  # of gorm.Model
    many: bool = False
    pointer: bool = False
    valuer: bool = False
    target: Struct | None = None
    unread: bool = False
    db: str = ""
    binds: tuple[str, ...] = ()
    data_type: str = ""
    gorm_type: str = ""
    database: External | str | None = None  # what GormDBDataType says: by dialect, or UNKNOWN
    primary: bool = False
    auto_increment: bool = False
    permitted: bool = True
    auto_time: bool = False
    soft_delete: bool = False  # gorm.DeletedAt: rows are marked, not deleted
    has_default: bool = False
    default: str = ""
    default_parsed: bool = False
    not_null: bool = False
    unique: bool = False
    size: int = 0
    precision: int = 0
    scale: int = 0
    ignored: bool = False  # IgnoreMigration
    schema: Schema | None = None
    owner: Schema | None = None
    embedded: Schema | None = None

    def value(self, key: str) -> str:
        """The value of a tag setting, "" where it is not given."""
        setting = self.settings.get(key)
        return setting.value if setting is not None else ""

    def spot(self, *keys: str) -> Span:
        """Where the tag says one of these keys, else the field's name."""
        for key in keys:
            setting = self.settings.get(key)
            if setting is not None and setting.end > setting.start:
                return Span(self.span.path, setting.start, setting.end)
        return self.span


@dataclass(slots=True, eq=False)
class Relation:
    """schema.Relationship. `references` holds the referenced field (None for a polymorphic type), the key's field, and
    whether the owner of the relation is the referenced side."""

    name: str
    kind: str  # "has one", "has many", "belongs to", "many to many"
    field: Field
    schema: Schema
    target: Schema
    references: list[tuple[Field | None, Field, bool]] = dataclasses.field(default_factory=list)
    join: Schema | None = None
    polymorphic: bool = False


@dataclass(slots=True, eq=False)
class Schema:
    """schema.Schema of one struct (or of a join table, whose `struct` is its owner's)."""

    name: str
    table: str | None  # None: the name is computed
    struct: Struct
    fields: list[Field] = dataclasses.field(default_factory=list)
    by_name: dict[str, Field] = dataclasses.field(default_factory=dict)
    by_bind: dict[str, Field] = dataclasses.field(default_factory=dict)
    by_db: dict[str, Field] = dataclasses.field(default_factory=dict)
    primaries: list[Field] = dataclasses.field(default_factory=list)
    prioritized: Field | None = None
    relation_fields: list[Field] = dataclasses.field(default_factory=list)
    relations: dict[str, Relation] = dataclasses.field(default_factory=dict)
    unread: list[Span] = dataclasses.field(default_factory=list)
    is_join: bool = False

    def look_up(self, name: str, naming: Naming) -> Field | None:
        """LookUpField: by column, by Go name, by the column the namer gives."""
        return self.by_db.get(name) or self.by_name.get(name) or self.by_db.get(naming.column(name))

    def look_up_bound(self, binds: tuple[str, ...], name: str) -> Field | None:
        """LookUpFieldByBindName: the closest field among the structs a field is embedded in."""
        for index in range(len(binds) - 1, -1, -1):
            if found := self.by_bind.get(".".join((*binds[:index], "")) + name if index else "." + name):
                return found
        return None


class Tables(Protocol):
    """A naming strategy, of either GORM, as far as tables go."""

    def table(self, struct: str) -> str:
        """The table of a struct that does not name its own."""


def table_name(world: World, struct: Struct, naming: Tables | None) -> str | None:
    """The table of a struct: what its TableName method gives, else the naming strategy's; None when it is computed."""
    found = world.promoted(struct, "TableName")
    if found is not None:
        method, owner = found
        text = world.text(method["result"], owner.path) if method["parameters"] == 0 else None
        return text or None
    if struct.parameters:
        return None  # Go calls it by the types that it is given: `Box[int]`
    return None if naming is None else naming.table(struct.name)
