"""`table!` of diesel as plain data: a small reader over the tokens of the macro.

The macro's grammar is that of diesel_table_macro_syntax: `use` lines, attributes, `[schema.]table [(key, …)] { [attributes]
column -> Type, … }`. Its columns are what every query of the program is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from schemalint import syntax
from schemalint.model.span import SourceFile

if TYPE_CHECKING:
    from tree_sitter import Node

Data = dict[str, Any]

_SQL_TYPE = re.compile(
    r"#\[(?:diesel\(postgres_type\(|postgres\(type_)(?P<said>[^)\]]{1,300})\)*\]"
    r"(?:\s|#\[[^\]]{0,300}\]|//[^\n]{0,300}\n){0,20}pub\s+struct\s+(?P<struct>\w{1,100})"
)
_SAID = re.compile(r'(?P<key>name|schema)\s*=\s*"(?P<value>[^"]*)"')


def read(file: SourceFile) -> Data:
    """The tables that a file declares, the custom types of postgres that it names, and macros that were not understood."""
    tables: list[Data] = []
    unread: list[list[int]] = []
    for node in syntax.walk(syntax.parse(file).root_node):
        if node.type != "macro_invocation":
            continue
        macro = node.child_by_field_name("macro")
        if macro is None or syntax.text(macro).rpartition("::")[2] != "table":
            continue
        body = next((child for child in node.children if child.type == "token_tree"), None)
        if body is None or "->" not in syntax.text(body):
            continue  # some other crate's macro
        made = _table(file, body)
        if made is None:
            unread.append(_place(file, macro))
        else:
            tables.append({**made, "statement": _place(file, node)})
    types = {}
    for match in _SQL_TYPE.finditer(file.text):
        said = {one["key"]: one["value"] for one in _SAID.finditer(match["said"])}
        if "name" in said:
            types[match["struct"]] = [said.get("schema"), said["name"]]
    return {
        "tables": tables,
        "types": types,
        "unread": unread,
        "generated": "@generated automatically by Diesel" in file.text,
    }


def _place(file: SourceFile, node: Node, last: Node | None = None) -> list[int]:
    span = file.span_of_bytes(node.start_byte, (last or node).end_byte)
    return [span.start, span.end]


def _inside(tree: Node) -> list[Node]:
    """The tokens between a pair of brackets, comments left out."""
    return [child for child in tree.children[1:-1] if not child.type.endswith("comment")]


def _table(file: SourceFile, body: Node) -> Data | None:
    tokens = _inside(body)
    at = 0
    while at < len(tokens) and tokens[at].type == "use":
        while at < len(tokens) and tokens[at].type != ";":
            at += 1
        at += 1
    named, at = _attributes(tokens, at)
    names: list[Node] = []
    while at < len(tokens) and tokens[at].type != "token_tree":
        if tokens[at].type != ".":
            names.append(tokens[at])
        at += 1
    if not 1 <= len(names) <= 2 or at >= len(tokens):
        return None
    key = None
    if syntax.text(tokens[at]).startswith("("):
        key = [[_name(token), *_place(file, token)] for token in _inside(tokens[at]) if token.type != ","]
        at += 1
    if at != len(tokens) - 1 or not syntax.text(tokens[at]).startswith("{"):
        return None
    columns = list(_columns(file, _inside(tokens[at])))
    if None in columns:
        return None
    schema = _name(names[0]) if len(names) == 2 else None
    name = named.get("sql_name", _name(names[-1]))
    return {
        "schema": schema,
        "name": name.removeprefix(f"{schema}.")
        if schema
        else name,  # print-schema puts the schema into `sql_name`, too
        "place": _place(file, names[-1]),
        "key": key,
        "columns": columns,
    }


def _name(token: Node) -> str:
    return syntax.text(token).removeprefix("r#")


def _attributes(tokens: list[Node], at: int) -> tuple[dict[str, str], int]:
    """`#[sql_name = "…"]`, `#[max_length = 10]` and others, and where they end."""
    found: dict[str, str] = {}
    while at + 1 < len(tokens) and tokens[at].type == "#":
        key, equals, value = syntax.text(tokens[at + 1]).strip("[]").partition("=")
        if equals:
            found[key.strip()] = _literal(value.strip())
        at += 2
    return found, at


def _literal(written: str) -> str:
    """The value of a literal: of a string in quotes, plain or raw."""
    raw = re.fullmatch(r'r(#*)"(.*)"\1', written, re.S)
    if raw is not None:
        return raw[2]
    return re.sub(r"\\(.)", r"\1", written[1:-1]) if written.startswith('"') else written


def _columns(file: SourceFile, tokens: list[Node]) -> Iterator[Data | None]:
    """Every column; None where what stands there is none, which ends the reading."""
    at = 0
    while at < len(tokens):
        said, at = _attributes(tokens, at)
        if at + 2 >= len(tokens) or tokens[at + 1].type != "->":
            yield None
            return
        name, start = tokens[at], at + 2
        at, depth = start, 0
        while at < len(tokens) and not (tokens[at].type == "," and depth <= 0):
            depth += tokens[at].type.count("<") - tokens[at].type.count(">")
            at += 1
        if at == start:
            yield None
            return
        words = tokens[start:at]
        at += 1
        length = said.get("max_length", "")
        yield {
            "name": said.get("sql_name", _name(name)),
            "field": _name(name),
            "place": _place(file, name),
            "type": "".join(map(syntax.text, words)),
            "type_place": _place(file, words[0], words[-1]),
            "length": int(length) if length.isdecimal() and len(length) < 10 else None,
        }
