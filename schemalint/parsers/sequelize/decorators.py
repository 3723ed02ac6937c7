"""Decorated classes of sequelize-typescript (`@Table`, `@Column`) and of Sequelize 7 (`@Attribute`), as plain data.

Reading keeps every class that has decorated fields; `definition` turns one, with the fields of the classes it extends, into the
attributes and options of a definition, in the same shapes as `init` gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from schemalint.jssource.decorated import decorated as with_decorators
from schemalint.jssource.here import Here
from schemalint.jssource.inflection import underscore
from schemalint.jssource.values import Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from schemalint.model.span import SourceFile

_ASSOCIATIONS = {
    "BelongsTo": "belongsTo",
    "HasOne": "hasOne",
    "HasMany": "hasMany",
    "BelongsToMany": "belongsToMany",
}
_FLAGS = {"PrimaryKey": "primaryKey", "AutoIncrement": "autoIncrement", "AllowNull": "allowNull", "Unique": "unique"}
_NAMED = {"Default": "defaultValue", "ColumnName": "columnName", "Index": "index"}
_STAMPS = {"CreatedAt": "createdAt", "UpdatedAt": "updatedAt", "DeletedAt": "deletedAt", "Version": "version"}
_INFERRED = {
    "string": "STRING",
    "number": "INTEGER",
    "bigint": "BIGINT",
    "boolean": "BOOLEAN",
    "Date": "DATE",
    "Buffer": "BLOB",
}

IndexOf = Callable[[dict[str, Any]], list[Here] | None]
"""For a decorator that may be one of `createIndexDecorator`: what that was given; None for every other."""


def decorated(file: SourceFile, node: Node, parent: Node | None) -> dict[str, Any] | None:
    """A class that `@Table` stands on or that has decorated fields, as plain data; None for every other class."""
    held = with_decorators(file, node, parent)
    if held is None:
        return None
    table = next((one for one in held.pop("d") if one["n"] in {"Table", "Table.Abstract"}), None)
    if table is None and not held["fields"]:
        return None
    abstract = held["abstract"] if table is None else table["n"] == "Table.Abstract"
    return {**held, "table": table, "abstract": abstract}


def is_model(held: dict[str, Any], major: int) -> bool:
    """Whether the class is a model of its own: Sequelize 7 needs no `@Table`."""
    if held["table"] is not None:
        return not held["abstract"]
    return (
        major >= 7 and not held["abstract"] and any(one["n"] == "Attribute" for f in held["fields"] for one in f["d"])
    )


def inherited(held: dict[str, Any], path: str, own: dict[str, Any], here: str) -> list[dict[str, Any]]:
    """The fields of a class that another extends, as fields of that other: they stand at its name."""
    if path == here:
        return list(held["fields"])
    at = {"s": own["class"].get("ns", own["class"]["s"]), "e": own["class"].get("ne", own["class"]["e"])}
    return [
        field
        | at
        | {
            "d": [
                one | at | {"a": [{"t": "at", "h": Here(path, given)} | at for given in one["a"]], "path": path}
                for one in field["d"]
            ]
        }
        for field in held["fields"]
    ]


def definition(held: dict[str, Any], fields: list[dict[str, Any]], index_of: IndexOf) -> tuple[Value, Value | None]:
    """The attributes and the options of a decorated class as objects. `fields` are those of the class and of the classes above
    it."""
    attributes: list[list[Any]] = []
    indexes: dict[str, list[Any]] = {}
    for field in fields:
        decorators = {one["n"]: one for one in field["d"]}
        seven = "Column" not in decorators
        if not seven or "Attribute" in decorators:
            entries = _attribute(field, decorators)
            if seven:
                entries += [["index", one["s"], one["e"], _shared(one, index_of)] for one in _others(field, index_of)]
            attributes.append([field["n"], field["s"], field["e"], _object(entries or [_nothing(field)])])
        if seven:
            continue
        for one in field["d"]:
            if one["n"] == "Index":
                _index(indexes, field, one["a"][0] if one["a"] else None)
        for one in _others(field, index_of):
            _index(indexes, field, next(iter(_given(index_of, one)), None), one)
    start, end = held["class"]["s"], held["class"]["e"]
    given = held["table"]["a"] if held["table"] is not None else []
    options = given[0] if given else None
    if indexes and not _has(options, "indexes"):
        array = {"t": "arr", "a": [_object(entry) for entry in indexes.values()], "s": start, "e": end}
        spread = [] if options is None else [["...", options["s"], options["e"], options]]
        options = {"t": "obj", "p": [["indexes", start, end, array], *spread], "s": start, "e": end}
    return {"t": "obj", "p": attributes, "s": start, "e": end}, options


def stamps(fields: list[dict[str, Any]]) -> dict[str, Any]:
    """The options that `@CreatedAt` and its like set."""
    found: dict[str, Any] = {}
    for field in fields:
        for word in {one["n"] for one in field["d"]} & _STAMPS.keys():
            found[_STAMPS[word]] = field["n"]
            if word != "Version":
                found.setdefault("timestamps", True)
            if word == "DeletedAt":
                found["paranoid"] = True
    return found


def _bare(held: Value) -> Value:
    """A value itself, where it stands in another file."""
    while held["t"] == "at":
        held = held["h"].value
    return held


def _has(options: Value | None, key: str) -> bool:
    return options is not None and options["t"] == "obj" and any(entry[0] == key for entry in options["p"])


def _attribute(field: dict[str, Any], decorators: dict[str, dict[str, Any]]) -> list[list[Any]]:
    column = decorators.get("Column") or decorators["Attribute"]
    start, end = column["s"], column["e"]
    entries: list[list[Any]] = []
    inferred = _INFERRED.get(field["type"] or "") if "Column" in decorators else None
    if inferred is not None:
        namespace = {"t": "id", "v": "DataType", "s": start, "e": end}
        entries.append(["type", start, end, {"t": "mem", "o": namespace, "p": inferred, "s": start, "e": end}])
    for argument in column["a"][:1]:
        key = "..." if _bare(argument)["t"] == "obj" else "type"
        entries.append([key, argument["s"], argument["e"], argument])
    for word, key in _FLAGS.items():
        if word in decorators:
            one = decorators[word]
            entries.append([key, one["s"], one["e"], one["a"][0] if one["a"] else _true(one, True)])
    if "NotNull" in decorators:
        one = decorators["NotNull"]
        entries.append(["allowNull", one["s"], one["e"], _true(one, False)])
    for word, key in _NAMED.items():
        one = decorators.get(word, {"a": []})
        if word == "Index" and word in decorators and "Column" not in decorators:
            entries.append([key, one["s"], one["e"], one["a"][0] if one["a"] else _true(one, True)])
        elif one["a"] and word != "Index":
            entries.append([key, one["s"], one["e"], one["a"][0]])
    return entries


def _true(at: dict[str, Any], said: bool) -> Value:
    return {"t": "bool", "v": said, "s": at["s"], "e": at["e"]}


def _nothing(field: dict[str, Any]) -> list[Any]:
    return ["comment", field["s"], field["e"], {"t": "undef", "s": field["s"], "e": field["e"]}]


def _others(field: dict[str, Any], index_of: IndexOf) -> Iterator[dict[str, Any]]:
    """The decorators that `createIndexDecorator` made."""
    for one in field["d"]:
        if one["n"] is not None and one["n"][:1].isupper() and index_of(one) is not None:
            yield one


def _given(index_of: IndexOf, one: dict[str, Any]) -> list[Value]:
    return [{"t": "at", "h": here, "s": one["s"], "e": one["e"]} for here in index_of(one) or ()]


def _shared(one: dict[str, Any], index_of: IndexOf) -> Value:
    """Sequelize 7: `createIndexDecorator('ByName', options)` as what `index` of an attribute takes."""
    name, *rest = _given(index_of, one) or [{"t": "other", "s": one["s"], "e": one["e"]}]
    entries = [["...", one["s"], one["e"], options] for options in rest[:1]]
    if not any(_has(_bare(options), "name") for options in rest[:1]):
        bare = _bare(name)
        said = {"t": "str", "v": underscore(bare["v"])} if bare["t"] == "str" else {"t": "other"}
        entries.append(["name", one["s"], one["e"], said | {"s": one["s"], "e": one["e"]}])
    entries += [["attribute", one["s"], one["e"], part] for part in one["a"][:1]]
    return _object(entries)


def _index(
    indexes: dict[str, list[Any]], field: dict[str, Any], given: Value | None, made: dict[str, Any] | None = None
) -> None:
    """`@Index` names the property, which is taken for a column; those of one name make one index, and those of one decorator
    that `createIndexDecorator` made."""
    start, end = field["s"], field["e"]
    part = {"t": "str", "v": field["n"], "s": start, "e": end}
    bare = None if given is None else _bare(given)
    entries: list[list[Any]] = []
    name = None
    if given is not None and bare is not None and bare["t"] == "str":
        name = bare["v"]
        entries.append(["name", given["s"], given["e"], given])
    elif given is not None and bare is not None:
        if bare["t"] == "obj":
            name = next((entry[3].get("v") for entry in bare["p"] if entry[0] == "name"), None)
        entries.append(["...", given["s"], given["e"], given])
    key = name if isinstance(name, str) else f"\0{made['n'] if made is not None else len(indexes)}"
    if key in indexes:
        indexes[key][0][3]["a"].append(part)
    else:
        indexes[key] = [["fields", start, end, {"t": "arr", "a": [part], "s": start, "e": end}], *entries]


def _object(entries: list[Any]) -> Value:
    return {"t": "obj", "p": entries, "s": entries[0][1], "e": entries[0][2]}


def foreign_keys(fields: list[dict[str, Any]]) -> Iterator[tuple[str, Value]]:
    """The properties under `@ForeignKey(() => Model)`, each with what stands for the model."""
    for field in fields:
        for one in field["d"]:
            if one["n"] == "ForeignKey" and one["a"] and "r" in _bare(one["a"][0]):
                yield field["n"], _returned(one["a"][0])


def associations(
    fields: list[dict[str, Any]],
) -> Iterator[tuple[str, Value, list[Value], dict[str, Any]]]:
    """The association decorators: method, target, further arguments, and the property they stand on."""
    for field in fields:
        for one in field["d"]:
            method = _ASSOCIATIONS.get(one["n"] or "")
            if method is not None and one["a"] and "r" in _bare(one["a"][0]):
                yield method, _returned(one["a"][0]), one["a"][1:], field


def _returned(given: Value) -> Value:
    """What `() => Model` returns."""
    if given["t"] != "at":
        returned: Value = given["r"]
        return returned
    here: Here = given["h"]
    return given | {"h": here.at(here.value["r"])}
