"""One JavaScript or TypeScript file → the names it binds and what it exports, as plain data. The tree is walked once: whoever
looks for more in it is shown every node on the way, with where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from schemalint.jssource.shapes import leaves, parameters, path, patterns
from schemalint.jssource.values import FUNCTIONS, Value, place, string, unwrap, value
from schemalint.model.frozen import frozen
from schemalint.syntax import text

if TYPE_CHECKING:
    from tree_sitter import Node

    from schemalint.model.span import SourceFile

CLASSES = {"class_declaration", "class", "abstract_class_declaration"}
_STATEMENT = "expression_statement"
_LEAVES = {"string", "number", "comment", "identifier", "property_identifier", "regex", "template_string"}


@frozen
class Place:
    """Where the walk stands: the block and the function around, the class and its node, the conditions in force."""

    block: tuple[int, int]
    function: tuple[int, int]
    owner: tuple[int, int] | None = None
    name: str | None = None  # of the nearest named function
    conditions: tuple[tuple[Value, bool], ...] = ()
    top: bool = True

    def under(self, condition: Value, holds: bool) -> Place:
        """The place below a condition. Only the nearest are kept: nobody reads a guard of more."""
        return replace(self, conditions=(*self.conditions[-7:], (condition, holds)))


class Reading:
    """Gathers while the tree is walked once, without recursion. `look` is shown every node; what it finds it keeps in
    `found`, beside what is kept there of every file:

    names: [name, scope start, scope end, value] | parts: [object, property, value] of `db.User = …`
    exports: [name, "*" or "default", value] | stars: modules of `export * from`
    functions: [start, end, whether it is there before its statement is reached], where a name is assigned anew

    A name's value has "in_order", the block in which a statement of its own binds it, so that the order of statements tells
    which one holds.
    """

    def __init__(self, file: SourceFile, look: Callable[[Reading, Node, Place], None] | None = None) -> None:
        self.file = file
        self.above: tuple[Node | None, Node | None] = (None, None)  # the parent and its parent
        self.found: dict[str, Any] = {"names": [], "parts": [], "exports": [], "stars": [], "functions": []}
        self._anew = False
        self._look = look

    def read(self, root: Node) -> dict[str, Any]:
        """Everything that was found, without what is empty."""
        everything = (0, len(self.file.text))
        nobody: tuple[Node | None, Node | None] = (None, None)
        stack = [(root, Place(everything, everything), nobody)]
        while stack:
            # tree-sitter finds a parent by walking down from the root: in deep files that would take for ever.
            node, at, self.above = stack.pop()
            stack.extend(
                (child, inner, (node, self.above[0])) for child, inner in reversed(list(self._visit(node, at)))
            )
        if not self._anew:
            del self.found["functions"]
        return {key: found for key, found in self.found.items() if found}

    def _visit(self, node: Node, at: Place) -> Iterator[tuple[Node, Place]]:
        kind = node.type
        if kind in _LEAVES and kind != "template_string":
            return
        visitor = _VISITORS.get(kind)
        if visitor is not None:
            visitor(self, node, at)
        if self._look is not None:
            self._look(self, node, at)
        if kind in FUNCTIONS:
            yield from self._into_function(node, at)
        elif kind in CLASSES:
            inner = replace(at, owner=place(self.file, node), top=False)
            yield from ((child, inner) for child in node.named_children)
        elif kind in {"statement_block", "program"}:
            yield from self._into_block(node, at)
        elif kind in {"if_statement", "ternary_expression"}:
            yield from self._into_branches(node, at)
        elif kind == "binary_expression":
            yield from self._into_binary(node, at)
        elif kind == "switch_case":
            yield from self._into_case(node, at)
        else:
            yield from ((child, at) for child in node.named_children)

    # Where the walk goes

    def _into_function(self, node: Node, at: Place) -> Iterator[tuple[Node, Place]]:
        scope = place(self.file, node)
        self.found["functions"].append([*scope, node.type.endswith("_declaration")])
        name = node.child_by_field_name("name")
        called = at.name if name is None else text(name)
        parent = self.above[0]
        if name is None and parent is not None and parent.type == "variable_declarator":
            bound = parent.child_by_field_name("name")
            called = at.name if bound is None else text(bound)
        invoked = parent is not None and parent.type == "parenthesized_expression"  # (async () => {…})()
        for index, parameter in enumerate(parameters(node)):
            self._bind_parameter(parameter, index, scope)
        inner = replace(at, block=scope, function=scope, name=called, top=at.top and invoked)
        yield from ((child, inner) for child in node.named_children)

    def _into_block(self, node: Node, at: Place) -> Iterator[tuple[Node, Place]]:
        inner = replace(at, block=place(self.file, node)) if node.type == "statement_block" else at
        for child in node.named_children:
            yield child, inner
            if child.type == "if_statement" and child.child_by_field_name("alternative") is None and leaves(child):
                condition = value(self.file, child.child_by_field_name("condition"))
                inner = inner.under(condition, False)

    def _into_branches(self, node: Node, at: Place) -> Iterator[tuple[Node, Place]]:
        condition = node.child_by_field_name("condition")
        tested = value(self.file, condition)
        for field, holds in (("consequence", True), ("alternative", False)):
            branch = node.child_by_field_name(field)
            if branch is not None:
                yield branch, at.under(tested, holds)
        if condition is not None:
            yield condition, at

    def _into_binary(self, node: Node, at: Place) -> Iterator[tuple[Node, Place]]:
        operator = node.child_by_field_name("operator")
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        sign = "" if operator is None else text(operator)
        if left is not None:
            yield left, at
        if right is not None:
            if left is not None and sign in {"&&", "||"} and right.type not in _LEAVES:
                at = at.under(value(self.file, left), sign == "&&")
            yield right, at

    def _into_case(self, node: Node, at: Place) -> Iterator[tuple[Node, Place]]:
        switch = self.above[1]
        tested = None if switch is None else switch.child_by_field_name("value")
        case = value(self.file, node.child_by_field_name("value"))
        test = {"t": "bin", "op": "===", "l": value(self.file, tested), "r": case, "s": case["s"], "e": case["e"]}
        inner = at.under(test, True)
        yield from ((child, inner) for child in node.named_children)

    # Names

    def _bind_parameter(self, node: Node, index: int, scope: tuple[int, int]) -> None:
        for name, keys in patterns(node):
            start, end = place(self.file, name)
            held: Value = {"t": "param", "i": index, "in": scope[0], "s": start, "e": end}
            if keys:
                held["p"], held["ks"] = keys[-1], list(keys)
            self.found["names"].append([text(name), *scope, held])

    def _declared(self, node: Node, at: Place) -> None:
        name, given = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None:
            return
        statement, outer = self.above
        var = statement is not None and statement.type == "variable_declaration"
        scope = at.function if var else at.block
        exported = outer is not None and outer.type == "export_statement"
        held = None if given is None else value(self.file, given) | _order(outer, at)
        for bound, keys in patterns(name):
            own = held
            for key in keys:
                own = own and {"t": "mem", "o": own, "p": key, "s": own["s"], "e": own["e"]}
            self.found["names"].append([text(bound), *scope, own])
            if exported:
                self._export(text(bound), value(self.file, bound))

    def _assigned(self, node: Node, at: Place) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        left = unwrap(left)
        held = value(self.file, right)
        if left.type == "identifier":
            self._anew = True
            order = _order(self.above[1], at) if self.above[0] is not None and self.above[0].type == _STATEMENT else {}
            if node.type != "assignment_expression":
                sign = (operator := node.child_by_field_name("operator")) and text(operator).removesuffix("=")
                spot = {"s": held["s"], "e": held["e"]}
                held = {"t": "bin", "op": sign, "l": value(self.file, left), "r": held} | spot
            self.found["names"].append([text(left), *at.block, held | {"assigned": True} | order])
            return
        if left.type in {"array_pattern", "object_pattern"}:
            for bound, _ in patterns(left):
                self._lost(bound, at)
            return
        names = path(left)
        if names is None:
            return
        if names == ["module", "exports"] or names == ["exports"]:
            self._export("*", held)
        elif len(names) == 3 and names[:2] == ["module", "exports"]:
            self._export(names[2], held)
        elif len(names) == 2 and names[0] == "exports":
            self._export(names[1], held)
        elif len(names) == 2:
            self.found["parts"].append([names[0], names[1], held])

    def _lost(self, name: Node, at: Place) -> None:
        """A name that is given something that is not followed."""
        start, end = place(self.file, name)
        held: Value = {"t": "other", "s": start, "e": end, "assigned": True}
        self.found["names"].append([text(name), *at.block, held])

    def _counted(self, node: Node, at: Place) -> None:
        """`i++`."""
        name = node.child_by_field_name("argument")
        if name is not None and name.type == "identifier":
            self._lost(name, at)

    def _export(self, name: str, held: Value) -> None:
        self.found["exports"].append([name, held])

    def _defined(self, node: Node, at: Place) -> None:
        """A function, class or enumeration with a name."""
        name = node.child_by_field_name("name")
        if name is None:
            return
        held = value(self.file, node)
        if node.type == "enum_declaration":
            held = self._enumeration(node)
        self.found["names"].append([text(name), *at.block, held])
        parent = self.above[0]
        if parent is not None and parent.type == "export_statement":
            default = any(child.type == "default" for child in parent.children)
            self._export("default" if default else text(name), value(self.file, name))

    def _enumeration(self, node: Node) -> Value:
        start, end = place(self.file, node)
        entries: list[list[Any]] = []
        body = node.child_by_field_name("body")
        for child in body.named_children if body is not None else ():
            if child.type == "enum_assignment":
                name, given = child.child_by_field_name("name"), child.child_by_field_name("value")
                if name is not None:
                    entries.append([text(name), *place(self.file, name), value(self.file, given)])
            else:
                entries.append([None, start, end, {"t": "other", "s": start, "e": end}])
        return {"t": "obj", "p": entries, "s": start, "e": end}

    def _imported(self, node: Node, at: Place) -> None:
        source = node.child_by_field_name("source")
        for clause in node.named_children:
            if clause.type == "import_require_clause":
                names = [child for child in clause.named_children if child.type == "identifier"]
                module = clause.child_by_field_name("source")
                if names and module is not None:
                    self._import(names[0], string(module), "*", at)
            elif clause.type == "import_clause" and source is not None:
                self._import_clause(clause, string(source), at)

    def _import_clause(self, clause: Node, module: str, at: Place) -> None:
        for child in clause.named_children:
            if child.type == "identifier":
                self._import(child, module, "default", at)
            elif child.type == "namespace_import" and child.named_children:
                self._import(child.named_children[0], module, "*", at)
            elif child.type == "named_imports":
                for one in child.named_children:
                    name, alias = one.child_by_field_name("name"), one.child_by_field_name("alias")
                    if name is not None:
                        self._import(alias or name, module, text(name), at)

    def _import(self, local: Node, module: str, name: str, at: Place) -> None:
        start, end = place(self.file, local)
        held = {"t": "imp", "m": module, "n": name, "s": start, "e": end}
        self.found["names"].append([text(local), *at.block, held])

    def _exported(self, node: Node, at: Place) -> None:
        source = node.child_by_field_name("source")
        clauses = [child for child in node.named_children if child.type == "export_clause"]
        if source is not None and not clauses:
            self.found["stars"].append(string(source))
        for clause in clauses:
            for one in clause.named_children:
                name, alias = one.child_by_field_name("name"), one.child_by_field_name("alias")
                if name is None:
                    continue
                held = value(self.file, name)
                if source is not None:
                    held = {"t": "imp", "m": string(source), "n": text(name), "s": held["s"], "e": held["e"]}
                self._export(text(alias or name), held)
        given = node.child_by_field_name("value")
        if given is not None:
            self._export("default", value(self.file, given))
        elif source is None and any(child.type == "=" for child in node.children) and node.named_children:
            self._export("*", value(self.file, node.named_children[-1]))

    def _looped(self, node: Node, at: Place) -> None:
        """`for (const x of …)`: the names are what the loop gives them, like parameters."""
        left = node.child_by_field_name("left")
        if left is not None and node.child_by_field_name("kind") is not None:
            self._bind_parameter(left, 0, place(self.file, node))


def _order(block: Node | None, at: Place) -> Value:
    """That a statement of this block binds a name."""
    return {"in_order": list(at.block)} if block is not None and block.type in {"statement_block", "program"} else {}


_VISITORS: dict[str, Any] = {
    "variable_declarator": Reading._declared,
    "assignment_expression": Reading._assigned,
    "augmented_assignment_expression": Reading._assigned,
    "update_expression": Reading._counted,
    "function_declaration": Reading._defined,
    "generator_function_declaration": Reading._defined,
    "class_declaration": Reading._defined,
    "abstract_class_declaration": Reading._defined,
    "enum_declaration": Reading._defined,
    "import_statement": Reading._imported,
    "export_statement": Reading._exported,
    "for_in_statement": Reading._looped,
}
