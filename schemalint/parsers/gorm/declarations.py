"""Types that a Go file declares, in its package or inside of a function, as plain data.

A type is {"name", "at", "statement", "alias", "broken"} with {"fields": …} of a struct or {"type": …} of anything else, and
"parameters". What a function declares has a "key", which the types of its fields give as "local" where they mean it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.span import SourceFile
from schemalint.parsers.gorm.expressions import LONGEST_TAG, Data, go_type
from schemalint.parsers.gorm.tags import struct_tag

if TYPE_CHECKING:
    from tree_sitter import Node

_TYPE = re.compile(rb"\btype\s")
MOST_NODES = 50_000
AMBIGUOUS = "?"
"""The key of a name that a function declares several times: each holds in a part of it."""


def types(file: SourceFile, node: Node) -> list[Data]:
    """The types of one declaration."""
    found = []
    for spec in node.named_children:
        name, kind = spec.child_by_field_name("name"), spec.child_by_field_name("type")
        if spec.type not in ("type_spec", "type_alias") or name is None or kind is None:
            continue
        span, statement = syntax.span(file, name), syntax.span(file, spec)
        entry: Data = {
            "name": syntax.text(name),
            "at": [span.start, span.end],
            "statement": [statement.start, statement.end],
            "alias": spec.type == "type_alias",
            "broken": kind.has_error,
        }
        if kind.type == "struct_type":
            entry["fields"] = struct_fields(file, kind, 0)
        else:
            entry["type"] = go_type(kind)
        parameters = spec.child_by_field_name("type_parameters")
        if parameters is not None:
            entry["parameters"] = [
                syntax.text(name)
                for declared in parameters.named_children
                for name in declared.children_by_field_name("name")
            ]
        found.append(entry)
    return found


def inside(file: SourceFile, function: Node) -> dict[str, Data]:
    """The types that a function declares, by name. They may name those above them."""
    found: dict[str, Data] = {}
    if _TYPE.search(function.text or b"") is None:
        return found
    for count, node in enumerate(syntax.walk(function)):
        if count > MOST_NODES:
            break
        for entry in types(file, node) if node.type == "type_declaration" else ():
            name = entry["name"]
            entry["key"] = AMBIGUOUS if name in found else f"{name}@{entry['at'][0]}"
            found[name] = entry
            _point(entry, {name: known["key"] for name, known in found.items()})
    return found


def _point(entry: Data, keys: dict[str, str]) -> None:
    """Marks the types of an entry's fields that a function declares."""
    pending = [entry]
    while pending:
        one = pending.pop()
        pending.extend(one.get("fields", ()))
        kind = one.get("type")
        while kind is not None:
            if kind["kind"] == "name" and kind["package"] is None and kind["name"] in keys:
                kind["local"] = keys[kind["name"]]
            kind = kind.get("of")


def struct_fields(file: SourceFile, node: Node, depth: int) -> list[Data]:
    """The fields of a struct type; structs written in place are read a few levels deep."""
    found: list[Data] = []
    lists = [child for child in node.named_children if child.type == "field_declaration_list"]
    for declaration in lists[0].named_children if lists else []:
        if declaration.type != "field_declaration":
            continue
        kind, tag = declaration.child_by_field_name("type"), declaration.child_by_field_name("tag")
        if kind is None:
            continue
        type_span = syntax.span(file, kind)
        entry: Data = {"type": go_type(kind), "type_at": [type_span.start, type_span.end]}
        base = kind
        while base.type in ("pointer_type", "slice_type", "parenthesized_type") and base.named_children:
            base = base.named_children[-1]
        if base.type == "struct_type" and depth < 4:
            entry["fields"] = struct_fields(file, base, depth + 1)
        if tag is not None:
            literal, at = syntax.text(tag), syntax.span(file, tag).start
            if len(literal) > LONGEST_TAG:
                entry["unread"] = True
            else:
                for key, kept in (("gorm", "tag"), ("sql", "sql")):
                    if key in literal and (value := struct_tag(literal, at, key)) is not None:
                        text, where = value
                        straight = where == list(range(where[0], where[0] + len(where))) if where else True
                        entry[kept] = {"value": text, "at": where[:1] if straight else where}
        names = declaration.children_by_field_name("name")
        if not names:
            if any(child.type == "*" for child in declaration.children):
                entry["type"] = {**entry["type"], "wrap": ["*", *entry["type"]["wrap"]]}
            found.append({**entry, "name": entry["type"].get("name", ""), "at": entry["type_at"], "anonymous": True})
        for name in names:
            span = syntax.span(file, name)
            found.append({**entry, "name": syntax.text(name), "at": [span.start, span.end], "anonymous": False})
    return found
