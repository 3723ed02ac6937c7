"""Shapes of JavaScript's syntax trees: parameters, binding patterns, plain paths, branches that leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemalint.jssource.values import string
from schemalint.syntax import text

if TYPE_CHECKING:
    from tree_sitter import Node

_EXITS = {"return_statement", "throw_statement", "continue_statement", "break_statement"}


def parameters(function: Node) -> Iterator[Node]:
    """The parameters of a function, in order."""
    single = function.child_by_field_name("parameter")
    if single is not None:
        yield single
    several = function.child_by_field_name("parameters")
    for child in several.named_children if several is not None else ():
        if child.type != "comment":
            yield child


def patterns(node: Node) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """The names that a binding pattern binds, each with the keys that lead to it."""
    stack: list[tuple[Node, tuple[str, ...]]] = [(node, ())]
    while stack:
        here, keys = stack.pop()
        if here.type in {"identifier", "shorthand_property_identifier_pattern"}:
            own = (*keys, text(here)) if here.type.startswith("shorthand") else keys
            yield here, own
        elif here.type in {"required_parameter", "optional_parameter"}:
            pattern = here.child_by_field_name("pattern")
            if pattern is not None:
                stack.append((pattern, keys))
        elif here.type in {"assignment_pattern", "object_assignment_pattern"}:
            left = here.child_by_field_name("left")
            if left is not None:
                stack.append((left, keys))
        elif here.type == "array_pattern":
            stack.extend((child, (*keys, str(index))) for index, child in enumerate(here.named_children))
        elif here.type == "object_pattern":
            stack.extend((child, keys) for child in reversed(here.named_children))
        elif here.type == "pair_pattern":
            key, inner = here.child_by_field_name("key"), here.child_by_field_name("value")
            if key is not None and inner is not None:
                stack.append((inner, (*keys, string(key) if key.type == "string" else text(key))))


def path(node: Node) -> list[str] | None:
    """`module.exports.x` as its names, None for anything that is not a plain path."""
    names: list[str] = []
    while node.type == "member_expression":
        name, inner = node.child_by_field_name("property"), node.child_by_field_name("object")
        if name is None or inner is None or len(names) > 3:
            return None
        names.append(text(name))
        node = inner
    if node.type not in {"identifier", "this"}:
        return None
    return [text(node), *reversed(names)]


def leaves(statement: Node) -> bool:
    """Whether what stands under this `if` always leaves the block: return, throw, process.exit()."""
    branch = statement.child_by_field_name("consequence")
    if branch is None:
        return False
    last = branch
    if branch.type == "statement_block":
        inner = [child for child in branch.named_children if child.type != "comment"]
        if not inner:
            return False
        last = inner[-1]
    return last.type in _EXITS or (last.end_byte - last.start_byte < 80 and text(last).startswith("process.exit"))
