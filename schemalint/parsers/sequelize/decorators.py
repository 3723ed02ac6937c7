"""sequelize-typescript: classes with `@Table` and `@Column`, read into the same shapes as `init` gives.

Reading keeps a decorated class as plain data; `definition` turns it into the attributes and options of a definition.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from schemalint.jssource.values import Value, place, unwrap, value
from schemalint.syntax import text

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
_STAMPS = {"CreatedAt": "createdAt", "UpdatedAt": "updatedAt", "DeletedAt": "deletedAt"}
_INFERRED = {
    "string": "STRING",
    "number": "INTEGER",
    "bigint": "BIGINT",
    "boolean": "BOOLEAN",
    "Date": "DATE",
    "Buffer": "BLOB",
}


def decorated(file: SourceFile, node: Node, parent: Node | None) -> dict[str, Any] | None:
    """A class that `@Table` stands on, as plain data; None for every other class."""
    around = [node] if parent is None or parent.type != "export_statement" else [parent, node]
    own = [_decorator(file, child) for one in around for child in one.children if child.type == "decorator"]
    table = next((one for one in own if one["n"] == "Table"), None)
    body = node.child_by_field_name("body")
    if table is None or body is None:
        return None
    fields = []
    waiting: list[dict[str, Any]] = []
    for child in body.named_children:
        if child.type == "decorator":  # above a method or a getter the decorator is a sibling
            waiting.append(_decorator(file, child))
            continue
        name = child.child_by_field_name("name")
        above = [_decorator(file, inner) for inner in child.children if inner.type == "decorator"] or waiting
        waiting = []
        if name is not None and above:
            start, end = place(file, name)
            annotation = child.child_by_field_name("type")
            written = None if annotation is None else text(annotation).lstrip(": ")[:40]
            fields.append({"n": text(name), "s": start, "e": end, "type": written, "d": above})
    return {"class": value(file, node), "table": table, "fields": fields}


def _decorator(file: SourceFile, node: Node) -> dict[str, Any]:
    start, end = place(file, node)
    inner = unwrap(node.named_children[0]) if node.named_children else node
    read = value(file, inner)
    called = read["t"] == "call"
    name = read["f"].get("v") if called else read.get("v")
    return {"n": name, "s": start, "e": end, "a": read["a"] if called else [], "called": called}


def definition(held: dict[str, Any]) -> tuple[Value, Value | None, dict[str, Any]]:
    """The attributes and the options of a decorated class as objects, and the options that its decorators set."""
    attributes: list[list[Any]] = []
    indexes: dict[str, list[Any]] = {}
    stamps: dict[str, Any] = {}
    for field in held["fields"]:
        decorators = {one["n"]: one for one in field["d"]}
        for word, option in _STAMPS.items():
            if word in decorators:
                stamps[option] = field["n"]
                stamps.setdefault("timestamps", True)
                if word == "DeletedAt":
                    stamps["paranoid"] = True
        if "Column" in decorators:
            attributes.append([field["n"], field["s"], field["e"], _attribute(field, decorators)])
        if "Index" in decorators:
            _index(indexes, field, decorators["Index"])
    start, end = held["class"]["s"], held["class"]["e"]
    given = held["table"]["a"]
    options = given[0] if given else None
    if indexes and not _has(options, "indexes"):
        array = {"t": "arr", "a": [_object(entry) for entry in indexes.values()], "s": start, "e": end}
        spread = [] if options is None else [["...", options["s"], options["e"], options]]
        options = {"t": "obj", "p": [["indexes", start, end, array], *spread], "s": start, "e": end}
    return {"t": "obj", "p": attributes, "s": start, "e": end}, options, stamps


def _has(options: Value | None, key: str) -> bool:
    return options is not None and options["t"] == "obj" and any(entry[0] == key for entry in options["p"])


def _attribute(field: dict[str, Any], decorators: dict[str, dict[str, Any]]) -> Value:
    column = decorators["Column"]
    start, end = column["s"], column["e"]
    entries: list[list[Any]] = []
    inferred = _INFERRED.get(field["type"] or "")
    if inferred is not None:
        namespace = {"t": "id", "v": "DataType", "s": start, "e": end}
        entries.append(["type", start, end, {"t": "mem", "o": namespace, "p": inferred, "s": start, "e": end}])
    for argument in column["a"][:1]:
        if argument["t"] == "obj":
            entries.append(["...", argument["s"], argument["e"], argument])
        else:
            entries.append(["type", argument["s"], argument["e"], argument])
    for word, key in _FLAGS.items():
        if word in decorators:
            one = decorators[word]
            given = one["a"][0] if one["a"] else {"t": "bool", "v": True, "s": one["s"], "e": one["e"]}
            entries.append([key, one["s"], one["e"], given])
    if "Default" in decorators and decorators["Default"]["a"]:
        one = decorators["Default"]
        entries.append(["defaultValue", one["s"], one["e"], one["a"][0]])
    return {"t": "obj", "p": entries, "s": start, "e": end}


def _index(indexes: dict[str, list[Any]], field: dict[str, Any], one: dict[str, Any]) -> None:
    """`@Index` names the property, which is taken for a column; those of one name make one index."""
    start, end = field["s"], field["e"]
    part = {"t": "str", "v": field["n"], "s": start, "e": end}
    given = one["a"][0] if one["a"] else None
    entries: list[list[Any]] = []
    name = None
    if given is not None and given["t"] == "str":
        name = given["v"]
        entries.append(["name", given["s"], given["e"], given])
    elif given is not None and given["t"] == "obj":
        name = next((entry[3].get("v") for entry in given["p"] if entry[0] == "name"), None)
        entries.append(["...", given["s"], given["e"], given])
    elif given is not None:
        entries.append(["...", given["s"], given["e"], given])
    key = name if isinstance(name, str) else f"\0{len(indexes)}"
    if key in indexes:
        indexes[key][0][3]["a"].append(part)
    else:
        indexes[key] = [["fields", start, end, {"t": "arr", "a": [part], "s": start, "e": end}], *entries]


def _object(entries: list[Any]) -> Value:
    return {"t": "obj", "p": entries, "s": entries[0][1], "e": entries[0][2]}


def foreign_keys(held: dict[str, Any]) -> Iterator[tuple[str, Value]]:
    """The properties under `@ForeignKey(() => Model)`, each with what stands for the model."""
    for field in held["fields"]:
        for one in field["d"]:
            if one["n"] == "ForeignKey" and one["a"] and "r" in one["a"][0]:
                yield field["n"], one["a"][0]["r"]


def associations(held: dict[str, Any]) -> Iterator[tuple[str, Value, list[Value], dict[str, Any]]]:
    """The association decorators: method, target, further arguments, and the property they stand on."""
    for field in held["fields"]:
        for one in field["d"]:
            method = _ASSOCIATIONS.get(one["n"] or "")
            if method is not None and one["a"] and "r" in one["a"][0]:
                yield method, one["a"][0]["r"], one["a"][1:], field
