"""MySQL's table options and partitions, behind CREATE TABLE's columns and in ALTER TABLE.

Source: MySQL 8.4's manual, 15.1.20 "CREATE TABLE Statement" and 15.1.9.1 "ALTER TABLE Partition Operations".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from schemalint.model.described import AlterSettings
from schemalint.model.frozen import frozen
from schemalint.model.span import Span
from schemalint.sql.alter_column import Altered
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.key_options import text_here
from schemalint.sql.tokens import END, PUNCT, STRING, words

_KEPT = words(
    """
    ENGINE ROW_FORMAT KEY_BLOCK_SIZE STATS_PERSISTENT STATS_AUTO_RECALC STATS_SAMPLE_PAGES MAX_ROWS MIN_ROWS AVG_ROW_LENGTH
    CHECKSUM DELAY_KEY_WRITE PACK_KEYS COMPRESSION ENCRYPTION
    """
)
"""Options that are one word or text, beside those of letters and the comment."""
_ENDS_PARTITIONING = words("AS SELECT IGNORE REPLACE WITH TABLE VALUES")


@dataclass(slots=True)
class TableOptions:
    """What has been read of a table: see `Table`."""

    comment: str | None = None
    settings: dict[str, str] = field(default_factory=dict)


@frozen
class Partitioning:
    """`PARTITION BY`: the method with its numbers as written, and the partitions that are listed."""

    by: str
    partitions: tuple[tuple[str, str], ...]


def read_table_option(cursor: Cursor, made: TableOptions) -> bool:
    """Reads one option if one comes next that is kept."""
    start = cursor.at
    cursor.take("DEFAULT")
    if cursor.take("CHARSET") or cursor.take("CHARACTER", "SET"):
        made.settings["charset"] = _value(cursor).lower()
        return True
    if cursor.take("COLLATE"):
        made.settings["collate"] = _value(cursor).lower()
        return True
    cursor.at = start
    word = cursor.word()
    if word == "COMMENT" and (cursor.ahead(1)[0] == STRING or cursor.ahead(1)[1] == "="):
        cursor.at += 1
        cursor.take("=")
        if cursor.kind == STRING:
            made.comment = text_here(cursor)
        cursor.advance()
        return True
    if word not in _KEPT or (cursor.ahead(1)[0] in (PUNCT, END) and cursor.ahead(1)[1] != "="):
        return False
    cursor.at += 1
    made.settings[word.lower()] = _value(cursor)
    return True


def _value(cursor: Cursor) -> str:
    cursor.take("=")
    if cursor.done or cursor.kind == PUNCT:
        raise Unreadable("expected a value")
    start, end = cursor.advance()[2:]
    return cursor.text[start:end].strip("'\"`")


def read_partition_by(cursor: Cursor) -> Partitioning:
    """`PARTITION BY …`, with the partitions that it lists."""
    cursor.need("PARTITION", "BY")
    start = cursor.at
    while not cursor.done and cursor.word() not in _ENDS_PARTITIONING:
        if cursor.kind == PUNCT and cursor.value == "(":
            if cursor.word(1) == "PARTITION":
                break
            cursor.skip_parens()
        elif cursor.kind == PUNCT and cursor.value != "=":
            break
        else:
            cursor.at += 1
    return Partitioning(_one_line(cursor.raw(start, cursor.at)), _listed(cursor) if cursor.value == "(" else ())


def _one_line(text: str) -> str:
    """`RANGE (a)\\n SUBPARTITION …`, as it is written, in one line."""
    return " ".join(text.split()) if "'" not in text else text


def _listed(cursor: Cursor) -> tuple[tuple[str, str], ...]:
    """`(PARTITION name …, …)`."""
    cursor.need("(")
    found = []
    while True:
        start = cursor.at
        cursor.need("PARTITION")
        name = cursor.written()[0].lower()
        cursor.skip_item()
        found.append((name, cursor.raw(start, cursor.at)))
        if not cursor.take(","):
            break
    cursor.need(")")
    return tuple(found)


def read_altered_options(cursor: Cursor, table: Altered) -> bool:
    """Reads what ALTER TABLE says of options and partitions, if that comes next. Options need no commas between them."""
    start, span = cursor.at, cursor.span(cursor.at)
    made = TableOptions()
    convert = cursor.take("CONVERT", "TO")
    while read_table_option(cursor, made):
        convert = convert and cursor.word() in ("COLLATE", "CHARACTER", "CHARSET")
        if _next_is_partitioning(cursor):
            break
    said = made.comment is not None or bool(made.settings)
    if said:
        _emit(cursor, table, made, cursor.tokens[start][1] == "CONVERT")
    if _next_is_partitioning(cursor):
        _partitions(cursor, table, span)
        return True
    return said


def _next_is_partitioning(cursor: Cursor) -> bool:
    return cursor.word() in ("PARTITION", "REMOVE") or cursor.word(1) == "PARTITION"


def _emit(cursor: Cursor, table: Altered, made: TableOptions, convert: bool) -> None:
    cursor.emit(
        AlterSettings(
            table.span,
            cursor.statement,
            table.name,
            made.comment,
            tuple(made.settings.items()),
            convert,
            table_if_exists=table.if_exists,
            guard=cursor.guard,
        )
    )


_UNCHANGED = frozenset(
    {"TRUNCATE", "ANALYZE", "CHECK", "OPTIMIZE", "REBUILD", "REPAIR", "DISCARD", "IMPORT", "EXCHANGE"}
)
_NEEDED = frozenset({"TRUNCATE", "REBUILD", "EXCHANGE"})
"""Those of them that fail where the table has no such partition; the others only say so."""


def _partitions(cursor: Cursor, table: Altered, span: Span) -> None:
    """What becomes of the partitions. What follows is part of it: it can only stand last."""
    what, by = "unknown", None
    partitions: tuple[tuple[str, str], ...] = ()
    gone: tuple[tuple[str, Span], ...] = ()
    if cursor.word() == "PARTITION":
        made = read_partition_by(cursor)
        what, by, partitions = "by", made.by, made.partitions
    elif cursor.take("REMOVE", "PARTITIONING"):
        what = "remove"
    elif changed := cursor.take_any(_UNCHANGED):
        what = ""
        if changed in _NEEDED and cursor.take("PARTITION") and cursor.word() != "ALL":
            what, gone = "need", _names(cursor)
    elif cursor.take("ADD", "PARTITION"):
        cursor.take("IF", "NOT", "EXISTS")
        what, partitions = ("add", _listed(cursor)) if cursor.value == "(" else ("number", ())
    elif cursor.take("COALESCE", "PARTITION"):
        what = "coalesce"
    elif cursor.take("DROP", "PARTITION") or cursor.take("REORGANIZE", "PARTITION"):
        drops = cursor.tokens[cursor.at - 2][1] == "DROP"
        cursor.take("IF", "EXISTS")
        gone = _names(cursor)
        if drops:
            what = "drop"
        elif cursor.take("INTO"):
            what, partitions = "reorganize", _listed(cursor)
    cursor.at = len(cursor.tokens) - 1
    cursor.emit(
        AlterSettings(
            table.span,
            cursor.statement,
            table.name,
            partitioning=what,
            partition_by=by,
            partitions=partitions,
            gone=gone,
            table_if_exists=table.if_exists,
            guard=cursor.guard,
        )
    )


def _names(cursor: Cursor) -> tuple[tuple[str, Span], ...]:
    found = []
    while cursor.kind != END and cursor.is_name() and cursor.word() != "INTO":
        text, _, span = cursor.written()
        found.append((text.lower(), span))
        if not cursor.take(","):
            break
    return tuple(found)
