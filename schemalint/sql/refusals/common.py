"""What PostgreSQL, MySQL, MariaDB and SQLite all refuse; put to three of them by the tests."""

from __future__ import annotations

from schemalint.sql.refusals.patterns import Where, pattern

NOT_A_SETTING = r"(?<!SET )(?<!COLLATE )(?<!STORAGE )(?<!COMPRESSION )(?<!COLUMN_FORMAT )"
"""Behind these, DEFAULT is a setting like any other."""
_INDEXES = "INDEX|KEY|FULLTEXT|SPATIAL"
_KEYS = "PRIMARY|UNIQUE|FOREIGN|CHECK|EXCLUDE|NOT|CONSTRAINT"
_RULE = "ON (?:DELETE|UPDATE) (?:CASCADE|RESTRICT|SET NULL|SET DEFAULT|NO ACTION)"
PATTERNS = (
    pattern(Where.STATEMENT, r"DROP (?P<near>UNIQUE) (?:INDEX|KEY) ", "an index is dropped by its name: DROP INDEX"),
    pattern(
        Where.ACTION,
        r"(?:ADD|DROP|MODIFY|CHANGE) (?:\S+ )+?"
        r"(?P<near>INSERT(?= INTO )|ALTER(?= TABLE )|CREATE(?= (?:TABLE|INDEX|UNIQUE INDEX) )|DROP(?= TABLE )) ",
        "a semicolon is missing before this {at}",
    ),
    pattern(Where.ACTION, r"DROP (?P<at>COLUMN(?: IF EXISTS)?) $", "DROP COLUMN needs the column's name"),
    pattern(
        Where.CONSTRAINT,
        rf"CONSTRAINT (?!(?:{_KEYS}) )\S+ (?P<near>(?!(?:{_KEYS}|{_INDEXES}) )[A-Z_]\S*) ",
        "behind a constraint's name stands what it is: PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK",
    ),
    pattern(
        Where.ACTION,
        rf"ADD CONSTRAINT (?!(?:{_KEYS}|IF) )\S+ (?P<near>(?!(?:{_KEYS}|{_INDEXES}) )[A-Z_]\S*) ",
        "behind a constraint's name stands what it is: PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK",
    ),
    pattern(Where.COLUMN, rf"\S+ .*?{NOT_A_SETTING}DEFAULT (?P<near>NOT) ", "DEFAULT needs a value"),
    pattern(Where.COLUMN, rf"\S+ .*?{NOT_A_SETTING}(?P<at>DEFAULT) $", "DEFAULT needs a value"),
    pattern(
        Where.COLUMN,
        r"\S+ [A-Z]\S* (?:\S+ )*?(?P<near>FOREIGN) KEY ",
        "FOREIGN KEY needs a comma before it; in a column it is REFERENCES alone",
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ (?:\S+ )*?REFERENCES NAME (?:\(…\) )?(?:{_RULE} )*(?:NOT NULL |NULL |UNIQUE |PRIMARY KEY )+(?P<at>ON DELETE) ",
        "ON DELETE belongs right behind what REFERENCES names",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?:\S+ )*?(?:PRIMARY KEY|UNIQUE(?: KEY)?) (?P<near>\(…\)) ",
        "a key of several columns needs a comma before it; in a column it names none",
    ),
    pattern(
        Where.ACTION,
        r"DROP COLUMN (?:IF EXISTS \S+|(?!IF EXISTS )\S+) "
        r"(?P<near>(?!(?:CASCADE|RESTRICT|ADD|ALTER|DROP|ALGORITHM|LOCK|CREATE|INSERT|WAIT|NOWAIT|SETTINGS) )[A-Z_]\S*) ",
        "nothing but the column's name stands behind DROP COLUMN",
    ),
    pattern(
        Where.ACTION,
        r"(?:ADD|DROP|MODIFY|CHANGE) \S+ (?:\S+ )*?(?P<near>ADD) (?:COLUMN|CONSTRAINT|INDEX|FOREIGN|PRIMARY|UNIQUE) ",
        "a comma is missing before this {at}",
    ),
    pattern(
        Where.ACTION,
        r"(?:ADD|DROP|MODIFY|CHANGE) \S+ (?:\S+ )*?(?P<near>DROP) (?:COLUMN|CONSTRAINT|INDEX|FOREIGN) ",
        "a comma is missing before this {at}",
    ),
    pattern(Where.COLUMN, r"\S+ (?P<at>(?:VARCHAR|NVARCHAR|VARBINARY) \(…\)) ", "the length is a number here", ""),
)
