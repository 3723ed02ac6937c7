"""`<property>` and `${…}`: literal values are put in; what only a run knows stays as it is, and makes its place unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.discover import Tree
from schemalint.parsers.liquibase.conditions import runs_on
from schemalint.parsers.liquibase.nodes import Node
from schemalint.parsers.liquibase.texts import Chunk, Text, part, said

_USE = re.compile(r"\$\{(:?)([^${}\n]+)\}")
_LINE = re.compile(r"^[ \t]*([^\s#!=:]+)[ \t]*[=:][ \t]*(.*?)[ \t\r]*$", re.M)
_LONGEST = 20_000
"""A value may name others; what grows beyond this is nobody's value."""
_LARGEST = 1_000_000
"""Nor is what a text grows to with them."""


class Parameters:
    """Values by name. The first one that is stated counts; None is one that a run decides."""

    def __init__(self, dialect: str | None) -> None:
        self._dialect = dialect
        self._global: dict[str, str | None] = {}
        self._local: dict[str, dict[str, str | None]] = {}

    def state(self, path: str, node: Node, file: str | None, tree: Tree) -> None:
        """Takes in a `property` of a changelog; `file` is the resolved file that it names."""
        known = self._local.setdefault(path, {}) if node.flag("global") is False else self._global
        runs = runs_on(node.says("dbms"), self._dialect)
        if runs is False:
            return
        certain = runs and not node.says("context", "contextFilter", "labels")
        for name, value in self._pairs(node, file, tree):
            known.setdefault(name, self._filled(path, value) if certain else None)

    def _pairs(self, node: Node, file: str | None, tree: Tree) -> Iterator[tuple[str, str]]:
        if node.says("name"):
            yield node.says("name"), said(child.text) if (child := node.child("value")) is not None else ""
        found = None if file is None else tree.file(file)
        if found is not None:
            yield from ((match[1], match[2]) for match in _LINE.finditer(found.text))

    def value(self, path: str, name: str) -> str | None:
        """The value in force in a changelog; None where it is not known."""
        local = self._local.get(path, {})
        return local[name] if name in local else self._global.get(name)

    def _filled(self, path: str, value: str) -> str:
        filled = _USE.sub(lambda match: self.value(path, match[2]) or match[0], value)
        return filled if len(filled) <= _LONGEST else value

    def text(self, path: str, text: Text) -> Text:
        """A text with what is known put in; that stands where the `${…}` stands."""
        whole = said(text)
        chunks: list[Chunk] = []
        at = 0
        size = len(whole)
        for match in _USE.finditer(whole):
            value = match[0].replace("${:", "${", 1) if match[1] else self.value(path, match[2])
            size += len(value or "")
            if value is None or size > _LARGEST:
                continue
            place = part(text, *match.span())
            chunks += part(text, at, match.start())
            if value:
                chunks.append(Chunk(value, place[0].start, place[-1].end))
            at = match.end()
        return (*chunks, *part(text, at, len(whole))) if at else text

    def node(self, path: str, node: Node) -> Node:
        """An element with the same done in all of it."""
        text = node.text if node.text is None else self.text(path, node.text)
        return Node(node.name, node.at, node.whole, text, [self.node(path, child) for child in node.children])
