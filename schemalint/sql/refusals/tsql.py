"""What SQL Server refuses. No server was asked: every row is what the grammar of Microsoft's Transact-SQL reference rules
out (the pages of CREATE TABLE, ALTER TABLE, CREATE INDEX and on data types), in words that no version of it has. A type's name
may also be that of an alias type (CREATE TYPE … FROM, sp_addtype): what the script makes itself is none of these."""

from __future__ import annotations

from schemalint.sql.refusals.patterns import Where, pattern

_TYPES = (
    "SERIAL|BIGSERIAL|SMALLSERIAL|TIMESTAMPTZ|JSONB|BYTEA|BOOLEAN|MEDIUMTEXT|LONGTEXT|TINYTEXT|MEDIUMINT|BLOB|LONGBLOB"
)

PATTERNS = (
    pattern(
        Where.STATEMENT,
        r"CREATE (?:TABLE|VIEW|SCHEMA|SEQUENCE|TYPE|(?:UNIQUE )?INDEX) (?P<at>IF NOT EXISTS) ",
        "SQL Server's CREATE takes no IF NOT EXISTS: IF OBJECT_ID(…) IS NULL does it",
    ),
    pattern(Where.STATEMENT, r"CREATE (?P<at>OR REPLACE) ", "SQL Server writes it CREATE OR ALTER, and not for tables"),
    pattern(Where.STATEMENT, r"ALTER TABLE (?P<at>IF EXISTS) ", "SQL Server's ALTER TABLE takes no IF EXISTS"),
    pattern(Where.ACTION, r"ADD (?P<near>COLUMN) ", "SQL Server's ADD takes no COLUMN: ALTER TABLE … ADD name type"),
    pattern(
        Where.ACTION,
        r"(?P<near>MODIFY|CHANGE|RENAME) ",
        "SQL Server's ALTER TABLE has no {at}: ALTER COLUMN and sp_rename do it",
    ),
    pattern(Where.COLUMN, rf"\S+ (?P<near>{_TYPES}) (?!\. )", "SQL Server has no type {at}", ""),
    pattern(
        Where.COLUMN, r"\S+ .*?(?P<near>AUTO_INCREMENT|AUTOINCREMENT) ", "SQL Server has no {at}: IDENTITY does it"
    ),
    pattern(Where.OPTIONS, r"(?P<near>ENGINE) ", "SQL Server has no table option ENGINE"),
)
