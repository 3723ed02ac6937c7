"""A stretch of SQL to facts: statement by statement, with what USE, search_path and procedures leave behind."""

from __future__ import annotations

import re

from schemalint.collector import never
from schemalint.dialects import NameKind
from schemalint.model.facts import Fact, Invalid, Opaque
from schemalint.model.frozen import frozen
from schemalint.model.names import Name
from schemalint.model.objects import (
    Alone,
    CallRoutine,
    KeyChecks,
    LegacyRenames,
    RefreshView,
    Savepoint,
    SearchPath,
    Transaction,
)
from schemalint.model.span import Span
from schemalint.sql import refusals
from schemalint.sql.alone import WORDS as ALONE
from schemalint.sql.alone import read_alone
from schemalint.sql.batches import EXECUTES, read_batch
from schemalint.sql.blocks import read_do
from schemalint.sql.calls import CALLS, read_calls
from schemalint.sql.cursor import Script
from schemalint.sql.dispatch import BEARERS, read_statement
from schemalint.sql.dynamic import DDL, read_dynamic
from schemalint.sql.routines import read_routine
from schemalint.sql.rows import WRITES, read_rows
from schemalint.sql.search_path import search_path
from schemalint.sql.selects import GEOMETRY, INTO, SELECTS
from schemalint.sql.statements import LONE_DOLLAR, Statement, split
from schemalint.sql.tokens import WORD, Token, name_text, tokenize
from schemalint.sql.usual import read_usual
from schemalint.sql.variables import meet


@frozen
class Reading:
    """What a text says: its facts in order, how many statements it holds, and how many of them bear schema."""

    facts: tuple[Fact, ...]
    statements: int
    ddl: int


_LONE_BODY = re.compile(r"(?:DO|CREATE\b[^$;]*+)(?:\s*+LANGUAGE\s++\w++)?\s*+(\$)(?=[ \t]*+\r?+\n)", re.I)
_LONE_WHY = "a body stands between two marks of two dollars each, $$, and this is one dollar"
_NO_SCHEMA = frozenset({Alone, CallRoutine, RefreshView, Savepoint, SearchPath, Transaction})
_TRANSACTIONS = {"BEGIN": "BEGIN", "START": "BEGIN", "COMMIT": "COMMIT", "END": "COMMIT", "ROLLBACK": "ROLLBACK"}
_POINT = re.compile(
    r"(?:SAVEPOINT|ROLLBACK\s++(?:(?:WORK|TRANSACTION)\s++)?TO(?:\s++SAVEPOINT)?)\s++[\"`]?(\w++)", re.I
)
_LONE = re.compile(
    r"\s*+(?:BEGIN|COMMIT|END|ROLLBACK|START\s++TRANSACTION)(?:\s++(?:WORK|TRANSACTION))?\s*+;?\s*+", re.I
)
_USE = re.compile(r"(?:^|;)[ \t]*+USE[ \t]++([`\"\w$-]++)", re.I | re.M)
_MAKES_TYPE = re.compile(r"create\s++(?:type|domain)\s")
"""Looked for in lower case: what begins with letters, and has one beginning, is found at the speed of memory."""
_TYPES = re.compile(  # letter by letter is three times as fast as without regard to case
    r"[cC][rR][eE][aA][tT][eE]\s++(?i:TYPE|DOMAIN)\s++(?i:IF\s++NOT\s++EXISTS\s++)?([\w\".\[\]]++)"
    r"|(?i:sp_addtype)\s++N?'(\w++)'"  # SQL Server's older CREATE TYPE … FROM
)
_SEARCH_PATH = re.compile(r"SET\s++(?:SESSION\s++|LOCAL\s++)?SEARCH_PATH\b", re.I)
_RESET = re.compile(r"RESET\s++(?:SEARCH_PATH|ALL)\b", re.I)
_GROWS = re.compile(r"(@?\w++)\s*+:?=\s*+concat(?:_ws)?\s*+\([^()]{0,99}?(?<![\w@])\1(?!\w)", re.I)
_PRAGMA = re.compile(r"PRAGMA\s++(?:\w++\.)?(legacy_alter_table|foreign_keys)\s*+[=(]\s*+['\"]?(\w++)", re.I)
_KEY_CHECKS = re.compile(r"(?<!OLD_)(?<!@)\bFOREIGN_KEY_CHECKS\s*+:?=\s*+([@\w]++)", re.I)
_PROCEDURE_CALL = re.compile(r"\bEXEC(?:UTE)?\s++[\w\[@\"]", re.I)


@never
def read_script(script: Script, start: int, end: int, whole: bool = True, rows: bool = True) -> Reading:
    """Reads everything between two offsets of the script's text. `whole`: nothing that is not in the text is put behind it,
    so that a quote that is not closed is a mistake. `rows`: what is written and read is told too."""
    text, lexicon = script.text, script.lexicon
    script.in_code = not whole or script.base != 0 or script.pin is not None
    lowered = text[start:end].lower()  # words are looked for in it at the speed of memory
    if "sp_addtype" in lowered or _MAKES_TYPE.search(lowered) is not None:
        made_types = (
            (match[1] or match[2]).rpartition(".")[2].strip('"[]').lower()
            for match in _TYPES.finditer(text, start, end)
        )
        script.types = frozenset(made_types)
    if lexicon == "tsql":
        script.loose = "identity_insert" in lowered or "sp_bindefault" in lowered
    script.upserts = lexicon in ("postgres", "sqlite") and "conflict" in lowered
    script.queries = "select" in lowered
    if lexicon == "mysql" and "concat" in lowered:
        script.growing = frozenset(match[1].upper() for match in _GROWS.finditer(text, start, end))
    databases = (
        {match.group(1).strip('`"') for match in _USE.finditer(text, start, end)}
        if lexicon == "mysql" and ("use " in lowered or "use\t" in lowered)
        else set()
    )
    script.several = len(databases) > 1
    written: set[str] = set()  # how rows were written since the last statement that bore schema
    takes_back = lexicon in ("postgres", "sqlite") and ("rollback" in lowered or (not whole and _is_transaction(text)))
    unclosed: tuple[int, Span] | None = None
    lone_dollars = lexicon == "postgres" and LONE_DOLLAR.search(text, start, end) is not None
    lonely = lexicon == "postgres" and any(word in lowered for word in ALONE)
    if lexicon == "postgres" and (lonely or "concurrently" in lowered or "add value" in lowered):
        takes_back = True  # whether a transaction is open decides
    statements = ddl = 0
    for statement in split(text, start, end, lexicon):
        statements += 1
        if statement.unclosed is not None:
            unclosed = unclosed or (statement.unclosed, script.span(statement.start, statement.end))
        before = len(script.facts)
        head = statement.head
        if lonely:
            read_alone(script, statement.start, statement.end)
        if lone_dollars and head in ("DO", "CREATE") and (lone := _LONE_BODY.match(text, *statement[:2])) is not None:
            place, said = script.span(*lone.span(1)), script.span(statement.start, lone.end())
            script.facts.append(Invalid(place, said, _LONE_WHY, 'syntax error at or near "$"', line=lone[0].strip()))
            continue
        if head in WRITES:
            if rows and (whole or statement.unclosed is None):  # a text in code may be half of a statement
                read_rows(script, statement.start, statement.end, head, written)
                for part in refusals.rows(script, statement.start, statement.end, head) if whole else ():
                    behind = len(script.facts)
                    read_statement(script, part)
                    ddl += not _NO_SCHEMA.issuperset(map(type, script.facts[behind:]))
            if lexicon != "tsql":
                continue
        if lexicon == "postgres" and head in refusals.OTHERS and whole:
            refusals.others(script, statement.start, statement.end)
        if (
            takes_back
            and head in ("SAVEPOINT", "ROLLBACK")
            and (point := _POINT.match(text, *statement[:2])) is not None
        ):
            span = script.span(statement.start, statement.end)
            script.facts.append(Savepoint(span, span, point[1].lower(), back=head == "ROLLBACK"))
            continue
        if takes_back and head in _TRANSACTIONS:
            _transaction(script, statement.start, statement.end, head)
            continue
        if lexicon == "mysql" and head in ("PREPARE", "EXECUTE"):
            read_dynamic(script, tokenize(text, statement.start, statement.end, lexicon))
        elif head in BEARERS or head == "DO" or lexicon == "tsql":
            if lexicon == "tsql" and head not in _BATCHES and not _makes(text, statement):
                continue
            if read_usual(script, statement.start, statement.end, head):
                ddl += 1
                written.clear()
                continue
            tokens = tokenize(text, statement.start, statement.end, lexicon)
            if head == "DO":
                if lexicon in ("postgres", "generic"):
                    read_do(script, tokens)
            elif lexicon == "tsql" and not _is_module(tokens):
                read_batch(script, tokens)
            else:
                for part in refusals.apart(script, tokens) if whole else [tokens]:
                    read_statement(script, part)
                if head in ("CREATE", "ALTER"):
                    read_routine(script, tokens, before)
        elif head == "USE" and lexicon == "mysql":
            tokens = tokenize(text, statement.start, statement.end, lexicon)
            if len(tokens) > 2:
                name, quoted = name_text(text[tokens[1][2] : tokens[1][3]])
                script.schema = script.dialect.identifier(name, quoted, NameKind.SCHEMA)
        elif head == "SET":
            if lexicon == "mysql":
                _key_checks(script, statement.start, statement.end)
                if "@" in text[statement.start : statement.start + 12]:
                    tokens = tokenize(text, statement.start, statement.end, lexicon)
                    read_dynamic(script, tokens)
                    meet(script, tokens)
            elif lexicon == "postgres" and _SEARCH_PATH.match(text, statement.start, statement.end):
                schemas = search_path(script, tokenize(text, statement.start, statement.end, lexicon)[2:-1])
                _searched(script, statement, schemas)
        elif head == "CALL" and lexicon in ("mysql", "postgres"):
            tokens = tokenize(text, statement.start, statement.end, lexicon)
            read_calls(script, tokens)
            meet(script, tokens)
        elif head in SELECTS:
            if script.known and "@" in text[statement.start : statement.end]:
                meet(script, tokenize(text, statement.start, statement.end, lexicon))
            if lexicon == "postgres" and CALLS.search(text, statement.start, statement.end):
                read_calls(script, tokenize(text, statement.start, statement.end, lexicon))
            if INTO.search(text, statement.start, statement.end) or GEOMETRY.search(
                text, statement.start, statement.end
            ):
                tokens = tokenize(text, statement.start, statement.end, lexicon)
                if lexicon == "mysql":
                    read_dynamic(script, tokens)
                else:
                    read_statement(script, tokens)
        elif head == "RESET" and lexicon == "postgres" and _RESET.match(text, statement.start, statement.end):
            _searched(script, statement, ())
        elif head == "PRAGMA":
            _pragma(script, statement.start, statement.end)
        elif head in refusals.STRAYS:
            refusals.stray(script, statement.start, statement.end)
        elif not head and statement.unclosed is None and DDL.search(text, statement.start, statement.end):
            span = script.span(statement.start, statement.end)
            script.facts.append(Opaque(span, span, "no statement begins like this", None))
        if len(script.facts) > before:
            ddl += not _NO_SCHEMA.issuperset(map(type, script.facts[before:]))
            written.clear()
    if whole and unclosed is not None:
        _report_unclosed(script, *unclosed)
    return Reading(tuple(script.facts), statements, ddl)


def _report_unclosed(script: Script, at: int, statement: Span) -> None:
    """Says where a quote starts that swallowed the rest of the text, whatever stands there."""
    mark = script.text[at]
    what = "comment" if mark == "/" else "quoted name" if mark in _NAME_MARKS[script.lexicon] else "string"
    why = f"the {what} that starts here is never closed, so nothing behind it is read"
    script.facts.append(Opaque(script.span(at, at + 1), statement, why, None))


_NAME_MARKS = {"postgres": '"`', "mysql": "`", "sqlite": '"`[', "tsql": '"[', "generic": '"`'}


def _key_checks(script: Script, start: int, end: int) -> None:
    """MySQL: what a SET statement makes of `foreign_key_checks`; a value kept in a variable is the usual one, on."""
    for match in _KEY_CHECKS.finditer(script.text, start, end):
        statement = script.span(start, end)
        script.facts.append(KeyChecks(script.span(*match.span()), statement, match[1].upper() not in ("0", "OFF")))


def _pragma(script: Script, start: int, end: int) -> None:
    """SQLite: what a PRAGMA makes of `legacy_alter_table` or `foreign_keys`."""
    match = _PRAGMA.match(script.text, start, end)
    if match is not None and script.lexicon == "sqlite":
        on = match[2].upper() in ("ON", "1", "TRUE", "YES")
        made = LegacyRenames if match[1].lower() == "legacy_alter_table" else KeyChecks
        script.facts.append(made(script.span(*match.span()), script.span(start, end), on))


def _searched(script: Script, statement: Statement, schemas: tuple[Name | None, ...]) -> None:
    """postgres: what a new search_path makes of names without a schema."""
    script.schema = next(iter(schemas), None)
    if script.several or len(schemas) > 1:
        script.several = len(schemas) > 1
        span = script.span(statement.start, statement.end)
        script.facts.append(SearchPath(span, span, schemas if script.several else ()))


def _is_transaction(text: str) -> bool:
    """Whether code sends a text that only begins or ends a transaction: it says what the statements around it are in."""
    return _LONE.fullmatch(text) is not None


def _transaction(script: Script, start: int, end: int, head: str) -> None:
    words = script.text[start:end].upper().split()
    if "TO" not in words and (head != "START" or "TRANSACTION" in words):
        span = script.span(start, end)
        script.facts.append(Transaction(span, span, _TRANSACTIONS[head]))


_BATCHES = BEARERS | {"IF", "BEGIN", "WHILE"}
_MODULES = frozenset({"PROCEDURE", "PROC", "FUNCTION", "TRIGGER"})


_BEARING = ("CREATE", "ALTER", "DROP", "RENAME")


def _makes(text: str, statement: Statement) -> bool:
    """SQL Server: whether a batch that begins with something else may bear schema all the same."""
    start, end = statement.start, statement.end
    held = text[start:end].upper()  # words are looked for in it at the speed of memory
    if any(word in held for word in _BEARING) and DDL.search(text, start, end):
        return True
    if "EXEC" in held and (EXECUTES.search(text, start, end) or _PROCEDURE_CALL.search(text, start, end)):
        return True
    return statement.head not in WRITES and "INTO" in held and INTO.search(text, start, end) is not None


def _is_module(tokens: list[Token]) -> bool:
    """Whether a CREATE or ALTER is of a procedure, function or trigger, whose body (in SQL Server) fills the rest of its
    batch."""
    return any(token[1] in _MODULES and token[0] == WORD for token in tokens[1:4])
