"""One change of a changeset as the SQL that Liquibase 4.33 sends for it, or why that is not known.

tests/oracles/liquibase compares it with what Liquibase itself sends, on every server it is rendered for.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.parsers.liquibase.alterations import ALTERATIONS, Render
from schemalint.parsers.liquibase.columns import type_of, value_of
from schemalint.parsers.liquibase.databases import Database, Parts
from schemalint.parsers.liquibase.nodes import Node
from schemalint.parsers.liquibase.texts import Sql, Text, said, stripped

SILENT = frozenset({"tagDatabase", "empty", "output"})
"""Changes that do nothing to a schema."""
_SEQUENCES = frozenset({"createSequence", "alterSequence", "dropSequence", "renameSequence"})
_WITHOUT_SEQUENCES = frozenset({"mysql", "sqlite"})
"""Servers that Liquibase sends nothing to for a sequence."""
_NOT_ON = {
    "sqlite": frozenset(
        {"modifyDataType", "addNotNullConstraint", "dropNotNullConstraint", "dropDefaultValue", "addPrimaryKey"}
        | {"addUniqueConstraint", "dropUniqueConstraint", "addForeignKeyConstraint", "dropForeignKeyConstraint"}
        | {"setTableRemarks", "setColumnRemarks", "addLookupTable"}
    ),
    "tsql": frozenset({"addAutoIncrement"}),
}
"""Changes that Liquibase refuses a changelog for ("… is not supported on …")."""
_ASKED = {
    "dropAllForeignKeyConstraints": ("which keys it drops", None),
    "dropPrimaryKey": ("what the primary key is called", "constraintName"),
}
"""Changes for which Liquibase asks the database: what for, and the attribute that makes it needless."""
_NAMED = frozenset({"dropUniqueConstraint", "dropForeignKeyConstraint"})
_REMADE = frozenset({"addDefaultValue", "addAutoIncrement", "dropPrimaryKey"})
"""Changes for which Liquibase makes a table of SQLite anew."""
_TYPED = {
    "addNotNullConstraint": ("mysql", "tsql"),
    "dropNotNullConstraint": ("mysql", "tsql"),
    "renameColumn": ("mysql",),
    "addAutoIncrement": ("mysql",),
}
"""Changes that define the column anew on some servers."""
_UNREAD = {
    "customChange": "a change in Java code is not read",
    "executeCommand": "a command may change the schema where no one can see",
    "stop": "Liquibase stops here",
}


class NotKnown(Exception):
    """What a change does is not known, for that reason; `table` is the one it changes, where that is certain."""

    def __init__(self, why: str, table: Text | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.table = table


def statements(node: Node, database: Database) -> Iterator[Sql]:
    """What Liquibase sends for a change that holds no SQL of its own. Raises NotKnown."""
    if node.name in SILENT:
        return
    table = node.get("tableName", "baseTableName", "existingTableName")
    if node.name in _NOT_ON.get(database.dialect or "", ()):
        raise NotKnown(f"{node.name} is not supported on {database.dialect}: Liquibase refuses the changelog", table)
    if node.name in _SEQUENCES and database.dialect in _WITHOUT_SEQUENCES:
        return
    what, needless = _ASKED.get(node.name, ("", ""))
    if what and database.family != "mysql" and (needless is None or node.get(needless) is None):
        raise NotKnown(f"{what}, Liquibase asks the database", table)
    if node.name in _NAMED and node.get("constraintName") is None:  # the way back of one that was added without a name
        raise NotKnown(f"{node.name} says no constraintName, and Liquibase knows none", table)
    if node.name == "dropAllForeignKeyConstraints" or (database.dialect == "sqlite" and node.name in _REMADE):
        raise NotKnown("Liquibase asks the database what to do here", table)
    if node.name in _TYPED and database.family in _TYPED[node.name] and node.get("columnDataType") is None:
        raise NotKnown(
            f"{node.name} needs columnDataType on {database.dialect}: Liquibase refuses the changelog", table
        )
    render = ALTERATIONS.get(node.name) or _OTHERS.get(node.name)
    if render is None:
        raise NotKnown(_UNREAD.get(node.name, f"{node.name} is no change that is known"), None)
    yield from render(node, database)


def _create_view(node: Node, database: Database) -> Iterator[Sql]:
    query = node.get("selectQuery") or node.value()
    if node.get("path") is not None or not query:
        raise NotKnown("the view's query stands in another file")
    sql = Sql(node.at)
    if node.flag("fullDefinition"):
        yield sql.add(query)
        return
    replaced = (
        ("CREATE OR ALTER" if database.family == "tsql" else "CREATE OR REPLACE")
        if node.flag("replaceIfExists")
        else "CREATE"
    )
    if database.family == "sqlite" and replaced != "CREATE":
        yield Sql(node.at).add("DROP VIEW IF EXISTS ", *database.qualified(node, "viewName"))
        replaced = "CREATE"
    yield sql.add(f"{replaced} VIEW ", *database.qualified(node, "viewName"), " AS ", query)


def _drop_view(node: Node, database: Database) -> Iterator[Sql]:
    exists = "IF EXISTS " if node.flag("ifExists") else ""
    yield Sql(node.at).add(f"DROP VIEW {exists}", *database.qualified(node, "viewName"))


def _rename_view(node: Node, database: Database) -> Iterator[Sql]:
    old, new = database.qualified(node, "oldViewName"), database.name(node.get("newViewName") or ())
    if database.family == "mysql":
        yield Sql(node.at).add("RENAME TABLE ", *old, " TO ", *new)
    elif database.family == "tsql":
        yield Sql(node.at).add(
            "exec sp_rename '", node.get("oldViewName") or (), "', '", node.get("newViewName") or (), "'"
        )
    else:
        yield Sql(node.at).add("ALTER TABLE ", *old, " RENAME TO ", *new)


_SEQUENCE = (
    ("startValue", " START WITH "), ("incrementBy", " INCREMENT BY "), ("minValue", " MINVALUE "), ("maxValue", " MAXVALUE "),
    ("cacheSize", " CACHE "),
)  # fmt: skip


def _options(node: Node, database: Database) -> Parts:
    options: Parts = []
    order = _SEQUENCE if database.dialect != "mariadb" else (*_SEQUENCE[1:4], _SEQUENCE[0], _SEQUENCE[4])
    for name, words in order:
        value = node.get(name)
        if value is not None:
            options += (words, value)
    return [*options, " CYCLE"] if node.flag("cycle") else options


def _create_sequence(node: Node, database: Database) -> Iterator[Sql]:
    kept = "IF NOT EXISTS " if database.family == "postgres" else ""
    sql = Sql(node.at).add(f"CREATE SEQUENCE {kept}", *database.qualified(node, "sequenceName"))
    type_ = node.get("dataType")
    if type_ is not None and database.family in ("postgres", "tsql"):
        sql.add(" AS ", type_of(type_, database))
    yield sql.add(*_options(node, database))


def _alter_sequence(node: Node, database: Database) -> Iterator[Sql]:
    yield Sql(node.at).add("ALTER SEQUENCE ", *database.qualified(node, "sequenceName"), *_options(node, database))


def _drop_sequence(node: Node, database: Database) -> Iterator[Sql]:
    cascade = " CASCADE" if database.family == "postgres" else ""
    yield Sql(node.at).add("DROP SEQUENCE ", *database.qualified(node, "sequenceName"), cascade)


def _rename_sequence(node: Node, database: Database) -> Iterator[Sql]:
    new = database.name(node.get("newSequenceName") or ())
    yield Sql(node.at).add("ALTER SEQUENCE ", *database.qualified(node, "oldSequenceName"), " RENAME TO ", *new)


def _drop_procedure(node: Node, database: Database) -> Iterator[Sql]:
    yield Sql(node.at).add("DROP PROCEDURE ", *database.qualified(node, "procedureName"))


def _table_remarks(node: Node, database: Database) -> Iterator[Sql]:
    table, text = database.qualified(node, "tableName"), database.text(node.get("remarks") or ())
    if database.family == "mysql":
        yield Sql(node.at).add("ALTER TABLE ", *table, " COMMENT = ", *text)
    elif database.family != "tsql":
        yield Sql(node.at).add("COMMENT ON TABLE ", *table, " IS ", *text)


def _column_remarks(node: Node, database: Database) -> Iterator[Sql]:
    """On MySQL the column is made anew: whatever columnDataType does not say is lost."""
    table, text = database.qualified(node, "tableName"), database.text(node.get("remarks") or ())
    name, type_ = database.name(node.get("columnName") or ()), type_of(node.get("columnDataType"), database)
    if database.family == "mysql":
        if type_:
            yield Sql(node.at).add("ALTER TABLE ", *table, " MODIFY COLUMN ", *name, " ", type_, " COMMENT ", *text)
    elif database.family != "tsql":
        yield Sql(node.at).add("COMMENT ON COLUMN ", *table, ".", *name, " IS ", *text)


def _insert(node: Node, database: Database) -> Iterator[Sql]:
    given = [(name, _value(one, database)) for one in node.all("column") if (name := one.get("name"))]
    sql = Sql(node.at).add(
        "INSERT INTO ", *database.qualified(node, "tableName"), " (", *database.names(n for n, _ in given)
    )
    sql.add(") VALUES (")
    for number, (_, value) in enumerate(given):
        sql.add(", " if number else "", *value)
    yield sql.add(")")


def _value(node: Node, database: Database) -> Parts:
    """What a row gets. Files are named there, too; what stands in them is no matter of the schema."""
    return value_of(node, node.says("type") or "varchar", database) or ["NULL"]


def _update(node: Node, database: Database) -> Iterator[Sql]:
    sql = Sql(node.at).add("UPDATE ", *database.qualified(node, "tableName"), " SET ")
    for number, one in enumerate(node.all("column")):
        sql.add(", " if number else "", *database.name(one.get("name") or ()), " = ", *_value(one, database))
    yield sql.add(*_where(node))


def _delete(node: Node, database: Database) -> Iterator[Sql]:
    yield Sql(node.at).add("DELETE FROM ", *database.qualified(node, "tableName"), *_where(node))


def _where(node: Node) -> Parts:
    """The condition, unless it has places for parameters in it."""
    where = node.child("where")
    text = stripped(where.text) if where is not None and where.text else ()
    return [" WHERE ", text] if text and ":" not in said(text) else []


def _load(node: Node, database: Database) -> Iterator[Sql]:
    """Rows of a CSV file, which may have more columns than the change names: nothing is said of what they leave out."""
    names = [
        name
        for one in node.all("column")
        if one.says("type").upper() != "SKIP" and (name := one.get("name", "header")) is not None
    ]
    sql = Sql(node.at).add("INSERT INTO ", *database.qualified(node, "tableName"))
    if names:
        yield sql.add(" (", *database.names(names), ") VALUES (", ", ".join("?" for _ in names), ")")
    else:
        yield sql.add(" DEFAULT VALUES")


_OTHERS: dict[str, Render] = {
    "createView": _create_view,
    "dropView": _drop_view,
    "renameView": _rename_view,
    "createSequence": _create_sequence,
    "alterSequence": _alter_sequence,
    "dropSequence": _drop_sequence,
    "renameSequence": _rename_sequence,
    "dropProcedure": _drop_procedure,
    "setTableRemarks": _table_remarks,
    "setColumnRemarks": _column_remarks,
    "insert": _insert,
    "update": _update,
    "delete": _delete,
    "loadData": _load,
    "loadUpdateData": _load,
}
