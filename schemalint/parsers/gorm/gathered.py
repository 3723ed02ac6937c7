"""Lists of models that code fills before it migrates: package variables and fields of structs that functions add to, and the
calls that hand models to such functions, or a type to a function with a type parameter.

An addition is {"to": [None or the type that has the field, the name], "given": arguments} and the function around it, as an
origin tells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.span import SourceFile
from schemalint.parsers.gorm.expressions import Data, argument, go_type, is_interface
from schemalint.parsers.gorm.origins import Origins, enclosing

if TYPE_CHECKING:
    from tree_sitter import Node

Scopes = Callable[["Node"], dict[str, Data]]
_APPENDS = re.compile(rb"\b(\w+(?:\.\w+)?)\s*=\s*append\s*\(")
_SETS = re.compile(rb"\b(\w+(?:\.\w+)?)\s*\[[^\]\n]{1,100}\]\s*=(?!=)")
_BUILDS = re.compile(rb"\b(\w+)\s*:\s*(?:\[\]|map\[\w+\])(?:any\b|interface\s*\{\s*\})\s*\{")
_REGISTERS = re.compile(
    rb"\b(\w*(?:[rR]egist|[mM]odel|[eE]ntit|[tT]able|[sS]chema|[aA]dd)\w*)\s*\(\s*"
    rb"(?:[\w.\"/-]+\s*,\s*)?(?:&\w|new\s*\(|\[\]|\w[\w.]*(?:\(\))?\.\.\.|\w[\w.]*\{)"
)
_OF_TYPE = re.compile(r"\b((?:\w+\.)?\w+)\[((?:\*?(?:\w+\.)?\w+(?:,\s*)?){1,5})\]\s*\(")
MOST = 200
HIGHEST = 60


def additions(file: SourceFile, root: Node, origins: Origins, scope_of: Scopes) -> Iterator[Data]:
    """Every place of a file that adds models to a list of more than its function."""
    for pattern, kind in (
        (_APPENDS, "assignment_statement"),
        (_SETS, "assignment_statement"),
        (_BUILDS, "keyed_element"),
    ):
        for node in _nodes(file, root, pattern, kind):
            function = enclosing(root, node)
            made = (
                _built(file, node, function, scope_of)
                if kind == "keyed_element"
                else _added(file, node, function, scope_of)
            )
            if made is not None:
                yield {**made, **origins.around(function)}


def registrations(file: SourceFile, root: Node, origins: Origins, scope_of: Scopes) -> Iterator[Data]:
    """Calls that hand models to a function that may keep them, and calls of functions with type parameters, as `hands` of an
    origin: with "types" where a type is given."""
    for call in _nodes(file, root, _REGISTERS, "call_expression"):
        called, given = call.child_by_field_name("function"), call.child_by_field_name("arguments")
        text = "" if called is None else syntax.text(called)
        if given is None or not re.fullmatch(r"\w+(?:\.\w+)?", text):
            continue
        function = enclosing(root, call)
        at = syntax.span(file, called or call)
        told = _hand(text, _arguments(file, given, function, scope_of), [], origins.around(function))
        yield {**told, "at": [at.start, at.end]}
    for count, found in enumerate(_OF_TYPE.finditer(file.text)):
        if count >= MOST:
            break
        start = len(file.text[: found.start()].encode("utf-8", "surrogatepass"))
        node = root.descendant_for_byte_range(start, start + 1)
        types: list[Data] = []
        for word in found[2].split(","):
            package, _, name = word.strip().lstrip("*").rpartition(".")
            types.append({"wrap": [], "kind": "name", "name": name, "package": package or None})
        function = None if node is None else enclosing(root, node)
        if function is not None:
            yield {**_hand(found[1], [], types, origins.around(function)), "at": [found.start(2), found.end(2)]}


def _hand(text: str, given: list[Data], types: list[Data], around: Data) -> Data:
    package, _, name = text.rpartition(".")
    told: Data = {"name": [package or None, name], "origins": [], "addresses": [], "given": given, **around}
    return {**told, "type_arguments": types} if types else told


def _nodes(file: SourceFile, root: Node, pattern: re.Pattern[bytes], kind: str) -> Iterator[Node]:
    content = file.text.encode("utf-8", "surrogatepass")
    seen: set[int] = set()
    for place in pattern.finditer(content):
        node = root.descendant_for_byte_range(place.start(1), place.end(1))
        for _ in range(5):
            if node is None or node.type == kind:
                break
            node = node.parent
        if len(seen) == MOST:
            return
        if node is not None and node.type == kind and node.start_byte not in seen:
            seen.add(node.start_byte)
            yield node


def _added(file: SourceFile, node: Node, function: Node | None, scope_of: Scopes) -> Data | None:
    """`registered = append(registered, …)`, `s.models[name] = …`."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    target = left.named_children[0] if left is not None and len(left.named_children) == 1 else None
    value = right.named_children[0] if right is not None and len(right.named_children) == 1 else None
    if target is None or value is None or function is None:
        return None
    indexed = target.type == "index_expression"
    name = syntax.text(target.named_children[0] if indexed else target)
    to = _list_of(name, node, function)
    given = value.child_by_field_name("arguments") if not indexed else None
    if to is None or (not indexed and given is None):
        return None
    arguments = [value] if given is None else [one for one in given.named_children if one.type != "comment"][1:]
    return _models(to, [_argument(file, one, function, scope_of) for one in arguments])


def _list_of(name: str, node: Node, function: Node) -> list[object] | None:
    """Which list a name stands for: a variable of the package, or the field of a struct; None for a function's own."""
    first, _, field = name.partition(".")
    here: Node | None = node
    for _ in range(HIGHEST):
        if here is None:
            break
        for part in ("receiver", "parameters"):
            listed = here.child_by_field_name(part)
            for declared in listed.named_children if listed is not None else []:
                if first in [syntax.text(one) for one in declared.children_by_field_name("name")]:
                    kind = declared.child_by_field_name("type")
                    named = None if kind is None else go_type(kind)
                    plain = named is not None and named["kind"] == "name" and bool(field)
                    return [[named["package"], named["name"]], field] if plain and named is not None else None
        here = here.parent
    word = re.escape(first)
    own = re.search(rf"\bvar\s+{word}\b|\b{word}\b[\w\s,]{{0,80}}:=", syntax.text(function)[:100_000])
    return None if own is not None or field else [None, name]


def _built(file: SourceFile, node: Node, function: Node | None, scope_of: Scopes) -> Data | None:
    """A field of a struct that is made: `Store{models: []any{…}}`."""
    body = node.parent
    literal = None if body is None else body.parent
    kind = literal.child_by_field_name("type") if literal is not None and literal.type == "composite_literal" else None
    named = None if kind is None else go_type(kind)
    if named is None or named["kind"] != "name" or len(node.named_children) != 2:
        return None
    key, value = node.named_children
    to: list[object] = [[named["package"], named["name"]], syntax.text(key)]
    return _models(to, [_argument(file, value, function, scope_of)])


def _models(to: list[object], given: list[Data]) -> Data | None:
    """An addition of what may be models."""
    return {"to": to, "given": given} if any(one.keys() - {"open"} for one in given) else None


def _argument(file: SourceFile, node: Node, function: Node | None, scope_of: Scopes) -> Data:
    span = syntax.span(file, node)
    return argument(node, (span.start, span.end), {} if function is None else scope_of(function))


def _arguments(file: SourceFile, given: Node, function: Node | None, scope_of: Scopes) -> list[Data]:
    return [_argument(file, one, function, scope_of) for one in given.named_children if one.type != "comment"]


def fields_of(node: Node) -> Iterator[tuple[str, Node]]:
    """The fields of a struct literal that are lists of anything, as of a package variable."""
    body = node.child_by_field_name("body") if node.type == "composite_literal" else None
    for element in body.named_children if body is not None else []:
        if element.type != "keyed_element" or len(element.named_children) != 2:
            continue
        key, value = element.named_children
        inner = value.named_children[0] if value.named_children else value
        kind = inner.child_by_field_name("type") if inner.type == "composite_literal" else None
        if kind is not None and is_interface(go_type(kind)):
            yield syntax.text(key), inner
