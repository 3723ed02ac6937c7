"""Refusals of a clause, which the readers ask for where they come across it."""

from __future__ import annotations

from collections.abc import Iterable

from schemalint.model.facts import Servers
from schemalint.model.names import TableName
from schemalint.model.schema import PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.model.types import ColumnType, Family
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.commas import filled
from schemalint.sql.refusals.say import MYSQL, MYSQL_SYNTAX, invalid, refuse, uncertain
from schemalint.sql.tokens import END, NUMBER, PUNCT, QUOTED, STRING, WORD, name_text, words

_MYSQL_TYPES = words(
    """
    DATETIME TINYINT MEDIUMINT TINYTEXT MEDIUMTEXT LONGTEXT TINYBLOB BLOB MEDIUMBLOB LONGBLOB VARBINARY DOUBLE
    YEAR ENUM NVARCHAR DATETIME2 DATETIMEOFFSET SMALLDATETIME UNIQUEIDENTIFIER NTEXT SMALLMONEY VARCHAR2 INET6 VARYING
    NUMBER CLOB NCLOB
    """
)
"""Types of MySQL, SQL Server and Oracle that postgres does not know. `BINARY`, `SET` and the like are left out: there they
fail by other words."""
_KEYWORDS = frozenset({"INDEX", "KEY", "FULLTEXT", "SPATIAL"})
_OPTIONS = frozenset({"ENGINE", "AUTO_INCREMENT", "CHARSET", "DEFAULT", "ROW_FORMAT", "COMMENT", "COLLATE"})
_INTEGERS = frozenset({"INT", "INTEGER", "SMALLINT", "BIGINT"})


def _near(cursor: Cursor, at: int) -> str:
    """How postgres names the token it stumbles over."""
    return f'syntax error at or near "{cursor.raw(at, at + 1)}"'


def backquoted(cursor: Cursor, before: int) -> None:
    """Names in backquotes, which postgres does not know; said before the statement's facts, which start at `before`."""
    if cursor.dialect.name != "postgres" or cursor.text.find("`", cursor.tokens[0][2], cursor.tokens[-1][3]) < 0:
        return
    for at, (kind, value, _, _) in enumerate(cursor.tokens):
        if kind == QUOTED and value == "`" and "\n" not in cursor.raw(at, at + 1):  # else a quote went astray
            reason = "PostgreSQL quotes names with double quotes, not with backquotes"
            server = 'syntax error at or near "`"'
            span = cursor.span(at)
            cursor.script.facts.insert(before, invalid(cursor, span, reason, server, None))
            return


def foreign_type(cursor: Cursor, first: int, end: int, table: TableName) -> bool:
    """A type of MySQL's in postgres; whether it is one, so that what it would have been is not known."""
    if cursor.dialect.name != "postgres":
        return False
    tokens = cursor.tokens
    kind, value, _, _ = tokens[first]
    following = tokens[first + 1][1]
    if kind != WORD or following == ".":
        return False
    refused = False
    if value in _MYSQL_TYPES and value.lower() not in cursor.script.types:
        if value == "DOUBLE" and following == "PRECISION":
            return False
        refused = True
        reason = f"PostgreSQL has no type {cursor.raw(first, first + 1)}"
        refuse(cursor, "type", cursor.span(first), reason, f'type "{value.lower()}" does not exist', table)
    elif value in _INTEGERS and following == "(" and end > first + 1:
        refused = True
        reason = f"PostgreSQL's {cursor.raw(first, first + 1)} takes no width"
        refuse(cursor, "width", cursor.span(first, end), reason, 'syntax error at or near "("', table)
    for at in range(first + 1, end):
        if tokens[at][1] == "UNSIGNED":
            refused = True
            reason = "PostgreSQL has no unsigned types"
            refuse(cursor, "unsigned", cursor.span(at), reason, _near(cursor, at), table)
    return refused


def auto_increment(cursor: Cursor, at: int, table: TableName) -> None:
    """AUTO_INCREMENT or AUTOINCREMENT where the server has other words for it."""
    word = cursor.tokens[at][1]
    if cursor.dialect.name == "postgres":
        reason = f"PostgreSQL has no {word}: GENERATED … AS IDENTITY or a serial type does it"
        refuse(cursor, word, cursor.span(at), reason, _near(cursor, at), table)
    elif cursor.dialect.name == "sqlite" and word == "AUTO_INCREMENT":
        reason = "SQLite has no AUTO_INCREMENT: INTEGER PRIMARY KEY AUTOINCREMENT does it"
        refuse(cursor, word, cursor.span(at), reason, _words(cursor, at), table)


def on_update(cursor: Cursor, at: int, table: TableName) -> None:
    """`ON UPDATE CURRENT_TIMESTAMP` outside of MySQL."""
    if cursor.dialect.name == "postgres":
        reason = "PostgreSQL has no ON UPDATE for columns: a trigger does it"
        refuse(cursor, "on update", cursor.span(at, at + 2), reason, _near(cursor, at), table)


def inline_index(cursor: Cursor, at: int, table: TableName, unique: bool) -> None:
    """INDEX, KEY or UNIQUE KEY inside CREATE TABLE; `at` is the index of the first keyword."""
    if cursor.dialect.name not in ("postgres", "sqlite"):
        return
    tokens, title = cursor.tokens, cursor.dialect.title
    keyword = next((n for n in (at, at + 1) if tokens[n][0] == WORD and tokens[n][1] in _KEYWORDS), at)
    word = tokens[keyword][1]
    reason = f"{title} has no {word} inside CREATE TABLE: CREATE INDEX makes one"
    server = None
    if unique:
        stumble = keyword if word in _KEYWORDS else at + 1
        reason = f"{title} takes nothing between UNIQUE and its columns: CREATE UNIQUE INDEX names an index"
        server = _words(cursor, stumble)
    elif cursor.dialect.name == "sqlite":
        server = _words(cursor, keyword) if word == "INDEX" else None
    elif word in ("INDEX", "KEY") and tokens[keyword + 1][1] == "(":
        named = tokens[at][1] == "CONSTRAINT" or tokens[keyword - 2][1] == "CONSTRAINT"
        server = _words(cursor, keyword if named else keyword + 1)
    elif word in ("INDEX", "KEY") and tokens[keyword + 1][0] == WORD and tokens[keyword + 2][1] == "(":
        inner = tokens[keyword + 4][1]  # postgres takes it for a column of that name and the index's name for its type
        if inner in (",", ")"):
            name = cursor.dialect.identifier(cursor.raw(keyword + 1, keyword + 2))
            server = f'type "{name.key}" does not exist'
    refuse(cursor, "inline index", cursor.span(keyword), reason, server, table)


def _words(cursor: Cursor, at: int) -> str:
    """What the server says when it stumbles over a token."""
    if cursor.dialect.name == "sqlite":
        return f'near "{cursor.raw(at, at + 1)}": syntax error'
    return _near(cursor, at)


def table_option(cursor: Cursor, table: TableName) -> None:
    """ENGINE=… and its like behind the columns, in postgres and SQLite."""
    word = cursor.word()
    if word not in _OPTIONS or cursor.dialect.name not in ("postgres", "sqlite"):
        return
    stumble = cursor.at
    if cursor.dialect.name == "sqlite" and word not in ("DEFAULT", "COLLATE"):
        if cursor.ahead(1)[1] != "=":
            return
        stumble += 1
    reason = f"{cursor.dialect.title} has no table option {word}"
    refuse(cursor, "option", cursor.span(cursor.at), reason, _words(cursor, stumble), table)


def column_comment(cursor: Cursor, at: int, table: TableName) -> None:
    """COMMENT behind a column, in postgres."""
    if cursor.dialect.name == "postgres":
        reason = "PostgreSQL has no COMMENT in a column: COMMENT ON COLUMN makes one"
        refuse(cursor, "comment", cursor.span(at), reason, _near(cursor, at), table)


def trailing_comma(cursor: Cursor, comma: int, table: TableName) -> None:
    """A comma before the parenthesis that closes the columns."""
    if cursor.family == "generic" or cursor.family == "tsql":
        return  # SQL Server allows it
    server = 'syntax error at or near ")"'
    if cursor.family == "sqlite":
        server = 'near ")": syntax error'
    elif cursor.family == "mysql":
        server = MYSQL_SYNTAX
    refuse(cursor, "comma", cursor.span(comma), "a comma stands before the closing parenthesis", server, table)


def default(cursor: Cursor, start: int, end: int, type_: ColumnType | None, table: TableName) -> None:
    """MySQL: a cast with `::`, and a literal default on TEXT, BLOB or JSON."""
    tokens = cursor.tokens
    if cursor.family == "mysql":
        for at in range(start, end):
            if tokens[at][0] == PUNCT and tokens[at][1] == "::":
                reason = f"{cursor.dialect.title} has no casts with ::"
                refuse(cursor, "cast", cursor.span(at), reason, MYSQL_SYNTAX, table)
                return
    if cursor.family != "mysql" or type_ is None or end != start + 1:
        return
    large = type_.family is Family.JSON or (
        type_.family in (Family.TEXT, Family.BINARY) and type_.name.endswith(("text", "blob"))
    )
    # an empty text, but for JSON, only draws a warning where the server is not strict
    empty = tokens[start][3] - tokens[start][2] == 2 and type_.family is not Family.JSON
    if large and tokens[start][0] in (STRING, NUMBER) and not empty:
        reason = f"MySQL takes no literal DEFAULT on {type_.name.upper()}: it must be an expression in parentheses"
        server = "BLOB, TEXT, GEOMETRY or JSON column can't have a default value (1101)"
        refuse(
            cursor,
            "default",
            cursor.span(start, end),
            reason,
            server,
            table,
            (*MYSQL, Servers("mariadb", None, (10, 2, 1))),
        )


def second_primary_key(cursor: Cursor, span: Span, table: TableName) -> None:
    """More than one PRIMARY KEY in a CREATE TABLE, wherever they are stated."""
    server = {
        "postgres": f'multiple primary keys for table "{table.name.key}" are not allowed',
        "mysql": "Multiple primary key defined (1068)",
        "sqlite": f'table "{table.name.text}" has more than one primary key',
        "tsql": "Cannot add multiple PRIMARY KEY constraints (8110)",
    }.get(cursor.family)
    if server is not None and not uncertain(cursor) and not filled(cursor):
        refuse(cursor, "primary key", span, "a table has only one primary key", server, table)


def sqlite_constraint(cursor: Cursor, start: int, table: TableName) -> None:
    """ALTER TABLE … ADD of a key in SQLite. (A CHECK is left out: newer versions may take it.)"""
    at = start
    if cursor.dialect.name != "sqlite":
        return
    if cursor.tokens[at][1] == "CONSTRAINT":
        at += 2
    word = cursor.tokens[at][1]
    if word in ("PRIMARY", "UNIQUE", "FOREIGN", "INDEX"):
        reason = "SQLite's ALTER TABLE adds no keys to a table that exists"
        refuse(cursor, "alter", cursor.span(at), reason, _words(cursor, start), table)


def sqlite_action(cursor: Cursor, at: int, table: TableName) -> None:
    """MODIFY, CHANGE and RENAME INDEX, which SQLite's ALTER TABLE lacks."""
    if cursor.dialect.name == "sqlite":
        words = cursor.raw(at, at + 1)
        reason = f"SQLite's ALTER TABLE has no {cursor.raw(at - 1, at + 1) if words.upper() == 'INDEX' else words}"
        refuse(cursor, "alter", cursor.span(at), reason, _words(cursor, at), table)


def drop_index_without_table(cursor: Cursor, span: Span) -> None:
    """MySQL: an index belongs to its table."""
    if cursor.family == "mysql":
        reason = f"{cursor.dialect.title} needs DROP INDEX name ON table"
        refuse(cursor, "drop index", span, reason, MYSQL_SYNTAX, None)


def index_if_not_exists(cursor: Cursor, at: int, table: TableName) -> None:
    """MySQL, but not MariaDB: CREATE INDEX takes no IF NOT EXISTS."""
    if cursor.family == "mysql":
        reason = "MySQL's CREATE INDEX takes no IF NOT EXISTS"
        refuse(cursor, "if", cursor.span(at, at + 3), reason, MYSQL_SYNTAX, table, MYSQL)


def if_in_alter(cursor: Cursor, at: int, size: int, what: str, table: TableName | None) -> None:
    """IF EXISTS and IF NOT EXISTS in ALTER TABLE, which SQLite and MySQL, but not MariaDB, lack."""
    reason = f"{cursor.dialect.title}'s {what} takes no {cursor.raw(at, at + size).upper()}"
    if cursor.dialect.name == "sqlite":
        refuse(cursor, "if", cursor.span(at, at + size), reason, _words(cursor, at + size - 1), table)
    elif cursor.family == "mysql":
        reason = f"MySQL's {what} takes no {cursor.raw(at, at + size).upper()}"
        refuse(cursor, "if", cursor.span(at, at + size), reason, MYSQL_SYNTAX, table, MYSQL)


def partition_key(cursor: Cursor, start: int, keys: Iterable[PrimaryKey | UniqueConstraint], table: TableName) -> None:
    """A key of a partitioned table that lacks a column of `PARTITION BY method (…)`, which starts at the method."""
    inside = cursor.tokens[start + 2 : cursor.at - 1]
    names = [token for token in inside if token[1] != "," or token[0] != PUNCT]
    if cursor.dialect.name != "postgres" or len(inside) != 2 * len(names) - 1:
        return
    if not all(kind in (WORD, QUOTED) for kind, _, _, _ in names):
        return  # an expression
    wanted = [cursor.dialect.identifier(*name_text(cursor.text[begin:end])) for _, _, begin, end in names]
    for key in keys:
        lacking = next((name for name in wanted if name not in key.columns), None)
        if lacking is not None:
            reason = f"a key of a partitioned table holds every column that it is partitioned by, and this one lacks {lacking}"
            server = "unique constraint on partitioned table must include all partitioning columns"
            refuse(cursor, "partition key", key.span, reason, server, table)


def no_action(cursor: Cursor, before: int, at: int, table: TableName) -> None:
    """MySQL: a comma behind ADD or DROP of a column, which starts at `before`, and then no action but a further column. Other
    actions have lists of their own: ORDER BY a, b."""
    tokens = cursor.tokens
    if cursor.family != "mysql" or before == at or tokens[before][1] not in ("ADD", "DROP"):
        return
    kind, value, _, _ = tokens[at]
    if kind not in (WORD, QUOTED) or tokens[before + 1][1] == "PARTITION" or value.startswith("SECONDARY"):
        return
    following = tokens[at + 1]
    if following[0] in (END, WORD) or following[1] == ",":
        reason = "an action of ALTER TABLE begins with ADD, DROP, MODIFY or the like, not with " + cursor.raw(
            at, at + 1
        )
        refuse(cursor, "action", cursor.span(at), reason, MYSQL_SYNTAX, table)
