"""One source file → its decorated classes, what it says of data sources, and EntitySchema objects, as plain data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from schemalint import syntax
from schemalint.jssource.decorated import decorated
from schemalint.jssource.flow import keep_bodies
from schemalint.jssource.reading import CLASSES, Place, Reading
from schemalint.jssource.shapes import path
from schemalint.jssource.values import place, value

if TYPE_CHECKING:
    from tree_sitter import Node

    from schemalint.model.span import SourceFile

_OPTIONS = frozenset({"namingStrategy", "entityPrefix", "synchronize", "autoLoadEntities"})
_MAKERS = frozenset({"createConnection", "createConnections", "forRoot"})
_BESIDE = frozenset(
    {"entities", "migrations", "autoLoadEntities", "host", "database", "url", "subscribers", "namingStrategy", "type"}
)


def read(file: SourceFile) -> dict[str, Any]:
    """Beside names and exports: decorated: classes | schemas: places of `new EntitySchema(…)` | sources: objects
    that hold a data source's options | makers: calls that are given them | broken: places not understood"""
    root = syntax.parse(file).root_node
    found = Reading(file, _look).read(root)
    return {**found, "broken": True} if root.has_error else found


def _look(reading: Reading, node: Node, at: Place) -> None:
    keep_bodies(reading, node, at)
    if node.type in CLASSES:
        held = decorated(reading.file, node, reading.above[0])
        if held is not None:
            _keep(reading, "decorated", held)
    elif node.type == "new_expression":
        constructor = node.child_by_field_name("constructor")
        if constructor is not None and (path(constructor) or [""])[-1] == "EntitySchema":
            _keep(reading, "schemas", list(place(reading.file, node)))
        elif constructor is not None and (path(constructor) or [""])[-1] == "DataSource":
            _keep(reading, "makers", value(reading.file, node))
    elif node.type == "call_expression":
        callee = node.child_by_field_name("function")
        if callee is not None and (path(callee) or [""])[-1] in _MAKERS:
            _keep(reading, "makers", value(reading.file, node))
    elif node.type == "object":
        _options(reading, node)


def _options(reading: Reading, node: Node) -> None:
    """An object that holds what a data source is told."""
    keys = {key.text.decode() for key in map(_key, node.named_children) if key is not None and key.text is not None}
    if (keys & _OPTIONS or "type" in keys) and len(keys & _BESIDE) >= 2:
        _keep(reading, "sources", value(reading.file, node))


def _key(node: Node) -> Node | None:
    if node.type == "shorthand_property_identifier":
        return node
    return node.child_by_field_name("key") if node.type == "pair" else None


def _keep(reading: Reading, key: str, held: Any) -> None:
    reading.found.setdefault(key, []).append(held)


def read_json(file: SourceFile) -> dict[str, Any]:
    """ormconfig.json: one data source, or a list of them."""
    try:
        held = json.loads(file.text)
    except (ValueError, RecursionError):
        return {}
    several = held if isinstance(held, list) else [held]
    return {"sources": [_object(one, file.text) for one in several if isinstance(one, dict)]}


def _object(held: dict[str, Any], whole: str) -> dict[str, Any]:
    entries = []
    for key, said in held.items():
        start = max(whole.find(f'"{key}"'), 0)
        at = {"s": start, "e": start + len(key) + 2}
        if isinstance(said, bool):
            entries.append([key, at["s"], at["e"], {"t": "bool", "v": said} | at])
        elif isinstance(said, str):
            entries.append([key, at["s"], at["e"], {"t": "str", "v": said} | at])
    return {"t": "obj", "p": entries, "s": 0, "e": len(whole)}
