"""The bodies of functions as plain data: the statements that may call something, in order, nested as they stand.

A statement is a list: its kind first, then, by kind:

    do value | return value | throw | leave (break and continue)
    if condition, then, else | for first parameter's start, what is gone through, body | loop start, end, body
    try body, handler, finally, [handler start, end], [block start, end]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemalint.jssource.reading import CLASSES, Place, Reading
from schemalint.jssource.values import FUNCTIONS, Value, place, value
from schemalint.syntax import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from schemalint.model.span import SourceFile

Statement = list[Any]

_DEEPEST = 40
_MANY = 30  # cases of a switch that are taken apart
_LOOPS = {"for_statement", "while_statement", "do_statement"}


def keep_bodies(reading: Reading, node: Node, at: Place) -> None:
    """For `Reading`: keeps the body of every function under "bodies", by where it starts, and what classes hold."""
    if node.type in CLASSES:
        reading.found.setdefault("classes", []).append(_class(reading.file, node))
    if node.type in FUNCTIONS:
        body = node.child_by_field_name("body")
        if body is not None:
            start, _ = place(reading.file, node)
            reading.found.setdefault("bodies", {})[str(start)] = statements(reading.file, body)


def _class(file: SourceFile, node: Node) -> dict[str, Any]:
    """A class: its name and where it stands, where each method starts, and the values of its fields."""
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    methods: dict[str, int] = {}
    fields: dict[str, Value] = {}
    for child in body.named_children if body is not None else ():
        called = child.child_by_field_name("name") or child.child_by_field_name("property")
        if called is None:
            continue
        if child.type == "method_definition":
            methods[text(called)] = place(file, child)[0]
        elif child.type in {"public_field_definition", "field_definition"}:
            fields[text(called)] = value(file, child.child_by_field_name("value"))
    return {
        "name": None if name is None else text(name),
        "place": list(place(file, node if name is None else name)),
        "methods": methods,
        "fields": fields,
    }


def statements(file: SourceFile, body: Node, depth: int = 0) -> list[Statement]:
    """The statements of a block; an arrow's expression is what it returns."""
    if body.type != "statement_block":
        return [["return", value(file, body)]] if not body.type.endswith("_statement") else _one(file, body, depth)
    found: list[Statement] = []
    for child in body.named_children:
        found += _one(file, child, depth)
    return found


def _one(file: SourceFile, node: Node, depth: int) -> list[Statement]:
    kind = node.type
    if depth > _DEEPEST:
        return [["loop", *place(file, node), [["throw"]]]]
    if kind == "expression_statement":
        inner = node.named_children[0] if node.named_children else None
        if inner is not None and inner.type == "assignment_expression":
            inner = inner.child_by_field_name("right")
        return [["do", value(file, inner)]]
    if kind == "return_statement":
        return [["return", value(file, node.named_children[0] if node.named_children else None)]]
    if kind == "throw_statement":
        return [["throw"]]
    if kind in {"continue_statement", "break_statement"}:
        return [["leave"]]
    if kind in {"lexical_declaration", "variable_declaration"}:
        given = (one.child_by_field_name("value") for one in node.named_children if one.type == "variable_declarator")
        return [["do", value(file, one)] for one in given if one is not None]
    if kind == "statement_block":
        return statements(file, node, depth + 1)
    if kind == "if_statement":
        return [_if(file, node, depth)]
    if kind == "for_in_statement":
        return [_for(file, node, depth)]
    if kind in _LOOPS:
        return [["loop", *place(file, node), _block(file, node.child_by_field_name("body"), depth)]]
    if kind == "try_statement":
        return [_try(file, node, depth)]
    if kind == "switch_statement":
        return [_switch(file, node, depth)]
    return []


def _block(file: SourceFile, node: Node | None, depth: int) -> list[Statement]:
    if node is None:
        return []
    if node.type == "else_clause":
        node = node.named_children[-1] if node.named_children else node
    return statements(file, node, depth + 1) if node.type == "statement_block" else _one(file, node, depth + 1)


def _if(file: SourceFile, node: Node, depth: int) -> Statement:
    then, other = (_block(file, node.child_by_field_name(name), depth) for name in ("consequence", "alternative"))
    return ["if", value(file, node.child_by_field_name("condition")), then, other]


def _for(file: SourceFile, node: Node, depth: int) -> Statement:
    """`for … of` over what is gone through; `for … in` gives its keys."""
    operator = node.child_by_field_name("operator")
    body = _block(file, node.child_by_field_name("body"), depth)
    if operator is None or operator.type != "of":
        return ["loop", *place(file, node), body]
    return ["for", place(file, node)[0], value(file, node.child_by_field_name("right")), body]


def _try(file: SourceFile, node: Node, depth: int) -> Statement:
    handler, last = node.child_by_field_name("handler"), node.child_by_field_name("finalizer")
    caught = None if handler is None else handler.child_by_field_name("body")
    ending = None if last is None else last.child_by_field_name("body")
    start, end = place(file, node if handler is None else handler)
    return [
        "try",
        _block(file, node.child_by_field_name("body"), depth),
        None if handler is None else _block(file, caught, depth),
        _block(file, ending, depth),
        [start, min(end, start + len("catch"))],
        list(place(file, node)),
    ]


def _switch(file: SourceFile, node: Node, depth: int) -> Statement:
    """A chain of tests, one for each group of cases; cases that go on into the next are parts of which any may run."""
    groups = list(_groups(file, node, depth))
    asked = value(file, node.child_by_field_name("value"))
    last, size = len(groups) - 1, sum(len(tests or ()) for tests, _, _ in groups)
    falls = any(not ends and at < last for at, (_, _, ends) in enumerate(groups))
    if falls or size > _MANY or _does_something(asked):
        return ["loop", *place(file, node), [["loop", *place(file, node), body] for _, body, _ in groups]]
    chain: list[Statement] = next((body for tests, body, _ in groups if tests is None), [])
    for tests, body, _ in reversed(groups):
        if tests is not None:
            chain = [["if", _any_of(asked, tests), body, chain]]
    return chain[0] if len(chain) == 1 else ["loop", *place(file, node), chain]


def _groups(file: SourceFile, node: Node, depth: int) -> Iterator[tuple[list[Value] | None, list[Statement], bool]]:
    """The values of cases that share a body (None where `default` is one of them), the body without the break at its end,
    and whether it ends there."""
    body = node.child_by_field_name("body")
    tests: list[Value] | None = []
    for case in body.named_children if body is not None else ():
        if case.type == "switch_default":
            tests = None
        elif case.type == "switch_case" and tests is not None:
            tests.append(value(file, case.child_by_field_name("value")))
        found: list[Statement] = []
        for child in case.children_by_field_name("body"):
            found += _one(file, child, depth + 1)
        if found:
            ends = found[-1][0] in {"leave", "return", "throw"}
            yield tests, found[:-1] if found[-1][0] == "leave" else found, ends
            tests = []


def _any_of(asked: Value, tests: list[Value]) -> Value:
    found: Value | None = None
    for test in tests:
        one: Value = {"t": "bin", "op": "===", "l": asked, "r": test, "s": test["s"], "e": test["e"]}
        found = one if found is None else {"t": "bin", "op": "||", "l": found, "r": one, "s": found["s"], "e": one["e"]}
    assert found is not None
    return found


def _does_something(asked: Value) -> bool:
    """Whether what a switch asks may be more than a look at something."""
    return asked["t"] not in {"id", "mem", "str", "this"} and not (asked["t"] == "call" and not asked["a"])


def returns(body: list[Statement]) -> bool:
    """Whether a branch leaves what is around it, so that what follows is only reached without it."""
    return bool(body) and body[-1][0] in {"return", "leave"}


def may_return(statement: Statement) -> bool:
    """Whether a return stands somewhere in a statement."""
    return contains(statement, "return")


def contains(statements: list[Any], kind: str) -> bool:
    """Whether a statement of that kind stands somewhere in these."""
    stack = [statements]
    while stack:
        one = stack.pop()
        if one[:1] == [kind]:
            return True
        stack.extend(part for part in one if isinstance(part, list))
    return False


def rejects(body: list[Statement]) -> bool:
    """Whether a handler hands the failure on: `return Promise.reject(error)`, `process.exit(1)`."""
    if not body or body[-1][0] not in {"return", "do"}:
        return False
    value: Value = body[-1][1]
    return value["t"] == "call" and value["f"].get("p") in {"reject", "exit"}


def throws(body: list[Statement]) -> bool:
    """Whether a block ends by throwing."""
    return bool(body) and body[-1][0] == "throw"
