"""More statements that PostgreSQL cannot parse: what is left out at the end, and words for others. Every row was put to
PostgreSQL 10 to 18."""

from __future__ import annotations

from schemalint.sql.refusals.patterns import Where, pattern

_TYPES = (
    "INT|INTEGER|BIGINT|SMALLINT|SERIAL|BIGSERIAL|TEXT|VARCHAR|CHAR|BOOLEAN|BOOL|UUID|JSON|JSONB|DATE|BYTEA|NUMERIC|DECIMAL"
    "|TIMESTAMP|TIMESTAMPTZ|TIME|REAL|FLOAT"
)
_CLAUSES = (
    "NOT |NULL |DEFAULT |PRIMARY |UNIQUE |REFERENCES |CHECK |CONSTRAINT |COLLATE |GENERATED |STORAGE |COMPRESSION |DEFERRABLE "
    "|INITIALLY |ENFORCED |OPTIONS |WITH |WITHOUT |NO |ARRAY |AS |ON |IDENTITY |USING |COMMENT |FIRST |AFTER "
)
_KEY = r"(?:CONSTRAINT \S+ )?"
_KINDS = (
    "ACCESS|AGGREGATE|CAST|COLLATION|COLUMN|CONSTRAINT|CONVERSION|DATABASE|DOMAIN|EVENT|EXTENSION|FOREIGN|FUNCTION|INDEX|LANGUAGE"
    "|LARGE|MATERIALIZED|OPERATOR|POLICY|PROCEDURAL|PROCEDURE|PUBLICATION|ROLE|ROUTINE|RULE|SCHEMA|SEQUENCE|SERVER|STATISTICS"
    "|SUBSCRIPTION|TABLE|TABLESPACE|TEXT|TRANSFORM|TRIGGER|TYPE|VIEW"
)

PATTERNS = (
    # Tables
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNLOGGED |TEMP |TEMPORARY )?TABLE (?:IF NOT EXISTS )?(?!IF )(?P<at>NAME) $",
        "a table needs its columns, in parentheses",
        "",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:TEMP|TEMPORARY) TABLE (?:IF NOT EXISTS )?(?!PG_TEMP )(?P<at>\S+) \. ",
        "a temporary table is of no schema that it could be named with",
        "",
    ),
    pattern(
        Where.ACTION,
        rf"ADD (?P<at>COLUMNS) (?!(?:{_TYPES}) )\S+ (?P<near>{_TYPES}) ",
        "PostgreSQL's word is COLUMN: every column needs its own ADD COLUMN",
    ),
    pattern(Where.ACTION, r"ADD COLUMN (?:IF NOT EXISTS )?(?!IF )(?P<at>\S+) $", "the column has no type", ""),
    pattern(Where.ACTION, r"ADD CONSTRAINT \S+ (?P<at>NOT NULL) $", "SET NOT NULL is what a column is altered by", ""),
    *(
        pattern(where, rf"{before}(?P<at>PRIMARY|FOREIGN) (?P<near>(?!KEY )[A-Z_(]\S*) ", "the words are {at} KEY")
        for where, before in ((Where.CONSTRAINT, _KEY), (Where.ACTION, rf"ADD {_KEY}"))
    ),
    *(
        pattern(
            where,
            rf"{before}.*?ON (?:DELETE|UPDATE) (?P<near>(?!CASCADE |RESTRICT |SET |NO )[A-Z_]\S*) ",
            "behind ON DELETE and ON UPDATE stands CASCADE, RESTRICT, SET NULL, SET DEFAULT or NO ACTION",
        )
        for where, before in (
            (Where.COLUMN, r"\S+ \S+ (?:\S+ )*?REFERENCES "),
            (Where.CONSTRAINT, rf"{_KEY}FOREIGN KEY "),
            (Where.ACTION, rf"ADD {_KEY}FOREIGN KEY "),
        )
    ),
    pattern(
        Where.CONSTRAINT,
        r"LIKE (?:\S+ )+?(?P<at>INCLUDING|EXCLUDING) $",
        "behind {at} stands what of the table: ALL, DEFAULTS or the like",
        "",
    ),
    # Columns
    pattern(
        Where.COLUMN,
        r"\S+ (?:BIG|SMALL)?SERIAL[248]? (?:\S+ )*?(?P<at>GENERATED (?:ALWAYS|BY DEFAULT) AS IDENTITY) ",
        "a serial column has its numbers of a sequence already: an identity is an integer",
        "both default and identity specified for column",
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ (?:TIME|TIMESTAMP|TIMESTAMPTZ|REAL) (?P<near>(?!{_CLAUSES})(?!\S+ (?:{_TYPES}) )[A-Z_]\S*) ",
        "no clause of a column begins with {at}",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?P<at>BINARY \((?:0)\)) ",
        "PostgreSQL's type for bytes is BYTEA",
        "",
    ),
    # Other things
    pattern(
        Where.STATEMENT,
        r"(?:CREATE|ALTER|DROP) (?:USER|ROLE) (?:IF EXISTS )?(?P<near>') ",
        "a role's name stands in double quotes, or in none",
    ),
    pattern(Where.STATEMENT, r"CREATE DOMAIN .*? (?P<at>DEFAULT) $", "DEFAULT needs a value", ""),
    pattern(
        Where.STATEMENT,
        rf"COMMENT ON (?P<near>(?!(?:{_KINDS}) )[A-Z_]\S*|\") (?:\. \S+ )*IS ",
        "behind COMMENT ON stands what it is: TABLE, COLUMN or the like",
    ),
)
