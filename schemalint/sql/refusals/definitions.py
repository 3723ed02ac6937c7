"""MySQL and MariaDB: clauses of one definition that do not go together. Each was put to MySQL 9.7 and MariaDB 10.11, with and
without a strict `sql_mode`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemalint.dialects.charsets import BYTES, charset_of, plain
from schemalint.dialects.partitions import faults
from schemalint.model.described import AlterSettings
from schemalint.model.facts import CreateTable, Servers
from schemalint.model.names import Name
from schemalint.model.schema import Check, Column, Index, IndexPart
from schemalint.model.span import Span
from schemalint.model.types import ColumnType, Family
from schemalint.sql.refusals.say import MYSQL, Found

_NOW = re.compile(r"(?:CURRENT_TIMESTAMP|NOW|LOCALTIME|LOCALTIMESTAMP)\s*(?:\(\s*(\d*)\s*\))?", re.IGNORECASE)
_COLLATION = re.compile(r"(?!uca1400_|default$)[A-Za-z]\w*", re.IGNORECASE)
"""One whose name tells what it is for; MariaDB has some that are for several character sets."""
_MOMENTS = frozenset({"datetime", "timestamp"})
_OF_TIME = _MOMENTS | {"date", "time", "year"}
_SPATIAL = frozenset(
    {
        "geometry",
        "point",
        "linestring",
        "polygon",
        "multipoint",
        "multilinestring",
        "multipolygon",
        "geometrycollection",
    }
)
_CHECKED = (Servers("mysql", (8, 0, 16)), Servers("mariadb", (10, 2, 1)))
_ALONE = (Servers("mysql", (8, 0, 16)),)


def of_times(column: Column) -> Iterator[Found]:
    """DEFAULT and ON UPDATE CURRENT_TIMESTAMP: of which types, and how exact. MariaDB takes any exactness."""
    if column.type is None:
        return
    word, digits = _word(column.type), column.type.precision or 0
    if column.on_update is not None and (now := _NOW.fullmatch(column.on_update.raw.strip())):
        words = f"Invalid ON UPDATE clause for '{column.name.text}' column (1294)"
        if word not in _MOMENTS:
            yield column.span, "ON UPDATE CURRENT_TIMESTAMP is for TIMESTAMP and DATETIME only", words, ()
        elif int(now[1] or 0) != digits:
            yield column.span, f"ON UPDATE wants the fractions of {column.type.name.upper()}", words, MYSQL
    if column.default is None or word not in _MOMENTS:
        return
    now = _NOW.fullmatch(column.default.raw.strip())
    if digits and now is not None and now[1] and int(now[1]) != digits:  # where one says none, a pattern sees it
        words = f"Invalid default value for '{column.name.text}' (1067)"
        yield column.span, f"the default wants the fractions of {column.type.name.upper()}", words, MYSQL


def of_letters(span: Span, charset: str | None, collation: str | None) -> Iterator[Found]:
    """A character set that no server has, and a collation of another one."""
    if charset and charset.isalnum() and charset not in BYTES and charset not in ("default", "byte"):
        yield span, f"there is no character set {charset}", f"Unknown character set: '{charset}' (1115)", ()
    elif charset in BYTES and collation and (own := charset_of(collation)) is not None and own != plain(charset):
        words = f"COLLATION '{collation}' is not valid for CHARACTER SET '{charset}' (1253)"
        if "utf8" in (own.removesuffix("mb3"), charset):
            words = ""  # newer servers say utf8mb3
        yield span, f"{collation} is a collation of {own}, not of {charset}", words, ()
    elif collation and charset_of(collation) is None and _COLLATION.fullmatch(collation):
        yield span, f"there is no collation {collation}", f"Unknown collation: '{collation}' (1273)", ()


def of_settings(fact: CreateTable | AlterSettings) -> Iterator[Found]:
    """The letters and the partitions of a table."""
    if fact.partition_by is not None:
        yield from of_partitions(fact)
    said = dict(fact.settings)
    yield from of_letters(fact.span, said.get("charset"), said.get("collate"))


_NUMBER = re.compile(r"\)\s*PARTITIONS\s+(\d+)", re.IGNORECASE)
_BARRED = re.compile(
    r"(?:LINEAR\s+)?(?:RANGE|LIST|HASH)\s*\(\s*(DATE_FORMAT|DATE|CRC32|LENGTH|ASCII)\s*\(", re.IGNORECASE
)
_MOST = 8192
"""Partitions of a table: MySQL 9.7 Reference Manual, "Restrictions and Limitations on Partitioning"."""


def of_partitions(fact: CreateTable | AlterSettings) -> Iterator[Found]:
    """Partitions that are listed: all of RANGE and LIST are, none twice, each with what it holds."""
    kind = (fact.partition_by or "").split(" ")[0].partition("(")[0].upper()
    if kind in ("RANGE", "LIST") and not fact.partitions:
        words = f"For {kind} partitions each partition must be defined (1492)"
        yield fact.span, f"partitions BY {kind} are listed, each with its VALUES", words, ()
    names = [name for name, _ in fact.partitions]
    twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if twice is not None:
        yield fact.span, f"two partitions are called {twice}", f"Duplicate partition name {twice} (1517)", ()
    if (number := _NUMBER.search(fact.partition_by or "")) is not None:
        wanted = int(number[1][:9])
        if wanted == 0:
            yield fact.span, "there are no 0 partitions", "Number of partitions = 0 is not an allowed value (1504)", ()
        elif wanted > _MOST:
            words = "Too many partitions (including subpartitions) were defined (1499)"
            yield fact.span, f"a table has at most {_MOST} partitions", words, ()
        elif fact.partitions and wanted != len(fact.partitions):
            words = "Wrong number of partitions defined, mismatch with previous setting (1064)"
            yield fact.span, f"{wanted} partitions are announced and {len(fact.partitions)} listed", words, ()
    if (barred := _BARRED.match(fact.partition_by or "")) is not None:
        words = "This partition function is not allowed (1564)"
        yield fact.span, f"no partitions are told apart by {barred[1].upper()}", words, ()
    for name, why, words in faults(fact.partition_by or "", fact.partitions):
        yield fact.span, f"partition {name} cannot be: {why}", words, ()
        return


_PLAIN = re.compile(r"(?:LINEAR\s+)?(?:RANGE|LIST|HASH)\s*\(\s*`?(\w+)`?\s*\)", re.IGNORECASE)
_KEYED = re.compile(r"(?:LINEAR\s+)?KEY\s*(?:ALGORITHM\s*=\s*\d\s*)?\(([\w`,\s]*)\)", re.IGNORECASE)
_CALLED = re.compile(r"(?:LINEAR\s+)?(?:RANGE|LIST|HASH)\s*\(\s*(\w+)\s*\(\s*`?(\w+)`?\s*\)\s*\)", re.IGNORECASE)


def of_partitioned(table: CreateTable) -> Iterator[Found]:
    """What the columns are that tell the partitions of a new table apart, which is known whole."""
    by = table.partition_by or ""
    columns = {column.name.key: column for column in table.columns}
    if (plain := _PLAIN.match(by)) is not None:
        yield from _whole_number(table.span, plain[1], columns.get(plain[1].lower()))
    elif (keyed := _KEYED.match(by)) is not None:
        for name in filter(None, re.split(r"[`,\s]+", keyed[1])):
            column = columns.get(name.lower())
            if column is None:
                yield table.span, f"the partitions are told apart by {name}, and there is no such column", "", ()
            elif column.type is not None and column.type.name.endswith(("text", "blob", "json")):
                words = "A BLOB field is not allowed in partition function (1502)"
                yield table.span, f"no partitions are told apart by {column.type.name.upper()}", words, ()
    elif (called := _CALLED.match(by)) is not None:
        column = columns.get(called[2].lower())
        kind = _word(column.type) if column is not None and column.type is not None else ""
        if kind == "timestamp" and called[1].upper() != "UNIX_TIMESTAMP":
            words = "Constant, random or timezone-dependent expressions in (sub)partitioning function are not allowed (1486)"
            yield (
                table.span,
                f"{called[1].upper()} of a TIMESTAMP hangs on the time zone: UNIX_TIMESTAMP does not",
                words,
                (),
            )


def _whole_number(span: Span, name: str, column: Column | None) -> Iterator[Found]:
    if column is None:
        yield span, f"the partitions are told apart by {name}, and there is no such column", "", ()
    elif column.type is not None and column.type.family not in (Family.INTEGER, Family.BOOLEAN, Family.OTHER):
        words = f"Field '{name}' is of a not allowed type for this type of partitioning (1659)"
        reason = f"these partitions are told apart by a whole number, and {name} is {column.type.name.upper()}"
        yield span, reason, words, ()


def of_index(index: Index, columns: Mapping[Name, Column]) -> Iterator[Found]:
    """What an index of a table takes its columns for, which is known whole."""
    for part in index.parts:
        column = columns.get(part.column) if part.column is not None else None
        if column is not None and column.type is not None:
            yield from _of_part(index, part, column, column.type)


def _of_part(index: Index, part: IndexPart, column: Column, kind: ColumnType) -> Iterator[Found]:
    name, word = column.name.text, _word(kind)
    if index.method == "fulltext" and kind.family is not Family.TEXT and kind.family is not Family.JSON:
        words = f"Column '{name}' cannot be part of FULLTEXT index (1283)"
        yield part.span, "FULLTEXT is for texts only", words, ()
    elif index.method == "spatial" and word not in _SPATIAL and kind.family is not Family.OTHER:
        yield part.span, f"SPATIAL is for geometries, and {name} is {kind.name.upper()}", "", ()
    elif index.method == "spatial" and word in _SPATIAL and column.nullable:
        words = "All parts of a SPATIAL index must be NOT NULL (1252)"
        yield part.span, f"{name} has to be NOT NULL for a SPATIAL index", words, ()
    elif part.prefix == 0:
        yield part.span, "a prefix has at least one character", f"Key part '{name}' length cannot be 0 (1391)", ()
    elif part.prefix is not None and index.method is None:
        yield from of_prefix(part.span, part.prefix, kind)


def of_prefix(span: Span, prefix: int, kind: ColumnType) -> Iterator[Found]:
    """A prefix of a number, or longer than the text."""
    words = "Incorrect prefix key; the used key part isn't a string, the used length is longer than the key part (1089)"
    word = _word(kind)
    whole = (
        kind.family is Family.INTEGER and kind.size is not None and prefix * 8 != kind.size
    )  # all of it is no prefix
    if whole or (word in _OF_TIME and prefix > 8):
        yield span, f"{kind.name.upper()} has no prefix: only texts do", words, ()
    elif word in ("char", "varchar", "binary", "varbinary") and kind.size is not None and prefix > kind.size:
        yield span, f"the prefix is longer than {kind.name.upper()}", words, ()


def of_checks(table: CreateTable) -> Iterator[Found]:
    """A check of a column that counts by itself. Versions without checks read over them."""
    automatic = {column.name for column in table.columns if column.identity}
    for check in table.checks if automatic else ():
        if (name := next((name for name, _ in check.mentions if name in automatic), None)) is not None:
            yield check.span, f"{name} has AUTO_INCREMENT, and no CHECK may speak of it", "", _CHECKED


def of_own_check(column: Column, checks: tuple[Check, ...]) -> Iterator[Found]:
    """MySQL: what stands with a column that is added speaks of no other."""
    for check in checks:
        if (name := next((name for name, _ in check.mentions if name != column.name), None)) is not None:
            words = "Column check constraint '…' references other column. (3813)"
            reason = f"a CHECK with {column.name} cannot speak of {name}: it has to stand behind a comma"
            yield check.span, reason, words, _ALONE


def _word(kind: ColumnType) -> str:
    return kind.name.split("(")[0].split(" ")[0].lower()
