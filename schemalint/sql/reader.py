"""A stretch of SQL to facts: statement by statement, with what USE, search_path and procedures leave behind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemalint.dialects import NameKind
from schemalint.model.facts import Fact, Guard, KeyChecks
from schemalint.model.names import Name
from schemalint.sql import refusals
from schemalint.sql.blocks import read_batch, read_do, read_dynamic, read_procedure
from schemalint.sql.cursor import Script
from schemalint.sql.dispatch import BEARERS, read_statement
from schemalint.sql.statements import split
from schemalint.sql.tokens import QUOTED, STRING, WORD, Token, name_text, tokenize


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: its facts in order, how many statements it holds, and how many of them bear schema."""

    facts: tuple[Fact, ...]
    statements: int
    ddl: int


_USE = re.compile(r"(?:^|;)[ \t]*+USE[ \t]++([`\"\w$-]++)", re.I | re.M)
_TYPES = re.compile(r"\bCREATE\s++(?:TYPE|DOMAIN)\s++(?:IF\s++NOT\s++EXISTS\s++)?([\w\".]++)", re.I)
_PROCEDURE = re.compile(r"CREATE\s++(?:OR\s++REPLACE\s++)?(?:DEFINER\s*+=\s*+\S++\s++)?PROCEDURE\b", re.I)
_SEARCH_PATH = re.compile(r"SET\s++(?:SESSION\s++|LOCAL\s++)?SEARCH_PATH\b", re.I)
_KEY_CHECKS = re.compile(r"(?<!OLD_)(?<!@)\bFOREIGN_KEY_CHECKS\s*+:?=\s*+([@\w]++)", re.I)
_ANYWHERE = frozenset({"public", "pg_catalog", "$user", "", "pg_temp"})


def read_script(script: Script, start: int, end: int, guard: Guard | None = None) -> Reading:
    """Reads everything between two offsets of the script's text."""
    text, lexicon = script.text, script.lexicon
    script.types = frozenset(
        match.group(1).rpartition(".")[2].strip('"').lower() for match in _TYPES.finditer(text, start, end)
    )
    databases = (
        {match.group(1).strip('`"') for match in _USE.finditer(text, start, end)} if lexicon == "mysql" else set()
    )
    script.several = len(databases) > 1
    procedures: dict[str, list[Token]] = {}
    statements = ddl = 0
    for statement in split(text, start, end, lexicon):
        statements += 1
        before = len(script.facts)
        head = statement.head
        if head in BEARERS or head == "DO" or lexicon == "tsql":
            if lexicon == "mysql" and head == "CREATE" and _PROCEDURE.match(text, statement.start, statement.end):
                tokens = tokenize(text, statement.start, statement.end, lexicon)
                procedures[_procedure_name(script, tokens)] = tokens
                continue
            if lexicon == "tsql" and head not in _BATCHES:
                continue
            tokens = tokenize(text, statement.start, statement.end, lexicon)
            if head == "DO":
                if lexicon in ("postgres", "generic"):
                    read_do(script, tokens)
            elif lexicon == "tsql" and not _is_module(tokens):
                read_batch(script, tokens)
            else:
                read_statement(script, tokens, guard)
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
        elif head in refusals.STRAYS:
            refusals.stray(script, statement.start, statement.end)
        elif head == "CALL" and procedures:
            tokens = tokenize(text, statement.start, statement.end, lexicon)
            called = procedures.get(_procedure_name(script, [tokens[0], *tokens]))
            if called is not None:
                read_procedure(script, called)
        ddl += len(script.facts) > before
    return Reading(tuple(script.facts), statements, ddl)


def _key_checks(script: Script, start: int, end: int) -> None:
    """MySQL: what a SET statement makes of `foreign_key_checks`; a value kept in a variable is the usual one, on."""
    for match in _KEY_CHECKS.finditer(script.text, start, end):
        statement = script.span(start, end)
        script.facts.append(KeyChecks(script.span(*match.span()), statement, match[1].upper() not in ("0", "OFF")))


_BATCHES = BEARERS | {"IF", "BEGIN", "WHILE"}
_MODULES = frozenset({"PROCEDURE", "PROC", "FUNCTION", "TRIGGER"})


def _is_module(tokens: list[Token]) -> bool:
    """SQL Server: a procedure, function or trigger, whose body fills the rest of its batch."""
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
