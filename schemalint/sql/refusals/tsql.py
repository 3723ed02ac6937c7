"""What SQL Server refuses, in words that no version of it has. Every row is what the grammar of Microsoft's Transact-SQL
reference rules out (CREATE TABLE, ALTER TABLE, CREATE INDEX, DROP INDEX, DROP TABLE, "Data types") and what an engine that
speaks T-SQL refuses too, where it was asked: tests/oracles/tsql. A type's name may also be that of an alias type
(CREATE TYPE … FROM, sp_addtype): what the script makes itself is none of these."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.sql.cursor import FILLED, Cursor
from schemalint.sql.refusals.patterns import Match, Where, pattern
from schemalint.sql.refusals.phrases import Layout, layout, phrase
from schemalint.sql.refusals.say import invalid, stumbles
from schemalint.sql.tokens import Token

_TYPES = (
    "SERIAL|BIGSERIAL|SMALLSERIAL|TIMESTAMPTZ|JSONB|BYTEA|BOOLEAN|BOOL|UUID|INT8|INT4|INT2|FLOAT8|FLOAT4|VARCHAR2|NVARCHAR2"
    "|NUMBER|CLOB|BLOB|LONGBLOB|MEDIUMBLOB|MEDIUMTEXT|LONGTEXT|TINYTEXT|MEDIUMINT|ENUM"
)
_SIZELESS = (
    "INT|INTEGER|BIGINT|SMALLINT|TINYINT|BIT|REAL|MONEY|SMALLMONEY|DATE|DATETIME|SMALLDATETIME|TEXT|NTEXT|IMAGE"
    "|UNIQUEIDENTIFIER|ROWVERSION|TIMESTAMP"
)
_TYPE = r"\S+ (?:\S+ \. )?(?!AS )\S+ (?:\(\S*\) )?"
"""A column's name and type."""
_CLAUSES = r"\S+ (?!AS )(?:\S+ )*?"
"""A column's name and clauses up to one; of a computed column, whose expression may hold any word, nothing."""

PATTERNS = (
    pattern(
        Where.STATEMENT,
        r"CREATE (?:TABLE|VIEW|SCHEMA|DATABASE|SEQUENCE|TYPE|(?:UNIQUE )?INDEX) (?P<at>IF NOT EXISTS) ",
        "SQL Server's CREATE takes no IF NOT EXISTS: IF OBJECT_ID(…) IS NULL does it",
    ),
    pattern(Where.STATEMENT, r"CREATE (?P<at>OR REPLACE) ", "SQL Server writes it CREATE OR ALTER, and not for tables"),
    pattern(
        Where.STATEMENT,
        r"CREATE (?P<near>TEMPORARY|TEMP|UNLOGGED) TABLE ",
        "SQL Server has no {at} tables: a name that begins with # is one of the session",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:OR ALTER )?VIEW \S.* LIMIT (?P<near>0) $",
        "SQL Server has no LIMIT: SELECT TOP (n), or OFFSET … FETCH",
    ),
    pattern(Where.STATEMENT, r"CREATE TABLE NAME (?P<near>LIKE) ", "SQL Server's CREATE TABLE has no LIKE"),
    pattern(Where.CONSTRAINT, r"(?P<near>LIKE) ", "SQL Server's CREATE TABLE has no LIKE"),
    pattern(
        Where.STATEMENT, r"CREATE TYPE NAME AS (?P<near>ENUM) ", "SQL Server has no enumerations: CHECK … IN does it"
    ),
    pattern(
        Where.STATEMENT,
        r"(?:CREATE (?:UNIQUE )?|DROP )INDEX (?P<near>CONCURRENTLY) ",
        "SQL Server has no CONCURRENTLY: WITH (ONLINE = ON) does it",
        "",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?INDEX NAME ON NAME (?P<near>USING) ",
        "SQL Server's indexes have no USING",
        "",
    ),
    pattern(Where.STATEMENT, r"CREATE (?:UNIQUE )?INDEX (?P<near>ON) ", "SQL Server gives an index no name by itself"),
    pattern(
        Where.STATEMENT,
        r"DROP INDEX (?:IF EXISTS )?(?P<at>[^\s.,]+) $",
        "SQL Server's DROP INDEX names the table: DROP INDEX name ON table",
        "Must specify the table name and index name for the DROP INDEX statement (159)",
    ),
    pattern(
        Where.STATEMENT,
        r"DROP (?:TABLE|VIEW|TYPE|SCHEMA|SEQUENCE) (?:IF EXISTS )?NAME (?P<near>CASCADE|RESTRICT) ",
        "SQL Server's DROP takes no {at}: what needs the object goes first",
    ),
    pattern(Where.STATEMENT, r"ALTER TABLE (?P<at>IF EXISTS) ", "SQL Server's ALTER TABLE takes no IF EXISTS"),
    pattern(Where.STATEMENT, r"ALTER TABLE ONLY (?P<near>\S+) (?!\. )", "SQL Server's ALTER TABLE has no ONLY", ""),
    pattern(Where.ACTION, r"ADD (?P<near>COLUMN) ", "SQL Server's ADD takes no COLUMN: ALTER TABLE … ADD name type"),
    pattern(
        Where.ACTION, r"ADD (?P<near>IF) NOT EXISTS ", "SQL Server's ADD takes no IF NOT EXISTS: COL_LENGTH(…) tells"
    ),
    pattern(Where.ACTION, r"ADD CONSTRAINT (?P<near>IF) NOT EXISTS ", "SQL Server's ADD takes no IF NOT EXISTS"),
    pattern(Where.ACTION, r"ADD (?P<near>\(\S*\)) $", "SQL Server's ADD takes no parentheses around the columns", ""),
    pattern(Where.ACTION, r"ADD (?:UNIQUE )?(?P<near>KEY|FULLTEXT) ", "SQL Server's ALTER TABLE adds no {at}"),
    pattern(
        Where.ACTION, r"ADD UNIQUE (?P<near>INDEX) ", "SQL Server's ALTER TABLE adds no such index: CREATE INDEX does"
    ),
    pattern(
        Where.ACTION, r"DROP (?P<near>PRIMARY|FOREIGN) KEY ", "SQL Server drops a key by its name: DROP CONSTRAINT name"
    ),
    pattern(
        Where.ACTION,
        r"DROP (?:COLUMN|CONSTRAINT) (?:IF EXISTS )?\S+ (?P<near>CASCADE|RESTRICT) ",
        "SQL Server's DROP takes no {at}: what needs it goes first",
    ),
    pattern(
        Where.ACTION,
        r"(?P<near>MODIFY|CHANGE|RENAME) ",
        "SQL Server's ALTER TABLE has no {at}: ALTER COLUMN and sp_rename do it",
    ),
    pattern(Where.ACTION, r"(?P<near>OWNER) TO ", "SQL Server's ALTER TABLE has no OWNER"),
    pattern(Where.ACTION, r"(?P<near>ENGINE|AUTO_INCREMENT) (?:= )?\S+ $", "SQL Server has no table option {at}"),
    pattern(Where.ACTION, r"ALTER (?P<near>(?!(?:COLUMN|INDEX) )\S+) ", "SQL Server writes it ALTER COLUMN", ""),
    pattern(
        Where.ACTION,
        r"ALTER COLUMN \S+ (?P<near>SET) (?:NOT|DEFAULT|DATA) ",
        "SQL Server writes a column's type and NULL or NOT NULL behind ALTER COLUMN, and defaults as constraints",
        "",
    ),
    pattern(
        Where.ACTION,
        r"ALTER COLUMN \S+ (?P<near>DROP) (?:NOT NULL|DEFAULT) ",
        "SQL Server writes a column's type and NULL or NOT NULL behind ALTER COLUMN, and drops defaults as constraints",
        "",
    ),
    pattern(
        Where.ACTION,
        r"ALTER COLUMN \S+ (?P<near>TYPE) (?!NULL |NOT |COLLATE |SPARSE |WITH |\(|\. )\S",
        "SQL Server writes the type right behind the column",
        "",
    ),
    pattern(
        Where.ACTION,
        r"ALTER COLUMN \S+ \S+ (?:\(\S*\) )?(?:NOT )?(?:NULL )?(?P<near>DEFAULT|PRIMARY|UNIQUE|CHECK|REFERENCES|IDENTITY) ",
        "SQL Server's ALTER COLUMN takes a type and NULL or NOT NULL, no {at}",
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ (?P<near>{_TYPES}) (?!\. )",
        "SQL Server has no type {at}",
        "Cannot find data type {lower} (2715)",
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ (?P<near>{_SIZELESS}) (?:\(0\)|\(0,0\)) ",
        "{at} has no size in SQL Server",
        "Cannot specify a column width on data type {lower} (2716)",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?P<near>DOUBLE) (?!PRECISION |\. )",
        "SQL Server has no type {at}: float, or DOUBLE PRECISION",
        "",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ TIMESTAMP (?:\(\S*\) )?(?P<at>(?:WITH|WITHOUT) TIME ZONE) ",
        "SQL Server has no such type: datetimeoffset or datetime2",
        "",
    ),
    pattern(
        Where.COLUMN,
        rf"{_TYPE}(?:IDENTITY (?:\(\S*\) )?(?P<at>NULL)|NULL IDENTITY) ",
        "a column with IDENTITY is NOT NULL",
        "Could not create IDENTITY attribute on nullable column '{name}' (8147)",
    ),
    pattern(
        Where.COLUMN,
        rf"{_TYPE}(?:NOT )?NULL (?P<at>(?:NOT )?NULL) ",
        "NULL or NOT NULL is said once",
        "Multiple NULL constraints were specified for column '{name}' (8150)",
    ),
    pattern(
        Where.COLUMN,
        rf"{_TYPE}(?:(?:IDENTITY (?:\(\S*\) )?)?(?P<at>NULL) (?:CONSTRAINT \S+ )?PRIMARY KEY "
        r"|PRIMARY KEY (?:CLUSTERED |NONCLUSTERED )?NULL )",
        "a primary key cannot be NULL",
        "Cannot define PRIMARY KEY constraint on nullable column (8111)",
    ),
    pattern(
        Where.COLUMN,
        rf"{_CLAUSES}DEFAULT (?P<near>TRUE|FALSE) ",
        "SQL Server has no {at}: 1 and 0 are what a bit holds",
        'The name "{lower}" is not permitted in this context (128)',
    ),
    pattern(
        Where.COLUMN,
        rf"{_CLAUSES}DEFAULT (?P<near>NOW|UUID|GEN_RANDOM_UUID|UUID_GENERATE_V4|UTC_TIMESTAMP|CURDATE|UNIX_TIMESTAMP) \(\) ",
        "SQL Server has no function {at}: GETDATE(), SYSDATETIME() and NEWID() are its own",
        "'{lower}' is not a recognized built-in function name (195)",
    ),
    pattern(Where.COLUMN, rf"{_CLAUSES}NOT (?P<near>VALID) ", "SQL Server has no NOT VALID: WITH NOCHECK does it"),
    pattern(Where.COLUMN, rf"{_TYPE}(?P<near>UNSIGNED|ZEROFILL) ", "SQL Server has no {at} numbers"),
    pattern(
        Where.COLUMN, rf"{_TYPE}(?P<near>CHARACTER) SET ", "SQL Server has no character sets: nvarchar, or COLLATE"
    ),
    pattern(
        Where.COLUMN, rf"{_CLAUSES}(?P<near>AUTO_INCREMENT|AUTOINCREMENT) ", "SQL Server has no {at}: IDENTITY does it"
    ),
    pattern(
        Where.COLUMN,
        rf"{_CLAUSES}(?P<at>GENERATED (?:ALWAYS|BY DEFAULT) AS IDENTITY) ",
        "SQL Server writes it IDENTITY",
        "",
    ),
    pattern(
        Where.COLUMN,
        rf"{_CLAUSES}(?P<at>GENERATED ALWAYS AS) \(",
        "SQL Server writes a computed column without a type: name AS (…)",
        "",
    ),
    pattern(Where.COLUMN, rf"{_CLAUSES}(?P<near>COMMENT) ' ", "SQL Server's columns have no COMMENT"),
    pattern(
        Where.COLUMN,
        rf"{_CLAUSES}ON (?P<near>UPDATE) (?!NO |CASCADE |SET |RESTRICT )",
        "SQL Server has no ON UPDATE here",
        "",
    ),
    pattern(Where.COLUMN, rf"{_CLAUSES}(?P<near>AFTER) \S+ $", "SQL Server adds columns at the end: it has no AFTER"),
    pattern(Where.COLUMN, rf"{_CLAUSES}(?P<near>FIRST) $", "SQL Server adds columns at the end: it has no FIRST", ""),
    *(
        row
        for where in (Where.COLUMN, Where.CONSTRAINT, Where.ACTION)
        for row in (
            pattern(
                where,
                rf"{'ADD ' if where is Where.ACTION else ''}{_CLAUSES}ON (?:DELETE|UPDATE) (?P<near>RESTRICT) ",
                "SQL Server has no RESTRICT: NO ACTION is what it does by itself",
            ),
            pattern(
                where,
                rf"{'ADD ' if where is Where.ACTION else ''}{_CLAUSES}(?P<near>DEFERRABLE|INITIALLY) ",
                "SQL Server looks at constraints at once: it has no {at}",
                "",
            ),
        )
    ),
    pattern(Where.CONSTRAINT, r"(?P<near>KEY) ", "SQL Server writes it INDEX name (…)"),
    pattern(
        Where.CONSTRAINT, r"UNIQUE (?P<near>KEY|INDEX) ", "SQL Server writes it UNIQUE (…), or INDEX name UNIQUE (…)"
    ),
    pattern(
        Where.CONSTRAINT,
        r"(?:FULLTEXT|SPATIAL) (?P<near>KEY|INDEX) ",
        "SQL Server makes such an index by a statement of its own",
    ),
    pattern(Where.CONSTRAINT, r"(?P<near>EXCLUDE) (?:USING \S+ )?\(", "SQL Server has no EXCLUDE", ""),
    pattern(
        Where.OPTIONS,
        r"(?P<near>ENGINE|AUTO_INCREMENT|CHARSET|COMMENT|COLLATE|ROW_FORMAT) (?:= )?\S",
        "SQL Server has no table option {at}",
        "",
    ),
    pattern(Where.OPTIONS, r"(?P<near>DEFAULT) (?:CHARSET|CHARACTER|COLLATE) ", "SQL Server has no table option {at}"),
    pattern(Where.OPTIONS, r"(?P<near>INHERITS) \(", "SQL Server's tables inherit nothing", ""),
    pattern(Where.OPTIONS, r"(?P<near>WITHOUT) ROWID ", "SQL Server's tables have no ROWID", ""),
)


_ACTIONS = frozenset({"ADD", "DROP", "ALTER"})


def actions(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """ALTER TABLE does one thing: behind a comma more columns and constraints may be added or dropped, with no second ADD, DROP
    or ALTER, and ALTER COLUMN changes one column."""
    if not made.actions:
        return
    first = made.values[made.actions[0][0]]
    for start, _ in made.actions[1:]:
        if first in _ACTIONS and (made.values[start] in _ACTIONS or first == "ALTER"):
            several = "changes one column" if first == "ALTER" else f"takes what else it is to {first} without the word"
            yield Match(start, start + 1, f"SQL Server's ALTER TABLE {several}", stumbles(cursor, start), ())
            return


_VIEW = re.compile(r"(?:CREATE|ALTER|CREATE OR ALTER) VIEW (?:\S+ \. )*\S+ (?:AS|WITH|\(\S*\)) ")


def not_first(cursor: Cursor, before: list[Token]) -> None:
    """A view that is not the first statement of its batch ("CREATE VIEW (Transact-SQL)"). A template may make the GO that is
    missed."""
    if cursor.script.in_code or all(token[1] == ";" for token in before) or any(FILLED in token[1] for token in before):
        return
    values = [token[1] for token in cursor.tokens]
    made = layout(cursor, values)
    if _VIEW.match(phrase(cursor.tokens, made.partners, 0, len(values), 20).text) is None:
        return
    verb = "ALTER VIEW" if values[0] == "ALTER" else "CREATE VIEW"
    reason = f"{verb} comes first in its batch: GO is missing before it"
    words = f"'{verb}' must be the first statement in a query batch (111)"
    cursor.emit(invalid(cursor, cursor.span(0, 2), reason, words, None))
