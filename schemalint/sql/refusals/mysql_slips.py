"""What MySQL and MariaDB refuse: words and habits of other databases, and slips. Every row was put to MySQL 5.6 and 9.7 and to
MariaDB 10.11; what only one of them refuses says so. `tests/oracles/mysql` and `tests/sql/refusals` ask again."""

from __future__ import annotations

from schemalint.model.facts import Servers
from schemalint.sql.refusals.common import NOT_A_SETTING
from schemalint.sql.refusals.patterns import Where, pattern
from schemalint.sql.refusals.say import MYSQL

_LITERALS = "NULL|TRUE|FALSE|CURRENT_TIMESTAMP|NOW|LOCALTIME|LOCALTIMESTAMP|VALUE|NOT"
_NO_LITERAL = rf'(?P<near>(?!(?:{_LITERALS}) )(?!\S+ \')(?:"|[A-Z_]\w*)) '
_OPTIONS = "ENGINE|CHARSET|CHARACTER|DEFAULT|COLLATE|COMMENT|AUTO_INCREMENT|ROW_FORMAT|KEY_BLOCK_SIZE|STATS_PERSISTENT"

PATTERNS = (
    # Statements
    pattern(Where.STATEMENT, r"CREATE UNIQUE (?P<near>(?!INDEX |CLUSTERING )\S+) ", "INDEX stands behind UNIQUE"),
    pattern(
        Where.STATEMENT,
        r"CREATE (?P<near>NONCLUSTERED|CLUSTERED|KEY) ",
        "neither MySQL nor MariaDB has CREATE {at}: CREATE INDEX makes an index",
    ),
    pattern(Where.STATEMENT, r"CREATE (?P<near>IF) NOT EXISTS ", "IF NOT EXISTS stands behind TABLE"),
    pattern(Where.STATEMENT, r"CREATE (?P<near>TABLES) ", "it is CREATE TABLE, in the singular"),
    pattern(Where.STATEMENT, r"CREATE TABLE (?P<at>(?P<near>IF) EXISTS) ", "CREATE TABLE has IF NOT EXISTS only"),
    pattern(Where.STATEMENT, r"CREATE TABLE (?P<near>\(…\)) ", "a table needs a name"),
    pattern(
        Where.STATEMENT,
        r"CREATE TABLE (?:IF NOT EXISTS )?\S+ "
        r"(?P<near>(?!(?:LIKE|AS|SELECT|VALUES|UNION|WITH|PARTITION) )[A-Z_]\S*) \(…\) ",
        "a name of two words stands in backquotes",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:TEMPORARY )?TABLE (?:IF NOT EXISTS )?NAME (?P<near>\(\)) ",
        "a table has at least one column",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE TABLE (?:IF NOT EXISTS )?NAME \S+ (?P<near>INT|INTEGER|BIGINT|VARCHAR|CHAR|TEXT|DATETIME|TIMESTAMP) ",
        "the columns of a table stand in parentheses",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:SCHEMA|DATABASE) (?:IF NOT EXISTS )?\S+ (?P<near>AUTHORIZATION) ",
        "neither MySQL nor MariaDB has AUTHORIZATION",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE OR (?P<near>ALTER) ",
        "neither MySQL nor MariaDB has CREATE OR ALTER: it is CREATE OR REPLACE",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?P<at>(?P<near>OR) REPLACE) (?:DEFINER = .*?)?(?:PROCEDURE|FUNCTION|TRIGGER|EVENT|DATABASE|SCHEMA|INDEX) ",
        "MySQL has CREATE OR REPLACE for views only",
        None,
        MYSQL,
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:OR REPLACE )?TRIGGER .*?(?P<near>EXECUTE) (?:FUNCTION|PROCEDURE) ",
        "the body of a trigger stands in it: neither MySQL nor MariaDB has EXECUTE FUNCTION",
        "",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:OR REPLACE )?TRIGGER (?:IF NOT EXISTS )?NAME (?:BEFORE|AFTER) (?:INSERT|UPDATE|DELETE) (?P<near>OR) ",
        "one trigger is for one of INSERT, UPDATE and DELETE",
        None,
        (*MYSQL, Servers("mariadb", None, (12,))),
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:OR REPLACE )?TRIGGER (?:IF NOT EXISTS )?NAME (?:BEFORE|AFTER) (?:INSERT|UPDATE|DELETE) ON NAME "
        r"(?P<near>(?!FOR |\. )\S+) ",
        "a trigger needs FOR EACH ROW before its body",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:OR REPLACE )?FUNCTION .*?RETURNS (?P<near>TRIGGER|VOID|SETOF|TABLE) ",
        "no function returns {at} here",
        "",
    ),
    pattern(Where.STATEMENT, r"DROP (?P<near>\"|[A-Z_]\S*) (?:\. \S+ )?$", "DROP says what it drops: DROP TABLE"),
    pattern(Where.STATEMENT, r"DROP (?P<near>IF) EXISTS ", "DROP says what it drops: DROP TABLE IF EXISTS"),
    pattern(Where.STATEMENT, r"DROP (?P<near>COLUMN|CONSTRAINT) ", "it is ALTER TABLE … DROP {at}"),
    pattern(Where.STATEMENT, r"DROP TABLE .*?CASCADE (?P<near>CONSTRAINTS) ", "neither MySQL nor MariaDB has {at}"),
    pattern(
        Where.STATEMENT,
        r"DROP INDEX (?:IF EXISTS )?\S+ ON NAME (?P<near>(?!\. |ALGORITHM |LOCK |WAIT |NOWAIT )\S+) ",
        "nothing stands behind the table but ALGORITHM and LOCK",
    ),
    pattern(
        Where.STATEMENT,
        r"ALTER TABLE (?P<near>ONLY) NAME (?:ADD|ALTER|DROP|RENAME|OWNER) ",
        "neither MySQL nor MariaDB has ONLY",
    ),
    pattern(Where.STATEMENT, r"ALTER TABLE NAME (?P<near>,) ", "no comma stands behind the table"),
    pattern(
        Where.STATEMENT, r"ALTER TABLE NAME (?P<near>\(…\)) ", "the actions of ALTER TABLE stand in no parentheses"
    ),
    pattern(
        Where.STATEMENT,
        r"ALTER TABLE NAME (?P<at>(?P<near>WITH) (?:NOCHECK|CHECK)) ",
        "neither MySQL nor MariaDB has {at}",
    ),
    pattern(
        Where.STATEMENT,
        r"ALTER (?P<near>INDEX|TYPE|DOMAIN|EXTENSION|POLICY) ",
        "neither MySQL nor MariaDB has ALTER {at}",
    ),
    pattern(Where.STATEMENT, r"ALTER VIEW NAME (?P<near>RENAME) ", "a view is renamed by RENAME TABLE"),
    pattern(Where.STATEMENT, r"RENAME (?P<near>COLUMN|INDEX) ", "it is ALTER TABLE … RENAME {at}"),
    pattern(
        Where.STATEMENT,
        r"RENAME (?P<near>(?!(?:TABLE|TABLES|USER|COLUMN|INDEX) )(?:\"|[A-Z_]\S*)) (?:\. \S+ )?TO ",
        "it is RENAME TABLE … TO",
    ),
    pattern(
        Where.STATEMENT,
        r"ALTER (?P<near>ONLINE|OFFLINE) (?:IGNORE )?TABLE ",
        "MySQL 5.6 took ALTER {at} TABLE away",
        None,
        (Servers("mysql", (5, 6)),),
    ),
    pattern(
        Where.STATEMENT,
        r"RENAME TABLE (?:IF EXISTS )?(?!IF EXISTS )NAME (?P<near>(?!TO |WAIT |NOWAIT |\. )\S+) ",
        "TO stands between the old name and the new one",
    ),
    pattern(
        Where.ACTION,
        r"(?P<near>(?:ADD|DROP|MODIFY|CHANGE|RENAME)(?: COLUMN)?) $",
        "the action ends here, and does not say what it is about",
    ),
    # Columns
    pattern(
        Where.COLUMN,
        rf"\S+ .*?{NOT_A_SETTING}DEFAULT {_NO_LITERAL}",
        "a default of MySQL is a literal or CURRENT_TIMESTAMP; since 8.0.13 anything else may stand in parentheses",
        None,
        MYSQL,
    ),
    pattern(
        Where.ACTION,
        r"ALTER (?:COLUMN )?\S+ SET DEFAULT (?P<near>CURRENT_TIMESTAMP|NOW|LOCALTIME|LOCALTIMESTAMP) ",
        "MySQL's SET DEFAULT takes a literal; since 8.0.13 anything else in parentheses",
        None,
        MYSQL,
    ),
    pattern(
        Where.ACTION,
        rf"ALTER (?:COLUMN )?\S+ SET DEFAULT {_NO_LITERAL}",
        "MySQL's SET DEFAULT takes a literal; since 8.0.13 anything else in parentheses",
        None,
        MYSQL,
    ),
    # Partitions
    pattern(
        Where.CONSTRAINT,
        r"(?P<near>PARTITION) BY ",
        "PARTITION BY stands behind the parenthesis that the columns stand in",
    ),
    pattern(
        Where.OPTIONS,
        rf"(?:.*? )?PARTITION BY .*? (?P<near>{_OPTIONS}) ",
        "PARTITION BY comes last: {at} stands before it",
    ),
    pattern(
        Where.ACTION,
        rf"PARTITION BY .*? (?P<near>{_OPTIONS}) ",
        "PARTITION BY comes last: {at} stands before it",
    ),
    # Options of a table
    pattern(Where.OPTIONS, r"(?:.*? )?(?P<near>WITHOUT) ROWID ", "neither MySQL nor MariaDB has WITHOUT ROWID"),
    pattern(
        Where.OPTIONS, r"(?P<near>STRICT|ENCODING|INHERIT) ", "neither MySQL nor MariaDB has the table option {at}"
    ),
    pattern(Where.OPTIONS, r"(?P<near>ON) (?:COMMIT|\[) ", "neither MySQL nor MariaDB has {at} here"),
    pattern(Where.OPTIONS, r"(?P<at>(?P<near>IF) NOT EXISTS) ", "IF NOT EXISTS stands before the table's name"),
    pattern(
        Where.OPTIONS,
        r"(?:.*? )?CHARACTER (?P<near>(?!SET )\S+) ",
        "it is CHARACTER SET",
    ),
    pattern(Where.OPTIONS, r"(?:.*? )?COMMENT (?:= )?(?P<near>(?!' )[A-Z_]\w*) ", "a comment is a text in quotes"),
    pattern(
        Where.OPTIONS,
        r"(?:.*? )?ROW_FORMAT (?:= )?(?P<near>(?!= |DEFAULT |FIXED |DYNAMIC |COMPRESSED |REDUNDANT |COMPACT |PAGE |TOKUDB)\S+) ",
        "there is no row format {at}",
    ),
    pattern(
        Where.OPTIONS,
        r"(?:.*? )?(?P<near>PAGE_CHECKSUM|TRANSACTIONAL|ENCRYPTED|ENCRYPTION_KEY_ID|PAGE_COMPRESSED|SEQUENCE|IETF_QUOTES) = ",
        "{at} is MariaDB's",
        None,
        MYSQL,
    ),
    pattern(
        Where.OPTIONS, r"(?:.*? )?(?P<near>WITH) SYSTEM VERSIONING ", "MySQL keeps no versions of rows", None, MYSQL
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE TABLE (?:IF NOT EXISTS )?NAME .*?WITH (?P<near>NO) DATA ",
        "neither MySQL nor MariaDB has WITH NO DATA",
    ),
    # Indexes
    pattern(
        Where.ACTION,
        r"ADD CONSTRAINT (?!PRIMARY |FOREIGN |UNIQUE )\S+ (?P<near>INDEX|KEY) ",
        "an {at} is no CONSTRAINT",
    ),
    pattern(
        Where.CONSTRAINT,
        r"CONSTRAINT (?!PRIMARY |FOREIGN |UNIQUE |CHECK )\S+ (?P<near>\(…\)) ",
        "behind a constraint's name stands what it is: PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK",
    ),
)
