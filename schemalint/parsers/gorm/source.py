"""One Go file to plain data: types with their tags, methods that matter, constants, and what migrates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from schemalint import syntax
from schemalint.model.span import SourceFile
from schemalint.parsers.gorm.builds import constraint
from schemalint.parsers.gorm.calls import migrations, names_of
from schemalint.parsers.gorm.declarations import AMBIGUOUS, types
from schemalint.parsers.gorm.expressions import Data, constant, go_type, string_literal
from schemalint.parsers.gorm.gathered import additions, registrations
from schemalint.parsers.gorm.legacy import LEGACY
from schemalint.parsers.gorm.legacy.calls import changes, hooks
from schemalint.parsers.gorm.opens import opens
from schemalint.parsers.gorm.origins import Origins, enclosing, first
from schemalint.parsers.gorm.resolver import resolved
from schemalint.parsers.gorm.steps import histories, ledgers

if TYPE_CHECKING:
    from tree_sitter import Node

METHODS = frozenset({"TableName", "Value", "Scan", "GormDataType", "GormDBDataType"})
_MODEL_USE = re.compile(r"\.Model\(\s*(?:&|new\()(?:(\w+)\.)?(\w+)[{)]")
_SQL_TABLE = re.compile(
    r"\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[`\"\[]?(?:\w+[`\"\]]?\.[`\"\[]?)?(\w+)[`\"\]]?\s*\(", re.IGNORECASE
)
_SETTING = re.compile(
    rb"\b(DisableForeignKeyConstraintWhenMigrating|IgnoreRelationshipsWhenMigrating|DefaultStringSize"
    rb"|DisableDatetimePrecision|DefaultDatetimePrecision|NamingStrategy)\s*:\s*([^\s,}]+)"
)
_TAG_KEY = re.compile(r"TagSettings\s*\[\s*(\"\w+\"|\w)|\bParseTagSetting\(")
_NAMING = re.compile(rb"\bNamingStrategy\s*\{")


def extract(file: SourceFile) -> Data:
    """Everything `link` needs of one Go file. Offsets are code points of the file."""
    root = syntax.parse(file, "go").root_node
    out: Data = {
        "package": "",
        "build": constraint(file.text),
        "imports": [],
        "types": [],
        "methods": [],
        "constants": {},
        "calls": [],
        "values": {},
        "settings": [],
        "naming": [],
        "uses": [],
        "sql": [],
        "migrations": [],
        "init_schema": False,
        "ledgers": [],
        "holds": [],
        "gives": [],
        "hands": [],
        "tag_keys": sorted({found.group(1) or "" for found in _TAG_KEY.finditer(file.text)}),
    }
    if root.has_error and (error := _first_error(file, root)) is not None:
        out["error"] = error
    functions: dict[str, Node] = {}
    scopes: dict[int, Data] = {}
    variables: dict[str, Node] = {}
    for node in root.named_children:
        if node.type == "package_clause" and node.named_children:
            out["package"] = syntax.text(node.named_children[0])
        elif node.type == "import_declaration":
            out["imports"].extend(_imports(file, node))
        elif node.type == "type_declaration":
            out["types"].extend(types(file, node))
        elif node.type == "const_declaration":
            for spec in node.named_children:
                if spec.type == "const_spec":
                    _bind(spec, out["constants"])
        elif node.type == "var_declaration":
            for spec in _specs(node):
                names, value = spec.children_by_field_name("name"), spec.child_by_field_name("value")
                if len(names) == 1 and value is not None and len(value.named_children) == 1:
                    variables[syntax.text(names[0])] = value.named_children[0]
        elif node.type == "method_declaration":
            method = _method(node)
            if method is not None:
                out["methods"].append(method)
            elif (owned := _owned(node)) is not None:
                functions[owned] = node
        elif node.type == "function_declaration":
            name = node.child_by_field_name("name")
            if name is not None:
                functions[syntax.text(name)] = node
    if any(imported == LEGACY for _, imported, *_ in out["imports"]):
        out["legacy"] = {**hooks(file.text), "changes": changes(file, root)}

    def scope_of(function: Node) -> Data:
        return names_of(file, function, scopes)

    origins = Origins(file, root, scope_of)
    out["calls"], out["values"] = migrations(file, root, variables, functions, out["imports"], scopes, origins)
    out["opens"] = list(opens(file, root, origins))
    for kind, told in origins.found():
        out[kind].append(told)
    out["adds"] = list(additions(file, root, origins, scope_of))
    out["registers"] = list(registrations(file, root, origins, scope_of))
    if "dbresolver" in file.text:
        out["resolved"] = list(resolved(file, root, scope_of))
    out["sql"] = [[found.group(1), found.start(1), found.end(1)] for found in _SQL_TABLE.finditer(file.text)]
    if any("gormigrate" in imported for _, imported, *_ in out["imports"]):
        local: list[Data] = []
        out["migrations"], places, out["init_schema"] = histories(file, root, functions, local)
        out["types"].extend(local)
        out["ledgers"] = ledgers(file, root)
        for call in out["calls"]:
            call["history"] = any(start <= call["at"][0] < end for start, end in places)
        out["sql"] = [one for one in out["sql"] if not any(start <= one[1] < end for start, end in places)]
    known = {AMBIGUOUS, *(entry.get("key") for entry in out["types"])}
    own = [one["local"] for scope in scopes.values() for one in scope.values() if "local" in one]
    out["types"].extend(entry for entry in own if entry["key"] not in known)
    _settings(file, root, out)
    if ".Model(" in file.text:
        out["uses"] = sorted({(found.group(1) or "", found.group(2)) for found in _MODEL_USE.finditer(file.text)})
        out["uses"] = [list(use) for use in out["uses"]]
    return out


def _first_error(file: SourceFile, root: Node) -> Data | None:
    """The first place that the grammar does not know and that could hold a model. Anywhere else it costs a statement at
    most: Go's syntax grows faster than its grammars."""
    for child in root.children:
        if not child.has_error or not (child.type == "type_declaration" or b"gorm:" in (child.text or b"")):
            continue
        for count, node in enumerate(syntax.walk(child)):
            if node.is_error or node.is_missing:
                span = syntax.span(file, node)
                return {"start": span.start, "end": span.end, "why": "not valid Go here"}
            if count > 200_000:
                break
    return None


def _specs(node: Node) -> list[Node]:
    found = []
    for child in node.named_children:
        found.extend(child.named_children if child.type == "var_spec_list" else [child])
    return [spec for spec in found if spec.type == "var_spec"]


def _bind(spec: Node, constants: dict[str, Any]) -> None:
    names, value = spec.children_by_field_name("name"), spec.child_by_field_name("value")
    if value is None:
        return
    for name, expression in zip([n for n in names if n.type == "identifier"], value.named_children, strict=False):
        found = constant(expression)
        if found is not None:
            constants[syntax.text(name)] = found


def _imports(file: SourceFile, node: Node) -> list[list[Any]]:
    found = []
    for child in node.named_children:
        for spec in child.named_children if child.type == "import_spec_list" else [child]:
            path, name = spec.child_by_field_name("path"), spec.child_by_field_name("name")
            if spec.type == "import_spec" and path is not None and (text := string_literal(path)) is not None:
                span = syntax.span(file, path)
                found.append([None if name is None else syntax.text(name), text, span.start, span.end])
    return found


def _owned(node: Node) -> str | None:
    """A method's name behind that of its type, as lists that methods give are kept."""
    name, receiver = node.child_by_field_name("name"), node.child_by_field_name("receiver")
    kind = receiver.named_children[0].child_by_field_name("type") if receiver and receiver.named_children else None
    return f"{go_type(kind).get('name', '')}.{syntax.text(name)}" if kind is not None and name is not None else None


def _method(node: Node) -> Data | None:
    name, receiver, body = (node.child_by_field_name(field) for field in ("name", "receiver", "body"))
    if name is None or receiver is None or syntax.text(name) not in METHODS or not receiver.named_children:
        return None
    kind = receiver.named_children[0].child_by_field_name("type")
    if kind is None:
        return None
    owner = go_type(kind)
    parameters = node.child_by_field_name("parameters")
    method: Data = {
        "owner": owner.get("name", ""),
        "name": syntax.text(name),
        "parameters": len(parameters.named_children) if parameters is not None else 0,
        "result": None,
        "kinds": [],
    }
    if body is None:
        return method
    statements = [s for s in body.named_children if s.type != "comment"]
    if len(statements) == 1 and statements[0].type == "statement_list":
        statements = [s for s in statements[0].named_children if s.type != "comment"]
    if len(statements) == 1 and statements[0].type == "return_statement":
        values = statements[0].named_children
        if values and len(values[0].named_children) == 1:
            method["result"] = constant(values[0].named_children[0])
    if method["name"] == "Value":
        method["kinds"] = _returned(body)
    return method


def _returned(body: Node) -> list[str]:
    """What the return statements of a Value method give first: "string", "nil" or "other"."""
    found = set()
    for count, node in enumerate(syntax.walk(body)):
        if count > 2000:
            return ["other"]
        if node.type != "return_statement" or not node.named_children or not node.named_children[0].named_children:
            continue
        first = node.named_children[0].named_children[0]
        function = first.child_by_field_name("function") if first.type == "call_expression" else None
        called = "" if function is None else syntax.text(function)
        if first.type == "nil":
            found.add("nil")
        elif called == "string" or called.endswith(".String") or first.type.endswith("string_literal"):
            found.add("string")
        else:
            found.add("other")
    return sorted(found)


def _settings(file: SourceFile, root: Node, out: Data) -> None:
    content = file.text.encode("utf-8", "surrogatepass")
    for found in _SETTING.finditer(content):
        node = root.descendant_for_byte_range(found.start(1), found.end(1))
        if node is not None and node.type in ("field_identifier", "identifier"):
            out["settings"].append([found.group(1).decode(), found.group(2).decode("utf-8", "replace")])
    for found in _NAMING.finditer(content):
        node = root.descendant_for_byte_range(found.start(), found.start() + len(b"NamingStrategy"))
        if node is None or node.type not in ("type_identifier", "identifier"):
            continue
        while node is not None and node.type in ("type_identifier", "qualified_type", "identifier"):
            node = node.parent
        if node is not None and node.type == "composite_literal":
            function, span = enclosing(root, node), syntax.span(file, node)
            out["naming"].append(
                {
                    "keys": _naming(node),
                    "at": [span.start, span.end],
                    "function": function.start_byte if function is not None else 0,
                    "target": _target(node),
                }
            )


def _target(node: Node) -> str | None:
    """The variable that is set to what a literal is a part of."""
    here: Node | None = node
    for _ in range(20):
        if here is None or here.type in ("block", "source_file"):
            break
        if here.type in ("short_var_declaration", "assignment_statement", "var_spec"):
            return first(here)
        here = here.parent
    return None


def _naming(node: Node) -> Data:
    """The keys of a NamingStrategy literal; what is no literal is None. Of `strings.NewReplacer` the pairs are listed."""
    found: Data = {}
    body = node.child_by_field_name("body")
    for element in body.named_children if body is not None else []:
        if element.type != "keyed_element" or len(element.named_children) != 2:
            if element.type != "comment":
                found["?"] = None
            continue
        key, value = (child.named_children[0] if child.named_children else child for child in element.named_children)
        found[syntax.text(key)] = _option(value)
    return found


def _option(value: Node) -> Any:
    text = syntax.text(value)
    if text in ("true", "false", "nil"):
        return {"true": True, "false": False}.get(text)
    if value.type == "int_literal":
        return int(text) if re.fullmatch(r"[1-9]\d{0,4}|0", text) else None
    called, given = value.child_by_field_name("function"), value.child_by_field_name("arguments")
    if value.type == "call_expression" and called is not None and syntax.text(called) == "strings.NewReplacer":
        pairs = [string_literal(each) for each in given.named_children if each.type != "comment"] if given else []
        return {"pairs": pairs} if None not in pairs and len(pairs) % 2 == 0 and all(pairs[::2]) else None
    return constant(value)
