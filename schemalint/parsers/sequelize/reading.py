"""One JavaScript or TypeScript file → what it says about models, as plain data: definitions, associations, syncs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from schemalint import syntax
from schemalint.jssource.flow import keep_bodies
from schemalint.jssource.reading import CLASSES, Place, Reading
from schemalint.jssource.shapes import path
from schemalint.jssource.values import place, unwrap, value
from schemalint.parsers.sequelize.decorators import decorated
from schemalint.syntax import text

if TYPE_CHECKING:
    from tree_sitter import Node

    from schemalint.model.span import SourceFile

ASSOCIATIONS = ("belongsTo", "hasOne", "hasMany", "belongsToMany")
LARGEST = 1_000_000
"""Characters of a file that is still read: what is larger was made by a bundler."""
_LONG, _LINE = 50_000, 500
_MOST = 20
_DEFINES = re.compile(r"\.define\s*\(|\.init\s*\(|@Table\b|@Attribute\b|\.belongsTo|\.hasMany|\.hasOne")
_STARTERS = re.compile(
    "sync|init|connect|setup|build|reset|prepar|ensure|database|db|migrat|creat|boot|start|load|main|run", re.I
)
"""Names of functions that may lead to a sync: the conditions of their calls are kept."""
_PACKAGES = re.compile(
    r"""\b(?:require\s*\(|import\s*\(|from|import)\s*(?P<quote>['"`])(?P<name>[^'"`\s]+)(?P=quote)"""
)
_LOADS = re.compile(r"\brequire\b(?!\s*:)|\bimport\s*\(|\bfrom\s*['\"`]|\bimport\s*['\"`]")


def read(file: SourceFile) -> dict[str, Any]:
    """What one source file says about Sequelize models: beside its names

    defines, makers (`new Sequelize(…)`), removed (`X.removeAttribute('id')`): calls | inits: [call, class span or None]
    associations: [method, call, class span or None] | runs: [function name, conditions, arguments] of what may lead to a sync
    syncs, hooks, decorated | added: calls of `addModels` | lost: [start, end, why] of parts that may define models
    alone: whether a file that makes a Sequelize imports no other of the project
    """
    if len(file.text) > LARGEST or _is_bundle(file.text):
        return {"lost": [[0, 1, "a bundle is not read"]]} if _DEFINES.search(file.text) is not None else {}
    language = "javascript" if file.path.endswith(".sequelizerc") else None
    root = syntax.parse(file, language).root_node
    found = Reading(file, _look).read(root)
    if "makers" in found:
        found["alone"] = _is_alone(file.text)
    if root.has_error and _DEFINES.search(file.text) is not None:
        found["lost"] = [[*place(file, node), "the syntax is not understood here"] for node in _errors(root)]
    return found


def _is_alone(text: str) -> bool:
    """Whether a file imports packages only, each by a name that is written out."""
    named = [match["name"] for match in _PACKAGES.finditer(text)]
    return len(named) == len(_LOADS.findall(text)) and not any(
        name[0] in "./~#" or name.startswith("@/") for name in named
    )


def _is_bundle(text: str) -> bool:
    """Whether a minifier made it: a long file of very long lines."""
    return len(text) > _LONG and len(text) > _LINE * (text.count("\n") + 1)


def _errors(root: Node) -> list[Node]:
    """The places where the syntax is not understood, outermost first."""
    found: list[Node] = []
    stack = [root]
    while stack and len(found) < _MOST:
        node = stack.pop()
        if node.is_error or node.is_missing:
            found.append(node)
        elif node.has_error:
            stack.extend(reversed(node.children))
    return found


def read_migration(file: SourceFile) -> dict[str, Any]:
    """The same of a file that looks like a migration, with the bodies of its functions."""

    def look(reading: Reading, node: Node, at: Place) -> None:
        _look(reading, node, at)
        keep_bodies(reading, node, at)

    root = syntax.parse(file).root_node
    return {**Reading(file, look).read(root), "migration": True, "broken": root.has_error}


def _look(reading: Reading, node: Node, at: Place) -> None:
    if node.type == "call_expression":
        _called(reading, node, at)
    elif node.type == "new_expression":
        constructor = node.child_by_field_name("constructor")
        if constructor is not None and (path(constructor) or [""])[-1] == "Sequelize":
            _keep(reading, "makers", value(reading.file, node))
    elif node.type in CLASSES:
        held = decorated(reading.file, node, reading.above[0])
        if held is not None:
            _keep(reading, "decorated", held)


def _keep(reading: Reading, key: str, held: Any) -> None:
    reading.found.setdefault(key, []).append(held)


def _called(reading: Reading, node: Node, at: Place) -> None:
    callee = node.child_by_field_name("function")
    if callee is None:
        return
    callee = unwrap(callee)
    if callee.type == "identifier":
        _ran(reading, text(callee), node, at)
        return
    if callee.type != "member_expression":
        return
    name = callee.child_by_field_name("property")
    method = "" if name is None else text(name)
    if method == "define":
        _keep(reading, "defines", value(reading.file, node))
    elif method == "init":
        _keep(reading, "inits", [value(reading.file, node), _listed(at.owner)])
    elif method in ASSOCIATIONS:
        _keep(reading, "associations", [method, value(reading.file, node), _listed(at.owner)])
    elif method == "sync":
        _synced(reading, node, callee, at)
    elif method in {"forRoot", "forRootAsync"} and path(callee) == ["SequelizeModule", method]:
        _keep(reading, "makers", value(reading.file, node))
    elif method in {"addHook", "beforeDefine"}:
        call = value(reading.file, node)
        first = call["a"][0] if call.get("a") else None
        if method == "beforeDefine" or (first is not None and first.get("v") == "beforeDefine"):
            _keep(reading, "hooks", [call["s"], call["e"]])
    elif method == "addModels":
        _keep(reading, "added", value(reading.file, node))
    elif method == "removeAttribute":
        _keep(reading, "removed", value(reading.file, node))
    else:
        _ran(reading, method, node, at)


def _ran(reading: Reading, name: str, node: Node, at: Place) -> None:
    if _STARTERS.search(name):
        _keep(reading, "runs", [name, _conditions(at), value(reading.file, node).get("a", [])])


def _synced(reading: Reading, node: Node, callee: Node, at: Place) -> None:
    start, end = place(reading.file, callee)
    held = {
        "call": value(reading.file, node),
        "owner": _listed(at.owner),
        "callee": [start, end],
        "conditions": _conditions(at),
        "top": at.top,
        "in": at.name,
    }
    _keep(reading, "syncs", held)


def _conditions(at: Place) -> list[list[Any]]:
    return [[condition, holds] for condition, holds in at.conditions]


def _listed(place: tuple[int, int] | None) -> list[int] | None:
    return None if place is None else list(place)
