"""The calls that migrate: `AutoMigrate` and `Migrator().CreateTable`, with what they are given and what guards them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.span import SourceFile
from schemalint.parsers.gorm.declarations import inside
from schemalint.parsers.gorm.expressions import Data, argument, constant, go_type, is_interface
from schemalint.parsers.gorm.gathered import fields_of
from schemalint.parsers.gorm.legacy import LEGACY
from schemalint.parsers.gorm.origins import Origins

if TYPE_CHECKING:
    from tree_sitter import Node

_CALLEE = re.compile(rb"\b(?:AutoMigrate|CreateTable)\b")
_DRY = re.compile(r"\bDryRun\s*:\s*true\b")
"""A session that sends nothing."""
_SCOPE = re.compile(
    r"\.Scopes\(\s*func\((\w+) \*gorm\.DB\) \*gorm\.DB\s*\{\s*return \1\.Table\(\"([^\"\\]+)\"\)\s*\}\s*,?\s*\)"
)
_FUNCTIONS = ("function_declaration", "method_declaration", "func_literal")
MOST_CALLS = 300
HIGHEST = 100
MOST_NODES = 50_000


def migrations(
    file: SourceFile,
    root: Node,
    variables: dict[str, Node],
    functions: dict[str, Node],
    imports: list[list[object]],
    scopes: dict[int, dict[str, Data]],
    origins: Origins,
) -> tuple[list[Data], dict[str, Data]]:
    """The calls of a file, and the lists of models that its package variables and functions give. `scopes` keeps the names of
    functions."""
    legacy = any(path == LEGACY for _, path, *_ in imports)
    packages = {str(name or str(path).rsplit("/", 1)[-1]) for name, path, *_ in imports}
    content = file.text.encode("utf-8", "surrogatepass")
    calls: list[Data] = []
    for count, found in enumerate(_CALLEE.finditer(content)):
        if count == MOST_CALLS:
            break
        node = root.descendant_for_byte_range(found.start(), found.end())
        call = (
            None
            if node is None or node.type != "field_identifier"
            else _call(file, node, packages, scopes, legacy, origins)
        )
        if call is not None:
            calls.append(call)
    values: dict[str, Data] = {}
    for name, node in variables.items():
        if node.type in ("composite_literal", "unary_expression", "call_expression"):
            span = syntax.span(file, node)
            values[name] = argument(node, (span.start, span.end), {})
        for field, value in fields_of(node.named_children[-1] if node.type == "unary_expression" else node):
            span = syntax.span(file, value)
            values[f"{name}.{field}"] = argument(value, (span.start, span.end), {})
    for name, function in functions.items():
        given = _given(file, function, scopes)
        if given is not None:
            values[name] = given
    return calls, values


def _given(file: SourceFile, function: Node, scopes: dict[int, dict[str, Data]]) -> Data | None:
    """The list that a function returning `[]interface{}` gives, None for any other function."""
    result, parameters = function.child_by_field_name("result"), function.child_by_field_name("parameters")
    named = None
    if result is not None and result.type == "parameter_list" and len(result.named_children) == 1:
        named = result.named_children[0].child_by_field_name("name")
        result = result.named_children[0].child_by_field_name("type")
    if result is None or result.type != "slice_type" or not is_interface(go_type(result)):
        return None
    if parameters is None or parameters.named_children:
        return None
    returns = [
        node
        for count, node in enumerate(syntax.walk(function))
        if count < MOST_NODES and node.type == "return_statement"
    ]
    span = syntax.span(file, function.child_by_field_name("name") or function)
    where = (span.start, span.end)
    if len(returns) == 1 and not returns[0].named_children and named is not None:
        return argument(named, where, names_of(file, function, scopes))
    if len(returns) != 1 or not returns[0].named_children or len(returns[0].named_children[0].named_children) != 1:
        return {"open": list(where)}
    return argument(returns[0].named_children[0].named_children[0], where, names_of(file, function, scopes))


def _call(
    file: SourceFile,
    name: Node,
    packages: set[str],
    scopes: dict[int, dict[str, Data]],
    legacy: bool,
    origins: Origins,
) -> Data | None:
    callee = name.parent
    call = None if callee is None or callee.type != "selector_expression" else callee.parent
    operand = None if callee is None else callee.child_by_field_name("operand")
    if call is None or call.type != "call_expression" or callee is None or operand is None:
        return None
    if call.child_by_field_name("function") != callee:
        return None
    given = call.child_by_field_name("arguments")
    values = [value for value in given.named_children if value.type != "comment"] if given is not None else []
    creates = syntax.text(name) == "CreateTable"
    chain = syntax.text(operand)
    if not values or _DRY.search(chain) or (creates and not (legacy or re.search(r"Migrator\(\)\s*$", chain))):
        return None
    function, condition, ranges, enclosing = _around(call)
    scope = names_of(file, function, scopes) if function is not None else {}
    if operand.type == "identifier" and chain in packages and chain not in scope:
        return None  # a function of another package that happens to be called so
    for variable, ranged in ranges:
        span = syntax.span(file, ranged)
        scope = {**scope, variable: argument(ranged, (span.start, span.end), scope)}
    arguments = []
    for value in values:
        span = syntax.span(file, value)
        arguments.append(argument(value, (span.start, span.end), scope))
    if any(item.get("type", {}).get("name") in ("DB", "Context") for item in arguments):
        return None  # a wrapper of the project's own
    method = function is None or function.type != "function_declaration"
    if method and enclosing == "AutoMigrate" and all("forward" in item for item in arguments):
        return None  # the wrapper hands on what its callers give, and they are calls themselves
    if creates and any("type" not in item for item in arguments):
        return None
    span, whole = syntax.span(file, callee), syntax.span(file, call)
    if "\n" in chain:
        span = syntax.span(file, name)
    return {
        "at": [span.start, span.end],
        "statement": [whole.start, whole.end],
        "text": _shortened(syntax.text(call)),
        "creates": creates,
        "arguments": arguments,
        "each": bool(ranges) and all(value.type == "identifier" for value in values),
        **_other_table(operand, chain),
        "condition": condition,
        "from": origins.origin(operand, function),
        **origins.around(function),
    }


def _other_table(operand: Node, chain: str) -> Data:
    """Whether the call is made on `Table(…)`, or on a scope, which may say another table; and the name that it is given, None
    where it is computed. With dbresolver it may be another database."""
    if "dbresolver.Use(" in chain:
        return {"other_table": True, "table": None, "resolver": True}
    if ".Scopes(" in chain:
        scope = _SCOPE.search(chain)
        return {"other_table": True, "table": None if scope is None else {"text": scope[2]}}
    here: Node | None = operand if ".Table(" in chain else None
    for _ in range(HIGHEST):
        callee = None if here is None or here.type != "call_expression" else here.child_by_field_name("function")
        given = None if here is None else here.child_by_field_name("arguments")
        if callee is None or given is None or callee.type != "selector_expression":
            break
        if syntax.text(callee.child_by_field_name("field") or callee) == "Table":
            return {"other_table": True, "table": constant(given.named_children[0]) if given.named_children else None}
        here = callee.child_by_field_name("operand")
    return {"other_table": ".Table(" in chain, "table": None}


def _shortened(text: str, most: int = 60) -> str:
    text = " ".join(re.sub(r"(?m)(?:^|[ \t]+)//.*$", "", text).split()).replace("( ", "(").replace(", )", ")")
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _around(call: Node) -> tuple[Node | None, str | None, list[tuple[str, Node]], str]:
    """The outermost function around a call, the text of the nearest condition it hangs on, the range loops it stands in
    (variable and what is ranged over), and the name of the declared function."""
    function: Node | None = None
    condition: str | None = None
    ranges: list[tuple[str, Node]] = []
    name = ""
    here, above = call, call.parent
    for _ in range(HIGHEST):
        if above is None:
            break
        if above.type == "if_statement" and condition is None:
            test = above.child_by_field_name("condition")
            text = _shortened(syntax.text(test), 80) if test is not None else ""
            if here == above.child_by_field_name("consequence"):
                condition = None if re.fullmatch(r"\w+ [!=]= nil", text) else text
            elif here == above.child_by_field_name("alternative"):
                condition = None if re.fullmatch(r"\w+ [!=]= nil", text) else f"not ({text})"
        elif above.type == "for_statement":
            for clause in above.named_children:
                left, right = clause.child_by_field_name("left"), clause.child_by_field_name("right")
                if clause.type == "range_clause" and left is not None and right is not None and left.named_children:
                    ranges.append((syntax.text(left.named_children[-1]), right))
        elif above.type in _FUNCTIONS:
            function = above
            declared = above.child_by_field_name("name")
            name = syntax.text(declared) if declared is not None else name
        here, above = above, above.parent
    return function, condition, ranges, name


def names_of(file: SourceFile, function: Node, scopes: dict[int, dict[str, Data]]) -> dict[str, Data]:
    """The names a function declares: parameters, variables with the models they hold, types of its own."""
    if function.start_byte in scopes:
        return scopes[function.start_byte]
    declared = inside(file, function).items()
    scope: dict[str, Data] = {name: {"open": entry["at"], "local": entry} for name, entry in declared}
    scopes[function.start_byte] = scope
    for count, node in enumerate(syntax.walk(function)):
        if count > MOST_NODES:
            break
        if node.type in ("parameter_declaration", "variadic_parameter_declaration"):
            kind = node.child_by_field_name("type")
            for name in node.children_by_field_name("name"):
                _declare(file, name, kind, scope, node.parent == function.child_by_field_name("result"))
        elif node.type == "var_spec":
            value = node.child_by_field_name("value")
            names = node.children_by_field_name("name")
            if value is None:
                for name in names:
                    _declare(file, name, node.child_by_field_name("type"), scope)
            elif len(names) == 1 and len(value.named_children) == 1:
                _assign(file, names[0], value.named_children[0], scope)
        elif node.type in ("short_var_declaration", "assignment_statement"):
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            targets = left.named_children if left is not None else []
            values = right.named_children if right is not None else []
            for index, target in enumerate(targets):
                if target.type == "identifier" and len(values) == len(targets):
                    _assign(file, target, values[index], scope)
                elif target.type == "identifier":
                    span = syntax.span(file, target)
                    scope[syntax.text(target)] = {"open": [span.start, span.end]}
    return scope


def _declare(file: SourceFile, name: Node, kind: Node | None, scope: dict[str, Data], empty: bool = False) -> None:
    span = syntax.span(file, name)
    if kind is None:
        scope[syntax.text(name)] = {"open": [span.start, span.end]}
        return
    named = go_type(kind)
    if is_interface(named):
        empty = empty or (kind.parent is not None and kind.parent.type == "var_spec")
        scope[syntax.text(name)] = (
            {"list": []} if empty else {"forward": syntax.text(name), "open": [span.start, span.end]}
        )
    elif named["kind"] == "name":
        scope[syntax.text(name)] = {"type": named, "at": [span.start, span.end]}
    else:
        scope[syntax.text(name)] = {"open": [span.start, span.end]}


def _assign(file: SourceFile, target: Node, value: Node, scope: dict[str, Data]) -> None:
    span = syntax.span(file, value)
    scope[syntax.text(target)] = argument(value, (span.start, span.end), scope)
