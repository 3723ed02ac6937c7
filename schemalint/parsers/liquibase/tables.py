"""createTable and addColumn as the SQL that Liquibase 4.33 sends."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.parsers.liquibase.columns import ColumnText, columns, value_of
from schemalint.parsers.liquibase.databases import Database, Parts
from schemalint.parsers.liquibase.nodes import Node
from schemalint.parsers.liquibase.texts import Sql, Text, said


def create_table(node: Node, database: Database) -> Iterator[Sql]:
    """CREATE TABLE with its keys, then remarks where they are statements of their own."""
    sql = Sql(node.at)
    table = node.get("tableName") or ()
    kept = "IF NOT EXISTS " if node.flag("ifNotExists") and database.family != "tsql" else ""
    kind = f"{node.says('tableType').upper()} " if node.says("tableType") else ""
    sql.add(f"CREATE {kind}TABLE {kept}", *database.qualified(node, "tableName"), " (")
    mine = list(columns(node, database))
    keys = [column for column in mine if column.is_key]
    inline = database.family == "sqlite" and len(keys) == 1 and keys[0].counts
    for number, column in enumerate(mine):
        sql.add(", " if number else "")
        _column(sql, column, table, inline and column.is_key)
    if keys and not inline:
        if database.family == "mysql":  # it wants the column that is counted up first
            keys.sort(key=lambda column: not column.counts)
        at = keys[0].constraints.whole
        sql.add(", CONSTRAINT ", *_key_name(keys, table, database), " PRIMARY KEY (", at=at)
        sql.add(*database.names(column.name for column in keys), ")", at=at)
    _foreign_keys(sql, mine, database)
    _uniques(sql, mine, database)
    sql.add(")")
    starts = [start for column in mine if column.counts and (start := column.node.says("startWith"))]
    if starts and database.family == "mysql":
        sql.add(f" AUTO_INCREMENT={starts[-1]}")
    remarks = node.get("remarks")
    if remarks is not None and database.family == "mysql":
        sql.add(" COMMENT=", *database.text(remarks))
    yield sql
    if database.family == "postgres":
        if remarks is not None:
            yield Sql(node.at).add(
                "COMMENT ON TABLE ", *database.qualified(node, "tableName"), " IS ", *database.text(remarks)
            )
        yield from _remarks(node, mine, database)


def _column(sql: Sql, column: ColumnText, table: Text, key: bool) -> None:
    at, database = column.node.whole, column.database
    sql.add(*database.name(column.name), at=at)
    if column.type:
        sql.add(" ", column.type, at=at)
    if key:
        sql.add(" CONSTRAINT ", *_key_name([column], table, database), " PRIMARY KEY", at=column.constraints.whole)
    if not (column.counts and "serial" in said(column.type).lower()):
        sql.add(*column.default(table), at=at)
    if column.counts:
        sql.add(" ", column.counted(), at=at)
    sql.add(*column.null(), *column.remarks(), at=at)


def _key_name(keys: list[ColumnText], table: Text, database: Database) -> Parts:
    stated = next((name for column in keys if (name := column.constraints.get("primaryKeyName"))), None)
    return database.name(stated) if stated is not None else database.primary_key(table)


def _deferred(node: Node, database: Database, first: str, second: str) -> str:
    """How a key may be put off: Liquibase says it in another order in createTable than elsewhere."""
    if database.family != "postgres":
        return ""
    words = {"DEFERRABLE": "deferrable", "INITIALLY DEFERRED": "initiallyDeferred"}
    return "".join(f" {word}" for word in (first, second) if node.flag(words[word]))


def _foreign_keys(sql: Sql, mine: list[ColumnText], database: Database) -> None:
    for column in mine:
        target, at = column.foreign_key(exact=True), column.constraints.whole
        if target is None:
            continue
        name = column.constraints.get("foreignKeyName")
        sql.add(", ", *(["CONSTRAINT ", *database.name(name), " "] if name is not None else []), at=at)
        sql.add("FOREIGN KEY (", *database.name(column.name), ")", *target, at=at)
        sql.add(_deferred(column.constraints, database, "INITIALLY DEFERRED", "DEFERRABLE"), at=at)


def _uniques(sql: Sql, mine: list[ColumnText], database: Database) -> None:
    """Columns that name one constraint share it; those without a name come first."""
    named: dict[str, list[ColumnText]] = {}
    for column in mine:
        if column.constraints.flag("unique"):
            name = column.constraints.says("uniqueConstraintName")
            named.setdefault(name or f"\0{said(column.name)}", []).append(column)
    for _, group in sorted(named.items(), key=lambda item: not item[0].startswith("\0")):
        stated = group[0].constraints.get("uniqueConstraintName")
        at = group[0].constraints.whole
        sql.add(", ", at=at)
        if stated is not None:
            sql.add("CONSTRAINT ", *database.name(stated), " ", at=at)
        sql.add("UNIQUE (", *database.names(column.name for column in group), ")", at=at)


def _remarks(node: Node, mine: list[ColumnText], database: Database) -> Iterator[Sql]:
    for column in mine:
        text = column.node.get("remarks")
        if text is not None and database.family == "postgres":
            sql = Sql(node.at).add("COMMENT ON COLUMN ", *database.qualified(node, "tableName"), ".")
            yield sql.add(*database.name(column.name), " IS ", *database.text(text))


def add_column(node: Node, database: Database) -> Iterator[Sql]:
    """Columns that are filled by the change are made without NOT NULL first."""
    mine = list(columns(node, database))
    table = node.get("tableName") or ()
    if database.family == "mysql":
        sql = Sql(node.at).add("ALTER TABLE ", *database.qualified(node, "tableName"))
        for number, column in enumerate(mine):
            sql.add("," if number else "")
            _added(sql, column, table)
        yield sql
    for column in mine:
        if database.family != "mysql":
            sql = Sql(node.at).add("ALTER TABLE ", *database.qualified(node, "tableName"))
            _added(sql, column, table)
            yield sql
        yield from _keys(node, column, database)
    filled = [
        (column, value) for column in mine if (value := value_of(column.node, column.node.says("type"), database))
    ]
    for column, value in filled:
        sql = Sql(node.at).add("UPDATE ", *database.qualified(node, "tableName"), " SET ")
        yield sql.add(*database.name(column.name), " = ", *value)
    for column, _ in filled:
        if column.not_null:
            yield not_null(node, column.name, column.type, database, column.node.at)
    yield from _remarks(node, mine, database)


def not_null(node: Node, column: Text, type_: Text, database: Database, at: tuple[int, int]) -> Sql:
    """ALTER TABLE … that takes NULL out of a column."""
    sql = Sql(at).add("ALTER TABLE ", *database.qualified(node, "tableName"))
    name = database.name(column)
    if database.family == "mysql":
        return sql.add(" MODIFY ", *name, " ", type_, " NOT NULL")
    if database.family == "tsql":
        return sql.add(" ALTER COLUMN ", *name, " ", type_, " NOT NULL")
    return sql.add(" ALTER COLUMN ", *name, " SET NOT NULL")


def _added(sql: Sql, column: ColumnText, table: Text) -> None:
    at, database = column.node.whole, column.database
    fills = value_of(column.node, column.node.says("type"), database) is not None
    sql.add(" ADD ", *database.name(column.name), " ", column.type, at=at)
    if column.counts:
        sql.add(" ", column.counted(), at=at)
    sql.add(*column.default(table), at=at)
    if not (fills and column.not_null):
        sql.add(*column.null(), at=at)
    elif database.family == "mysql":
        sql.add(" NULL", at=at)
    if column.is_key:
        sql.add(" PRIMARY KEY", at=column.constraints.whole)
    sql.add(*column.remarks(), at=at)
    after = column.node.get("afterColumn")
    if after is not None and database.family == "mysql":
        sql.add(" AFTER ", *database.name(after), at=at)


def _keys(node: Node, column: ColumnText, database: Database) -> Iterator[Sql]:
    at = column.constraints.whole
    if column.constraints.flag("unique"):
        name = column.constraints.get("uniqueConstraintName")
        sql = Sql(at).add("ALTER TABLE ", *database.qualified(node, "tableName"), " ADD ")
        sql.add(*(["CONSTRAINT ", *database.name(name), " "] if name is not None else []))
        yield sql.add("UNIQUE (", *database.name(column.name), ")")
    target = column.foreign_key(exact=False)
    if target is not None:
        name = column.constraints.get("foreignKeyName")
        sql = Sql(at).add("ALTER TABLE ", *database.qualified(node, "tableName"), " ADD ")
        sql.add(*(["CONSTRAINT ", *database.name(name), " "] if name is not None else []))
        sql.add("FOREIGN KEY (", *database.name(column.name), ")", *target)
        yield sql.add(_deferred(column.constraints, database, "DEFERRABLE", "INITIALLY DEFERRED"))
