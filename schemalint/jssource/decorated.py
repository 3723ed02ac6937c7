"""Classes with decorators, as plain data: what TypeScript's ORMs read a model from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemalint.jssource.values import place, unwrap, value
from schemalint.syntax import text

if TYPE_CHECKING:
    from tree_sitter import Node

    from schemalint.model.span import SourceFile

_LONGEST_TYPE = 200


def decorated(file: SourceFile, node: Node, parent: Node | None) -> dict[str, Any] | None:
    """A class with its decorators and its decorated fields: {"class", "d", "fields", "abstract"}, None without a body.

    A field is {"n": name, "s", "e", "type": what stands behind the colon, "d": decorators}, a decorator {"n": name, "f":
    callee, "s", "e", "a": arguments}, in the order in which they are written.
    """
    around = [node] if parent is None or parent.type != "export_statement" else [parent, node]
    own = [_decorator(file, child) for one in around for child in one.children if child.type == "decorator"]
    body = node.child_by_field_name("body")
    if body is None:
        return None
    fields = []
    waiting: list[dict[str, Any]] = []
    for child in body.named_children:
        if child.type == "decorator":  # above a method or a getter the decorator is a sibling
            waiting.append(_decorator(file, child))
            continue
        if child.type == "comment":
            continue
        name, annotation = _named(child)
        above = [_decorator(file, inner) for inner in child.children if inner.type == "decorator"] or waiting
        waiting = []
        if name is not None and above:
            start, end = place(file, name)
            written = None if annotation is None else text(annotation).lstrip(": ")[:_LONGEST_TYPE]
            fields.append({"n": text(name), "s": start, "e": end, "type": written, "d": above})
    abstract = node.type == "abstract_class_declaration"
    return {"class": value(file, node), "d": own, "fields": fields, "abstract": abstract}


def _named(field: Node) -> tuple[Node | None, Node | None]:
    """The name of a field and its type. Where a field is called `abstract`, the grammar takes that for a modifier, and finds
    no name or takes the type for it (tree-sitter-typescript 0.23.2)."""
    name, annotation = field.child_by_field_name("name"), field.child_by_field_name("type")
    before, modifier = None, None
    for child in field.children:
        if child == name:
            break
        before, modifier = child, child if child.type == "abstract" else modifier
    if modifier is None or name is None or before is None:
        return name, annotation
    if before.type == "ERROR":
        return modifier, name
    return (modifier, annotation) if name.is_missing else (name, annotation)


def _decorator(file: SourceFile, node: Node) -> dict[str, Any]:
    start, end = place(file, node)
    inner = unwrap(node.named_children[0]) if node.named_children else node
    read = value(file, inner)
    called = read["t"] == "call"
    callee = read["f"] if called else read
    name = callee.get("v") if callee["t"] == "id" else None
    if callee["t"] == "mem":
        name = f"{callee['o'].get('v')}.{callee['p']}"
    return {"n": name, "f": callee, "s": start, "e": end, "a": read["a"] if called else []}
