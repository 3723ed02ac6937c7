"""Where Go code opens a database with GORM, what the connection is called, and on which connection a call is made.

A connection is told by a text: the name of a local or package variable (`pg`), of another package's (`database.DB`), or of a
field as it is written (`s.db`). An opening is {"driver": the name of its package, "handle": that text or None, "local": whether
the variable is declared there, "gives": the function that returns it or None, "function": where that begins, "at"}."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.span import SourceFile
from schemalint.parsers.gorm.expressions import Data, argument

if TYPE_CHECKING:
    from tree_sitter import Node

_OPEN = re.compile(rb"\bgorm\s*\.\s*(Open)\s*\(")
_HANDS_ON = re.compile(rb"\b(\w*[mM]igrat\w*)\s*\(")
_NAME = re.compile(r"\w+(?:\.\w+)?")
MOST = 50
HIGHEST = 100


def opens(file: SourceFile, root: Node) -> list[Data]:
    """Every `gorm.Open` of a file."""
    found: list[Data] = []
    for call in _calls(file, root, _OPEN):
        given = call.child_by_field_name("arguments")
        values = [value for value in given.named_children if value.type != "comment"] if given is not None else []
        function = enclosing(call)
        span = syntax.span(file, call)
        entry: Data = {
            "driver": _driver(values[0]) if values else None,
            "handle": None,
            "local": True,
            "gives": None,
            "function": function.start_byte if function is not None else 0,
            "at": [span.start, span.end],
        }
        above = call.parent
        if above is not None and above.type == "expression_list":
            above = above.parent
        if above is not None and above.type == "return_statement" and function is not None:
            entry["gives"] = _named(function)
        elif above is not None and above.type in ("short_var_declaration", "assignment_statement", "var_spec"):
            entry["handle"] = _first(above)
            entry["local"] = above.type == "short_var_declaration" or (
                function is not None and above.type == "var_spec"
            )
            if function is not None and entry["handle"] is not None and _returns(function, entry["handle"]):
                entry["gives"] = _named(function)
        found.append(entry)
    return found


def given_by(file: SourceFile, root: Node, wanted: frozenset[str]) -> list[Data]:
    """Which of the wanted variables a call of another function gives: {"handle", "local", "function", "from": [package or
    None, name]}."""
    found: list[Data] = []
    for count, node in enumerate(syntax.walk(root)):
        if count > 50_000 or len(found) >= MOST:
            break
        if node.type not in ("short_var_declaration", "assignment_statement"):
            continue
        right = node.child_by_field_name("right")
        value = right.named_children[0] if right is not None and len(right.named_children) == 1 else None
        called = (
            value.child_by_field_name("function") if value is not None and value.type == "call_expression" else None
        )
        if called is None or not _NAME.fullmatch(syntax.text(called)) or (handle := _first(node)) is None:
            continue
        package, _, name = syntax.text(called).rpartition(".")
        function = enclosing(node)
        if handle in wanted:
            begins = function.start_byte if function is not None else 0
            local = node.type == "short_var_declaration"
            found.append({"handle": handle, "local": local, "function": begins, "from": [package or None, name]})
    return found


def hands_on(file: SourceFile, root: Node, scope_of: Callable[[Node], dict[str, Data]]) -> list[Data]:
    """Calls of functions that migrate, by their names, with what each argument is called, and what it gives: {"name":
    [package or None, name], "arguments": texts, "given": arguments, "function", "declared", "parameters"}. `scope_of` gives
    a function's names."""
    found: list[Data] = []
    for call in _calls(file, root, _HANDS_ON):
        called, given = call.child_by_field_name("function"), call.child_by_field_name("arguments")
        if called is None or given is None or not _NAME.fullmatch(syntax.text(called)):
            continue
        package, _, name = syntax.text(called).rpartition(".")
        function = enclosing(call)
        values = [value for value in given.named_children if value.type != "comment"]
        scope = {} if function is None else scope_of(function)
        spans = [syntax.span(file, value) for value in values]
        found.append(
            {
                "name": [package or None, name],
                "arguments": [root_of(value) for value in values],
                "given": [argument(one, (at.start, at.end), scope) for one, at in zip(values, spans, strict=True)],
                "function": function.start_byte if function is not None else 0,
                **declaration(function),
            }
        )
    return found


def declaration(function: Node | None) -> Data:
    """The name of a declared function (None for any other) and its parameters."""
    if function is None or function.type != "function_declaration":
        return {"declared": None, "parameters": []}
    name, parameters = function.child_by_field_name("name"), function.child_by_field_name("parameters")
    names = [
        syntax.text(each)
        for declared in (parameters.named_children if parameters is not None else [])
        for each in declared.children_by_field_name("name")
    ]
    return {"declared": None if name is None else syntax.text(name), "parameters": names}


def root_of(node: Node | None) -> str | None:
    """What a chain of calls begins with, as it is written; None where that is no name."""
    for _ in range(HIGHEST):
        if node is None:
            return None
        if node.type in ("identifier", "selector_expression") and _NAME.fullmatch(syntax.text(node)):
            return syntax.text(node)
        if node.type == "call_expression":
            callee = node.child_by_field_name("function")
            node = callee.child_by_field_name("operand") if callee is not None else None
        elif node.type in ("parenthesized_expression", "unary_expression") and node.named_children:
            node = node.named_children[-1]
        else:
            return None
    return None


def enclosing(node: Node) -> Node | None:
    """The outermost function around a place."""
    function: Node | None = None
    here: Node | None = node
    for _ in range(HIGHEST):
        if here is None:
            break
        if here.type in ("function_declaration", "method_declaration", "func_literal"):
            function = here
        here = here.parent
    return function


def _calls(file: SourceFile, root: Node, pattern: re.Pattern[bytes]) -> list[Node]:
    content = file.text.encode("utf-8", "surrogatepass")
    found: list[Node] = []
    for match in pattern.finditer(content):
        node = root.descendant_for_byte_range(match.start(1), match.end(1))
        above = None if node is None else node.parent
        if above is not None and above.type == "selector_expression":
            above = above.parent
        if above is not None and above.type == "call_expression" and len(found) < MOST:
            found.append(above)
    return found


def _driver(value: Node) -> str | None:
    """The package whose dialector is opened, by the name it has in the file."""
    if value.type == "unary_expression" and value.named_children:
        value = value.named_children[-1]
    named = value.child_by_field_name("function") or value.child_by_field_name("type")
    found = re.fullmatch(r"(\w+)\.(?:Open|New|Dialector)", syntax.text(named)) if named is not None else None
    return found[1] if found is not None else None


def _first(assignment: Node) -> str | None:
    """The first variable that an assignment sets."""
    left = assignment.child_by_field_name("left") or assignment.child_by_field_name("name")
    if left is not None and left.type == "expression_list":
        left = left.named_children[0] if left.named_children else None
    text = "" if left is None else syntax.text(left)
    return text if _NAME.fullmatch(text) and text != "_" else None


def _named(function: Node) -> str | None:
    name = function.child_by_field_name("name") if function.type == "function_declaration" else None
    return None if name is None else syntax.text(name)


def _returns(function: Node, handle: str) -> bool:
    """Whether a function returns that variable as its first value."""
    for count, node in enumerate(syntax.walk(function)):
        if count > 50_000:
            break
        if node.type == "return_statement" and node.named_children:
            first = node.named_children[0]
            first = first.named_children[0] if first.type == "expression_list" and first.named_children else first
            if syntax.text(first) == handle:
                return True
    return False
