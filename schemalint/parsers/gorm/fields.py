"""One struct field as GORM's ParseField reads it, without what it embeds."""

from __future__ import annotations

import re

from schemalint.model.span import Span
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.external import GORM, External
from schemalint.parsers.gorm.schema import UNKNOWN, Field
from schemalint.parsers.gorm.tags import Setting, Tag, number, truth
from schemalint.parsers.gorm.world import Meaning, Struct, World

GENERIC_TYPES = frozenset(("bool", "int", "uint", "float", "string", "time", "bytes"))
SIZES = {
    **dict.fromkeys(("int", "int64", "uint", "uint64", "float64"), 64),
    **dict.fromkeys(("int8", "uint8"), 8),
    **dict.fromkeys(("int16", "uint16"), 16),
    **dict.fromkeys(("int32", "uint32", "float32"), 32),
}


_OF_COLUMNS = frozenset(
    """TYPE COLUMN SIZE DEFAULT INDEX UNIQUEINDEX UNIQUE PRIMARYKEY PRIMARY_KEY NOTNULL AUTOINCREMENT PRECISION CHECK
    COMMENT""".split()  # noqa: SIM905
) | {"NOT NULL"}
"""Keys that say that a field of an unknown type is a column and no relation."""


def make_field(world: World, entry: Data, meaning: Meaning, span: Span, type_span: Span, hidden: bool) -> Field:
    """ParseField without embedding. `hidden` fields (of gorm.Model) have no tag of their own to point at."""
    raw = entry.get("tag", {"value": "", "at": []})
    text: str = raw["value"]
    if hidden:
        where: tuple[int, ...] = (span.start,) * len(text)
    elif len(raw["at"]) == 1:
        where = tuple(range(raw["at"][0], raw["at"][0] + len(text)))
    else:
        where = tuple(raw["at"])
    tag = Tag(text, where)
    settings = {} if hidden else tag.settings()
    if hidden:
        settings = {key: Setting(key, s.value, span.start, span.end, span.start) for key, s in tag.settings().items()}
    made = Field(
        name=entry["name"],
        span=span,
        type_span=type_span,
        tag=tag,
        settings=settings,
        kind=UNKNOWN,
        anonymous=entry["anonymous"],
        hidden=hidden,
        binds=(entry["name"],),
    )
    made.db = made.value("COLUMN")
    made.primary = truth(settings.get("PRIMARYKEY"), settings.get("PRIMARY_KEY"))
    made.auto_increment = made.has_default = truth(settings.get("AUTOINCREMENT"))
    made.not_null = truth(settings.get("NOT NULL"), settings.get("NOTNULL"))
    made.unique = truth(settings.get("UNIQUE"))
    _classify(world, made, meaning, "fields" in entry)
    made.soft_delete = meaning.where == (GORM, "DeletedAt") and meaning.named is None and not meaning.wrap
    if made.value("JSON") or made.value("SERIALIZER"):
        made.data_type = "string"
    if "DEFAULT" in settings:
        made.has_default, made.default = True, settings["DEFAULT"].value
    if "SIZE" in settings:
        size = number(settings["SIZE"])
        made.size = -1 if size is None else size
    made.precision = number(settings.get("PRECISION")) or 0
    made.scale = number(settings.get("SCALE")) or 0
    _type(made)
    _permissions(made)
    return made


def _classify(world: World, made: Field, meaning: Meaning, in_place: bool) -> None:
    """Sets kind, valuer, many, pointer, target and database from what the type means."""
    outer = list(meaning.wrap)
    while outer and outer[0] == "*":
        outer.pop(0)
        made.pointer = True
    if outer:
        made.many = True
        made.kind = "bytes" if len(outer) == 1 and meaning.basic == "uint8" and meaning.named is None else "slice"
        made.target = meaning.struct
        return
    named = meaning.struct.key if meaning.struct is not None else meaning.named
    if meaning.external is not None and meaning.named is None:
        made.kind, made.valuer = meaning.external.kind, meaning.external.valuer
        if meaning.external.database or meaning.external.data_type:
            made.database = meaning.external
    elif meaning.external is not None:
        made.kind = meaning.external.kind
    elif meaning.struct is not None:
        made.kind, made.target = "struct", meaning.struct
    elif meaning.basic is not None:
        inner = [mark for mark in meaning.inner if mark != "*"]
        if inner:
            made.kind = "bytes" if len(inner) == 1 and meaning.basic == "uint8" else "slice"
        else:
            made.kind = meaning.basic
    if in_place:
        made.kind = "struct"
    if meaning.struct is not None:
        methods = {name: world.promoted(meaning.struct, name) for name in ("Value", "GormDataType", "GormDBDataType")}
        found = {name: method[0] for name, method in methods.items() if method is not None}
        found_kinds = _embeds_valuer(world, meaning.struct)
    else:
        found = {n: m for n in ("Value", "GormDataType", "GormDBDataType") if (m := world.method(named, n)) is not None}
        found_kinds = None
    if "GormDBDataType" in found:
        result = found["GormDBDataType"]["result"]
        made.database = result["text"] if result is not None and "text" in result else UNKNOWN
    if "GormDataType" in found:
        result = found["GormDataType"]["result"]
        made.gorm_type = result["text"] if result is not None and "text" in result else UNKNOWN
    value = found.get("Value")
    if value is not None and value["parameters"] == 0:
        made.valuer, made.target = True, None
        kinds = set(value["kinds"])
        if not (kinds == {"string"} or (kinds == {"string", "nil"} and made.kind == "string")):
            made.kind = UNKNOWN
        else:
            made.kind = "string"
    elif found_kinds is not None:
        made.valuer, made.target, made.kind = True, None, found_kinds


def _embeds_valuer(world: World, struct: Struct) -> str | None:
    """The kind a struct gets by embedding a known Valuer of another module, None when it does not."""
    for entry in struct.fields:
        if entry["anonymous"]:
            meaning = world.meaning(entry["type"], struct.path, struct.parameters)
            if meaning.external is not None and meaning.external.valuer and meaning.where != (GORM, "DeletedAt"):
                return meaning.external.kind
    return None


def _type(made: Field) -> None:
    """The data type: the Go kind's, overridden by GormDataType and by the `type` tag; size and default that follow."""
    made.default = made.default.strip()
    literal = ("(" in made.default and ")" in made.default) or made.default.lower() == "null" or not made.default
    kind, given = made.kind, made.gorm_type
    parses = made.has_default and not literal
    if kind == "bool":
        made.data_type = "bool"
        made.default_parsed = parses
    elif kind.startswith(("int", "uint", "float")) and kind not in ("interface", "uintptr"):
        made.data_type = re.sub(r"\d+", "", kind)
        made.default_parsed = parses
    elif kind == "string":
        made.data_type = "string"
        if parses:
            made.default = made.default.strip("'").strip('"')
            made.default_parsed = True
    elif kind == "time":
        made.data_type = "time"
    elif kind == "bytes" and not made.data_type:
        made.data_type = "bytes"
    elif kind == UNKNOWN and not made.data_type:
        made.data_type = UNKNOWN
        made.unread = not made.valuer and not (_OF_COLUMNS & made.settings.keys())
    if given:
        made.data_type = given
    if isinstance(made.database, External) and made.database.data_type:
        made.data_type = made.database.data_type
    stamps = made.data_type in ("time", "int", "uint")
    for key, name in (("AUTOCREATETIME", "CreatedAt"), ("AUTOUPDATETIME", "UpdatedAt")):
        if truth(made.settings.get(key)) or (key not in made.settings and made.name == name and stamps):
            made.auto_time = True
    made.gorm_type = made.data_type
    if "TYPE" in made.settings:
        written = made.value("TYPE")
        made.data_type = written.lower() if written.lower() in GENERIC_TYPES else written
    elif not made.data_type and made.valuer:
        made.data_type = UNKNOWN  # GORM would take it for a relation and fail: the program has another way
    if not made.size:
        made.size = SIZES.get(kind, 0)


def _permissions(made: Field) -> None:
    """`-`, `->` and `<-`."""
    readable = writable = True
    if "-" in made.settings:
        value = made.value("-").strip().lower()
        if value in ("-", "all"):
            readable = writable = made.unread = False
            made.data_type = ""
        made.ignored = value in ("all", "migration")
    if "->" in made.settings:
        readable, writable = made.value("->").lower() != "false", False
    if "<-" in made.settings:
        value = made.value("<-")
        writable = value == "<-" or "create" in value or "update" in value
    made.permitted = readable or writable
