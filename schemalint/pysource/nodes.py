"""Python expressions as plain data: what an extract keeps of a source file, and what `link` reads back.

`writing` turns an `ast` expression into JSON-able lists, `node` turns those into the frozen `Node` union. Offsets count
code points of the decoded file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemalint.model.frozen import frozen
from schemalint.model.span import Span

Plain = list[Any]
"""A node as JSON: its kind, its start, its end, then what the kind holds."""


@frozen
class Text:
    """A string that is known. `verbatim` is the offset at which exactly this text stands in the file, None when it was
    escaped, joined or computed."""

    start: int
    end: int
    value: str
    verbatim: int | None = None


@frozen
class Const:
    """A number, True, False or None (also `...`, as None)."""

    start: int
    end: int
    value: bool | int | float | None


@frozen
class Ref:
    """A dotted name: `sa.Column`."""

    start: int
    end: int
    parts: tuple[str, ...]


@frozen
class Attr:
    """An attribute of something that is no plain name: `text("a").desc`."""

    start: int
    end: int
    base: Node
    name: str


@frozen
class Call:
    """`keywords` keep their order; the name None stands for `**mapping`."""

    start: int
    end: int
    func: Node
    args: tuple[Node, ...]
    keywords: tuple[tuple[str | None, Node], ...]

    def keyword(self, name: str) -> Node | None:
        """The value of a keyword argument."""
        for key, value in self.keywords:
            if key == name:
                return value
        return None

    def argument(self, position: int, name: str) -> Node | None:
        """An argument that may be given by position or by name."""
        given = self.keyword(name)
        if given is None and position < len(self.args) and not isinstance(self.args[position], Star):
            return self.args[position]
        return given


@frozen
class Seq:
    """A tuple, list or set display."""

    start: int
    end: int
    kind: str
    items: tuple[Node, ...]


@frozen
class Star:
    start: int
    end: int
    value: Node


@frozen
class Dict:
    """The key None stands for `**mapping`."""

    start: int
    end: int
    items: tuple[tuple[Node | None, Node], ...]


@frozen
class Sub:
    start: int
    end: int
    base: Node
    index: Node


@frozen
class Op:
    """Two operands of `|`, `+`, `%`, `==` or another operator as it is written."""

    start: int
    end: int
    op: str
    left: Node
    right: Node


@frozen
class Join:
    """An f-string of which something is not known: the literal pieces and the computed ones."""

    start: int
    end: int
    parts: tuple[Node, ...]


@frozen
class Ways:
    """`then if … else other`, of which either may count."""

    start: int
    end: int
    then: Node
    other: Node


@frozen
class Elsewhere:
    """What a parameter of a function stands for: an expression of the file that calls it."""

    start: int
    end: int
    path: str
    value: Node


@frozen
class Other:
    """Any other expression, with the beginning of its text."""

    start: int
    end: int
    text: str


Node = Text | Const | Ref | Attr | Call | Seq | Star | Dict | Sub | Op | Join | Ways | Elsewhere | Other


def node(item: Plain) -> Node:
    """The node that plain data stands for. The writer bounds the depth, so this recursion ends early."""
    kind, start, end = item[0], item[1], item[2]
    if kind == "text":
        return Text(start, end, item[3], item[4])
    if kind == "const":
        return Const(start, end, item[3])
    if kind == "ref":
        return Ref(start, end, tuple(item[3:]))
    if kind == "attr":
        return Attr(start, end, node(item[3]), item[4])
    if kind == "call":
        keywords = tuple((word, node(value)) for word, value in item[5])
        return Call(start, end, node(item[3]), tuple(map(node, item[4])), keywords)
    if kind == "seq":
        return Seq(start, end, item[3], tuple(map(node, item[4])))
    if kind == "star":
        return Star(start, end, node(item[3]))
    if kind == "dict":
        return Dict(start, end, tuple((None if key is None else node(key), node(value)) for key, value in item[3]))
    if kind == "sub":
        return Sub(start, end, node(item[3]), node(item[4]))
    if kind == "op":
        return Op(start, end, item[3], node(item[4]), node(item[5]))
    if kind == "join":
        return Join(start, end, tuple(map(node, item[3])))
    if kind == "ways":
        return Ways(start, end, node(item[3]), node(item[4]))
    if kind == "elsewhere":
        return Elsewhere(start, end, item[3], node(item[4]))
    return Other(start, end, item[3])


def replaced(item: Node, bound: Mapping[str, Node]) -> Node:
    """A node with names replaced by what they stand for; what is looked up on such a name (`a.b`) becomes an attribute."""
    if not bound:
        return item
    if isinstance(item, Ref):
        made = bound.get(item.parts[0])
        if made is None:
            return item
        for part in item.parts[1:]:
            made = Attr(item.start, item.end, made, part)
        return made
    if isinstance(item, Attr):
        return Attr(item.start, item.end, replaced(item.base, bound), item.name)
    if isinstance(item, Call):
        keywords = tuple((word, replaced(value, bound)) for word, value in item.keywords)
        args = tuple(replaced(arg, bound) for arg in item.args)
        return Call(item.start, item.end, replaced(item.func, bound), args, keywords)
    if isinstance(item, Seq):
        return Seq(item.start, item.end, item.kind, tuple(replaced(each, bound) for each in item.items))
    if isinstance(item, Star):
        return Star(item.start, item.end, replaced(item.value, bound))
    if isinstance(item, Dict):
        pairs = ((None if key is None else replaced(key, bound), replaced(value, bound)) for key, value in item.items)
        return Dict(item.start, item.end, tuple(pairs))
    if isinstance(item, Sub):
        return Sub(item.start, item.end, replaced(item.base, bound), replaced(item.index, bound))
    if isinstance(item, Op):
        return Op(item.start, item.end, item.op, replaced(item.left, bound), replaced(item.right, bound))
    if isinstance(item, Join):
        return Join(item.start, item.end, tuple(replaced(part, bound) for part in item.parts))
    if isinstance(item, Ways):
        return Ways(item.start, item.end, replaced(item.then, bound), replaced(item.other, bound))
    return item


def span(path: str, item: Node) -> Span:
    """Where a node stands."""
    return Span(path, item.start, item.end)


def text_span(path: str, item: Text) -> Span:
    """Where a string's content stands when it is written plainly (without its quotes), else the whole literal."""
    if item.verbatim is None:
        return Span(path, item.start, item.end)
    return Span(path, item.verbatim, item.verbatim + len(item.value))


def display(item: Node) -> Node:
    """`dict(a=1)` and `tuple([…])` as the displays they mean."""
    if not isinstance(item, Call) or not isinstance(item.func, Ref) or len(item.func.parts) != 1:
        return item
    if item.func.parts == ("dict",) and not item.args and all(word for word, _ in item.keywords):
        pairs = tuple((Text(value.start, value.start, word or ""), value) for word, value in item.keywords)
        return Dict(item.start, item.end, pairs)
    if item.func.parts[0] in ("tuple", "list") and len(item.args) == 1 and isinstance(item.args[0], Seq):
        return item.args[0]
    return item
