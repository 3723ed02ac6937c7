"""One JavaScript or TypeScript file → what it says, as plain data: names, exports, definitions, associations, syncs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from schemalint import syntax
from schemalint.parsers.sequelize.decorators import decorated
from schemalint.parsers.sequelize.shapes import leaves, parameters, path, patterns
from schemalint.parsers.sequelize.values import FUNCTIONS, Value, place, string, unwrap, value
from schemalint.syntax import text

if TYPE_CHECKING:
    from tree_sitter import Node

    from schemalint.model.span import SourceFile

ASSOCIATIONS = ("belongsTo", "hasOne", "hasMany", "belongsToMany")
_CLASSES = {"class_declaration", "class", "abstract_class_declaration"}
_LEAVES = {"string", "number", "comment", "identifier", "property_identifier", "regex", "template_string"}
_STARTERS = re.compile("sync|init|connect|setup|prepar|ensure|database|db|migrat|creat|boot|start|load|main|run", re.I)
"""Names of functions that may lead to a sync: the conditions of their calls are kept."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk stands: the block and the function around, the class and its node, the conditions in force."""

    block: tuple[int, int]
    function: tuple[int, int]
    owner: tuple[int, int] | None = None
    name: str | None = None  # of the nearest named function
    conditions: tuple[tuple[Value, bool], ...] = ()
    top: bool = True

    def under(self, condition: Value, holds: bool) -> _Place:
        """The place below a condition. Only the nearest are kept: nobody reads a guard of more."""
        return replace(self, conditions=(*self.conditions[-7:], (condition, holds)))


class _Reading:
    """Gathers while the tree is walked once, without recursion."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self._above: tuple[Node | None, Node | None] = (None, None)  # the parent and its parent
        self.found: dict[str, Any] = {
            "names": [],  # [name, scope start, scope end, value]
            "parts": [],  # [object, property, value] of `db.User = …`
            "exports": [],  # [name, "*" or "default", value]
            "stars": [],  # modules of `export * from`
            "defines": [],  # [call, class span or None]
            "inits": [],
            "associations": [],
            "syncs": [],
            "runs": [],  # [function name, conditions] of calls that may lead to a sync
            "makers": [],  # new Sequelize(…), SequelizeModule.forRoot(…)
            "hooks": [],
            "removed": [],  # X.removeAttribute('id')
            "decorated": [],
        }

    def read(self, root: Node) -> dict[str, Any]:
        everything = (0, len(self.file.text))
        nobody: tuple[Node | None, Node | None] = (None, None)
        stack = [(root, _Place(everything, everything), nobody)]
        while stack:
            # tree-sitter finds a parent by walking down from the root: in deep files that would take for ever.
            node, at, self._above = stack.pop()
            stack.extend(
                (child, inner, (node, self._above[0])) for child, inner in reversed(list(self._visit(node, at)))
            )
        return {key: found for key, found in self.found.items() if found}

    def _visit(self, node: Node, at: _Place) -> Iterator[tuple[Node, _Place]]:
        kind = node.type
        if kind in _LEAVES and kind != "template_string":
            return
        visitor = _VISITORS.get(kind)
        if visitor is not None:
            visitor(self, node, at)
        if kind in FUNCTIONS:
            yield from self._into_function(node, at)
        elif kind in _CLASSES:
            held = decorated(self.file, node, self._above[0])
            if held is not None:
                self.found["decorated"].append(held)
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

    def _into_function(self, node: Node, at: _Place) -> Iterator[tuple[Node, _Place]]:
        scope = place(self.file, node)
        name = node.child_by_field_name("name")
        called = at.name if name is None else text(name)
        parent = self._above[0]
        if name is None and parent is not None and parent.type == "variable_declarator":
            bound = parent.child_by_field_name("name")
            called = at.name if bound is None else text(bound)
        invoked = parent is not None and parent.type == "parenthesized_expression"  # (async () => {…})()
        for index, parameter in enumerate(parameters(node)):
            self._bind_parameter(parameter, index, scope)
        inner = replace(at, block=scope, function=scope, name=called, top=at.top and invoked)
        yield from ((child, inner) for child in node.named_children)

    def _into_block(self, node: Node, at: _Place) -> Iterator[tuple[Node, _Place]]:
        inner = replace(at, block=place(self.file, node)) if node.type == "statement_block" else at
        for child in node.named_children:
            yield child, inner
            if child.type == "if_statement" and child.child_by_field_name("alternative") is None and leaves(child):
                condition = value(self.file, child.child_by_field_name("condition"))
                inner = inner.under(condition, False)

    def _into_branches(self, node: Node, at: _Place) -> Iterator[tuple[Node, _Place]]:
        condition = node.child_by_field_name("condition")
        tested = value(self.file, condition)
        for field, holds in (("consequence", True), ("alternative", False)):
            branch = node.child_by_field_name(field)
            if branch is not None:
                yield branch, at.under(tested, holds)
        if condition is not None:
            yield condition, at

    def _into_binary(self, node: Node, at: _Place) -> Iterator[tuple[Node, _Place]]:
        operator = node.child_by_field_name("operator")
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        sign = "" if operator is None else text(operator)
        if left is not None:
            yield left, at
        if right is not None:
            if left is not None and sign in {"&&", "||"} and right.type not in _LEAVES:
                at = at.under(value(self.file, left), sign == "&&")
            yield right, at

    def _into_case(self, node: Node, at: _Place) -> Iterator[tuple[Node, _Place]]:
        switch = self._above[1]
        tested = None if switch is None else switch.child_by_field_name("value")
        case = value(self.file, node.child_by_field_name("value"))
        test = {"t": "bin", "op": "===", "l": value(self.file, tested), "r": case, "s": case["s"], "e": case["e"]}
        inner = at.under(test, True)
        yield from ((child, inner) for child in node.named_children)

    # Names

    def _bind_parameter(self, node: Node, index: int, scope: tuple[int, int]) -> None:
        for name, keys in patterns(node):
            start, end = place(self.file, name)
            held: Value = {"t": "param", "i": index, "s": start, "e": end}
            if keys:
                held["p"] = keys[-1]
            self.found["names"].append([text(name), *scope, held])

    def _declared(self, node: Node, at: _Place) -> None:
        name, given = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None:
            return
        statement, outer = self._above
        var = statement is not None and statement.type == "variable_declaration"
        scope = at.function if var else at.block
        exported = outer is not None and outer.type == "export_statement"
        held = None if given is None else value(self.file, given)
        for bound, keys in patterns(name):
            own = held
            for key in keys:
                own = own and {"t": "mem", "o": own, "p": key, "s": own["s"], "e": own["e"]}
            self.found["names"].append([text(bound), *scope, own])
            if exported:
                self._export(text(bound), value(self.file, bound))

    def _assigned(self, node: Node, at: _Place) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            return
        left = unwrap(left)
        held = value(self.file, right)
        if left.type == "identifier":
            self.found["names"].append([text(left), *at.block, held | {"assigned": True}])
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

    def _export(self, name: str, held: Value) -> None:
        self.found["exports"].append([name, held])

    def _defined(self, node: Node, at: _Place) -> None:
        """A function, class or enumeration with a name."""
        name = node.child_by_field_name("name")
        if name is None:
            return
        held = value(self.file, node)
        if node.type == "enum_declaration":
            held = self._enumeration(node)
        self.found["names"].append([text(name), *at.block, held])
        parent = self._above[0]
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

    def _imported(self, node: Node, at: _Place) -> None:
        source = node.child_by_field_name("source")
        for clause in node.named_children:
            if clause.type == "import_require_clause":
                names = [child for child in clause.named_children if child.type == "identifier"]
                module = clause.child_by_field_name("source")
                if names and module is not None:
                    self._import(names[0], string(module), "*", at)
            elif clause.type == "import_clause" and source is not None:
                self._import_clause(clause, string(source), at)

    def _import_clause(self, clause: Node, module: str, at: _Place) -> None:
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

    def _import(self, local: Node, module: str, name: str, at: _Place) -> None:
        start, end = place(self.file, local)
        held = {"t": "imp", "m": module, "n": name, "s": start, "e": end}
        self.found["names"].append([text(local), *at.block, held])

    def _exported(self, node: Node, at: _Place) -> None:
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

    # Calls

    def _called(self, node: Node, at: _Place) -> None:
        callee = node.child_by_field_name("function")
        if callee is None:
            return
        callee = unwrap(callee)
        if callee.type == "identifier":
            self._ran(text(callee), at)
            return
        if callee.type != "member_expression":
            return
        name = callee.child_by_field_name("property")
        method = "" if name is None else text(name)
        if method == "define":
            self.found["defines"].append(value(self.file, node))
        elif method == "init":
            self.found["inits"].append([value(self.file, node), _listed(at.owner)])
        elif method in ASSOCIATIONS:
            self.found["associations"].append([method, value(self.file, node), _listed(at.owner)])
        elif method == "sync":
            self._synced(node, callee, at)
        elif method in {"forRoot", "forRootAsync"} and path(callee) == ["SequelizeModule", method]:
            self.found["makers"].append(value(self.file, node))
        elif method in {"addHook", "beforeDefine"}:
            call = value(self.file, node)
            first = call["a"][0] if call.get("a") else None
            if method == "beforeDefine" or (first is not None and first.get("v") == "beforeDefine"):
                self.found["hooks"].append([call["s"], call["e"]])
        elif method == "removeAttribute":
            self.found["removed"].append(value(self.file, node))
        else:
            self._ran(method, at)

    def _ran(self, name: str, at: _Place) -> None:
        if _STARTERS.search(name):
            self.found["runs"].append([name, self._conditions(at)])

    def _synced(self, node: Node, callee: Node, at: _Place) -> None:
        start, end = place(self.file, callee)
        self.found["syncs"].append(
            {
                "call": value(self.file, node),
                "owner": _listed(at.owner),
                "callee": [start, end],
                "conditions": self._conditions(at),
                "top": at.top,
                "in": at.name,
            }
        )

    def _conditions(self, at: _Place) -> list[list[Any]]:
        return [[condition, holds] for condition, holds in at.conditions]

    def _made(self, node: Node, at: _Place) -> None:
        constructor = node.child_by_field_name("constructor")
        if constructor is not None and (path(constructor) or [""])[-1] == "Sequelize":
            self.found["makers"].append(value(self.file, node))


_VISITORS: dict[str, Any] = {
    "variable_declarator": _Reading._declared,
    "assignment_expression": _Reading._assigned,
    "function_declaration": _Reading._defined,
    "generator_function_declaration": _Reading._defined,
    "class_declaration": _Reading._defined,
    "abstract_class_declaration": _Reading._defined,
    "enum_declaration": _Reading._defined,
    "import_statement": _Reading._imported,
    "export_statement": _Reading._exported,
    "call_expression": _Reading._called,
    "new_expression": _Reading._made,
}


def _listed(place: tuple[int, int] | None) -> list[int] | None:
    return None if place is None else list(place)


def read(file: SourceFile) -> dict[str, Any]:
    """What one source file says about Sequelize models, as plain data."""
    return _Reading(file).read(syntax.parse(file).root_node)
