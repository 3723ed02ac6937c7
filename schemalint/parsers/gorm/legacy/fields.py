"""A struct as GORM v1's getModelStruct reads it (model_struct.go)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from schemalint.model.span import Span
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.legacy import LEGACY
from schemalint.parsers.gorm.legacy.naming import column
from schemalint.parsers.gorm.tags import Setting, columns_of, split_settings
from schemalint.parsers.gorm.world import DEEPEST, Meaning, Struct, World

UNKNOWN = "?"
MOST_FIELDS = 2_000

_KINDS = frozenset(("bool", "string", "float32", "float64", "uintptr")) | {
    f"{sign}int{size}" for sign in ("", "u") for size in ("", "8", "16", "32", "64")
}
_DIALECTS = f"{LEGACY}/dialects/postgres"
_EXTERNAL = {
    ("encoding/json", "RawMessage"): "json",
    (_DIALECTS, "Jsonb"): "json",
    (_DIALECTS, "Hstore"): "hstore",
    ("github.com/shopspring/decimal", "Decimal"): UNKNOWN,
    ("github.com/shopspring/decimal", "NullDecimal"): UNKNOWN,
}
"""Where v1 makes something else of a type than v2: it takes a Scanner's first field, and knows UUIDs by their name."""


@dataclass(slots=True)
class Field:
    """StructField. `kind` is what its value is stored as; `normal` fields are columns; `joins` is the struct of a
    many2many and `owner` the fields that stand beside it."""

    name: str
    db: str
    span: Span
    type_span: Span
    settings: dict[str, Setting]
    owner: Schema
    kind: str = UNKNOWN
    normal: bool = False
    primary: bool = False
    joins: Struct | None = None

    def value(self, key: str) -> str:
        """The value of a tag setting, "" where it is not given."""
        return self.settings[key].value if key in self.settings else ""

    def spot(self, *keys: str) -> Span:
        """Where the tag says one of these keys, else the field's name."""
        found = next((self.settings[key] for key in keys if key in self.settings), None)
        return self.span if found is None or found.end <= found.start else Span(self.span.path, found.start, found.end)


@dataclass(slots=True)
class Schema:
    """ModelStruct: the fields in order, the primary ones, and the places of what could not be told."""

    name: str
    fields: list[Field] = field(default_factory=list)
    primaries: list[Field] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)

    def look_up(self, name: str) -> Field | None:
        """getForeignField: by Go name, by column, by the column the namer gives."""
        names = (name, column(name))
        return next((one for one in self.fields if one.name == name or one.db in names), None)


class Reader:
    """Reads structs into schemas. `budget` bounds the fields of one model, however often it embeds."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._budget = 0

    def schema(self, struct: Struct) -> Schema:
        """The schema of a struct."""
        self._budget = MOST_FIELDS
        return self._schema(struct, 0)

    def _schema(self, struct: Struct, depth: int) -> Schema:
        schema = Schema(struct.name)
        if struct.broken:
            schema.unread.append(Span(struct.path, struct.start, struct.end))
        for entry in struct.fields:
            self._read(schema, entry, struct.path, struct.parameters, depth)
        return _finished(schema)

    def _read(self, schema: Schema, entry: Data, path: str, parameters: tuple[str, ...], depth: int) -> None:
        name: str = entry["name"]
        if not name[:1].isupper():
            return
        span = Span(path, *entry["at"])
        self._budget -= 1
        if self._budget < 0 or entry.get("unread"):
            schema.unread.append(span)
            return
        settings = {**_settings(entry.get("sql")), **_settings(entry.get("tag"))}
        made = Field(name, "", span, Span(path, *entry["type_at"]), settings, schema)
        made.db = settings["COLUMN"].value if "COLUMN" in settings else column(name)
        if "-" not in settings:
            made.primary = "PRIMARY_KEY" in settings
            meaning = self._world.meaning(entry["type"], path, parameters)
            if meaning.where == (LEGACY, "Model"):
                self._adopt(schema, made, _model(span))
                return
            scans = self._classify(made, meaning, entry)
            embeds = not scans and made.kind != "time" and (entry["anonymous"] or "EMBEDDED" in settings)
            if embeds:
                inner = self._embedded(entry, meaning, path, parameters, depth)
                if inner is None:
                    schema.unread.append(span)
                else:
                    self._adopt(schema, made, inner)
                return
            if made.kind == UNKNOWN and not made.normal and made.joins is None and not _is_relation(meaning, entry):
                made.normal = "TYPE" in settings
                if not made.normal:
                    schema.unread.append(span)
                    return
        schema.fields.append(made)
        if made.primary:
            schema.primaries.append(made)

    def _classify(self, made: Field, meaning: Meaning, entry: Data) -> bool:
        """Sets kind, normal and joins; whether the type is a Scanner."""
        wrap = [mark for mark in meaning.wrap if mark != "*"]
        if wrap:
            if len(wrap) == 1 and meaning.basic == "uint8" and meaning.named is None:
                made.kind, made.normal = "bytes", True
            elif meaning.basic is not None or meaning.named is not None:
                made.normal = True  # a slice of no structs: GORM panics unless a tag gives the type
            elif meaning.struct is not None and "MANY2MANY" in made.settings:
                made.joins = meaning.struct
            return False
        if meaning.external is not None or meaning.where is not None:
            known = _EXTERNAL.get(meaning.where or ("", ""))
            if known is None and meaning.external is not None:
                known = "uuid" if (meaning.where or ("", ""))[1] == "UUID" else meaning.external.kind
            if known is not None:
                made.kind = (
                    known if known in _KINDS or known in ("time", "bytes", "json", "hstore", "uuid") else UNKNOWN
                )
                made.normal = True
            return known is not None and known != "time"
        struct = meaning.struct
        if struct is not None and self._world.promoted(struct, "GormDataType") is not None:
            made.normal = True
            return True
        if struct is not None and self._world.promoted(struct, "Scan") is not None:
            made.kind, made.normal = self._first(struct, 0), True
            for inner in struct.fields:
                for key, setting in {**_settings(inner.get("sql")), **_settings(inner.get("tag"))}.items():
                    made.settings.setdefault(key, replace(setting, start=0, end=0))
            return True
        if struct is not None or "fields" in entry:
            return False
        scans = self._world.method(meaning.named, "Scan") is not None
        typed = self._world.method(meaning.named, "GormDataType") is not None
        inside = [mark for mark in meaning.inner if mark != "*"]
        if meaning.basic is not None:
            made.normal = True
            if inside:
                made.kind = "bytes" if len(inside) == 1 and meaning.basic == "uint8" else UNKNOWN
            elif meaning.basic in _KINDS and not typed:
                made.kind = meaning.basic
        return scans

    def _first(self, struct: Struct, depth: int) -> str:
        """What a Scanner that is a struct is stored as: its first field, as often as that is a Scanner itself."""
        if not struct.fields or depth > DEEPEST:
            return UNKNOWN
        entry = struct.fields[0]
        meaning = self._world.meaning(entry["type"], struct.path, struct.parameters)
        if "*" in meaning.wrap:
            return UNKNOWN
        if meaning.struct is not None and not meaning.wrap:
            inner = meaning.struct
            return self._first(inner, depth + 1) if self._world.promoted(inner, "Scan") is not None else UNKNOWN
        span = Span(struct.path, 0, 0)
        probe = Field("", "", span, span, {}, Schema(""))
        self._classify(probe, meaning, entry)
        return probe.kind

    def _embedded(
        self, entry: Data, meaning: Meaning, path: str, parameters: tuple[str, ...], depth: int
    ) -> Schema | None:
        """The schema of an embedded struct; None when it is not known."""
        if depth >= DEEPEST or any(mark != "*" for mark in meaning.wrap):
            return None
        if meaning.struct is not None:
            return self._schema(meaning.struct, depth + 1)
        if "fields" in entry:
            place = Schema(entry["name"])
            for inner in entry["fields"]:
                self._read(place, inner, path, parameters, depth + 1)
            return _finished(place)
        return Schema("") if meaning.basic is not None else None

    def _adopt(self, schema: Schema, outer: Field, inner: Schema) -> None:
        """Takes over the fields of an embedded struct; a key of its own by name only is none here."""
        schema.unread.extend(inner.unread)
        for each in inner.fields:
            if "EMBEDDED_PREFIX" in outer.settings:
                each.db = outer.value("EMBEDDED_PREFIX") + each.db
            each.primary = each.primary and "PRIMARY_KEY" in each.settings
            schema.fields.append(each)
            if each.primary:
                schema.primaries.append(each)


def _finished(schema: Schema) -> Schema:
    if not schema.primaries and (found := schema.look_up("id")) is not None:
        found.primary = True
        schema.primaries.append(found)
    return schema


def _is_relation(meaning: Meaning, entry: Data) -> bool:
    """Whether a field certainly is no column: a struct, or a slice of structs, of the project's own."""
    return meaning.struct is not None or "fields" in entry


def _settings(raw: Data | None) -> dict[str, Setting]:
    if raw is None:
        return {}
    text, at = raw["value"], raw["at"]
    where = range(at[0], at[0] + len(text)) if len(at) == 1 else at
    return split_settings(text, where, ";")


def _model(span: Span) -> Schema:
    """gorm.Model, all of it shown where it is embedded."""

    def made(name: str, kind: str, **settings: str) -> Field:
        told = {key: Setting(key, value, span.start, span.end, span.start) for key, value in settings.items()}
        return Field(name, column(name), span, span, told, Schema("Model"), kind, True, "PRIMARY_KEY" in told)

    return _finished(
        Schema(
            "Model",
            [
                made("ID", "uint", PRIMARY_KEY="PRIMARY_KEY"),
                made("CreatedAt", "time"),
                made("UpdatedAt", "time"),
                made("DeletedAt", "time", INDEX="INDEX"),
            ],
        )
    )


def names_of(made: Field, key: str) -> list[str]:
    """A comma list of a tag."""
    return columns_of(made.settings.get(key))
