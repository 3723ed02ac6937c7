"""What SQL Server refuses in statements that have only its own words: clauses that do not go together, or that something is
missing in. Each is ruled out by the grammar or the remarks of Microsoft's Transact-SQL reference (CREATE TABLE, ALTER TABLE,
CREATE INDEX, CREATE SEQUENCE, CREATE FULLTEXT INDEX, "Use sparse columns", "Specify computed columns"); the numbers and words
are those of "Database Engine events and errors". An engine that speaks T-SQL was asked too: tests/oracles/tsql."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.commas import cut_off, second_columns
from schemalint.sql.refusals.patterns import Match, Where, pattern
from schemalint.sql.refusals.phrases import Layout
from schemalint.sql.refusals.say import stumbles
from schemalint.sql.tokens import PUNCT, QUOTED, WORD

_WHOLE = "INT|INTEGER|BIGINT|SMALLINT|TINYINT|BIT|DECIMAL|NUMERIC|MONEY|SMALLMONEY|FLOAT|REAL"
_MOMENTS = "DATE|DATETIME|SMALLDATETIME|DATETIMEOFFSET|TIME"
_LETTERS = "CHAR|VARCHAR|NCHAR|NVARCHAR|BINARY|VARBINARY"
_BASES = (
    f"{_WHOLE}|{_MOMENTS}|{_LETTERS}|DATETIME2|TEXT|NTEXT|IMAGE|UNIQUEIDENTIFIER|SQL_VARIANT|DEC|CHARACTER|NATIONAL|DOUBLE|XML"
    "|TIMESTAMP|ROWVERSION|SYSNAME|GEOMETRY|GEOGRAPHY|HIERARCHYID|JSON|VECTOR"
)
_SIZE = r"(?:\(\S*\) )?"
_CLAUSES = r"\S+ (?!AS )(?:\S+ )*?"
"""A column's name and clauses up to one; nothing of a computed column."""
_ACTIONS = "CASCADE|NO ACTION|SET NULL|SET DEFAULT"

PATTERNS = (
    pattern(
        Where.STATEMENT,
        r"CREATE TYPE NAME AS (?P<at>\(\S*\)) ",
        "SQL Server's types of several columns are AS TABLE",
        "",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?(?:CLUSTERED |NONCLUSTERED )?INDEX \S+ ON (?P<at>[^\s(]+(?: \. [^\s(]+)*) (?:\(\) )?$",
        "the index names no columns",
        "",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:UNIQUE )?(?:CLUSTERED |NONCLUSTERED )?INDEX \S+ (?P<near>\.) ",
        "an index has no schema: it is where its table is",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?:CLUSTERED|NONCLUSTERED) (?P<near>UNIQUE) INDEX ",
        "UNIQUE stands first: CREATE UNIQUE CLUSTERED INDEX",
    ),
    pattern(
        Where.STATEMENT,
        r"CREATE (?P<at>FULLTEXT INDEX) ON (?!(?:\S+ )*KEY INDEX )",
        "SQL Server's CREATE FULLTEXT INDEX needs KEY INDEX and the name of a unique index",
        "",
    ),
    pattern(
        Where.STATEMENT, r"CREATE FULLTEXT INDEX (?P<near>(?!ON )\S+) ", "SQL Server's full-text indexes have no names"
    ),
    pattern(Where.STATEMENT, r"ALTER INDEX \S+ (?P<near>RENAME) ", "SQL Server renames an index with sp_rename"),
    pattern(
        Where.STATEMENT,
        r"CREATE SEQUENCE \S+ (?:\S+ )*?(?:START (?P<near>0) |INCREMENT 0 )",
        "SQL Server writes it START WITH and INCREMENT BY",
        "",
    ),
    pattern(Where.STATEMENT, r"CREATE (?P<near>DOMAIN|EXTENSION) ", "SQL Server has no CREATE {at}", ""),
    pattern(
        Where.STATEMENT,
        r"CREATE SCHEMA (?P<at>DBO|GUEST|SYS|INFORMATION_SCHEMA) ",
        "every database of SQL Server has this schema",
        "There is already an object named '{lower}' in the database (2714)",
    ),
    pattern(
        Where.STATEMENT,
        rf"CREATE TYPE NAME FROM (?P<at>(?!(?:{_BASES}) )[A-Z]\S*) (?!\. )",
        "the base of an alias type is one of SQL Server's own types",
        'The base type "{lower}" is not a valid base type for the alias data type (222)',
    ),
    pattern(Where.OPTIONS, r"(?P<near>STRICT) ", "SQL Server has no table option {at}", ""),
    pattern(Where.STATEMENT, r"(?P<near>RENAME) TABLE ", "SQL Server renames a table with sp_rename", ""),
    pattern(Where.STATEMENT, r"CREATE TABLE NAME (?P<at>\(\)) ", "a table has columns", ""),
    pattern(Where.STATEMENT, r"(?P<at>ALTER TABLE) NAME $", "ALTER TABLE says nothing of what to change", ""),
    pattern(Where.ACTION, r"(?P<at>ADD|DROP|ALTER)(?: COLUMN| CONSTRAINT)? $", "{at} needs to say what", ""),
    pattern(
        Where.COLUMN,
        rf"{_CLAUSES}IDENTITY (?P<at>\(0\)) ",
        "IDENTITY takes a seed and an increment, or neither",
        "",
    ),
    pattern(Where.COLUMN, r"\S+ FLOAT (?P<at>\(0,0\)) ", "SQL Server's float has one size, of its bits", ""),
    pattern(
        Where.COLUMN,
        r"\S+ (?:\S+ \. )?(?!AS )[A-Z]\S* (?:\(\S*\) )?(?P<near>AS) \(",
        "SQL Server writes a computed column without a type: name AS (…)",
    ),
    pattern(Where.COLUMN, rf"{_CLAUSES}DEFAULT (?:0|') (?P<near>::) ", "SQL Server has no casts with ::", ""),
    pattern(Where.COLUMN, rf"{_CLAUSES}CHECK (?!NOT )(?P<near>[^\s(]+) ", "a CHECK stands in parentheses"),
    pattern(Where.CONSTRAINT, r"(?:CONSTRAINT \S+ )?CHECK (?!NOT )(?P<near>[^\s(]+) ", "a CHECK stands in parentheses"),
    pattern(
        Where.COLUMN,
        rf"{_CLAUSES}(?<!SET )DEFAULT (?:\S+ )*?(?<!SET )(?P<near>DEFAULT) ",
        "a column has one default",
        "",
    ),
    pattern(Where.COLUMN, r"\S+ AS (?:\S+ )*?(?P<near>DEFAULT) ", "a computed column has no default", ""),
    pattern(
        Where.COLUMN,
        r"\S+ AS (?!(?:\S+ )*PERSISTED )(?:\S+ )*?(?P<at>NOT NULL) $",
        "NOT NULL needs a computed column to be PERSISTED",
        "Only UNIQUE or PRIMARY KEY constraints can be created on computed columns, while CHECK, FOREIGN KEY, and NOT NULL"
        " constraints require that computed columns be persisted (8183)",
    ),
    pattern(
        Where.COLUMN,
        rf"{_CLAUSES}PRIMARY KEY (?!\()(?:\S+ )*?(?P<near>UNIQUE) (?!(?:CLUSTERED |NONCLUSTERED )?\()",
        "a primary key is unique already: SQL Server takes one of the two in a column",
        "Both a PRIMARY KEY and UNIQUE constraint have been defined for column '{name}' (8151)",
    ),
    pattern(
        Where.COLUMN,
        rf"{_CLAUSES}UNIQUE (?!\()(?:\S+ )*?(?P<at>PRIMARY KEY) (?!(?:CLUSTERED |NONCLUSTERED )?\()",
        "a primary key is unique already: SQL Server takes one of the two in a column",
        "Both a PRIMARY KEY and UNIQUE constraint have been defined for column '{name}' (8151)",
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ (?:{_WHOLE}|{_MOMENTS}|UNIQUEIDENTIFIER|BINARY|VARBINARY) {_SIZE}(?:(?:NOT )?NULL )?(?P<near>COLLATE) ",
        "only a text has a collation",
        "Expression type … is invalid for COLLATE clause (447)",
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ (?:{_WHOLE}|{_MOMENTS}|{_LETTERS}) {_SIZE}(?:\S+ )*?(?P<at>ROWGUIDCOL) ",
        "ROWGUIDCOL is for uniqueidentifier",
        "The ROWGUIDCOL property can only be specified on the uniqueidentifier data type (2761)",
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ (?:{_WHOLE}|{_MOMENTS}|{_LETTERS}) {_SIZE}(?:(?!AS )\S+ )*?DEFAULT (?P<at>NEWSEQUENTIALID) \(\) ",
        "NEWSEQUENTIALID() is a default of uniqueidentifier",
        "The newsequentialid() built-in function can only be used in a DEFAULT expression for a column of type"
        " 'uniqueidentifier' in a CREATE TABLE or ALTER TABLE statement (302)",
    ),
    pattern(
        Where.COLUMN,
        r"(?=\S+ (?!AS )(?:\S+ )*?(?:NOT NULL|IDENTITY|ROWGUIDCOL|(?<!SET )DEFAULT) )\S+ (?:\S+ )*?(?P<at>SPARSE) ",
        "a SPARSE column takes NULL, and has no default, IDENTITY or ROWGUIDCOL",
        "",
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ (?:TEXT|NTEXT|IMAGE|TIMESTAMP|ROWVERSION|GEOMETRY|GEOGRAPHY) {_SIZE}(?:\S+ )*?(?P<at>SPARSE) ",
        "no column of this type is SPARSE",
        "",
    ),
    pattern(
        Where.COLUMN,
        rf"\S+ (?P<at>{_MOMENTS}) {_SIZE}(?:\S+ )*?GENERATED ALWAYS AS ROW (?:START|END) ",
        "the columns of a period are datetime2",
        "",
    ),
    pattern(
        Where.CONSTRAINT,
        r"(?P<near>INDEX) [^\s(]+ (?:(?:NOT )?NULL )?$",
        "index is a reserved word: as the name of a column it needs brackets, and an index its columns",
        "",
    ),
    pattern(Where.CONSTRAINT, r"INDEX (?P<near>\(\S*\)) ", "SQL Server gives an index no name by itself", ""),
    *(
        row
        for where in (Where.COLUMN, Where.CONSTRAINT, Where.ACTION)
        for row in (
            pattern(
                where,
                rf"{'ADD ' if where is Where.ACTION else ''}{_CLAUSES}REFERENCES NAME (?:\(\S*\) )?(?P<near>MATCH) ",
                "SQL Server's foreign keys have no MATCH",
            ),
            *(
                pattern(
                    where,
                    rf"{'ADD ' if where is Where.ACTION else ''}{_CLAUSES}ON {one} (?:{_ACTIONS}) "
                    rf"(?:ON {other} (?:{_ACTIONS}) )?ON (?P<near>{one}) ",
                    f"ON {one} is said once",
                )
                for one, other in (("DELETE", "UPDATE"), ("UPDATE", "DELETE"))
            ),
        )
    ),
)

_NOW = frozenset({"CURRENT_TIMESTAMP", "CURRENT_DATE", "USER", "CURRENT_USER", "SESSION_USER", "SYSTEM_USER", "NULL"})
"""Functions of T-SQL that stand without parentheses."""
_ENDS = frozenset(
    {",", ")", "NOT", "NULL", "CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "IDENTITY", "FOR"}
)


def commas(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """Commas before nothing, but for the last of CREATE TABLE, which SQL Server takes; two columns with none between them; a
    column that is a name alone, unless it is a rowversion without one ("rowversion": `timestamp` alone names itself)."""
    for elements in (made.elements, made.actions):
        for start, end in elements[:-1]:
            if start == end:
                yield Match(end, end + 1, "a comma stands before nothing", stumbles(cursor, end), ())
                return
    yield from second_columns(cursor, made)
    if not made.elements or {"AS", "SELECT", "WITH"}.intersection(made.values[made.closes + 1 : made.closes + 40]):
        return
    for start, end in made.columns:
        if end == start + 1 and made.values[start] != "TIMESTAMP" and cursor.tokens[start][0] in (WORD, QUOTED):
            yield Match(start, end, f"column {cursor.raw(start, end)} has no type", None, ())
            return


def conditions(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """A CHECK that is a column alone, a query in a CHECK, a DEFAULT or a computed column, and a DEFAULT that is a bare name."""
    tokens, values = cursor.tokens, made.values
    for at in range(1, len(values) - 2 if made.kind else 0):
        if tokens[at][0] != WORD or values[at] not in ("CHECK", "DEFAULT", "AS") or values[at - 1] == ".":
            continue
        if values[at] == "DEFAULT":
            yield from _bare_default(cursor, made, at)
        close = made.partners.get(at + 1)
        if close is None or (values[at] == "AS" and not made.opens < at < made.closes):
            continue
        inside = range(at + 2, close)
        query = next((one for one in inside if values[one] == "SELECT" and tokens[one][0] == WORD), None)
        if query is not None and values[query - 1] == "(":
            words = "Subqueries are not allowed in this context. Only scalar expressions are allowed (1046)"
            yield Match(query, query + 1, "no query stands in a CHECK, a DEFAULT or a computed column", words, ())
        elif values[at] == "CHECK" and len(inside) == 1 and tokens[at + 2][0] in (WORD, QUOTED):
            words = "An expression of non-boolean type specified in a context where a condition is expected, near ')' (4145)"
            yield Match(at + 2, at + 3, f"{cursor.raw(at + 2, at + 3)} is a value and no condition", words, ())


def _bare_default(cursor: Cursor, made: Layout, at: int) -> Iterator[Match]:
    """DEFAULT and a name: nothing but constants and functions may stand there."""
    tokens, values = cursor.tokens, made.values
    name = at + 1
    while values[name] == "(" and tokens[name][0] == PUNCT and made.partners.get(name, 0) > name:
        name += 1
    kind, value, start, _ = tokens[name]
    if values[at - 1] == "SET" or kind not in (WORD, QUOTED) or cursor.text[start] == '"' or value in _NOW:
        return
    behind = tokens[name + 1]
    if (
        cut_off(cursor)
        or cursor.text[start] in "@$"
        or value in ("TRUE", "FALSE", "FOR", "VALUES", "NOT", "SELECT", "AS")
    ):
        return
    if behind[0] == PUNCT and behind[1] not in (",", ")"):
        return
    if behind[0] == WORD and behind[1] not in _ENDS:
        return
    shown = cursor.raw(name, name + 1)
    words = f'The name "{shown}" is not permitted in this context (128)'
    yield Match(name, name + 1, f"a default is a constant or a function's call, and {shown} is a name", words, ())


def nameless(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """`[]`: brackets quote a name, and there is none; other databases write arrays so."""
    start, end = cursor.tokens[0][2], cursor.tokens[-1][3]
    if made.kind and cursor.text.find("[]", start, end) >= 0:
        for at, (kind, _, begin, stop) in enumerate(cursor.tokens):
            if kind == QUOTED and cursor.text[begin:stop] == "[]":
                yield Match(at, at + 1, "SQL Server has no arrays, and no empty names", None, ())
                return


def clustered_twice(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """A new table with two clustered indexes."""
    if made.kind != "create" or made.values.count("CLUSTERED") < 2:
        return
    found = [
        at for at in range(made.opens, made.closes) if made.values[at] == "CLUSTERED" and cursor.tokens[at][0] == WORD
    ]
    if len(found) > 1:
        words = "Cannot add more than one clustered index for constraints on table (8112)"
        yield Match(found[1], found[1] + 1, "a table is clustered by one index", words, ())
