"""Changes of what exists (columns, keys, indexes) as the SQL that Liquibase 4.33 sends."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from schemalint.parsers.liquibase.columns import default_of, references, type_of
from schemalint.parsers.liquibase.databases import Database, Parts
from schemalint.parsers.liquibase.nodes import Node
from schemalint.parsers.liquibase.tables import add_column, create_table, not_null
from schemalint.parsers.liquibase.texts import Chunk, Sql, Text, part, said

Render = Callable[[Node, Database], Iterator[Sql]]


def _alter(node: Node, database: Database, table: str = "tableName") -> Sql:
    places = (
        ("baseTableSchemaName", "baseTableCatalogName") if table == "baseTableName" else ("schemaName", "catalogName")
    )
    return Sql(node.at).add("ALTER TABLE ", *database.qualified(node, table, *places))


def _name(node: Node, database: Database, key: str) -> Parts:
    return database.name(node.get(key) or ())


def _named(node: Node, database: Database) -> Parts:
    """`CONSTRAINT name ` where the change names it."""
    name = node.get("constraintName")
    return [] if name is None else ["CONSTRAINT ", *database.name(name), " "]


def drop_table(node: Node, database: Database) -> Iterator[Sql]:
    cascade = node.flag("cascadeConstraints") and database.family in ("postgres", "sqlite", "generic")
    sql = Sql(node.at).add("DROP TABLE ", *database.qualified(node, "tableName"))
    yield sql.add(" CASCADE" if cascade and database.family != "sqlite" else "")


def drop_column(node: Node, database: Database) -> Iterator[Sql]:
    single = node.get("columnName")
    names = [single] if single is not None else references(node)
    if database.family == "mysql" and single is None and len(names) > 1:
        sql = _alter(node, database)
        for number, name in enumerate(names):
            sql.add(", DROP " if number else " DROP ", *database.name(name))
        yield sql
        return
    for name in names:
        yield _alter(node, database).add(" DROP COLUMN ", *database.name(name))


def rename_column(node: Node, database: Database) -> Iterator[Sql]:
    old, new = node.get("oldColumnName") or (), node.get("newColumnName") or ()
    if database.family == "tsql":
        table = said(node.get("tableName"))
        yield Sql(node.at).add("exec sp_rename '", f"{table}.", old, "', '", new, "', 'COLUMN'")
    elif database.family == "mysql":
        type_ = type_of(node.get("columnDataType"), database)
        yield _alter(node, database).add(" CHANGE ", *database.name(old), " ", *database.name(new), " ", type_)
    else:
        yield _alter(node, database).add(" RENAME COLUMN ", *database.name(old), " TO ", *database.name(new))


def rename_table(node: Node, database: Database) -> Iterator[Sql]:
    if database.family == "tsql":
        yield Sql(node.at).add(
            "exec sp_rename '", node.get("oldTableName") or (), "', '", node.get("newTableName") or (), "'"
        )
        return
    sql = Sql(node.at).add("ALTER TABLE ", *database.qualified(node, "oldTableName"))
    yield sql.add(" RENAME " if database.family == "mysql" else " RENAME TO ", *_name(node, database, "newTableName"))


def modify_data_type(node: Node, database: Database) -> Iterator[Sql]:
    name, type_ = _name(node, database, "columnName"), type_of(node.get("newDataType"), database)
    sql = _alter(node, database)
    if database.family == "mysql":
        yield sql.add(" MODIFY ", *name, " ", type_)
    elif database.family == "postgres":
        yield sql.add(" ALTER COLUMN ", *name, " TYPE ", type_, " USING (", *name, "::", type_, ")")
    else:
        yield sql.add(" ALTER COLUMN ", *name, " ", type_)


def add_not_null(node: Node, database: Database) -> Iterator[Sql]:
    filling = node.get("defaultNullValue")
    if filling is not None:
        value = database.value(filling, node.says("columnDataType") or "varchar")
        sql = Sql(node.at).add(
            "UPDATE ", *database.qualified(node, "tableName"), " SET ", *_name(node, database, "columnName")
        )
        yield sql.add(" = ", *value, " WHERE ", *_name(node, database, "columnName"), " IS NULL")
    type_ = type_of(node.get("columnDataType"), database)
    yield not_null(node, node.get("columnName") or (), type_, database, node.at)


def drop_not_null(node: Node, database: Database) -> Iterator[Sql]:
    sql, name = _alter(node, database), _name(node, database, "columnName")
    type_ = type_of(node.get("columnDataType"), database)
    if database.family == "mysql":
        yield sql.add(" MODIFY ", *name, " ", type_, " NULL")
    elif database.family == "tsql":
        yield sql.add(" ALTER COLUMN ", *name, " ", type_, " NULL")
    else:
        yield sql.add(" ALTER COLUMN ", *name, " DROP NOT NULL")


def add_default(node: Node, database: Database) -> Iterator[Sql]:
    sql, name = _alter(node, database), _name(node, database, "columnName")
    value = default_of(node, node.says("columnDataType") or "varchar", database) or ["NULL"]
    if database.family == "tsql":
        stated = node.get("defaultValueConstraintName")
        made = f"DF_{node.says('tableName')}_{node.says('columnName')}"
        yield sql.add(
            " ADD CONSTRAINT ", *database.name(stated or (Chunk(made, *node.at),)), " DEFAULT ", *value, " FOR ", *name
        )
    elif database.family == "mysql":
        computed = node.get("defaultValueComputed")
        yield sql.add(" ALTER ", *name, " SET DEFAULT ", *(["(", computed, ")"] if computed is not None else value))
    else:
        yield sql.add(" ALTER COLUMN ", *name, " SET DEFAULT ", *value)


def drop_default(node: Node, database: Database) -> Iterator[Sql]:
    sql, name = _alter(node, database), _name(node, database, "columnName")
    if database.family == "tsql":
        yield sql.add(" ALTER COLUMN ", *name, " DROP DEFAULT")  # it asks the catalog for the constraint's name
    else:
        yield sql.add(" ALTER " if database.family == "mysql" else " ALTER COLUMN ", *name, " DROP DEFAULT")


def add_primary_key(node: Node, database: Database) -> Iterator[Sql]:
    named = [] if database.family == "mysql" else _named(node, database)
    yield _alter(node, database).add(" ADD ", *named, "PRIMARY KEY (", *database.names(references(node)), ")")


def drop_primary_key(node: Node, database: Database) -> Iterator[Sql]:
    sql, name = _alter(node, database), node.get("constraintName")
    if database.family == "mysql":
        yield sql.add(" DROP PRIMARY KEY")
    else:
        yield sql.add(" DROP CONSTRAINT ", *database.name(name or ()))


def add_unique(node: Node, database: Database) -> Iterator[Sql]:
    sql = _alter(node, database).add(
        " ADD ", *_named(node, database), "UNIQUE (", *database.names(references(node)), ")"
    )
    if database.family == "postgres":
        sql.add(_put_off(node))
    yield sql


def _put_off(node: Node) -> str:
    words = (("deferrable", " DEFERRABLE"), ("initiallyDeferred", " INITIALLY DEFERRED"))
    return "".join(word for flag, word in words if node.flag(flag))


def drop_unique(node: Node, database: Database) -> Iterator[Sql]:
    word = " DROP KEY " if database.family == "mysql" else " DROP CONSTRAINT "
    yield _alter(node, database).add(word, *_name(node, database, "constraintName"))


def add_foreign_key(node: Node, database: Database) -> Iterator[Sql]:
    sql = _alter(node, database, "baseTableName").add(" ADD ", *_named(node, database), "FOREIGN KEY (")
    sql.add(*database.columns(node.get("baseColumnNames") or ()), ") REFERENCES ")
    sql.add(*database.qualified(node, "referencedTableName", "referencedTableSchemaName", "referencedTableCatalogName"))
    sql.add(" (", *database.columns(node.get("referencedColumnNames") or ()), ")")
    for event in ("onUpdate", "onDelete"):
        action = node.get(event)
        if action is not None and not (database.family == "tsql" and said(action).upper() == "RESTRICT"):
            sql.add(" ON UPDATE " if event == "onUpdate" else " ON DELETE ", action)
    if node.flag("deleteCascade") and node.get("onDelete") is None:
        sql.add(" ON DELETE CASCADE")
    yield sql.add(_put_off(node) if database.family == "postgres" else "")


def drop_foreign_key(node: Node, database: Database) -> Iterator[Sql]:
    word = " DROP FOREIGN KEY " if database.family == "mysql" else " DROP CONSTRAINT "
    yield _alter(node, database, "baseTableName").add(word, *_name(node, database, "constraintName"))


def create_index(node: Node, database: Database) -> Iterator[Sql]:
    unique = "UNIQUE " if node.flag("unique") else ""
    clustered = ("CLUSTERED " if node.flag("clustered") else "NONCLUSTERED ") if database.family == "tsql" else ""
    sql = Sql(node.at).add(f"CREATE {unique}{clustered}INDEX ", *_name(node, database, "indexName"), " ON ")
    sql.add(*database.qualified(node, "tableName"), "(")
    for number, column in enumerate(node.all("column")):
        name = column.get("name") or ()
        sql.add(", " if number else "")
        written = said(name)
        order = "" if column.flag("descending") is None else " DESC" if column.flag("descending") else ""
        if written.upper().endswith((" DESC", " ASC")):
            order = " DESC" if written.upper().endswith(" DESC") else ""
            name = part(name, 0, len(written.rpartition(" ")[0].rstrip()))
        sql.add(*([name] if column.flag("computed") else database.name(name)), order, at=column.whole)
    yield sql.add(")")


def drop_index(node: Node, database: Database) -> Iterator[Sql]:
    sql = Sql(node.at).add("DROP INDEX ")
    if database.family in ("mysql", "tsql"):
        yield sql.add(*_name(node, database, "indexName"), " ON ", *database.qualified(node, "tableName"))
    elif database.family == "postgres":
        yield sql.add(*database.qualified(node, "indexName"))
    else:
        yield sql.add(*_name(node, database, "indexName"))


def add_auto_increment(node: Node, database: Database) -> Iterator[Sql]:
    name, type_ = node.get("columnName") or (), type_of(node.get("columnDataType"), database)
    if database.family == "mysql":
        yield _alter(node, database).add(" MODIFY ", *database.name(name), " ", type_, " AUTO_INCREMENT")
        if node.says("startWith"):
            yield _alter(node, database).add(f" AUTO_INCREMENT={node.says('startWith')}")
        return
    if database.family != "postgres":
        yield _alter(node, database).add(
            " ALTER COLUMN ", *database.name(name), " ", type_, " ", database.counted("", "", "")
        )
        return
    at = name[0][1:] if name else node.at
    sequence: Text = (Chunk(f"{node.says('tableName')}_{said(name)}_seq", at[0], at[1]),)
    start = node.says("startWith")
    yield Sql(node.at).add(
        "CREATE SEQUENCE IF NOT EXISTS ", *database.name(sequence), f" START WITH {start}" if start else ""
    )
    yield _alter(node, database).add(" ALTER COLUMN ", *database.name(name), " SET NOT NULL")
    next_value: Parts = ["nextval('", *database.name(sequence), "')"]
    yield _alter(node, database).add(" ALTER COLUMN ", *database.name(name), " SET DEFAULT ", *next_value)
    owner = [*database.qualified(node, "tableName"), ".", *database.name(name)]
    yield Sql(node.at).add("ALTER SEQUENCE ", *database.name(sequence), " OWNED BY ", *owner)


def add_lookup_table(node: Node, database: Database) -> Iterator[Sql]:
    """A table of the values that a column has, and a key to it."""
    old, new = _name(node, database, "existingColumnName"), node.get("newColumnName") or ()
    existing = database.qualified(node, "existingTableName", "existingTableSchemaName", "existingTableCatalogName")
    made = database.qualified(node, "newTableName", "newTableSchemaName", "newTableCatalogName")
    chosen: Parts = ["SELECT DISTINCT ", *old, " AS ", *database.name(new)]
    where: Parts = [" FROM ", *existing, " WHERE ", *old, " IS NOT NULL"]
    if database.family == "tsql":
        yield Sql(node.at).add(*chosen, " INTO ", *made, *where)
    else:
        yield Sql(node.at).add("CREATE TABLE ", *made, " AS ", *chosen, *where)
    type_ = type_of(node.get("newColumnDataType"), database)
    sql = Sql(node.at).add("ALTER TABLE ", *made)
    if database.family == "mysql":
        yield sql.add(" MODIFY ", *database.name(new), " ", type_, " NOT NULL")
    elif database.family == "tsql":
        yield sql.add(" ALTER COLUMN ", *database.name(new), " ", type_, " NOT NULL")
    else:
        yield sql.add(" ALTER COLUMN ", *database.name(new), " SET NOT NULL")
    yield Sql(node.at).add("ALTER TABLE ", *made, " ADD PRIMARY KEY (", *database.name(new), ")")
    name = node.get("constraintName")
    key = [
        *(["CONSTRAINT ", *database.name(name), " "] if name is not None else []),
        "FOREIGN KEY (",
        *old,
        ") REFERENCES ",
    ]
    yield Sql(node.at).add("ALTER TABLE ", *existing, " ADD ", *key, *made, " (", *database.name(new), ")")


def merge_columns(node: Node, database: Database) -> Iterator[Sql]:
    """A new column in place of two."""
    first, second = _name(node, database, "column1Name"), _name(node, database, "column2Name")
    final = _name(node, database, "finalColumnName")
    null = [" NULL"] if database.family == "mysql" else []
    yield _alter(node, database).add(" ADD ", *final, " ", type_of(node.get("finalColumnType"), database), *null)
    joint = said(child.text) if (child := node.child("joinString")) is not None else ""
    table = database.qualified(node, "tableName")
    if database.family == "mysql":
        value: Parts = [f"CONCAT_WS('{joint}', ", *first, ", ", *second, ")"]
    else:
        sign = "+" if database.family == "tsql" else "||"
        value = [*first, f" {sign} '{joint}' {sign} ", *second]
    yield Sql(node.at).add("UPDATE ", *table, " SET ", *final, " = ", *value)
    yield _alter(node, database).add(" DROP COLUMN ", *first)
    yield _alter(node, database).add(" DROP COLUMN ", *second)


ALTERATIONS: dict[str, Render] = {
    "createTable": create_table,
    "addColumn": add_column,
    "dropTable": drop_table,
    "dropColumn": drop_column,
    "renameColumn": rename_column,
    "renameTable": rename_table,
    "modifyDataType": modify_data_type,
    "addNotNullConstraint": add_not_null,
    "dropNotNullConstraint": drop_not_null,
    "addDefaultValue": add_default,
    "dropDefaultValue": drop_default,
    "addPrimaryKey": add_primary_key,
    "dropPrimaryKey": drop_primary_key,
    "addUniqueConstraint": add_unique,
    "dropUniqueConstraint": drop_unique,
    "addForeignKeyConstraint": add_foreign_key,
    "dropForeignKeyConstraint": drop_foreign_key,
    "createIndex": create_index,
    "dropIndex": drop_index,
    "addAutoIncrement": add_auto_increment,
    "addLookupTable": add_lookup_table,
    "mergeColumns": merge_columns,
}
