"""YAML and JSON changelogs to nodes: mappings and lists of mappings are all children by name, as Liquibase takes them."""

from __future__ import annotations

from schemalint import yamltext
from schemalint.model.span import SourceFile
from schemalint.parsers.liquibase.nodes import Node, Unreadable
from schemalint.parsers.liquibase.texts import Text, aligned

_NODES = 200_000
"""Aliases may repeat what they name over and over."""


def read(file: SourceFile) -> Node:
    """The entry `databaseChangeLog` of a file. Raises Unreadable."""
    try:  # Liquibase reads JSON as YAML, too
        root = yamltext.parsed(file)
    except yamltext.NotYaml as error:
        raise Unreadable(error.at, error.why) from None
    found = {} if root is None else root.entries()
    if "databaseChangeLog" not in found:
        raise Unreadable(0, "it has no databaseChangeLog")
    key, value = found["databaseChangeLog"]
    return _Maker(file.text).node(key, value, 0)


class _Maker:
    def __init__(self, text: str) -> None:
        self.text = text
        self.left = _NODES

    def node(self, key: yamltext.Node, value: yamltext.Node, depth: int) -> Node:
        at = (key.span.start, key.span.end)
        node = Node(key.text or "", at, (at[0], max(at[1], value.span.end)))
        self.left -= 1
        if self.left < 0 or depth > 60:
            raise Unreadable(at[0], "it is nested too deeply, or too large")
        for item in (value,) if value.items is None else value.items:
            for name, inner in item.entries().values():
                node.children.append(self.node(name, inner, depth + 1))
        if value.text is not None and not value.is_null:
            node.text = self._text(value)
        return node

    def _text(self, value: yamltext.Node) -> Text:
        raw = self.text[value.span.start : value.span.end]
        return aligned(value.text or "", raw, value.span.start)
