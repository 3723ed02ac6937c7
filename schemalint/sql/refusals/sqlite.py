"""What SQLite refuses. Every row was put to the SQLite of Python's standard library by the tests. What newer versions take
or may take (ALTER COLUMN SET and DROP NOT NULL, constraints in ALTER TABLE) is left out, and so is what is refused only
while the table holds rows."""

from __future__ import annotations

from schemalint.model.facts import Servers
from schemalint.sql.refusals.patterns import Where, pattern

_NOUNS = (
    "TYPE|SEQUENCE|EXTENSION|MATERIALIZED|UNLOGGED|SCHEMA|DATABASE|FUNCTION|PROCEDURE|DOMAIN|POLICY|ROLE|USER|RULE"
    "|FULLTEXT|SPATIAL|CLUSTERED|NONCLUSTERED|GLOBAL|LOCAL|EVENT|STATISTICS|COLLATION"
)


def _before(*version: int) -> tuple[Servers, ...]:
    return (Servers("sqlite", None, version),)


PATTERNS = (
    pattern(Where.STATEMENT, rf"CREATE (?P<near>{_NOUNS}) ", "SQLite has no CREATE {at}"),
    pattern(Where.STATEMENT, r"CREATE (?P<at>(?P<near>OR) \S+) ", "SQLite has no CREATE {at}"),
    pattern(Where.STATEMENT, r"(?P<near>COMMENT) ON ", "SQLite has no COMMENT ON"),
    pattern(Where.STATEMENT, r"(?P<near>RENAME) TABLE ", "SQLite renames by ALTER TABLE … RENAME TO"),
    pattern(
        Where.STATEMENT,
        r"DROP (?P<near>TYPE|SEQUENCE|EXTENSION|MATERIALIZED|SCHEMA|DATABASE|FUNCTION|PROCEDURE|DOMAIN|POLICY|ROLE) ",
        "SQLite has no DROP {at}",
    ),
    pattern(
        Where.STATEMENT,
        r"ALTER (?P<near>TYPE|SEQUENCE|INDEX|SCHEMA|DATABASE|FUNCTION|DOMAIN|ROLE|VIEW) ",
        "SQLite has no ALTER {at}",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?INDEX (?P<at>CONCURRENTLY) (?P<near>(?!ON |IF )\S+) ",
        "SQLite has no CONCURRENTLY",
    ),
    pattern(
        Where.STATEMENT, r"CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?(?P<near>ON) ", "SQLite needs the index's name"
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?NAME (?:ON NAME )?(?P<near>USING) ",
        "SQLite's indexes take no USING",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?NAME ON NAME \(\S+\) (?P<near>INCLUDE|NULLS|WITH|TABLESPACE) ",
        "SQLite's indexes take no {at}",
    ),
    pattern(Where.STATEMENT, r"DROP TABLE (?:IF EXISTS )?NAME (?P<near>,) ", "SQLite drops one table a statement"),
    pattern(
        Where.STATEMENT,
        r"DROP (?:TABLE|INDEX|VIEW) (?:IF EXISTS )?NAME (?P<near>CASCADE|RESTRICT) ",
        "SQLite's DROP takes no {at}",
    ),
    pattern(Where.STATEMENT, r"DROP INDEX (?:IF EXISTS )?NAME (?P<near>ON) ", "SQLite's DROP INDEX takes no table"),
    pattern(
        Where.STATEMENT,
        r"CREATE TABLE (?:IF NOT EXISTS )?NAME (?P<near>LIKE) ",
        "SQLite has no CREATE TABLE … LIKE",
    ),
    pattern(
        Where.STATEMENT,
        r"ALTER TABLE NAME (?:ADD|DROP|RENAME) [^,]*(?P<near>,) (?=\S)",
        "SQLite's ALTER TABLE does one thing a statement",
    ),
    pattern(
        Where.ACTION,
        r"(?P<near>ALTER) (?:COLUMN )?\S+ (?!SET NOT NULL |DROP NOT NULL )",
        "SQLite's ALTER TABLE cannot change a column",
    ),
    pattern(
        Where.ACTION,
        r"ADD (?:COLUMN )?(?P<near>\(…\)) $",
        "SQLite adds one column a statement",
        'near "(": syntax error',
    ),
    pattern(
        Where.ACTION, r"DROP (?P<at>(?P<near>PRIMARY|FOREIGN|INDEX)(?: KEY)?) ", "SQLite's ALTER TABLE has no DROP {at}"
    ),
    pattern(Where.ACTION, r"DROP (?:COLUMN )?\S+ (?P<near>CASCADE|RESTRICT) ", "SQLite's DROP COLUMN takes no {at}"),
    pattern(Where.ACTION, r"RENAME COLUMN IF (?P<near>EXISTS) ", "SQLite's RENAME takes no IF EXISTS"),
    pattern(
        Where.ACTION,
        r"(?P<near>OWNER|ENGINE|AUTO_INCREMENT|CONVERT|ENABLE|DISABLE|VALIDATE|CLUSTER|INHERIT|CHARSET|COMMENT) ",
        "SQLite's ALTER TABLE has no {at}",
    ),
    pattern(
        Where.ACTION,
        r"ADD (?:COLUMN )?(?!CONSTRAINT |UNIQUE |PRIMARY |FOREIGN |CHECK )\S+ (?:\S+ )*?(?P<at>PRIMARY KEY|UNIQUE) ",
        "SQLite's ADD COLUMN takes no {at}",
        "Cannot add a {upper} column",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?:\S+ )*?DEFAULT (?P<at>(?!CASE )[A-Z]\w*) \(",
        "SQLite wants parentheses around a default that calls a function: DEFAULT ({at}(…))",
        'near "(": syntax error',
    ),
    pattern(Where.COLUMN, r"\S+ (?P<at>ENUM \('\)) ", "SQLite has no type ENUM: CHECK (… IN (…)) does it"),
    pattern(Where.COLUMN, r"\S+ (?P<near>SET) \('\) ", "SQLite has no type SET"),
    pattern(Where.COLUMN, r"\S+ \S+ \(\S+\) (?P<near>UNSIGNED|ZEROFILL) ", "SQLite takes no {at} behind a width"),
    pattern(Where.COLUMN, r"\S+ \S+ \(\S+\) (?P<near>CHARACTER) SET ", "SQLite's columns have no character set"),
    pattern(
        Where.COLUMN,
        r"\S+ .*?(?:NULL|KEY|UNIQUE|DEFAULT \S+(?: \(\S*\))?) (?P<near>COMMENT) ' ",
        "SQLite has no COMMENT in a column",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?(?P<at>(?P<near>ON) UPDATE) (?:CURRENT_TIMESTAMP|NOW) ",
        "SQLite has no ON UPDATE: a trigger does it",
    ),
    pattern(Where.COLUMN, r"\S+ .*?GENERATED ALWAYS AS (?P<near>IDENTITY) ", "SQLite has no identity columns"),
    pattern(Where.COLUMN, r"\S+ .*?GENERATED BY DEFAULT (?P<near>AS) IDENTITY ", "SQLite has no identity columns"),
    pattern(
        Where.COLUMN, r"\S+ \S+ \(0\) (?P<near>WITH|WITHOUT) TIME ZONE ", "SQLite takes no TIME ZONE behind a width"
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?!INTEGER (?:CONSTRAINT|NOT|NULL|PRIMARY|UNIQUE|DEFAULT|CHECK|COLLATE) |\")(?:\S+ )*?"
        r"PRIMARY KEY (?:ASC )?(?P<at>AUTOINCREMENT) ",
        "AUTOINCREMENT needs the type INTEGER, in that word",
        "AUTOINCREMENT is only allowed on an INTEGER PRIMARY KEY",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?:(?!PRIMARY )\S+ )+?(?P<near>AUTOINCREMENT) ",
        "AUTOINCREMENT stands behind PRIMARY KEY",
    ),
    pattern(Where.OPTIONS, r"(?P<at>PARTITION) (?P<near>BY) ", "SQLite has no partitions"),
    pattern(Where.OPTIONS, r"(?P<at>WITH) \(", "SQLite has no table option WITH", 'near "(": syntax error'),
    pattern(Where.CONSTRAINT, r"(?:CONSTRAINT \S+ )?UNIQUE (?P<near>NULLS) ", "SQLite has no NULLS NOT DISTINCT"),
    pattern(
        Where.CONSTRAINT,
        r"(?:CONSTRAINT \S+ )?(?:UNIQUE|PRIMARY KEY) \(\S+\) (?P<near>DEFERRABLE|INCLUDE|USING) ",
        "SQLite's keys take no {at}",
    ),
    pattern(Where.CONSTRAINT, r"EXCLUDE (?P<near>USING) ", "SQLite has no EXCLUDE"),
    pattern(Where.COLUMN, r"\S+ .*?UNIQUE (?P<near>NULLS) ", "SQLite has no NULLS NOT DISTINCT"),
    pattern(
        Where.COLUMN, r"\S+ .*?(?P<at>PRIMARY KEY DESC AUTOINCREMENT) ", "a descending key takes no AUTOINCREMENT", ""
    ),
    pattern(Where.STATEMENT, r"ALTER TABLE (?P<at>ONLY) (?P<near>(?!ADD |DROP |RENAME )\S+) ", "SQLite has no ONLY"),
    pattern(Where.OPTIONS, r"(?P<at>INHERITS) \(", "SQLite has no INHERITS", 'near "(": syntax error'),
    pattern(Where.ACTION, r"(?P<at>DROP COLUMN) ", "DROP COLUMN came with SQLite 3.35", None, _before(3, 35)),
    pattern(Where.ACTION, r"(?P<at>RENAME COLUMN) ", "RENAME COLUMN came with SQLite 3.25", None, _before(3, 25)),
    pattern(
        Where.COLUMN,
        r"\S+ .*?(?P<at>GENERATED ALWAYS) AS ",
        "generated columns came with SQLite 3.31",
        None,
        _before(3, 31),
    ),
    pattern(Where.OPTIONS, r"(?P<at>STRICT) ", "STRICT tables came with SQLite 3.37", None, _before(3, 37)),
)
