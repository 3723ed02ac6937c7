"""ALTER TABLE as it is usually written: columns that are added with what is known, constraints, and changes of one column."""

from __future__ import annotations

import re
from collections.abc import Callable

from schemalint.dialects import NameKind
from schemalint.model.facts import AddColumn, AddConstraint, AlterColumn, DropColumn, Fact
from schemalint.model.frozen import frozen, replace
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Check, Expr, ForeignKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.sql.cursor import Script
from schemalint.sql.expressions import expression, skip_expression
from schemalint.sql.parts import Parts
from schemalint.sql.references import read_check
from schemalint.sql.refusals.shapes import COLUMNS
from schemalint.sql.sequences import is_sequence
from schemalint.sql.tails import say_at, tail_at
from schemalint.sql.usual.forms import FLAGS, NAME, Form, Key, Names, Unusual, list_of, table_of

_BEHIND = re.compile(r"\s*+(?:(,)\s*+|\Z)")
_REACTION = r"(CASCADE|RESTRICT|NO\s++ACTION|SET\s++NULL|SET\s++DEFAULT)\b"


@frozen
class _Altered:
    """The table that a statement alters, and where the statement ends."""

    script: Script
    names: Names
    statement: Span
    end: int
    table: TableName
    if_exists: bool
    only: bool


_Action = tuple[Key, Fact, int]
"""What an action adds to the key, its fact, and where it ends."""


def alter_table(family: str, asked: frozenset[str]) -> Form:
    """`ALTER TABLE [IF EXISTS] [ONLY] table action, …`."""
    name, names = NAME[family], Names(family, asked)
    before = r"(IF\s++EXISTS\s++)?(ONLY\s++)?" if family == "postgres" else "()()"
    begins = re.compile(rf"ALTER\s++TABLE\s++{before}{table_of(name)}\s++", FLAGS).match
    actions = re.compile("|".join(rf"(?P<{kind}>{form})" for kind, form in _actions(family, name)), FLAGS)
    groups, next_action = actions.groupindex, actions.match

    def read(script: Script, match: re.Match[str], end: int, statement: Span) -> tuple[Key, list[Fact]]:
        table, _, key = names.table(script, match, 3)
        altered = _Altered(script, names, statement, end, table, bool(match[1]), bool(match[2]))
        key = ("ALTER TABLE IF EXISTS" if match[1] else "ALTER TABLE", "ONLY" if match[2] else "", *key)
        facts: list[Fact] = []
        at = match.end()
        while True:
            action = next_action(script.text, at, end)
            if action is None or action.lastgroup is None:
                raise Unusual
            words, fact, at = _READERS[action.lastgroup](altered, action, groups[action.lastgroup] + 1)
            key += words
            facts.append(fact)
            behind = _BEHIND.match(script.text, at, end)
            if behind is None:
                raise Unusual
            if behind[1] is None:
                return key, facts
            key += (",",)
            at = behind.end()

    return Form("ALTER", begins, read)


def _actions(family: str, name: str) -> list[tuple[str, str]]:
    """The actions that are read here, each with its expression."""
    guard = r"(IF\s++NOT\s++EXISTS\s++)?" if family == "postgres" else "()"
    add = ("add", rf"ADD\s++(COLUMN\s++)?{guard}({name})(?=\s)")
    columns = rf"\(\s*+({list_of(name)})\s*+\)"
    added = rf"ADD\s++CONSTRAINT\s++({name})\s++"
    foreign = (
        "foreign",
        rf"{added}FOREIGN\s++KEY\s*+{columns}\s*+REFERENCES\s++{table_of(name)}\s*+{columns}"
        rf"(?>(?:\s*+ON\s++DELETE\s++{_REACTION})?)(?>(?:\s*+ON\s++UPDATE\s++{_REACTION})?)",
    )
    if family == "sqlite":
        return [add]
    if family == "mysql":
        return [foreign, add]
    return [
        foreign,
        ("unique", rf"{added}UNIQUE\s*+{columns}"),
        ("check", rf"{added}(?=CHECK\b)"),
        ("drop", rf"DROP\s++COLUMN\s++(IF\s++EXISTS\s++)?({name})(?>(\s++CASCADE\b)?)"),
        ("default", rf"ALTER\s++COLUMN\s++({name})\s++SET\s++DEFAULT\s++"),
        ("change", rf"ALTER\s++COLUMN\s++({name})\s++(SET\s++NOT\s++NULL|DROP\s++NOT\s++NULL|DROP\s++DEFAULT)\b"),
        add,
    ]


def _add(altered: _Altered, match: re.Match[str], group: int) -> _Action:
    script, at = altered.script, match.end()
    column, span, _ = altered.names.column(script, match, group + 2)
    tail = tail_at(script, at, altered.end + 1)
    if tail is None or not tail.quiet or tail.primary_key is not None:
        raise Unusual
    parts = Parts()
    made = say_at(tail, script.path, at + script.base, column, span, parts)
    guarded = bool(match[group + 1])
    key = ("ADD COLUMN" if match[group] else "ADD", "IF NOT EXISTS" if guarded else "", COLUMNS)
    fact = AddColumn(
        span,
        altered.statement,
        altered.table,
        made,
        None,
        tuple(parts.uniques),
        tuple(parts.foreign_keys),
        tuple(parts.checks),
        if_not_exists=guarded,
        table_if_exists=altered.if_exists,
    )
    return key, fact, at + tail.length


def _foreign(altered: _Altered, match: re.Match[str], group: int) -> _Action:
    script, names = altered.script, altered.names
    name, span, kind = _constraint(altered, match, group)
    columns, mine = names.columns(script, match, group + 1)
    target, target_span, there = names.table(script, match, group + 2)
    wanted, theirs = names.columns(script, match, group + 4)
    deleted, updated = _reaction(match[group + 5]), _reaction(match[group + 6])
    made = ForeignKey(
        name,
        tuple(column for column, _ in columns),
        target,
        tuple(column for column, _ in wanted),
        span,
        target_span,
        deleted,
        updated,
    )
    key = (
        "ADD CONSTRAINT",
        kind,
        "FOREIGN KEY (",
        *mine,
        ") REFERENCES",
        *there,
        "(",
        *theirs,
        ")",
        f"ON DELETE {deleted}" if deleted else "",
        f"ON UPDATE {updated}" if updated else "",
    )
    return key, _added(altered, made), match.end()


def _reaction(written: str | None) -> str | None:
    return None if written is None else " ".join(written.upper().split())


def _unique(altered: _Altered, match: re.Match[str], group: int) -> _Action:
    name, span, kind = _constraint(altered, match, group)
    columns, mine = altered.names.columns(altered.script, match, group + 1)
    made = UniqueConstraint(name, tuple(column for column, _ in columns), span, tuple(where for _, where in columns))
    return ("ADD CONSTRAINT", kind, "UNIQUE (", *mine, ")"), _added(altered, made), match.end()


def _check(altered: _Altered, match: re.Match[str], group: int) -> _Action:
    name, span, kind = _constraint(altered, match, group)
    cursor, words = altered.names.rest(altered.script, altered.statement, match.end(), altered.end)
    cursor.at = 1
    made = read_check(cursor, name, 0)
    if not cursor.done:
        raise Unusual
    return ("ADD CONSTRAINT", kind, *words), _added(altered, replace(made, span=span)), altered.end


def _constraint(altered: _Altered, match: re.Match[str], group: int) -> tuple[Name, Span, int]:
    """The name of a new constraint, where it stands, and its kind."""
    text, quoted, kind = altered.names.written(match[group])
    name = altered.script.dialect.identifier(text, quoted, NameKind.CONSTRAINT)
    return name, altered.script.span(*match.span(group)), kind


def _added(altered: _Altered, made: ForeignKey | UniqueConstraint | Check) -> AddConstraint:
    return AddConstraint(
        made.span,
        altered.statement,
        altered.table,
        made,
        table_if_exists=altered.if_exists,
        only=altered.only,
    )


def _drop(altered: _Altered, match: re.Match[str], group: int) -> _Action:
    column, span, kind = altered.names.column(altered.script, match, group + 1)
    exists, cascade = match[group] is not None, match[group + 2] is not None
    fact = DropColumn(span, altered.statement, altered.table, column, exists, cascade, altered.if_exists)
    return ("DROP COLUMN IF EXISTS" if exists else "DROP COLUMN", kind, "CASCADE" if cascade else ""), fact, match.end()


def _default(altered: _Altered, match: re.Match[str], group: int) -> _Action:
    column, span, kind = altered.names.column(altered.script, match, group)
    cursor, words = altered.names.rest(altered.script, altered.statement, match.end(), altered.end)
    end = skip_expression(cursor, frozenset())
    if end != len(cursor.tokens) - 1 or end == 0 or is_sequence(cursor, 0) or cursor.raw(0, end).upper() == "NULL":
        raise Unusual
    fact = _changed(altered, column, span, default=expression(cursor, 0, end))
    return ("ALTER COLUMN", kind, "SET DEFAULT", *words), fact, altered.end


def _change(altered: _Altered, match: re.Match[str], group: int) -> _Action:
    column, span, kind = altered.names.column(altered.script, match, group)
    change = " ".join(match[group + 1].upper().split())
    return ("ALTER COLUMN", kind, change), _changed(altered, column, span, nullable=_NULLABLE[change]), match.end()


_NULLABLE = {"SET NOT NULL": False, "DROP NOT NULL": True, "DROP DEFAULT": None}


def _changed(
    altered: _Altered, column: Name, span: Span, default: Expr | None = None, nullable: bool | None = None
) -> AlterColumn:
    """A change of one column; one that says nothing takes its default away."""
    return AlterColumn(
        span,
        altered.statement,
        altered.table,
        column,
        None,
        nullable,
        default,
        default is None and nullable is None,
        table_if_exists=altered.if_exists,
    )


_READERS: dict[str, Callable[[_Altered, re.Match[str], int], _Action]] = {
    "add": _add,
    "foreign": _foreign,
    "unique": _unique,
    "check": _check,
    "drop": _drop,
    "default": _default,
    "change": _change,
}
