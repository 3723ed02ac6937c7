"""Programs in Go, JavaScript, TypeScript and Rust: which texts they run as SQL, in which order, and whether for certain.

A run is what one function does on its way from top to bottom. A statement is certain when nothing stands before it that
may keep it from running, and when the program stops if it fails; of every other one nothing is asserted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.frozen import frozen
from schemalint.parsers.code.grammar import BACK, GO, RUST, Grammar, words
from schemalint.parsers.code.texts import Run, Step, Text, bears, joined, verbatim
from schemalint.parsers.code.values import Bound, Names, Values, arguments, called

if TYPE_CHECKING:
    from tree_sitter import Node

    from schemalint.model.span import SourceFile

_ERROR = re.compile(r"\(?\s*(?:err(?:or)?|e)\w{0,3}\s*(?:!==?\s*(?:nil|null|undefined)\s*)?\)?")
_SYNCHRONOUS = re.compile(r"better-sqlite3|bun:sqlite|node:sqlite|expo-sqlite|sql\.js")
_STOPS = re.compile(r"\b(?:panic|Fatal\w*|Exit|Panic\w*|fail|process\.exit)\s*\(")
_BINDING = words(
    "const_spec var_spec short_var_declaration assignment_statement variable_declarator assignment_expression"
    " augmented_assignment_expression let_declaration const_item static_item compound_assignment_expr"
)
_AROUND = words(
    "const_declaration var_declaration var_spec_list lexical_declaration variable_declaration export_statement"
)
_LARGE = 500  # nodes of a branch from which on nobody looks into it
_ARGUMENTS = 3  # a context, a connection, then the text
_END = verbatim("\n;\n", 0)
_Above = tuple["Node", "_Above | None"] | None


@frozen
class _Place:
    run: Run
    names: Names
    certain: bool
    above: _Above
    key: str | None = None  # the name that the value which stands here is given


def runs(file: SourceFile, root: Node, grammar: Grammar) -> tuple[list[Run], dict[str, Text]]:
    """What a file runs, and the texts that it gives a name at its top."""
    return _Walk(file, grammar).read(root)


class _Walk:
    def __init__(self, file: SourceFile, grammar: Grammar) -> None:
        self.grammar = grammar
        self.values = Values(file, grammar)
        self.runs: list[Run] = []
        self.synchronous = _SYNCHRONOUS.search(file.text) is not None

    def read(self, root: Node) -> tuple[list[Run], dict[str, Text]]:
        top = Names()
        for child in root.named_children:  # a function may use what stands below it
            for declaration in _declarations(child):
                _bind(declaration, top)
        stack = [(root, _Place(self._run(""), top, True, None))]
        while stack:
            node, place = stack.pop()
            stack.extend(reversed([inner for inner in self._visit(node, place) if inner[0].named_child_count]))
        named = {name: text for name, bound in top.own.items() for text in self._told(bound)}
        return [run for run in self.runs if run.steps], named

    def _told(self, bound: Bound) -> list[Text]:
        if bound.node is None or bound.names is None:
            return []
        items = self.values.items(bound.node, bound.names)
        nodes = items or [(bound.node, bound.names)]
        whole = joined(piece for node, names in nodes for piece in (self.values.text(node, names), _END))
        return [] if whole is None else [whole]

    def _run(self, name: str) -> Run:
        self.runs.append(Run(name))
        return self.runs[-1]

    def _visit(self, node: Node, place: _Place) -> Iterator[tuple[Node, _Place]]:
        kind, grammar = node.type, self.grammar
        inner = replace(place, above=(node, place.above), key=None)
        if kind in grammar.functions or kind in grammar.closures:
            yield from self._function(node, place, inner)
        elif kind in grammar.blocks:
            yield from self._block(node, inner)
        elif kind in grammar.loops:
            yield from self._loop(node, inner)
        elif kind in grammar.conditional:
            for child in node.named_children:
                always = any(child == node.child_by_field_name(name) for name in grammar.always)
                yield child, inner if always and kind != "go_statement" else replace(inner, certain=False)
        elif kind == "try_statement":
            handler = node.child_by_field_name("handler")
            sure = handler is None or _leaves(handler.child_by_field_name("body"), frozenset({"throw_statement"}))
            for child in node.named_children:
                body = child == node.child_by_field_name("body")
                yield child, replace(inner, certain=inner.certain and sure and body)
        elif kind == "mod_item" and syntax.text(node.child_by_field_name("name") or node) in ("test", "tests"):
            return
        else:
            if kind in ("call_expression", "macro_invocation"):
                self._call(node, place)
            key = _key(node)
            if kind in ("literal_element", "expression_list"):
                key = key if place.key is None else place.key
            below = inner if key is None else replace(inner, key=key)
            for child in node.named_children:
                yield child, below
            for declaration in _declarations(node):
                _bind(declaration, place.names)

    def _function(self, node: Node, place: _Place, inner: _Place) -> Iterator[tuple[Node, _Place]]:
        name = node.child_by_field_name("name")
        called_ = place.key if name is None else syntax.text(name)
        if called_ is not None and BACK.match(called_):
            return
        names = place.names.inner()
        for parameter in _parameters(node):
            names.own[parameter] = Bound(None, None)
        inner = replace(inner, names=names)
        if called_ is not None:
            inner = replace(inner, run=self._run(called_), certain=True)
        elif (items := _looped(place.above)) is not None and (first := next(iter(_parameters(node)), None)):
            names.own[first] = Bound(items, place.names, each=True)
        for child in node.named_children:
            yield child, inner

    def _block(self, node: Node, inner: _Place) -> Iterator[tuple[Node, _Place]]:
        if inner.above is not None and inner.above[1] is not None:
            inner = replace(inner, names=inner.names.inner())
        for child in node.named_children:
            yield child, inner
            if self._may_leave(child):
                inner = replace(inner, certain=False)

    def _may_leave(self, node: Node) -> bool:
        """Whether what follows is only reached under a condition, other than that nothing failed."""
        if node.type == "expression_statement" and node.named_children:
            node = node.named_children[0]
        if node.type not in ("if_statement", "if_expression"):
            return False
        condition = node.child_by_field_name("condition")
        if condition is not None and _ERROR.fullmatch(syntax.text(condition).strip()):
            return False
        inside = list(islice(syntax.walk(node), _LARGE))
        return len(inside) == _LARGE or any(child.type in self.grammar.leaving for child in inside)

    def _loop(self, node: Node, inner: _Place) -> Iterator[tuple[Node, _Place]]:
        """A loop over a list that is written out runs every item; any other may run or not."""
        variable, over = _loop_over(node)
        names = inner.names.inner()
        listed = bool(variable) and over is not None and bool(self.values.items(over, inner.names))
        if variable and over is not None:
            names.own[variable] = Bound(over, inner.names, each=True) if listed else Bound(None, None)
        certain = inner.certain and listed
        if variable and BACK.match(syntax.text(over) if over is not None else ""):
            return
        for child in node.named_children:
            yield child, replace(inner, names=names, certain=certain)

    def _call(self, node: Node, place: _Place) -> None:
        name = called(node)
        if name not in self.grammar.calls:
            return
        if name in ("raw", "sql") and _is_inner(place.above):
            return  # an argument of another call that runs it
        given = arguments(node)
        if name == "sql" and not (given and given[0].type == "template_string" and _awaited(place.above)):
            return  # it only makes a statement
        for argument in given[:_ARGUMENTS]:
            found = [one for one in self.values.meant(argument, place.names) if bears(one)]
            if found:
                certain = place.certain and self._stops(node, name, place.above)
                place.run.steps += (Step(one, certain) for one in found)
                return

    def _stops(self, node: Node, name: str, above: _Above) -> bool:
        """Whether the program goes no further when the call fails."""
        if name in self.grammar.sure:
            return True
        if self.grammar is GO:
            return _go_stops(node, above)
        if self.grammar is RUST:
            return _rust_stops(above)
        parent = above[0] if above is not None else None
        if parent is not None and parent.type == "await_expression":
            grand = above[1][0] if above is not None and above[1] is not None else None
            return grand is None or grand.type in ("expression_statement", "variable_declarator", "return_statement")
        return self.synchronous and parent is not None and parent.type in ("expression_statement", "member_expression")


def _go_stops(node: Node, above: _Above) -> bool:
    while above is not None:
        parent, above = above
        if parent.type == "return_statement":
            return True
        if parent.type in ("short_var_declaration", "assignment_statement"):
            outer = above[0] if above is not None else None
            if outer is not None and outer.type == "if_statement":
                return _checked(outer)
            following = parent.next_named_sibling
            if following is None:
                return False
            return _checked(following) if following.type == "if_statement" else following.type == "return_statement"
        if parent.type in ("expression_statement", "block", "statement_list", "func_literal"):
            return False
    return False


def _checked(branch: Node) -> bool:
    """Whether `if err != nil` leaves the function whatever the error is."""
    condition, body = branch.child_by_field_name("condition"), branch.child_by_field_name("consequence")
    if condition is None or body is None or not _ERROR.fullmatch(syntax.text(condition).strip()):
        return False
    inner = list(islice(syntax.walk(body), _LARGE))
    if len(inner) == _LARGE or any(
        one.type in ("if_statement", "expression_switch_statement", "type_switch_statement") for one in inner
    ):
        return False
    left = any(one.type == "return_statement" and syntax.text(one) not in ("return nil", "return") for one in inner)
    return left or _STOPS.search(syntax.text(body)) is not None


def _rust_stops(above: _Above) -> bool:
    while above is not None:
        parent, above = above
        if parent.type == "try_expression":
            return True
        if parent.type == "field_expression":
            name = parent.child_by_field_name("field")
            word = "" if name is None else syntax.text(name)
            if word in ("unwrap", "expect"):
                return True
            if word in ("ok", "unwrap_or", "unwrap_or_default", "unwrap_or_else", "is_ok", "is_err"):
                return False
        elif parent.type not in ("await_expression", "call_expression", "arguments"):
            return False
    return False


def _leaves(body: Node | None, leaving: frozenset[str]) -> bool:
    if body is None:
        return False
    statements = [child for child in body.named_children if child.type != "comment"]
    return bool(statements) and statements[-1].type in leaving and not any(s.type == "if_statement" for s in statements)


def _awaited(above: _Above) -> bool:
    return above is not None and above[0].type == "await_expression"


def _is_inner(above: _Above) -> bool:
    """Whether a call stands among the arguments of another: `db.run(sql.raw(…))`."""
    return above is not None and above[0].type == "arguments"


def _key(node: Node) -> str | None:
    """The name that a value below this node is given, where such a function is called later and not here."""
    if node.type in (
        "keyed_element",
        "pair",
        "assignment_expression",
        "variable_declarator",
        "public_field_definition",
    ):
        named = (
            node.child_by_field_name("key")
            or node.child_by_field_name("left")
            or node.child_by_field_name("name")
            or (node.named_children[0] if node.named_children else None)
        )
        return None if named is None else syntax.text(named).rpartition(".")[2].strip("\"'`")
    if node.type in ("short_var_declaration", "let_declaration", "expression_list", "literal_element"):
        return "" if node.type != "expression_list" else None
    return None


def _declarations(node: Node) -> Iterator[Node]:
    """The parts of a statement that give names a value."""
    todo = [node]
    while todo:
        one = todo.pop()
        if one.type in _BINDING:
            yield one
        elif one.type in _AROUND:
            todo += reversed(one.named_children)


def _bind(node: Node, names: Names) -> None:
    """What a declaration or an assignment makes of the names on its left."""
    left = node.child_by_field_name("left") or node.child_by_field_name("name") or node.child_by_field_name("pattern")
    right = node.child_by_field_name("right") or node.child_by_field_name("value")
    if left is None:
        return
    lefts = [one for one in node.children_by_field_name("name") if one.type == "identifier"] or _listed(left)
    rights = [] if right is None else _listed(right)
    sign = node.child_by_field_name("operator")
    adds = node.type.startswith(("augmented", "compound")) or (
        sign is not None and syntax.text(sign) not in ("=", ":=")
    )
    for at, one in enumerate(lefts):
        if one.type != "identifier":
            continue
        value = rights[at] if len(rights) == len(lefts) and not adds else None
        name = syntax.text(one)
        if node.type.startswith(("assignment", "augmented", "compound")):
            names.assign(name, Bound(value, names))
        else:
            names.own[name] = Bound(value, names)


def _listed(node: Node) -> list[Node]:
    return list(node.named_children) if node.type == "expression_list" else [node]


def _parameters(node: Node) -> Iterator[str]:
    held = node.child_by_field_name("parameters") or node.child_by_field_name("parameter")
    if held is None:
        return
    for one in [held] if held.type == "identifier" else syntax.walk(held):
        if one.type in ("identifier", "shorthand_property_identifier_pattern"):
            yield syntax.text(one)


def _loop_over(node: Node) -> tuple[str, Node | None]:
    """The variable of a loop over a list, and the list."""
    clause = next((child for child in node.named_children if child.type == "range_clause"), node)
    left = clause.child_by_field_name("left") or clause.child_by_field_name("pattern")
    over = clause.child_by_field_name("right") or clause.child_by_field_name("value")
    if left is None or over is None:
        return "", None
    names = [one for one in syntax.walk(left) if one.type == "identifier"]
    return (syntax.text(names[-1]) if names else ""), over


def _looped(above: _Above) -> Node | None:
    """The list whose items a closure is called with: `list.forEach(item => …)`."""
    if above is None or above[0].type != "arguments" or above[1] is None:
        return None
    call = above[1][0]
    function = call.child_by_field_name("function")
    if function is None or called(call) != "forEach":
        return None
    return function.child_by_field_name("object")
