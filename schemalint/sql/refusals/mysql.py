"""What MySQL and MariaDB refuse. Every row that both refuse, and every one of MariaDB's, was put to MariaDB 10.11 by the
tests. What only MySQL refuses is what its reference manual states: the grammar on the pages of CREATE TABLE, CREATE INDEX,
ALTER TABLE and DROP INDEX, the page on data type defaults, and the server error messages."""

from __future__ import annotations

from schemalint.model.facts import Servers
from schemalint.sql.refusals.patterns import Where, pattern
from schemalint.sql.refusals.say import MYSQL, MYSQL_SYNTAX

_MARIADB = (Servers("mariadb"),)
_UNKNOWN_TYPES = (
    "BIGSERIAL|SMALLSERIAL|SERIAL4|SERIAL8|TIMESTAMPTZ|TIMETZ|JSONB|BYTEA|CITEXT|CIDR|MACADDR|TSVECTOR|TSQUERY|HSTORE"
    "|INT4RANGE|INT8RANGE|NUMRANGE|TSRANGE|TSTZRANGE|DATERANGE|REGCLASS|UNIQUEIDENTIFIER|DATETIME2|DATETIMEOFFSET"
    "|SMALLDATETIME|NTEXT|MONEY|SMALLMONEY|INET"
)
_SIMPLE = r"\S+(?: \(\S+\))?(?: PRECISION| VARYING(?: \(\S+\))?| UNSIGNED)?"


def _mysql(since: tuple[int, ...] | None = None, before: tuple[int, ...] | None = None) -> tuple[Servers, ...]:
    return (Servers("mysql", since, before),)


PATTERNS = (
    pattern(Where.ACTION, r"(?P<near>AFTER|FIRST) ", "{at} belongs to the column before it: no comma stands between"),
    # Statements that both refuse
    pattern(
        Where.STATEMENT,
        r"CREATE (?P<near>TYPE|DOMAIN|EXTENSION|UNLOGGED|POLICY|RULE|STATISTICS) ",
        "neither MySQL nor MariaDB has CREATE {at}",
    ),
    pattern(
        Where.STATEMENT,
        r"DROP (?P<near>TYPE|DOMAIN|EXTENSION|POLICY) ",
        "neither MySQL nor MariaDB has DROP {at}",
    ),
    pattern(
        Where.STATEMENT,
        r"(?:CREATE|DROP) (?P<near>MATERIALIZED) ",
        "neither MySQL before 9 nor MariaDB has {at} views",
        None,
        (*_mysql(None, (9,)), *_MARIADB),
    ),
    pattern(Where.STATEMENT, r"(?P<near>COMMENT) ON ", "neither MySQL nor MariaDB has COMMENT ON: COMMENT is a clause"),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?INDEX (?P<at>CONCURRENTLY) (?P<near>(?!ON |USING )\S+) ",
        "neither MySQL nor MariaDB has CONCURRENTLY",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?(?P<near>ON) ",
        "neither MySQL nor MariaDB makes up the index's name here",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?NAME ON NAME (?:USING \S+ )?\(\S+\) (?P<near>WHERE) ",
        "neither MySQL nor MariaDB has indexes with a WHERE",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?NAME ON NAME (?:USING \S+ )?\(\S+\) (?P<near>INCLUDE) \(",
        "neither MySQL nor MariaDB has indexes with INCLUDE",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?NAME ON NAME (?P<at>(?P<near>USING) \S+) \(",
        "MySQL and MariaDB want USING before ON or behind the columns",
    ),
    # Actions that both refuse
    pattern(
        Where.ACTION,
        r"ALTER (?:COLUMN )?\S+ (?P<at>(?P<near>TYPE|SET DATA TYPE)) ",
        "neither MySQL nor MariaDB has ALTER COLUMN … TYPE: MODIFY does it",
    ),
    pattern(
        Where.ACTION,
        r"ALTER (?:COLUMN )?\S+ (?P<at>(?P<near>SET|DROP) NOT NULL) ",
        "neither MySQL nor MariaDB has {at}: MODIFY does it",
    ),
    pattern(
        Where.ACTION,
        r"ALTER (?:COLUMN )?\S+ (?P<near>CHAR|VARCHAR|TINYINT|SMALLINT|MEDIUMINT|INT|INTEGER|BIGINT|TEXT|MEDIUMTEXT|LONGTEXT"
        r"|DECIMAL|DATETIME|TIMESTAMP|DATE|BOOLEAN|JSON|DOUBLE|FLOAT|ENUM|NOT|NULL) ",
        "ALTER COLUMN changes a default only in MySQL and MariaDB: MODIFY changes a column",
    ),
    pattern(Where.ACTION, r"(?P<near>OWNER) TO ", "neither MySQL nor MariaDB has OWNER TO"),
    # Columns that both refuse
    pattern(
        Where.COLUMN,
        rf"\S+ (?P<near>{_UNKNOWN_TYPES})(?: \(\S+\))? (?!\. )",
        "neither MySQL nor MariaDB has a type {at}",
        "",
    ),
    pattern(Where.COLUMN, r"\S+ (?P<near>VARCHAR|VARBINARY|NVARCHAR) (?!\()", "{at} needs a length"),
    pattern(Where.COLUMN, r"\S+ (?P<at>(?P<near>CHARACTER) VARYING) (?!\()", "{at} needs a length"),
    pattern(
        Where.COLUMN,
        r"\S+ (?:TIMESTAMP|TIME)(?: \(0\))? (?P<at>(?P<near>WITH|WITHOUT) TIME ZONE) ",
        "neither MySQL nor MariaDB has a time zone in a type",
    ),
    pattern(Where.COLUMN, rf"\S+ {_SIMPLE} (?P<near>\[) (?:0 )?\] ", "neither MySQL nor MariaDB has arrays"),
    pattern(Where.COLUMN, r"\S+ .*?(?P<near>AUTOINCREMENT) ", "MySQL and MariaDB write it AUTO_INCREMENT"),
    pattern(
        Where.COLUMN,
        r"\S+ .*?GENERATED (?:ALWAYS|BY DEFAULT) (?P<at>AS (?P<near>IDENTITY)) ",
        "neither MySQL nor MariaDB has identity columns: AUTO_INCREMENT does it",
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ {_SIMPLE} (?:(?:NOT )?NULL )?(?P<near>IDENTITY) ",
        "neither MySQL nor MariaDB has IDENTITY: AUTO_INCREMENT does it",
    ),
    pattern(Where.COLUMN, r"\S+ .*?(?<!NOT )(?P<near>DEFERRABLE|INITIALLY) ", "neither MySQL nor MariaDB has {at}"),
    pattern(
        Where.COLUMN,
        r"\S+ .*?DEFAULT (?P<near>GEN_RANDOM_UUID|UUID_GENERATE_V4|NEWID|NEWSEQUENTIALID|GETDATE|GETUTCDATE) \(\)",
        "{at} is a function of another database",
        "",
    ),
    pattern(Where.COLUMN, r"\S+ .*?DEFAULT (?P<near>NEXTVAL) \('", "MySQL and MariaDB have no NEXTVAL of a text"),
    pattern(
        Where.COLUMN,
        r"\S+ (?!.*AUTO_INCREMENT ).*?NOT NULL (?:\S+ )*?(?P<at>DEFAULT NULL) ",
        "a column that is NOT NULL cannot have NULL for its default",
        "Invalid default value for '{spelled}' (1067)",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?:VARCHAR|CHAR|TEXT|DATE|DATETIME|TIMESTAMP|JSON|DECIMAL|NUMERIC)(?: \(\S+\))? (?:\S+ )*?(?P<at>AUTO_INCREMENT) ",
        "AUTO_INCREMENT is for numbers",
        "Incorrect column specifier for column '{spelled}' (1063)",
    ),
    pattern(Where.COLUMN, r"\S+ .*?UNIQUE NULLS (?P<near>NOT) ", "neither MySQL nor MariaDB has NULLS NOT DISTINCT"),
    pattern(
        Where.CONSTRAINT,
        r"(?:CONSTRAINT \S+ )?UNIQUE NULLS (?P<near>NOT) DISTINCT ",
        "neither MySQL nor MariaDB has NULLS NOT DISTINCT",
    ),
    pattern(
        Where.CONSTRAINT,
        r"(?:CONSTRAINT \S+ )?(?:UNIQUE|FOREIGN KEY) .*?(?<!NOT )(?P<near>DEFERRABLE|INITIALLY) ",
        "neither MySQL nor MariaDB has {at}",
    ),
    pattern(
        Where.CONSTRAINT,
        r"(?:INDEX|KEY|UNIQUE KEY|UNIQUE INDEX) (?:\S+ )?\(\S+\) (?P<near>WHERE) ",
        "neither MySQL nor MariaDB has indexes with a WHERE",
    ),
    pattern(
        Where.CONSTRAINT,
        r"CONSTRAINT (?!PRIMARY |FOREIGN |UNIQUE )\S+ (?P<near>INDEX|KEY) ",
        "an {at} is no CONSTRAINT",
    ),
    pattern(Where.OPTIONS, r"(?P<at>INHERITS|WITH) \(", "neither MySQL nor MariaDB has the table option {at}"),
    pattern(
        Where.COLUMN,
        r"\S+ (?!.*AUTO_INCREMENT ).*?(?P<at>DEFAULT NULL (?:\S+ )*?NOT NULL) ",
        "a column that is NOT NULL cannot have NULL for its default",
        "Invalid default value for '{spelled}' (1067)",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?!.*AUTO_INCREMENT )(?:\S+ )*?(?P<at>DEFAULT NULL (?:\S+ )*?PRIMARY KEY) ",
        "a primary key cannot have NULL for its default",
        "Invalid default value for '{spelled}' (1067)",
    ),
    pattern(
        Where.ACTION,
        r"ADD (?:CONSTRAINT \S+ )?FOREIGN KEY .*?(?<!NOT )(?P<near>DEFERRABLE|INITIALLY) ",
        "neither MySQL nor MariaDB has {at}",
    ),
    pattern(
        Where.ACTION,
        r"ADD (?:CONSTRAINT \S+ )?(?:FOREIGN KEY|CHECK) .*?NOT (?P<near>VALID) ",
        "neither MySQL nor MariaDB has NOT VALID",
    ),
    pattern(
        Where.ACTION,
        r"RENAME (?P<near>CONSTRAINT) \S+ TO ",
        "neither MySQL nor MariaDB renames constraints: drop it and add it again",
    ),
    pattern(
        Where.ACTION,
        r"RENAME (?!COLUMN |INDEX |KEY |CONSTRAINT |TO |AS |= )\S+ (?P<near>TO) \S+ $",
        "MySQL and MariaDB rename a column with RENAME COLUMN … TO",
    ),
    pattern(Where.STATEMENT, r"CREATE (?P<near>TEMP) TABLE ", "MySQL and MariaDB write it TEMPORARY"),
    pattern(Where.OPTIONS, r"(?P<near>TYPE) = (?:INNODB|MYISAM|HEAP|MEMORY) ", "MySQL and MariaDB write it ENGINE"),
    # What only MySQL refuses
    pattern(
        Where.COLUMN,
        r"\S+ (?P<near>CLOB|STRING|XML|NUMBER|VARCHAR2|NCLOB)(?: \(\S+\))? (?!\. )",
        "MySQL has no type {at}",
        None,
        MYSQL,
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?AS \(\S+\) (?:\S+ )*?(?P<near>PERSISTENT) ",
        "MySQL writes it STORED",
        None,
        MYSQL,
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?CONSTRAINT (?!CHECK |NOT )\S+ (?P<near>REFERENCES) ",
        "MySQL takes no name for a key in a column",
        None,
        MYSQL,
    ),
    pattern(
        Where.STATEMENT,
        r"ALTER (?P<near>IGNORE) TABLE ",
        "MySQL 5.7.4 took ALTER IGNORE TABLE away",
        None,
        _mysql((5, 7, 4)),
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?P<at>(?P<near>OR) REPLACE) TABLE ",
        "MySQL has no CREATE OR REPLACE TABLE",
        None,
        MYSQL,
    ),
    pattern(Where.STATEMENT, r"CREATE (?P<near>SEQUENCE) ", "MySQL has no sequences", None, MYSQL),
    pattern(
        Where.STATEMENT,
        r"DROP INDEX (?P<at>(?P<near>IF) EXISTS) ",
        "MySQL's DROP INDEX takes no IF EXISTS",
        None,
        MYSQL,
    ),
    pattern(
        Where.ACTION,
        r"DROP (?:(?:INDEX|KEY|CONSTRAINT|CHECK|FOREIGN KEY) )(?P<at>(?P<near>IF) EXISTS) ",
        "MySQL's DROP takes no IF EXISTS in ALTER TABLE",
        None,
        MYSQL,
    ),
    pattern(
        Where.ACTION,
        r"ADD (?:CONSTRAINT|(?:UNIQUE |FULLTEXT )?(?:INDEX|KEY)|FOREIGN KEY|UNIQUE) (?P<at>(?P<near>IF) NOT EXISTS) ",
        "MySQL's ADD takes no IF NOT EXISTS",
        None,
        MYSQL,
    ),
    pattern(
        Where.ACTION,
        r"(?:MODIFY|CHANGE|RENAME|ALTER) (?:COLUMN |INDEX )?(?P<at>(?P<near>IF) EXISTS) ",
        "MySQL's ALTER TABLE takes no IF EXISTS here",
        None,
        MYSQL,
    ),
    pattern(Where.COLUMN, r"\S+ (?P<near>UUID|INET4|INET6) (?!\. )", "MySQL has no type {at}", None, MYSQL),
    pattern(
        Where.COLUMN,
        r"\S+ (?:DATETIME|TIMESTAMP) (?P<at>\(0\)) (?:(?:NOT )?NULL )?DEFAULT (?:CURRENT_TIMESTAMP|NOW)(?: \(\))? (?!\()",
        "MySQL wants the same precision in the default",
        "Invalid default value for '{spelled}' (1067)",
        MYSQL,
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?:DATETIME|TIMESTAMP) (?:(?:NOT )?NULL )?DEFAULT (?P<at>(?:CURRENT_TIMESTAMP|NOW) \(0\)) ",
        "MySQL wants the same precision in the type",
        "Invalid default value for '{spelled}' (1067)",
        MYSQL,
    ),
    pattern(
        Where.COLUMN,
        r"\S+ DATE (?:(?:NOT )?NULL )?DEFAULT (?P<at>CURRENT_TIMESTAMP|NOW \(\)|CURRENT_DATE|CURDATE \(\)) ",
        "MySQL takes CURRENT_TIMESTAMP as the default of TIMESTAMP and DATETIME only: others need (…) around it",
        None,
        MYSQL,
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?DEFAULT (?P<at>(?P<near>UUID) \(\)) ",
        "MySQL wants parentheses around a default that calls a function: DEFAULT (UUID())",
        None,
        MYSQL,
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?=.*PRIMARY KEY )(?:\S+ )+?(?<!NOT )(?<!DEFAULT )(?<!SET )(?<!IS )(?P<at>NULL) ",
        "a primary key cannot be NULL",
        "All parts of a PRIMARY KEY must be NOT NULL; if you need NULL in a key, use UNIQUE instead (1171)",
        _mysql((5, 7, 3)),
    ),
    pattern(
        Where.COLUMN,
        r"\S+ (?=.*AUTO_INCREMENT )(?=.*PRIMARY KEY )(?:\S+ )+?(?P<at>DEFAULT NULL) ",
        "a primary key cannot have NULL for its default",
        "All parts of a PRIMARY KEY must be NOT NULL; if you need NULL in a key, use UNIQUE instead (1171)",
        _mysql((5, 7, 3)),
    ),
    pattern(
        Where.CONSTRAINT,
        r"(?:CONSTRAINT \S+ )?PRIMARY KEY .*?\(…\) .*?(?P<at>INVISIBLE) ",
        "the index of a primary key cannot be invisible",
        "",
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?DEFAULT (?P<at>\(…\)) ",
        "defaults that are expressions came with MySQL 8.0.13",
        MYSQL_SYNTAX,
        _mysql(None, (8, 0, 13)),
    ),
    pattern(
        Where.ACTION,
        r"(?P<at>(?P<near>RENAME) COLUMN) ",
        "RENAME COLUMN came with MySQL 8.0 and MariaDB 10.5.2",
        None,
        (Servers("mysql", None, (8,)), Servers("mariadb", None, (10, 5, 2))),
    ),
    pattern(
        Where.ACTION,
        r"(?P<at>(?P<near>DROP) CONSTRAINT) ",
        "DROP CONSTRAINT came with MySQL 8.0.19 and MariaDB 10.2.1",
        None,
        (Servers("mysql", None, (8, 0, 19)), Servers("mariadb", None, (10, 2, 1))),
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?(?P<near>SRID) 0 ",
        "MariaDB has no SRID in a column: it is REF_SYSTEM_ID = …",
        None,
        _MARIADB,
    ),
    # Collations that only one of them has
    pattern(
        Where.COLUMN,
        r"\S+ .*?COLLATE (?:= )?(?P<at>UTF8MB4_0900_\w+) ",
        "{at} came with MySQL 8.0 and MariaDB 11.4",
        "Unknown collation: '{lower}' (1273)",
        (Servers("mysql", None, (8,)), Servers("mariadb", None, (11, 4))),
    ),
    pattern(
        Where.OPTIONS,
        r"(?:.*? )?COLLATE (?:= )?(?P<at>UTF8MB4_0900_\w+) ",
        "{at} came with MySQL 8.0 and MariaDB 11.4",
        "Unknown collation: '{lower}' (1273)",
        (Servers("mysql", None, (8,)), Servers("mariadb", None, (11, 4))),
    ),
    pattern(
        Where.OPTIONS,
        r"(?:.*? )?COLLATE (?:= )?(?P<at>(?:UTF8MB4_|UTF8MB3_)?UCA1400_\w+) ",
        "{at} is a collation of MariaDB's, from 10.10 on",
        "Unknown collation: '{lower}' (1273)",
        (*MYSQL, Servers("mariadb", None, (10, 10))),
    ),
    pattern(
        Where.COLUMN,
        r"\S+ .*?COLLATE (?:= )?(?P<at>(?:UTF8MB4_|UTF8MB3_)?UCA1400_\w+) ",
        "{at} is a collation of MariaDB's, from 10.10 on",
        "Unknown collation: '{lower}' (1273)",
        (*MYSQL, Servers("mariadb", None, (10, 10))),
    ),
)
