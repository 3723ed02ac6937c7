"""Where Go code opens a database with GORM: with which driver, at which address, and with which naming strategy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.span import SourceFile
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.origins import Origins, enclosing

if TYPE_CHECKING:
    from tree_sitter import Node

_OPEN = re.compile(rb"\bgorm\s*\.\s*(Open)\s*\(")
_DIALECTOR = re.compile(r"(\w+)\.(?:Open|New|Dialector)")
_ADDRESSES = ("DSN", "DSNConfig", "Conn")
MOST = 50


def opens(file: SourceFile, root: Node, origins: Origins) -> Iterator[Data]:
    """Every `gorm.Open` of a file: {"at", "driver": the name of its package, "address", "config": the variable that holds its
    configuration or None, and the function around it as an origin tells it}."""
    content = file.text.encode("utf-8", "surrogatepass")
    for count, match in enumerate(_OPEN.finditer(content)):
        node = root.descendant_for_byte_range(match.start(1), match.end(1))
        call = None if node is None or node.parent is None else node.parent.parent
        if call is None or call.type != "call_expression" or count >= MOST:
            continue
        given = call.child_by_field_name("arguments")
        values = [value for value in given.named_children if value.type != "comment"] if given is not None else []
        function, span = enclosing(root, call), syntax.span(file, call)
        driver, address = _dialector(values[0], function, origins) if values else (None, None)
        yield {
            "at": [span.start, span.end],
            "driver": driver,
            "address": address,
            "config": syntax.text(values[1]) if len(values) == 2 and values[1].type == "identifier" else None,
            **origins.around(function),
        }


def _dialector(value: Node, function: Node | None, origins: Origins) -> tuple[str | None, object]:
    """The package whose dialector is opened, by the name it has in the file, and the address that it is given."""
    if value.type == "identifier":
        held = origins.values(function).get(syntax.text(value), [])
        if len(held) != 1:
            return None, None
        value = held[0]
    if value.type == "unary_expression" and value.named_children:
        value = value.named_children[-1]
    named = value.child_by_field_name("function") or value.child_by_field_name("type")
    found = _DIALECTOR.fullmatch(syntax.text(named)) if named is not None else None
    if found is None:
        return None, None
    given = value.child_by_field_name("arguments") or value.child_by_field_name("body")
    first = next((one for one in given.named_children if one.type != "comment"), None) if given is not None else None
    if first is None:
        return found[1], None
    if syntax.text(named).endswith("Open") if named is not None else False:
        return found[1], origins.address(first, function)
    return found[1], _configured(value, function, origins)


def _configured(node: Node, function: Node | None, origins: Origins) -> object:
    """The address in a driver's own Config."""
    for count, element in enumerate(syntax.walk(node)):
        if count > 500:
            break
        if element.type != "keyed_element" or len(element.named_children) != 2:
            continue
        key, value = (
            one.named_children[0] if one.type == "literal_element" and one.named_children else one
            for one in element.named_children
        )
        if syntax.text(key) in _ADDRESSES:
            return origins.address(value, function)
    return None
