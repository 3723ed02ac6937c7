"""What came to PostgreSQL with a version, and what went with one. `tests/oracles/postgres` holds what the servers from 10 on said
to each of these; what came with 10 itself is what its release notes say. A row is heard only where the version is known."""

from __future__ import annotations

from schemalint.model.facts import Servers
from schemalint.sql.refusals.patterns import Pattern, Where, pattern


def _came(version: int, where: Where, regex: str, what: str, words: str | None = None) -> Pattern:
    return pattern(
        where, regex, f"{what} came with PostgreSQL {version}", words, (Servers("postgres", None, (version,)),)
    )


def _went(version: int, where: Where, regex: str, why: str, words: str | None = None) -> Pattern:
    return pattern(where, regex, why, words, (Servers("postgres", (version,)),))


_NO_NAME = r"(?<!CONSTRAINT )(?<!REFERENCES )(?<!COLLATE )(?<!\. )"
"""Behind these stands a name, whatever its word."""
_SETTING = rf"\S+ \S+ (?:\S+ )*?{_NO_NAME}"
"""A column up to a clause that some versions know."""
_DISTINCT = r"UNIQUE (?P<at>(?P<near>NULLS) (?:NOT )?DISTINCT) "
_ENFORCED = rf"(?:\S+ )*?{_NO_NAME}(?P<at>(?:NOT )?(?P<near>ENFORCED)) "
_COLUMNS_OF = r"ON DELETE SET (?:NULL|DEFAULT) (?P<at>\(…\)) "
_ROUTINE = r"CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE) (?:\S+ )*?"
_NO_PARENTHESIS = 'syntax error at or near "("'

PATTERNS = (
    # Tables
    _came(10, Where.OPTIONS, r"(?:.*? )?(?P<at>PARTITION BY) ", "declarative partitions"),
    _came(
        11, Where.OPTIONS, r"PARTITION BY (?P<at>HASH) ", "hash partitions", 'unrecognized partitioning strategy "hash"'
    ),
    _came(12, Where.OPTIONS, r"(?P<near>USING) ", "table access methods"),
    _came(15, Where.ACTION, r"SET (?P<at>(?P<near>ACCESS) METHOD) ", "SET ACCESS METHOD"),
    _came(17, Where.ACTION, r"SET ACCESS METHOD (?P<near>DEFAULT) ", "SET ACCESS METHOD DEFAULT"),
    _went(12, Where.OPTIONS, r"(?:.*? )?WITH (?P<near>OIDS) ", "tables WITH OIDS went with PostgreSQL 12"),
    _went(12, Where.ACTION, r"SET (?P<at>(?P<near>WITH) OIDS) ", "tables WITH OIDS went with PostgreSQL 12"),
    _went(
        18,
        Where.STATEMENT,
        r"CREATE UNLOGGED TABLE .*?(?P<at>PARTITION BY) ",
        "since PostgreSQL 18 no table is both unlogged and partitioned",
        "partitioned tables cannot be unlogged",
    ),
    _came(
        12,
        Where.CONSTRAINT,
        r"LIKE (?:\S+ )+?(?:INCLUDING|EXCLUDING) (?P<near>GENERATED) ",
        "generated columns, to include them,",
    ),
    _came(14, Where.CONSTRAINT, r"LIKE (?:\S+ )+?(?:INCLUDING|EXCLUDING) (?P<near>COMPRESSION) ", "COMPRESSION"),
    _came(14, Where.ACTION, r"DETACH PARTITION (?:\S+ )+?(?P<near>CONCURRENTLY|FINALIZE) ", "DETACH PARTITION … {at}"),
    # Columns
    _came(10, Where.COLUMN, r"\S+ .*?GENERATED (?:ALWAYS|BY DEFAULT) (?P<at>AS IDENTITY) ", "identity columns"),
    _came(12, Where.COLUMN, r"\S+ .*?(?P<at>GENERATED ALWAYS AS \(…\)) STORED ", "generated columns", _NO_PARENTHESIS),
    _came(
        18,
        Where.COLUMN,
        r"\S+ .*?(?P<at>GENERATED ALWAYS AS \(…\)) (?!STORED )",
        "generated columns that are not STORED",
    ),
    _came(13, Where.ACTION, r"ALTER (?:COLUMN )?\S+ DROP (?P<near>EXPRESSION) ", "DROP EXPRESSION"),
    _came(17, Where.ACTION, r"ALTER (?:COLUMN )?\S+ SET (?P<near>EXPRESSION) AS ", "SET EXPRESSION"),
    _came(14, Where.COLUMN, rf"{_SETTING}(?P<near>COMPRESSION) (?:PGLZ|LZ4|DEFAULT) ", "COMPRESSION"),
    _came(14, Where.ACTION, r"ALTER (?:COLUMN )?\S+ SET (?P<near>COMPRESSION) ", "COMPRESSION"),
    _came(
        16,
        Where.COLUMN,
        rf"{_SETTING}(?P<near>STORAGE) (?:PLAIN|EXTERNAL|EXTENDED|MAIN|DEFAULT) ",
        "STORAGE in a column",
    ),
    _came(16, Where.ACTION, r"ALTER (?:COLUMN )?\S+ SET STORAGE (?P<near>DEFAULT) ", "STORAGE DEFAULT"),
    _came(17, Where.ACTION, r"ALTER (?:COLUMN )?\S+ SET STATISTICS (?P<near>DEFAULT) ", "STATISTICS DEFAULT"),
    _came(
        14,
        Where.COLUMN,
        r"\S+ (?P<at>INT4MULTIRANGE|INT8MULTIRANGE|NUMMULTIRANGE|TSMULTIRANGE|TSTZMULTIRANGE|DATEMULTIRANGE) ",
        "multiranges",
        'type "{lower}" does not exist',
    ),
    _went(
        12,
        Where.COLUMN,
        r"\S+ (?P<at>ABSTIME|RELTIME|TINTERVAL) ",
        "the type {at} went with PostgreSQL 12",
        'type "{lower}" does not exist',
    ),
    _came(15, Where.COLUMN, r"\S+ (?:NUMERIC|DECIMAL|DEC) (?P<at>\(…\)) ", "a scale below zero", "NUMERIC scale -"),
    # Constraints
    _came(15, Where.COLUMN, rf"\S+ .*?{_DISTINCT}", "NULLS NOT DISTINCT"),
    _came(15, Where.CONSTRAINT, rf"(?:CONSTRAINT \S+ )?{_DISTINCT}", "NULLS NOT DISTINCT"),
    _came(15, Where.ACTION, rf"ADD (?:CONSTRAINT \S+ )?{_DISTINCT}", "NULLS NOT DISTINCT"),
    _came(15, Where.COLUMN, rf"\S+ .*?{_COLUMNS_OF}", "columns behind ON DELETE SET", _NO_PARENTHESIS),
    _came(
        15,
        Where.CONSTRAINT,
        rf"(?:CONSTRAINT \S+ )?FOREIGN KEY .*?{_COLUMNS_OF}",
        "columns behind ON DELETE SET",
        _NO_PARENTHESIS,
    ),
    _came(
        15,
        Where.ACTION,
        rf"ADD (?:CONSTRAINT \S+ )?FOREIGN KEY .*?{_COLUMNS_OF}",
        "columns behind ON DELETE SET",
        _NO_PARENTHESIS,
    ),
    _went(
        18,
        Where.COLUMN,
        r"\S+ (?=.*PRIMARY KEY )(?:\S+ )+?(?<!NOT )(?<!DEFAULT )(?<!SET )(?<!IS )(?P<at>NULL) ",
        "a primary key cannot be NULL",
        'conflicting NULL/NOT NULL declarations for column "{name}"',
    ),
    _came(18, Where.COLUMN, r"(?P<at>(?P<near>NOT) NULL) \S+ ", "NOT NULL as a constraint of the table"),
    _came(
        18,
        Where.CONSTRAINT,
        r"CONSTRAINT \S+ (?P<at>(?P<near>NOT) NULL) \S+ ",
        "NOT NULL as a constraint of the table",
    ),
    _came(
        18,
        Where.ACTION,
        r"ADD (?:CONSTRAINT \S+ )?(?P<at>(?P<near>NOT) NULL) \S+ ",
        "NOT NULL as a constraint of the table",
    ),
    _came(18, Where.COLUMN, r"\S+ .*?NOT NULL (?P<at>(?P<near>NO) INHERIT) ", "NO INHERIT behind NOT NULL"),
    _came(18, Where.COLUMN, rf"\S+ \S+ {_ENFORCED}", "{at}"),
    _came(18, Where.CONSTRAINT, rf"(?:CONSTRAINT \S+ )?(?:CHECK|FOREIGN) {_ENFORCED}", "{at}"),
    _came(18, Where.ACTION, rf"(?:ADD|ALTER) (?:CONSTRAINT \S+ )?(?:(?:CHECK|FOREIGN) )?{_ENFORCED}", "{at}"),
    _came(
        17,
        Where.STATEMENT,
        r"ALTER DOMAIN (?:\S+ )+?ADD (?:CONSTRAINT \S+ )?(?P<at>(?P<near>NOT) NULL) ",
        "NOT NULL as a constraint of a domain",
    ),
    _came(
        18,
        Where.CONSTRAINT,
        r"(?:CONSTRAINT \S+ )?(?:PRIMARY KEY|UNIQUE) (?P<at>\(OVERLAPS\)) ",
        "keys WITHOUT OVERLAPS",
        'syntax error at or near "WITHOUT"',
    ),
    _came(
        18,
        Where.ACTION,
        r"ADD (?:CONSTRAINT \S+ )?(?:PRIMARY KEY|UNIQUE) (?P<at>\(OVERLAPS\)) ",
        "keys WITHOUT OVERLAPS",
        'syntax error at or near "WITHOUT"',
    ),
    # Indexes and statistics
    _came(
        15, Where.STATEMENT, rf"CREATE {_DISTINCT.replace('UNIQUE ', 'UNIQUE INDEX (?:.*? )?')}", "NULLS NOT DISTINCT"
    ),
    _came(11, Where.STATEMENT, r"CREATE (?:UNIQUE )?INDEX .*?(?P<near>INCLUDE) \(", "INCLUDE"),
    _came(
        11,
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?INDEX (?:\S+ )*?ON (?P<near>ONLY) (?!\()",
        "indexes ON ONLY the parent",
    ),
    _came(16, Where.STATEMENT, r"CREATE STATISTICS (?P<near>ON) ", "statistics without a name"),
    _came(16, Where.STATEMENT, r"CREATE STATISTICS (?P<at>\(…\)) ON ", "statistics without a name", _NO_PARENTHESIS),
    # Everything else
    _came(14, Where.STATEMENT, r"CREATE (?P<at>OR REPLACE (?:CONSTRAINT )?(?P<near>TRIGGER|CONSTRAINT)) ", "{at}"),
    _came(
        11,
        Where.STATEMENT,
        r"CREATE (?:CONSTRAINT )?TRIGGER (?:\S+ )*?EXECUTE (?P<near>FUNCTION) ",
        "EXECUTE FUNCTION, which is EXECUTE PROCEDURE before,",
    ),
    _came(11, Where.STATEMENT, r"CREATE (?:OR REPLACE )?(?P<near>PROCEDURE) ", "procedures"),
    _came(11, Where.STATEMENT, r"DROP (?P<near>PROCEDURE|ROUTINE) ", "procedures"),
    _came(14, Where.STATEMENT, rf"{_ROUTINE}LANGUAGE SQL (?:\S+ )*?(?P<near>RETURN) ", "RETURN as a function's body"),
    _came(14, Where.STATEMENT, rf"{_ROUTINE}(?P<at>(?P<near>BEGIN) ATOMIC) ", "BEGIN ATOMIC"),
    _came(
        15, Where.STATEMENT, r"CREATE (?P<at>UNLOGGED) SEQUENCE ", "unlogged sequences", "unlogged sequences are not"
    ),
    _came(15, Where.STATEMENT, r"ALTER SEQUENCE (?:\S+ )+?SET (?P<at>LOGGED|UNLOGGED) ", "unlogged sequences"),
    _came(13, Where.STATEMENT, r"ALTER VIEW (?:\S+ )+?RENAME (?P<near>COLUMN) ", "RENAME COLUMN of a view"),
    _went(
        13,
        Where.STATEMENT,
        r"CREATE EXTENSION (?:\S+ )+?(?P<at>FROM) ",
        "CREATE EXTENSION … FROM went with PostgreSQL 13",
        "CREATE EXTENSION ... FROM is no longer supported",
    ),
)
