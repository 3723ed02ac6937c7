"""Go types, constants and lists of models as plain data.

A type is {"wrap": ["*", "[]", "[16]", …], "kind": "name" | "struct" | "map" | …, "name": …, "package": … or None}.
An argument is {"type": …}, {"list": […]}, {"ref": [package or None, name]}, {"method": [type, name]} for what a method gives,
{"field": [type, name]} for what is put into a field, {"forward": parameter} for what the caller gives, or {"open": [start, end]}
for what could not be told. Of a slice of structs "rows" are what each field holds, and {"row": [type, name], "rows"} is what one
holds that is known by its place; a list of a map is "unordered".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemalint import syntax
from schemalint.parsers.gorm.tags import unquote

if TYPE_CHECKING:
    from tree_sitter import Node

Data = dict[str, Any]
LONGEST_TAG = 20_000
DEEPEST = 8
LONGEST_LIST = 1_000


def string_literal(node: Node) -> str | None:
    """The value of a string literal, None for anything else."""
    text = syntax.text(node)
    if node.type == "raw_string_literal":
        return text[1:-1].replace("\r", "")
    if node.type == "interpreted_string_literal":
        plain = unquote(text[1:-1], range(len(text)))
        return None if plain is None else plain[0]
    return None


def constant(node: Node, depth: int = 0) -> Any:
    """A string constant's expression: {"text": …}, {"ref": [package, name]} or {"sum": [left, right]}; else None."""
    literal = string_literal(node)
    if literal is not None:
        return {"text": literal}
    if node.type == "identifier":
        return {"ref": [None, syntax.text(node)]}
    if node.type == "selector_expression":
        operand, field = node.child_by_field_name("operand"), node.child_by_field_name("field")
        if operand is not None and field is not None and operand.type == "identifier":
            return {"ref": [syntax.text(operand), syntax.text(field)]}
    if node.type == "parenthesized_expression" and len(node.named_children) == 1 and depth < DEEPEST:
        return constant(node.named_children[0], depth + 1)
    if node.type == "binary_expression" and depth < DEEPEST:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        if left is not None and right is not None and operator is not None and operator.type == "+":
            sides = [constant(left, depth + 1), constant(right, depth + 1)]
            return {"sum": sides} if None not in sides else None
    return None


def go_type(node: Node, depth: int = 0) -> Data:
    """A type expression; of type arguments the only one is kept, structs written in place have no fields here."""
    wrap: list[str] = []
    only: Node | None = None
    while True:
        inner: Node | None = None
        if node.type == "pointer_type":
            wrap.append("*")
            inner = node.named_children[-1] if node.named_children else None
        elif node.type == "slice_type":
            wrap.append("[]")
            inner = node.child_by_field_name("element")
        elif node.type in ("array_type", "implicit_length_array_type"):
            length = node.child_by_field_name("length")
            wrap.append(f"[{syntax.text(length) if length is not None else ''}]"[:20])
            inner = node.child_by_field_name("element")
        elif node.type == "parenthesized_type" and node.named_children:
            inner = node.named_children[-1]
        elif node.type == "generic_type":
            inner = node.child_by_field_name("type")
            given = node.child_by_field_name("type_arguments")
            only = given.named_children[0] if given is not None and len(given.named_children) == 1 else None
        if inner is None:
            break
        node = inner
    found: Data = {"wrap": wrap[:DEEPEST], "kind": "other", "name": "", "package": None}
    if node.type in ("type_identifier", "identifier"):
        found.update(kind="name", name=syntax.text(node))
    elif node.type in ("qualified_type", "selector_expression"):
        package, name = (
            node.child_by_field_name("package") or node.child_by_field_name("operand"),
            node.child_by_field_name("name") or node.child_by_field_name("field"),
        )
        if package is not None and name is not None and package.type in ("package_identifier", "identifier"):
            found.update(kind="name", name=syntax.text(name), package=syntax.text(package))
    elif node.type.endswith("_type"):
        found["kind"] = node.type.removesuffix("_type")
    if only is not None and found["package"] is not None and depth < DEEPEST:
        while only.type in ("type_elem", "type_constraint") and len(only.named_children) == 1:
            only = only.named_children[0]
        found["of"] = go_type(only, depth + 1)
    return found


def is_interface(kind: Data) -> bool:
    """Whether it is `interface{}` or `any`, or a slice of them."""
    return kind["kind"] == "interface" or (kind["kind"] == "name" and kind["package"] is None and kind["name"] == "any")


def argument(node: Node, span: tuple[int, int], scope: dict[str, Data], depth: int = 0) -> Data:
    """What an expression handed to AutoMigrate gives; `scope` holds the local names of the function."""
    unread: Data = {"open": list(span)}
    if depth > DEEPEST:
        return unread
    while (
        node.type in ("parenthesized_expression", "literal_element", "variadic_argument")
        and len(node.named_children) == 1
    ):
        node = node.named_children[0]
    if node.type == "unary_expression":
        operand = node.child_by_field_name("operand")
        return unread if operand is None else argument(operand, span, scope, depth + 1)
    if node.type == "composite_literal":
        return _composite(node, span, scope, depth)
    if node.type == "slice_expression" and len(node.named_children) == 1:
        return argument(node.named_children[0], span, scope, depth + 1)  # all of a list
    if node.type == "identifier":
        name = syntax.text(node)
        known = scope.get(name, {"ref": [None, name]})
        return {**known, "open": list(span)} if "open" in known else known
    if node.type == "selector_expression":
        return _selected(node, span, scope)
    if node.type == "type_conversion_expression":  # (*T)(nil) in some spellings
        kind = node.child_by_field_name("type")
        return unread if kind is None else _typed(go_type(kind), span, scope)
    if node.type == "call_expression":
        return _call(node, span, scope, depth)
    return unread


def _selected(node: Node, span: tuple[int, int], scope: dict[str, Data]) -> Data:
    """`models.All`, `All.Tables`, `models.All.Tables`, or a field of a local value: what all values of its type have in it."""
    unread: Data = {"open": list(span)}
    reference = constant(node)
    if reference is None:
        owner, field = node.child_by_field_name("operand"), node.child_by_field_name("field")
        inner = constant(owner) if owner is not None and owner.type == "selector_expression" else None
        if inner is None or field is None or inner["ref"][0] in scope:
            return unread
        return {"ref": [inner["ref"][0], f"{inner['ref'][1]}.{syntax.text(field)}"]}
    owner_name, name = reference["ref"]
    if owner_name not in scope:
        return {"ref": reference["ref"]}
    held = scope[owner_name]
    rows = held.get("rows", {})
    if name in rows:
        return {"list": rows[name]}
    if "type" in held and "#0" in rows:
        return {"row": [held["type"], name], "rows": rows, **unread}
    return {"field": [held["type"], name], **unread} if "type" in held else unread


def _typed(kind: Data, span: tuple[int, int], scope: dict[str, Data]) -> Data:
    """A value of a type; one declared inside of the function hides the package's."""
    if kind["kind"] != "name":
        return {"open": list(span)}
    local = scope.get(kind["name"], {}).get("local") if kind["package"] is None else None
    return {"type": kind if local is None else {**kind, "local": local["key"]}, "at": list(span)}


def _composite(node: Node, span: tuple[int, int], scope: dict[str, Data], depth: int) -> Data:
    kind, body = node.child_by_field_name("type"), node.child_by_field_name("body")
    if kind is None:
        return {"open": list(span)}
    named = go_type(kind)
    elements = [e for e in body.named_children if e.type != "comment"] if body is not None else []
    value = kind.child_by_field_name("value") if kind.type == "map_type" else None
    if value is not None and is_interface(go_type(value)):
        values = [e.named_children[-1] for e in elements if e.named_children]
        return {**_list(values, span, scope, depth), "unordered": True}
    if not is_interface(named):
        return {**_typed(named, span, scope), **_rows(kind, elements, span, scope, depth)}
    return _list(elements, span, scope, depth)


def _rows(kind: Node, elements: list[Node], span: tuple[int, int], scope: dict[str, Data], depth: int) -> Data:
    """Of a slice of structs what its elements have in each field: by name, or `#` and the place where only that is written."""
    inner = kind.child_by_field_name("element") if kind.type == "slice_type" else None
    if inner is None or len(elements) > LONGEST_LIST:
        return {}
    declared = [
        syntax.text(name)
        for listed in inner.named_children
        if inner.type == "struct_type"
        for field in listed.named_children
        for name in field.children_by_field_name("name")
    ]
    rows: dict[str, list[Data]] = {}
    for element in elements:
        body = element.named_children[0] if element.type == "literal_element" and element.named_children else element
        if body.type != "literal_value":
            return {}
        for number, part in enumerate(one for one in body.named_children if one.type != "comment"):
            keyed = part.type == "keyed_element" and len(part.named_children) == 2
            name = (
                syntax.text(part.named_children[0])
                if keyed
                else declared[number]
                if number < len(declared)
                else f"#{number}"
            )
            value = part.named_children[-1] if keyed else part
            rows.setdefault(name, []).append(argument(value, span, scope, depth + 1))
    return {"rows": rows} if rows else {}


def _list(elements: list[Node], span: tuple[int, int], scope: dict[str, Data], depth: int) -> Data:
    """A flat list of what the elements give, of limited length."""
    items: list[Data] = []
    kept: Data = {}
    for element in elements:
        item = argument(element, span, scope, depth + 1)
        items.extend(item.get("list", [item]))
        if "unordered" in item:
            kept["unordered"] = True
        if len(items) > LONGEST_LIST:
            return {"list": [*items[:LONGEST_LIST], {"open": list(span)}]}
    return {"list": items, **kept}


def _call(node: Node, span: tuple[int, int], scope: dict[str, Data], depth: int) -> Data:
    unread: Data = {"open": list(span)}
    function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or given is None:
        return unread
    values = [value for value in given.named_children if value.type != "comment"]
    name = syntax.text(function) if function.type == "identifier" else ""
    if name == "new" and len(values) == 1:
        return _typed(go_type(values[0]), span, scope)
    if name == "make" and values and values[0].type == "slice_type":
        empty = len(values) == 1 or syntax.text(values[1]) == "0"
        return {"list": []} if empty and is_interface(go_type(values[0])) else unread
    if name == "append" and values:
        return _list(values, span, scope, depth)
    while function.type in ("parenthesized_expression", "parenthesized_type") and function.named_children:
        function = function.named_children[0]
    if function.type == "unary_expression" and len(values) == 1 and values[0].type == "nil":
        operand = function.child_by_field_name("operand")
        return unread if operand is None else _typed(go_type(operand), span, scope)
    if function.type == "pointer_type" and len(values) == 1:
        return _typed(go_type(function), span, scope)
    if not values:
        reference = constant(function)
        if reference is not None and "ref" in reference and name not in scope:
            package, method = reference["ref"]
            if package not in scope:
                return {"ref": reference["ref"]}
            if "type" in scope[package]:  # a method of a local value
                return {"method": [scope[package]["type"], method]}
    return unread
