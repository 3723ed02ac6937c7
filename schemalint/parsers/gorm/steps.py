"""gormigrate's migrations as plain data: what each way of each migration does to the schema, in the order it stands there.

A migration is {"id", "at", "up": steps, "down": steps or None}. A step is {"do": the method, "at", "statement", "guard": the
place of a condition around it or None, "plain": whether that only looks whether something is there} with {"models": arguments},
{"names": [[text, start, end], …]} or {"sql": [text, start or None]}; {"open": why} stands for what could not be told.
Migrations are `gormigrate.Migration` literals with a literal ID; their functions are written in place or declared in the same
file (go-gormigrate/gormigrate v2, README and gormigrate.go)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.span import SourceFile
from schemalint.parsers.gorm.declarations import AMBIGUOUS, inside
from schemalint.parsers.gorm.expressions import Data, argument, constant, string_literal

if TYPE_CHECKING:
    from tree_sitter import Node

MOST_NODES = 50_000
_OF_MODELS = frozenset(("AutoMigrate", "CreateTable"))
_OF_TABLES = frozenset(("DropTable",))
_OF_NAMES = frozenset(
    """AddColumn DropColumn RenameColumn RenameTable CreateIndex DropIndex AlterColumn MigrateColumn CreateConstraint
    DropConstraint RenameIndex CreateView DropView MigrateColumnUnique""".split()  # noqa: SIM905
)
_OPTIONS = re.compile(rb"\bgormigrate\.(Options)\s*\{")
_LOOKS = re.compile(r"!?[\w.]+\.Migrator\(\)\.Has(?:Table|Column|Index|Constraint)\([^()]*\)")
_HARMLESS_TEST = re.compile(r"^(?:\w+ [!=]= nil|!?\w*ok)$")


def histories(
    file: SourceFile, root: Node, functions: dict[str, Node], declared: list[Data]
) -> tuple[list[Data], list[list[int]], bool]:
    """The migrations of a file, the places of their functions, and whether an empty database is made in another way
    (`InitSchema`). The types that the functions declare are added to `declared`."""
    found: list[Data] = []
    places: list[list[int]] = []
    for count, node in enumerate(syntax.walk(root)):
        if count > MOST_NODES:
            break
        if node.type == "call_expression" and (first := _first_schema(file, node, functions)) is not None:
            places.append(first)
        if node.type != "literal_value":
            continue
        keys = _keys(node)
        name, up = keys.get("ID"), keys.get("Migrate")
        if name is None or up is None:
            continue
        text, span = string_literal(name), syntax.span(file, name)
        migration: Data = {"id": text, "at": [span.start, span.end], "up": [], "down": None}
        for key, way in (("Migrate", "up"), ("Rollback", "down")):
            body = keys.get(key)
            if body is None:
                continue
            function = functions.get(syntax.text(body)) if body.type == "identifier" else body
            if function is None or function.type not in ("func_literal", "function_declaration"):
                migration[way] = [{"open": "its function is declared elsewhere", **_places(file, body)}]
                continue
            migration[way] = _steps(file, function, declared)
            whole = syntax.span(file, function)
            places.append([whole.start, whole.end])
        found.append(migration)
    return found, places, "InitSchema(" in file.text


def _first_schema(file: SourceFile, call: Node, functions: dict[str, Node]) -> list[int] | None:
    """Where the function stands that `InitSchema` is given: it runs once, on an empty database."""
    called, given = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    if called is None or given is None or not syntax.text(called).endswith(".InitSchema") or not given.named_children:
        return None
    value = given.named_children[0]
    function = functions.get(syntax.text(value)) if value.type == "identifier" else value
    if function is None:
        return None
    span = syntax.span(file, function)
    return [span.start, span.end]


def ledgers(file: SourceFile, root: Node) -> list[object]:
    """What the options of a file call the table in which gormigrate keeps its books, as constants."""
    content = file.text.encode("utf-8", "surrogatepass")
    found = []
    for place in _OPTIONS.finditer(content):
        node = root.descendant_for_byte_range(place.start(1), place.end(1))
        while node is not None and node.type in ("identifier", "type_identifier", "qualified_type"):
            node = node.parent
        body = node.child_by_field_name("body") if node is not None and node.type == "composite_literal" else None
        name = None if body is None else _keys(body).get("TableName")
        if name is not None and (said := constant(name)) is not None:
            found.append(said)
    return found


def _keys(node: Node) -> dict[str, Node]:
    found = {}
    for element in node.named_children:
        if element.type == "keyed_element" and len(element.named_children) == 2:
            key, value = (
                child.named_children[0] if child.type == "literal_element" and child.named_children else child
                for child in element.named_children
            )
            found[syntax.text(key)] = value
    return found


def _places(file: SourceFile, node: Node) -> Data:
    span = syntax.span(file, node)
    return {"do": "", "at": [span.start, span.end], "statement": [span.start, span.end], "guard": None, "plain": True}


def _steps(file: SourceFile, function: Node, declared: list[Data]) -> list[Data]:
    """What a function does with the connection it is given."""
    parameters = function.child_by_field_name("parameters")
    names = [
        syntax.text(name)
        for listed in (parameters.named_children if parameters is not None else [])
        for name in listed.children_by_field_name("name")
    ]
    connection = names[0] if names else ""
    own = inside(file, function)
    declared.extend(entry for entry in own.values() if entry["key"] != AMBIGUOUS)
    local = {name: {"open": entry["at"], "local": entry} for name, entry in own.items()}
    calls: list[Node] = []
    for count, node in enumerate(syntax.walk(function)):
        if count > MOST_NODES:
            return [{"open": "it is too long to follow", **_places(file, function)}]
        if node.type == "call_expression":
            calls.append(node)
    found = []
    for call in sorted(calls, key=lambda node: node.end_byte):
        step = _step(file, call, connection, local, function)
        if step is not None:
            found.append(step)
    return found


def _step(file: SourceFile, call: Node, connection: str, local: dict[str, Data], function: Node) -> Data | None:
    callee, given = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    if callee is None or given is None:
        return None
    values = [value for value in given.named_children if value.type != "comment"]
    if connection and any(syntax.text(value) == connection for value in values):
        return {"open": f"{_short(syntax.text(callee))} is given the connection", **_around(file, call, function)}
    if callee.type != "selector_expression":
        return None
    operand, field = callee.child_by_field_name("operand"), callee.child_by_field_name("field")
    if operand is None or field is None:
        return None
    chain, name = syntax.text(operand), syntax.text(field)
    ours = bool(connection) and re.match(rf"{re.escape(connection)}\b", chain) is not None
    if not ours and not chain.endswith("Migrator()"):
        return None
    step = {**_around(file, call, function), "do": name}
    if ".Table(" in chain:
        return {**step, "open": "it works on a table of another name"} if name in _OF_MODELS else None
    if name in _OF_MODELS or name in _OF_TABLES:
        return {**step, "models": [_given(file, value, local) for value in values]}
    if name in _OF_NAMES:
        return {**step, "models": [_given(file, value, local) for value in values[:1]], "names": _texts(file, values)}
    if name != "Exec" or not values:
        return None
    text, span = string_literal(values[0]), syntax.span(file, values[0])
    if text is None:
        return {**step, "open": "it runs SQL that is put together"}
    raw = values[0].type == "raw_string_literal"
    return {**step, "sql": [text, span.start + 1 if raw and "\r" not in syntax.text(values[0]) else None]}


def _given(file: SourceFile, value: Node, local: dict[str, Data]) -> Data:
    text, span = string_literal(value), syntax.span(file, value)
    if text is not None:
        return {"table": text, "at": [span.start, span.end]}
    return argument(value, (span.start, span.end), local)


def _texts(file: SourceFile, values: list[Node]) -> list[list[object]]:
    found: list[list[object]] = []
    for value in values:
        text, span = string_literal(value), syntax.span(file, value)
        found.append([text, span.start + 1, span.end - 1] if text is not None else [None, span.start, span.end])
    return found


def _around(file: SourceFile, call: Node, function: Node) -> Data:
    """Where a call stands, and the condition or loop that it hangs on."""
    callee = call.child_by_field_name("function")
    field = callee.child_by_field_name("field") if callee is not None else None
    span, whole = syntax.span(file, field or call), syntax.span(file, call)
    guard, plain = None, True
    here, above = call, call.parent
    for _ in range(200):
        if above is None or here == function:
            break
        if above.type in ("for_statement", "expression_switch_statement", "type_switch_statement"):
            guard, plain = syntax.span(file, above), False
        elif above.type == "if_statement" and here != above.child_by_field_name("initializer"):
            test = above.child_by_field_name("condition")
            tested = " ".join(syntax.text(test).split()) if test is not None else ""
            if here != test and not _HARMLESS_TEST.match(tested):
                guard = syntax.span(file, test or above)
                plain = plain and _LOOKS.fullmatch(tested) is not None
        here, above = above, above.parent
    return {
        "do": "",
        "at": [span.start, span.end],
        "statement": [whole.start, whole.end],
        "guard": None if guard is None else [guard.start, guard.end],
        "plain": plain,
    }


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
