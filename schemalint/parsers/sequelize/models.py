"""Model definitions: the attributes and options of `define`, `init` and `super.init`, as Sequelize merges them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from schemalint.jssource.datatypes import DataType, data_type, enum_values
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Entry, Here
from schemalint.jssource.inflection import underscore
from schemalint.model.frozen import frozen
from schemalint.model.span import Span
from schemalint.parsers.sequelize.instances import Instance


class Unknown(Enum):
    """The one value that stands for an option which is set somewhere that could not be read."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN
Option = str | bool | None | Unknown


@dataclass(slots=True)
class Reference:
    """REFERENCES of an attribute. `table` None: it cannot be told."""

    table: str | None
    key: str | None
    span: Span
    model: Model | None = None


@dataclass(slots=True)
class Attribute:
    """One attribute while its model is put together. `field` None: its column's name is not certain. `allow_null` None:
    not stated; `null_known` False: stated by something that was not read."""

    name: str
    span: Span
    field: str | None
    type: DataType | None = None
    type_span: Span | None = None
    allow_null: bool | None = None
    null_known: bool = True
    null_unset: bool = False  # `allowNull: undefined`: NOT NULL for postgres and SQLite alone
    default: Here | None = None
    primary_key: bool = False
    auto_increment: bool = False
    unique: str | bool = False
    reference: Reference | None = None
    referenced: Here | None = None  # the expression behind `references.model`
    on_delete: str | None = None
    on_update: str | None = None
    generated: bool = False  # made by Sequelize itself
    by_sequelize: bool = False  # filled by Sequelize on every insert
    indexed: tuple[tuple[bool, Here], ...] = ()  # what `unique` and `index` are, unique first


@frozen
class Join:
    """One side's belongsToMany over a join table; `guessed`: the other key was not written."""

    source: Model
    target: Model
    key: str
    other: str
    guessed: bool


@dataclass(slots=True)
class Model:
    """One model. `table` None: the name of its table is not certain. `unread` are the parts that may hold more. `virtual`:
    whether it has attributes without a column, None where that was not asked."""

    here: Here
    name: str
    span: Span
    statement: Span
    table: str | None
    schema: str | None
    options: Options
    attributes: dict[str, Attribute] = field(default_factory=dict)
    indexes: list[Here] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    places: tuple[tuple[str, int], ...] = ()
    instance: Instance | None = None
    major: int = 6
    joins: list[Join] = field(default_factory=list)
    virtual: bool | None = None

    def column(self, attribute: str, given: Option = None) -> str | None:
        """The column of an attribute, by its `field` or by `underscored`; None when it is not certain."""
        if isinstance(given, str):
            return given
        if given is UNKNOWN:
            return None
        line = underscore(attribute)
        if line == attribute:
            return attribute
        underscored = self.options.flag("underscored")
        return None if underscored is UNKNOWN else line if underscored else attribute

    def primary_keys(self) -> list[Attribute]:
        """The attributes of the primary key."""
        return [one for one in self.attributes.values() if one.primary_key]


class Options:
    """The options of a model over the `define` of its Sequelize."""

    def __init__(self, evaluator: Evaluator, own: Here | None, define: Mapping[str, Entry] | None) -> None:
        self._evaluator = evaluator
        self._own, self.unread = ({}, []) if own is None else evaluator.entries(own)
        self._define = define
        self.forced: dict[str, Option] = {}

    def entry(self, key: str) -> Entry | Unknown | None:
        """The entry in force for a key, UNKNOWN when it may be set where nothing was read."""
        own = self._own.get(key)
        if own is not None and own.sure and self._evaluator.follow(own.value).kind != "undef":
            return own
        if self.unread:
            return UNKNOWN
        if self._define is None:
            return UNKNOWN
        return self._define.get(key)

    @property
    def undefined(self) -> bool:
        """Whether what the Sequelize gives its models was not found."""
        return self._define is None

    def own(self, key: str) -> Entry | None:
        """The model's own entry for a key."""
        return self._own.get(key)

    def flag(self, key: str, default: bool = False) -> Option:
        """A literal option: text, true, false, or UNKNOWN."""
        if key in self.forced:
            return self.forced[key]
        entry = self.entry(key)
        if entry is UNKNOWN or isinstance(entry, Unknown):
            return UNKNOWN
        if entry is None:
            return default
        return literal(self._evaluator, entry.value)

    def lists(self, key: str) -> Iterator[Here]:
        """The arrays of a key: the model's own first, then those of `define`, which Sequelize appends."""
        own = self._own.get(key)
        if own is not None:
            yield own.value
        if self._define is not None and key in self._define:
            yield self._define[key].value


def literal(evaluator: Evaluator, here: Here) -> Option:
    """A string, true, false or null as what it is; UNKNOWN for anything else."""
    found = evaluator.follow(here)
    if found.kind in {"str", "bool"}:
        value = found.value["v"]
        return value if isinstance(value, (str, bool)) else UNKNOWN
    if found.kind in {"null", "undef"}:
        return None
    if found.kind == "num":
        return found.value["v"] not in {"0", "-0"}
    return UNKNOWN


def table_name(model: str, plural: str, options: Options) -> str | None:
    """The table of a model without its schema, in which the model's plural is told by the caller; None when it depends on
    something that was not read."""
    given = options.flag("tableName")
    if given is UNKNOWN:
        return None
    if isinstance(given, str) and given:
        return given
    frozen, underscored = options.flag("freezeTableName"), options.flag("underscored")
    if frozen is UNKNOWN:
        return None
    if frozen:
        return model
    if underscored is UNKNOWN:
        return plural if underscore(plural) == plural else None
    return underscore(plural) if underscored else plural


def add_attributes(evaluator: Evaluator, model: Model, attributes: Here) -> None:
    """Reads the attributes of a definition into the model, and adds those that Sequelize adds by itself."""
    entries, unread = evaluator.entries(attributes)
    model.unread += unread
    declared: dict[str, Attribute] = {}
    for name, entry in entries.items():
        made = read_attribute(evaluator, model, entry)
        if isinstance(made, Attribute):
            declared[name] = made
        elif made is UNKNOWN:
            model.unread.append(entry.span)
    model.virtual = declared.keys() != entries.keys()
    _complete(model, declared, bool(unread))


def read_attribute(evaluator: Evaluator, model: Model, entry: Entry) -> Attribute | Unknown | None:
    """The attribute behind a key; None for a virtual one, UNKNOWN when even its column's name is not certain."""
    name = entry.key
    bare = data_type(evaluator, entry.value)
    found = evaluator.follow(entry.value)
    if bare is None and found.kind == "str":
        bare = DataType("", (found.value["v"],))
    if bare is not None:
        if bare.name == "VIRTUAL":
            return None
        return Attribute(name, entry.span, model.column(name), bare, entry.value.span)
    if found.kind == "undef":
        return None
    if found.kind not in {"obj", "call"}:
        return UNKNOWN
    parts, unread = evaluator.entries(found)
    if found.kind == "call" and not parts:
        return UNKNOWN
    named = parts.get("field") if model.major < 7 else parts.get("columnName", parts.get("field"))
    given = UNKNOWN if named is None and unread else None if named is None else literal(evaluator, named.value)
    made = Attribute(name, entry.span, model.column(name, given))
    if "type" in parts:
        made.type = data_type(evaluator, parts["type"].value)
        told = evaluator.follow(parts["type"].value)
        if made.type is None and told.kind == "str":
            made.type = DataType("", (told.value["v"],))
        made.type_span = parts["type"].value.span
        if made.type is not None and made.type.name == "VIRTUAL":
            return None
        made.type = _with_values(evaluator, made.type, parts)
    _keys(evaluator, made, parts, bool(unread))
    return made


def _with_values(evaluator: Evaluator, type: DataType | None, parts: Mapping[str, Entry]) -> DataType | None:
    """`{type: ENUM, values: […]}`: the values stand beside the type."""
    element = type.element if type is not None and type.name == "ARRAY" else type
    if type is None or element is None or element.name != "ENUM" or "values" not in parts:
        return type
    values = enum_values(evaluator, [parts["values"].value])
    enum = DataType("ENUM", values=values)
    return enum if type.name == "ENUM" else DataType("ARRAY", element=enum)


def _keys(evaluator: Evaluator, made: Attribute, parts: Mapping[str, Entry], open: bool) -> None:
    def flag(key: str) -> Option:
        return literal(evaluator, parts[key].value) if key in parts else UNKNOWN if open else None

    null = flag("allowNull")
    made.null_known = null is not UNKNOWN
    made.null_unset = "allowNull" in parts and null is None
    made.allow_null = None if "allowNull" not in parts or not made.null_known or null is None else bool(null)
    made.primary_key = flag("primaryKey") is True
    made.auto_increment = flag("autoIncrement") is True
    made.indexed = tuple((key == "unique", parts[key].value) for key in ("unique", "index") if key in parts)
    if "defaultValue" in parts:
        made.default = parts["defaultValue"].value
    if "unique" in parts:
        made.unique = _unique(evaluator, parts["unique"].value)
    for key in ("onDelete", "onUpdate"):
        action = flag(key)
        if isinstance(action, str):
            setattr(made, "on_delete" if key == "onDelete" else "on_update", action.upper())
    if "references" in parts:
        made.reference = _reference(evaluator, parts["references"].value, parts)
        found = evaluator.follow(parts["references"].value)
        target = (evaluator.entry(found, "model") or evaluator.entry(found, "table")) if found.kind == "obj" else None
        made.referenced = None if target is None else target.value


def _unique(evaluator: Evaluator, here: Here) -> str | bool:
    """True for a plain unique, the name of a named one, "" for one that gets the name Sequelize makes up."""
    found = evaluator.follow(here)
    if found.kind == "obj":
        name = evaluator.entry(found, "name")
        told = None if name is None else evaluator.text(name.value)
        return told or ""
    value = literal(evaluator, found)
    return value if isinstance(value, (str, bool)) else False


def _reference(evaluator: Evaluator, here: Here, parts: Mapping[str, Entry]) -> Reference:
    found = evaluator.follow(here)
    if found.kind == "str":  # the old spelling: references: 'users', referencesKey: 'id'
        key = evaluator.text(parts["referencesKey"].value) if "referencesKey" in parts else "id"
        return Reference(found.value["v"], key, found.span)
    entries, _ = evaluator.entries(found) if found.kind == "obj" else ({}, [])
    model = entries.get("model", entries.get("table"))
    key = evaluator.text(entries["key"].value) if "key" in entries else "id"
    if model is None or key is None:
        return Reference(None, None, here.span)
    made = Reference(evaluator.text(model.value), key, model.value.span)
    target = evaluator.follow(model.value)
    if target.kind == "obj" and (name := evaluator.entry(target, "tableName")) is not None:
        made.table = evaluator.text(name.value)
    return made


def _complete(model: Model, declared: dict[str, Attribute], open: bool) -> None:
    """What Sequelize adds: `id` in front, timestamps and version at the end."""
    attributes = model.attributes
    keyless = model.options.flag("noPrimaryKey") is True or any(one.primary_key for one in declared.values())
    if not open and "id" not in declared and not keyless:
        made = Attribute("id", model.span, "id", DataType("INTEGER"), allow_null=False, generated=True)
        made.primary_key = made.auto_increment = True
        attributes["id"] = made
    attributes.update(declared)
    timestamps, paranoid = model.options.flag("timestamps", True), model.options.flag("paranoid")
    if timestamps is UNKNOWN or paranoid is UNKNOWN:
        model.unread.append(model.span)
    for key, wanted in (("createdAt", True), ("updatedAt", True), ("deletedAt", paranoid)):
        if timestamps is UNKNOWN or not timestamps or wanted is UNKNOWN or not wanted:
            continue
        given = model.options.flag(key, True)
        if given is UNKNOWN:
            model.unread.append(model.span)
        elif given is not False:
            name = given if isinstance(given, str) else key
            made = Attribute(name, model.span, model.column(name), stamp_type(model), generated=True)
            made.allow_null = None if key == "deletedAt" else False
            made.by_sequelize = key != "deletedAt"
            kept = attributes.setdefault(name, made)
            kept.by_sequelize |= made.by_sequelize
            if model.major >= 7:
                kept.allow_null, kept.type = made.allow_null, kept.type or made.type
    version = model.options.flag("version")
    if version is UNKNOWN:
        return
    if version:
        name = version if isinstance(version, str) else "version"
        made = Attribute(name, model.span, model.column(name), DataType("INTEGER"), allow_null=False, generated=True)
        made.default = Here(model.here.path, {"t": "num", "v": "0", "s": model.span.start, "e": model.span.end})
        attributes.setdefault(name, made)


def stamp_type(model: Model) -> DataType | None:
    """The type of timestamps: in Sequelize 7 with a precision, 6 unless `defaultTimestampPrecision` says another."""
    precision = "6" if model.instance is None else model.instance.precision
    if model.major < 7 or precision == "":
        return DataType("DATE")
    return None if precision is None else DataType("DATE", (precision,))


def index_lists(evaluator: Evaluator, model: Model) -> list[Here]:
    """The entries of `indexes`, the model's own and those of `define`; what cannot be read makes the model open."""
    found: list[Here] = []
    for held in model.options.lists("indexes"):
        array = evaluator.follow(held)
        if array.kind != "arr":
            if array.kind not in {"undef", "null"}:
                model.unread.append(held.span)
            continue
        for item in array.arguments():
            inner = evaluator.follow(item.at(item.value["v"])) if item.kind == "spread" else None
            if inner is not None and inner.kind == "arr":
                found += inner.arguments()
            else:
                found.append(item)
    return found
