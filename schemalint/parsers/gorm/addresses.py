"""The address that a database is opened with, as an expression: what tells two databases apart though nothing is run.

An address is ["text", literal], ["name", "config.DSN"], ["parameter", number, "DSN" or ""] of the function around it, ["call",
what is called, parts], ["either", parts] where a variable is given several values, or None where it could not be told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from schemalint import syntax
from schemalint.parsers.gorm.expressions import string_literal

if TYPE_CHECKING:
    from tree_sitter import Node

Values = dict[str, list["Node"]]
DEEPEST = 8
MOST_NODES = 50_000
MOST_VALUES = 4
LONGEST = 200
_PATH = re.compile(r"[\w.]+")


def values_of(function: Node | None) -> Values:
    """What the variables of a function are set to; of a call that gives several values the first counts."""
    found: Values = {}
    for count, node in enumerate(syntax.walk(function)) if function is not None else ():
        if count > MOST_NODES:
            break
        if node.type in ("short_var_declaration", "assignment_statement"):
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        elif node.type == "var_spec":
            left, right = node.child_by_field_name("name"), node.child_by_field_name("value")
        else:
            continue
        if left is None or right is None:
            continue
        targets = left.named_children if left.type == "expression_list" else [left]
        for target, value in zip(targets, right.named_children, strict=False):
            found.setdefault(syntax.text(target), []).append(value)
    return found


def parameters_of(function: Node | None) -> list[str]:
    """The names of a function's parameters."""
    parameters = None if function is None else function.child_by_field_name("parameters")
    return [
        syntax.text(name)
        for declared in (parameters.named_children if parameters is not None else [])
        for name in declared.children_by_field_name("name")
    ]


def address(node: Node, values: Values, parameters: list[str], depth: int = 0, seen: tuple[str, ...] = ()) -> Any:
    """The address that an expression of a function gives."""
    if depth > DEEPEST:
        return None
    literal = string_literal(node)
    if literal is not None:
        return ["text", literal[:LONGEST]]
    if node.type in ("parenthesized_expression", "unary_expression") and node.named_children:
        return address(node.named_children[-1], values, parameters, depth + 1, seen)
    if node.type == "binary_expression":
        sides = [node.child_by_field_name("left"), node.child_by_field_name("right")]
        parts = [None if side is None else address(side, values, parameters, depth + 1, seen) for side in sides]
        return None if None in parts else ["call", "+", parts]
    if node.type == "call_expression":
        return _called(node, values, parameters, depth, seen)
    text = syntax.text(node)
    if node.type not in ("identifier", "selector_expression") or not _PATH.fullmatch(text):
        return None
    first, _, rest = text.partition(".")
    if text in values:
        return _set_to(text, "", values, parameters, depth, seen)
    if first in parameters:
        return ["parameter", parameters.index(first), rest]
    if first in values:
        return _set_to(first, rest, values, parameters, depth, seen)
    return ["name", text]


def _set_to(name: str, rest: str, values: Values, parameters: list[str], depth: int, seen: tuple[str, ...]) -> Any:
    """What a variable, or a field of what it holds, is set to; what is added to it later by itself is left out."""
    given = [value for value in values[name][:MOST_VALUES] if not rest or value.type == "call_expression"]
    if name in seen or not given:
        return ["name", ".".join(filter(None, (name, rest)))]
    parts = [address(value, values, parameters, depth + 1, (*seen, name)) for value in given]
    if None in parts:
        return None
    found = parts[0] if len(parts) == 1 else ["either", parts]
    return ["call", f".{rest}", [found]] if rest else found


def _called(node: Node, values: Values, parameters: list[str], depth: int, seen: tuple[str, ...]) -> Any:
    called, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if called is None or given is None or not _PATH.fullmatch(syntax.text(called)):
        return None
    arguments = [value for value in given.named_children if value.type != "comment"]
    text = syntax.text(called)
    if len(arguments) > 12:
        return None
    parts = [address(one, values, parameters, depth + 1, seen) for one in arguments]
    owner, _, method = text.rpartition(".")
    if owner and (owner.split(".")[0] in parameters or owner in values):  # a method of what is given: cfg.DSN()
        on = called.child_by_field_name("operand")
        parts.insert(0, None if on is None else address(on, values, parameters, depth + 1, seen))
        text = f".{method}"
    return None if None in parts else ["call", text, parts]
