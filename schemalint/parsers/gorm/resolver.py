"""GORM's plugin dbresolver: models whose queries it sends to a database of their own.

Run with dbresolver v1.5.3 and GORM v1.25.12 on SQLite: AutoMigrate makes the table of such a model on the connection that it is
called on, all queries of the model go to the sources that it is registered with, and a second AutoMigrate looks for it there.
What is registered without sources only reads elsewhere; `Clauses(dbresolver.Use("name"))` migrates the database of that name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from schemalint import syntax
from schemalint.model.facts import Opaque
from schemalint.model.names import TableName
from schemalint.model.span import SourceFile, Span
from schemalint.parsers.gorm.expressions import Data, argument, string_literal
from schemalint.parsers.gorm.naming import Naming
from schemalint.parsers.gorm.origins import enclosing
from schemalint.parsers.gorm.schema import table_name
from schemalint.parsers.gorm.tables import Maker
from schemalint.parsers.gorm.world import World

if TYPE_CHECKING:
    from tree_sitter import Node

_REGISTERS = re.compile(rb"\b(Register)\s*\(\s*dbresolver\s*\.\s*Config\s*\{")
_SOURCES = re.compile(r"\bSources\s*:")
MOST = 50


def resolved(file: SourceFile, root: Node, scope_of: Callable[[Node], dict[str, Data]]) -> Iterator[Data]:
    """What each configuration with sources is registered for: {"at", "given": arguments, or {"table": a name}}."""
    content = file.text.encode("utf-8", "surrogatepass")
    for count, found in enumerate(_REGISTERS.finditer(content)):
        node = root.descendant_for_byte_range(found.start(1), found.end(1))
        for _ in range(3):
            if node is None or node.type == "call_expression":
                break
            node = node.parent
        given = node.child_by_field_name("arguments") if node is not None and node.type == "call_expression" else None
        values = [value for value in given.named_children if value.type != "comment"] if given is not None else []
        if count == MOST or len(values) < 2 or not _SOURCES.search(syntax.text(values[0])):
            continue
        function = enclosing(root, values[0])
        scope = {} if function is None else scope_of(function)
        for value in values[1:]:
            text, span = string_literal(value), syntax.span(file, value)
            at = [span.start, span.end]
            yield {
                "at": at,
                "given": argument(value, (span.start, span.end), scope) if text is None else {"table": text},
            }


def elsewhere(
    extracts: Mapping[str, Data], world: World, maker: Maker, naming: Naming | None
) -> Iterator[tuple[TableName, Opaque]]:
    """The tables that the program looks for in another database than the one that it is opened with."""
    for path, extract in extracts.items():
        for one in extract.get("resolved", ()):
            given, span = one["given"], Span(path, *one["at"])
            struct = world.meaning(given["type"], path).struct if "type" in given else None
            name = given.get("table") if struct is None else table_name(world, struct, naming)
            if name is not None:
                table = maker.table_name(name)
                yield table, Opaque(span, span, f"dbresolver looks for {name} in a database of its own", (table,))
