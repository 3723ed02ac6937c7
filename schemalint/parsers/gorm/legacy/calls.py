"""What code written for GORM v1 sets for all names, and the indexes and foreign keys that it adds by calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.span import SourceFile
from schemalint.parsers.gorm.expressions import Data, argument, constant

if TYPE_CHECKING:
    from tree_sitter import Node

_SINGULAR = re.compile(r"\.SingularTable\(\s*(\w+)\s*\)")
_HANDLER = re.compile(r"\bDefaultTableNameHandler\s*=[^=]")
_PREFIXING = re.compile(
    r"\bDefaultTableNameHandler\s*=\s*func\s*\(\s*\w+\s+\*\w+\.DB\s*,\s*(\w+)\s+string\s*\)\s*string\s*"
    r'\{\s*return\s+"([^"\\]*)"\s*\+\s*\1\s*;?\s*\}'
)
_SETS = re.compile(r"\b(?:SingularTable\(|DefaultTableNameHandler\s*=[^=]|AddNamingStrategy\(|TheNamingStrategy\b)")
_NAMER = re.compile(r"\b(?:AddNamingStrategy\(|TheNamingStrategy\b)")
_ADDS = re.compile(rb"\.\s*(AddIndex|AddUniqueIndex|AddForeignKey)\s*\(")
MOST_CALLS = 500
LONGEST_CHAIN = 100


def hooks(text: str) -> Data:
    """The values given to SingularTable; the prefix that DefaultTableNameHandler gives (None where it does something else);
    whether another naming strategy is set; where the first of these stands."""
    first = _SETS.search(text)
    handlers = len(_HANDLER.findall(text))
    prefixes = [found[2] for found in _PREFIXING.finditer(text)]
    return {
        "singular": sorted(set(_SINGULAR.findall(text))),
        "prefixes": [*prefixes, *[None] * (handlers - len(prefixes))],
        "namer": _NAMER.search(text) is not None,
        "at": [] if first is None else [first.start(), first.end()],
    }


def changes(file: SourceFile, root: Node) -> list[Data]:
    """`db.Model(&T{}).AddIndex(…)` and the like: {"do", "at", "statement", "model": an argument or None, "table": what
    `db.Table` is given or None, "texts": the literal arguments, None for what is computed}."""
    content = file.text.encode("utf-8", "surrogatepass")
    found = []
    for count, match in enumerate(_ADDS.finditer(content)):
        node = root.descendant_for_byte_range(match.start(1), match.end(1))
        callee = None if node is None else node.parent
        call = None if callee is None else callee.parent
        if node is None or callee is None or call is None or call.type != "call_expression" or count >= MOST_CALLS:
            continue
        given = call.child_by_field_name("arguments")
        values = [value for value in given.named_children if value.type != "comment"] if given is not None else []
        span, whole = syntax.span(file, node), syntax.span(file, call)
        found.append(
            {
                "do": syntax.text(node),
                "at": [span.start, span.end],
                "statement": [whole.start, whole.end],
                **_chain(file, callee.child_by_field_name("operand")),
                "texts": [constant(value) for value in values],
            }
        )
    return found


def _chain(file: SourceFile, here: Node | None) -> Data:
    """What the nearest Model and Table of a chain of calls are given."""
    told: Data = {"model": None, "table": None}
    for _ in range(LONGEST_CHAIN):
        callee = None if here is None or here.type != "call_expression" else here.child_by_field_name("function")
        given = None if here is None else here.child_by_field_name("arguments")
        if callee is None or given is None or callee.type != "selector_expression":
            break
        name = syntax.text(callee.child_by_field_name("field") or callee)
        if name in ("Model", "Table") and given.named_children and told[name.lower()] is None:
            value = given.named_children[0]
            span = syntax.span(file, value)
            told[name.lower()] = constant(value) if name == "Table" else argument(value, (span.start, span.end), {})
            told.setdefault("named", name == "Table")
        here = callee.child_by_field_name("operand")
    return told
