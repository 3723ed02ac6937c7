"""The way back that Liquibase makes up by itself, for changes that say all it takes."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.parsers.liquibase.nodes import Node
from schemalint.parsers.liquibase.render import SILENT

_RENAMED = {  # change → (its other name, {attribute → attribute})
    "createTable": ("dropTable", {}),
    "addNotNullConstraint": ("dropNotNullConstraint", {}),
    "dropNotNullConstraint": ("addNotNullConstraint", {}),
    "addDefaultValue": ("dropDefaultValue", {}),
    "addPrimaryKey": ("dropPrimaryKey", {}),
    "addUniqueConstraint": ("dropUniqueConstraint", {}),
    "addForeignKeyConstraint": ("dropForeignKeyConstraint", {}),
    "createIndex": ("dropIndex", {}),
    "createSequence": ("dropSequence", {}),
    "renameColumn": ("renameColumn", {"oldColumnName": "newColumnName", "newColumnName": "oldColumnName"}),
    "renameTable": ("renameTable", {"oldTableName": "newTableName", "newTableName": "oldTableName"}),
    "renameView": ("renameView", {"oldViewName": "newViewName", "newViewName": "oldViewName"}),
    "renameSequence": ("renameSequence", {"oldSequenceName": "newSequenceName", "newSequenceName": "oldSequenceName"}),
}


def inverse(node: Node) -> Iterator[Node] | None:
    """The changes that take one back, in order; None when Liquibase knows of none and refuses to go back."""
    if node.name in SILENT:
        return iter(())
    if node.name == "createView" and not node.flag("replaceIfExists"):
        return iter((_as(node, "dropView", {}),))
    if node.name == "addColumn":
        return iter([_dropped(node, column) for column in node.all("column")])
    if node.name == "addLookupTable":
        return iter(_without_lookup(node))
    found = _RENAMED.get(node.name)
    return None if found is None else iter((_as(node, *found),))


def _as(node: Node, name: str, swapped: dict[str, str]) -> Node:
    taken = [one for one in node.children if one.name not in ("defaultNullValue", "cascadeConstraints")]
    return Node(name, node.at, node.whole, None, [_called(one, swapped.get(one.name, one.name)) for one in taken])


def _called(node: Node, name: str) -> Node:
    return Node(name, node.at, node.whole, node.text, node.children)


def _dropped(node: Node, column: Node) -> Node:
    """dropColumn for one column of an addColumn."""
    name = [_called(one, "columnName") for one in column.children if one.name == "name"]
    where = [one for one in node.children if one.name in ("tableName", "schemaName", "catalogName")]
    return Node("dropColumn", column.at, column.whole, None, [*where, *name])


def _without_lookup(node: Node) -> Iterator[Node]:
    keys = {"existingTableName": "baseTableName", "existingTableSchemaName": "baseTableSchemaName"}
    key = [_called(one, keys.get(one.name, one.name)) for one in node.children if one.name in (*keys, "constraintName")]
    tables = {"newTableName": "tableName", "newTableSchemaName": "schemaName"}
    table = [_called(one, tables[one.name]) for one in node.children if one.name in tables]
    yield Node("dropForeignKeyConstraint", node.at, node.whole, None, key)
    yield Node("dropTable", node.at, node.whole, None, table)
