"""What may stand in a column's definition, all versions of MySQL and MariaDB and their forks taken together: what none of them
has there is a syntax error.

Sources: MySQL 9.7 Reference Manual 15.1.24 "CREATE TABLE Statement" and 15.1.11 "ALTER TABLE Statement", MariaDB Knowledge Base,
pages of the same names, and TiDB's own clauses (AUTO_RANDOM, CLUSTERED). A word that none of them has anywhere may be one of a
fork: it is held against servers that are known to be MySQL or MariaDB.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from schemalint.model.facts import Servers
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.patterns import Match
from schemalint.sql.refusals.phrases import LONGEST, Layout, Phrase, phrase
from schemalint.sql.refusals.say import MYSQL_SYNTAX
from schemalint.sql.refusals.shapes import spelled
from schemalint.sql.tokens import NUMBER, PUNCT, STRING, WORD


@dataclass(frozen=True, eq=False)
class Regex:
    """A regular expression that is compiled when it is asked for first: most runs need none of them."""

    pattern: str

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        return re.compile(self.pattern).match


_KNOWN = (Servers("mysql"), Servers("mariadb"))
_NAME = r"\S+(?: \. \S+)*"
_SIZE = r"(?: \((?:0|…)\))?"
_SIZES = r"(?: \((?:0|0,0|…)\))?"
_NUMBERS = r"(?: (?:UNSIGNED|SIGNED|ZEROFILL))*"
_PACKED = r"(?: COMPRESSED(?: = \S+)?)?"
_LETTERS = (
    r"(?: (?:BINARY|ASCII|UNICODE|BYTE|COMPRESSED(?: = \S+)?|(?:CHARACTER SET|CHARSET|CHAR SET|COLLATE) (?:= )?\S+))*"
)
TYPE = (
    r"(?:\S+ \. )?(?:"
    rf"(?:TINYINT|SMALLINT|MEDIUMINT|MIDDLEINT|BIGINT|INTEGER|INT[12348]|INT|YEAR|SQL_TSI_YEAR){_SIZE}{_NUMBERS}"
    rf"|(?:REAL|DOUBLE PRECISION|DOUBLE)(?: \((?:0,0|…)\))?{_NUMBERS}"
    rf"|(?:FLOAT[48]|FLOAT|DECIMAL|NUMERIC|FIXED|DEC|NUMBER){_SIZES}{_NUMBERS}"
    r"|BOOLEAN|BOOL|SERIAL|DATE|JSON|UUID|INET4|INET6|XMLTYPE|TINYBLOB|MEDIUMBLOB|LONGBLOB|LONG VARBINARY|ROW \(…\)"
    rf"|(?:BIT|TIME|TIMESTAMP|DATETIME|BLOB|BINARY|VARBINARY|VECTOR|RAW){_SIZE}{_PACKED}"
    r"|(?:GEOMETRY|POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|GEOMETRYCOLLECTION|GEOMCOLLECTION)"
    rf"{_SIZE}"
    r"|(?:NATIONAL )?(?:(?:CHARACTER|CHAR|NCHAR)(?: VARYING| VARCHARACTER| VARCHAR)?|VARCHARACTER|VARCHAR2|VARCHAR"
    rf"|NVARCHAR|TEXT){_SIZE}{_LETTERS}"
    r"|(?:TINYTEXT|MEDIUMTEXT|LONGTEXT|CLOB|LONG(?: (?:CHARACTER|CHAR) VARYING| VARCHARACTER| VARCHAR)?)"
    rf"{_LETTERS}"
    rf"|(?:ENUM|SET) \((?:'|…)\){_LETTERS}"
    r")"
)
VALUE = (
    r"(?:[-+] )*(?:\([…0']\)|0|'(?: ')*|CASE (?:\S+ )*?END|(?:NEXT|PREVIOUS) VALUE FOR "
    rf"{_NAME}|[A-Z_]\w* '(?: ')*|(?!NOT ){_NAME}(?: \(\S*\))?)"
)
"""A default that one of them takes: a literal, a call, a name, anything in parentheses; no operator behind it."""
_EFFECT = r"(?:RESTRICT|CASCADE|SET NULL|NO ACTION|SET DEFAULT)"
REFERENCES = (
    rf"REFERENCES {_NAME}(?: \(…\))?(?: MATCH (?:FULL|PARTIAL|SIMPLE))?"
    rf"(?: ON DELETE {_EFFECT}(?: ON UPDATE {_EFFECT})?| ON UPDATE {_EFFECT}(?: ON DELETE {_EFFECT})?)?"
)
CHECK = r"CHECK \([…0']\)(?: NOT ENFORCED| ENFORCED)?"
_OPTION = (
    r"(?!(?:AUTO_INCREMENT|COMMENT|DEFAULT|NULL|KEY|COLLATE|CHECK|UNIQUE|PRIMARY|REFERENCES|AS) )"
    r"[A-Z_]\w* = (?:[-+] )?\S+"
)
"""An option of the table's engine, which MariaDB lets have any name."""
_CLAUSE = (
    rf"NOT NULL|NULL|NOT SECONDARY|SERIAL DEFAULT VALUE|DEFAULT {VALUE}"
    r"|ON UPDATE (?:NOW|CURRENT_TIMESTAMP|LOCALTIMESTAMP|LOCALTIME)(?: \(0?\))?"
    rf"|AUTO_INCREMENT|AUTO_RANDOM{_SIZES}|PRIMARY KEY|KEY|NONCLUSTERED|CLUSTERED|UNIQUE KEY|UNIQUE|COMMENT '(?: ')*"
    r"|COLLATE (?:= )?\S+|(?:COLUMN_FORMAT|STORAGE) [A-Z]\w*|SRID 0|REF_SYSTEM_ID = 0|VISIBLE|INVISIBLE|HIDDEN"
    rf"|(?:CONSTRAINT (?:(?!CHECK )\S+ )?)?{CHECK}|(?:CONSTRAINT \S+ )?{REFERENCES}"
    r"|(?:SECONDARY_ENGINE_ATTRIBUTE|ENGINE_ATTRIBUTE) (?:= )?'|COMPRESSED(?: = \S+)?"
    rf"|(?:WITH|WITHOUT) SYSTEM VERSIONING|WITH COMPRESSION_DICTIONARY \S+|{_OPTION}"
)
_COMPUTED = (
    r"(?: COLLATE (?:= )?\S+)?"
    r"(?: (?:GENERATED ALWAYS )?AS (?:\([…0']\)(?: (?:VIRTUAL|STORED|PERSISTENT))?|ROW (?:START|END)))?"
)
_NAMED = Regex(rf"(?:\. )?{_NAME} ")
_TYPED = Regex(rf"{TYPE}{_COMPUTED} ")
_CLAUSES = Regex(rf"(?:{_CLAUSE}) ")
_PLACE = Regex(r"(?:FIRST|AFTER \S+) ")
_CHANGED = Regex(rf"(?:MODIFY (?:COLUMN )?(?:IF EXISTS )?|CHANGE (?:COLUMN )?(?:IF EXISTS )?(?!\(){_NAME} )(?!\()")
_ATTRIBUTES = frozenset({"UNSIGNED", "SIGNED", "ZEROFILL", "CHARACTER", "CHARSET", "CHAR", "ASCII", "UNICODE", "BYTE"})
WORDS = spelled([TYPE, _CLAUSE, _COMPUTED, "FIRST AFTER REMOVE PARTITIONING PARTITION BY MODIFY CHANGE"])
"""All words that have a meaning here."""


def stray_clauses(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """The first place in a new or changed column where none of them goes on reading."""
    for start, stop in made.strange:
        end = before_partitions(made, start, stop)
        if start + 1 < end <= start + LONGEST:  # a name alone is looked at elsewhere
            yield from _of_column(cursor, made, phrase(cursor.tokens, made.partners, start, end), 0, bool(made.actions))
    for start, stop in made.actions:
        end = before_partitions(made, start, stop)
        if made.values[start] in ("MODIFY", "CHANGE") and end <= start + LONGEST:
            one = phrase(cursor.tokens, made.partners, start, end)
            changed = _CHANGED.match(one.text, 0)
            if changed is not None:
                yield from _of_column(cursor, made, one, changed.end(), True)


def before_partitions(made: Layout, start: int, end: int) -> int:
    """Where an action ends: what ALTER TABLE says of the partitions stands behind the last one without a comma."""
    if made.kind == "alter" and end == len(made.values) - 1:
        for at in range(start + 2, end - 1):
            if made.values[at : at + 2] in (["REMOVE", "PARTITIONING"], ["PARTITION", "BY"]):
                return at
    return end


def _of_column(cursor: Cursor, made: Layout, one: Phrase, offset: int, placed: bool) -> Iterator[Match]:
    """`offset` is where the name begins in the phrase; `placed`: FIRST or AFTER may stand at its end."""
    text = one.text
    named = _NAMED.match(text, offset)
    if named is None or named.end() == len(text) or text.startswith("SYSTEM VERSIONING ", offset):
        return
    at = named.end()
    typed = _TYPED.match(text, at)
    if typed is None:
        yield from _no_type(cursor, made, one, offset, at)
        return
    at = typed.end()
    while at < len(text):
        clause = _CLAUSES.match(text, at) or _digits(cursor, one, at)
        if clause is None:
            break
        at = clause.end()
    if placed and (place := _PLACE.match(text, at)) is not None:
        at = place.end()
    if at < len(text):
        token = one.token(at)
        yield Match(token, token + 1, _reason(cursor, one, token, at), MYSQL_SYNTAX, _only(cursor, token))


_WORD = Regex(r"\S+ ")


def _digits(cursor: Cursor, one: Phrase, at: int) -> re.Match[str] | None:
    """The rest of a number in digits of sixteen or two, which the tokens break: 0, x1F."""
    token = one.token(at)
    kind, word, _, _ = cursor.tokens[token]
    number = kind == WORD and word not in WORDS and cursor.tokens[token - 1][0] == NUMBER
    return _WORD.match(one.text, at) if number else None


def _no_type(cursor: Cursor, made: Layout, one: Phrase, offset: int, at: int) -> Iterator[Match]:
    token = one.token(at)
    kind, word, _, _ = cursor.tokens[token]
    name = one.token(offset)
    if cursor.tokens[name][0] == WORD and made.values[name] in WORDS and _TYPED.match(one.text, offset) is not None:
        reason = f"the name of a column stands before its type, {cursor.raw(name, name + 1)}"
        yield Match(name, name + 1, reason, MYSQL_SYNTAX, ())
    elif kind == WORD and word not in WORDS:
        yield Match(token, token + 1, f"there is no type {cursor.raw(token, token + 1)}", None, _KNOWN)
    else:
        reason = f"a type stands behind the name of a column, not {cursor.raw(token, token + 1)}"
        yield Match(token, token + 1, reason, MYSQL_SYNTAX, _only(cursor, token))


def _only(cursor: Cursor, token: int) -> tuple[Servers, ...]:
    kind, word, _, _ = cursor.tokens[token]
    return _KNOWN if kind == WORD and word not in WORDS else ()


def _reason(cursor: Cursor, one: Phrase, token: int, offset: int) -> str:
    kind, word, _, _ = cursor.tokens[token]
    written = cursor.raw(token, token + 1)
    behind = one.text[:offset].split(" ")
    if kind == PUNCT and word in ("+", "-", "*", "/", "||", "::", "%") and "DEFAULT" in behind:
        return "a default that is more than a literal or a call stands in parentheses"
    if kind == PUNCT and word == "(":
        hint = ": a key with columns of its own needs a comma before it" if behind[-2] in ("KEY", "UNIQUE") else ""
        return f"nothing in parentheses stands behind {behind[-2]} in a column{hint}"
    if word in _ATTRIBUTES:
        return f"{written} belongs to the type and stands right behind it"
    if word in ("AS", "GENERATED"):
        return f"{written} stands right behind the type, and is spelled [GENERATED ALWAYS] AS (…)"
    if word in ("INDEX", "KEY"):
        return "an index is no clause of a column: it stands behind a comma, with its columns"
    return f"no clause of a column begins with {written} here"


def stray_members(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """What stands among the values of an ENUM or SET and is no text."""
    tokens, values = cursor.tokens, made.values
    for at, word in enumerate(values[:-1]):
        if word not in ("ENUM", "SET") or tokens[at][0] != WORD or tokens[at + 1][1] != "(" or at == 0:
            continue
        close = made.partners.get(at + 1)
        if close is None or (word == "SET" and not any(start + 1 == at for start, _ in made.columns)):
            continue  # SET begins other clauses too
        wrong = _no_text(cursor, at + 2, close)
        if wrong is not None:
            reason = f"the values of {word} are texts in quotes, with a comma between them"
            yield Match(wrong, wrong + 1, reason, MYSQL_SYNTAX, ())
            return


def _no_text(cursor: Cursor, start: int, close: int) -> int | None:
    """The first token of a list that is not the text, or the comma, that has to stand there. A text may have its character set
    before it, and be a number in digits of two or sixteen."""
    wanted = True
    for at in range(start, close):
        kind, word, _, _ = cursor.tokens[at]
        before, behind = cursor.tokens[at - 1][0], cursor.tokens[at + 1][0]
        if wanted and ((kind == WORD and behind == STRING) or (kind == NUMBER and behind == WORD)):
            continue
        if (kind == STRING or (kind == WORD and before == NUMBER)) if wanted else word == ",":
            wanted = not wanted
            continue
        return at
    return close if wanted else None
