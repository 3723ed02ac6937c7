"""The elements of a changelog, whichever format they are written in: as Liquibase itself does, attributes of XML and keys of
YAML and JSON are all taken for named children with a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from schemalint.parsers.liquibase.texts import Chunk, Text, said, stripped


class Unreadable(Exception):
    """A file that is no changelog that could be read: where, and why."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(why)
        self.at = at
        self.why = why


@dataclass(slots=True, eq=False)
class Node:
    """`at` is the place of its name, `whole` of all it holds; `text` is its value, None where it has none."""

    name: str
    at: tuple[int, int]
    whole: tuple[int, int]
    text: Text | None = None
    children: list[Node] = field(default_factory=list)

    def child(self, *names: str) -> Node | None:
        """The first child of one of these names; what comes first among the names counts."""
        for name in names:
            for one in self.children:
                if one.name == name:
                    return one
        return None

    def get(self, *names: str) -> Text | None:
        """The value of such a child without blanks around it; None without one, or when it is empty."""
        found = self.child(*names)
        if found is None or found.text is None:
            return None
        return stripped(found.text) or None

    def says(self, *names: str) -> str:
        """The same as a string, "" for none."""
        return said(self.get(*names))

    def flag(self, name: str) -> bool | None:
        """Whether it says true or false; None when it does not say."""
        return {"true": True, "false": False}.get(self.says(name).lower())

    def all(self, name: str) -> Iterator[Node]:
        """Every child of that name, also where they stand in a list that is named for several of them."""
        plural = f"{name}s"
        for one in self.children:
            if one.name == name:
                yield one
            elif one.name == plural:
                yield from one.all(name)

    def value(self) -> Text:
        """Its own text without blanks around it."""
        return stripped(self.text or ())


def encode(node: Node) -> list[Any]:
    """A node as lists, numbers and text."""
    text = None if node.text is None else [list(chunk) for chunk in node.text]
    return [node.name, *node.at, *node.whole, text, [encode(child) for child in node.children]]


def decode(data: list[Any]) -> Node:
    """The node that `encode` made this of. Nodes are nested as deep as their reader allows, no deeper."""
    name, start, end, first, last, text, children = data
    value = None if text is None else tuple(Chunk(*chunk) for chunk in text)
    return Node(name, (start, end), (first, last), value, [decode(child) for child in children])
