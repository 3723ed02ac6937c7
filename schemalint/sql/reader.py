"""A stretch of SQL to facts: statement by statement, with what USE, search_path and procedures leave behind."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from schemalint.collector import never
from schemalint.dialects import NameKind
from schemalint.model.facts import Fact, Opaque
from schemalint.model.names import Name
from schemalint.model.objects import KeyChecks, LegacyRenames, Transaction
from schemalint.model.span import Span
from schemalint.sql import refusals
from schemalint.sql.batches import EXECUTES, read_batch
from schemalint.sql.blocks import read_do, read_procedure
from schemalint.sql.cursor import Script
from schemalint.sql.dispatch import BEARERS, read_statement
from schemalint.sql.dynamic import DDL, read_dynamic
from schemalint.sql.rows import WRITES, read_rows
from schemalint.sql.selects import GEOMETRY, INTO, SELECTS
from schemalint.sql.statements import Statement, split
from schemalint.sql.tokens import QUOTED, STRING, WORD, Token, name_text, tokenize


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: its facts in order, how many statements it holds, and how many of them bear schema."""

    facts: tuple[Fact, ...]
    statements: int
    ddl: int


_ROLLBACKS = ("ROLLBACK", "rollback", "Rollback")
"""How the word is written; looked for at the speed of memory."""
_TRANSACTIONS = {"BEGIN": "BEGIN", "START": "BEGIN", "COMMIT": "COMMIT", "END": "COMMIT", "ROLLBACK": "ROLLBACK"}
_USE = re.compile(r"(?:^|;)[ \t]*+USE[ \t]++([`\"\w$-]++)", re.I | re.M)
_TYPES = re.compile(  # letter by letter is three times as fast as without regard to case
    r"[cC][rR][eE][aA][tT][eE]\s++(?i:TYPE|DOMAIN)\s++(?i:IF\s++NOT\s++EXISTS\s++)?([\w\".]++)"
)
_PROCEDURE = re.compile(r"CREATE\s++(?:OR\s++REPLACE\s++)?(?:DEFINER\s*+=\s*+\S++\s++)?PROCEDURE\b", re.I)
_SEARCH_PATH = re.compile(r"SET\s++(?:SESSION\s++|LOCAL\s++)?SEARCH_PATH\b", re.I)
_LEGACY = re.compile(r"PRAGMA\s++(?:\w++\.)?legacy_alter_table\s*+[=(]\s*+['\"]?(\w++)", re.I)
_KEY_CHECKS = re.compile(r"(?<!OLD_)(?<!@)\bFOREIGN_KEY_CHECKS\s*+:?=\s*+([@\w]++)", re.I)
_ROUTINE = re.compile(
    r"CREATE\s++(?:OR\s++REPLACE\s++)?(?:FUNCTION|PROCEDURE)\s++(?:[\w\"]++\s*+\.\s*+)?\"?+(\w++)\"?+\s*+\(", re.I
)
_CALLS = re.compile(r"(?<![\w$])\"?(\w++)\"?\s*+\(")
_PROC = re.compile(
    r"(?:CREATE|ALTER)\s++(?:OR\s++ALTER\s++)?PROC(?:EDURE)?\s++(?>(?:[\w\[\]\"]++\s*+\.\s*+)*)[\[\"]?+(\w++)", re.I
)
_EXECUTED = re.compile(
    r"\bEXEC(?:UTE)?\s++(?:@\w++\s*+=\s*+)?(?:\[?+\w++\]?+\s*+\.\s*+)*\[?+(\w++)(?!\]?+\s*+\.)", re.I
)
_MOST_CALLS = 10  # every call says the same again, in the same places
_ANYWHERE = frozenset({"public", "pg_catalog", "$user", "", "pg_temp"})


@never
def read_script(script: Script, start: int, end: int, whole: bool = True) -> Reading:
    """Reads everything between two offsets of the script's text. `whole`: nothing that is not in the text is put behind it,
    so that a quote that is not closed is a mistake."""
    text, lexicon = script.text, script.lexicon
    script.in_code = not whole or script.base != 0 or script.pin is not None
    lowered = text[start:end].lower()  # words are looked for in it at the speed of memory
    if "type" in lowered or "domain" in lowered:
        made_types = (
            match.group(1).rpartition(".")[2].strip('"').lower() for match in _TYPES.finditer(text, start, end)
        )
        script.types = frozenset(made_types)
    databases = (
        {match.group(1).strip('`"') for match in _USE.finditer(text, start, end)}
        if lexicon == "mysql" and ("use " in lowered or "use\t" in lowered)
        else set()
    )
    script.several = len(databases) > 1
    procedures: dict[str, list[Token]] = {}
    makers: set[str] = set()  # functions and procedures of postgres and SQL Server whose bodies bear schema
    written: set[str] = set()  # how rows were written since the last statement that bore schema
    takes_back = lexicon in ("postgres", "sqlite") and any(word in text for word in _ROLLBACKS)
    calls: Counter[str] = Counter()
    unclosed: tuple[int, Span] | None = None
    statements = ddl = 0
    for statement in split(text, start, end, lexicon):
        statements += 1
        if statement.unclosed is not None:
            unclosed = unclosed or (statement.unclosed, script.span(statement.start, statement.end))
        before = len(script.facts)
        head = statement.head
        if head in WRITES:
            if whole:  # a text in code may be half of a statement
                read_rows(script, statement.start, statement.end, head, written)
            if lexicon != "tsql":
                continue
        if takes_back and head in _TRANSACTIONS:
            _transaction(script, statement.start, statement.end, head)
            continue
        if lexicon == "mysql" and head in ("PREPARE", "EXECUTE"):
            read_dynamic(script, tokenize(text, statement.start, statement.end, lexicon))
        elif head in BEARERS or head == "DO" or lexicon == "tsql":
            if lexicon == "mysql" and head == "CREATE" and _PROCEDURE.match(text, statement.start, statement.end):
                tokens = tokenize(text, statement.start, statement.end, lexicon)
                procedures[_procedure_name(script, tokens)] = tokens
                continue
            if lexicon == "tsql" and head not in _BATCHES and not _makes(text, statement):
                if makers:
                    _call(script, statement, makers, _EXECUTED)
                continue
            tokens = tokenize(text, statement.start, statement.end, lexicon)
            if (made := _maker(text, statement, tokens, lexicon)) is not None:
                makers.add(made)
            if head == "DO":
                if makers:
                    _call(script, statement, makers)
                if lexicon in ("postgres", "generic"):
                    read_do(script, tokens)
            elif lexicon == "tsql" and not _is_module(tokens):
                read_batch(script, tokens)
                if makers:
                    _call(script, statement, makers, _EXECUTED)
            else:
                read_statement(script, tokens)
        elif head == "USE" and lexicon == "mysql":
            tokens = tokenize(text, statement.start, statement.end, lexicon)
            if len(tokens) > 2:
                name, quoted = name_text(text[tokens[1][2] : tokens[1][3]])
                script.schema = script.dialect.identifier(name, quoted, NameKind.SCHEMA)
        elif head == "SET":
            if lexicon == "mysql":
                _key_checks(script, statement.start, statement.end)
                if "@" in text[statement.start : statement.start + 12]:
                    read_dynamic(script, tokenize(text, statement.start, statement.end, lexicon))
            elif lexicon == "postgres" and _SEARCH_PATH.match(text, statement.start, statement.end):
                script.schema = _search_path(script, tokenize(text, statement.start, statement.end, lexicon))
        elif head in SELECTS or (head == "CALL" and lexicon == "postgres"):
            if makers:
                _call(script, statement, makers)
            if INTO.search(text, statement.start, statement.end) or GEOMETRY.search(
                text, statement.start, statement.end
            ):
                tokens = tokenize(text, statement.start, statement.end, lexicon)
                if lexicon == "mysql":
                    read_dynamic(script, tokens)
                else:
                    read_statement(script, tokens)
        elif head == "PRAGMA":
            _pragma(script, statement.start, statement.end)
        elif head in refusals.STRAYS:
            refusals.stray(script, statement.start, statement.end)
        elif not head and statement.unclosed is None and DDL.search(text, statement.start, statement.end):
            span = script.span(statement.start, statement.end)
            script.facts.append(Opaque(span, span, "no statement begins like this", None))
        elif head == "CALL" and procedures:
            tokens = tokenize(text, statement.start, statement.end, lexicon)
            called = _procedure_name(script, [tokens[0], *tokens])
            calls[called] += 1
            if called in procedures and calls[called] <= _MOST_CALLS:
                read_procedure(script, procedures[called])
        if len(script.facts) > before:
            ddl += 1
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
    """SQLite: what a PRAGMA makes of `legacy_alter_table`."""
    match = _LEGACY.match(script.text, start, end)
    if match is not None and script.lexicon == "sqlite":
        on = match[1].upper() in ("ON", "1", "TRUE", "YES")
        script.facts.append(LegacyRenames(script.span(*match.span()), script.span(start, end), on))


def _transaction(script: Script, start: int, end: int, head: str) -> None:
    words = script.text[start:end].upper().split()
    if "TO" not in words and (head != "START" or "TRANSACTION" in words):
        span = script.span(start, end)
        script.facts.append(Transaction(span, span, _TRANSACTIONS[head]))


_BATCHES = BEARERS | {"IF", "BEGIN", "WHILE"}
_MODULES = frozenset({"PROCEDURE", "PROC", "FUNCTION", "TRIGGER"})


def _maker(text: str, statement: Statement, tokens: list[Token], lexicon: str) -> str | None:
    """The name of a function or procedure that makes or changes tables when it is called."""
    pattern = {"postgres": _ROUTINE, "tsql": _PROC}.get(lexicon)
    if pattern is None or not _is_module(tokens):
        return None
    routine = pattern.match(text, statement.start, statement.end)
    if routine is None:
        return None
    bears = any(
        lexicon != "tsql"
        or "#" not in text[found.end() : found.end() + 100].partition("(")[0]  # gone with the procedure
        for found in DDL.finditer(text, routine.end(), statement.end)
    )
    return routine[1].lower() if bears else None


def _call(script: Script, statement: Statement, makers: set[str], calls: re.Pattern[str] = _CALLS) -> None:
    """Says where such a function is called: what it does depends on what it is given."""
    for match in calls.finditer(script.text, statement.start, statement.end):
        if match[1].lower() in makers:
            span, why = script.span(*match.span(1)), f"{match[1]}() may make or change tables"
            script.facts.append(Opaque(span, script.span(statement.start, statement.end), why, None))
            return


_BEARING = ("CREATE", "ALTER", "DROP", "RENAME")


def _makes(text: str, statement: Statement) -> bool:
    """SQL Server: whether a batch that begins with something else may bear schema all the same."""
    start, end = statement.start, statement.end
    held = text[start:end].upper()  # words are looked for in it at the speed of memory
    if any(word in held for word in _BEARING) and DDL.search(text, start, end):
        return True
    if "EXEC" in held and EXECUTES.search(text, start, end):
        return True
    return statement.head not in WRITES and "INTO" in held and INTO.search(text, start, end) is not None


def _is_module(tokens: list[Token]) -> bool:
    """Whether a CREATE or ALTER is of a procedure, function or trigger, whose body (in SQL Server) fills the rest of its
    batch."""
    return any(token[1] in _MODULES and token[0] == WORD for token in tokens[1:4])


def _procedure_name(script: Script, tokens: list[Token]) -> str:
    """The name behind PROCEDURE, or the second token after CALL, folded."""
    at = next((n for n, token in enumerate(tokens) if token[1] == "PROCEDURE" and token[0] == WORD), 1)
    for _ in range(3):
        if at + 3 < len(tokens) and tokens[at + 2][1] == ".":
            at += 2
        elif at + 3 < len(tokens) and [token[1] for token in tokens[at + 1 : at + 4]] == ["IF", "NOT", "EXISTS"]:
            at += 3
    token = tokens[min(at + 1, len(tokens) - 1)]
    return name_text(script.text[token[2] : token[3]])[0].lower()


def _search_path(script: Script, tokens: list[Token]) -> Name | None:
    """The schema that unqualified names belong to; None for the usual one."""
    for kind, value, start, end in tokens[2:-1]:
        if (kind == WORD and value not in ("TO", "SEARCH_PATH", "SESSION", "LOCAL", "DEFAULT")) or kind == QUOTED:
            name, quoted = name_text(script.text[start:end])
        elif kind == STRING:
            name, quoted = script.text[start + 1 : end - 1], True
        else:
            continue
        if name.lower() in _ANYWHERE:
            if name.lower() == "public":
                return None
            continue
        return script.dialect.identifier(name, quoted, NameKind.SCHEMA)
    return None
