"""Expressions of JavaScript and TypeScript as plain data, so that an extract can be cached and evaluated later.

A value is a dict: "t" its kind, "s" and "e" where it stands in code points, and by kind:

    str v | num v | bool v | null | undef | arr a | spread v
    obj p: [[key or None, key start, key end, value], …]   a spread has the key "..."
    id v | mem o p | sub o i | this | super | meta (`import.meta`)
    call f a | new f a | tmpl a (text and values) | un op v | bin op l r | cond c l r
    fn r (what it returns, where that is one expression) | class n b | imp m n (a module and what is taken of it)
    at h (while evaluating: another value of another file, see `Evaluator`) | loaded p (the text of a file, see `textfiles`)
    other (anything else)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemalint.syntax import text

if TYPE_CHECKING:
    from tree_sitter import Node

    from schemalint.model.span import SourceFile

Value = dict[str, Any]

DEEPEST = 240
"""Expressions nested deeper than this are not read: no schema is written that way, and recursion stays bounded."""
_NESTED = 6
"""How much deeper an expression inside another is. A link of a chain `a.b().c()`, which is long but not deep, counts one."""
_LINKS = {"call_expression": "function", "member_expression": "object"}

_WRAPPERS = {
    "as_expression",
    "satisfies_expression",
    "non_null_expression",
    "parenthesized_expression",
    "await_expression",
}
FUNCTIONS = {
    "arrow_function",
    "function_expression",
    "function_declaration",
    "generator_function",
    "generator_function_declaration",
    "method_definition",
    "function",
}
_BRANCHING = {
    "if_statement",
    "for_statement",
    "for_in_statement",
    "while_statement",
    "do_statement",
    "switch_statement",
    "try_statement",
    "statement_block",
    "labeled_statement",
}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def place(file: SourceFile, node: Node) -> tuple[int, int]:
    """Start and end of a node in code points."""
    if file.text.isascii():
        return node.start_byte, node.end_byte
    return file.offset_of_byte(node.start_byte), file.offset_of_byte(node.end_byte)


def unwrap(node: Node) -> Node:
    """The expression inside parentheses, `await` and TypeScript's casts."""
    while node.type in _WRAPPERS or node.type == "type_assertion":
        inner = node.named_children
        if not inner:
            return node
        node = inner[-1] if node.type == "type_assertion" else inner[0]
    return node


def string(node: Node) -> str:
    """What a string literal says."""
    parts = []
    for child in node.named_children:
        if child.type == "string_fragment":
            parts.append(text(child))
        elif child.type == "escape_sequence":
            parts.append(_escape(text(child)))
    return "".join(parts)


def _escape(written: str) -> str:
    body = written[1:]
    if body[:1] in {"u", "x"}:
        try:
            return chr(int(body[1:].strip("{}"), 16))
        except (ValueError, OverflowError):
            return ""
    return "" if body[:1] in {"\n", "\r"} else _ESCAPES.get(body, body)


def value(file: SourceFile, node: Node | None, depth: int = 0) -> Value:
    """The value of an expression. Never raises; what is not understood is "other", a call that stands too deep "deep"."""
    if node is None:
        return {"t": "undef", "s": 0, "e": 0}
    links: list[Node] = []
    inner: Node | None = unwrap(node)
    while inner is not None and inner.type in _LINKS and depth + len(links) < DEEPEST:
        links.append(inner)
        first = inner.child_by_field_name(_LINKS[inner.type])
        inner = None if first is None else unwrap(first)
    made = _single(file, inner, depth + len(links))
    for number in range(len(links) - 1, -1, -1):
        start, end = place(file, links[number])
        reader = _call if links[number].type == "call_expression" else _member
        made = {"t": "other", "s": start, "e": end} | reader(file, links[number], made, depth + number + _NESTED)
    return made


def _single(file: SourceFile, node: Node | None, depth: int) -> Value:
    """What is no link of a chain."""
    if node is None:
        return {"t": "undef", "s": 0, "e": 0}
    start, end = place(file, node)
    made: Value = {"t": "other", "s": start, "e": end}
    reader = _READERS.get(node.type)
    if node.type in _LINKS:
        made["t"] = "deep"
    elif reader is not None and depth < DEEPEST:
        made.update(reader(file, node, depth + _NESTED))
    return made


def _items(file: SourceFile, node: Node | None, depth: int) -> list[Value]:
    items = []
    for child in node.named_children if node is not None else ():
        if child.type == "comment":
            continue
        if child.type == "spread_element":
            start, end = place(file, child)
            inner = child.named_children
            items.append({"t": "spread", "s": start, "e": end, "v": value(file, inner[0] if inner else None, depth)})
        else:
            items.append(value(file, child, depth))
    return items


def _object(file: SourceFile, node: Node, depth: int) -> Value:
    entries: list[list[Any]] = []
    for child in node.named_children:
        start, end = place(file, child)
        if child.type == "pair":
            key = child.child_by_field_name("key")
            name = None if key is None else _key(key)
            if key is not None:
                start, end = place(file, key)
            entries.append([name, start, end, value(file, child.child_by_field_name("value"), depth)])
        elif child.type == "spread_element":
            inner = child.named_children
            entries.append(["...", start, end, value(file, inner[0] if inner else None, depth)])
        elif child.type == "shorthand_property_identifier":
            name = text(child)
            entries.append([name, start, end, {"t": "id", "v": name, "s": start, "e": end}])
        elif child.type == "method_definition":
            key = child.child_by_field_name("name")
            if key is not None:
                entries.append([_key(key), *place(file, key), value(file, child, depth)])
        elif child.type != "comment":
            entries.append([None, start, end, {"t": "other", "s": start, "e": end}])
    return {"t": "obj", "p": entries}


def _key(node: Node) -> str | None:
    if node.type in {"property_identifier", "number", "identifier", "private_property_identifier"}:
        return text(node)
    if node.type == "string":
        return string(node)
    if node.type == "computed_property_name":
        inner = node.named_children
        if inner and inner[0].type == "string":
            return string(inner[0])
    return None


def _member(file: SourceFile, node: Node, owner: Value, depth: int) -> Value:
    name = node.child_by_field_name("property")
    return {"t": "mem", "o": owner, "p": "" if name is None else text(name)}


def _subscript(file: SourceFile, node: Node, depth: int) -> Value:
    target = value(file, node.child_by_field_name("object"), depth)
    index = value(file, node.child_by_field_name("index"), depth)
    if index["t"] in {"str", "num"}:
        return {"t": "mem", "o": target, "p": index["v"]}
    return {"t": "sub", "o": target, "i": index}


def _call(file: SourceFile, node: Node, called: Value, depth: int) -> Value:
    callee = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    if callee is not None and callee.type in {"identifier", "import"} and text(callee) in {"require", "import"}:
        given = _items(file, arguments, depth)
        if given:
            if given[0]["t"] == "str":
                return {"t": "imp", "m": given[0]["v"], "n": "*"}
            return {"t": "imp", "m": None, "n": "*", "v": given[0]}
    if arguments is not None and arguments.type != "arguments":
        arguments = None  # a tagged template
    return {"t": "call", "f": called, "a": _items(file, arguments, depth)}


def _new(file: SourceFile, node: Node, depth: int) -> Value:
    return {
        "t": "new",
        "f": value(file, node.child_by_field_name("constructor"), depth),
        "a": _items(file, node.child_by_field_name("arguments"), depth),
    }


def _template(file: SourceFile, node: Node, depth: int) -> Value:
    parts: list[Any] = []
    for child in node.named_children:
        if child.type == "string_fragment":
            parts.append(text(child))
        elif child.type == "escape_sequence":
            parts.append(_escape(text(child)))
        elif child.type == "template_substitution":
            inner = child.named_children
            parts.append(value(file, inner[0] if inner else None, depth))
    if all(isinstance(part, str) for part in parts):
        return {"t": "str", "v": "".join(parts)}
    return {"t": "tmpl", "a": parts}


def _unary(file: SourceFile, node: Node, depth: int) -> Value:
    operator = node.child_by_field_name("operator")
    inner = value(file, node.child_by_field_name("argument"), depth)
    sign = "" if operator is None else text(operator)
    if sign == "-" and inner["t"] == "num":
        return {"t": "num", "v": "-" + inner["v"]}
    if sign == "!" and inner["t"] == "num":
        return {"t": "bool", "v": inner["v"] == "0"}
    return {"t": "un", "op": sign, "v": inner}


def _binary(file: SourceFile, node: Node, depth: int) -> Value:
    operator = node.child_by_field_name("operator")
    return {
        "t": "bin",
        "op": "" if operator is None else text(operator),
        "l": value(file, node.child_by_field_name("left"), depth),
        "r": value(file, node.child_by_field_name("right"), depth),
    }


def _conditional(file: SourceFile, node: Node, depth: int) -> Value:
    return {
        "t": "cond",
        "c": value(file, node.child_by_field_name("condition"), depth),
        "l": value(file, node.child_by_field_name("consequence"), depth),
        "r": value(file, node.child_by_field_name("alternative"), depth),
    }


def _function(file: SourceFile, node: Node, depth: int) -> Value:
    body = node.child_by_field_name("body")
    made: Value = {"t": "fn"}
    if body is None:
        return made
    if body.type != "statement_block":
        made["r"] = value(file, body, depth)
        return made
    returns = [child for child in body.named_children if child.type == "return_statement"]
    if len(returns) == 1 and returns[0].named_children and not _returns_below(body):
        made["r"] = value(file, returns[0].named_children[0], depth)
    return made


def _returns_below(body: Node) -> bool:
    """Whether a function may return elsewhere than at the end of its body."""
    stack = [child for child in body.named_children if child.type in _BRANCHING]
    while stack:
        node = stack.pop()
        if node.type == "return_statement":
            return True
        if node.type not in FUNCTIONS:
            stack.extend(node.named_children)
    return False


def _class(file: SourceFile, node: Node, depth: int) -> Value:
    name = node.child_by_field_name("name")
    made: Value = {"t": "class", "n": None if name is None else text(name)}
    if name is not None:
        made["ns"], made["ne"] = place(file, name)
    for child in node.children:
        if child.type == "class_heritage":
            clauses = [one for one in child.named_children if one.type != "implements_clause"]
            if not clauses:
                continue
            base: Node | None = clauses[0]
            if base is not None and base.type == "extends_clause":
                base = base.child_by_field_name("value")
            made["b"] = value(file, base, depth)
    return made


_READERS: dict[str, Any] = {
    "string": lambda file, node, depth: {"t": "str", "v": string(node)},
    "number": lambda file, node, depth: {"t": "num", "v": text(node).replace("_", "")},
    "true": lambda file, node, depth: {"t": "bool", "v": True},
    "false": lambda file, node, depth: {"t": "bool", "v": False},
    "null": lambda file, node, depth: {"t": "null"},
    "undefined": lambda file, node, depth: {"t": "undef"},
    "identifier": lambda file, node, depth: {"t": "id", "v": text(node)},
    "type_identifier": lambda file, node, depth: {"t": "id", "v": text(node)},
    "this": lambda file, node, depth: {"t": "this"},
    "super": lambda file, node, depth: {"t": "super"},
    "array": lambda file, node, depth: {"t": "arr", "a": _items(file, node, depth)},
    "object": _object,
    "subscript_expression": _subscript,
    "meta_property": lambda file, node, depth: {"t": "meta"},
    "new_expression": _new,
    "template_string": _template,
    "unary_expression": _unary,
    "binary_expression": _binary,
    "ternary_expression": _conditional,
    "class_declaration": _class,
    "class": _class,
    "abstract_class_declaration": _class,
} | dict.fromkeys(FUNCTIONS, _function)


def is_exports(value: Value) -> bool:
    """`exports` or `module.exports`."""
    if value["t"] == "mem":
        return bool(value["p"] == "exports" and value["o"].get("v") == "module")
    return bool(value.get("v") == "exports" and value["t"] == "id")


def callee(value: Value) -> str | None:
    """The name of what a call calls."""
    callee = value["f"]
    name = callee.get("p", callee.get("v"))
    return name if isinstance(name, str) else None
