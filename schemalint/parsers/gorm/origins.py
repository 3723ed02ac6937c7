"""Where a connection comes from, as Go code says it.

An origin is {"open": where `gorm.Open` begins}, {"call": [package or None, name], "arguments": addresses} for what a function
returns, {"name": the variable, or field as it is written}, or {} where it could not be told. All but the first are told inside
of a function: {"function": where that begins, "declared": its name or None, "method": whether it is one, "parameters", "types":
the types of its names, "generics": its type parameters}."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.span import SourceFile
from schemalint.parsers.gorm.addresses import Values, address, parameters_of, values_of
from schemalint.parsers.gorm.expressions import Data, argument, go_type

if TYPE_CHECKING:
    from tree_sitter import Node

_NAME = re.compile(r"\w+(?:\.\w+)?")
_WORD = r"\b\w{0,60}?(?:db|DB|Db|conn|Conn|gorm|Gorm|atabase|[oO]rm\b|ORM|[oO]pen)\w*"
_CONNECTION = re.compile(_WORD)
"""What a variable that holds a connection is called, or the function that gives one."""
_MIGRATES = re.compile(r"(?:^|\.)\w*[mM]igrat\w*$")
_ASSIGNED = re.compile(rf"({_WORD})(?:\s*,\s*\w+)?(?:\s+\*?[\w.]+)?\s*:?=(?!=)|=\s*(?:\w+\.)?({_WORD})\s*\(".encode())
_GIVEN_BACK = re.compile(rf"\b(return)\b[^\n]{{0,200}}?{_WORD}".encode())
_BUILT = re.compile(rf"\b(\w+)\s*:\s*[&*]?(?:\w+\.)?{_WORD}|\{{\s*({_WORD})\s*\}}".encode())
_GIVEN = r"\b(\w*[mM]igrat\w*)\s*\(|\b(\w+)\s*\(\s*(?:[\w.&*]+\s*,\s*){{0,4}}(?:\w+\.)?(?:{})"
_HANDED = re.compile(_GIVEN.format(_WORD).encode())
_EMPTY = re.compile(r"&?[\w.]+\{\}|new\([\w.]+\)|\(\*[\w.]+\)\(nil\)|.*\.\.\.", re.DOTALL)
"""Models that are given for their type."""
_KINDS = {
    "assigned": ("short_var_declaration", "assignment_statement", "var_spec"),
    "given back": ("return_statement",),
    "built": ("composite_literal",),
    "handed": ("call_expression",),
}
_CHAIN = frozenset(
    """Debug Session WithContext Set InstanceSet Table Model Clauses Scopes Unscoped Begin Migrator Omit Select Where Order
    Limit Offset Preload Joins Group Having Attrs Assign LogMode Scan Raw Exec""".split()  # noqa: SIM905
)
"""Methods of gorm.DB that give a connection to the same database."""
MOST = 200
HIGHEST = 100


class Origins:
    """Of one file; what the functions around say is kept."""

    def __init__(self, file: SourceFile, root: Node, scope_of: Callable[[Node], dict[str, Data]]) -> None:
        self._file = file
        self._root = root
        self._scope_of = scope_of
        self._values: dict[int, Values] = {}
        self._around: dict[int, Data] = {}

    def values(self, function: Node | None) -> Values:
        """What the variables of a function are set to."""
        start = -1 if function is None else function.start_byte
        if start not in self._values:
            self._values[start] = values_of(function)
        return self._values[start]

    def address(self, node: Node, function: Node | None) -> object:
        """The address that an expression gives."""
        return address(node, self.values(function), parameters_of(function))

    def origin(self, node: Node | None, function: Node | None) -> Data:
        """Where the connection comes from that a chain of calls begins with."""
        for _ in range(HIGHEST):
            if node is None:
                return {}
            if node.type in ("identifier", "selector_expression") and _NAME.fullmatch(syntax.text(node)):
                return {"name": syntax.text(node)}
            if node.type == "call_expression":
                called = node.child_by_field_name("function")
                text = "" if called is None else syntax.text(called)
                if text == "gorm.Open":
                    return {"open": self._file.span_of_bytes(node.start_byte, node.end_byte).start}
                field = None if called is None else called.child_by_field_name("field")
                if field is None or syntax.text(field) not in _CHAIN:
                    return self._returned(node, text, function)
                node = called.child_by_field_name("operand") if called is not None else None
            elif node.type in ("parenthesized_expression", "unary_expression") and node.named_children:
                node = node.named_children[-1]
            else:
                return {}
        return {}

    def _returned(self, call: Node, text: str, function: Node | None) -> Data:
        given = call.child_by_field_name("arguments")
        if not _NAME.fullmatch(text) or given is None:
            return {}
        package, _, name = text.rpartition(".")
        values = [value for value in given.named_children if value.type != "comment"]
        return {"call": [package or None, name], "arguments": [self.address(one, function) for one in values]}

    def around(self, function: Node | None) -> Data:
        """The function around a place."""
        start = 0 if function is None else function.start_byte
        if start not in self._around:
            name = None if function is None else function.child_by_field_name("name")
            self._around[start] = {
                "function": start,
                "declared": None if name is None else syntax.text(name),
                "method": function is not None and function.type == "method_declaration",
                "parameters": parameters_of(function) if name is not None else [],
                "types": _types(function),
                "generics": _generics(function),
            }
        return self._around[start]

    def found(self) -> Iterator[tuple[str, Data]]:
        """What the file says of connections: ("holds", where a variable or field gets one), ("gives", that a function returns
        one), ("hands", a call of a function that is given one, or that migrates)."""
        content = self._file.text.encode("utf-8", "surrogatepass")
        if not _CONNECTION.search(self._file.text):
            return
        named = set()  # variables with a connection that are called otherwise
        for node in self._nodes("assigned", _ASSIGNED, content):
            for kind, told in self._assigned(node):
                named.add(told["target"])
                yield kind, told
        for node in self._nodes("given back", _GIVEN_BACK, content):
            yield from self._given_back(node)
        for node in self._nodes("built", _BUILT, content):
            yield from self._built(node)
        others = [re.escape(name) for name in sorted(named) if not _CONNECTION.search(name)]
        handed = _HANDED if not others else re.compile(_GIVEN.format("|".join((_WORD, *others))).encode())
        for node in self._nodes("handed", handed, content):
            yield from self._handed(node)

    def _nodes(self, kind: str, pattern: re.Pattern[bytes], content: bytes) -> Iterator[Node]:
        """The nodes that a pattern finds, each once; code that only asks the database is passed over."""
        seen: set[tuple[int, int]] = set()
        for place in pattern.finditer(content):
            group = place.lastindex or 0
            node = self._root.descendant_for_byte_range(place.start(group), place.end(group))
            for _ in range(6):
                if node is None or node.type in _KINDS[kind]:
                    break
                node = node.parent
            if node is None or node.type not in _KINDS[kind] or (node.start_byte, node.end_byte) in seen:
                continue
            seen.add((node.start_byte, node.end_byte))
            if len(seen) > MOST:
                return
            yield node

    def _assigned(self, node: Node) -> Iterator[tuple[str, Data]]:
        """The first variable that an assignment sets."""
        value, target = node.child_by_field_name("right") or node.child_by_field_name("value"), first(node)
        if value is None or target is None or not value.named_children:
            return
        function = enclosing(self._root, node)
        origin = self.origin(value.named_children[0], function)
        told = target if "call" not in origin else f"{target} {origin['call'][1]}"
        if origin.get("name") != target and ("open" in origin or _CONNECTION.search(told)):
            local = node.type == "short_var_declaration" or (function is not None and node.type == "var_spec")
            yield "holds", {"target": target, "local": local, "from": origin, **self.around(function)}

    def _given_back(self, node: Node) -> Iterator[tuple[str, Data]]:
        value = node.named_children[0] if node.named_children else None
        if value is not None and value.type == "expression_list":
            value = value.named_children[0] if value.named_children else None
        function = enclosing(self._root, node)
        around = self.around(function)
        name = None if around["method"] else around["declared"]
        origin = self.origin(value, function)
        told = origin.get("name") or origin.get("call", ["", ""])[1]
        if name is not None and ("open" in origin or _CONNECTION.search(told)):
            yield "gives", {"gives": name, "from": origin, **around}

    def _built(self, node: Node) -> Iterator[tuple[str, Data]]:
        """Fields of a struct that is made: `&Store{db: db}`, `&DB{db}`."""
        kind, body = node.child_by_field_name("type"), node.child_by_field_name("body")
        named = None if kind is None else go_type(kind)
        if named is None or body is None or named["kind"] != "name" or named["wrap"]:
            return
        function = enclosing(self._root, node)
        for element in body.named_children:
            parts = [one for one in element.named_children if one.type != "comment"]
            if element.type == "literal_element":
                parts = [element, element]  # of a struct that embeds *gorm.DB and holds nothing else
            if len(parts) != 2 or len(body.named_children) > 40:
                continue
            key, value = (
                one.named_children[0] if one.type == "literal_element" and one.named_children else one for one in parts
            )
            field = "DB" if element.type == "literal_element" else syntax.text(key)
            origin = self.origin(value, function)
            if _CONNECTION.search(origin.get("name", field)):
                owner = [named["package"], named["name"]]
                yield "holds", {"type": owner, "field": field, "from": origin, **self.around(function)}

    def _handed(self, node: Node) -> Iterator[tuple[str, Data]]:
        called, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        text = "" if called is None else syntax.text(called)
        package, dot, name = text.rpartition(".")
        if called is None or given is None or not re.fullmatch(r"\w+", name) or name in _CHAIN:
            return
        if dot and not re.fullmatch(r"\w+", package):
            package = "()"  # a method of what an expression gives
        migrates = _MIGRATES.search(name) is not None
        values = [value for value in given.named_children if value.type != "comment"]
        if len(values) > (MOST if migrates else 12):
            return
        function = enclosing(self._root, node)
        scope = self._scope_of(function) if function is not None and migrates else {}
        spans = [syntax.span(self._file, value) for value in values] if migrates else []
        yield (
            "hands",
            {
                "name": [package or None, name],
                "at": list(self._file.span_of_bytes(called.start_byte, called.end_byte)[1:]),
                "origins": [self.origin(one, function) for one in values],
                "addresses": [self.address(one, function) for one in values],
                "given": [argument(one, (at.start, at.end), scope) for one, at in zip(values, spans, strict=False)],
                "types_only": migrates and any(_EMPTY.fullmatch(syntax.text(one)) for one in values),
                **self.around(function),
            },
        )


def _generics(function: Node | None) -> list[str]:
    """The names of a function's type parameters."""
    listed = None if function is None else function.child_by_field_name("type_parameters")
    return [
        syntax.text(name)
        for declared in (listed.named_children if listed is not None else [])
        for name in declared.children_by_field_name("name")
    ]


def _types(function: Node | None) -> Data:
    """The types of a function's parameters, and of a method's receiver: what `s.db` is a field of."""
    found: Data = {}
    if function is None:
        return found
    for field in ("receiver", "parameters"):
        listed = function.child_by_field_name(field)
        for declared in listed.named_children if listed is not None else []:
            kind = declared.child_by_field_name("type")
            named = None if kind is None else go_type(kind)
            if named is not None and named["kind"] == "name":
                for name in declared.children_by_field_name("name"):
                    found[syntax.text(name)] = [named["package"], named["name"]]
    return found


def enclosing(root: Node, node: Node) -> Node | None:
    """The outermost function around a place. It is looked for from the root: a node finds its parent no other way."""
    cursor = root.walk()
    while cursor.goto_first_child_for_byte(node.start_byte) is not None:
        here = cursor.node
        if here is None or here.start_byte > node.start_byte or here.end_byte < node.end_byte:
            break
        if here.type in ("function_declaration", "method_declaration", "func_literal"):
            return here
    return None


def first(assignment: Node) -> str | None:
    """The first variable that an assignment sets."""
    left = assignment.child_by_field_name("left") or assignment.child_by_field_name("name")
    if left is not None and left.type == "expression_list":
        left = left.named_children[0] if left.named_children else None
    text = "" if left is None else syntax.text(left)
    return text if _NAME.fullmatch(text) and text != "_" else None
