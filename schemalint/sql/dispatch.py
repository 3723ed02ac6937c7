"""One statement by its first words to the reader that knows it. What bears no schema is stepped over in silence."""

from __future__ import annotations

from collections.abc import Callable

from schemalint.model.clauses import Guard
from schemalint.model.facts import CreateTable, DropTable, Fact, Opaque
from schemalint.model.names import TableName
from schemalint.sql import refusals
from schemalint.sql.alter_table import read_alter_table
from schemalint.sql.create_table import read_create_table
from schemalint.sql.cursor import Cursor, Script, Unreadable
from schemalint.sql.objects import (
    read_alter_index,
    read_comment,
    read_create_index,
    read_drop,
    read_rename,
)
from schemalint.sql.selects import SELECTS, read_select
from schemalint.sql.sp_rename import read_sp_rename
from schemalint.sql.things import read_alter_named, read_create_named, starts_named
from schemalint.sql.tokens import END, PUNCT, WORD, Token, words
from schemalint.sql.user_types import read_alter_domain, read_alter_type, read_create_type, read_sp_addtype
from schemalint.sql.view_statements import read_alter_view, read_create_view, read_refresh

BEARERS = frozenset({"CREATE", "ALTER", "DROP", "RENAME", "COMMENT", "REFRESH", "EXEC", "EXECUTE", "SP_RENAME"})
"""First words of statements that may bear schema."""
_MODIFIERS = words(
    """
    OR REPLACE TEMP TEMPORARY UNLOGGED GLOBAL LOCAL FOREIGN VIRTUAL UNIQUE FULLTEXT SPATIAL CLUSTERED NONCLUSTERED
    MATERIALIZED RECURSIVE FORCE ALTER COLUMNSTORE XML PRIMARY IGNORE ONLINE OFFLINE EXTERNAL
    """
)
_BEFORE_ALTERED = frozenset({"IGNORE", "ONLINE", "OFFLINE", "FOREIGN"})
_NOUNS = frozenset({"TABLE", "INDEX", "VIEW", "TYPE", "DOMAIN"})
_NO_SCHEMA = words(
    """
    ROLE POLICY DATABASE USER RULE AGGREGATE CAST
    COLLATION CONVERSION EVENT LANGUAGE OPERATOR PUBLICATION SERVER STATISTICS SUBSCRIPTION TABLESPACE TEXT
    TRANSFORM ACCESS GROUP LOGFILE SYNONYM LOGIN CERTIFICATE SYMMETRIC ASYMMETRIC MASTER PARTITION CATALOG
    ASSEMBLY QUEUE SERVICE MESSAGE CONTRACT PACKAGE DEFINER CONSTRAINT DEFAULT TRUSTED PROCEDURAL SECURITY
    CREDENTIAL KEY RESOURCE ROUTE UNDO AVAILABILITY BROKER ENDPOINT APPLICATION DATATYPE SYSTEM LARGE STOGROUP
    INSTANCE PROFILE BINARY DIRECTORY DIMENSION EDITION DATA FLASHBACK LIBRARY OUTLINE SEARCH SELECTIVE SENSITIVITY
    SOFT SQL REMOTE STREAM TASK WAREHOUSE STAGE PIPE FILE CHANGEFEED WORKLOAD ALGORITHM
    """
)


def read_statement(script: Script, tokens: list[Token], guard: Guard | None = None) -> None:
    """Emits the facts of one statement; `tokens` end with END."""
    if len(tokens) < 2:
        return
    statement = script.span(tokens[0][2], tokens[-2][3])
    cursor = Cursor(script, tokens, statement, guard)
    before = len(script.facts)
    try:
        _read(cursor)
    except Unreadable as trouble:
        cursor.emit(Opaque(statement, statement, str(trouble), _touched(cursor), guard))
    if cursor.family == "tsql" and "#" in script.text[tokens[0][2] : tokens[-2][3]]:
        script.facts[before:] = [fact for fact in script.facts[before:] if not _of_session(fact)]
    refusals.statement(cursor, tokens, before)


def _of_session(fact: Fact) -> bool:
    """SQL Server: whether a fact changes a temporary table, which is gone when its session or procedure ends."""
    table = getattr(fact, "table", None)
    return table is not None and table.name.text.startswith("#") and not isinstance(fact, CreateTable)


def _read(cursor: Cursor) -> None:
    word = cursor.word()
    reader = _READERS.get(word)
    if reader is not None:
        cursor.at += 1
        reader(cursor)
    elif word in SELECTS:
        read_select(cursor)
    elif cursor.family == "tsql" and word in ("EXEC", "EXECUTE", "SP_RENAME"):
        cursor.at += word != "SP_RENAME"
        cursor.take("SYS", ".")
        if cursor.take("SP_RENAME"):
            read_sp_rename(cursor)
        elif cursor.take("SP_ADDTYPE"):
            read_sp_addtype(cursor)


def _create(cursor: Cursor) -> None:
    modifiers: dict[str, None] = {}
    while True:
        word = cursor.word()
        if word in ("ALGORITHM", "DEFINER", "SQL"):  # MySQL's views: … = …, SQL SECURITY …
            _view_option(cursor, word)
        elif word == "CONSTRAINT" and cursor.word(1) == "TRIGGER":
            cursor.at += 1
        elif word in _MODIFIERS and not (word == "PRIMARY" and cursor.word(1) != "XML"):
            modifiers[word] = None
            cursor.at += 1
        else:
            break
    keyword = cursor.at
    noun = cursor.take_any(_NOUNS)
    if noun == "TABLE":
        if "REPLACE" in modifiers:
            table, span = cursor.qualified()
            cursor.emit(DropTable(span, cursor.statement, table, True, guard=cursor.guard))
            cursor.at = keyword + 1
        temporary = "TEMP" in modifiers or "TEMPORARY" in modifiers
        read_create_table(cursor, temporary, "VIRTUAL" in modifiers, "UNLOGGED" in modifiers)
    elif noun == "INDEX":
        kind = next((word for word in ("FULLTEXT", "SPATIAL", "COLUMNSTORE", "XML") if word in modifiers), "")
        clustered = True if "CLUSTERED" in modifiers else False if "NONCLUSTERED" in modifiers else None
        read_create_index(cursor, "UNIQUE" in modifiers, kind, keyword, clustered)
    elif noun == "VIEW":
        temporary = "TEMP" in modifiers or "TEMPORARY" in modifiers
        recursive = "RECURSIVE" in modifiers
        read_create_view(cursor, "MATERIALIZED" in modifiers, "OR" in modifiers, temporary, recursive=recursive)
    elif noun in ("TYPE", "DOMAIN"):
        if not cursor.done and cursor.word() != "BODY":
            read_create_type(cursor, noun == "DOMAIN")
    elif (kind_of := starts_named(cursor)) is not None:
        temporary = "TEMP" in modifiers or "TEMPORARY" in modifiers
        read_create_named(cursor, kind_of, "OR" in modifiers, temporary)
    elif cursor.word() not in _NO_SCHEMA and not cursor.done:
        raise Unreadable(f"unknown CREATE {cursor.raw(cursor.at, cursor.at + 1)[:40]}")


def _view_option(cursor: Cursor, word: str) -> None:
    cursor.at += 1
    if word == "SQL":
        cursor.need("SECURITY")
        cursor.advance()
        return
    cursor.need("=")
    cursor.advance()
    if word == "DEFINER":
        if cursor.take("@"):  # `root`@`localhost`; an unquoted host comes in one word with its @
            cursor.advance()
        elif cursor.word().startswith("@"):
            cursor.at += 1
        while cursor.value in (".", "-", "%", "(", ")") and cursor.kind == PUNCT:
            cursor.at += 1
            if cursor.ahead(0)[0] == WORD and cursor.tokens[cursor.at - 1][1] in (".", "-"):
                cursor.at += 1


def _alter(cursor: Cursor) -> None:
    while cursor.take_any(_BEFORE_ALTERED):
        pass
    while cursor.word() in ("ALGORITHM", "DEFINER", "SQL"):
        _view_option(cursor, cursor.word())
    if cursor.take("TABLE"):
        read_alter_table(cursor)
    elif cursor.take("INDEX"):
        read_alter_index(cursor)
    elif cursor.take("TYPE"):
        read_alter_type(cursor)
    elif cursor.take("DOMAIN"):
        read_alter_domain(cursor)
    elif cursor.take("VIEW"):
        read_alter_view(cursor, False)
    elif cursor.take("MATERIALIZED", "VIEW"):
        read_alter_view(cursor, True)
    elif (kind := starts_named(cursor)) is not None:
        read_alter_named(cursor, kind)


def _touched(cursor: Cursor) -> tuple[TableName, ...] | None:
    """The table an unreadable statement works on: behind TABLE, or ON for an index; None when it cannot be told."""
    for word in ("TABLE", "ON"):
        cursor.at = 0
        while cursor.word() != word and cursor.tokens[cursor.at][0] != END and cursor.at < 16:
            cursor.at += 1
        if cursor.word() != word:
            continue
        cursor.at += 1
        cursor.take("IF", "NOT", "EXISTS")
        cursor.take("IF", "EXISTS")
        cursor.take("ONLY")
        try:
            table, _ = cursor.qualified()
        except Unreadable:
            continue
        return None if cursor.kind == PUNCT and cursor.value in ("{", "$", ":", "%", "-") else (table,)
    return None


_READERS: dict[str, Callable[[Cursor], None]] = {
    "CREATE": _create,
    "ALTER": _alter,
    "DROP": read_drop,
    "COMMENT": read_comment,
    "RENAME": read_rename,
    "REFRESH": read_refresh,
}
