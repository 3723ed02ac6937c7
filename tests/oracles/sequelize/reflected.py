"""A database as it stands, in plain words: what the goldens of sync() hold, and what our reading is held against."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, inspect, text

_COLUMNS = {
    "postgres": "SELECT column_name, format_type(a.atttypid, a.atttypmod), is_nullable = 'YES', column_default"
    " FROM information_schema.columns JOIN pg_attribute a ON a.attname = column_name AND a.attrelid ="
    " (quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass"
    " WHERE table_schema = :schema AND table_name = :name ORDER BY ordinal_position",
    "mariadb": "SELECT COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE = 'YES',"
    " IF(EXTRA LIKE '%auto_increment%', 'nextval', COLUMN_DEFAULT)"
    " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = :name ORDER BY ORDINAL_POSITION",
    "sqlite": "SELECT name, type, \"notnull\" = 0 AND NOT (type = 'INTEGER' AND pk = 1 AND (SELECT MAX(pk) FROM"
    " pragma_table_info(:name)) = 1), dflt_value FROM pragma_table_info(:name) ORDER BY cid",
}
"""Name, type, whether it takes NULL, default; a counted column has the default `nextval…`. SQLite's row id takes none."""


def reflected(connection: Connection, dialect: str) -> dict[str, Any]:
    """Every table of the database by its name, with its schema where it is not the default one."""
    inspector = inspect(connection)
    schemas = [None]
    if dialect == "postgres":
        schemas += [name for name in inspector.get_schema_names() if name not in {"information_schema", "public"}]
    return {
        f"{schema}.{name}" if schema else name: _table(connection, dialect, name, schema)
        for schema in schemas
        for name in sorted(inspector.get_table_names(schema))
        if name != "sqlite_sequence"
    }


def _table(connection: Connection, dialect: str, name: str, schema: str | None) -> dict[str, Any]:
    inspector = inspect(connection)
    bound = {"name": name} if dialect != "postgres" else {"name": name, "schema": schema or "public"}
    columns = connection.execute(text(_COLUMNS[dialect]), bound)
    keys = _sqlite_keys if dialect == "sqlite" else _keys
    return {
        "columns": [[one[0], one[1], bool(one[2]), one[3]] for one in columns],
        "primary": list(inspector.get_pk_constraint(name, schema)["constrained_columns"]),
        **{word: sorted(found) for word, found in keys(connection, name, schema).items()},
    }


def _keys(connection: Connection, name: str, schema: str | None) -> dict[str, list[Any]]:
    inspector = inspect(connection)
    mariadb = connection.dialect.name == "mariadb"  # where unique keys are indexes
    uniques = [] if mariadb else inspector.get_unique_constraints(name, schema)
    indexes = [one for one in inspector.get_indexes(name, schema) if "duplicates_constraint" not in one]
    return {
        "uniques": [[one["name"], *one["column_names"]] for one in uniques],
        "indexes": [[one["name"], bool(one["unique"]), *one["column_names"]] for one in indexes],
        "foreign": [
            [
                ",".join(one["constrained_columns"]),
                ".".join(filter(None, (one["referred_schema"], one["referred_table"]))),
                ",".join(one["referred_columns"]),
                one["options"].get("ondelete") or "NO ACTION",
                one["options"].get("onupdate") or "NO ACTION",
            ]
            for one in inspector.get_foreign_keys(name, schema)
        ],
    }


def _sqlite_keys(connection: Connection, name: str, schema: str | None) -> dict[str, list[Any]]:
    """SQLAlchemy finds SQLite's unnamed keys and actions in the text of the table, and not all of them."""
    found: dict[str, list[Any]] = {"uniques": [], "indexes": [], "foreign": []}
    for row in connection.execute(text('SELECT name, "unique", origin FROM pragma_index_list(:name)'), {"name": name}):
        query = text("SELECT name FROM pragma_index_info(:name) ORDER BY seqno")
        columns = [one[0] for one in connection.execute(query, {"name": row[0]})]
        if row[2] == "u":
            found["uniques"].append(["", *columns])
        elif row[2] == "c":
            found["indexes"].append([row[0], bool(row[1]), *columns])
    keys: dict[int, list[Any]] = {}
    for row in connection.execute(
        text("SELECT * FROM pragma_foreign_key_list(:name) ORDER BY id, seq"), {"name": name}
    ):
        keys.setdefault(row[0], [[], row[2], [], row[6], row[5]])
        keys[row[0]][0].append(row[3])
        keys[row[0]][2].append(row[4])
    found["foreign"] = [[",".join(one[0]), one[1], ",".join(map(str, one[2])), *one[3:]] for one in keys.values()]
    return found
