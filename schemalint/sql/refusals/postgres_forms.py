"""Statements that PostgreSQL cannot parse: a word that is missing, misplaced or of another database. Every row was put to
PostgreSQL 10 to 18."""

from __future__ import annotations

from schemalint.sql.refusals.patterns import Where, pattern

_INDEX = r"CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?"
_ON = rf"{_INDEX}(?:IF NOT EXISTS )?(?:(?!ON |IF |CONCURRENTLY )NAME )?ON (?:ONLY )?(?!ONLY )"
_NAMED = rf"{_ON}NAME "
"""An index up to its table."""
_TYPES = (
    "INT|INTEGER|BIGINT|SMALLINT|SERIAL|BIGSERIAL|TEXT|VARCHAR|BOOLEAN|BOOL|UUID|JSON|JSONB|DATE|BYTEA|NUMERIC|DECIMAL"
)
"""Types of one word, behind which nothing but a clause stands."""
_CLAUSES = (
    "NOT |NULL |DEFAULT |PRIMARY |UNIQUE |REFERENCES |CHECK |CONSTRAINT |COLLATE |GENERATED |STORAGE |COMPRESSION |DEFERRABLE "
    "|INITIALLY |ENFORCED |OPTIONS |WITH |WITHOUT |NO |ARRAY |AS |ON |IDENTITY |CHARACTER |CHARSET |COMMENT |FIRST |AFTER "
    "|AUTO_INCREMENT |AUTOINCREMENT |UNSIGNED |FOREIGN |USING "
)
"""What begins a clause of a column, here or in another database: of those others rows say more."""
_NO_COLUMN = (
    "TRUE |FALSE |NULL |NOT |USER |ON |AS |DEFAULT |CURRENT_\\w+ |LOCALTIME |LOCALTIMESTAMP |SESSION_USER |SYSTEM_USER |ARRAY "
    "|CASE |INTERVAL |DATE |TIME |TIMESTAMP |EXTRACT |ROW |CAST "
)
_BEHIND_DEFAULT = r"(?=$|NOT NULL |NULL |PRIMARY |UNIQUE |CHECK |REFERENCES |CONSTRAINT )"
_KEY = r"(?:CONSTRAINT \S+ )?"
_TABLES = "TABLE|VIEW|SEQUENCE|TYPE|DOMAIN|SCHEMA|INDEX|EXTENSION"
_ALTERED = (
    "AGGREGATE|COLLATION|CONVERSION|DATABASE|DEFAULT|DOMAIN|EVENT|EXTENSION|FOREIGN|FUNCTION|GROUP|INDEX|LANGUAGE|LARGE"
    "|MATERIALIZED|OPERATOR|POLICY|PROCEDURAL|PROCEDURE|PUBLICATION|ROLE|ROUTINE|RULE|SCHEMA|SEQUENCE|SERVER|STATISTICS"
    "|SUBSCRIPTION|SYSTEM|TABLE|TABLESPACE|TEXT|TRIGGER|TYPE|USER|VIEW|COLUMN|CONSTRAINT"
)

PATTERNS = (
    # IF EXISTS and IF NOT EXISTS
    pattern(
        Where.STATEMENT,
        rf"DROP (?:MATERIALIZED )?(?:{_TABLES}) (?!IF |CONCURRENTLY )NAME (?P<at>(?P<near>IF) EXISTS) ",
        "PostgreSQL wants IF EXISTS before the name",
    ),
    pattern(
        Where.STATEMENT,
        rf"DROP (?P<at>(?P<near>IF) EXISTS) (?:{_TABLES}) ",
        "IF EXISTS stands behind the word for what is dropped",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?P<at>(?P<near>IF) NOT EXISTS) ",
        "IF NOT EXISTS stands behind the word for what is made",
    ),
    pattern(
        Where.STATEMENT, r"CREATE TABLE (?P<at>IF (?P<near>EXISTS)) ", "PostgreSQL's CREATE TABLE takes IF NOT EXISTS"
    ),
    pattern(Where.STATEMENT, r"CREATE (?:\S+ ){1,4}?IF NOT (?P<near>EXIST) ", "the words are IF NOT EXISTS"),
    pattern(
        Where.STATEMENT,
        rf"{_INDEX}(?!IF |ON |CONCURRENTLY )\S+ (?P<at>(?P<near>IF) NOT EXISTS) ",
        "IF NOT EXISTS stands before the index's name",
    ),
    pattern(
        Where.STATEMENT,
        rf"{_NAMED}(?:USING \S+ )?\(\S*\) (?P<at>(?P<near>IF) NOT EXISTS) ",
        "IF NOT EXISTS stands before the index's name",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:EXTENSION|SCHEMA|SEQUENCE|DATABASE) (?!IF )\S+ (?P<at>(?P<near>IF) NOT EXISTS) ",
        "IF NOT EXISTS stands before the name",
    ),
    pattern(
        Where.ACTION,
        r"ADD IF NOT EXISTS (?P<near>CONSTRAINT) ",
        "PostgreSQL's ADD CONSTRAINT takes no IF NOT EXISTS",
    ),
    pattern(
        Where.ACTION,
        r"ADD (?:COLUMN )?(?!IF |COLUMN |CONSTRAINT )\S+ (?P<at>IF NOT (?P<near>EXISTS)) ",
        "IF NOT EXISTS stands before the column's name",
    ),
    pattern(
        Where.ACTION,
        r"DROP (?:COLUMN |CONSTRAINT )(?!IF )\S+ (?P<at>(?P<near>IF) EXISTS) ",
        "IF EXISTS stands before the name",
    ),
    pattern(
        Where.ACTION,
        r"DROP IF EXISTS (?P<near>COLUMN|CONSTRAINT) ",
        "IF EXISTS stands behind {at}",
    ),
    # Indexes
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?INDEX IF NOT EXISTS (?P<near>CONCURRENTLY) ",
        "CONCURRENTLY stands before IF NOT EXISTS",
    ),
    pattern(
        Where.STATEMENT,
        rf"{_INDEX}(?:IF NOT EXISTS )?(?!ON |IF |CONCURRENTLY )NAME (?P<near>(?!ON |USING |IF |\. )[A-Z_]\S*) ",
        "behind an index's name stands ON and its table",
    ),
    pattern(
        Where.STATEMENT,
        rf"{_NAMED}(?P<near>(?!USING |\. )[A-Z_]\S*) ",
        "behind an index's table stand its columns, in parentheses",
    ),
    pattern(Where.STATEMENT, rf"{_ON}(?P<at>NAME) $", "an index needs its columns, in parentheses", ""),
    pattern(
        Where.STATEMENT,
        rf"{_NAMED}(?:USING \S+ )?(?P<at>\(\)) ",
        "an index needs its columns",
        'syntax error at or near ")"',
    ),
    pattern(Where.STATEMENT, rf"{_NAMED}\(\S*\) (?P<near>USING) ", "PostgreSQL wants USING before the index's columns"),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?(?P<near>CLUSTERED|NONCLUSTERED) ",
        "PostgreSQL has no {at} indexes",
    ),
    # Tables
    pattern(
        Where.STATEMENT,
        r"CREATE (?:TEMP |TEMPORARY |UNLOGGED )?TABLE (?:IF NOT EXISTS )?(?!IF )NAME"
        r" (?P<near>(?!AS |OF |PARTITION |USING |WITH |ON |TABLESPACE |LIKE |EXISTS |NOT |\. )[A-Z_]\S*) ",
        "behind a table's name stand its columns, in parentheses",
    ),
    pattern(
        Where.OPTIONS,
        r"PARTITION BY (?:RANGE|LIST|HASH) \(\S*\) (?P<near>\(\S+\)|PARTITIONS) ",
        "PostgreSQL makes each partition by a statement of its own: CREATE TABLE … PARTITION OF",
    ),
    pattern(
        Where.OPTIONS,
        r"PARTITION BY (?P<at>KEY) ",
        "PostgreSQL partitions BY RANGE, LIST or HASH",
        'unrecognized partitioning strategy "{lower}"',
    ),
    pattern(
        Where.STATEMENT,
        rf"ALTER (?P<near>(?!(?:{_ALTERED}) )[A-Z_]\S*) (?:ADD|DROP|RENAME) ",
        "a word is missing behind ALTER: TABLE",
    ),
    pattern(Where.STATEMENT, r"ALTER (?P<near>COLUMN) ", "ALTER COLUMN is an action of ALTER TABLE"),
    pattern(Where.STATEMENT, r"DROP (?P<near>CONSTRAINT) ", "DROP CONSTRAINT is an action of ALTER TABLE"),
    pattern(
        Where.STATEMENT, r"CREATE UNIQUE (?P<near>CONSTRAINT) ", "a constraint is made by ALTER TABLE … ADD CONSTRAINT"
    ),
    # Actions of ALTER TABLE
    pattern(
        Where.ACTION,
        r"ADD CONSTRAINT (?P<near>UNIQUE|PRIMARY|FOREIGN|CHECK) ",
        "ADD CONSTRAINT needs the constraint's name",
    ),
    pattern(Where.ACTION, r"DROP (?P<near>CHECK) ", "PostgreSQL has no DROP CHECK: DROP CONSTRAINT does it"),
    pattern(Where.ACTION, r"RENAME (?P<near>AS) ", "PostgreSQL's RENAME wants TO before the new name"),
    pattern(
        Where.ACTION,
        r"RENAME (?:COLUMN )?(?!TO |AS |COLUMN |CONSTRAINT |INDEX |KEY |IF )\S+ (?P<near>(?!TO )[A-Z_]\S*) ",
        "PostgreSQL's RENAME wants TO before the new name",
    ),
    pattern(
        Where.ACTION,
        r"RENAME CONSTRAINT (?!IF )\S+ (?P<near>(?!TO )[A-Z_]\S*) ",
        "PostgreSQL's RENAME wants TO before the new name",
    ),
    pattern(
        Where.STATEMENT,
        r"ALTER TABLE (?:IF EXISTS )?(?:ONLY )?NAME RENAME (?:\S+ ){1,5}?(?P<near>,) ",
        "PostgreSQL's RENAME stands alone in its ALTER TABLE",
    ),
    pattern(
        Where.ACTION,
        r"ALTER (?:COLUMN )?(?!COLUMN )\S+ SET (?P<near>TYPE|DATATYPE) ",
        "the words are SET DATA TYPE, or TYPE alone",
    ),
    pattern(
        Where.ACTION,
        r"ALTER (?:COLUMN )?(?!COLUMN )\S+ (?:SET|DROP) (?P<near>NULL) ",
        "the words are DROP NOT NULL, or SET NOT NULL",
    ),
    pattern(
        Where.ACTION,
        r"ALTER (?:COLUMN )?(?!COLUMN )\S+ ADD (?P<near>DEFAULT|NOT|CONSTRAINT|CHECK|UNIQUE|PRIMARY) ",
        "ALTER COLUMN adds no {at}: SET DEFAULT, SET NOT NULL or ADD CONSTRAINT do it",
    ),
    pattern(Where.ACTION, r"(?:ENABLE|DISABLE) (?P<near>RLS) ", "the words are ROW LEVEL SECURITY"),
    pattern(Where.ACTION, r"(?:ENABLE|DISABLE) ROW (?P<near>(?!LEVEL )\S+) ", "the words are ROW LEVEL SECURITY"),
    # Constraints
    *(
        pattern(where, rf"{before}{regex}", reason)
        for where, before in ((Where.CONSTRAINT, _KEY), (Where.ACTION, rf"ADD {_KEY}"))
        for regex, reason in (
            (r"FOREIGN KEY (?P<near>(?!\()[A-Z_]\S*) ", "behind FOREIGN KEY stand its columns, in parentheses"),
            (r"FOREIGN KEY \(\S*\) (?P<near>(?!REFERENCES )[A-Z_]\S*) ", "behind the columns stands REFERENCES"),
            (r"PRIMARY KEY (?P<near>(?!USING )[A-Z_]\S*) ", "behind PRIMARY KEY stand its columns, in parentheses"),
            (r"CHECK (?P<near>(?!\()\S+) ", "what CHECK checks stands in parentheses"),
            (
                r"CHECK \(\S*\) (?P<near>(?!NO |NOT |DEFERRABLE |INITIALLY |ENFORCED )[A-Z_]\S*) ",
                "a comma is missing before {at}",
            ),
            (r"UNIQUE \(\S*\) (?P<near>WHERE) ", "PostgreSQL's UNIQUE has no WHERE: CREATE UNIQUE INDEX … WHERE has"),
        )
    ),
    pattern(Where.CONSTRAINT, r"CONSTRAINT (?P<at>\S+) $", "behind a constraint's name stands what it is", ""),
    *(
        pattern(where, rf"{before}(?P<at>ON (?:DELETE|UPDATE)) $", "{at} wants CASCADE, SET NULL or the like", "")
        for where, before in (
            (Where.COLUMN, r"\S+ .*?REFERENCES .*?"),
            (Where.CONSTRAINT, rf"{_KEY}FOREIGN KEY .*?"),
            (Where.ACTION, rf"ADD {_KEY}FOREIGN KEY .*?"),
        )
    ),
    *(
        pattern(where, rf"{before}.*?ON DELETE (?!SET )\S+ (?P<at>ON (?P<near>DELETE)) ", "{at} stands here twice")
        for where, before in ((Where.COLUMN, r"\S+ "), (Where.CONSTRAINT, ""), (Where.ACTION, "ADD "))
    ),
    # Columns
    pattern(Where.COLUMN, r"\S+ \S+ (?:\S+ )*?(?<!COLLATE )(?P<at>PRIMARY) (?!KEY )", "the words are PRIMARY KEY", ""),
    pattern(Where.COLUMN, r"\S+ \S+ (?:\S+ )*?CHECK (?P<near>(?!\()\S+) ", "what CHECK checks stands in parentheses"),
    pattern(Where.COLUMN, r"\S+ .*?UNIQUE (?P<near>KEY) ", "PostgreSQL's word in a column is UNIQUE alone"),
    pattern(
        Where.COLUMN,
        rf"\S+ (?:{_TYPES})(?: \(\S+\))? NOT (?P<near>(?!NULL |DEFERRABLE |ENFORCED |VALID )[A-Z_]\S*) ",
        "behind NOT stands NULL",
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ .*?(?<!SET )(?<!BY )(?<!STORAGE )(?<!COMPRESSION )DEFAULT (?P<at>(?!{_NO_COLUMN})[A-Z_]\S*) {_BEHIND_DEFAULT}",
        "{at} is the name of a column here: a text stands in single quotes, and a function's name before parentheses",
        "cannot use column reference in DEFAULT expression",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ \S+ (?:\S+ )*?(?<!SET )(?<!BY )(?<!STORAGE )(?<!COMPRESSION )DEFAULT (?:\S+ )+?"
        r"(?<!SET )(?<!BY )(?<!STORAGE )(?<!COMPRESSION )(?P<at>DEFAULT) ",
        "a column has one default",
        "",
    ),
    pattern(Where.COLUMN, r"\S+ (?:VARCHAR|CHAR|NUMERIC|DECIMAL) (?P<at>\(\)) ", "a size is missing", ""),
    pattern(
        Where.COLUMN,
        r"\S+ (?P<at>TEXT|UUID|JSON|JSONB|BYTEA|DATE|CITEXT) \(0\) ",
        "PostgreSQL's {at} takes no size",
        'type modifier is not allowed for type "{lower}"',
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?:TIMESTAMP|TIME)(?: \(0\))? (?P<at>(?P<near>WITH|WITHOUT) TIMEZONE) ",
        "the words are WITH TIME ZONE",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ BIT (?:\(0\) )?(?:NOT NULL |NULL )?(?P<at>DEFAULT 0) ",
        "a bit takes a text of bits for its default, B'0', not a number",
        'column "{name}" is of type bit but default expression is of type integer',
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ (?:{_TYPES})(?: \(\S+\))? (?P<near>(?!{_CLAUSES})"
        rf"(?!\S+ (?:{_TYPES}|TIMESTAMP|TIMESTAMPTZ|CHAR|FLOAT|REAL|DOUBLE) )[A-Z_]\S*) ",
        "no clause of a column begins with {at}",
    ),
    # Types
    pattern(Where.STATEMENT, r"CREATE TYPE NAME (?P<near>ENUM) ", "PostgreSQL's words are AS ENUM"),
    pattern(
        Where.STATEMENT,
        r"CREATE TYPE NAME AS ENUM (?P<at>\((?:…|0|0,0)\)) ",
        "the values of an enumeration are texts, in single quotes",
        "",
    ),
    pattern(Where.STATEMENT, r"ALTER TYPE NAME ADD (?P<near>'|VALUES) ", "the words are ADD VALUE, and then one text"),
    pattern(
        Where.STATEMENT,
        r"ALTER TYPE NAME ADD VALUE (?:IF NOT EXISTS )?(?P<near>(?!IF )[A-Z_]\S*|\") ",
        "the values of an enumeration are texts, in single quotes",
    ),
    pattern(
        Where.STATEMENT,
        r"ALTER TYPE NAME ADD VALUE (?:IF NOT EXISTS )?' (?P<near>,) ",
        "each value of an enumeration is added by a statement of its own",
    ),
    pattern(
        Where.STATEMENT,
        r"ALTER TYPE NAME ADD VALUE ' (?P<at>(?P<near>IF) NOT EXISTS) ",
        "IF NOT EXISTS stands before the value",
    ),
    pattern(
        Where.STATEMENT,
        r"ALTER TYPE NAME DROP (?P<at>VALUE) ",
        "PostgreSQL drops no value of an enumeration: make a new type, and alter the columns to it",
        "",
    ),
    pattern(Where.STATEMENT, r"ALTER TYPE NAME RENAME (?P<near>') ", "the words are RENAME VALUE"),
    # Policies and triggers
    pattern(Where.STATEMENT, r"CREATE OR REPLACE (?P<near>POLICY) ", "PostgreSQL has no CREATE OR REPLACE POLICY"),
    pattern(
        Where.STATEMENT,
        r"CREATE POLICY \S+ (?P<near>FOR|USING|TO|AS) ",
        "behind a policy's name stands ON and its table",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE POLICY \S+ ON NAME (?:AS \S+ )?FOR INSERT (?:TO \S+ (?:, \S+ )*)?(?P<at>USING) ",
        "a policy for INSERT has a WITH CHECK, and no USING",
        "only WITH CHECK expression allowed for INSERT",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE POLICY \S+ ON NAME (?:AS \S+ )?FOR (?:SELECT|DELETE) (?:TO \S+ (?:, \S+ )*)?"
        r"(?:USING \(\S*\) )?(?P<at>WITH CHECK) ",
        "a policy for SELECT or DELETE has a USING, and no WITH CHECK",
        "WITH CHECK cannot be applied to SELECT or DELETE",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE POLICY \S+ ON NAME (?:AS \S+ )?FOR (?:ALL|SELECT|INSERT|UPDATE|DELETE) (?P<near>,) ",
        "a policy is for one kind of statement, or FOR ALL",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER .*?FOR EACH (?:ROW|STATEMENT) (?P<near>(?!WHEN |EXECUTE )[A-Z_]\S*) ",
        "PostgreSQL's trigger executes a function: EXECUTE FUNCTION f()",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:OR REPLACE )?TRIGGER (?:\S+ )+?(?P<at>INSTEAD OF) (?:\S+ )+?ON NAME (?:FOR (?:EACH )?STATEMENT )?EXECUTE ",
        "an INSTEAD OF trigger is FOR EACH ROW",
        "INSTEAD OF triggers must be FOR EACH ROW",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:OR REPLACE )?TRIGGER (?:\S+ )+?INSTEAD OF (?:\S+ )+?FOR (?:EACH )?ROW (?P<at>WHEN) ",
        "an INSTEAD OF trigger has no condition",
        "INSTEAD OF triggers cannot have WHEN conditions",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:OR REPLACE )?TRIGGER (?:\S+ )+?INSTEAD OF (?:(?:INSERT|DELETE) OR )*(?P<at>UPDATE OF) ",
        "an INSTEAD OF trigger is for all columns",
        "INSTEAD OF triggers cannot have column lists",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:OR REPLACE )?TRIGGER (?:\S+ )+?(?P<at>TRUNCATE) (?:\S+ )+?FOR (?:EACH )?ROW ",
        "a trigger for TRUNCATE is FOR EACH STATEMENT",
        "TRUNCATE FOR EACH ROW triggers are not supported",
    ),
    pattern(
        Where.STATEMENT,
        r"DROP (?P<at>TRIGGER|POLICY|RULE) (?:IF EXISTS )?(?!IF )\S+ $",
        "PostgreSQL's DROP {at} wants ON and the table behind the name",
        "syntax error at end of input",
    ),
    # Other things
    pattern(
        Where.STATEMENT,
        r"CREATE EXTENSION (?:IF NOT EXISTS )?(?!IF )\S+ (?P<near>-) ",
        "an extension's name with a hyphen stands in double quotes",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE EXTENSION (?:IF NOT EXISTS )?(?P<near>') ",
        "an extension's name stands in double quotes, or in none",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:OR REPLACE )?(?:MATERIALIZED )?VIEW (?:IF NOT EXISTS )?(?!IF )NAME (?:\(\S*\) )?(?P<near>SELECT) ",
        "AS is missing before this SELECT",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE SEQUENCE (?:\S+ )*?(?P<near>NOCYCLE|NOCACHE|NOMINVALUE|NOMAXVALUE|NOORDER) ",
        "PostgreSQL's words are NO CYCLE, NO MINVALUE and NO MAXVALUE: it has no {at}",
    ),
    pattern(
        Where.STATEMENT,
        r"COMMENT ON (?:TABLE|COLUMN|INDEX|VIEW|TYPE|SCHEMA|SEQUENCE|DOMAIN) NAME (?P<near>') ",
        "IS is missing before the comment",
    ),
    pattern(
        Where.STATEMENT,
        r"COMMENT ON (?:TABLE|COLUMN|INDEX|VIEW|TYPE|SCHEMA|SEQUENCE|DOMAIN) NAME IS (?P<near>\") ",
        "a comment is a text, in single quotes",
    ),
    pattern(
        Where.STATEMENT,
        r"COMMENT ON COLUMN (?P<at>\S+) IS ",
        "the column's table is missing before it",
        "column name must be qualified",
    ),
)
