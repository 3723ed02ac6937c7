"""What expressions of Go, JavaScript, TypeScript and Rust mean, as far as they are texts or lists of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.frozen import frozen
from schemalint.parsers.code.grammar import Grammar
from schemalint.parsers.code.texts import Text, bears, escaped, filled, joined, unknown, verbatim

if TYPE_CHECKING:
    from tree_sitter import Node

    from schemalint.model.span import SourceFile

_DEEPEST = 12
_NESTED = 100
_MOST = 50_000  # expressions looked at in one file
_LONGEST_LIST = 2_000
_WRAPPERS = frozenset(
    {
        "parenthesized_expression", "await_expression", "as_expression", "satisfies_expression", "non_null_expression",
        "reference_expression", "literal_element", "expression_list", "type_conversion_expression",
    }
)  # fmt: skip
_UNCHANGING = frozenset(
    {"TrimSpace", "trim", "trimStart", "trimEnd", "as_str", "to_string", "to_owned", "into", "clone"}
)
"""Calls that give the text they are called on or with, but for blanks around it."""
_MADE = frozenset({"text", "raw", "sql", "query", "sql_query", "raw_sql", "literal", "from"})
"""Calls that make a statement of the text they are given."""
_LISTS = frozenset({"array", "array_expression", "composite_literal", "literal_value"})
_RUST_RAW = re.compile(r'b?r(#*)"')


@frozen
class Bound:
    """What a name stands for: an expression and the names known where it stands, or (`each`) its items one by one. Without
    a node it is not known."""

    node: Node | None
    names: Names | None
    each: bool = False


@dataclass(slots=True)
class Names:
    """The names of a block and of those around it."""

    above: Names | None = None
    own: dict[str, Bound] = field(default_factory=dict)
    depth: int = 0

    def inner(self) -> Names:
        """The names of a block inside of this one; blocks that nest beyond all reason share theirs."""
        return Names(self, depth=self.depth + 1) if self.depth < _NESTED else self

    def find(self, name: str) -> Bound | None:
        here: Names | None = self
        while here is not None:
            if name in here.own:
                return here.own[name]
            here = here.above
        return None

    def assign(self, name: str, bound: Bound) -> None:
        """A new value for a name that exists: one that is given in an inner block may or may not be there."""
        if name in self.own:
            self.own[name] = bound
            return
        here = self.above
        while here is not None:
            if name in here.own:
                here.own[name] = Bound(None, None)
            here = here.above


class Values:
    """Reads the expressions of one file."""

    def __init__(self, file: SourceFile, grammar: Grammar) -> None:
        self.file = file
        self.grammar = grammar
        self._left = _MOST

    def meant(self, node: Node, names: Names, depth: int = 0) -> list[Text]:
        """The texts that an expression stands for, in order: several when it is the variable of a loop over a list."""
        node = self._bare(node)
        if depth > _DEEPEST:
            return []
        if node.type == "identifier":
            bound = names.find(syntax.text(node))
            if bound is None or bound.node is None or bound.names is None:
                return []
            if not bound.each:
                return self.meant(bound.node, bound.names, depth + 1)
            items = self.items(bound.node, bound.names)
            return [one for item, known in items for one in self.meant(item, known, depth + 1)]
        if node.type == "call_expression" and called(node) in _UNCHANGING | _MADE:
            given = arguments(node)
            if len(given) == 1 and given[0].type != "template_string":
                return self.meant(given[0], names, depth + 1)
        fields = self._fields(node, names)
        return [self.text(node, names)] if fields is None else fields

    def _fields(self, node: Node, names: Names) -> list[Text] | None:
        """`step.sql` of every step of a list, `tables.users` of an object, the text of `{text: …}`; None when the expression
        is nothing like it."""
        if node.type == "object":
            given = _member(node, "text") or _member(node, "sql")
            return [] if given is None else self.meant(given, names, 1)
        owner = node.child_by_field_name("operand") or node.child_by_field_name("object")
        name = node.child_by_field_name("field") or node.child_by_field_name("property")
        if owner is None or name is None or owner.type != "identifier":
            return None
        bound = names.find(syntax.text(owner))
        if bound is None or bound.node is None or bound.names is None:
            return None
        held = self.items(bound.node, bound.names) if bound.each else [(self._bare(bound.node), bound.names)]
        found: list[Text] = []
        for item, known in held:
            value = _member(item, syntax.text(name))
            if value is not None:
                found += self.meant(value, known, 1)
            elif bound.each:
                found += self._only(item)
        return found

    def _only(self, item: Node) -> list[Text]:
        """The one statement among the values of a struct that is written without the names of its fields."""
        item = _inside(item)
        if any(child.type == "keyed_element" for child in item.named_children):
            return []
        values = (self._bare(child) for child in item.named_children)
        texts = [self.text(value, Names()) for value in values if value.type.endswith("string_literal")]
        told = [text for text in texts if bears(text)]
        return told if len(told) == 1 else []

    def items(self, node: Node, names: Names, depth: int = 0) -> list[tuple[Node, Names]]:
        """The items of a list that is written out."""
        node = self._bare(node)
        if depth > _DEEPEST:
            return []
        if node.type == "identifier":
            bound = names.find(syntax.text(node))
            if bound is None or bound.node is None or bound.names is None or bound.each:
                return []
            return self.items(bound.node, bound.names, depth + 1)
        if node.type not in _LISTS:
            return []
        body = node.child_by_field_name("body") or node
        return [(item, names) for item in body.named_children if item.type != "comment"][:_LONGEST_LIST]

    def text(self, node: Node, names: Names, depth: int = 0) -> Text:
        """The text that an expression gives, with holes for what is not known."""
        self._left -= 1
        node = self._bare(node)
        span = syntax.span(self.file, node)
        nothing = unknown(span.start, max(span.end, span.start + 1))
        if depth > _DEEPEST or self._left < 0:
            return nothing
        kind = node.type
        if kind in ("string", "interpreted_string_literal", "raw_string_literal", "string_literal"):
            return self._literal(node, span.start, span.end)
        if kind == "template_string":
            return joined(self._template(node, names, depth)) or nothing
        if kind == "binary_expression":
            return joined(self.text(side, names, depth + 1) for side in _sides(node)) or nothing
        if kind == "identifier":
            bound = names.find(syntax.text(node))
            if bound is None or bound.node is None or bound.names is None or bound.each:
                return nothing
            return self.text(bound.node, bound.names, depth + 1)
        if kind in ("call_expression", "macro_invocation"):
            return self._call(node, names, depth) or nothing
        return nothing

    def _call(self, node: Node, names: Names, depth: int) -> Text | None:
        name, given = called(node), arguments(node)
        if name in self.grammar.formats and given and given[0].type.endswith(("literal", "string", "identifier")):
            return filled(self.text(given[0], names, depth + 1), self.grammar.holes)
        if node.type == "macro_invocation":
            return self.text(given[0], names, depth + 1) if name in ("indoc", "concat") and len(given) == 1 else None
        template = node.child_by_field_name("arguments")
        if template is not None and template.type == "template_string":
            return self.text(template, names, depth + 1) if name in _MADE else None
        if name in _UNCHANGING:
            function = node.child_by_field_name("function")
            owner = None if function is None else _owner(function)
            meant = given[0] if given else owner
            return None if meant is None else self.text(meant, names, depth + 1)
        return self.text(given[0], names, depth + 1) if name in _MADE and given else None

    def _template(self, node: Node, names: Names, depth: int) -> Iterator[Text]:
        start, end = node.start_byte + 1, node.end_byte - 1
        for child in node.named_children:
            if child.type == "template_substitution":
                yield self._piece(start, child.start_byte)
                inner = child.named_children[0] if child.named_children else child
                yield self.text(inner, names, depth + 1)
                start = child.end_byte
        yield self._piece(start, end)

    def _piece(self, start: int, end: int) -> Text:
        span = self.file.span_of_bytes(start, end)
        return escaped(self.file.slice(span), span.start)

    def _literal(self, node: Node, start: int, end: int) -> Text:
        raw = self.file.text[start:end]
        if node.type == "raw_string_literal":
            if raw[:1] == "`":
                return verbatim(raw[1:-1], start + 1)
            opening = _RUST_RAW.match(raw)
            if opening is not None:
                closing = len(opening[1]) + 1
                return verbatim(raw[opening.end() : -closing], start + opening.end())
        at = raw.find('"') if node.type == "string_literal" else 0
        return escaped(raw[at + 1 : -1], start + at + 1, node.type == "string_literal")

    def _bare(self, node: Node) -> Node:
        for _ in range(50):
            if node.type not in _WRAPPERS or not node.named_children:
                break
            node = node.named_children[0]
        return node


def _sides(node: Node) -> list[Node]:
    """The operands of `a + b + c`; another operator's expression is one that is not known."""
    found: list[Node] = []
    while node.type == "binary_expression":
        operator = node.child_by_field_name("operator")
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if operator is None or left is None or right is None or operator.type != "+":
            return [] if not found else [*reversed(found)]
        found.append(right)
        node = left
    return [node, *reversed(found)]


def _member(item: Node, name: str) -> Node | None:
    """The value of that name in a struct or object that is written out."""
    for pair in _inside(item).named_children:
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key is None and pair.type == "keyed_element" and len(pair.named_children) == 2:
            key, value = pair.named_children
        if key is not None and syntax.text(key).strip("\"'") == name:
            return value
    return None


def _inside(item: Node) -> Node:
    body = item.named_children[0] if item.type == "literal_element" and item.named_children else item
    if body.type == "unary_expression" and body.named_children:  # &Step{…}
        body = body.named_children[-1]
    return body.child_by_field_name("body") or body


def _owner(function: Node) -> Node | None:
    return (
        function.child_by_field_name("operand")
        or function.child_by_field_name("object")
        or function.child_by_field_name("value")
    )


def called(node: Node) -> str:
    """The last part of the name of what is called."""
    function = node.child_by_field_name("function") or node.child_by_field_name("macro")
    for _ in range(20):
        if function is None:
            return ""
        last = (
            function.child_by_field_name("field")
            or function.child_by_field_name("property")
            or function.child_by_field_name("name")
            or function.child_by_field_name("function")
        )
        if last is None:
            return syntax.text(function) if not function.named_children else ""
        function = last
    return ""


def arguments(node: Node) -> list[Node]:
    """What a call is given; of a macro the texts that stand in it."""
    given = node.child_by_field_name("arguments")
    if given is None and node.type == "macro_invocation":
        given = next((child for child in node.named_children if child.type == "token_tree"), None)
    if given is None:
        return []
    if given.type == "template_string":
        return [given]
    return [child for child in given.named_children if "comment" not in child.type]
