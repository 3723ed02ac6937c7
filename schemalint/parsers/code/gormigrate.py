"""The functions of gormigrate's migrations: their SQL is a part of that history, which is read with GORM's models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.span import SourceFile

if TYPE_CHECKING:
    from tree_sitter import Node

_IMPORTED = re.compile(r"\"(?:github\.com/go-gormigrate/gormigrate|gopkg\.in/gormigrate)\b")
_WAYS = frozenset(("Migrate", "Rollback", "InitSchema"))


def places(file: SourceFile, root: Node) -> list[tuple[int, int]]:
    """Where the functions stand that a file's migrations are made of, written in place or declared in the same file."""
    if _IMPORTED.search(file.text) is None:
        return []
    declared = {
        syntax.text(name): node
        for node in root.named_children
        if node.type == "function_declaration" and (name := node.child_by_field_name("name")) is not None
    }
    found = []
    for value in _ways(root):
        node = declared.get(syntax.text(value)) if value.type == "identifier" else value
        if node is not None:
            span = syntax.span(file, node)
            found.append((span.start, span.end))
    return found


def _ways(root: Node) -> Iterator[Node]:
    for node in syntax.walk(root):
        if node.type != "keyed_element" or len(node.named_children) != 2:
            continue
        key, value = (child.named_children[0] if child.named_children else child for child in node.named_children)
        if syntax.text(key) in _WAYS and value.type in ("func_literal", "identifier"):
            yield value
