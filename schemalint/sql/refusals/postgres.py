"""What PostgreSQL refuses whatever its version; what only some versions take stands in `postgres_versions`. Every row was put to
PostgreSQL 10 to 18."""

from __future__ import annotations

from schemalint.sql.refusals.patterns import Where, pattern

_ACTIONS = (
    "ADD DROP ALTER VALIDATE RENAME SET RESET ENABLE DISABLE CLUSTER OWNER INHERIT NO OF NOT REPLICA FORCE ATTACH"
    " DETACH OPTIONS DEPENDS MERGE SPLIT"
)
_SIMPLE = r"\S+(?: \(\S+\))?(?: PRECISION| VARYING(?: \(\S+\))?)?"
"""A type in one or two words."""
_CHANGES = (
    r"(?P<at>(?P<near>CURRENT_DATE|CURRENT_TIMESTAMP|CURRENT_TIME|LOCALTIMESTAMP|LOCALTIME|CURRENT_USER|SESSION_USER"
    r"|(?:NOW|CLOCK_TIMESTAMP|STATEMENT_TIMESTAMP|TRANSACTION_TIMESTAMP|TIMEOFDAY|RANDOM|GEN_RANDOM_UUID)(?= \(\)))) "
)
"""What is another value at another time, where it stands in no parentheses."""
_INDEX = r"CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?(?:IF NOT EXISTS )?(?:(?!ON )NAME )?ON "

PATTERNS = (
    # Statements
    pattern(
        Where.STATEMENT,
        rf"{_INDEX}(?:(?!WHERE )\S+ )*WHERE (?:\S+ )*?{_CHANGES}",
        "{at} is another value tomorrow, and an index keeps what was true when a row was written",
        "functions in index predicate must be marked IMMUTABLE (42P17)",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:OR REPLACE )?(?:CONSTRAINT )?(?:EVENT )?(?:TYPE|DOMAIN|POLICY|ROLE|USER|DATABASE|VIEW|FUNCTION|PROCEDURE"
        r"|TRIGGER|RULE|AGGREGATE|PUBLICATION|OPERATOR) (?P<at>IF (?P<near>NOT) EXISTS) ",
        "PostgreSQL takes no IF NOT EXISTS here",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE OR REPLACE (?P<near>TABLE|INDEX|TYPE|SEQUENCE|SCHEMA|DATABASE|EXTENSION|DOMAIN|MATERIALIZED) ",
        "PostgreSQL has no CREATE OR REPLACE {at}",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?(?P<at>IF NOT EXISTS) (?P<near>ON) ",
        "IF NOT EXISTS needs the index's name",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?(?:IF NOT EXISTS )?(?!ON |IF )NAME (?P<near>USING) \S+ ON ",
        "PostgreSQL wants USING behind the table",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?P<near>FULLTEXT|SPATIAL) INDEX ",
        "PostgreSQL has no {at} indexes: USING gin or gist",
    ),
    pattern(
        Where.STATEMENT,
        r"DROP INDEX (?:CONCURRENTLY )?(?:IF EXISTS )?NAME (?P<near>ON) ",
        "PostgreSQL's DROP INDEX takes no table: an index's name is unique in its schema",
    ),
    pattern(
        Where.STATEMENT,
        r"ALTER INDEX (?:IF EXISTS )?NAME RENAME (?P<near>COLUMN) ",
        "PostgreSQL's ALTER INDEX renames the index alone",
    ),
    pattern(Where.STATEMENT, r"(?P<near>RENAME) TABLES? ", "PostgreSQL renames by ALTER TABLE … RENAME TO"),
    pattern(
        Where.STATEMENT,
        r"CREATE TABLE (?:IF NOT EXISTS )?NAME (?P<near>LIKE) ",
        "PostgreSQL wants LIKE in parentheses: (LIKE other INCLUDING ALL)",
    ),
    pattern(
        Where.STATEMENT,
        r"ALTER (?:TYPE|DOMAIN) (?P<at>IF (?P<near>EXISTS)) ",
        "PostgreSQL takes no IF EXISTS here",
    ),
    # Actions of ALTER TABLE
    pattern(
        Where.ACTION,
        r"ADD CONSTRAINT (?P<at>IF NOT EXISTS) ",  # it stumbles over NOT before 18, and over EXISTS since
        "PostgreSQL's ADD CONSTRAINT takes no IF NOT EXISTS",
    ),
    pattern(
        Where.ACTION,
        r"ADD (?:COLUMN )?(?:IF NOT EXISTS )?(?P<near>\(…\)) $",
        "PostgreSQL takes no list of columns: every column needs its own ADD COLUMN",
        'syntax error at or near "("',
    ),
    pattern(
        Where.ACTION,
        rf"ADD (?:COLUMN )?(?:IF NOT EXISTS )?(?!CONSTRAINT |PRIMARY |UNIQUE |FOREIGN |CHECK )\S+ {_SIMPLE} (?:.* )?"
        r"(?P<near>FIRST|AFTER(?= \S+ $)) ",
        "PostgreSQL adds columns at the end: it has no {at}",
    ),
    pattern(
        Where.ACTION, r"(?P<near>MODIFY|CHANGE) ", "PostgreSQL has no {at}: ALTER COLUMN … TYPE, SET and DROP do it"
    ),
    pattern(
        Where.ACTION,
        r"DROP (?P<at>(?P<near>PRIMARY|FOREIGN) KEY) ",
        "PostgreSQL has no DROP {at}: DROP CONSTRAINT does it",
    ),
    pattern(
        Where.ACTION,
        r"DROP (?P<at>INDEX|KEY) (?P<near>(?!CASCADE |RESTRICT )\S+) $",
        "PostgreSQL's ALTER TABLE has no DROP {at}: DROP INDEX is a statement",
    ),
    pattern(
        Where.ACTION,
        r"RENAME (?:COLUMN|CONSTRAINT) (?P<at>IF (?P<near>EXISTS)) ",
        "PostgreSQL's RENAME takes no IF EXISTS",
    ),
    pattern(
        Where.ACTION,
        r"RENAME (?P<at>INDEX|KEY) (?P<near>(?!TO )\S+) TO ",
        "PostgreSQL's ALTER TABLE has no RENAME {at}: ALTER INDEX … RENAME TO does it",
    ),
    pattern(
        Where.ACTION,
        r"ALTER (?:COLUMN )?(?!CONSTRAINT |COLUMN )\S+ (?P<near>(?!(?:SET|DROP|ADD|TYPE|RESTART|RESET|OPTIONS) |\. )\S+) ",
        "PostgreSQL's ALTER COLUMN wants TYPE, SET or DROP behind the name",
    ),
    pattern(
        Where.ACTION,
        r"ALTER (?:COLUMN )?(?!COLUMN )\S+ (?:SET DATA )?TYPE (?P<at>(?:SMALL|BIG)?SERIAL|SERIAL[248]) ",
        "{at} is no type: it stands for a sequence and a default, which only a new column gets",
        'type "{lower}" does not exist',
    ),
    pattern(
        Where.ACTION,
        r"ALTER (?:COLUMN )?(?!COLUMN )\S+ (?:SET DATA )?TYPE (?:(?!USING )\S+ )+?(?P<at>(?P<near>NOT|NULL|DEFAULT)(?: NULL)?) ",
        "PostgreSQL's TYPE takes no {at}: SET NOT NULL and SET DEFAULT are actions of their own",
    ),
    pattern(
        Where.ACTION,
        rf'(?P<near>(?!(?:{"|".join(_ACTIONS.split())}|MODIFY|CHANGE) )[A-Z_"]\S*) ',
        "an action of ALTER TABLE begins with ADD, DROP, ALTER or the like, not with {at}",
    ),
    # Columns
    pattern(
        Where.COLUMN,
        r"\S+ (?:BIG|SMALL)?SERIAL[248]? (?:\S+ )*?(?<!BY )(?<!SET )(?P<at>DEFAULT) ",
        "a serial column has its default, the next number of its sequence",
        "",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?:\S+ )+?(?<!BY )(?<!SET )DEFAULT (?:\S+ )*?(?P<at>GENERATED (?:ALWAYS|BY DEFAULT) AS IDENTITY) ",
        "a column has a default or is an identity, not both",
        "",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?:\S+ )+?GENERATED (?:ALWAYS|BY DEFAULT) AS IDENTITY (?:\S+ )*?(?<!BY )(?<!SET )(?P<at>DEFAULT) ",
        "a column has a default or is an identity, not both",
        "",
    ),
    pattern(
        Where.COLUMN, r"\S+ (?:(?!AS )\S+ )+?(?<!AS )(?P<near>IDENTITY) ", "PostgreSQL wants GENERATED … AS IDENTITY"
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ {_SIMPLE} (?:(?:NOT )?NULL )?(?P<near>AS) \(",
        "PostgreSQL wants GENERATED ALWAYS AS (…) STORED",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?GENERATED ALWAYS AS \S+ (?P<near>PERSISTENT|PERSISTED) ",
        "PostgreSQL's word for {at} is STORED",
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ {_SIMPLE} (?P<at>(?P<near>CHARACTER) SET|(?P<two>CHARSET)) ",
        "PostgreSQL's columns have no character set: the database has one",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?GENERATED BY DEFAULT (?P<at>(?P<near>ON) NULL) ",
        "PostgreSQL's GENERATED BY DEFAULT takes no ON NULL",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?(?<!BY )(?<!SET )(?<!STORAGE )(?<!COMPRESSION )DEFAULT \S+ (?:\S+ )*?(?P<at>GENERATED ALWAYS AS \(…\)) ",
        "a generated column has no default",
        'both default and generation expression specified for column "{name}"',
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?ON UPDATE SET (?:NULL|DEFAULT) (?P<at>\(…\)) ",
        "only ON DELETE SET takes columns",
        "",
    ),
    pattern(
        Where.CONSTRAINT,
        r"(?:CONSTRAINT \S+ )?FOREIGN KEY .*?ON UPDATE SET (?:NULL|DEFAULT) (?P<at>\(…\)) ",
        "only ON DELETE SET takes columns",
        "",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?COLLATE (?P<at>(?:UTF8|UTF8MB3|UTF8MB4|LATIN1)_\w+) ",
        "{at} is a collation of MySQL's",
        'collation "{lower}" for encoding "UTF8" does not exist',
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?(?:(?<=NOT )NULL|SERIAL[248]?|BIGSERIAL|SMALLSERIAL|IDENTITY) (?:\S+ )*?"
        r"(?<!NOT )(?<!DEFAULT )(?<!SET )(?<!IS )(?P<at>NULL) ",
        "NULL contradicts the NOT NULL before it",
        'conflicting NULL/NOT NULL declarations for column "{name}"',
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?:\S+ )+?(?<!NOT )(?<!DEFAULT )(?<!SET )(?<!IS )(?P<at>NULL) (?:\S+ )*?NOT NULL ",
        "NULL contradicts the NOT NULL behind it",
        'conflicting NULL/NOT NULL declarations for column "{name}"',
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?:BOOLEAN|BOOL) (?:NOT NULL |NULL )?(?P<at>DEFAULT 0) (?![:+\-*/=<>])",
        "a boolean takes TRUE or FALSE for its default, not a number",
        'column "{name}" is of type boolean but default expression is of type integer',
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?:INT|INTEGER|INT4) (?:NOT NULL |NULL )?(?P<at>DEFAULT (?:TRUE|FALSE)) (?![:+\-*/=<>])",
        "an integer takes a number for its default, not {at}",
        'column "{name}" is of type integer but default expression is of type boolean',
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?DEFAULT (?P<at>(?:CURRENT_TIMESTAMP|CURRENT_TIME|LOCALTIME|LOCALTIMESTAMP) \(\)) ",
        "PostgreSQL takes no empty parentheses here",
        'syntax error at or near ")"',
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?DEFAULT (?P<at>(?:CURRENT_DATE|CURRENT_USER|SESSION_USER) \(\)) ",
        "PostgreSQL takes no empty parentheses here",
        'syntax error at or near "("',
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?P<at>FLOAT \(0,0\)) ",
        "PostgreSQL's FLOAT takes one number",
        'syntax error at or near ","',
    ),
    pattern(Where.COLUMN, r"\S+ (?P<at>SET \('\)) ", "PostgreSQL has no type SET", 'type "set" does not exist'),
    pattern(
        Where.COLUMN,
        r"\S+ (?:(?!ASC |DESC |ON )\S+ )+?(?P<near>AUTOINCREMENT) ",
        "PostgreSQL has no {at}: GENERATED … AS IDENTITY does it",
    ),
    pattern(Where.COLUMN, r"\S+ .*?(?P<at>AUTOINCREMENT) ", "PostgreSQL has no {at}: GENERATED … AS IDENTITY does it"),
    pattern(
        Where.COLUMN,
        r'\S+ .*?DEFAULT (?P<at>") (?![.(])',
        "what stands in double quotes is a name: a text stands in single quotes",
        "cannot use column reference in DEFAULT expression",
    ),
    pattern(Where.OPTIONS, r"(?P<near>COMMENT) ", "PostgreSQL has no table option COMMENT: COMMENT ON TABLE does it"),
)
